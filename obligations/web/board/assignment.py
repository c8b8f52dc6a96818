"""The page of one assignment, and what the secretariat records on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases.access.users import Person
from obligations.cases.answering import answers, calling, decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission
from obligations.cases.answering.decisions import Decision
from obligations.cases.app import App
from obligations.cases.reading.dossier import dossier
from obligations.domain.errors import Refused
from obligations.web.board.routes import TONES
from obligations.web.dates import read_day
from obligations.web.forms import Bounded
from obligations.web.guard import Now, OfficeDep, Secretariat, Viewer
from obligations.web.pages import page, zone

router = APIRouter(route_class=Bounded)
Text = Annotated[str, Form(max_length=500)]


@dataclass(frozen=True)
class Deed:
    """What was typed: the day it holds from, another day, a document, words, a unit, a tick."""

    address: Address
    on: date
    to: date | None
    document: str | None
    note: str | None
    unit: str
    tick: bool
    by: str

    @property
    def decision(self) -> Decision:
        return Decision(self.on, self.by, self.document, self.note)

    def day(self) -> date:
        """The other day, which this deed needs."""
        if self.to is None:
            raise Refused("no-day", "chưa ghi ngày.", "Ghi như 20/7/2022.")
        return self.to


def _submit(app: App, deed: Deed, now: datetime) -> None:
    sent = Submission(deed.on, document=deed.document, note=deed.note, nil=deed.tick)
    answers.submit(app, deed.address, sent, now, by=deed.by)


def _confirm(app: App, deed: Deed, now: datetime) -> None:
    answers.confirm(app, deed.address, deed.on, now, by=deed.by, document=deed.document)


def _return(app: App, deed: Deed, now: datetime) -> None:
    decisions.send_back(app, deed.address, deed.decision, now, resubmit_by=deed.to, keep=deed.tick)


def _extend(app: App, deed: Deed, now: datetime) -> None:
    decisions.extend(app, deed.address, deed.decision, now, to=deed.day(), granted_by=deed.by)


def _reassign(app: App, deed: Deed, now: datetime) -> None:
    decisions.reassign(app, deed.address, deed.decision, now, to=deed.unit)


def _called(app: App, deed: Deed, now: datetime) -> None:
    calling.called(app, deed.address, now, by=deed.by, note=deed.note or "")


def _plain(case: Callable[[App, Address, Decision, datetime], int]) -> Callable[[App, Deed, datetime], None]:
    def act(app: App, deed: Deed, now: datetime) -> None:
        case(app, deed.address, deed.decision, now)

    return act


# The last part of a form's address, and what it does.
DEEDS: dict[str, Callable[[App, Deed, datetime], None]] = {
    "ket-qua": _submit,
    "ghi-nhan": _confirm,
    "bo-sung": _return,
    "gia-han": _extend,
    "khong-gia-han": _plain(decisions.refuse_extension),
    "mien": _plain(decisions.waive),
    "mo-lai": _plain(decisions.reopen),
    "giao-lai": _reassign,
    "cong-van": _plain(decisions.urge),
    "da-goi": _called,
}


@router.get("/viec/{code}")
def show(request: Request, code: str, office: OfficeDep, now: Now, visitor: Viewer) -> Response:
    return _page(request, office, code, now)


@router.post("/viec/{code}/{deed}")
def record(  # noqa: PLR0913, PLR0917  # a form's fields are its parameters
    request: Request,
    code: str,
    deed: str,
    office: OfficeDep,
    now: Now,
    visitor: Secretariat,
    on: Text = "",
    to: Text = "",
    document: Text = "",
    note: Text = "",
    unit: Text = "",
    tick: Text = "",
) -> Response:
    """Record one deed; what is refused is said first, its form may be gone by now; what was typed stays in it."""
    act = DEEDS.get(deed)
    if act is None:
        raise Refused("no-deed", "không có việc ghi nào như vậy.", "Mở lại trang của việc.")
    typed = {"on": on, "to": to, "document": document, "note": note, "unit": unit, "tick": tick}
    try:
        act(office, _deed(office, now, visitor, code, typed), now)
    except Refused as refused:
        return _page(request, office, code, now, deed=deed, refused=refused, typed=typed)
    return RedirectResponse(f"/viec/{code}", 303)


def _deed(office: App, now: datetime, visitor: Person, code: str, typed: dict[str, str]) -> Deed:
    today = now.astimezone(zone(office)).date()
    return Deed(
        Address(code=code.upper()),
        read_day(typed["on"], today) or today,
        read_day(typed["to"], today, ahead=True),
        typed["document"].strip() or None,
        typed["note"].strip() or None,
        typed["unit"],
        typed["tick"] == "1",
        visitor.title,
    )


def _page(
    request: Request,
    office: App,
    code: str,
    now: datetime,
    *,
    deed: str = "",
    refused: Refused | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    found = dossier(office, code, now)
    status = 422 if refused else 200
    context = {"deed": deed, "refused": refused, "typed": typed or {}, "tones": TONES}
    return page(request, "board/assignment.html", status, found=found, row=found.row, **context)
