"""What an apply records: renamed, moved, stopped and reopened assignments, new ones, who owes from now on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Table
from sqlmodel import Session, col, select

from obligations.cases.configuring import enrolling, holders
from obligations.cases.configuring.changes import Change, Move, Recorded
from obligations.cases.ledger import anchors
from obligations.cases.ledger.dating import move_due, set_due
from obligations.cases.ledger.owing import OUTSIDE
from obligations.cases.ledger.records import BATCH, Book
from obligations.cases.ledger.withdrawing import withdraw
from obligations.domain.duties import Ladders
from obligations.domain.facts import fold
from obligations.store.tables import METADATA, Assignment, ConfigVersion, Event

_reminder: Table = METADATA.tables["reminder"]


def follow(session: Session, ladders: Ladders, change: Change, now: datetime, *, by: str, version: int) -> None:
    """Record a change that was allowed, under a version of the configuration; then what counts from it."""
    book = Book(session, ladders, now, by)
    rows = _rows(session, change)
    for _, row, new in change.renamed:
        book.record(rows[row.id], "renamed", payload={"obligation": new})
    originals = _originals(session, change.moved, version)
    for move in change.dated:
        document, words = (move.reason.document, move.reason.words) if move.reason else (None, "")
        set_due(book, rows[move.row.id], move.due, document=document, reason=words)
    for move in change.moved:
        _move(book, rows[move.row.id], move, originals.get(move.row.id))
    for stop in change.stopped:
        payload = {"note": stop.note, "apply": True}
        book.record(rows[stop.row.id], "stopped", stop.on, document=stop.document, payload=payload)
    for _, row in change.reopened:
        book.record(rows[row.id], "reopened", payload={"apply": True})
    book.retell()
    _silence(session, change.gone)
    holders.rename(session, {(one.plan, one.renamed): one.obligation for one in change.holders if one.renamed})
    enrolling.enrol(session, ladders, change, now, by=by)
    holders.settle(book, change.holders, version)
    for plan in sorted(change.plans):
        anchors.date_what_waits(book, plan)


def _move(book: Book, row: Assignment, move: Move, original: date | None) -> None:
    reason = move.reason
    if reason is None:
        raise ValueError("a silent move is refused before anything is recorded")
    move_due(book, row, move.due, reason.why, document=reason.document, reason=reason.words, original=original)


def _rows(session: Session, change: Change) -> dict[int, Assignment]:
    """The assignments that something is recorded of."""
    touched = {row.id for _, row, _ in change.renamed} | {row.id for _, row in change.reopened}
    touched |= {move.row.id for move in (*change.dated, *change.moved)} | {stop.row.id for stop in change.stopped}
    wanted, found = sorted(touched), dict[int, Assignment]()
    for start in range(0, len(wanted), BATCH):
        for row in session.exec(select(Assignment).where(col(Assignment.id).in_(wanted[start : start + BATCH]))):
            found[row.id or 0] = row
    return found


def _originals(session: Session, moved: Iterable[Move], version: int) -> dict[int, date]:
    """The original dates that a rollback gives back: those of the day before the version it undoes was applied."""
    undone = {move.row.id for move in moved if move.reason and move.reason.why == "rollback"}
    before = col(ConfigVersion.id)
    found: dict[int, date] = {}
    stored = session.exec(select(ConfigVersion).where(before < version).order_by(before.desc()).limit(1)).first()
    for number in sorted(undone) if stored else ():
        events = session.exec(select(Event).where(Event.assignment_id == number).order_by(col(Event.id))).all()
        then = fold(event for event in events if stored and event.recorded_at < stored.applied_at)
        if then.original_due_on and then.original_due_on != fold(events).original_due_on:
            found[number] = then.original_due_on
    return found


def _silence(session: Session, gone: Iterable[Recorded]) -> None:
    """Of what the configuration does not know any more nothing leaves."""
    ids = [row.id for row in gone]
    for start in range(0, len(ids), BATCH):
        chosen = _reminder.c.assignment_id.in_(ids[start : start + BATCH])
        withdraw(session, chosen, state="skipped", why=OUTSIDE)
