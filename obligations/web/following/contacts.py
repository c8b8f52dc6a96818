"""Đầu mối của một đơn vị: the form that changes them, shows what that does, and applies it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases import applied
from obligations.cases.answering.contacts import waiting_of
from obligations.cases.app import App
from obligations.cases.configuring import contact_form, telling
from obligations.cases.configuring.contact_form import ContactOffer, ContactSheet
from obligations.domain.errors import Refused
from obligations.domain.plain_letters import one_line
from obligations.web.forms import FormDep
from obligations.web.guard import Now, OfficeDep, Secretariat
from obligations.web.pages import page

router = APIRouter()
PATH = "/don-vi/{unit_id}/dau-moi"
FIELDS = {"name": 120, "role": 10, "email": 120, "phone": 40}  # letters at most
FRESH = 2  # new contacts that one form takes
MOST = 60
Faults = dict[tuple[int, str], tuple[str, str]]


@dataclass
class Typed:
    """The form as typed: of each contact, then of new ones, its fields; `read` and `seen` what the page gave it."""

    rows: list[dict[str, str]] = field(default_factory=list)
    read: str = ""
    seen: str = ""
    do: str = ""


def _typed(form: FormDep) -> Typed:
    def text(name: str) -> str:
        value = form.get(name, "")
        return one_line(value) if isinstance(value, str) else ""

    count = 0
    while count < MOST and f"name_{count}" in form:
        count += 1
    rows = [{name: text(f"{name}_{place}") for name in FIELDS} for place in range(count)]
    return Typed(rows, text("read"), text("seen"), text("do"))


TypedDep = Annotated[Typed, Depends(_typed)]


@router.get(PATH)
def ask(request: Request, office: OfficeDep, _: Secretariat, unit_id: str, theo: str = "") -> Response:
    """The contacts as they are, and room for new ones; with `theo` what the unit itself asked for stands there."""
    try:
        sheet = contact_form.contact_sheet(office, unit_id)
    except Refused as refused:
        return _closed(request, office, unit_id, refused)
    rows = [_values(one.values) for one in sheet.contacts]
    fresh = [_blank() for _ in range(FRESH)]
    known = applied.followed(office)
    if theo and known and (asked := waiting_of(office, known, unit_id)):
        wanted = asked.proposal
        fresh[0] |= {"name": wanted.name, "email": wanted.email, "phone": wanted.phone}
    return _form(request, sheet, Typed([*rows, *fresh], sheet.read))


@router.post(PATH)
def change(
    request: Request, office: OfficeDep, now: Now, visitor: Secretariat, unit_id: str, typed: TypedDep
) -> Response:
    """Show what it would change; `do=ap-dung` applies it if it was shown."""
    try:
        sheet = contact_form.contact_sheet(office, unit_id)
    except Refused as refused:
        return _closed(request, office, unit_id, refused)
    said, done = _said(sheet, typed), RedirectResponse(f"/don-vi/{unit_id}?xong=dau-moi", 303)
    if sheet.read != typed.read:
        if typed.do == "ap-dung" and _is_done(sheet, said):
            return done  # the button was pressed twice
        fix = "Đối chiếu từng ô với dòng “đang ghi” dưới ô ấy, sửa lại nếu cần rồi bấm Xem trước."
        words = Refused("contacts-changed", "có người vừa đổi đầu mối của đơn vị này.", fix)
        return _form(request, sheet, _renewed(sheet, typed), refused=words, is_conflict=True)
    if faults := _faults(typed, len(sheet.contacts)):
        return _form(request, sheet, typed, faults=faults)
    offer = None
    try:
        offer = contact_form.offer(office, sheet, said, now)
        if typed.do == "ap-dung" and not offer.problems:
            contact_form.apply(office, sheet, offer, now, by=visitor.title, seen=typed.seen)
            return done
    except Refused as refused:
        return _form(request, sheet, typed, refused=refused, offer=offer, told=_told(office, offer))
    return _form(request, sheet, typed, offer=offer, told=_told(office, offer), faults=_by_row(offer))


def _values(said: Mapping[str, str]) -> dict[str, str]:
    return {name: said.get(name, "focal" if name == "role" else "") for name in FIELDS}


def _blank() -> dict[str, str]:
    return _values({})


def _is_fresh(row: Mapping[str, str]) -> bool:
    """Whether somebody wrote anything there; the role has a value from the beginning."""
    return any(row[name] for name in ("name", "email", "phone"))


def _said(sheet: ContactSheet, typed: Typed) -> list[Mapping[str, str]]:
    """What the use case is told: nothing of a contact that only a person should change, no blank new one."""
    count = len(sheet.contacts)
    pairs = zip_longest(sheet.contacts, typed.rows[:count])
    old = [row if row and one.is_plain else {} for one, row in pairs]
    return [*old, *(row for row in typed.rows[count:] if _is_fresh(row))]


def _is_done(sheet: ContactSheet, said: list[Mapping[str, str]]) -> bool:
    rows = [row for row in said if row and _is_fresh(row)]
    return all(row in [_values(one.values) for one in sheet.contacts] for row in rows)


def _renewed(sheet: ContactSheet, typed: Typed) -> Typed:
    """What was typed, beside what there is by now."""
    count = len(sheet.contacts)
    rows = [*typed.rows[:count], *(_values(one.values) for one in sheet.contacts[len(typed.rows) :])]
    return Typed([*rows, *(typed.rows[count:] or [_blank()])], sheet.read)


def _faults(typed: Typed, count: int) -> Faults:
    found: Faults = {}
    for place, row in enumerate(typed.rows):
        if place >= count and not _is_fresh(row):
            continue
        if not row["name"]:
            found[place, "name"] = ("chưa ghi tên.", "Ghi họ tên, hoặc tên bộ phận nhận thư.")
        if row["role"] not in telling.ROLES:
            found[place, "role"] = ("chưa chọn vai trò.", "Chọn trong danh sách.")
        if place >= count and not (row["email"] or row["phone"]):
            found[place, "email"] = ("chưa ghi thư điện tử hoặc điện thoại.", "Ghi ít nhất một trong hai.")
        for name, most in FIELDS.items():
            if len(row[name]) > most:
                found[place, name] = (f"dài {len(row[name])} chữ, quá {most}.", "Rút gọn.")
    return found


def _by_row(offer: ContactOffer) -> Faults:
    return {place: (one.message, one.fix) for place, one in offer.problems.items()}


def _told(office: App, offer: ContactOffer | None) -> telling.Told | None:
    review = offer.review if offer else None
    if review is None or review.outcome is None or review.configuration is None:
        return None
    return telling.tell(review.outcome.diff, review.configuration, applied.followed(office))


def _closed(request: Request, office: App, unit_id: str, refused: Refused) -> Response:
    """No form for now, and where to go instead."""
    known = applied.followed(office)
    unit = known.units.get(unit_id) if known else None
    if unit is None:
        raise refused
    return page(request, "following/contacts.html", 409, unit=unit, sheet=None, refused=refused)


def _form(request: Request, sheet: ContactSheet, typed: Typed, **shown: Any) -> Response:
    shown = {"faults": {}, "refused": None, "offer": None, "told": None, "is_conflict": False} | shown
    is_wrong = bool(shown["faults"] or shown["refused"])
    status = 409 if shown["is_conflict"] else 422 if is_wrong else 200
    return page(
        request,
        "following/contacts.html",
        status,
        unit=sheet.unit,
        sheet=sheet,
        typed=typed,
        roles=telling.ROLES,
        most=FIELDS,
        line=lambda _, text: text,
        **shown,
    )
