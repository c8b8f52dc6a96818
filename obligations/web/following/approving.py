"""Chờ duyệt: what waits for a person, and the day's control sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases import applied
from obligations.cases.answering import authorizing, contacts, decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import confirm_all
from obligations.cases.answering.decisions import Decision
from obligations.cases.app import App
from obligations.cases.reading.drafted import drafted
from obligations.cases.writing.control_sheet import control_sheet, printed, waiting
from obligations.domain.errors import Refused
from obligations.domain.holding import APPROVAL
from obligations.web.dates import read_day
from obligations.web.forms import Bounded
from obligations.web.guard import Now, OfficeDep, Secretariat, Viewer
from obligations.web.pages import page, zone

PATH = "/cho-duyet"
SHOWN = 200  # of a list on one page: results that wait longest, letters of the earliest deadlines
DONE = {
    "ra-so": "Đã ghi: sổ văn bản đến được rà lúc này. Thư chỉ chờ rà sổ sẽ đi ở lượt gửi tới.",
    "duyet": "Đã duyệt. Thư sẽ đi ở lượt gửi tới nếu không còn chờ gì khác.",
    "khong": "Đã ghi không đồng ý: các thư này không gửi. Duyệt lại sau thì vẫn gửi được.",
    "gia-han": "Đã ghi quyết định về đề nghị gia hạn.",
    "ghi-nhan": "Đã ghi nhận kết quả.",
    "dau-moi": "Đã ghi: không theo đề nghị đổi đầu mối này.",
}
router = APIRouter(route_class=Bounded)
Text = Annotated[str, Form(max_length=300)]
Codes = Annotated[list[str], Form(max_length=500)]


@dataclass(frozen=True)
class Decided:
    """What is typed about an extension: the duty's code, `co` or `khong`, until when, who granted it, by what."""

    ma: Text
    quyet: Text
    den: Text = ""
    ai: Text = ""
    van_ban: Text = ""


@router.get(PATH)
def show(request: Request, office: OfficeDep, now: Now, _: Viewer, xong: str = "") -> Response:
    """Everything that waits for a person, the most urgent first."""
    if applied.followed(office) is None:
        return page(request, "following/nothing.html", title="Chờ duyệt")
    return _show(request, office, now, said=DONE.get(xong, ""))


@router.get(f"{PATH}/phieu")
def sheet(request: Request, office: OfficeDep, now: Now, _: Viewer) -> Response:
    """Today's control sheet as the ledger gives it now."""
    if applied.followed(office) is None:
        return page(request, "following/nothing.html", title="Phiếu theo dõi")
    return page(request, "following/sheet.html", pieces=list(printed(control_sheet(office, now))))


@router.post(f"{PATH}/ra-so")
def check(office: OfficeDep, now: Now, visitor: Secretariat) -> Response:
    """The incoming register was read up to now."""
    authorizing.check_register(office, now, by=visitor.title)
    return _done("ra-so")


@router.post(f"{PATH}/duyet")
def approve(
    request: Request,
    office: OfficeDep,
    now: Now,
    visitor: Secretariat,
    ma: Codes = [],  # noqa: B006
    khong: Text = "",
) -> Response:
    """Say yes, or no, to the escalations of the chosen assignments."""
    try:
        _refuse_nothing(ma)
        authorizing.approve(office, [Address(one) for one in ma], now, by=visitor.title, no=bool(khong))
    except Refused as refused:
        return _show(request, office, now, refused=refused)
    return _done("khong" if khong else "duyet")


@router.post(f"{PATH}/ghi-nhan")
def confirm(request: Request, office: OfficeDep, now: Now, visitor: Secretariat, ma: Codes = []) -> Response:  # noqa: B006
    """Take note of the chosen results today."""
    try:
        _refuse_nothing(ma)
        today = now.astimezone(zone(office)).date()
        confirm_all(office, [Address(one) for one in ma], today, now, by=visitor.title)
    except Refused as refused:
        return _show(request, office, now, refused=refused)
    return _done("ghi-nhan")


@router.post(f"{PATH}/gia-han")
def extend(
    request: Request, office: OfficeDep, now: Now, visitor: Secretariat, typed: Annotated[Decided, Depends()]
) -> Response:
    """Grant an extension to a day, or refuse it."""
    try:
        _decide(office, typed, now, visitor.title)
    except Refused as refused:
        return _show(request, office, now, refused=refused, typed=typed)
    return _done("gia-han")


@router.post(f"{PATH}/dau-moi")
def set_aside(request: Request, office: OfficeDep, now: Now, visitor: Secretariat, don_vi: Text, loi: Text) -> Response:
    """Do not follow a unit's proposal of another contact, made in these words (`loi`)."""
    try:
        contacts.set_aside(office, don_vi, now, by=visitor.title, seen=loi)
    except Refused as refused:
        return _show(request, office, now, refused=refused)
    return _done("dau-moi")


def _decide(office: App, typed: Decided, now: datetime, by: str) -> None:
    today = now.astimezone(zone(office)).date()
    decision = Decision(today, by, typed.van_ban.strip() or None)
    if typed.quyet == "khong":
        decisions.refuse_extension(office, Address(typed.ma), decision, now)
        return
    to = read_day(typed.den, today, ahead=True)
    if to is None:
        raise Refused("no-day", "chưa ghi hạn mới.", "Ghi ngày như 02/12/2022.")
    decisions.extend(office, Address(typed.ma), decision, now, to=to, granted_by=typed.ai.strip() or by)


def _refuse_nothing(codes: list[str]) -> None:
    if not codes:
        raise Refused("nothing-chosen", "chưa chọn việc nào.", "Đánh dấu ít nhất một việc rồi bấm lại.")


def _done(what: str) -> Response:
    return RedirectResponse(f"{PATH}?xong={what}", 303)


def _show(
    request: Request, office: App, now: datetime, *, said: str = "", refused: Refused | None = None, typed: Any = None
) -> Response:
    known, held = applied.followed(office), _by_code(authorizing.held(office, now))
    return page(
        request,
        "following/approving.html",
        422 if refused else 200,
        sheet=waiting(office, now, SHOWN),
        held=dict(islice(held.items(), SHOWN)),
        held_count=len(held),
        drafts=drafted(office),
        configuration=known,
        said=said,
        refused=refused,
        typed=typed,
        APPROVAL=APPROVAL,
    )


def _by_code(waiting: list[authorizing.Held]) -> dict[tuple[str, str], list[authorizing.Held]]:
    """By assignment and what it waits for: an answer is given for the assignment."""
    found: dict[tuple[str, str], list[authorizing.Held]] = {}
    for one in waiting:
        found.setdefault((one.why, one.code), []).append(one)
    return found
