"""Thống kê: the office's table of a period."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from obligations.cases.reading.statistics import statistics
from obligations.domain.classes import OUTSIDE
from obligations.domain.errors import Refused
from obligations.web.dates import read_day
from obligations.web.guard import Now, OfficeDep, Viewer
from obligations.web.pages import configuration, page, zone

router = APIRouter()


@router.get("/thong-ke")
def show(request: Request, office: OfficeDep, now: Now, _: Viewer) -> Response:
    """By unit or plan, against the current or the original deadline; from the year's first day to today unless said."""
    if configuration(office) is None:
        return page(request, "following/nothing.html", title="Thống kê")
    today = now.astimezone(zone(office)).date()
    said = {key: request.query_params.get(key, "")[:40] for key in ("tu", "den", "tinh_den", "biet_den")}
    refused = found = None
    try:
        first, last, as_of, known_at = (read_day(text, today) for text in said.values())
        last = last or today
        first = first or date(last.year, 1, 1)
        if first > last:
            raise Refused("order", "ngày đầu kỳ sau ngày cuối kỳ.", "Đổi lại hai ngày.")  # noqa: TRY301
        found = statistics(office, now, first=first, last=last, as_of=as_of, known_at=known_at)
    except Refused as wrong:
        refused = wrong
    original = request.query_params.get("goc") == "1"
    plans = request.query_params.get("theo") == "ke-hoach"
    table = (found.original if original else found.current) if found else None
    return page(
        request,
        "following/figures.html",
        422 if refused else 200,
        found=found,
        total=table.total if table else None,
        lines=(table.plans if plans else table.units) if table else [],
        original=original,
        plans=plans,
        said=said,
        refused=refused,
        outside=OUTSIDE,
    )
