"""Lịch: what is due day by day, of a month or of a year."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from obligations.cases import applied
from obligations.cases.reading import due_days
from obligations.cases.reading.board import View
from obligations.cases.reading.due_days import DueDay, DueDays
from obligations.domain.classes import DONE_IN_TIME, DONE_LATE, OPEN_IN_TIME, OPEN_OVERDUE, OUTSIDE, SUBMITTED
from obligations.domain.errors import Refused
from obligations.domain.wording import SHORT_WEEKDAYS, WEEKDAYS
from obligations.web.board import view as views
from obligations.web.board.routes import TONES
from obligations.web.guard import Now, OfficeDep, Viewer
from obligations.web.pages import page, zone

PATH = "/lich"
FIRST_YEAR, LAST_YEAR = 2000, 2100
_KNOWN = f"lịch có từ năm {FIRST_YEAR} đến năm {LAST_YEAR}"
SHOWN = 4  # duties named on one day; the rest stand on the board
KINDS = {
    OPEN_OVERDUE: "quá hạn",
    OPEN_IN_TIME: "trong hạn",
    SUBMITTED: "chờ ghi nhận",
    DONE_IN_TIME: "xong đúng hạn",
    DONE_LATE: "xong quá hạn",
    **OUTSIDE,
}
router = APIRouter()


@router.get(PATH)
def show(request: Request, office: OfficeDep, now: Now, _: Viewer) -> Response:
    """A month (`thang=2022-11` or `11/2022`, else today's), or a year (`nam=2022`); refuses what is neither."""
    if applied.followed(office) is None:
        return page(request, "following/nothing.html", title="Lịch")
    today = now.astimezone(zone(office)).date()
    asked = views.read(request, today)
    view = View(half=asked.half, plan=asked.plan, unit=asked.unit)
    shared: dict[str, Any] = {"view": view, "address": _address, "of_day": _of_day}
    shared |= {"TONES": TONES, "kinds": KINDS, "weekdays": WEEKDAYS, "years": range(FIRST_YEAR, LAST_YEAR + 1)}
    said = request.query_params
    if typed := said.get("nam", "").strip():
        number = _year(typed)
        found = due_days.year(office, view, number, now)
        months = [[day for day in found.days if day.on.month == one] for one in range(1, 13)]
        of_month = [DueDays(days, found.is_confirmed, found.configuration) for days in months]
        return page(
            request,
            "following/year.html",
            found=found,
            months=[(one, _weeks(one.days)) for one in of_month],
            number=number,
            short=SHORT_WEEKDAYS,
            **shared,
        )
    typed = said.get("thang", "").strip()
    first = _month(typed) if typed else today.replace(day=1)
    found = due_days.month(office, view, first, now)
    return page(
        request,
        "following/month.html",
        found=found,
        weeks=_weeks(found.days),
        first=first,
        before=(first - timedelta(days=1)).replace(day=1),
        after=(first + timedelta(days=31)).replace(day=1),
        SHOWN=SHOWN,
        **shared,
    )


def _weeks(days: list[DueDay]) -> list[list[DueDay | None]]:
    """Rows of seven from Monday to Sunday; None where the month has no day."""
    row: list[DueDay | None] = [*[None] * days[0].on.weekday(), *days]
    row += [None] * (-len(row) % 7)
    return [row[start : start + 7] for start in range(0, len(row), 7)]


def _year(text: str) -> int:
    number = int(text) if re.fullmatch("[0-9]{4}", text) else 0
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise Refused("not-a-year", f"“{text[:20]}” không phải một năm của lịch.", f"Viết như 2026; {_KNOWN}.")
    return number


def _month(text: str) -> date:
    """`2026-07`, as an address says it, or `07/2026`, as a person would."""
    if found := re.fullmatch("(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})|(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})", text):
        month = int(found["month"] or found["m"])
        if 1 <= month <= 12:
            return date(_year(found["year"] or found["y"]), month, 1)
    raise Refused("not-a-month", f"“{text[:20]}” không phải một tháng của lịch.", f"Viết như 07/2026; {_KNOWN}.")


def _address(view: View, *, month: date | None = None, year: int | None = None, **changes: Any) -> str:
    """The calendar's address: a month, a year, or (neither) today's month."""
    said = views.said(replace(view, **changes))
    said |= {"thang": f"{month:%Y-%m}"} if month else {}
    said |= {"nam": str(year)} if year else {}
    return PATH + (f"?{urlencode(said)}" if said else "")


def _of_day(view: View, day: date, **changes: Any) -> str:
    """The board's address of what is due that day."""
    return views.address(view, **({"shown": "all", "first": day, "last": day} | changes))
