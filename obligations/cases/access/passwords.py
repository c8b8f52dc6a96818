"""Passwords hashed by argon2: slow on purpose, so it is done outside any transaction, and by few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from obligations.domain.errors import Refused

# Each takes 64 MB and a core for a tenth of a second, and whoever waits keeps one of forty threads of the pages.
_AT_ONCE, _IN_LINE = 2, 12
_hasher = PasswordHasher()
_working, _line = BoundedSemaphore(_AT_ONCE), BoundedSemaphore(_IN_LINE)


def hashed(password: str) -> str:
    """What is stored of a password."""
    return _hasher.hash(password)


def fits(known: str | None, password: str) -> bool:
    """Whether a password is the one behind a hash; None, for nobody, takes as long and never fits."""
    try:
        return _hasher.verify(known or _nobody(), password) and known is not None
    except VerificationError:
        return False


@contextmanager
def turn() -> Iterator[None]:
    """To be one of the few who log in at this moment; Refused, before anything counts, when there are too many."""
    if not _line.acquire(blocking=False):
        raise Refused("busy", "nhiều người cùng đăng nhập lúc này.", "Chờ vài giây rồi đăng nhập lại.")
    try:
        with _working:
            yield
    finally:
        _line.release()


@cache
def _nobody() -> str:
    """A hash that no password fits."""
    return _hasher.hash("không ai cả")
