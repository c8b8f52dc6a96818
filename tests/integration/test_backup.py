"""Backup and restore: one whole state of the ledger, back onto either database, and nothing half done."""

from __future__ import annotations

import os
import stat
import threading
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from obligations.cases.access import links, secret, sessions, users
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.app import App, open_app
from obligations.cases.reading.status import status
from obligations.cases.reminding.planning import plan_due
from obligations.cases.sending import pausing
from obligations.cases.upkeep import backup as keeping
from obligations.cases.upkeep import engines
from obligations.cases.upkeep.backup import Restored
from obligations.cases.upkeep.rebuilding import verify
from obligations.domain.errors import Refused
from obligations.store import backup as store
from obligations.store import restoring
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA
from tests import old_ledger
from tests.ledgers import BOTH, Kind, Ledgers
from tests.life import entries, run
from tests.mailbox import mail_server
from tests.offices import Office, at, new_office, obligation
from tests.waiting import until

NOTICE = "2022-07-11 09:00"
LATER = "2022-07-20 10:00"
Making = Callable[[Kind], Office]


@pytest.fixture
def making(ledgers: Ledgers, tmp_path: Path) -> Iterator[Making]:
    """Makes offices, each with a new ledger of a kind."""
    with ExitStack() as stack:

        def make(kind: Kind) -> Office:
            folder = tmp_path / f"co-quan-{len(list(tmp_path.iterdir()))}"
            folder.mkdir()
            office = new_office(folder, stack.enter_context(ledgers.new(kind)))
            stack.callback(office.close)
            return office

        yield make


def lived(office: Office) -> Office:
    """Some days of a life: two units, one of which answered; letters in the box."""
    office.plan(obligation("bao-cao", "{by: 2022-07-22}"), obligation("hang-nam", "{every: year, by: 11-25, to: 2023}"))
    office.apply(NOTICE)
    run(office, NOTICE)
    submit(office.app, Address("K1-0001"), Submission(at(NOTICE).date()), at("2022-07-12 09:00"), by="Mai")
    run(office, "2022-07-19 08:01")
    return office


def content(app: App) -> dict[str, list[Any]]:
    """Every row of every table but the events of the office itself."""
    with reading(app.engine) as session:
        rows = {
            table.name: [tuple(row) for row in session.execute(table.select().order_by(*table.primary_key.columns))]
            for table in METADATA.sorted_tables
        }
    rows["event"] = [row for row in rows["event"] if row[3] != "paused"]
    return rows


def restore(office: Office, file: Path, *, replace: bool = False) -> Restored:
    """Into an office's own place, closed meanwhile."""
    settings = office.app.settings
    office.app.close()
    return keeping.restore(settings, file, at(LATER), by="Mai", replace=replace)


@pytest.mark.parametrize("into", BOTH)
@pytest.mark.parametrize("kind", BOTH)
def test_a_ledger_comes_back_as_it_was_onto_either_database(
    making: Making, tmp_path: Path, kind: Kind, into: Kind
) -> None:
    """Row for row; then life goes on: new facts get new numbers, nothing that had left leaves again."""
    first, second = lived(making(kind)), making(into)
    kept = keeping.backup(first.app, tmp_path / "so.zip", at("2022-07-19 12:00"))
    done = restore(second, kept.file)
    assert content(second.app) == content(first.app)
    assert (done.rows, done.before) == (kept.rows, None)
    assert pausing.resume(second.app, at(LATER), by="Mai").pause
    submit(second.app, Address("K1-0002"), Submission(at(NOTICE).date()), at(LATER), by="Mai")
    run(second, "2022-07-20 10:01")
    left = Counter((one.obligation, one.unit, one.period, one.rung) for one in entries(second, "attempt"))
    assert set(left.values()) == {1}
    plan_due(second.app, at("2022-07-20 10:01"))
    assert verify(second.app, at("2022-07-20 10:01")) == []


@pytest.mark.parametrize("kind", BOTH)
def test_a_restored_ledger_starts_paused_and_says_why(making: Making, tmp_path: Path, kind: Kind) -> None:
    """What was sent after the backup it does not know: a person looks before it would leave a second time."""
    office = lived(making(kind))
    keeping.backup(office.app, tmp_path / "so.zip", at("2022-07-19 12:00"))
    assert run(office, "2022-07-22 08:01").sent > 0
    restore(office, tmp_path / "so.zip", replace=True)
    assert run(office, "2022-07-22 10:01").sent == 0
    [words] = pausing.told(office.app)
    assert "do Mai (khôi phục từ bản sao lưu lúc 12:00 19/07/2022)" in words


@pytest.mark.parametrize("kind", BOTH)
def test_nobody_is_logged_in_to_a_restored_ledger(making: Making, tmp_path: Path, kind: Kind) -> None:
    """Who logged out, or was closed out, after the backup is not in again."""
    office = lived(making(kind))
    users.add(office.app, "mai", "admin", "một câu dài, dễ nhớ", at(NOTICE), by="Mai")
    cookie = sessions.open_session(office.app, "mai", "một câu dài, dễ nhớ", at("2022-07-19 11:59"))
    keeping.backup(office.app, tmp_path / "so.zip", at("2022-07-19 12:00"))
    sessions.close_session(office.app, cookie)
    restore(office, tmp_path / "so.zip", replace=True)
    assert sessions.person_of(office.app, cookie, at("2022-07-19 12:01")) is None


def test_a_restore_says_how_many_links_open_nothing_without_the_old_secret(making: Making, tmp_path: Path) -> None:
    first, second = lived(making("sqlite")), making("sqlite")
    token = links.issue(first.app, "so-mot", at(NOTICE))
    keeping.backup(first.app, tmp_path / "so.zip", at("2022-07-19 12:00"))
    assert restore(second, tmp_path / "so.zip").dead_links == 1
    (second.home / "secret").write_bytes((first.home / "secret").read_bytes())
    assert restore(second, tmp_path / "so.zip", replace=True).dead_links == 0
    assert links.open_link(second.app, token, at("2022-07-19 12:01")).unit == "so-mot"


def test_a_ledger_with_nothing_in_it_is_not_backed_up(making: Making, tmp_path: Path) -> None:
    """From another folder another ledger is meant: a nightly backup of it would be empty for years."""
    with pytest.raises(Refused, match="chưa có gì để sao lưu"):
        keeping.backup(making("sqlite").app, tmp_path / "so.zip", at(NOTICE))
    assert not (tmp_path / "so.zip").exists()


def test_a_backup_goes_to_a_disk_that_knows_no_second_names(
    making: Making, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As FAT has none, nor many a network drive: what a backup is carried away on."""

    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    office = lived(making("sqlite"))
    kept = keeping.backup(office.app, tmp_path / "so.zip", at("2022-07-19 12:00"))
    assert keeping.look(kept.file).rows == kept.rows
    assert stat.S_IMODE(kept.file.stat().st_mode) == 0o600
    assert len(secret.kept(tmp_path / "nha" / "secret")) >= secret.LEAST_BYTES
    assert secret.kept(tmp_path / "nha" / "secret") == secret.kept(tmp_path / "nha" / "secret")


@pytest.mark.parametrize("kind", BOTH)
def test_history_still_only_grows_after_a_restore(making: Making, tmp_path: Path, kind: Kind) -> None:
    """The database refuses to edit an event, as before."""
    office = lived(making(kind))
    keeping.backup(office.app, tmp_path / "so.zip", at("2022-07-19 12:00"))
    restore(office, tmp_path / "so.zip", replace=True)
    with pytest.raises(DBAPIError, match="append-only"), writing(office.app.engine) as session:
        session.execute(text("UPDATE event SET kind = 'unknown'"))


@pytest.mark.parametrize("kind", BOTH)
def test_a_backup_during_a_delivery_holds_one_moment(making: Making, tmp_path: Path, kind: Kind) -> None:
    """Two hundred messages are leaving: each of the backup's is whole, sent with its answer or not yet."""
    office = making(kind)
    units = "".join(
        f"- {{id: u{n}, name: Đơn vị {n}, contacts: [{{name: Đầu mối, email: u{n}@so-mau.example}}]}}\n"
        for n in range(200)
    )
    with mail_server(seconds=0.005) as mailbox:
        office.sending("live", mailbox.channels).write("units.yaml", f"units:\n{units}")
        office.write("office.yaml", "name: Văn phòng\nsending: live\n")
        everybody = ", ".join(f"u{n}" for n in range(200))
        office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible=f"[{everybody}]"))
        plan = office.folder / "plans/ke-hoach.yaml"
        plan.write_text(plan.read_text("utf-8").replace("van-phong", "u0"), "utf-8")
        office.apply(NOTICE)
        mailbox.held_from = 20
        delivery = threading.Thread(target=run, args=(office, NOTICE))
        delivery.start()
        until(lambda: mailbox.begun == 20, 60)
        keeping.backup(office.app, tmp_path / "so.zip", at(NOTICE))
        assert delivery.is_alive(), "the backup waits for nobody"
        mailbox.held_from = None
        delivery.join()
    assert len(mailbox.received) == 200
    second = making(kind)
    restore(second, tmp_path / "so.zip")
    with reading(second.app.engine) as session:
        counted = dict(session.execute(text("SELECT state, count(*) FROM message GROUP BY state")).tuples().all())
        answered = session.execute(text("SELECT count(*) FROM attempt WHERE outcome = 'sent'")).scalar()
    assert 10 <= counted["sent"] < 200
    assert counted["sent"] == answered
    assert sum(counted.values()) == 200
    assert counted.get("started", 0) <= 1


def test_a_backup_is_for_its_owner_only_and_takes_no_files_place(making: Making, tmp_path: Path) -> None:
    """0600; and an older backup is never overwritten."""
    office = lived(making("sqlite"))
    file = tmp_path / "so.zip"
    keeping.backup(office.app, file, at("2022-07-19 12:00"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    with pytest.raises(Refused, match="đã có tệp"):
        keeping.backup(office.app, file, at("2022-07-19 12:00"))
    assert file.read_bytes() == before
    with pytest.raises(Refused, match="không có nơi đó"):
        keeping.backup(office.app, tmp_path / "khong-co" / "so.zip", at("2022-07-19 12:00"))
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["so.zip"], "nothing is left lying about"


def test_no_secret_is_in_a_backup(making: Making, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A channel's password stands in the environment, and the archive knows only its name."""
    monkeypatch.setenv("MAT_KHAU", "rat-bi-mat-khong-lo")
    office = making("sqlite")
    office.sending("live", "email: smtp://nhac:${MAT_KHAU}@127.0.0.1:9/?from=nhac@so-mau.example\n")
    office.plan(obligation("bao-cao", "{by: 2022-07-29}")).apply(NOTICE)
    run(office, NOTICE)
    keeping.backup(office.app, tmp_path / "so.zip", at(NOTICE))
    with zipfile.ZipFile(tmp_path / "so.zip") as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, one in contents.items() if b"rat-bi-mat" in one]
    assert b"${MAT_KHAU}" in contents["config/channels.yaml"]


@pytest.mark.parametrize("kind", BOTH)
def test_a_ledger_is_replaced_only_when_somebody_says_so_and_the_old_one_is_kept(
    making: Making, tmp_path: Path, kind: Kind
) -> None:
    """Refused without `replace`; with it the ledger of before can be had again."""
    office = lived(making(kind))
    keeping.backup(office.app, tmp_path / "so.zip", at("2022-07-19 12:00"))
    run(office, "2022-07-22 08:01")
    before = content(office.app)
    with pytest.raises(Refused, match="đã có sổ"):
        restore(office, tmp_path / "so.zip")
    assert content(office.app) == before
    kept = restore(office, tmp_path / "so.zip", replace=True).before
    assert kept is not None
    assert content(office.app) != before
    if kind == "sqlite":
        settings = office.app.settings
        office.close()
        kept.replace(settings.home / "dondoc.db")
    else:
        restore(office, kept, replace=True)
    assert content(office.app) == before


@pytest.mark.parametrize("kind", BOTH)
def test_while_an_engine_runs_nothing_is_restored(making: Making, tmp_path: Path, kind: Kind) -> None:
    """Its address is told; the ledger is untouched."""
    office = lived(making(kind))
    keeping.backup(office.app, tmp_path / "so.zip", at("2022-07-19 12:00"))
    lock = engines.acquire(office.app, "http://127.0.0.1:4200", at("2022-07-19 13:00"))
    try:
        with pytest.raises(Refused, match=r"dondoc up đang chạy ở http://127\.0\.0\.1:4200"):
            keeping.restore(office.app.settings, tmp_path / "so.zip", at(LATER), by="Mai", replace=True)
    finally:
        engines.release(lock)


def test_a_database_that_somebody_has_open_is_not_replaced(making: Making, tmp_path: Path) -> None:
    """A command in the middle of something holds the file: refused, and all is as before."""
    office = lived(making("sqlite"))
    keeping.backup(office.app, tmp_path / "so.zip", at("2022-07-19 12:00"))
    with writing(office.app.engine) as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(Refused, match="đang mở"):
            keeping.restore(office.app.settings, tmp_path / "so.zip", at(LATER), by="Mai", replace=True)
    assert [one.name for one in office.home.iterdir() if "khoi-phuc" in one.name] == []


@pytest.mark.parametrize("kind", BOTH)
def test_a_restore_that_breaks_leaves_the_ledger_of_before(
    making: Making, tmp_path: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program dies in the middle of the rows: nothing of it happened."""
    office = lived(making(kind))
    keeping.backup(office.app, tmp_path / "so.zip", at("2022-07-19 12:00"))
    before = content(office.app)

    def broken(*given: Any) -> None:
        store.load(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(restoring, "load", broken)
        with pytest.raises(KeyboardInterrupt):
            restore(office, tmp_path / "so.zip", replace=True)
    assert content(office.app) == before
    assert pausing.current(office.app) is None
    assert not list(office.home.glob("*dang-khoi-phuc*"))


def test_a_restore_that_finds_no_room_says_so(making: Making, tmp_path: Path) -> None:
    """The folder of the database is gone, or the disk is full: a sentence, and where the details are."""
    office = lived(making("sqlite"))
    file = keeping.backup(office.app, tmp_path / "so.zip", at("2022-07-19 12:00")).file
    elsewhere = replace(office.app.settings, database_url=f"sqlite:///{tmp_path}/khong-co/dondoc.db")
    with pytest.raises(Refused, match="sổ trước đó còn nguyên") as refused:
        keeping.restore(elsewhere, file, at(LATER), by="Mai", replace=False)
    assert "loi.log" in refused.value.message


def flipped(file: Path) -> None:
    """One bit in the middle is another."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-500])


def no_zip(file: Path) -> None:
    file.write_text("đây không phải bản sao lưu", "utf-8")


def another_zip(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("anh.txt", "x")


def a_row_less(file: Path) -> None:
    """A whole zip, but not what was written."""
    with zipfile.ZipFile(file) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    name = "tables/event.jsonl"
    contents[name] = b"".join(contents[name].splitlines(keepends=True)[:-1])
    with zipfile.ZipFile(file, "w") as archive:
        for one, told in contents.items():
            archive.writestr(one, told)


@pytest.mark.parametrize("damage", [flipped, cut, no_zip, another_zip, a_row_less])
def test_what_is_no_whole_backup_is_refused_before_anything_is_touched(
    making: Making, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Every byte is checked first."""
    office = lived(making("sqlite"))
    file = keeping.backup(office.app, tmp_path / "so.zip", at("2022-07-19 12:00")).file
    damage(file)
    before = content(office.app)
    with pytest.raises(Refused) as refused:
        restore(office, file, replace=True)
    assert refused.value.code == "backup-damaged"
    assert content(office.app) == before


@pytest.mark.parametrize(("old", "new"), [('"format": 1', '"format": 2'), ('"revision": "0', '"revision": "9')])
def test_a_backup_of_a_newer_version_is_refused(making: Making, tmp_path: Path, old: str, new: str) -> None:
    """This version would misread it."""
    office = lived(making("sqlite"))
    file = keeping.backup(office.app, tmp_path / "so.zip", at("2022-07-19 12:00")).file
    with zipfile.ZipFile(file) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    contents[store.MANIFEST] = contents[store.MANIFEST].replace(old.encode(), new.encode())
    with zipfile.ZipFile(file, "w") as archive:
        for name, told in contents.items():
            archive.writestr(name, told)
    with pytest.raises(Refused, match="mới hơn tạo ra"):
        keeping.look(file)


@pytest.mark.parametrize("kind", BOTH)
def test_a_backup_of_an_older_version_is_brought_forward(making: Making, tmp_path: Path, kind: Kind) -> None:
    """Tables of the first revision: their rows come back under today's tables, and hold what their events tell."""
    office = making(kind)
    restore(office, old_ledger.write_archive(tmp_path / "cu.zip"))
    now = at(old_ledger.UNTIL)
    assert len(status(office.app, now).assignments) == 20
    plan_due(office.app, at(LATER) if at(LATER) > now else now)
    assert verify(office.app, now) == []
    assert len(entries(office, "attempt")) > 19


def test_a_broken_database_can_be_replaced(making: Making, tmp_path: Path) -> None:
    """The disk ate it: that is what backups are for; what is left of it is kept."""
    office = lived(making("sqlite"))
    file = keeping.backup(office.app, tmp_path / "so.zip", at("2022-07-19 12:00")).file
    before, settings = content(office.app), office.app.settings
    office.close()
    (settings.home / "dondoc.db").write_bytes(b"SQLite format 3\0" + b"hong" * 5000)
    done = keeping.restore(settings, file, at(LATER), by="Mai", replace=True)
    assert done.before is not None
    assert b"hong" in done.before.read_bytes()
    app = open_app(settings)
    assert content(app) == before
    app.close()
