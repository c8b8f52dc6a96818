"""Cấu hình: the list of files, and the editor of one."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.configuring import editing, files
from obligations.cases.configuring.files import DraftFile
from obligations.cases.configuring.versions import lines
from obligations.domain.errors import Refused
from obligations.web.forms import LARGEST, Bounded
from obligations.web.guard import Now, OfficeDep, Secretariat, Viewer, moment
from obligations.web.pages import page, wants_fragment

PATH = "/cau-hinh"
Name = Annotated[str, Form(max_length=200)]
Body = Annotated[str, Form()]


class BoundedText(Bounded):
    """The editor's: as large as a file may be, each byte written as `%E1`; a longer text of plain letters fits, too."""

    most = LARGEST + 3 * files.MAX_BYTES


router = APIRouter(route_class=BoundedText)
_ADDRESS = re.compile(r"(\w+://)\S+")
DONE = {
    "luu": "Đã lưu bản nháp. Chưa áp dụng gì.",
    "xoa": "Đã xóa bản nháp.",
    "tra-lai": "Tệp đã trở lại như đang dùng.",
    "ap-dung": "Đã áp dụng.",
}
NEW_PLAN = """\
# yaml-language-server: $schema=../schemas/plan.schema.json
plan:
  number:                # số, ký hiệu
  title:
  issuer:
  issued_on:
  overseer:              # đầu mối theo dõi, đôn đốc
obligations:
- id:
  title:
  responsible: []        # đơn vị, nhóm
  deadline: {}           # như {by: 2022-07-20}; các dạng khác: docs/han.md
  cite: {at: , stated: ""}
"""


@router.get(PATH)
def overview(
    request: Request, office: OfficeDep, _: Viewer, xong: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """Every file, and whether what it says is followed."""
    found = files.listed(office)
    plans = [one for one in found if one.plan]
    return page(
        request,
        "configuring/overview.html",
        done=DONE.get(xong, ""),
        shared=[one for one in found if not one.plan],
        plans=plans,
        titles=_titles(office),
        differing=[one for one in found if one.state != "same" and (one.followed is not None or one.text is not None)],
        is_applied=any(one.followed is not None for one in found),
    )


@router.get(f"{PATH}/tep")
def edit(
    request: Request,
    office: OfficeDep,
    visitor: Viewer,
    ten: Annotated[str, Query(max_length=200)] = "",
    ma: Annotated[str, Query(max_length=100)] = "",
    xong: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """One file: to edit, or for a viewer to read. `ma` is the id of a plan that is to be begun."""
    one = files.opened(office, ten or f"{files.PLANS}{ma.strip()}.yaml")
    text = one.text
    if text is None:
        text = one.followed if one.followed is not None else NEW_PLAN if one.plan else ""
    visible = shown(one.name, text, visitor.may("secretariat"))
    return _editor(request, one, visible, done=DONE.get(xong, ""), is_masked=visible != text)


@router.post(f"{PATH}/tep")
def save(request: Request, office: OfficeDep, _: Secretariat, ten: Name, read: Name = "", text: Body = "") -> Response:
    """Save the draft. What somebody else saved meanwhile is shown beside what was typed; nothing is lost."""
    try:
        files.save(office, ten, text, read.strip())
    except files.Conflict as conflict:
        one = files.opened(office, ten)
        return _editor(request, one, text, 409, conflict=conflict, read=files.fingerprint(conflict.text))
    except Refused as refused:
        one = files.opened(office, ten)  # of a strange name nothing is shown: this refuses it again
        return _editor(request, one, text, 422, refused=refused, read=read)
    return _back(f"{PATH}/tep", ten=ten, xong="luu")


@router.post(f"{PATH}/kiem-tra")
def look_over(
    request: Request, office: OfficeDep, now: Now, _: Secretariat, ten: Name, read: Name = "", text: Body = ""
) -> Response:
    """What is wrong with a text, and which due dates it gives: as it is typed. Saves nothing."""
    one = files.opened(office, ten)
    if not wants_fragment(request):
        return _editor(request, one, text, read=read)
    found = editing.look_over(office, ten, text.replace("\r\n", "\n"), now)
    return page(request, "configuring/_findings.html", found=found)


@router.post(f"{PATH}/tra-lai")
def restore(office: OfficeDep, _: Secretariat, ten: Name, read: Name = "") -> Response:
    """The followed text instead of the draft's."""
    files.restore(office, ten, read)
    return _back(f"{PATH}/tep", ten=ten, xong="tra-lai")


@router.post(f"{PATH}/xoa")
def take_away(office: OfficeDep, _: Secretariat, ten: Name, read: Name = "") -> Response:
    """Delete a plan's draft that was never applied."""
    files.take_away(office, ten, read)
    return _back(PATH, xong="xoa")


def shown(name: str, text: str, whole: bool) -> str:  # noqa: FBT001
    """A file's text for whoever may not change it: addresses of channels may hold what is secret."""
    return text if whole or name != "channels.yaml" else _ADDRESS.sub(r"\1…", text)


def _editor(request: Request, one: DraftFile, text: str, status: int = 200, **told: Any) -> Response:
    """The editor with a text in it. `told`: what to say beside it (`done`, `refused`, `conflict`), `read` of old.

    Of a text that `is_masked` nothing is said: its faults would be the mask's.
    """
    conflict: files.Conflict | None = told.get("conflict")
    context = {"done": "", "refused": None, "conflict": conflict, "read": one.fingerprint} | told
    return page(
        request,
        "configuring/file.html",
        status,
        file=one,
        text=text,
        line=lambda _, words: words,
        between=lines(conflict.text or "", text.replace("\r\n", "\n")) if conflict else [],
        found=None if told.get("is_masked") else _found(request, one, text),
        most=files.MAX_BYTES,
        **context,
    )


def _found(request: Request, one: DraftFile, text: str) -> editing.Findings | None:
    """What stands below the editor when the page comes; None where the folder itself is the trouble."""
    office: App = request.app.state.app
    if one.problem:
        return editing.Findings([one.problem], [])
    return editing.look_over(office, one.name, text, moment(request))


def _titles(office: App) -> dict[str, str]:
    found = applied.followed(office)
    return {plan.id: plan.title for plan in found.plans.values()} if found else {}


def _back(path: str, **query: str) -> RedirectResponse:
    return RedirectResponse(f"{path}?{urlencode(query)}", 303)
