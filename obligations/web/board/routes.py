"""The board's routes."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from obligations.cases.reading.board import board
from obligations.cases.upkeep import health
from obligations.domain.classes import CLASS_WORDS, CLASSES, OUTSIDE, SUBMITTED
from obligations.domain.errors import Refused
from obligations.web.board import view as views
from obligations.web.guard import Now, OfficeDep, Viewer
from obligations.web.pages import page, zone

PRINTED = 2000
WORDS = {"unfinished": "Chưa xong", "all": "Tất cả", **CLASS_WORDS, **OUTSIDE}
TONES = {"open_in_time": "calm", "open_overdue": "bad", "done_in_time": "good", "done_late": "warn", SUBMITTED: "calm"}
router = APIRouter()


@router.get("/")
def show(request: Request, office: OfficeDep, now: Now, visitor: Viewer) -> Response:
    """The board; before the first apply, what to do first."""
    view = views.read(request, now.astimezone(zone(office)).date())
    is_printed = request.query_params.get("in") == "1"
    try:
        found = board(office, replace(view, page=1, size=PRINTED) if is_printed else view, now)
    except Refused as refused:
        if refused.code != "nothing-applied":
            raise
        return page(request, "board/empty.html")
    audit = health.last_audit(office, now)
    return page(
        request,
        "board/print.html" if is_printed else "board/board.html",
        board=found,
        view=found.view,
        asked=view,
        shown=("unfinished", *CLASSES, SUBMITTED, *found.outside, "all"),
        words=WORDS,
        tones=TONES,
        address=views.address,
        sorted_by=views.sorted_by,
        audit=audit,
        audit_words=audit.words(health.zone(office)),
        troubles=list(health.troubles(office, now)),
    )
