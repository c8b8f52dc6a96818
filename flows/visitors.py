"""Whoever looks at the demonstration: accounts made anew each time, their passwords random, and where to go."""

from __future__ import annotations

import secrets
from datetime import timedelta

from rich.console import Console
from rich.table import Table

from flows.environment import Place
from flows.inprocess import current_app
from obligations.cases.access import links, users
from obligations.cases.access.prefect_key import prefect_key
from obligations.cases.clock import utc_now

# Name, role, whom the pages greet.
VISITORS = (
    ("van-phong", "secretariat", "Văn phòng (xem thử)"),
    ("nguoi-xem", "viewer", "Người xem (xem thử)"),
    ("quan-tri", "admin", "Quản trị (xem thử)"),
)
PASSWORD_BYTES = 9
AHEAD = timedelta(days=14)


def invite(screen: Console, place: Place, pages: str, unit: str) -> None:
    """Make the accounts and print them with the addresses; `unit` has something to answer on its own page."""
    now = utc_now()
    table = Table(title="Tài khoản xem thử, chỉ của lần chạy này", title_justify="left")
    for column in ("Vai trò", "Tên đăng nhập", "Mật khẩu"):
        table.add_column(column, no_wrap=True)
    for name, role, full_name in VISITORS:
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        users.add(current_app(), name, role, password, now, by="dondoc demo", full_name=full_name)
        table.add_row(users.ROLE_WORDS[role], name, password)
    screen.print(table, soft_wrap=False)
    screen.print(f"Mở {pages} và đăng nhập.", markup=False)
    screen.print(
        "Đồng hồ của trang là giờ thật: việc của kế hoạch mẫu nay đã xong hoặc quá hạn; "
        "kế hoạch giả định có việc của tuần tới."
    )
    screen.print("Trang của một đơn vị, như mở từ thư nhắc, không cần tài khoản (liên kết trong thư cũ đã hết hạn):")
    screen.print(links.address(pages, links.issue(current_app(), unit, now)), markup=False)
    screen.print("Lượt chạy trên Prefect, đã qua và sắp tới:")
    screen.print(place.runs_url(now - timedelta(hours=1), now + AHEAD), markup=False)
    screen.print(f"Prefect hỏi mật khẩu thì nhập: {prefect_key(place.home)}", markup=False)
    screen.print("Nhấn Ctrl-C để dừng.")
