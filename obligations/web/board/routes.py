"""The board's routes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from obligations.cases.clock import VIETNAM
from obligations.cases.kept import Kept
from obligations.cases.reading.board import SOON, Board, board
from obligations.cases.upkeep import health
from obligations.domain.classes import CLASS_WORDS, CLASSES, OUTSIDE, SUBMITTED
from obligations.domain.errors import Refused
from obligations.web.board import view as views
from obligations.web.dates import misread
from obligations.web.guard import Now, OfficeDep, Viewer
from obligations.web.navigation import Section
from obligations.web.pages import followed, fragment, language, page

PRINTED = 2000
WORDS = {"unfinished": "Chưa xong", SOON: "Sắp đến hạn", "all": "Tất cả", **CLASS_WORDS, **OUTSIDE}
TONES = {"open_in_time": "calm", "open_overdue": "bad", "done_in_time": "good", "done_late": "warn"}
TONES |= {SUBMITTED: "calm", SOON: "warn"}
_WORDING: dict[str, Any] = {"words": WORDS, "tones": TONES, "address": views.address, "sorted_by": views.sorted_by}
# Where a page ends a trouble, by its code.
REMEDIES = {
    "draft": Section("/cau-hinh/thay-doi", "Xem thay đổi, áp dụng", "secretariat"),
    "paused": Section("/quan-tri", "Gửi tiếp ở Quản trị", "admin"),
    "limits": Section("/quan-tri", "Gửi tiếp ở Quản trị", "admin"),
}
_bodies: Kept[Markup] = Kept(64)
router = APIRouter()


@router.get("/")
def show(request: Request, office: OfficeDep, now: Now, visitor: Viewer) -> Response:
    """The board; before the first apply, what to do first."""
    configuration = followed(request)
    zone = ZoneInfo(configuration.office.time_zone) if configuration else VIETNAM
    today = now.astimezone(zone).date()
    view = views.read(request, today)
    is_printed = request.query_params.get("in") == "1"
    try:
        found = board(office, replace(view, page=1, size=PRINTED) if is_printed else view, now)
    except Refused as refused:
        if refused.code != "nothing-applied":
            raise
        return page(request, "board/empty.html")
    if is_printed:
        return page(request, "board/print.html", board=found, view=found.view, asked=view, **_WORDING)
    audit = health.last_audit(office, now)
    return page(
        request,
        "board/board.html",
        body=_body(found, language(request)),
        misread=misread(request.query_params, views.DAYS, today),
        audit=audit,
        audit_words=audit.words(zone),
        troubles=list(health.troubles(office, now, audit)),
        remedies=REMEDIES,
    )


def _body(found: Board, lang: str) -> Markup:
    """Tabs, figures, filters and table; rendered once for each state of what they show."""

    def render() -> Markup:
        shown: tuple[str, ...] = ("unfinished", SOON, *CLASSES, SUBMITTED, *found.outside, "all")
        return fragment("board/_body.html", lang, board=found, view=found.view, shown=shown, **_WORDING)

    return _bodies.get((found.key, lang), render)
