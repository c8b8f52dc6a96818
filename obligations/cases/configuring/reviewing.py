"""The draft on disk before it is applied: what it would change, shown once, and applied only as it was shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from obligations.cases import applied
from obligations.cases.app import App, local_day
from obligations.cases.configuring import applying
from obligations.cases.configuring.applying import Outcome, digest
from obligations.cases.configuring.checking import check_folder
from obligations.cases.configuring.files import followed_texts
from obligations.cases.configuring.versions import FileChange, changes
from obligations.config.load import Loaded
from obligations.domain.errors import Problem, Refused
from obligations.domain.plan import Configuration


@dataclass(frozen=True)
class Review:
    """What was looked at. `seen` names it for whoever then applies it; `outcome` is None where `errors` forbid it."""

    seen: str
    configuration: Configuration | None
    errors: list[Problem]
    warnings: list[Problem]
    files: list[FileChange]
    outcome: Outcome | None

    @property
    def is_same(self) -> bool:
        """Whether the draft says what is followed already."""
        return not self.files


def review(app: App, now: datetime, members: Iterable[str] = ()) -> Review:
    """The files on disk over what is followed. A draft with errors is shown with them, too."""
    return review_loaded(app, check_folder(app.settings.config_dir, local_day(now)), now, members)


def accept(app: App, now: datetime, *, by: str, seen: str, members: Iterable[str] = ()) -> Outcome:
    """Apply the draft that was shown. Refused when a file, or what is followed, is another by now."""
    loaded = check_folder(app.settings.config_dir, local_day(now))
    loaded.required()
    if _seen(app, loaded.texts) != seen:
        raise Refused("changed-meanwhile", "bản nháp đã đổi từ lúc xem.", "Xem lại thay đổi rồi áp dụng.")
    return applying.apply(app, loaded.texts, now, by=by, members=members)


def review_loaded(app: App, loaded: Loaded, now: datetime, members: Iterable[str] = ()) -> Review:
    """The same for texts that need not be on disk."""
    files = changes(followed_texts(app), loaded.texts)
    outcome = applying.preview(app, loaded.texts, now, members=members) if loaded.configuration else None
    seen = _seen(app, loaded.texts)
    return Review(seen, loaded.configuration, loaded.errors, loaded.warnings, files, outcome)


def _seen(app: App, texts: Mapping[str, str]) -> str:
    return f"{applied.version(app) or 0}-{digest(texts)}"
