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
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
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


@dataclass(frozen=True)
class Unfinished:
    """A draft in the list: the file's name, who began it, when it was last changed, how much is decided."""

    id: str
    name: str
    number: str
    title: str
    by: str
    changed_at: datetime
    decided: int
    cards: int


def begin(app: App, draft: Draft, now: datetime, *, by: str) -> str:
    """Keep a new draft; its id. Refused where the disk will not."""
    work = begun(secrets.token_hex(8), draft, by, now)
    folder = _root(app) / work.id
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
    folders = [one for one in (app.settings.home / FOLDER).glob("*") if _ID.fullmatch(one.name)]
    found = [one for folder in folders if (one := _unfinished(folder))]
    return sorted(found, key=lambda one: one.changed_at, reverse=True)


def _unfinished(folder: Path) -> Unfinished | None:
    try:
        data = json.loads((folder / DECIDED).read_text("utf-8"))
    except (OSError, ValueError):  # being made or taken away just now
        return None
    header, cards = data.get("header", {}), data.get("cards", [])
    return Unfinished(
        folder.name,
        data.get("name") or folder.name,
        header.get("number") or "",
        header.get("title", ""),
        data.get("by", ""),
        datetime.fromisoformat(data["changed_at"]),
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
    except (ValueError, KeyError, TypeError):
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
