"""The applied configuration: what `apply` stored whole, and the only configuration the engine reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from obligations.cases.app import App, local_day
from obligations.config.load import load
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.store.database import reading
from obligations.store.tables import ConfigVersion, Member

_KEPT = 4
_built: dict[str, Ladders] = {}


@dataclass(frozen=True)
class Applied:
    """One applied version, loaded."""

    version: int
    hash: str
    texts: Mapping[str, str]
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
    stored = session.exec(select(ConfigVersion).order_by(col(ConfigVersion.id).desc()).limit(1)).first()
    return _applied(stored) if stored else None


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
    number = col(ConfigVersion.id)
    then = select(ConfigVersion).where(ConfigVersion.applied_at < until).order_by(number.desc()).limit(1)
    stored = session.exec(then).first() or session.exec(select(ConfigVersion).order_by(number).limit(1)).first()
    return _applied(stored) if stored else required(session)


def current(app: App) -> Applied:
    """`required`, in a session of its own."""
    with reading(app.engine) as session:
        return required(session)


def members(session: Session) -> dict[tuple[str, str], tuple[str, ...]]:
    """Who each activated obligation's groups meant, by (plan, obligation)."""
    frozen: dict[tuple[str, str], list[str]] = {}
    for row in session.exec(select(Member)):
        frozen.setdefault((row.plan, row.obligation), []).append(row.unit)
    return {key: tuple(units) for key, units in frozen.items()}


def _applied(stored: ConfigVersion) -> Applied:
    return Applied(stored.id or 0, stored.hash, stored.texts, _ladders(stored.hash, stored.texts, stored.applied_at))


def _ladders(digest: str, texts: Mapping[str, str], applied_at: datetime) -> Ladders:
    """Loaded once per process and version; the oldest of a few is forgotten."""
    if digest not in _built:
        while len(_built) >= _KEPT:
            _built.pop(next(iter(_built)))
        _built[digest] = Ladders(load(texts, local_day(applied_at)).required())
    return _built[digest]
