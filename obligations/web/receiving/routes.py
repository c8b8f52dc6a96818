"""Sổ văn bản đến: the register comes, what it answers is proposed, the ticked lines are recorded or taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases import applied
from obligations.cases.answering.batches import LinesRefused, saved, take_back
from obligations.cases.app import App
from obligations.cases.drafting_plans.apart import FORMATS, read_apart
from obligations.cases.receiving.proposing import Proposals, propose
from obligations.cases.receiving.recording import record
from obligations.cases.receiving.register import taken
from obligations.domain.errors import Refused
from obligations.web.forms import FormDep
from obligations.web.guard import Now, OfficeDep, Secretariat
from obligations.web.instants import instant
from obligations.web.pages import page, zone
from obligations.web.receiving.form import MOST_SHOWN, Read, Typed, read
from obligations.web.upload import UploadDep

PATH = "/so-van-ban-den"
router = APIRouter()


@router.get(PATH)
def ask(request: Request, office: OfficeDep, visitor: Secretariat, vua: str = "") -> Response:
    """Where the file is given; after a save, what it recorded at the instant `vua`, and the way back."""
    at = instant(vua)
    return _begin(request, office, saved=saved(office, at, by=visitor.title) if at else None, at=vua)


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
    return _proposals(request, found, unread=register.faults)


@router.post(PATH + "/ghi")
def save(request: Request, office: OfficeDep, now: Now, visitor: Secretariat, form: Typed) -> Response:
    """Record the ticked documents as results: all, or none with each fault beside its line."""
    typed = read(form, now.astimezone(zone(office)).date())
    try:
        _record(office, typed, now, visitor.title)
    except Refused as refused:
        lines = refused.lines if isinstance(refused, LinesRefused) else {}
        wrong = typed.faults | {one.line: lines[code] for code, one in typed.answers if code in lines}
        return _proposals(request, propose(office, typed.rows, now), refused=refused, wrong=wrong, form=form)
    return RedirectResponse(f"{PATH}?vua={quote(now.isoformat())}", 303)


def _record(office: App, typed: Read, now: datetime, by: str) -> None:
    if typed.faults:
        raise LinesRefused({str(line): fault for line, fault in typed.faults.items()})
    if not typed.answers:
        raise Refused("nothing-chosen", "chưa chọn dòng nào.", "Đánh dấu ít nhất một dòng rồi bấm lại.")
    record(office, typed.answers, now, by=by)


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
    context = {"refused": None, "not_undone": None, "name": "", "saved": None, "at": ""} | told
    refused: Refused | None = context["refused"] or context["not_undone"]
    status = 200 if refused is None else 413 if refused.code in ("file-size", "too-big") else 422
    followed = applied.followed(office) is not None
    return page(request, "receiving/begin.html", status, formats=FORMATS, followed=followed, **context)


def _proposals(
    request: Request,
    found: Proposals,
    *,
    unread: Mapping[int, str] | None = None,
    refused: Refused | None = None,
    wrong: Mapping[int, Refused] | None = None,
    form: Any = None,
) -> Response:
    return page(
        request,
        "receiving/proposals.html",
        422 if refused else 200,
        found=found,
        shown=found.rows[:MOST_SHOWN],
        unread=unread or {},
        refused=refused,
        wrong=wrong or {},
        form=form,
        ticked={str(one) for one in form.getlist("chon")} if form else set(),
    )
