"""dondoc user: the first account, and what becomes of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from obligations.cases.access import sessions, users
from obligations.cases.clock import utc_now
from obligations.cli.main import app
from obligations.domain.errors import Refused
from tests.offices import Office

PASSWORD = "một câu dài, dễ nhớ"
RUNNER = CliRunner()


@pytest.fixture
def empty(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("DONDOC_HOME", str(office.home))
    monkeypatch.setenv("DONDOC_CONFIG", str(office.folder))
    monkeypatch.setenv("DONDOC_DATABASE_URL", office.database_url or "")
    return office


def user(*words: str, typed: str = f"{PASSWORD}\n") -> Any:
    """What the command answers as JSON."""
    found = RUNNER.invoke(app, ["user", *words, "--by", "Mai", "--json"], input=typed)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return json.loads(found.output)


def test_nobody_may_log_in_until_somebody_is_added(empty: Office) -> None:
    assert users.everybody(empty.app) == []
    made = user("add", "mai", "--role", "admin", "--full-name", "Trần Thị Mai", "--password-stdin")
    assert (made["name"], made["role"], made["full_name"]) == ("mai", "admin", "Trần Thị Mai")
    assert sessions.open_session(empty.app, "mai", PASSWORD, utc_now())


def test_a_password_is_neither_shown_nor_guessed(empty: Office) -> None:
    """Without a terminal nothing can be asked; a short one is refused; none is ever printed."""
    with pytest.raises(Refused, match="không có màn hình"):
        user("add", "mai", "--role", "viewer")
    with pytest.raises(Refused, match="ngắn hơn 10 ký tự"):
        user("add", "mai", "--role", "viewer", "--password-stdin", typed="ngắn\n")
    assert PASSWORD not in json.dumps(user("add", "mai", "--role", "viewer", "--password-stdin"), ensure_ascii=False)


def test_a_changed_account_logs_in_anew(empty: Office) -> None:
    user("add", "mai", "--role", "admin", "--password-stdin")
    user("add", "binh", "--role", "viewer", "--password-stdin")
    cookie = sessions.open_session(empty.app, "binh", PASSWORD, utc_now())
    changed = user("change", "binh", "--role", "secretariat", "--full-name", "Lê Bình")
    assert (changed["role"], changed["full_name"]) == ("secretariat", "Lê Bình")
    assert sessions.person_of(empty.app, cookie, utc_now()) is None
    user("change", "binh", "--password-stdin", typed="một câu khác hẳn\n")
    with pytest.raises(Refused, match="sai tên đăng nhập"):
        sessions.open_session(empty.app, "binh", PASSWORD, utc_now())


def test_a_closed_account_is_closed_and_the_last_admin_stays(empty: Office) -> None:
    user("add", "mai", "--role", "admin", "--password-stdin")
    user("add", "binh", "--role", "viewer", "--password-stdin")
    assert user("change", "binh", "--close")["closed_at"]
    with pytest.raises(Refused, match="sai tên đăng nhập"):
        sessions.open_session(empty.app, "binh", PASSWORD, utc_now())
    assert user("change", "binh", "--open")["closed_at"] is None
    with pytest.raises(Refused, match="quản trị cuối cùng"):
        user("change", "mai", "--close")


def test_a_list_says_whom_there_is(empty: Office) -> None:
    assert "Chưa có tài khoản nào" in RUNNER.invoke(app, ["user", "list"]).output
    user("add", "mai", "--role", "admin", "--password-stdin")
    shown = RUNNER.invoke(app, ["user", "list"]).output
    assert "mai" in shown
    assert "Quản trị" in shown
