"""A unit's four answers about a duty: each reads its form and calls the use case that the office calls too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from obligations.cases.answering import answers, decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission
from obligations.cases.answering.decisions import Decision
from obligations.cases.app import App
from obligations.cases.reading.unit_page import Whole
from obligations.domain.wording import short_date
from obligations.web.unit.forms import Typed


@dataclass(frozen=True)
class Deed:
    """A form read and found whole; `do` records it under this signature."""

    do: Callable[[str], object]


@dataclass(frozen=True)
class Asked:
    """Whose form, about which duty, when."""

    office: App
    duty: Whole
    typed: Typed
    now: datetime
    today: date

    @property
    def address(self) -> Address:
        return Address(self.duty.owed.code)


def acknowledge(asked: Asked) -> Deed:
    expected = asked.typed.day("expected", asked.today, ahead=True)
    if expected and expected < asked.today:
        asked.typed.faults["expected"] = f"Ngày {short_date(expected)} đã qua."
    return Deed(lambda by: answers.acknowledge(asked.office, asked.address, expected, asked.now, by=by))


def submit(asked: Asked) -> Deed:
    typed = asked.typed
    on = typed.day("on", asked.today) or asked.today
    if on > asked.today:
        typed.faults["on"] = f"Ngày {short_date(on)} chưa đến; ghi ngày đã gửi."
    file = typed.file()
    shared = {one.code for one in asked.duty.together}
    codes = [code for code in typed.several.get("chung", []) if code in shared]
    submission = Submission(on, document=typed.text("document") or None, note=typed.text("note") or None)
    addresses = [asked.address, *map(Address, codes)]
    return Deed(
        lambda by: answers.submit_all(asked.office, addresses, submission, asked.now, by=by, file=file),
    )


def extend(asked: Asked) -> Deed:
    typed = asked.typed
    typed.needs("to", "Ghi ngày xin gia hạn đến.")
    typed.needs("note", "Ghi lý do.")
    to = typed.day("to", asked.today, ahead=True)
    due_on = asked.duty.owed.facts.due_on
    if to and due_on and to <= due_on:
        typed.faults["to"] = f"Ghi ngày sau hạn hiện tại ({short_date(due_on)})."
    elif to and to < asked.today:
        typed.faults["to"] = f"Ngày {short_date(to)} đã qua."

    def do(by: str) -> object:
        decision = Decision(asked.today, by, note=typed.text("note"))
        return decisions.extend(asked.office, asked.address, decision, asked.now, to=to or asked.today)

    return Deed(do)


def disown(asked: Asked) -> Deed:
    asked.typed.needs("note", "Ghi lý do, và đơn vị nào phải làm nếu biết.")

    def do(by: str) -> object:
        decision = Decision(asked.today, by, note=asked.typed.text("note"))
        return decisions.disown(asked.office, asked.address, decision, asked.now)

    return Deed(do)


DEEDS: dict[str, Callable[[Asked], Deed]] = {
    "tiep-nhan": acknowledge,
    "da-gui": submit,
    "gia-han": extend,
    "khong-thuoc": disown,
}
