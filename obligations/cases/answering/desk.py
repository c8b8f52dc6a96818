"""The secretariat's desk: one transaction in which facts about assignments are looked up, judged and recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from obligations.cases import applied
from obligations.cases.answering.addressing import Address, find
from obligations.cases.app import App
from obligations.cases.ledger import anchors
from obligations.cases.ledger.records import Book, events_of
from obligations.cases.reminding.planning import plan_rows
from obligations.domain.errors import Refused
from obligations.domain.facts import UNKNOWN, Facts, fold
from obligations.domain.plan import Office
from obligations.domain.wording import short_date
from obligations.store.database import writing
from obligations.store.tables import Assignment

_MOVES_ANCHORS = ("confirmed", "returned", "reopened", "waived")


@dataclass(frozen=True)
class Holding:
    """One assignment in hand: its row, its events so far and what they tell."""

    row: Assignment
    events: Sequence[Row[Any]]
    facts: Facts

    @property
    def id(self) -> int:
        return self.row.id or 0

    @property
    def code(self) -> str:
        return self.facts.code

    def last(self, kind: str) -> Row[Any]:
        """The newest event of a kind that its facts say there is."""
        return next(event for event in reversed(self.events) if event.kind == kind)

    def refuse_other_document(self, kind: str, document: str | None) -> None:
        """Another number for what was recorded is told, not dropped."""
        recorded = self.last(kind).document
        if document and recorded != document:
            before = f"với văn bản {recorded}" if recorded else "không kèm số văn bản"
            fix = f"Chưa ghi {document}. Ghi nhầm thì mở lại rồi ghi lại từ đầu (dondoc reopen); đơn vị sẽ được báo."
            raise Refused("already", f"{self.code} đã được ghi {before}.", fix)


@contextmanager
def at_the_desk(app: App, now: datetime, by: str) -> Iterator[Desk]:
    """All that is recorded holds together or not at all; what follows from it is derived before the commit."""
    with writing(app.engine) as session:
        desk = Desk(Book(session, applied.required(session).ladders, now, by))
        yield desk
        desk.close()


class Desk:
    """What one person records at one instant."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.ladders = book.ladders
        self.today = book.today
        self._anchors: set[tuple[str, str]] = set()

    @property
    def office(self) -> Office:
        return self.ladders.configuration.office

    def hold(self, address: Address) -> Holding:
        """The assignment that an address means, what it owed until now planned; Refused when none or several."""
        book = self.book
        row = find(book.session, address)
        if row.next_rung_at is not None and row.next_rung_at <= book.now:
            plan_rows(book.session, self.ladders, [row], book.now)
            book.session.refresh(row)
        events = events_of(book.session, row.id or 0)
        return Holding(row, events, fold(events))

    def hold_all(self, addresses: Sequence[Address]) -> list[Holding]:
        """Each assignment once, in the order asked."""
        held = {holding.id: holding for holding in (self.hold(address) for address in addresses)}
        return list(held.values())

    def record(
        self,
        holding: Holding,
        kind: str,
        on: date,
        *,
        document: str | None = None,
        payload: dict[str, Any] | None = None,
    ) -> int:
        """Add an event to an assignment; its id."""
        if kind in _MOVES_ANCHORS:
            self._anchors.add((holding.facts.plan, holding.facts.obligation))
        return self.book.record(holding.row, kind, on, document=document, payload=payload)

    def close(self) -> None:
        """Derive what changed, and the dates that count from it."""
        self.book.retell()
        for plan, obligation in sorted(self._anchors):
            anchors.date_what_waits(self.book, plan, anchor=obligation)

    def refuse_future(self, on: date) -> None:
        if on > self.today:
            fix = f"Hôm nay là {short_date(self.today)}."
            raise Refused("future", f"ngày {short_date(on)} chưa đến.", fix)

    def refuse_outside(self, holding: Holding) -> None:
        """What is waived or stopped takes no result and no return; what was due before it was followed does."""
        if holding.facts.outside not in (None, UNKNOWN):
            raise Refused("not-owed", f"{holding.code} không còn phải thực hiện.", "Mở lại việc trước: dondoc reopen.")

    def refuse_closed(self, holding: Holding) -> None:
        """What is sent, done or outside the count is no longer open to a decision about its deadline."""
        facts = holding.facts
        if facts.phase == "open":
            return
        words = "đã hoàn thành" if facts.done_on else "đã có kết quả gửi, đang chờ ghi nhận"
        words = "không thuộc diện đang thực hiện" if facts.outside else words
        raise Refused("not-open", f"{holding.code} {words}.", "Mở lại việc trước, nếu cần: dondoc reopen.")
