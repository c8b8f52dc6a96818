"""Khôi phục bản trước, where it cannot be done: what the person sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from obligations.cases import applied
from tests.offices import Office, obligation
from tests.web.conftest import Open, faults, picture


@pytest.fixture
def followed(bureau: Office) -> Office:
    bureau.plan(obligation("bao-cao", "{by: 2022-12-20}")).apply("2022-07-11 09:00")
    return bureau


def test_a_rollback_that_cannot_be_done_says_which_version_why_and_what_to_do(
    followed: Office, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody applied meanwhile; then the version before needs a secret that is gone. Nothing is changed."""
    secret = tmp_path / "mk"
    secret.write_text("x", "utf-8")
    monkeypatch.setenv("MK_FILE", str(secret))
    followed.write("channels.yaml", "email: smtps://u:${MK}@h.example/?from=a@b.example\n").apply("2022-07-12 09:00")
    page = opened("/cau-hinh/khoi-phuc", "thu-ky")
    assert page.get_by_text("Trở lại nội dung của: Phiên bản 1 (09:00 11/07/2022, thư ký)").is_visible()
    followed.write("channels.yaml", "email: smtp://h.example/?from=a@b.example\n").apply("2022-11-28 08:30")
    page.get_by_role("button", name="Khôi phục bản trước").click()
    page.get_by_role("alert").get_by_text("Chưa khôi phục gì. có người vừa áp dụng bản 3. Xem lại").wait_for()
    assert page.get_by_text("Trở lại nội dung của: Phiên bản 2").is_visible()
    assert faults(page) == []
    picture(page, "khoi-phuc-ap-dung-giua-chung")
    secret.unlink()
    page.get_by_role("button", name="Khôi phục bản trước").click()
    told = page.get_by_role("alert").get_by_text("không khôi phục được bản 2: channels.yaml:1:8: Không đọc được tệp")
    told.wait_for()
    assert "Bản đang dùng giữ nguyên. Cần lại nội dung cũ thì sửa tệp theo bản ấy" in told.inner_text()
    assert page.get_by_role("button", name="Khôi phục bản trước").count() == 0
    assert page.get_by_role("link", name="Phiên bản 2").is_visible()
    assert faults(page) == []
    picture(page, "khoi-phuc-khong-duoc")
    page.get_by_role("button", name="English").click()
    page.goto("/cau-hinh/khoi-phuc")
    page.get_by_text("Nothing was changed. Version 2 cannot be restored: channels.yaml:1:8: The file").wait_for()
    assert applied.version(followed.app) == 3
