"""A board's address: the view it asks for, and the addresses of views beside it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

from fastapi import Request

from obligations.cases.reading.board import SOON, Half, Sort, View
from obligations.domain.classes import CLASSES, OUTSIDE, SUBMITTED
from obligations.domain.errors import Refused
from obligations.domain.wording import table_date
from obligations.web.dates import read_day

# The key in the address of each field of a view.
KEYS = {
    "half": "phan",
    "shown": "loai",
    "plan": "ke_hoach",
    "unit": "don_vi",
    "words": "tim",
    "first": "tu",
    "last": "den",
    "original": "goc",
    "sort": "xep",
    "descending": "giam",
    "page": "trang",
}
# The labels of the fields where a person types a day.
DAYS = {"tu": "Hạn từ ngày", "den": "đến ngày"}
SHOWN = ("unfinished", SOON, "all", *CLASSES, SUBMITTED, *OUTSIDE)
_DEFAULT = View()


def read(request: Request, today: date) -> View:
    """The view that an address asks for; what makes no sense in it stays at its default, so that no link is broken.

    A day that somebody mistyped is told by `misread` with DAYS.
    """
    asked = request.query_params
    half, shown, sort = asked.get("phan"), asked.get("loai"), asked.get("xep")
    return View(
        half=half if half in get_args(Half) else _DEFAULT.half,  # type: ignore[arg-type]
        shown=shown if shown in SHOWN else _DEFAULT.shown,
        plan=asked.get("ke_hoach") or None,
        unit=asked.get("don_vi") or None,
        words=(asked.get("tim") or "")[:100],
        first=_day(asked.get("tu"), today),
        last=_day(asked.get("den"), today),
        original=asked.get("goc") == "1",
        sort=sort if sort in get_args(Sort) else _DEFAULT.sort,  # type: ignore[arg-type]
        descending=asked.get("giam") == "1",
        page=_number(asked.get("trang")),
    )


def address(view: View, **changes: Any) -> str:
    """The address of a view with some fields changed."""
    found = said(replace(view, **changes))
    return "/" + (f"?{urlencode(found)}" if found else "")


def said(view: View) -> dict[str, str]:
    """What an address says of a view; what is at its default is left out."""
    return {
        KEYS[one.name]: _said(getattr(view, one.name))
        for one in fields(View)
        if one.name in KEYS and getattr(view, one.name) != getattr(_DEFAULT, one.name)
    }


def sorted_by(view: View, sort: Sort) -> str:
    """The address of the same view by another column, or the other way round by this one."""
    return address(view, sort=sort, descending=view.sort == sort and not view.descending, page=1)


def _said(value: Any) -> str:
    if isinstance(value, date):
        return table_date(value)
    return "1" if value is True else str(value)


def _day(text: str | None, today: date) -> date | None:
    try:
        return read_day(text or "", today)
    except Refused:
        return None


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else 1
