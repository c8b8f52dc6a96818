"""Opening the office that a command names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from obligations.cases import applied
from obligations.cases.app import App, open_app
from obligations.cases.clock import VIETNAM, utc_now
from obligations.cases.configuring.drafts import differs
from obligations.cases.reminding.timekeeping import clock_trouble
from obligations.cases.settings import Settings
from obligations.cli.output import aside
from obligations.domain.errors import Refused


def zone(app: App | None = None) -> ZoneInfo:
    """The time zone of the configuration that is followed; Vietnam's before the first apply."""
    try:
        return applied.current(app).ladders.clockwork.zone if app else VIETNAM
    except Refused:
        return VIETNAM


def today(app: App | None = None) -> date:
    """What day it is in the office's time zone."""
    return utc_now().astimezone(zone(app)).date()


def settings(config: Path | None) -> Settings:
    return Settings.from_environment(config)


def tell_draft(app: App) -> None:
    """Say when the files on disk are not what is followed: nobody should wonder why an edit does nothing."""
    if differs(app):
        aside.print("Lưu ý: cấu hình trên đĩa khác bản đang dùng; xem thay đổi bằng dondoc apply.")


@contextmanager
def opened(config: Path | None) -> Iterator[App]:
    """The office's database, closed at the end."""
    app = open_app(settings(config))
    try:
        yield app
    finally:
        app.close()


@contextmanager
def recording(config: Path | None) -> Iterator[App]:
    """`opened` for what people record. ClockWentBack when the machine does not know what day it is.

    A result of the year 2000 (an empty battery, no network to ask) would silence this year's reminders.
    """
    with opened(config) as app:
        if wrong := clock_trouble(app, utc_now()):
            raise wrong
        yield app


@contextmanager
def looking(config: Path | None) -> Iterator[App]:
    """`opened` for what tells what is due: with a word where the clock is wrong, for then that is, too."""
    with opened(config) as app:
        if wrong := clock_trouble(app, utc_now()):
            aside.print(f"Lưu ý: {wrong}", soft_wrap=True)
        yield app
