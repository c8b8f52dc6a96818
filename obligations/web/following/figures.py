"""Thống kê: the office's table of a period, to read and as a file for a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.reading.figures import foot, left_out, spreadsheet
from obligations.cases.reading.statistics import Statistics, statistics
from obligations.domain.errors import Refused
from obligations.web.dates import read_day
from obligations.web.guard import Now, OfficeDep, Viewer
from obligations.web.pages import page, zone

PATH = "/thong-ke"
CSV = "text/csv; charset=utf-8"
_DAYS = ("tu", "den", "tinh_den", "biet_den")
router = APIRouter()


@dataclass(frozen=True)
class Asked:
    """What an address asks for, as typed; against which deadline, a line for each unit or plan."""

    said: dict[str, str]
    original: bool
    plans: bool

    @classmethod
    def of(cls, request: Request) -> Asked:
        query = request.query_params
        said = {key: query.get(key, "")[:40] for key in _DAYS}
        return cls(said, query.get("goc") == "1", query.get("theo") == "ke-hoach")

    @property
    def query(self) -> str:
        more = {"goc": "1" if self.original else "", "theo": "ke-hoach" if self.plans else ""}
        return urlencode({key: value for key, value in (self.said | more).items() if value})


@router.get(PATH)
def show(request: Request, office: OfficeDep, now: Now, _: Viewer) -> Response:
    """By unit or plan, against the current or the original deadline; from the year's first day to today unless said."""
    if applied.followed(office) is None:
        return page(request, "following/nothing.html", title="Thống kê")
    asked = Asked.of(request)
    refused = found = None
    try:
        found = _count(office, asked, now)
    except Refused as wrong:
        refused = wrong
    table = (found.original if asked.original else found.current) if found else None
    return page(
        request,
        "following/figures.html",
        422 if refused else 200,
        found=found,
        total=table.total if table else None,
        lines=(table.plans if asked.plans else table.units) if table else [],
        asked=asked,
        foot=foot(found, original=asked.original) if found else "",
        refused=refused,
        left_out=left_out,
    )


@router.get(f"{PATH}/bieu.csv")
def download(request: Request, office: OfficeDep, now: Now, _: Viewer) -> Response:
    """The same table as a file; where it cannot be counted the page says why."""
    asked = Asked.of(request)
    try:
        found = _count(office, asked, now)
    except Refused:
        return RedirectResponse(f"{PATH}?{asked.query}", 303)
    name = f"thong-ke-{found.first}-{found.last}{'-han-goc' if asked.original else ''}.csv"
    content = spreadsheet(found, original=asked.original, plans=asked.plans)
    return Response(content, media_type=CSV, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _count(office: App, asked: Asked, now: datetime) -> Statistics:
    today = now.astimezone(zone(office)).date()
    first, last, as_of, known_at = (read_day(asked.said[key], today) for key in _DAYS)
    last = last or today
    first = first or date(last.year, 1, 1)
    if first > last:
        raise Refused("order", "ngày đầu kỳ sau ngày cuối kỳ.", "Đổi lại hai ngày.")
    return statistics(office, now, first=first, last=last, as_of=as_of, known_at=known_at)
