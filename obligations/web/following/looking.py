"""Kế hoạch, Đơn vị: what is followed, who owes it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases import applied
from obligations.cases.answering.anchoring import date_event
from obligations.cases.reading import followed, unit_record
from obligations.cases.sending import bouncing
from obligations.domain.classes import CLASS_WORDS, CLASSES, SUBMITTED
from obligations.domain.errors import Refused
from obligations.web.board.routes import TONES
from obligations.web.dates import read_day
from obligations.web.forms import Bounded
from obligations.web.guard import Now, OfficeDep, Secretariat, Viewer
from obligations.web.pages import page, zone

router = APIRouter(route_class=Bounded)
Text = Annotated[str, Form(max_length=300)]


@router.get("/ke-hoach")
def plans(request: Request, office: OfficeDep, now: Now, _: Viewer) -> Response:
    """All plans with how many duties were answered."""
    if applied.followed(office) is None:
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
    if applied.followed(office) is None:
        return page(request, "following/nothing.html", title="Đơn vị")
    return page(request, "following/units.html", lines=unit_record.units(office, now))


@router.get("/don-vi/{unit_id}")
def unit(request: Request, office: OfficeDep, now: Now, _: Viewer, unit_id: str, xong: str = "") -> Response:
    """One unit: its record, its contacts, what it owes."""
    found = unit_record.unit_page(office, unit_id, now)
    words = {name: CLASS_WORDS[name] for name in (*CLASSES, SUBMITTED)}
    return page(request, "following/unit.html", found=found, words=words, tones=TONES, done=xong == "dau-moi")


@router.post("/don-vi/{unit_id}/dia-chi")
def mark(office: OfficeDep, now: Now, visitor: Secretariat, unit_id: str, dau_moi: Text, viec: Text) -> Response:
    """A person says that a contact's address refuses mail, or takes it again."""
    deed = bouncing.restore if viec == "lai-nhan" else bouncing.bounce
    deed(office, dau_moi, now, by=visitor.title)
    return RedirectResponse(f"/don-vi/{unit_id}", 303)
