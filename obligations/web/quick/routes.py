"""*Ghi nhận nhanh*'s routes: choose an obligation, type down the column, save, take back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from obligations.cases.answering.answers import Submission, confirm_at
from obligations.cases.answering.batches import Act, LinesRefused, Save, record_each, saved, submit_each, take_back
from obligations.cases.answering.decisions import Decision, extend_at, return_at, waive_at
from obligations.cases.app import App
from obligations.cases.reading.column import choices, column
from obligations.domain.errors import Refused
from obligations.web.board.routes import TONES
from obligations.web.dates import read_day
from obligations.web.forms import read_form
from obligations.web.guard import Now, OfficeDep, Secretariat, Viewer
from obligations.web.instants import instant
from obligations.web.pages import page, zone

PATH = "/ghi-nhan-nhanh"
COLUMN = PATH + "/{plan}/{obligation}"
MOST_BYTES, MOST_FIELDS = 1_000_000, 5000  # a column of more than a thousand units
router = APIRouter()


async def _typed(request: Request) -> FormData:
    return await read_form(request, MOST_BYTES, MOST_FIELDS)


Typed = Annotated[FormData, Depends(_typed)]


@router.get(PATH)
def choose(request: Request, office: OfficeDep, now: Now, visitor: Viewer, ke_hoach: str = "") -> Response:
    """Which obligation and period; `ke_hoach` narrows to one plan."""
    return page(request, "quick/choose.html", found=choices(office, now, ke_hoach), plan=ke_hoach)


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
    """The column; after a save, what it recorded at the instant `vua`, and the way back."""
    at = instant(vua)
    done = saved(office, at, by=visitor.title, of=(plan, obligation)) if at else None
    return _page(request, office, now, (plan, obligation, ky), saved=done, at=vua)


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
    """Record every line with a number or a day, or decide about every ticked one: all, or none with each fault said."""
    try:
        today = now.astimezone(zone(office)).date()
        if deed := DEEDS.get(str(form.get("lam"))):
            record_each(office, _ticked(form, deed, today, visitor.title), now, by=visitor.title)
        elif results := _results(form, today):
            submit_each(office, results, now, by=visitor.title)
        else:  # nothing was typed: what was saved before can still be taken back
            return RedirectResponse(address(plan, obligation, ky, vua=_said(form, "vua")), 303)
    except LinesRefused as refused:
        return _page(request, office, now, (plan, obligation, ky), refused=refused, wrong=refused.lines, form=form)
    except Refused as refused:
        return _page(request, office, now, (plan, obligation, ky), refused=refused, form=form)
    return RedirectResponse(address(plan, obligation, ky, vua=now.isoformat()), 303)


@router.post(COLUMN + "/hoan-tac")
def undo(  # noqa: PLR0913, PLR0917
    request: Request,
    office: OfficeDep,
    now: Now,
    visitor: Secretariat,
    plan: str,
    obligation: str,
    ky: str,
    form: Typed,
) -> Response:
    """Take back exactly what one save recorded, where nothing was recorded since."""
    try:
        at = instant(str(form.get("luc", ""))) or datetime.min.replace(tzinfo=UTC)
        take_back(office, at, now, by=visitor.title, of=(plan, obligation))
    except Refused as refused:
        return _page(request, office, now, (plan, obligation, ky), refused=refused)
    return RedirectResponse(address(plan, obligation, ky), 303)


@dataclass(frozen=True)
class Deed:
    """A decision about many lines: the field that ticks them, and what it records of each."""

    ticks: str
    act: Callable[[FormData, date, str], Act]


def _confirm(_: FormData, today: date, __: str) -> Act:
    return partial(confirm_at, on=today)


def _return(form: FormData, today: date, by: str) -> Act:
    to = read_day(_said(form, "bs_den"), today, ahead=True)
    keep = form.get("bs_giu") == "1"
    return partial(return_at, decision=_decision(form, "bs", today, by), resubmit_by=to, keep=keep)


def _extend(form: FormData, today: date, by: str) -> Act:
    to = read_day(_said(form, "gh_den"), today, ahead=True)
    if to is None:
        raise Refused("no-day", "chưa ghi hạn mới.", "Ghi ngày như 02/12/2022.")
    granted = _said(form, "gh_ai")[:100] or by
    return partial(extend_at, decision=_decision(form, "gh", today, by), to=to, granted_by=granted)


def _waive(form: FormData, today: date, by: str) -> Act:
    decision = _decision(form, "mt", today, by)
    if not (decision.document or decision.note):
        raise Refused("no-reason", "chưa ghi văn bản hoặc lý do miễn.", "Ghi ít nhất một trong hai.")
    return partial(waive_at, decision=decision)


# Faults of a line that its day is not to blame for.
OF_THE_DUTY = ("already", "not-owed", "not-open")
# By the button pressed. What waits for ghi nhận and what was not sent are ticked apart: no deed is for both.
DEEDS = {
    "xac-nhan": Deed("chon", _confirm),
    "bo-sung": Deed("chon", _return),
    "gia-han": Deed("chon_mo", _extend),
    "mien": Deed("chon_mo", _waive),
}


def _ticked(form: FormData, deed: Deed, today: date, by: str) -> dict[str, Act]:
    codes = [str(code) for code in form.getlist(deed.ticks)]
    if not codes:
        raise Refused("nothing-chosen", "chưa chọn dòng nào.", "Đánh dấu ít nhất một dòng rồi bấm lại.")
    return dict.fromkeys(codes, deed.act(form, today, by))


def _decision(form: FormData, prefix: str, today: date, by: str) -> Decision:
    document, note = (_said(form, f"{prefix}_{part}")[:500] or None for part in ("van_ban", "ly_do"))
    return Decision(today, by, document, note)


def _said(form: FormData, key: str) -> str:
    return str(form.get(key, "")).strip()


def _all_ticked(form: FormData | None) -> set[str]:
    return {str(code) for deed in DEEDS.values() for code in form.getlist(deed.ticks)} if form else set()


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
    saved: Save | None = None,
    at: str = "",
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
        saved=saved,
        at=at,
        ticked=_all_ticked(form),
        refused=refused,
        wrong=wrong or {},
        of_the_duty=OF_THE_DUTY,
        form=form or {},
        tones=TONES,
    )
