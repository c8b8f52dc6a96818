"""What becomes of an assignment: a unit's result is submitted, the secretariat confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from sqlmodel import Session, col, select

from obligations.cases import anchors, applied, enrolling
from obligations.cases.app import App
from obligations.cases.withdrawing import withdraw
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused
from obligations.domain.plan import OnTimeBy
from obligations.domain.wording import short_date, some
from obligations.store.database import writing
from obligations.store.tables import METADATA, Assignment, Event

MUTED = "đơn vị đã gửi"


@dataclass(frozen=True)
class Address:
    """Which assignment is meant: its code, or plan/obligation with unit and period."""

    code: str | None = None
    plan: str | None = None
    obligation: str | None = None
    unit: str | None = None
    period: str | None = None

    @classmethod
    def parse(cls, what: str, unit: str | None = None, period: str | None = None) -> Address:
        """`K7-0412`, or `plan/obligation` with a unit and, where there are several, a period."""
        if "/" not in what:
            if unit:
                raise Refused("address", f"{what} là mã việc nên không cần ghi đơn vị.", "Bỏ phần sau mã việc.")
            return cls(code=what.upper())
        plan, _, obligation = what.partition("/")
        if not unit:
            raise Refused("address", "chưa ghi đơn vị.", "Ghi KẾ-HOẠCH/NHIỆM-VỤ ĐƠN-VỊ [KỲ], hoặc mã việc.")
        return cls(plan=plan, obligation=obligation, unit=unit, period=period)


@dataclass(frozen=True)
class Submission:
    """A result: the day it was sent, and where known received and signed, with its document."""

    on: date
    received: date | None = None
    signed: date | None = None
    document: str | None = None
    note: str | None = None

    @property
    def days(self) -> dict[str, date]:
        """The days that are known, by the name an office gives them."""
        days = {"sent": self.on, "received": self.received, "signed": self.signed}
        return {key: day for key, day in days.items() if day}

    def counting_day(self, on_time_by: OnTimeBy) -> date:
        """The day that decides whether it was on time; the sent day where the office's own day is not known."""
        return self.days.get(on_time_by, self.on)


def submit(
    app: App, address: Address, submission: Submission, now: datetime, *, by: str, day_stated: bool = True
) -> int:
    """Record a result; reminders fall silent. The assignment's id. Repeating it changes nothing.

    Refused for a day in the future, where the duty is no longer owed, and where another day stands recorded (unless
    the caller named none: `day_stated`).
    """
    with writing(app.engine) as session:
        ladders = applied.required(session).ladders
        row = find(session, address)
        office = ladders.configuration.office
        counting = submission.counting_day(office.on_time_by)
        for day in submission.days.values():
            _refuse_future(day, now, ladders)
        if row.submitted_on is not None:
            _refuse_other_document(session, row, submission.document)
            asked = counting if day_stated else row.submitted_on
            return _same(row, row.submitted_on, asked, f"đã ghi là gửi ngày {short_date(row.submitted_on)}")
        if row.outside not in (None, enrolling.UNKNOWN):
            raise Refused("not-owed", f"{row.code} không còn phải thực hiện.", "Mở lại việc trước, nếu cần.")
        payload: dict[str, Any] = {key: day.isoformat() for key, day in submission.days.items()}
        payload["counts_on"] = counting.isoformat()  # by the office's rule of this day, for ever
        payload |= {"note": submission.note} if submission.note else {}
        said = {"recorded_at": now, "by": by, "document": submission.document, "payload": payload}
        _record(session, row, "submitted", submission.on, **said)
        row.submitted_on, row.outside, row.next_rung_at = counting, None, None
        _mute(session, row)
        return row.id or 0


def confirm(
    app: App,
    address: Address,
    on: date,
    now: datetime,
    *,
    by: str,
    document: str | None = None,
    day_stated: bool = True,
) -> int:
    """The secretariat took note of the result: the duty is done. The assignment's id; repeating changes nothing.

    Refused for a day in the future, before the result was sent, and where nothing was sent.
    """
    with writing(app.engine) as session:
        ladders = applied.required(session).ladders
        row = find(session, address)
        _refuse_future(on, now, ladders)
        if row.done_on is not None:
            asked = on if day_stated else row.done_on
            return _same(row, row.done_on, asked, f"đã ghi nhận hoàn thành ngày {short_date(row.done_on)}")
        if row.submitted_on is None:
            fix = "Ghi kết quả trước: dondoc submit."
            raise Refused("nothing-submitted", f"{row.code} chưa có kết quả nào được gửi.", fix)
        if on < row.submitted_on:
            fix = f"Ghi --on từ ngày {short_date(row.submitted_on)}."
            raise Refused("before-submitted", f"ngày {short_date(on)} sớm hơn ngày {row.code} được gửi.", fix)
        _record(session, row, "confirmed", on, recorded_at=now, by=by, document=document)
        row.done_on = on
        session.flush()
        anchors.date_what_waits(session, ladders, row.plan, now, by=by, anchor=row.obligation)
        return row.id or 0


def find(session: Session, address: Address) -> Assignment:
    """The one assignment an address means; Refused with the choices when it is none or several."""
    query = select(Assignment).order_by(col(Assignment.period))
    if address.code:
        query = query.where(Assignment.code == address.code)
    else:
        query = query.where(
            Assignment.plan == address.plan,
            Assignment.obligation == address.obligation,
            Assignment.unit == address.unit,
        )
    if address.period:
        query = query.where(Assignment.period == address.period)
    if session.get_bind().dialect.name == "postgresql":
        query = query.with_for_update()
    found = session.exec(query).all()
    if not found:
        raise _no_such(session, address)
    if len(found) > 1:
        periods = [row.period for row in found]
        raise Refused("which-period", "nhiệm vụ này có nhiều kỳ.", f"Ghi thêm kỳ, một trong: {some(periods)}.")
    return found[0]


def _no_such(session: Session, address: Address) -> Refused:
    """Which part of the address is unknown, and what could stand there."""
    if address.code:
        return Refused("no-assignment", f"không có mã việc {address.code}.", "Xem mã việc bằng dondoc status.")
    parts: tuple[tuple[Any, str | None, str], ...] = (
        (col(Assignment.plan), address.plan, "không theo dõi kế hoạch {}."),
        (col(Assignment.obligation), address.obligation, "kế hoạch này không có nhiệm vụ {}."),
        (col(Assignment.unit), address.unit, "{} không phải thực hiện nhiệm vụ này."),
        (col(Assignment.period), address.period, "nhiệm vụ này không có kỳ {}."),
    )
    known: list[Any] = []
    for column, value, words in parts:
        query = select(column).where(*known).distinct().order_by(column)
        choices = [str(choice) for choice in session.exec(query)]
        if value not in choices:
            near = get_close_matches(value or "", choices, n=1, cutoff=0.8)
            others = f"Có: {some(choices)}." if choices else "Chạy dondoc apply trước."
            fix = f"Có phải {near[0]}?" if near else others
            return Refused("no-assignment", words.format(value), fix)
        known.append(column == value)
    return Refused("no-assignment", "không có đầu việc nào như vậy.", "Xem dondoc status.")


def _refuse_other_document(session: Session, row: Assignment, document: str | None) -> None:
    """A second number for the same result is told, not dropped."""
    submitted = select(Event).where(Event.assignment_id == row.id, Event.kind == "submitted")
    event = session.exec(submitted.order_by(col(Event.id).desc()).limit(1)).one()
    if document and event.document != document:
        before = f"với văn bản {event.document}" if event.document else "không kèm số văn bản"
        raise Refused("already", f"{row.code} đã được ghi {before}.", f"Chưa ghi {document}; đính chính cần ghi riêng.")


def _same(row: Assignment, recorded: date, asked: date, words: str) -> int:
    if recorded != asked:
        raise Refused("already", f"{row.code} {words}.", "Muốn sửa phải có quyết định đính chính.")
    return row.id or 0


def _refuse_future(on: date, now: datetime, ladders: Ladders) -> None:
    today = ladders.clockwork.local(now).date()
    if on > today:
        raise Refused("future", f"ngày {short_date(on)} chưa đến.", f"Hôm nay là {short_date(today)}.")


def _record(session: Session, row: Assignment, kind: str, on: date, **rest: Any) -> None:
    event = Event(assignment_id=row.id, plan=row.plan, kind=kind, effective_on=on, **{"payload": {}} | rest)
    session.add(event)


def _mute(session: Session, row: Assignment) -> None:
    """What waits unsent for it is skipped; what is under way may be with its recipient (invariant 3)."""
    session.flush()
    withdraw(session, METADATA.tables["reminder"].c.assignment_id == row.id, state="skipped", why=MUTED)
