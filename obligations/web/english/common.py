"""Words of every page, and of the login."""

from __future__ import annotations

WORDS = {
    "Bảng theo dõi": "Tracking board",
    "Bỏ qua danh mục": "Skip to content",
    "Danh mục": "Menu",
    "Đăng nhập": "Log in",
    "Đăng xuất": "Log out",
    "Mật khẩu": "Password",
    "Tên đăng nhập": "User name",
    "Thông báo": "Notice",
    "Về trang đầu": "Back to the first page",
    "Không có trang này.": "There is no such page.",
}
