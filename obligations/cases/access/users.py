"""People who log in: added and changed by an admin (the first one at the command line), never there by default."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from obligations.cases.access import passwords
from obligations.cases.app import App
from obligations.cases.ledger import officebook
from obligations.domain.errors import Refused
from obligations.store.database import reading, writing
from obligations.store.tables import User, WebSession

Role = Literal["viewer", "secretariat", "admin"]  # each may what the one before may
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_WORDS: dict[str, str] = {"viewer": "Xem", "secretariat": "Văn phòng", "admin": "Quản trị"}
LEAST_LENGTH = 10
TRIES = 5
LOCKED = timedelta(minutes=15)
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


@dataclass(frozen=True)
class Person:
    """Somebody who may log in, or could until `closed_at`."""

    name: str
    full_name: str
    role: Role
    closed_at: datetime | None = None

    def may(self, role: Role) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)

    @property
    def title(self) -> str:
        return self.full_name or self.name


@dataclass(frozen=True)
class Change:
    """What of an account becomes another; None stays."""

    role: str | None = None
    password: str | None = None
    closed: bool | None = None
    full_name: str | None = None


def add(app: App, name: str, role: str, password: str, now: datetime, *, by: str, full_name: str = "") -> Person:
    """A new account. Refused for a name that is taken or no name, an unknown role, a password that is too short."""
    _check_role(role)
    _check_password(password)
    if not _NAME.fullmatch(name):
        fix = "Dùng chữ thường không dấu, số, dấu chấm, gạch; 2–40 ký tự."
        raise Refused("user-name", f"tên đăng nhập {name!r} không hợp lệ.", fix)
    kept = passwords.hashed(password)
    with writing(app.engine) as session:
        if session.get(User, name):
            raise Refused("user-taken", f"đã có tài khoản {name}.", "Chọn tên khác, hoặc đổi tài khoản ấy.")
        user = User(name=name, full_name=full_name.strip(), role=role, hash=kept)
        session.add(user)
        officebook.record(session, "user_added", now, by=by, payload={"user": name, "role": role})
        return person(user)


def change(app: App, name: str, wanted: Change, now: datetime, *, by: str) -> Person:
    """Another role or name, a new password, closed or open again; whatever changes, this person has to log in anew.

    Refused where nobody has that name, and where no admin would be left.
    """
    if wanted.role is not None:
        _check_role(wanted.role)
    if wanted.password is not None:
        _check_password(wanted.password)
    kept = passwords.hashed(wanted.password) if wanted.password is not None else None
    with writing(app.engine) as session:
        user = _user(session, name)
        was_admin = user.role == "admin" and user.closed_at is None
        said = _changed(user, wanted, kept, now)
        if said:
            session.add(user)
            session.flush()
            if was_admin:
                _keep_an_admin(session)
            session.execute(delete(WebSession).where(col(WebSession.user) == name))
            officebook.record(session, "user_changed", now, by=by, payload={"user": name, **said})
        return person(user)


def _changed(user: User, wanted: Change, kept: str | None, now: datetime) -> dict[str, object]:
    """Set what is wanted and differs (`kept`: the new password's hash); what an event tells of it, never a password."""
    said: dict[str, object] = {}
    if wanted.role is not None and wanted.role != user.role:
        user.role = said["role"] = wanted.role
    if wanted.closed is not None and wanted.closed != (user.closed_at is not None):
        user.closed_at, said["closed"] = now if wanted.closed else None, wanted.closed
    if wanted.full_name is not None and wanted.full_name.strip() != user.full_name:
        user.full_name = said["full_name"] = wanted.full_name.strip()
    if kept is not None:
        user.hash, user.failures, user.locked_until, said["password"] = kept, 0, None, True
    return said


def everybody(app: App) -> list[Person]:
    """All accounts, closed ones last."""
    with reading(app.engine) as session:
        users = session.exec(select(User).order_by(col(User.closed_at).is_not(None), col(User.name))).all()
        return [person(user) for user in users]


def check(app: App, name: str, password: str, now: datetime) -> Person:
    """Whoever knows this password. Refused in the same words and after the same work for a wrong name, a wrong password
    and an account that rests: for a quarter of an hour after five wrong ones in a row.

    A try counts before it is looked at, so that guesses side by side are no more than one after another. Refused as
    busy, and not counted, when too many log in at this moment.
    """
    with passwords.turn():
        with writing(app.engine) as session:
            known = _try(session, name, now)
        is_right = passwords.fits(known, password)
    if not is_right:
        fix = f"Sai {TRIES} lần liền thì tài khoản nghỉ 15 phút. Quên mật khẩu: nhờ quản trị đặt lại."
        raise Refused("login", "sai tên đăng nhập hoặc mật khẩu.", fix)
    with writing(app.engine) as session:
        user = _user(session, name)
        user.failures, user.locked_until = 0, None
        session.add(user)
        return person(user)


def _try(session: Session, name: str, now: datetime) -> str | None:
    """Count a try; the hash to hold the password against, None where nobody of that name may log in now."""
    rests = col(User.locked_until).is_(None) | (col(User.locked_until) <= now)
    may = (col(User.name) == name, col(User.closed_at).is_(None), rests)
    counted = update(User).where(*may).values(failures=col(User.failures) + 1)
    found = session.execute(counted.returning(col(User.hash), col(User.failures))).first()
    if found is None:
        return None
    if found.failures >= TRIES:  # the last of them may still be the right one, and then opens it again
        session.execute(update(User).where(col(User.name) == name).values(failures=0, locked_until=now + LOCKED))
    known: str = found.hash
    return known


def _user(session: Session, name: str) -> User:
    user = session.get(User, name)
    if user is None:
        raise Refused("no-user", f"không có tài khoản {name}.", "Xem danh sách tài khoản.")
    return user


def _keep_an_admin(session: Session) -> None:
    admins = select(User.name).where(User.role == "admin", col(User.closed_at).is_(None))
    if session.exec(admins.limit(1)).first() is None:
        raise Refused("last-admin", "đây là quản trị cuối cùng.", "Thêm một quản trị khác trước.")


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise Refused("user-role", f"không có vai trò {role}.", f"Có: {', '.join(ROLES)}.")


def _check_password(password: str) -> None:
    if len(password) < LEAST_LENGTH:
        raise Refused("password", f"mật khẩu ngắn hơn {LEAST_LENGTH} ký tự.", "Dùng một câu dài, dễ nhớ.")


def person(user: User) -> Person:
    role: Role = user.role  # type: ignore[assignment]  # written by `add` and `change` alone
    return Person(user.name, user.full_name, role, user.closed_at)
