"""Sổ văn bản đến: the register comes, what it answers is proposed, the ticked lines are recorded or taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases import applied
from obligations.cases.answering.batches import LinesRefused, saved, take_back
from obligations.cases.app import App
from obligations.cases.drafting_plans.apart import FORMATS, read_apart
from obligations.cases.receiving.proposing import Duty, Proposal, offered, propose
from obligations.cases.receiving.recording import record
from obligations.cases.receiving.register import Incoming, taken
from obligations.domain.errors import Refused
from obligations.domain.wording import table_date
from obligations.web.forms import FormDep
from obligations.web.guard import Now, OfficeDep, Secretariat
from obligations.web.instants import instant
from obligations.web.pages import page, zone
from obligations.web.receiving.form import MOST_SHOWN, Line, Typed, read
from obligations.web.upload import UploadDep

PATH = "/so-van-ban-den"
# Faults of a line that its day is not to blame for.
OF_THE_DUTY = ("already", "not-owed", "not-open", "no-assignment", "two-documents")
router = APIRouter()


@router.get(PATH)
def ask(request: Request, office: OfficeDep, visitor: Secretariat, vua: str = "") -> Response:
    """Where the file is given; after a save, what it recorded at the instant `vua`, and the way back."""
    at = instant(vua)
    return _begin(request, office, saved=saved(office, at, by=visitor.title) if at else None, at=vua, is_saved=bool(at))


@router.post(PATH)
def take(request: Request, office: OfficeDep, now: Now, _: Secretariat, upload: UploadDep) -> Response:
    """Read the register apart and show what it answers; nothing is recorded."""
    try:
        if upload.refused:
            raise upload.refused
        register = taken(lambda: read_apart(upload.name, upload.content), now.astimezone(zone(office)).date())
        found = propose(office, register.rows, now)
    except Refused as refused:
        return _begin(request, office, refused=refused, name=upload.name)
    rows = [Shown.proposed(one) for one in found.rows[:MOST_SHOWN]]
    return page(request, "receiving/proposals.html", rows=rows, refused=None, found=found, faults=register.faults)


@router.post(PATH + "/ghi")
def save(request: Request, office: OfficeDep, now: Now, visitor: Secretariat, form: Typed) -> Response:
    """Record the ticked documents as results: all, or none with each fault beside its line and all else as it was."""
    lines = read(form, now.astimezone(zone(office)).date())
    try:
        _record(office, [one for one in lines if one.is_ticked], now, visitor.title)
    except Refused as refused:
        wrong = refused.lines if isinstance(refused, LinesRefused) else {}
        duties = offered(office, {code for one in lines for code in one.offered})
        rows = [Shown.posted(one, duties, wrong.get(one.code)) for one in lines]
        return page(request, "receiving/proposals.html", 422, rows=rows, refused=refused, found=None, faults=())
    return RedirectResponse(f"{PATH}?vua={quote(now.isoformat())}", 303)


def _record(office: App, ticked: Sequence[Line], now: datetime, by: str) -> None:
    if not ticked:
        raise Refused("nothing-chosen", "chưa chọn dòng nào.", "Đánh dấu ít nhất một dòng rồi bấm lại.")
    if wrong := {str(one.incoming.line): one.day_fault for one in ticked if one.day_fault}:
        raise LinesRefused(wrong)  # each stands beside its own line, whatever duty is chosen there
    record(office, [(one.code, one.incoming) for one in ticked], now, by=by)


@dataclass(frozen=True)
class Shown:
    """A line of the page: the document, the duties to choose from, what is ticked, typed and wrong."""

    incoming: Incoming
    duties: Sequence[Duty]
    doubts: Sequence[str]
    code: str
    is_ticked: bool
    typed_day: str
    fault: Refused | None = None
    is_of_day: bool = False

    @classmethod
    def proposed(cls, one: Proposal) -> Shown:
        day = table_date(one.incoming.sent_on)
        return cls(one.incoming, one.duties, one.doubts, one.duties[0].code, one.is_sure, day)

    @classmethod
    def posted(cls, one: Line, duties: Mapping[str, Duty], fault: Refused | None) -> Shown:
        """As it came back; a duty that is gone meanwhile is still named, so that its fault stands beside something."""
        known = [duties.get(code) or Duty(code, code, "", "", "", None) for code in one.offered]
        told = one.day_fault or (fault if one.is_ticked else None)
        is_of_day = told is not None and told.code not in OF_THE_DUTY
        return cls(one.incoming, known, one.doubts, one.code, one.is_ticked, one.typed_day, told, is_of_day)


@router.post(PATH + "/hoan-tac")
def undo(request: Request, office: OfficeDep, now: Now, visitor: Secretariat, form: FormDep) -> Response:
    """Take back exactly what one save recorded, where nothing was recorded since."""
    try:
        take_back(office, instant(str(form.get("luc", ""))) or datetime.min.replace(tzinfo=UTC), now, by=visitor.title)
    except Refused as refused:
        return _begin(request, office, not_undone=refused)
    return RedirectResponse(PATH, 303)


def _begin(request: Request, office: App, **told: Any) -> Response:
    """`refused`: of the file; `not_undone`: of what was to be taken back."""
    context = {"refused": None, "not_undone": None, "name": "", "saved": None, "at": "", "is_saved": False} | told
    refused: Refused | None = context["refused"] or context["not_undone"]
    status = 200 if refused is None else 413 if refused.code in ("file-size", "too-big") else 422
    followed = applied.followed(office) is not None
    return page(request, "receiving/begin.html", status, formats=FORMATS, followed=followed, **context)
