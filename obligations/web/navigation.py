"""The menu: which sections there are and who sees them. A section's router adds its line here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from obligations.cases.access.users import Person, Role


@dataclass(frozen=True)
class Section:
    """One entry of the menu; `path` is its first page, under which its other pages lie."""

    path: str
    title: str
    role: Role = "viewer"

    def holds(self, path: str) -> bool:
        """Whether this page is one of the section's."""
        return path == self.path or (self.path != "/" and path.startswith(f"{self.path}/"))


@dataclass(frozen=True)
class Group:
    """Sections under one heading of the menu."""

    title: str
    sections: tuple[Section, ...]


MENU: tuple[Group, ...] = (
    Group(  # what is opened every day: at a desk these stand in the bar, the rest under one button
        "Hằng ngày",
        (
            Section("/", "Bảng theo dõi"),
            Section("/ghi-nhan-nhanh", "Ghi nhận nhanh"),
            Section("/cho-duyet", "Chờ duyệt"),
            Section("/giao-viec", "Giao việc", "secretariat"),
        ),
    ),
    Group(
        "Tra cứu",
        (
            Section("/lich", "Lịch"),
            Section("/ke-hoach", "Kế hoạch"),
            Section("/don-vi", "Đơn vị"),
            Section("/nhat-ky", "Nhật ký nhắc"),
            Section("/thong-ke", "Thống kê"),
        ),
    ),
    Group(
        "Công cụ",
        (
            Section("/so-van-ban-den", "Sổ văn bản đến", "secretariat"),
            Section("/soan-tu-van-ban", "Soạn từ văn bản", "secretariat"),
            Section("/chep-tin-zalo", "Chép tin Zalo", "secretariat"),
        ),
    ),
    Group(
        "Hệ thống",
        (
            Section("/cau-hinh", "Cấu hình"),
            Section("/lich-su-chay", "Lịch sử chạy", "admin"),
            Section("/quan-tri", "Quản trị", "admin"),
        ),
    ),
)


def menu(visitor: Person | None) -> list[Group]:
    """What this person may open, in the order of the menu; the first group is the daily one."""
    if visitor is None:
        return []
    allowed = (replace(group, sections=tuple(one for one in group.sections if visitor.may(one.role))) for group in MENU)
    return [group for group in allowed if group.sections]
