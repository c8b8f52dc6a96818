"""Giao việc: one form that gives a task, shows what it would do, and gives it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.configuring import files, giving, telling
from obligations.cases.configuring.giving import Offer
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.web.dates import read_day
from obligations.web.giving import form
from obligations.web.giving.form import Fault, Typed, TypedDep
from obligations.web.guard import Now, OfficeDep, Secretariat
from obligations.web.pages import page, wants_fragment, zone

PATH = "/giao-viec"
router = APIRouter()
Short = Annotated[str, Query(max_length=300)]


@router.get(PATH)
def ask(request: Request, office: OfficeDep, now: Now, _: Secretariat, xong: Short = "") -> Response:
    """The blank form; before the first apply, where to begin. `xong` is the plan that was just given."""
    found = applied.followed(office)
    if found is None:
        return page(request, "giving/first.html")
    today = now.astimezone(zone(office)).date()
    return _form(request, office, form.blank(found, today), today, given=found.plans.get(xong))


@router.get(f"{PATH}/han")
def due(
    request: Request, office: OfficeDep, now: Now, _: Secretariat, deadline: Short = "", issued_on: Short = ""
) -> Response:
    """The due dates that a deadline comes to, as it is typed."""
    found, today = applied.followed(office), now.astimezone(zone(office)).date()
    days, fault = [], None
    if found and deadline.strip():
        try:
            days = giving.coming(found, deadline, read_day(issued_on, today) or today, today)
        except Refused as refused:
            fault = Fault(refused.message, refused.fix)
    return page(request, "giving/_due.html", days=days, fault=fault)


@router.post(PATH)
def give(request: Request, office: OfficeDep, now: Now, visitor: Secretariat, typed: TypedDep) -> Response:
    """Show what the task would do; `do=ap-dung` gives it if it was shown, `do=nhap` keeps its file as a draft."""
    found = applied.followed(office)
    if found is None:
        return page(request, "giving/first.html", 422)
    today = now.astimezone(zone(office)).date()
    read = form.read(typed, found, today)
    if read.task is None:
        return _form(request, office, typed, today, faults=read.faults)
    offer = giving.offer(office, read.task, now, by=visitor.title, plan=typed.plan)
    try:
        address = _done(office, offer, typed, visitor.title, now)
        return _go(request, address) if address else _form(request, office, typed, today, offer=offer)
    except Refused as refused:
        return _form(request, office, typed, today, offer=offer, refused=refused)


def _done(office: App, offer: Offer, typed: Typed, by: str, now: Now) -> str | None:
    """Where to go after the deed asked for; None where the offer is only to be shown."""
    if typed.do == "ap-dung" and typed.plan and giving.is_given(office, typed.plan, offer.text):
        return f"{PATH}?xong={quote(typed.plan)}"  # the button was pressed twice
    if offer.problems or typed.do not in ("ap-dung", "nhap"):
        return None
    if typed.do == "nhap":
        giving.keep(office, offer)
        return f"/cau-hinh/tep?ten={quote(offer.name)}&xong=luu"
    giving.give(office, offer, now, by=by, seen=typed.seen)
    return f"{PATH}?xong={quote(offer.plan)}"


def _go(request: Request, address: str) -> Response:
    """On to another page: by the browser, or by the script that asked."""
    if wants_fragment(request) and not address.startswith(PATH):
        return Response(headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


def _form(
    request: Request, office: App, typed: Typed, today: date, *, offer: Offer | None = None, **told: Any
) -> Response:
    found = applied.followed(office)
    assert found  # noqa: S101  # both routes looked
    faults: dict[str, Fault] = told.pop("faults", {}) or _faults(offer)
    refused = told.get("refused")
    return page(
        request,
        "giving/form.html",
        422 if faults or refused else 200,
        typed=typed,
        faults=faults,
        focus=next(iter(faults), "title") if not offer or faults else "",
        offer=offer if not faults else None,
        told=_told(offer, found),
        kinds=form.KINDS,
        groups=[*found.groups.values()],
        units=form.choices(found, today),
        drafts=[one for one in files.listed(office) if one.state == "new" and one.plan],
        **{"given": None, "refused": None} | told,
    )


def _faults(offer: Offer | None) -> dict[str, Fault]:
    if offer is None:
        return {}
    named = {"responsible": "who"}
    return {named.get(name, name): Fault(one.message, one.fix) for name, one in offer.problems.items()}


def _told(offer: Offer | None, followed: Configuration) -> telling.Told | None:
    review = offer.review if offer else None
    if review is None or review.outcome is None or review.configuration is None:
        return None
    return telling.tell(review.outcome.diff, review.configuration, followed)
