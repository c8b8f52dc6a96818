"""Quản trị: whether all is well, a pause, how to enter Prefect, the audit trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases.access.prefect_key import prefect_key
from obligations.cases.reading.audit_trail import KINDS, audit_trail
from obligations.cases.sending import pausing
from obligations.cases.upkeep.checkup import engine, of_ledger, of_prefect
from obligations.cases.upkeep.prefect_api import PrefectSilent, connect
from obligations.cases.upkeep.prefect_pages import runs_page
from obligations.web.forms import Bounded
from obligations.web.guard import Admin, Now, OfficeDep
from obligations.web.pages import page, zone

PATH = "/quan-tri"
router = APIRouter(route_class=Bounded)
BEFORE, AHEAD = timedelta(days=7), timedelta(days=14)


@router.get(PATH)
def health(request: Request, office: OfficeDep, now: Now, _: Admin) -> Response:
    """Every check with its answer; what Prefect would tell is left out, and said so, while it is silent."""
    ours = [engine(office, now), *of_ledger(office, now)]
    prefect, silent, address = [], "", ""
    try:
        with connect(office) as api:
            address = runs_page(api.url, now - BEFORE, now + AHEAD)
            prefect = list(of_prefect(api, now, zone(office)))
    except PrefectSilent as problem:
        silent = str(problem)
    pause, held = pausing.current(office), pausing.held(office)
    return page(
        request,
        "admin/health.html",
        ours=ours,
        prefect=prefect,
        silent=silent,
        address=address,
        pause=pausing.words(pause, zone(office)) if pause else "",
        held=held,
    )


@router.post(f"{PATH}/tam-dung")
def pause(office: OfficeDep, now: Now, visitor: Admin, ly_do: Annotated[str, Form(max_length=500)] = "") -> Response:
    """Nothing leaves from now on."""
    pausing.pause(office, now, by=visitor.title, note=ly_do.strip() or None)
    return RedirectResponse(PATH, 303)


@router.post(f"{PATH}/gui-tiep")
def resume(office: OfficeDep, now: Now, visitor: Admin) -> Response:
    """What was paused, or held back by a limit, leaves again."""
    pausing.resume(office, now, by=visitor.title)
    return RedirectResponse(PATH, 303)


@router.get("/openapi.json", include_in_schema=False)
def schema(request: Request, _: Admin) -> dict[str, Any]:
    """Every address and what it takes: for whoever tests the pages, nobody else's business."""
    found: dict[str, Any] = request.app.openapi()
    return found


@router.get(f"{PATH}/prefect")
def enter(request: Request, office: OfficeDep, now: Now, _: Admin) -> Response:
    """The key that Prefect's pages ask for, and where they are."""
    address = ""
    try:
        with connect(office) as api:
            address = runs_page(api.url, now - BEFORE, now + AHEAD)
    except PrefectSilent:
        pass
    return page(request, "admin/prefect.html", key=prefect_key(office.settings.home), address=address)


@router.get(f"{PATH}/dau-vet")
def trail(
    request: Request,
    office: OfficeDep,
    _: Admin,
    loai: Annotated[str, Query(max_length=40)] = "",
    trang: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """Who did what to the office itself, newest first."""
    kind = loai if loai in KINDS else ""
    return page(request, "admin/trail.html", found=audit_trail(office, kind, trang), kind=kind, kinds=KINDS)
