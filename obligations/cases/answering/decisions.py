"""What the secretariat decides about a duty: return, extend, waive, reopen, reassign, approve.

Each is an event with its day, its document and who recorded it; a mistaken one is corrected by the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.desk import Desk, Holding, at_the_desk
from obligations.cases.app import App
from obligations.cases.ledger.withdrawing import withdraw
from obligations.domain.errors import Refused
from obligations.domain.facts import UNKNOWN
from obligations.domain.wording import short_date, some
from obligations.store.tables import METADATA

GIVEN_AWAY = "đã giao đơn vị khác"
_Granted = tuple[str | None, str | None]  # an extension's granter and document


@dataclass(frozen=True)
class Decision:
    """Who records, with which effect: the day it holds from, its document, a note."""

    on: date
    by: str
    document: str | None = None
    note: str | None = None

    def payload(self, **more: Any) -> dict[str, Any]:
        return {key: value for key, value in {"note": self.note, **more}.items() if value}


def send_back(
    app: App,
    address: Address,
    decision: Decision,
    now: datetime,
    *,
    resubmit_by: date | None = None,
    keep: bool = False,
) -> int:
    """Return (đề nghị bổ sung): the result is not taken note of and is owed again, by `resubmit_by` where given.

    `keep`: a fault of form, the first day of sending still counts. Refused where nothing waits to be taken note of.
    """
    with at_the_desk(app, now, decision.by) as desk:
        return return_at(desk, desk.hold(address), decision, resubmit_by=resubmit_by, keep=keep)


def return_at(
    desk: Desk, holding: Holding, decision: Decision, *, resubmit_by: date | None = None, keep: bool = False
) -> int:
    """`send_back` at a desk that is open."""
    _check_return(desk, holding, decision, resubmit_by)
    payload = decision.payload(resubmit_by=_text(resubmit_by), keep=keep)
    if holding.facts.is_returned and holding.last("returned").payload == payload:
        holding.refuse_other_document("returned", decision.document)
        return holding.id
    return desk.record(holding, "returned", decision.on, document=decision.document, payload=payload)


def _check_return(desk: Desk, holding: Holding, decision: Decision, resubmit_by: date | None) -> None:
    facts = holding.facts
    desk.refuse_future(decision.on)
    desk.refuse_outside(holding)
    if facts.done_on is not None:
        fix = "Mở lại việc trước: dondoc reopen."
        raise Refused("done", f"{holding.code} đã được ghi nhận hoàn thành.", fix)
    if facts.submitted_on is None and not facts.is_returned:
        raise Refused("nothing-submitted", f"{holding.code} chưa có kết quả nào để đề nghị bổ sung.")
    sent = holding.last("submitted").effective_on
    if decision.on < sent:
        fix = f"Ngày đề nghị bổ sung phải từ {short_date(sent)}."
        raise Refused("before-submitted", f"ngày {short_date(decision.on)} sớm hơn ngày {holding.code} được gửi.", fix)
    if resubmit_by is not None and resubmit_by < decision.on:
        fix = f"Hạn gửi lại phải từ {short_date(decision.on)}."
        raise Refused("before-returned", f"hạn gửi lại {short_date(resubmit_by)} sớm hơn ngày đề nghị.", fix)


def extend(
    app: App, address: Address, decision: Decision, now: datetime, *, to: date, granted_by: str | None = None
) -> int:
    """Extend (gia hạn) to a day; the original deadline is kept. Without `granted_by` it is only asked for, and holds
    escalations for a while.

    The plan's own date takes an extension back; the same day with another document, or granted by somebody else,
    corrects what was recorded of it. Refused for a day before that, and where the duty is not open.
    """
    with at_the_desk(app, now, decision.by) as desk:
        return extend_at(desk, desk.hold(address), decision, to=to, granted_by=granted_by)


def extend_at(desk: Desk, holding: Holding, decision: Decision, *, to: date, granted_by: str | None = None) -> int:
    """`extend` at a desk that is open."""
    facts = holding.facts
    desk.refuse_future(decision.on)
    desk.refuse_closed(holding)
    if facts.plan_due_on is None:
        raise Refused("no-deadline", f"{holding.code} chưa có hạn (chờ mốc).", "Ghi ngày của mốc: dondoc event.")
    if to < facts.plan_due_on:
        fix = f"Hạn mới phải từ {short_date(facts.plan_due_on)} (đúng ngày ấy là bỏ gia hạn)."
        raise Refused("before-plan", f"{short_date(to)} sớm hơn hạn của kế hoạch.", fix)
    if granted_by is None:
        return _ask(desk, holding, decision, to)
    said: _Granted = granted_by, decision.document
    if facts.due_on == to and facts.asked_on is None:
        standing = _standing(holding)
        said = _as_corrected(standing, said, decision.by)
        if facts.extended_to is None or said == standing:
            return holding.id
    payload = decision.payload(to=to.isoformat(), granted_by=said[0])
    return desk.record(holding, "extended", decision.on, document=said[1], payload=payload)


def _standing(holding: Holding) -> _Granted:
    """Who granted the extension that stands, and under which number."""
    if holding.facts.extended_to is None:
        return None, None
    event = holding.last("extended")
    return event.payload.get("granted_by"), event.document


def _as_corrected(standing: _Granted, said: _Granted, by: str) -> _Granted:
    """What is said anew; whoever records and names nobody else, or no number, leaves what stands."""
    granted_by, document = said
    return standing[0] if granted_by == by else granted_by, document or standing[1]


def _ask(desk: Desk, holding: Holding, decision: Decision, to: date) -> int:
    facts = holding.facts
    if to in {facts.asked_to, facts.due_on}:
        return holding.id
    payload = decision.payload(to=to.isoformat())
    return desk.record(holding, "extension_asked", decision.on, document=decision.document, payload=payload)


def disown(app: App, address: Address, decision: Decision, now: datetime) -> int:
    """A unit says that the duty is not its own (không thuộc đơn vị): escalations wait for a while, the duty stays open.

    The secretariat answers: reassign, waive, or refuse as an extension is refused. Refused where the duty is not open.
    """
    with at_the_desk(app, now, decision.by) as desk:
        holding = desk.hold(address)
        desk.refuse_future(decision.on)
        desk.refuse_closed(holding)
        if holding.facts.disowned_on is not None:
            return holding.id
        return desk.record(holding, "disowned", decision.on, document=decision.document, payload=decision.payload())


def refuse_extension(app: App, address: Address, decision: Decision, now: datetime) -> int:
    """What the unit asked for is not granted: the deadline stays, or the duty stays its own."""
    with at_the_desk(app, now, decision.by) as desk:
        holding = desk.hold(address)
        desk.refuse_future(decision.on)
        if holding.facts.asked_on is None:
            return _unless_so(holding, "extension_refused", f"{holding.code} không có đề nghị nào đang chờ.")
        return desk.record(
            holding, "extension_refused", decision.on, document=decision.document, payload=decision.payload()
        )


def waive(app: App, address: Address, decision: Decision, now: datetime) -> int:
    """The unit need not do it (không phải thực hiện). Refused for what is done."""
    with at_the_desk(app, now, decision.by) as desk:
        return waive_at(desk, desk.hold(address), decision)


def waive_at(desk: Desk, holding: Holding, decision: Decision) -> int:
    """`waive` at a desk that is open."""
    facts = holding.facts
    desk.refuse_future(decision.on)
    if facts.outside == "waived":
        holding.refuse_other_document("waived", decision.document)
        return holding.id
    if facts.done_on is not None or facts.outside not in (None, UNKNOWN):
        desk.refuse_closed(holding)
    return desk.record(holding, "waived", decision.on, document=decision.document, payload=decision.payload())


def reopen(app: App, address: Address, decision: Decision, now: datetime) -> int:
    """Take back a submission, a confirmation, a return, a waiver or a stop recorded by mistake: it is open again."""
    with at_the_desk(app, now, decision.by) as desk:
        holding = desk.hold(address)
        desk.refuse_future(decision.on)
        if holding.facts.phase == "open" and not holding.facts.is_returned:
            return holding.id
        return desk.record(holding, "reopened", decision.on, document=decision.document, payload=decision.payload())


def reassign(app: App, address: Address, decision: Decision, now: datetime, *, to: str) -> int:
    """Another unit carries the duty on; it stays in the first unit's line. Refused for a unit unknown or ended."""
    with at_the_desk(app, now, decision.by) as desk:
        holding = desk.hold(address)
        desk.refuse_future(decision.on)
        desk.refuse_closed(holding)
        units = desk.ladders.configuration.units
        if to not in units:
            raise Refused("unknown-unit", f"không có đơn vị {to} trong units.yaml.", f"Có: {some(list(units))}.")
        if desk.ladders.carrier(to, desk.today) != to:
            raise Refused("unit-ended", f"{units[to].name} đã kết thúc.", "Ghi đơn vị đang hoạt động.")
        if to == (holding.facts.carrier or holding.facts.unit):
            return holding.id
        table = METADATA.tables["reminder"].c
        mine = (table.assignment_id == holding.id) & table.audience.in_(("unit", "leader"))
        withdraw(desk.book.session, mine, state="skipped", why=GIVEN_AWAY)
        payload = decision.payload(to=to)
        return desk.record(holding, "reassigned", decision.on, document=decision.document, payload=payload)


def urge(app: App, address: Address, decision: Decision, now: datetime) -> int:
    """The letter (công văn đôn đốc) for this duty was issued."""
    with at_the_desk(app, now, decision.by) as desk:
        holding = desk.hold(address)
        desk.refuse_future(decision.on)
        desk.refuse_closed(holding)
        if holding.facts.urged_on == decision.on:
            return holding.id
        return desk.record(holding, "urged", decision.on, document=decision.document, payload=decision.payload())


def _unless_so(holding: Holding, kind: str, words: str) -> int:
    """What was so recorded last may be said again; else it is refused."""
    if holding.events[-1].kind == kind:
        return holding.id
    raise Refused("not-so", words)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
