"""The draft on disk before it is applied: what it would change, shown once, and applied only as it was shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.clock import local_day
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
    """What was looked at, over which version (0: none yet). `outcome` is None where `errors` forbid it."""

    over: int
    digest: str
    configuration: Configuration | None
    errors: list[Problem]
    warnings: list[Problem]
    files: list[FileChange]
    outcome: Outcome | None

    @property
    def seen(self) -> str:
        """Names what was looked at, for whoever then applies it."""
        return f"{self.over}-{self.digest}"

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
    over = _over(app)
    if f"{over}-{digest(loaded.texts)}" != seen:
        raise Refused("changed-meanwhile", "bản nháp đã đổi từ lúc xem.", "Xem lại thay đổi rồi áp dụng.")
    return applying.apply(app, loaded.texts, now, by=by, members=members, over=over)


def review_loaded(app: App, loaded: Loaded, now: datetime, members: Iterable[str] = ()) -> Review:
    """The same for texts that need not be on disk."""
    over = _over(app)  # before all that is shown: what lands while it is compared was not seen
    files = changes(followed_texts(app), loaded.texts)
    outcome = applying.preview(app, loaded.texts, now, members=members) if loaded.configuration else None
    return Review(over, digest(loaded.texts), loaded.configuration, loaded.errors, loaded.warnings, files, outcome)


def _over(app: App) -> int:
    return applied.version(app) or 0
