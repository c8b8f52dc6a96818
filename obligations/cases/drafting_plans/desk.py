"""The drafts under review, kept in the office's home until they are saved or thrown away: `soan/<id>/`.

`van-ban.json` is the document, `viec.json` what was decided; both are for this account alone (0600 in a 0700 folder).
A lock on the folder makes reading, deciding and writing one step, for threads and for processes.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from obligations.cases.app import App
from obligations.cases.drafting_plans.work import Deed, Work, begun, pack, unpack
from obligations.config.writing import replace_file
from obligations.domain.errors import Refused, reason
from obligations.draft.model import Draft
from obligations.draft.packing import pack_document, unpack_document

FOLDER, DOCUMENT, DECIDED = "soan", "van-ban.json", "viec.json"
_ID = re.compile(r"[0-9a-f]{16}")
_OTHER_VERSION = (ValueError, LookupError, TypeError, AttributeError)  # what such data, or damaged ones, come to
_HALF_MADE = 24 * 3600.0  # seconds after which nobody is still making it


@dataclass(frozen=True)
class Unfinished:
    """A draft in the list: the file's name, who began it, when it was last changed, how much is decided.

    Of one that another version wrote, or that is damaged, no more is known than that it is there.
    """

    id: str
    name: str
    changed_at: datetime
    number: str = ""
    title: str = ""
    by: str = ""
    decided: int = 0
    cards: int = 0
    is_readable: bool = True


def begin(app: App, draft: Draft, now: datetime, *, by: str) -> str:
    """Keep a new draft; its id. Refused where the disk will not."""
    work = begun(secrets.token_hex(8), draft, by, now)
    root = _root(app)
    _sweep(root, now)
    folder = root / work.id
    try:
        folder.mkdir(mode=0o700, parents=False)
        _write(folder / DOCUMENT, pack_document(draft.document))
        _write(folder / DECIDED, pack(work))
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise _unwritable(error) from None
    return work.id


def opened(app: App, id_: str) -> Work:
    """The draft as it stands. Refused where there is none such: saved, thrown away, or never there."""
    return _read(_place(app, id_))


def change(app: App, id_: str, deed: Deed, now: datetime) -> Work:
    """Do something to a draft, nobody else meanwhile. What the deed refuses leaves it as it was."""
    folder = _place(app, id_)
    with _alone(folder):
        before = _read(folder)
        after = replace(deed(before), edition=before.edition + 1, changed_at=now)
        try:
            _write(folder / DECIDED, pack(after))
        except OSError as error:
            raise _unwritable(error) from None
    return after


@contextmanager
def finishing(app: App, id_: str) -> Iterator[Work]:
    """The draft for whoever writes its plan, nobody else meanwhile; it is thrown away unless that fails."""
    folder = _place(app, id_)
    with _alone(folder):
        yield _read(folder)
        shutil.rmtree(folder, ignore_errors=True)


def remove(app: App, id_: str) -> None:
    """Throw a draft away; one that is gone already is as it should be."""
    with suppress(Refused):
        folder = _place(app, id_)
        with _alone(folder):
            shutil.rmtree(folder, ignore_errors=True)


def listed(app: App) -> list[Unfinished]:
    """All of them, the last changed first."""
    found = [one for folder in _folders(app.settings.home / FOLDER) if (one := _unfinished(folder))]
    return sorted(found, key=lambda one: one.changed_at, reverse=True)


def _folders(root: Path) -> list[Path]:
    return [one for one in root.glob("*") if _ID.fullmatch(one.name)]


def _sweep(root: Path, now: datetime) -> None:
    """Take away what a crash left half made: nobody can see such a document, nor throw it away."""
    for folder in _folders(root):
        with suppress(OSError, Refused), _alone(folder):
            age = now.timestamp() - folder.stat().st_mtime
            if age > _HALF_MADE and not (folder / DECIDED).exists():
                shutil.rmtree(folder)


def _unfinished(folder: Path) -> Unfinished | None:
    try:
        changed_at = datetime.fromtimestamp((folder / DECIDED).stat().st_mtime, UTC)
        data = json.loads((folder / DECIDED).read_text("utf-8"))
        return _told(folder.name, data)
    except OSError:  # being made or taken away just now
        return None
    except _OTHER_VERSION:
        return Unfinished(folder.name, folder.name, changed_at, is_readable=False)


def _told(id_: str, data: Mapping[str, Any]) -> Unfinished:
    header, cards = data.get("header", {}), data.get("cards", [])
    return Unfinished(
        id_,
        data.get("name") or id_,
        datetime.fromisoformat(data["changed_at"]).astimezone(UTC),
        header.get("number") or "",
        header.get("title", ""),
        data.get("by", ""),
        sum(card.get("state") != "open" for card in cards),
        len(cards),
    )


def _root(app: App) -> Path:
    root = app.settings.home / FOLDER
    try:
        root.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _unwritable(error) from None
    return root


def _place(app: App, id_: str) -> Path:
    folder = app.settings.home / FOLDER / id_
    if not _ID.fullmatch(id_) or not (folder / DECIDED).is_file():
        raise _gone()
    return folder


def _read(folder: Path) -> Work:
    try:
        document = unpack_document(json.loads((folder / DOCUMENT).read_text("utf-8")))
        return unpack(folder.name, json.loads((folder / DECIDED).read_text("utf-8")), document)
    except FileNotFoundError:
        raise _gone() from None
    except _OTHER_VERSION:
        fix = "Xóa bản soạn này rồi đưa văn bản vào lại."
        raise Refused("old-draft", "bản soạn do một phiên bản khác của chương trình ghi.", fix) from None


def _write(path: Path, data: dict[str, Any]) -> None:
    replace_file(path, json.dumps(data).encode())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        raise _gone() from None
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _gone() -> Refused:
    fix = "Mở danh sách bản soạn dở; nếu đã lưu thì kế hoạch nằm ở Cấu hình."
    return Refused("no-draft", "bản soạn này không còn: đã lưu thành kế hoạch, hoặc đã xóa.", fix)


def _unwritable(error: OSError) -> Refused:
    return Refused("unwritable", f"không ghi được bản soạn ({reason(error)}).", "Xem chỗ trống và quyền ghi trên đĩa.")
