"""What a page says to do about a refusal, where the use case's own words name a command."""

from __future__ import annotations

from obligations.domain.errors import Refused

_REOPEN = "ở mục Mở lại (ghi nhầm) trên trang của việc"
# By the code of the refusal.
REMEDIES = {
    "already": f"Ghi nhầm thì mở lại {_REOPEN} rồi ghi lại.",
    "broken-config": "Xem mọi lỗi ở trang Cấu hình.",
    "channel-gone": "Khai báo kênh ấy trong channels.yaml, ở trang Cấu hình.",
    "clock-back": "Báo quản trị chỉnh lại đồng hồ máy chủ.",
    "database-busy": "Chờ một phút rồi làm lại; vẫn thế thì báo quản trị.",
    "database-damaged": "Báo quản trị khôi phục từ bản sao lưu gần nhất.",
    "done": f"Mở lại việc trước, {_REOPEN}.",
    "newer-database": "Báo quản trị nâng cấp chương trình trên máy chủ.",
    "no-assignment": "Tìm việc ở Bảng theo dõi.",
    "no-call": "Mở lại trang để xem những việc cần gọi.",
    "no-config": "Báo quản trị: chương trình đang chỉ vào một thư mục cấu hình khác.",
    "no-deadline": "Ghi ngày của mốc ở trang của kế hoạch.",
    "no-version-before": "Sửa tệp rồi áp dụng, ở trang Cấu hình.",
    "not-open": f"Mở lại việc trước, nếu cần, {_REOPEN}.",
    "not-owed": f"Mở lại việc trước, {_REOPEN}.",
    "nothing-applied": "Xem lại cấu hình rồi áp dụng, ở trang Cấu hình.",
    "nothing-held": "Mở lại trang Chờ duyệt để xem những thư đang giữ.",
    "nothing-submitted": "Ghi kết quả trước, ở mục Đơn vị đã gửi kết quả trên trang của việc.",
    "plan-exists": "Sửa tệp ấy ở trang Cấu hình.",
}


def remedy(refused: Refused) -> str:
    """What to do about it, on a page."""
    return REMEDIES.get(refused.code, refused.fix)


def told(refused: Refused) -> str:
    """The whole refusal as a page says it."""
    return f"{refused.message} {remedy(refused)}".strip()


def told_to_units(refused: Refused) -> str:
    """The same for a unit: whoever records can undo, a unit asks."""
    words = refused.message[:1].upper() + refused.message[1:]
    return f"{words} {'Cần sửa, xin gọi đầu mối.' if refused.code in REMEDIES else refused.fix}".strip()
