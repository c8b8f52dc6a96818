"""A ledger that is locked, full, damaged or out of reach is told in words, wherever it is met."""

from __future__ import annotations

import os
import socket
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from obligations.cases import mishaps
from obligations.cases.app import open_app
from obligations.cases.settings import Settings
from obligations.domain.errors import Refused
from obligations.store import database
from obligations.store.database import writing
from obligations.store.failing import told
from tests.offices import Office, new_office, obligation


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Office]:
    """Its ledger is a file, whatever the run is for."""
    made = new_office(tmp_path).plan(obligation("bao-cao", "{by: 2022-07-22}"))
    made.apply("2022-07-11 09:00")
    yield made
    made.close()


def refusal(office: Office, statement: str) -> Refused:
    with pytest.raises(DBAPIError) as failed, writing(office.app.engine) as session:
        session.execute(text(statement))
    found = told(failed.value)
    assert found is not None
    return found


def test_a_full_disk_is_told(followed: Office) -> None:
    with followed.app.engine.connect() as connection:
        connection.execute(text("PRAGMA max_page_count=1"))
    found = refusal(followed, "CREATE TABLE lon AS SELECT randomblob(900000)")
    assert (found.code, found.message) == ("disk-full", "đĩa chứa sổ đã đầy; chưa ghi gì.")


def test_a_ledger_that_another_program_keeps_is_told(followed: Office) -> None:
    other = sqlite3.connect(followed.home / "dondoc.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with followed.app.engine.connect() as connection:
        connection.execute(text("PRAGMA busy_timeout=10"))
    assert refusal(followed, "DELETE FROM web_session").code == "database-busy"
    other.close()


@pytest.mark.parametrize(("command", "ends"), [("-m obligations.cli.main history", 1), ("-m flows.doctor", 1)])
def test_a_damaged_ledger_is_told_without_a_traceback(followed: Office, command: str, ends: int) -> None:
    followed.close()
    file = followed.home / "dondoc.db"
    body = bytearray(file.read_bytes())
    body[4096:] = b"x" * (len(body) - 4096)
    file.write_bytes(body)
    place = {"DONDOC_HOME": str(followed.home), "DONDOC_CONFIG": str(followed.folder)}
    ended = subprocess.run(
        [sys.executable, *command.split()], env={**os.environ, **place}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == ends
    assert "hỏng" in ended.stderr
    assert "khôi phục từ bản sao lưu" in ended.stderr.lower()
    assert "Traceback" not in ended.stderr + ended.stdout


def test_a_server_that_refuses_is_told_with_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(
        Refused, match=r"không vào được cơ sở dữ liệu postgresql\+psycopg://ai:\*\*\*@.* \(.*refused"
    ) as told_:
        open_app(Settings(home=tmp_path, config_dir=tmp_path, database_url="postgresql://ai:Bi-Mat@127.0.0.1:1/x"))
    assert "Bi-Mat" not in str(told_.value)


def test_a_silent_server_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database._PATIENCE["connect_timeout"] == 10
    monkeypatch.setitem(database._PATIENCE, "connect_timeout", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://ai@127.0.0.1:{silent.getsockname()[1]}/x"
        with pytest.raises(Refused, match="timeout expired"):
            open_app(Settings(home=tmp_path, config_dir=tmp_path, database_url=url))


def test_the_programs_own_fault_is_kept_and_named(tmp_path: Path) -> None:
    found = mishaps.refusal(KeyError("x"), tmp_path)
    assert (found.code, found.message.startswith("Lỗi bên trong chương trình: KeyError.")) == (mishaps.BROKEN, True)
    assert "KeyError: 'x'" in (tmp_path / "loi.log").read_text("utf-8")


def test_a_ledger_is_for_its_owner_only_wherever_it_lies(tmp_path: Path) -> None:
    """Also in a folder that others may read, as systemd makes one, and where an older version left it open."""
    home = tmp_path / "nha"
    home.mkdir(mode=0o755)
    for _ in range(2):
        open_app(Settings(home=home, config_dir=tmp_path, database_url=f"sqlite:///{home}/dondoc.db")).close()
        assert stat.S_IMODE((home / "dondoc.db").stat().st_mode) == 0o600
        (home / "dondoc.db").chmod(0o644)
