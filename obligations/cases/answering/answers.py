"""What units answer: a result was sent, a duty was taken in hand; and that the secretariat took note of a result.

Each is one event. Repeating what is so changes nothing; what the state forbids is refused with the way out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.desk import Desk, Holding, at_the_desk
from obligations.cases.answering.uploads import NewFile, keep
from obligations.cases.app import App
from obligations.domain.errors import Refused
from obligations.domain.plan import OnTimeBy
from obligations.domain.wording import short_date


@dataclass(frozen=True)
class Submission:
    """A result: the day it was sent, and where known received and signed, with its document.

    `nil`: there was nothing to report (không phát sinh), which is an answer too.
    """

    on: date
    received: date | None = None
    signed: date | None = None
    document: str | None = None
    note: str | None = None
    nil: bool = False

    @property
    def days(self) -> dict[str, date]:
        """The days that are known, by the name an office gives them."""
        days = {"sent": self.on, "received": self.received, "signed": self.signed}
        return {key: day for key, day in days.items() if day}

    def counting_day(self, on_time_by: OnTimeBy) -> date:
        """The day that decides whether it was on time; the sent day where the office's own day is not known."""
        return self.days.get(on_time_by, self.on)

    def payload(self, counts_on: date) -> dict[str, Any]:
        said: dict[str, Any] = {key: day.isoformat() for key, day in self.days.items()}
        said["counts_on"] = counts_on.isoformat()  # by the office's rule of this day, for ever
        said |= {"note": self.note} if self.note else {}
        return said | ({"nil": True} if self.nil else {})


def submit(
    app: App, address: Address, submission: Submission, now: datetime, *, by: str, day_stated: bool = True
) -> int:
    """`submit_all` for one assignment; its id."""
    return submit_all(app, [address], submission, now, by=by, day_stated=day_stated)[0]


def submit_all(
    app: App,
    addresses: Sequence[Address],
    submission: Submission,
    now: datetime,
    *,
    by: str,
    day_stated: bool = True,
    file: NewFile | None = None,
) -> list[int]:
    """Record one document as the result of several duties, all or none; reminders fall silent. Their ids.

    Its `file` is kept with the event of each.

    Refused for a day in the future, where a duty is no longer owed, and where another day stands recorded (unless the
    caller named none: `day_stated`).
    """
    with at_the_desk(app, now, by) as desk:
        for day in submission.days.values():
            desk.refuse_future(day)
        counts_on = submission.counting_day(desk.office.on_time_by)
        held = desk.hold_all(addresses)
        done = [_submit(desk, one, submission, counts_on, day_stated=day_stated) for one in held]
        if file is not None:
            keep(desk.book.session, done, file)
        return done


def submit_at(desk: Desk, holding: Holding, submission: Submission) -> int:
    """Record a result whose day was named."""
    for day in submission.days.values():
        desk.refuse_future(day)
    return _submit(desk, holding, submission, submission.counting_day(desk.office.on_time_by), day_stated=True)


def _submit(desk: Desk, holding: Holding, submission: Submission, counts_on: date, *, day_stated: bool) -> int:
    facts = holding.facts
    desk.refuse_outside(holding)
    if facts.submitted_on is not None:
        recorded = holding.last("submitted")
        holding.refuse_other_document("submitted", submission.document)
        was = date.fromisoformat(recorded.payload["counts_on"])
        if day_stated and counts_on != was:
            raise _already(holding, f"đã ghi là gửi ngày {short_date(was)}")
        was_nil = bool(recorded.payload.get("nil"))
        if submission.nil and not was_nil:
            raise _already(holding, "đã ghi là có kết quả gửi, không phải không phát sinh")
        if was_nil and not submission.nil:
            raise _already(holding, "đã ghi là không phát sinh")
        return holding.id
    if facts.is_returned and (returned := holding.last("returned").effective_on) > submission.on and day_stated:
        fix = f"Ghi ngày gửi lại, từ {short_date(returned)}."
        raise Refused("before-returned", f"{holding.code} bị đề nghị bổ sung ngày {short_date(returned)}.", fix)
    payload = submission.payload(counts_on)
    return desk.record(holding, "submitted", submission.on, document=submission.document, payload=payload)


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
    """`confirm_all` for one assignment; its id."""
    return confirm_all(app, [address], on, now, by=by, document=document, day_stated=day_stated)[0]


def confirm_all(
    app: App,
    addresses: Sequence[Address],
    on: date,
    now: datetime,
    *,
    by: str,
    document: str | None = None,
    day_stated: bool = True,
) -> list[int]:
    """The secretariat took note of these results: the duties are done. Their ids; repeating changes nothing.

    Refused for a day in the future, before the result was sent, and where nothing was sent.
    """
    with at_the_desk(app, now, by) as desk:
        desk.refuse_future(on)
        return [confirm_at(desk, one, on, document, day_stated=day_stated) for one in desk.hold_all(addresses)]


def confirm_at(desk: Desk, holding: Holding, on: date, document: str | None = None, *, day_stated: bool = True) -> int:
    """Record that note was taken of a result."""
    facts = holding.facts
    desk.refuse_outside(holding)
    if facts.done_on is not None:
        if day_stated and facts.done_on != on:
            raise _already(holding, f"đã ghi nhận hoàn thành ngày {short_date(facts.done_on)}")
        holding.refuse_other_document("confirmed", document)
        return holding.id
    if facts.submitted_on is None:
        fix = "Ghi kết quả trước: dondoc submit."
        raise Refused("nothing-submitted", f"{holding.code} chưa có kết quả nào được gửi.", fix)
    sent = holding.last("submitted").effective_on
    if on < sent:
        fix = f"Ngày ghi nhận phải từ {short_date(sent)}."
        raise Refused("before-submitted", f"ngày {short_date(on)} sớm hơn ngày {holding.code} được gửi.", fix)
    return desk.record(holding, "confirmed", on, document=document)


def acknowledge(app: App, address: Address, expected_on: date | None, now: datetime, *, by: str) -> int:
    """The unit has the duty in hand, and says when it means to answer."""
    with at_the_desk(app, now, by) as desk:
        holding = desk.hold(address)
        desk.refuse_closed(holding)
        if holding.facts.acknowledged_on is not None and expected_on in (None, holding.facts.expected_on):
            return holding.id
        payload = {"expected_on": expected_on.isoformat() if expected_on else None}
        return desk.record(holding, "acknowledged", desk.today, payload=payload)


def _already(holding: Holding, words: str) -> Refused:
    return Refused("already", f"{holding.code} {words}.", "Ghi nhầm thì mở lại bằng dondoc reopen rồi ghi lại.")
