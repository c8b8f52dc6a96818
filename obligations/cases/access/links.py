"""A unit's link: opens its own page without an account, expires, can be revoked, works for that unit only.

The address holds the link's number and a signature over its row, so that a copy of the database opens nothing. One
link serves all letters to a unit until less than half of its life is left; then the next letter brings a new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam
from sqlalchemy import select as select_rows
from sqlmodel import Session, col, select

from obligations.cases.access.secret import key, same, signature
from obligations.cases.app import App
from obligations.cases.ledger import officebook
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA, Link

LASTS = timedelta(days=180)
_TOKEN = re.compile(r"(\d{1,9})\.([A-Za-z0-9_-]{27})")
_IN_A_TEXT = re.compile(rf"(?<=/d/){_TOKEN.pattern}")
_l = METADATA.tables["link"].c
_OPEN = (
    select_rows(_l.id, _l.unit, _l.expires)
    .where(_l.unit == bindparam("of"), _l.revoked.is_(None), _l.expires > bindparam("enough"))
    .order_by(_l.id.desc())
    .limit(1)
)


@dataclass(frozen=True)
class UnitLink:
    """A link as it stands: whose, from when, until when, since when revoked."""

    id: int
    unit: str
    issued_at: datetime
    expires: datetime
    revoked: datetime | None

    def is_open(self, now: datetime) -> bool:
        return self.revoked is None and now < self.expires


def token_for(app: App, session: Session, unit: str, now: datetime, *, by: str = officebook.DONDOC) -> str:
    """The token of the unit's link; made, in the caller's transaction, where none is open for long enough."""
    return _token(app, _open(session.connection(), unit, now) or _made(session, unit, now, by))


def address_in(app: App, configuration: Configuration, connection: Connection, unit: str, *, now: datetime) -> str:
    """The address of a unit's page, in the transaction that writes a letter; empty where pages have no address."""
    base = configuration.office.public_url
    if base is None:
        return ""
    if found := _open(connection, unit, now):
        return address(base, _token(app, found))
    with Session(connection, join_transaction_mode="rollback_only") as session:  # the transaction stays its owner's
        return address(base, _token(app, _made(session, unit, now, officebook.DONDOC)))


def address(base: str, token: str) -> str:
    return f"{base.rstrip('/')}/d/{token}"


def hidden(text: str) -> str:
    """A letter for whoever may read it and may not answer for its unit: no link in it opens anything."""
    return _IN_A_TEXT.sub("…", text)


def token(app: App, number: int) -> str:
    """What opens an existing link; nothing is made. Refused when there is no such link."""
    with reading(app.engine) as session:
        link = session.get(Link, number)
        if link is None:
            raise Refused("no-link", f"không có liên kết số {number}.", "Xem danh sách liên kết.")
        return _token(app, link)


def issue(app: App, unit: str, now: datetime, *, by: str = officebook.DONDOC) -> str:
    """`token_for` in a transaction of its own: what a person asks for."""
    with writing(app.engine) as session:
        return token_for(app, session, unit, now, by=by)


def open_link(app: App, token: str, now: datetime) -> UnitLink:
    """The link that a token opens. Refused, in words for the unit, when it is none, has expired or was revoked."""
    found = _TOKEN.fullmatch(token)
    with reading(app.engine) as session:
        link = session.get(Link, int(found[1])) if found else None
        if link is None or not same(_token(app, link), token):
            raise Refused("link-unknown", "liên kết không đúng.", "Mở lại liên kết trong thư mới nhất.")
        if link.revoked is not None:
            raise Refused("link-revoked", "liên kết đã được thu hồi.", "Xin văn phòng một liên kết mới.")
        if now >= link.expires:
            raise Refused("link-expired", "liên kết đã hết hạn.", "Mở liên kết trong thư mới nhất.")
        return _link(link)


def revoke(app: App, number: int, now: datetime, *, by: str) -> None:
    """From now on the link opens nothing; repeating changes nothing. Refused when there is no such link."""
    with writing(app.engine) as session:
        link = session.get(Link, number)
        if link is None:
            raise Refused("no-link", f"không có liên kết số {number}.", "Xem danh sách liên kết.")
        if link.revoked is None:
            link.revoked = now
            session.add(link)
            payload = {"unit": link.unit, "link": link.id}
            officebook.record(session, "link_revoked", now, by=by, payload=payload)


def all_links(app: App) -> list[UnitLink]:
    """Every link, newest first."""
    with reading(app.engine) as session:
        return [_link(link) for link in session.exec(select(Link).order_by(col(Link.id).desc()))]


def _open(connection: Connection, unit: str, now: datetime) -> Row[Any] | None:
    """The unit's newest link that stays open for long enough."""
    return connection.execute(_OPEN, {"of": unit, "enough": now + LASTS / 2}).first()


def _made(session: Session, unit: str, now: datetime, by: str) -> Link:
    link = Link(unit=unit, issued_at=now, expires=now + LASTS)
    session.add(link)
    session.flush()
    officebook.record(session, "link_issued", now, by=by, payload={"unit": unit, "link": link.id})
    return link


def _token(app: App, link: Link | Row[Any]) -> str:
    said = (str(link.id), link.unit, link.expires.astimezone(UTC).isoformat())
    return f"{link.id}.{signature(key(app.settings.home), 'link', *said)}"


def _link(link: Link) -> UnitLink:
    return UnitLink(link.id or 0, link.unit, link.issued_at, link.expires, link.revoked)
