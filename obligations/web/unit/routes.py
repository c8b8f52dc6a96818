"""The unit's pages. GET only shows (mail scanners open links); what a unit answers is posted, signed by who answers."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from obligations.cases import applied
from obligations.cases.access import links, respondents
from obligations.cases.answering import contacts, uploads
from obligations.cases.answering.contacts import Proposal
from obligations.cases.app import App
from obligations.cases.reading import unit_calendar, unit_page
from obligations.domain.errors import Refused
from obligations.web.guard import Now, OfficeDep, Viewer
from obligations.web.login import set_cookie
from obligations.web.pages import page, zone
from obligations.web.remedies import told_to_units
from obligations.web.unit import forms
from obligations.web.unit.deeds import DEEDS, Asked
from obligations.web.unit.forms import Typed
from obligations.web.unit.visiting import ANSWERER, HOME, Visit, Visitor, let_in, linked_office

router = APIRouter()
_CODE = re.compile(r"[A-Z0-9]{1,10}-\d{1,9}")
_A_YEAR = 365 * 86_400
DeedName = Annotated[str, Path(pattern="^(tiep-nhan|da-gui|gia-han|khong-thuoc)$")]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/d/{token}")
def enter(request: Request, office: OfficeDep, now: Now, token: str, viec: str = "") -> Response:
    """The link of a letter: into the cookie and on to a page whose address says nothing."""
    linked_office(office)
    link = links.open_link(office, token, now)
    code = viec.strip().upper()
    answer = RedirectResponse(f"{HOME}/viec/{code}" if _CODE.fullmatch(code) else HOME, 303)
    let_in(answer, request, token, link, now)
    return answer


@router.get("/d/{token}/lich.ics")
def calendar(office: OfficeDep, now: Now, token: str) -> Response:
    linked_office(office)
    link = links.open_link(office, token, now)
    name = {"Content-Disposition": 'inline; filename="lich.ics"'}
    return Response(unit_calendar.feed(office, link.unit, now), media_type="text/calendar", headers=name)


@router.get(HOME)
def own(request: Request, office: OfficeDep, now: Now, visit: Visitor) -> Response:
    found = unit_page.page(office, visit.unit.id, now)
    return page(request, "unit/own.html", visit=visit, own=found)


@router.get(f"{HOME}/viec/{{code}}")
def duty(request: Request, office: OfficeDep, now: Now, visit: Visitor, code: str, xong: str = "") -> Response:
    return _duty(request, visit, unit_page.whole(office, visit.unit.id, code.upper(), now), done=xong)


@router.post(f"{HOME}/viec/{{code}}/{{deed}}")
async def act(request: Request, office: OfficeDep, now: Now, visit: Visitor, code: str, deed: DeedName) -> Response:
    typed = await forms.read(request)
    return await run_in_threadpool(_act, request, office, now, visit, code.upper(), deed, typed)


def _act(request: Request, office: App, now: datetime, visit: Visit, code: str, deed: str, typed: Typed) -> Response:
    """Record one answer and show the duty again; what cannot be recorded keeps what was typed."""
    whole = unit_page.whole(office, visit.unit.id, code, now)
    read = DEEDS[deed](Asked(office, whole, typed, now, _today(office, now)))
    who = typed.answerer()
    if not typed.faults:
        try:
            read.do(who.signs(visit.unit.name))
        except Refused as refused:
            typed.faults["form"] = told_to_units(refused)
    if typed.faults:
        return _duty(request, visit, whole, 422, deed=deed, typed=typed)
    after = unit_page.whole(office, visit.unit.id, code, now)
    is_new = after.newest_event != whole.newest_event
    answer = RedirectResponse(f"{HOME}/viec/{code}?xong={deed if is_new else 'co-san'}", 303)
    return _remembering(answer, request, office, visit, typed, now)


@router.get(f"{HOME}/dau-moi")
def contact(request: Request, office: OfficeDep, visit: Visitor, xong: str = "") -> Response:
    return _contact(request, office, visit, Typed(), done=xong)


@router.post(f"{HOME}/dau-moi")
async def propose(request: Request, office: OfficeDep, now: Now, visit: Visitor) -> Response:
    typed = await forms.read(request)
    return await run_in_threadpool(_propose, request, office, now, visit, typed)


def _propose(request: Request, office: App, now: datetime, visit: Visit, typed: Typed) -> Response:
    who = typed.answerer()
    said = Proposal(*(typed.text(f"new_{name}") for name in ("name", "post", "phone", "email")))
    if not typed.faults:
        try:
            contacts.propose(office, visit.unit.id, said, now, by=who.signs(visit.unit.name))
        except Refused as refused:
            fields = {"contact-name": "new_name", "contact-email": "new_email", "contact-reach": "new_phone"}
            typed.faults[fields.get(refused.code, "form")] = told_to_units(refused)
    if typed.faults:
        return _contact(request, office, visit, typed, status=422)
    answer = RedirectResponse(f"{HOME}/dau-moi?xong=1", 303)
    return _remembering(answer, request, office, visit, typed, now)


@router.get(f"{HOME}/tep/{{number}}")
def own_file(office: OfficeDep, now: Now, visit: Visitor, number: Number) -> Response:
    return _attachment(uploads.open_file(office, number, unit_page.assignments(office, visit.unit.id, now)))


@router.get("/tep/{number}")
def any_file(office: OfficeDep, _: Viewer, number: Number) -> Response:
    return _attachment(uploads.open_file(office, number))


def _attachment(file: uploads.NewFile) -> Response:
    """Saved, never shown: what somebody sent does not run on this site."""
    name = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    return Response(file.body, media_type=file.type, headers={"Content-Disposition": name})


def _duty(
    request: Request,
    visit: Visit,
    whole: unit_page.Whole,
    status: int = 200,
    *,
    deed: str = "",
    typed: Typed | None = None,
    done: str = "",
) -> Response:
    known = {
        "deed": deed,
        "typed": typed or Typed(),
        "blank": Typed(),
        "done": done,
        "endings": ",".join(uploads.ENDINGS),
    }
    return page(request, "unit/duty.html", status, visit=visit, whole=whole, owed=whole.owed, **known)


def _contact(
    request: Request, office: App, visit: Visit, typed: Typed, *, done: str = "", status: int = 200
) -> Response:
    known = applied.followed(office)
    waiting = contacts.waiting_of(office, known, visit.unit.id) if known else None
    return page(request, "unit/contact.html", status, visit=visit, typed=typed, waiting=waiting, done=done)


def _remembering(
    answer: Response, request: Request, office: App, visit: Visit, typed: Typed, now: datetime
) -> Response:
    presented = request.cookies.get(ANSWERER)
    kept = respondents.remember(office, presented, visit.link, typed.answerer(), now)
    set_cookie(answer, request, ANSWERER, kept, _A_YEAR)
    return answer


def _today(office: App, now: datetime) -> date:
    return now.astimezone(zone(office)).date()
