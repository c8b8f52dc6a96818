"""`backup` and `restore`: the whole ledger in one file, and back into the office's database, of either kind."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from obligations.cases import mishaps
from obligations.cases.access import links, secret
from obligations.cases.app import App
from obligations.cases.clock import VIETNAM, local_day
from obligations.cases.ledger import officebook
from obligations.cases.settings import Settings
from obligations.cases.upkeep import engines
from obligations.domain.errors import Refused, reason
from obligations.store import backup as store
from obligations.store import restoring
from obligations.store.backup import Damaged, quiet
from obligations.store.backup import Progress as Watch
from obligations.store.database import open_database, snapshot
from obligations.store.migrate import knows, migrate
from obligations.store.restoring import Load
from obligations.store.tables import METADATA, WebSession

CONFIG = "config"  # the folder in the archive with the applied configuration, for people
_version: Table = METADATA.tables["config_version"]
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]


@dataclass(frozen=True)
class Kept:
    """A backup that was written: where, how many rows, bytes on disk."""

    file: Path
    rows: int
    size: int


@dataclass(frozen=True)
class Held:
    """What a backup holds: of which instant, by which version of dondoc, how many rows."""

    made_at: datetime
    version: str
    rows: int
    manifest: dict[str, Any]


@dataclass(frozen=True)
class Restored:
    """What was put back, and where the ledger that was there before is kept; `waiting` reminders leave on `resume`."""

    made_at: datetime
    rows: int
    before: Path | None
    waiting: int
    dead_links: int  # links in letters that open nothing any more, because the secret that signed them is not here


def backup(app: App, file: Path, now: datetime, watch: Watch = quiet) -> Kept:
    """Write one state of the ledger into a new file (0600), whole or not at all, while everything goes on.

    Refused where nothing was ever applied or recorded (another place is meant), the file is there already or cannot be
    written.
    """
    if not is_in_use(app):
        fix = "Xem DONDOC_HOME, DONDOC_DATABASE_URL: sổ của hệ thống đang chạy nằm ở nơi khác?"
        where = app.engine.url.render_as_string(hide_password=True)
        raise Refused("empty-ledger", f"sổ ở {where} chưa có gì để sao lưu.", fix)
    if file.exists():
        raise Refused("backup-exists", f"đã có tệp {file}.", "Ghi một tên khác.")
    scratch = file.with_name(f".{file.name}.{os.getpid()}.tam")
    try:
        rows = _write(app, scratch, now, watch)
        file.touch(mode=0o600, exist_ok=False)  # a rename alone would take the place of another file
        scratch.replace(file)
    except OSError as error:
        raise Refused("backup-file", f"không ghi được {file} ({reason(error)}).", "Chọn nơi khác.") from None
    finally:
        with suppress(OSError):
            scratch.unlink()
    return Kept(file, rows, file.stat().st_size)


def _write(app: App, scratch: Path, now: datetime, watch: Watch) -> int:
    private = os.open(scratch, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(private, "w+b") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, snapshot(app.engine) as session:
            about = {"program": "dondoc", "version": version("dondoc"), "made_at": now.isoformat()}
            store.dump(session.connection(), archive, about, watch)
            for name, content in _applied_texts(session.connection()).items():
                archive.writestr(f"{CONFIG}/{name}", content)
        stream.flush()
        os.fsync(stream.fileno())
        with zipfile.ZipFile(stream) as written:  # a backup that cannot be read is none
            manifest = store.read_manifest(written)
            store.verify(written, manifest)
    return _rows(manifest)


def _applied_texts(connection: Connection) -> dict[str, str]:
    """The configuration that is followed: in the archive once more, for people."""
    newest = select(_version.c.texts).order_by(_version.c.id.desc()).limit(1)
    return connection.execute(newest).scalar() or {}


def look(file: Path) -> Held:
    """What a backup holds, every byte checked. Refused when it is none, damaged, or of a newer version."""
    with _opened(file) as archive:
        manifest = store.read_manifest(archive)
        if manifest["format"] > store.FORMAT or not knows(manifest["revision"]):
            made_by = manifest.get("version", "?")
            raise Refused("newer-backup", f"{file} do dondoc {made_by} mới hơn tạo ra.", "Nâng cấp dondoc trước.")
        store.verify(archive, manifest)
        return Held(datetime.fromisoformat(manifest["made_at"]), manifest["version"], _rows(manifest), manifest)


def restore(settings: Settings, file: Path, now: datetime, *, by: str, replace: bool, watch: Watch = quiet) -> Restored:
    """Put a backup in the place of the office's ledger; it starts paused, so that a person looks first.

    What was sent after the backup is not known to it and would leave again; everybody has to log in anew. The ledger
    that was there is kept beside (SQLite: the file; PostgreSQL: a backup of it in DONDOC_HOME). Refused while an engine
    runs, for what is no whole backup of this or an older version, and where there is a ledger already unless `replace`.
    """
    held, has_secret = look(file), secret.is_there(settings.home)
    app = App(settings, open_database(settings.database_url))
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(app), _opened(file) as archive:
            if not replace and is_in_use(app):
                raise Refused("not-empty", "ở đây đã có sổ, khôi phục sẽ thay nó.", "Thêm --yes nếu đúng là muốn thế.")
            load = restoring.Load(archive, held.manifest, _paused(held, file, now, by), watch)
            before = _replace(app, load, now)
        dead = 0 if has_secret else sum(one.is_open(now) for one in links.all_links(app))
        return Restored(held.made_at, held.rows, before, _waiting(app, now), dead)
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:  # a full disk, a server that went away
        message = f"không khôi phục được, sổ trước đó còn nguyên. {mishaps.keep(error, settings.home)}"
        raise Refused("restore-failed", message, "Xem chỗ trống trên đĩa và cơ sở dữ liệu, rồi thử lại.") from None
    finally:
        app.close()


@contextmanager
def _alone(app: App) -> Iterator[None]:
    """No engine runs meanwhile."""
    lock = engines.keep_out(app)
    try:
        yield
    finally:
        engines.release(lock)


def is_in_use(app: App) -> bool:
    """Whether there is a ledger already; one that cannot be read is one, too."""
    if app.engine.dialect.name == "sqlite" and not _file(app).exists():
        return False
    try:
        return restoring.holds_anything(app.engine)
    except SQLAlchemyError:
        return True


def _replace(app: App, load: Load, now: datetime) -> Path | None:
    """The ledger that was there, where it is kept now."""
    was_in_use = is_in_use(app)
    stamp = f"truoc-khoi-phuc-{now.astimezone(VIETNAM):%Y%m%d-%H%M%S}"
    if app.engine.dialect.name == "sqlite":
        app.engine.dispose()
        kept = _unused(_file(app).with_name(f"{_file(app).name}.{stamp}"))
        restoring.into_sqlite(_file(app), kept, load)
        return kept if was_in_use else None
    kept = _unused(app.settings.home / f"{stamp}.zip")
    if was_in_use:
        migrate(app.engine)
        backup(app, kept, now)
    restoring.into_postgresql(app.engine, load)
    return kept if was_in_use else None


def _unused(file: Path) -> Path:
    """That name, or the next that nothing has: what was kept before stays."""
    names = (file, *(file.with_name(f"{file.stem}-{n}{file.suffix}") for n in range(2, 100)))
    return next(name for name in names if not name.exists())


def _paused(held: Held, file: Path, now: datetime, by: str) -> Callable[[Session], None]:
    """A restored ledger begins paused, with nobody logged in: who logged out since would be in again."""

    def record(session: Session) -> None:
        made = f"{held.made_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
        payload = {"note": f"khôi phục từ bản sao lưu lúc {made}", "backup": file.name}
        session.execute(delete(WebSession))
        officebook.record(session, "paused", now, by=by, payload=payload, on=local_day(now))

    return record


def _waiting(app: App, now: datetime) -> int:
    """Reminders whose time has come and of which this ledger does not know that they left."""
    unsent = (_message.c.state == "queued") | _message.c.id.is_(None)
    query = (
        select(func.count())
        .select_from(_reminder)
        .outerjoin(_carried, _carried.c.reminder_id == _reminder.c.id)
        .outerjoin(_message, _message.c.id == _carried.c.message_id)
        .where(_reminder.c.state == "planned", _reminder.c.at <= now, unsent)
    )
    with app.engine.connect() as connection:
        return int(connection.execute(query).scalar_one())


def _file(app: App) -> Path:
    return Path(app.engine.url.database or "")


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; Refused where it is not there, cannot be read, is no zip or not what was written."""
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        raise _damaged(file) from None
    except OSError as error:
        raise Refused("backup-file", f"không đọc được {file} ({reason(error)}).") from None
    with archive:
        try:
            yield archive
        except (Damaged, zipfile.BadZipFile):
            raise _damaged(file) from None


def _damaged(file: Path) -> Refused:
    words = f"{file} hỏng, hoặc không phải bản sao lưu của dondoc."
    return Refused("backup-damaged", words, "Dùng một bản sao lưu khác.")


def _rows(manifest: dict[str, Any]) -> int:
    return sum(table["rows"] for table in manifest["tables"])
