"""The menu: which sections there are and who sees them. A section's router adds its line here."""

from __future__ import annotations

from dataclasses import dataclass

from obligations.cases.access.users import Person, Role


@dataclass(frozen=True)
class Section:
    """One entry of the menu; `path` is its first page, under which its other pages lie."""

    path: str
    title: str
    role: Role = "viewer"


SECTIONS: tuple[Section, ...] = (
    Section("/", "Bảng theo dõi"),
    Section("/ghi-nhan-nhanh", "Ghi nhận nhanh"),
    Section("/ke-hoach", "Kế hoạch"),
    Section("/don-vi", "Đơn vị"),
    Section("/nhat-ky", "Nhật ký nhắc"),
    Section("/cho-duyet", "Chờ duyệt"),
    Section("/thong-ke", "Thống kê"),
    Section("/giao-viec", "Giao việc", "secretariat"),
    Section("/soan-tu-van-ban", "Soạn từ văn bản", "secretariat"),
    Section("/cau-hinh", "Cấu hình"),
    Section("/lich-su-chay", "Lịch sử chạy", "admin"),
    Section("/quan-tri", "Quản trị", "admin"),
)


def sections(visitor: Person | None) -> list[Section]:
    """What this person may open, in the order of the menu."""
    return [one for one in SECTIONS if visitor is not None and visitor.may(one.role)]
