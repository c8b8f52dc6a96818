"""Logins: a random cookie, of which only the digest is kept; it ends by itself, by logging out, or with the account."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete
from sqlmodel import col, select

from obligations.cases.access import users
from obligations.cases.access.secret import cookie, digest
from obligations.cases.access.users import Person
from obligations.cases.app import App
from obligations.store.database import reading, writing
from obligations.store.tables import User, WebSession

LASTS = timedelta(hours=12)  # a working day: whoever comes in the next morning logs in

_LOGGED_IN = (  # built once: every page asks
    select(User)
    .join(WebSession, col(WebSession.user) == col(User.name))
    .where(WebSession.digest == bindparam("digest"), col(WebSession.expires) > bindparam("now"))
    .where(col(User.closed_at).is_(None))
)


def open_session(app: App, name: str, password: str, now: datetime) -> str:
    """The cookie of a new login. Refused as `users.check` refuses."""
    person = users.check(app, name, password, now)
    new = cookie()
    with writing(app.engine) as session:
        session.execute(delete(WebSession).where(col(WebSession.expires) <= now))
        session.add(WebSession(digest=digest(new), user=person.name, expires=now + LASTS))
    return new


def person_of(app: App, presented: str | None, now: datetime) -> Person | None:
    """Who is logged in with this cookie; None for an unknown, ended or closed one."""
    if not presented:
        return None
    with reading(app.engine) as session:
        user = session.execute(_LOGGED_IN, {"digest": digest(presented), "now": now}).scalars().first()
        return users.person(user) if user else None


def close_session(app: App, presented: str | None) -> None:
    """Log out; without a login nothing happens."""
    if presented:
        with writing(app.engine) as session:
            session.execute(delete(WebSession).where(col(WebSession.digest) == digest(presented)))
