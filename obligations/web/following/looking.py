"""Kế hoạch, Đơn vị, Nhật ký nhắc: what is followed, who owes it, what was sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases.answering.anchoring import date_event
from obligations.cases.reading import followed, journal, unit_record
from obligations.cases.reading.journal import Wanted
from obligations.cases.reading.words import STATES, rung_words
from obligations.cases.sending import bouncing
from obligations.domain.classes import CLASS_WORDS, CLASSES, SUBMITTED
from obligations.domain.errors import Refused
from obligations.domain.wording import table_date
from obligations.web.board.routes import TONES
from obligations.web.dates import read_day
from obligations.web.guard import Now, OfficeDep, Secretariat, Viewer
from obligations.web.pages import configuration, page, zone

router = APIRouter()
Text = Annotated[str, Form(max_length=300)]


@router.get("/ke-hoach")
def plans(request: Request, office: OfficeDep, now: Now, _: Viewer) -> Response:
    """All plans with how many duties were answered."""
    if configuration(office) is None:
        return page(request, "following/nothing.html", title="Kế hoạch")
    lines, known = followed.plans(office, now)
    return page(request, "following/plans.html", lines=lines, configuration=known)


@router.get("/ke-hoach/{plan_id}")
def plan(request: Request, office: OfficeDep, now: Now, _: Viewer, plan_id: str) -> Response:
    """One plan: its duties, period by period, and its events."""
    return page(
        request, "following/plan.html", found=followed.plan_page(office, plan_id, now), refused=None, typed=None
    )


@router.post("/ke-hoach/{plan_id}/su-kien")
def date_one(
    request: Request, office: OfficeDep, now: Now, visitor: Secretariat, plan_id: str, ten: Text, ngay: Text = ""
) -> Response:
    """Record the day of an event that dates count from."""
    try:
        on = read_day(ngay, now.astimezone(zone(office)).date())
        if on is None:
            raise Refused("no-day", "chưa ghi ngày.", "Ghi như 20/7/2022.")  # noqa: TRY301
        date_event(office, plan_id, ten, on, now, by=visitor.title)
    except Refused as refused:
        found = followed.plan_page(office, plan_id, now)
        return page(request, "following/plan.html", 422, found=found, refused=refused, typed=(ten, ngay))
    return RedirectResponse(f"/ke-hoach/{plan_id}", 303)


@router.get("/don-vi")
def units(request: Request, office: OfficeDep, now: Now, _: Viewer) -> Response:
    """All units in the order of protocol."""
    if configuration(office) is None:
        return page(request, "following/nothing.html", title="Đơn vị")
    return page(request, "following/units.html", lines=unit_record.units(office, now))


@router.get("/don-vi/{unit_id}")
def unit(request: Request, office: OfficeDep, now: Now, _: Viewer, unit_id: str) -> Response:
    """One unit: its record, its contacts, what it owes."""
    found = unit_record.unit_page(office, unit_id, now)
    words = {name: CLASS_WORDS[name] for name in (*CLASSES, SUBMITTED)}
    return page(request, "following/unit.html", found=found, words=words, tones=TONES)


@router.post("/don-vi/{unit_id}/dia-chi")
def mark(office: OfficeDep, now: Now, visitor: Secretariat, unit_id: str, dau_moi: Text, viec: Text) -> Response:
    """A person says that a contact's address refuses mail, or takes it again."""
    deed = bouncing.restore if viec == "lai-nhan" else bouncing.bounce
    deed(office, dau_moi, now, by=visitor.title)
    return RedirectResponse(f"/don-vi/{unit_id}", 303)


@router.get("/nhat-ky")
def messages(request: Request, office: OfficeDep, now: Now, _: Viewer) -> Response:
    """Every message, what failed first; what the address asks for and makes no sense is left out."""
    known = configuration(office)
    if known is None:
        return page(request, "following/nothing.html", title="Nhật ký nhắc")
    said = request.query_params
    try:
        since = read_day(said.get("tu", ""), now.astimezone(zone(office)).date())
    except Refused:
        since = None
    number = said.get("trang", "")
    wanted = Wanted(
        unit=said.get("don_vi", ""),
        plan=said.get("ke_hoach", ""),
        since=since,
        failed=said.get("loi") == "1",
        page=int(number) if number.isdecimal() and len(number) < 7 else 1,
    )
    found = journal.journal(office, wanted)
    return page(request, "following/journal.html", found=found, wanted=wanted, address=_address, states=STATES)


@router.get("/nhat-ky/tin/{number}")
def message(
    request: Request, office: OfficeDep, _: Viewer, number: Annotated[int, Path(ge=1, le=2**31 - 1)]
) -> Response:
    """One message: its text, what it carries, its attempts."""
    return page(request, "following/sent.html", found=journal.sent(office, number), states=STATES, rung=rung_words)


def _address(wanted: Wanted, **changes: Any) -> str:
    changed = replace(wanted, **changes)
    said = {
        "don_vi": changed.unit,
        "ke_hoach": changed.plan,
        "tu": table_date(changed.since),
        "loi": "1" if changed.failed else "",
        "trang": str(changed.page) if changed.page > 1 else "",
    }
    return f"/nhat-ky?{urlencode({key: value for key, value in said.items() if value})}"
