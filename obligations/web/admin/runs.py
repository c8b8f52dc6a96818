"""Lịch sử chạy: the flow runs of Prefect in the office's words."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from obligations.cases import applied
from obligations.cases.reading.flow_runs import OUTCOMES, Asked, flow_runs
from obligations.cases.upkeep.prefect_api import PrefectSilent
from obligations.domain.errors import Refused
from obligations.web.dates import read_day
from obligations.web.guard import Admin, Now, OfficeDep
from obligations.web.pages import page, zone

PATH = "/lich-su-chay"
router = APIRouter()
Number = Annotated[int, Query(ge=1, le=10_000)]
Day = Annotated[str, Query(max_length=30)]


def _typed(
    ke_hoach: Annotated[str, Query(alias="ke-hoach", max_length=200)] = "",
    nhiem_vu: Annotated[str, Query(alias="nhiem-vu", max_length=200)] = "",
    ket_qua: Annotated[str, Query(alias="ket-qua", max_length=20)] = "",
    tu: Day = "",
    den: Day = "",
) -> dict[str, str]:
    """What was asked for, by the names in the page's address."""
    outcome = ket_qua if ket_qua in OUTCOMES else next(iter(OUTCOMES))
    return {"ke-hoach": ke_hoach, "nhiem-vu": nhiem_vu, "ket-qua": outcome, "tu": tu, "den": den}


TypedDep = Annotated[dict[str, str], Depends(_typed)]


@router.get(PATH)
def runs(request: Request, office: OfficeDep, now: Now, _: Admin, typed: TypedDep, trang: Number = 1) -> Response:
    """One page of runs; calm words where Prefect does not answer."""
    its_zone = zone(office)
    today = now.astimezone(its_zone).date()
    faults: dict[str, str] = {}
    first, last = (_day(typed[name], today, name, faults) for name in ("tu", "den"))
    found, silent = None, ""
    if not faults:
        asked = Asked(typed["ke-hoach"], typed["nhiem-vu"], typed["ket-qua"], first, last, trang)
        try:
            found = flow_runs(office, asked, now, its_zone)
        except PrefectSilent as problem:
            silent = str(problem)
    known = applied.followed(office)
    return page(
        request,
        "admin/runs.html",
        found=found,
        silent=silent,
        faults=faults,
        typed=typed,
        plans=known.plans if known else {},
        outcomes=OUTCOMES,
        here=_address(typed),
    )


def _day(text: str, today: date, name: str, faults: dict[str, str]) -> date | None:
    try:
        return read_day(text, today)
    except Refused as wrong:
        faults[name] = f"{wrong.message} {wrong.fix}"
        return None


def _address(typed: dict[str, str]) -> str:
    """This page's address without the number of the page."""
    return f"{PATH}?{urlencode({name: value for name, value in typed.items() if value})}"
