"""The applied configuration: what `apply` stored whole, and the only configuration the engine reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam
from sqlalchemy import select as core_select
from sqlmodel import Session, col, func, select

from obligations.cases.app import App
from obligations.cases.clock import local_day
from obligations.cases.kept import Kept
from obligations.config.load import load
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.store.database import reading
from obligations.store.tables import METADATA, ConfigVersion, Member

_loaded: Kept[Ladders] = Kept(4)
_v = METADATA.tables["config_version"].c
_VERSIONS = core_select(_v.id, _v.hash, _v.applied_at)
_NEWEST = _VERSIONS.order_by(_v.id.desc()).limit(1)
_FIRST = _VERSIONS.order_by(_v.id).limit(1)
_BEFORE = _NEWEST.where(_v.applied_at < bindparam("until"))


@dataclass(frozen=True)
class Applied:
    """One applied version, loaded."""

    version: int
    hash: str
    ladders: Ladders

    @property
    def configuration(self) -> Configuration:
        return self.ladders.configuration


def version(app: App) -> int | None:
    """The number of the newest applied configuration, None before the first apply."""
    with reading(app.engine) as session:
        return session.exec(select(func.max(ConfigVersion.id))).one()


def find(session: Session) -> Applied | None:
    """The newest applied configuration, None before the first apply."""
    return _applied(session, _NEWEST)


def required(session: Session) -> Applied:
    """The newest applied configuration; Refused before the first apply."""
    found = find(session)
    if found is None:
        raise Refused("nothing-applied", "chưa áp dụng cấu hình nào.", "Chạy dondoc apply trước.")
    return found


def known(session: Session, until: datetime) -> Applied:
    """What was in force before an instant, the first one for earlier times; Refused before the first apply.

    Whoever asks how things stood on a day is answered by the calendar of that day, for ever.
    """
    return _applied(session, _BEFORE, until=until) or _applied(session, _FIRST) or required(session)


def current(app: App) -> Applied:
    """`required`, in a session of its own."""
    with reading(app.engine) as session:
        return required(session)


def followed(app: App) -> Configuration | None:
    """The configuration that is followed, None before the first apply."""
    with reading(app.engine) as session:
        found = find(session)
    return found.configuration if found else None


def members(session: Session) -> dict[tuple[str, str], tuple[str, ...]]:
    """Who each activated obligation's groups meant, by (plan, obligation)."""
    frozen: dict[tuple[str, str], list[str]] = {}
    rows = core_select(col(Member.plan), col(Member.obligation), col(Member.unit))
    for plan, obligation, unit in session.execute(rows):
        frozen.setdefault((plan, obligation), []).append(unit)
    return {key: tuple(units) for key, units in frozen.items()}


def _applied(session: Session, wanted: Select[Any], **values: Any) -> Applied | None:
    """The version wanted; its texts are read, and loaded, once per process."""
    found = session.execute(wanted, values).first()
    if found is None:
        return None

    def load_it() -> Ladders:
        texts = session.exec(select(ConfigVersion.texts).where(_v.id == found.id)).one()
        return Ladders(load(texts, local_day(found.applied_at)).required())

    return Applied(found.id, found.hash, _loaded.get(found.hash, load_it))


def remember(digest: str, ladders: Ladders) -> None:
    """Keep a version that was loaded."""
    _loaded.put(digest, ladders)
