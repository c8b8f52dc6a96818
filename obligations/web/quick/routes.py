"""*Ghi nhận nhanh*'s routes: choose an obligation, type down the column, save, take back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import LinesRefused, Submission, confirm_all, submit_each, take_back
from obligations.cases.app import App
from obligations.cases.reading.column import choices, column
from obligations.domain.errors import Refused
from obligations.web.board.routes import TONES
from obligations.web.dates import read_day
from obligations.web.guard import Now, OfficeDep, Secretariat, Viewer
from obligations.web.pages import page, zone

PATH = "/ghi-nhan-nhanh"
COLUMN = PATH + "/{plan}/{obligation}"
MOST_FIELDS = 5000
router = APIRouter()


async def _typed(request: Request) -> FormData:
    return await request.form(max_fields=MOST_FIELDS)


Typed = Annotated[FormData, Depends(_typed)]


@router.get(PATH)
def choose(request: Request, office: OfficeDep, visitor: Viewer) -> Response:
    """Which obligation and period."""
    return page(request, "quick/choose.html", choices=choices(office))


@router.get(COLUMN)
def show(  # noqa: PLR0913, PLR0917  # an address's parts are its parameters
    request: Request,
    office: OfficeDep,
    now: Now,
    visitor: Viewer,
    plan: str,
    obligation: str,
    ky: str | None = None,
    vua: str = "",
) -> Response:
    """The column; after a save, what it recorded (`vua`) and the way back."""
    return _page(request, office, now, (plan, obligation, ky), saved=[code for code in vua.split(",") if code])


@router.post(COLUMN)
def save(  # noqa: PLR0913, PLR0917
    request: Request,
    office: OfficeDep,
    now: Now,
    visitor: Secretariat,
    plan: str,
    obligation: str,
    ky: str,
    form: Typed,
) -> Response:
    """Record every line with a number or a day, or confirm every ticked one: all, or nothing with each fault said."""
    try:
        if form.get("lam") == "xac-nhan":
            ticked = [Address(code=str(code)) for code in form.getlist("chon")]
            today = now.astimezone(zone(office)).date()
            confirm_all(office, ticked, today, now, by=visitor.title)
            return RedirectResponse(address(plan, obligation, ky), 303)
        results = _results(form, now.astimezone(zone(office)).date())
        submit_each(office, results, now, by=visitor.title)
    except LinesRefused as refused:
        return _page(request, office, now, (plan, obligation, ky), refused=refused, wrong=refused.lines, form=form)
    except Refused as refused:
        return _page(request, office, now, (plan, obligation, ky), refused=refused, form=form)
    return RedirectResponse(address(plan, obligation, ky, vua=",".join(results)), 303)


@router.post(COLUMN + "/hoan-tac")
def undo(
    office: OfficeDep, now: Now, visitor: Secretariat, plan: str, obligation: str, ky: str, form: Typed
) -> Response:
    """Take back exactly what the last save recorded, where nobody has touched it since."""
    take_back(office, [str(code) for code in form.getlist("ma")], now, by=visitor.title)
    return RedirectResponse(address(plan, obligation, ky), 303)


def address(plan: str, obligation: str, period: str, **more: str) -> str:
    """A column's address."""
    said = {"ky": period} | {key: value for key, value in more.items() if value}
    return f"{PATH}/{quote(plan, safe='')}/{quote(obligation, safe='')}?{urlencode(said)}"


def _results(form: FormData, today: date) -> dict[str, Submission]:
    """What was typed on each line; a line without a day takes the one above it, the first one today."""
    found: dict[str, Submission] = {}
    wrong: dict[str, Refused] = {}
    day = today
    for key in form:
        if not key.startswith("so_"):
            continue
        code = key.removeprefix("so_")
        number, typed = str(form[key]).strip(), str(form.get(f"ngay_{code}", "")).strip()
        if not number and not typed:
            continue
        try:
            day = read_day(typed, today) or day
            found[code] = Submission(day, document=number[:200] or None)
        except Refused as refused:
            wrong[code] = refused
    if wrong:
        raise LinesRefused(wrong)
    return found


def _page(  # noqa: PLR0913
    request: Request,
    office: App,
    now: datetime,
    where: tuple[str, str, str | None],
    *,
    saved: list[str] | None = None,
    refused: Refused | None = None,
    wrong: Mapping[str, Refused] | None = None,
    form: FormData | None = None,
) -> Response:
    plan, obligation, asked = where
    period, found = column(office, plan, obligation, asked, now)
    return page(
        request,
        "quick/column.html",
        422 if refused else 200,
        column=found,
        plan=plan,
        obligation=obligation,
        period=period,
        here=address(plan, obligation, period),
        undo=address(plan, obligation, period).replace("?", "/hoan-tac?", 1),
        address=address,
        saved=[row.code for row in found.rows if row.code in (saved or ())],
        refused=refused,
        wrong=wrong or {},
        form=form or {},
        tones=TONES,
    )
