"""dondoc user: the first account, and what becomes of it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from obligations.cases.access import passwords, sessions, users
from obligations.cases.clock import utc_now
from obligations.cli.main import app
from obligations.domain.errors import Refused
from obligations.store.database import writing
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


def test_guesses_side_by_side_are_no_more_than_one_after_another(empty: Office) -> None:
    """Five count, whoever they come from; then the account rests, for the right password, too."""
    user("add", "mai", "--role", "admin", "--password-stdin")
    tried: list[str] = []

    def guess(number: int) -> str:
        try:
            sessions.open_session(empty.app, "mai", PASSWORD if number == 9 else f"sai lần thứ {number}", utc_now())
        except Refused as refused:
            return refused.code
        return "in"

    def look(known: str | None, password: str) -> bool:
        tried.extend([password] if known else [])
        return False

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(9) as guessers:
        patch.setattr(passwords, "fits", look)
        assert set(guessers.map(guess, range(9))) == {"login"}
    assert len(tried) == 5
    assert guess(9) == "login"


def test_a_login_does_not_hold_the_ledger_while_it_reckons(empty: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    user("add", "mai", "--role", "admin", "--password-stdin")
    written: list[str] = []

    def reckon(known: str | None, _: str) -> bool:
        with writing(empty.app.engine) as session:  # another's work, which waits 30 seconds at most
            session.execute(text("DELETE FROM web_session"))
        written.append(known or "")
        return False

    monkeypatch.setattr(passwords, "fits", reckon)
    with pytest.raises(Refused, match="sai tên đăng nhập"):
        sessions.open_session(empty.app, "mai", PASSWORD, utc_now())
    assert written[0].startswith("$argon2id$")


def test_only_so_many_log_in_at_one_moment(empty: Office) -> None:
    """Whoever is one too many is asked to wait, at once, and no try counts."""
    user("add", "mai", "--role", "admin", "--password-stdin")
    with ExitStack() as line:
        for _ in range(passwords._IN_LINE):
            assert passwords._line.acquire(blocking=False)
            line.callback(passwords._line.release)
        for _ in range(users.TRIES):
            with pytest.raises(Refused, match="nhiều người cùng đăng nhập"):
                sessions.open_session(empty.app, "mai", "sai lần nữa", utc_now())
    assert sessions.open_session(empty.app, "mai", PASSWORD, utc_now())


def test_no_password_is_nobodys() -> None:
    assert passwords.fits(passwords.hashed(PASSWORD), PASSWORD)
    assert not passwords.fits(None, "không ai cả")


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
