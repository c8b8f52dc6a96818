"""Nhật ký nhắc: what was sent, what units answered, one message; and sending it again."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.reading import journal
from obligations.cases.reading.journal import Wanted
from obligations.cases.reading.words import EVENTS, STATES
from obligations.cases.sending.resending import resend
from obligations.domain.errors import Refused
from obligations.domain.wording import table_date
from obligations.web.dates import misread, read_day
from obligations.web.forms import Bounded
from obligations.web.guard import Now, OfficeDep, Secretariat, Viewer
from obligations.web.pages import page, zone

PATH = "/nhat-ky"
MESSAGE = PATH + "/tin/{number}"
router = APIRouter(route_class=Bounded)
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get(PATH)
def messages(request: Request, office: OfficeDep, now: Now, _: Viewer) -> Response:
    """Every message and answer, what failed first; a day that is none is told, what else makes no sense left out."""
    if applied.followed(office) is None:
        return page(request, "following/nothing.html", title="Nhật ký nhắc")
    said = request.query_params
    today = now.astimezone(zone(office)).date()
    wrong = misread(said, {"tu": "Từ ngày"}, today)
    number = said.get("trang", "")
    wanted = Wanted(
        unit=said.get("don_vi", ""),
        plan=said.get("ke_hoach", ""),
        duty=said.get("viec", ""),
        since=None if wrong else read_day(said.get("tu", ""), today),
        failed=said.get("loi") == "1",
        page=int(number) if number.isdecimal() and len(number) < 7 else 1,
    )
    found = journal.journal(office, wanted)
    shown: dict[str, Any] = {"found": found, "wanted": wanted, "misread": wrong, "address": address}
    return page(request, "following/journal.html", **shown, states=STATES, events=EVENTS)


@router.get(MESSAGE)
def message(request: Request, office: OfficeDep, _: Viewer, number: Number, xong: str = "") -> Response:
    """One message: its text, what it carries, its attempts."""
    return _page(request, office, number, is_queued=bool(xong))


@router.post(MESSAGE + "/gui-lai")
def send_again(
    request: Request,
    office: OfficeDep,
    now: Now,
    visitor: Secretariat,
    number: Number,
    lap: Annotated[str, Form(max_length=9)] = "",
) -> Response:
    """Send again what failed or is unknown; `lap`: its recipient may get it twice."""
    try:
        resend(office, number, now, by=visitor.title, duplicate=bool(lap))
    except Refused as refused:
        return _page(request, office, number, refused=refused)
    return RedirectResponse(f"{PATH}/tin/{number}?xong=1", 303)


def address(wanted: Wanted, **changes: Any) -> str:
    """The address of a page of the journal."""
    changed = replace(wanted, **changes)
    said = {
        "don_vi": changed.unit,
        "ke_hoach": changed.plan,
        "viec": changed.duty,
        "tu": table_date(changed.since),
        "loi": "1" if changed.failed else "",
        "trang": str(changed.page) if changed.page > 1 else "",
    }
    return f"{PATH}?{urlencode({key: value for key, value in said.items() if value})}"


def _page(
    request: Request, office: App, number: int, *, refused: Refused | None = None, is_queued: bool = False
) -> Response:
    found = journal.sent(office, number)
    return page(
        request,
        "following/sent.html",
        422 if refused else 200,
        found=found,
        states=STATES,
        refused=refused,
        is_queued=is_queued and found.row.state == "queued",
    )
