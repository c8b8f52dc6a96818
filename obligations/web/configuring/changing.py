"""Cấu hình: what the draft changes, applying it, rolling back, the forecast, the versions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.configuring import applying, outlook, reviewing, telling, versions
from obligations.domain.errors import Refused
from obligations.web.configuring.files import PATH, shown
from obligations.web.forms import Bounded
from obligations.web.guard import Now, OfficeDep, Secretariat, Viewer
from obligations.web.pages import page

router = APIRouter(route_class=Bounded)
Members = Annotated[list[str], Query(max_length=200)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
DAYS_AHEAD = timedelta(days=30)


@router.get(f"{PATH}/thay-doi")
def review(request: Request, office: OfficeDep, now: Now, _: Secretariat, nhom: Members = []) -> Response:  # noqa: B006
    """What applying the draft would change. `nhom` are plans that take in their changed groups."""
    return _review(request, office, reviewing.review(office, now, nhom), nhom)


@router.post(f"{PATH}/ap-dung")
def apply(
    request: Request,
    office: OfficeDep,
    now: Now,
    visitor: Secretariat,
    seen: Annotated[str, Form(max_length=100)],
    nhom: Annotated[list[str], Form(max_length=200)] = [],  # noqa: B006
) -> Response:
    """Apply what was shown; what changed since is shown anew, with the reason."""
    try:
        reviewing.accept(office, now, by=visitor.title, seen=seen, members=nhom)
    except Refused as refused:
        found = reviewing.review(office, now, nhom)
        return _review(request, office, found, nhom, refused)
    return RedirectResponse(f"{PATH}?xong=ap-dung", 303)


@router.get(f"{PATH}/khoi-phuc")
def ask_rollback(request: Request, office: OfficeDep, now: Now, _: Secretariat) -> Response:
    """What going back to the version before would change."""
    return _rollback(request, office, now)


@router.post(f"{PATH}/khoi-phuc")
def roll_back(
    request: Request,
    office: OfficeDep,
    now: Now,
    visitor: Secretariat,
    version: Annotated[int, Form(ge=1, le=2**31 - 1)],
) -> Response:
    """Go back from the version that was shown; what was applied since is shown anew, with the reason."""
    try:
        applying.rollback(office, now, by=visitor.title, over=version)
    except Refused as refused:
        return _rollback(request, office, now, refused)
    return RedirectResponse(f"{PATH}?xong=ap-dung", 303)


@router.get(f"{PATH}/du-bao")
def forecast(request: Request, office: OfficeDep, now: Now, _: Viewer) -> Response:
    """What leaves in the next thirty days if nobody submits any more, and how much in twelve months."""
    found = outlook.outlook(office, now, DAYS_AHEAD)
    return page(request, "configuring/forecast.html", found=found)


@router.get(f"{PATH}/phien-ban")
def history(
    request: Request, office: OfficeDep, _: Viewer, trang: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> Response:
    """The applied versions, newest first."""
    found, count = versions.versions(office, trang)
    pages = -(-count // versions.PAGE)
    return page(request, "configuring/versions.html", versions=found, count=count, number=trang, pages=pages)


@router.get(f"{PATH}/phien-ban/{{number}}")
def one_version(request: Request, office: OfficeDep, visitor: Viewer, number: Number) -> Response:
    """Which lines one version changed, by whom and when."""
    version, files = versions.version(office, number)
    whole = visitor.may("secretariat")

    def line(name: str, text: str) -> str:
        return shown(name, text, whole)

    return page(request, "configuring/version.html", version=version, files=files, line=line)


def _rollback(request: Request, office: App, now: datetime, refused: Refused | None = None) -> Response:
    """What going back would change, or why it cannot be done."""
    outcome = told = None
    try:
        outcome = applying.preview_rollback(office, now)
    except Refused as one:
        refused = one
    newest, before = [*versions.versions(office)[0][:2], None, None][:2]
    known = applied.followed(office)
    if outcome and known:
        told = telling.tell(outcome.diff, known, known)
    shown = {"outcome": outcome, "told": told, "refused": refused, "newest": newest, "before": before}
    return page(request, "configuring/rollback.html", 422 if refused else 200, is_answer=False, **shown)


def _silent(outcome: applying.Outcome) -> Refused | None:
    """What an apply of this would be refused with."""
    refused = outcome.diff["refused"]
    return Refused(refused["code"], refused["message"], refused["fix"]) if refused else None


def _review(
    request: Request, office: App, found: reviewing.Review, members: list[str], refused: Refused | None = None
) -> Response:
    told = None
    if found.outcome and found.configuration:
        told = telling.tell(found.outcome.diff, found.configuration, applied.followed(office))
    return page(
        request,
        "configuring/review.html",
        422 if refused else 200,
        found=found,
        told=told,
        is_answer=False,  # nothing was typed: the switch of languages looks anew
        here=f"{PATH}/thay-doi{'?' if members else ''}{urlencode([('nhom', one) for one in members])}",
        members=members,
        refused=refused,
        silent=found.outcome and _silent(found.outcome),
        line=lambda _, text: text,
    )
