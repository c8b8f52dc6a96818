"""Giving an assignment its date, or another one: always an event, with what moved it."""

from __future__ import annotations

from datetime import date, time
from typing import Any, Literal

from obligations.cases.ledger.records import Book
from obligations.domain.due import Due
from obligations.store.tables import Assignment

Why = Literal["correction", "amended_by", "fixed_by", "calendar", "anchor", "rollback"]


def set_due(book: Book, row: Assignment, due: Due, *, document: str | None = None, reason: str = "") -> None:
    """An assignment that waited for its event gets its date, and with it its notice."""
    if due.on is not None:
        payload: dict[str, Any] = {"due_on": due.on.isoformat(), "due_at": _hour(due.at)}
        payload |= {"opened_on": _text(due.after_on), "notice": True} | ({"reason": reason} if reason else {})
        book.record(row, "due_set", document=document, payload=payload)


def move_due(
    book: Book,
    row: Assignment,
    due: Due,
    why: Why,
    *,
    document: str | None = None,
    reason: str = "",
    original: date | None = None,
) -> None:
    """The plan's date of an assignment moves; a correction (typing error) restates the original date, too.

    `original` is the one that a rollback gives back.
    """
    payload: dict[str, Any] = {"due_on": _text(due.on), "due_at": _hour(due.at), "why": why}
    payload |= {"reason": reason} if reason else {}
    payload |= {"restate": True} if why == "correction" or original else {}
    payload |= {"original": _text(original)} if original else {}
    book.record(row, "due_moved", document=document, payload=payload)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _hour(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None
