"""The files of the draft, one by one: which there are, whether they are followed, opening, saving, taking away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Literal

from sqlmodel import col, select

from obligations.cases.app import App
from obligations.config.folder import PLANS, read_text, read_texts
from obligations.config.load import FILES
from obligations.config.source import MAX_BYTES
from obligations.config.writing import (
    NEW,
    Conflict,
    delete_file,
    fingerprint,
    refuse_strange,
    write_file,
    write_files,
)
from obligations.domain.errors import Problem, Refused
from obligations.store.database import reading
from obligations.store.tables import ConfigVersion, Event

__all__ = [
    "MAX_BYTES", "NEW", "PLANS", "UNITS", "Conflict", "DraftFile", "fingerprint", "listed", "opened", "restore", "save",
    "save_all", "take_away",
]  # fmt: skip

State = Literal["same", "changed", "new", "missing", "unreadable"]
KNOWN = frozenset(FILES)
UNITS = "units.yaml"


@dataclass(frozen=True)
class DraftFile:
    """One file beside what is followed: `text` None where it is not on disk, `followed` None where it is not applied.

    `problem` says why a file that is there cannot be read.
    """

    name: str
    text: str | None
    followed: str | None
    problem: Problem | None = None

    @property
    def state(self) -> State:
        if self.problem:
            return "unreadable"
        if self.text is None:
            return "missing"
        if self.followed is None:
            return "new"
        return "same" if self.text == self.followed else "changed"

    @property
    def fingerprint(self) -> str:
        """What whoever saves it has to say that they had read."""
        return fingerprint(self.text)

    @property
    def plan(self) -> str | None:
        """The plan's id, where it is a plan's file."""
        return self.name.removeprefix(PLANS).removesuffix(".yaml") if self.name.startswith(PLANS) else None


def listed(app: App) -> list[DraftFile]:
    """Every file that is on disk or followed: the office's five first, then plans by id. Refused without a folder."""
    texts, errors, _ = read_texts(app.settings.config_dir, FILES)
    broken, followed = {problem.file: problem for problem in errors}, followed_texts(app)
    names = {*texts, *broken, *followed, *KNOWN}
    order = {name: place for place, name in enumerate(FILES)}
    found = [DraftFile(name, texts.get(name), followed.get(name), broken.get(name)) for name in names]
    shown = [one for one in found if one.state != "missing" or one.followed is not None or one.name in KNOWN]
    return sorted(shown, key=lambda one: (order.get(one.name, len(order)), one.name))


def opened(app: App, name: str) -> DraftFile:
    """One file, or the place of one that is not there yet. Refused for a name that is no file of a configuration."""
    refuse_strange(name, KNOWN)
    found, followed = read_text(app.settings.config_dir, name), followed_texts(app).get(name)
    return DraftFile(name, None, followed, found) if isinstance(found, Problem) else DraftFile(name, found, followed)


def save(app: App, name: str, text: str, read: str) -> str:
    """Write a text over the one whose fingerprint is `read` (NEW: where no file is); the new fingerprint.

    Conflict, with what the file says now, when somebody else wrote meanwhile. Nothing is applied by it.
    """
    return write_file(app.settings.config_dir, name, text, read, KNOWN)


def save_all(app: App, texts: Mapping[str, str], read: Mapping[str, str]) -> None:
    """The same for files that belong together, in this order: all are written or none."""
    write_files(app.settings.config_dir, {name: (text, read[name]) for name, text in texts.items()}, KNOWN)


def restore(app: App, name: str, read: str) -> str:
    """The followed text over the draft's. Refused for a file that is not followed."""
    text = followed_texts(app).get(name)
    if text is None:
        raise Refused("not-applied", f"{name} chưa áp dụng lần nào.", "Sửa tiếp, hoặc xóa bản nháp.")
    return save(app, name, text, read)


def take_away(app: App, name: str, read: str) -> None:
    """Delete a plan's file that was never applied. Refused for one that was: it is history."""
    if not name.startswith(PLANS):
        raise Refused("needed-file", f"{name} không xóa được.", "Xóa nội dung không cần trong tệp.")
    if was_applied(app, name.removeprefix(PLANS).removesuffix(".yaml")):
        fix = "Kế hoạch hết hiệu lực thì ghi plan.ended: {on, by, reason}, hoặc replaces ở kế hoạch thay nó."
        raise Refused("was-applied", f"{name} đã từng áp dụng, không xóa được.", fix)
    delete_file(app.settings.config_dir, name, read, KNOWN)


def was_applied(app: App, plan: str) -> bool:
    """Whether some version, in force or past, had this plan: its first apply is an event."""
    event = select(Event.id).where(Event.plan == plan, Event.kind == "activated").limit(1)
    with reading(app.engine) as session:
        return session.exec(event).first() is not None


def is_free(app: App, plan: str) -> bool:
    """Whether this id is neither a plan's on disk, readable or not, nor that of one that ever was."""
    name = f"{PLANS}{plan}.yaml"
    refuse_strange(name, KNOWN)
    return not (app.settings.config_dir / name).exists() and not was_applied(app, plan)


def free_id(app: App, stem: str) -> str:
    """The stem, else the first of its numbers that is free."""
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(name for name in names if is_free(app, name))


def followed_texts(app: App) -> Mapping[str, str]:
    """The texts of the configuration in force; none before the first apply."""
    newest = select(ConfigVersion.texts).order_by(col(ConfigVersion.id).desc()).limit(1)
    with reading(app.engine) as session:
        return session.exec(newest).first() or {}
