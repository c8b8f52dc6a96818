"""Soạn từ văn bản: a document comes, its draft is reviewed card by card and saved as a plan's file, applied by none."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases.app import App
from obligations.cases.clock import local_day
from obligations.cases.configuring import giving
from obligations.cases.drafting_plans import amending, deciding, desk, finishing
from obligations.cases.drafting_plans.amending import Reason
from obligations.cases.drafting_plans.apart import FORMATS, draft_apart
from obligations.cases.drafting_plans.typed import read_deadline
from obligations.domain.errors import Refused
from obligations.web.drafting import form
from obligations.web.drafting.desk import HEADER, NOTHING, PATH, Desk, DeskDep, go
from obligations.web.drafting.form import TypedDep
from obligations.web.giving.form import Fault
from obligations.web.guard import Now, OfficeDep, Secretariat
from obligations.web.pages import page
from obligations.web.upload import UploadDep

router = APIRouter()
Number = Annotated[int, Path(ge=1, le=10**6)]
Chosen = Annotated[int, Query(ge=NOTHING, le=10**6)]
Short = Annotated[str, Query(max_length=300)]
_SIMPLE = {"bo": deciding.drop, "lai": deciding.restore}


@router.get(PATH)
def ask(request: Request, office: OfficeDep, now: Now, _: Secretariat, xong: Short = "") -> Response:
    """Where a file is given, and the drafts that are unfinished."""
    if finishing.known_configuration(office, local_day(now)) is None:
        return page(request, "drafting/first.html")
    return _begin(request, office, is_removed=xong == "xoa")


@router.post(PATH)
def take(request: Request, office: OfficeDep, now: Now, visitor: Secretariat, upload: UploadDep) -> Response:
    """Read a document apart, keep its draft, show it. What is refused is told beside the field."""
    if finishing.known_configuration(office, local_day(now)) is None:
        return page(request, "drafting/first.html", 422)
    try:
        if upload.refused:
            raise upload.refused
        return go(desk.begin(office, draft_apart(upload.name, upload.content), now, by=visitor.title))
    except Refused as refused:
        return _begin(request, office, refused=refused, name=upload.name)


def _begin(request: Request, office: App, **told: Any) -> Response:
    refused: Refused | None = told.get("refused")
    status = 200 if refused is None else 413 if refused.code in ("file-size", "too-big") else 422
    context = {"refused": None, "name": "", "is_removed": False} | told
    return page(request, "drafting/begin.html", status, unfinished=desk.listed(office), formats=FORMATS, **context)


@router.get(f"{PATH}/{{id_}}")
def look(at: DeskDep, sua: Chosen = NOTHING, xem: Chosen = NOTHING) -> Response:
    """The document beside its cards. `sua` is what is being changed, `xem` what a script only looks at."""
    return at.show(sua if sua != NOTHING else xem, changing=sua)


@router.get(f"{PATH}/{{id_}}/han")
def due(request: Request, at: DeskDep, deadline: Short = "") -> Response:
    """The due dates that a deadline comes to, as it is typed."""
    days, fault = [], None
    if deadline.strip():
        try:
            said = read_deadline(deadline, at.day)
            days = giving.coming_of(at.configuration, said, at.work.header.issued_on, at.today)
        except Refused as refused:
            fault = Fault(refused.message, refused.fix)
    return page(request, "giving/_due.html", days=days, fault=fault)


@router.post(f"{PATH}/{{id_}}/viec/{{number}}")
def decide(at: DeskDep, number: Number, typed: TypedDep) -> Response:
    """Accept a card, change it, drop it, take it up again, merge another into it."""
    version = typed.number("version")
    match typed.text("do"):
        case "sua":
            edit, read = form.read_card(typed, at.work, at.configuration, at.day)
            if read.faults:
                return at.ask(number, typed, read.faults, read)
            deed = deciding.edit(number, version, edit, typed.add)
        case "nhan":
            deed = deciding.accept(number, version, at.configuration)
        case "gop":
            deed = deciding.merge(number, version, *typed.seen("other"))
        case "bo" | "lai" as which:
            deed = _SIMPLE[which](number, version)
        case _:
            raise Refused("no-deed", "chưa chọn làm gì với việc này.", "Bấm một nút của việc ấy.")
    return at.do(deed, number, typed)


@router.post(f"{PATH}/{{id_}}/ke-hoach")
def change_plan(at: DeskDep, typed: TypedDep) -> Response:
    """Change what the plan is called: number, day, issuer, overseer."""
    header, overseer, read = form.read_header(typed, at.work, at.configuration, at.today)
    if read.faults:
        return at.ask(HEADER, typed, read.faults, read)
    return at.do(deciding.change_header(typed.number("version"), header, overseer, typed.add), HEADER, typed)


@router.post(f"{PATH}/{{id_}}/them")
def add(at: DeskDep, typed: TypedDep) -> Response:
    """A new card from a passage of the document; then it is there to be filled in."""
    near = typed.number("near") if typed.text("near") else None
    try:
        after = desk.change(at.office, at.work.id, deciding.add(typed.text("passage"), near), at.now)
    except Refused as refused:
        return at.show(typed=typed, faults={"passage": Fault(refused.message, refused.fix)})
    return go(after.id, after.cards[-1].number, is_changing=True)


@router.post(f"{PATH}/{{id_}}/don-vi")
def name_units(at: DeskDep, typed: TypedDep) -> Response:
    """Say which units the unknown names mean, or that they are new ones: once for all cards."""
    meant, read = form.read_names_meant(typed, at.work, at.configuration, at.day)
    if read.faults:
        return at.show(typed=typed, faults=read.faults)
    return at.do(deciding.name_units(meant, typed.add), NOTHING, typed)


@router.post(f"{PATH}/{{id_}}/nhan-het")
def accept_clear(at: DeskDep, typed: TypedDep) -> Response:
    """Accept every card without a question."""
    return at.do(deciding.accept_clear(typed.number("edition"), at.configuration), NOTHING, typed)


@router.post(f"{PATH}/{{id_}}/luu")
def save(at: DeskDep, typed: TypedDep) -> Response:
    """Write the plan's file as a draft of the configuration; on to what applying it would change.

    Where a plan of that number exists, on to what is different first.
    """
    if at.review.proposal.existing:
        return RedirectResponse(f"{PATH}/{at.work.id}/so-sanh", 303)
    try:
        finishing.finish(at.office, at.work.id, typed.number("edition"), at.now)
    except finishing.Unsound as unsound:
        return at.show(refused=unsound, wrong=unsound.faults)
    except Refused as refused:
        if refused.code == "no-draft":
            raise
        return at.show(refused=refused)
    return RedirectResponse("/cau-hinh/thay-doi", 303)


@router.get(f"{PATH}/{{id_}}/so-sanh")
def compare(request: Request, at: DeskDep) -> Response:
    """The document beside the plan that exists: what would be written into its file."""
    proposal = at.review.proposal
    by_number = proposal.draft.header.number if proposal.is_amendment else None
    return _comparison(request, at, Reason("amended_by", by_number) if by_number else Reason())


@router.post(f"{PATH}/{{id_}}/so-sanh")
def amend(request: Request, at: DeskDep, typed: TypedDep) -> Response:
    """Write what was shown into the plan's file; on to what applying it would change."""
    reason = Reason(typed.text("kind"), typed.text("reason"))
    try:
        amending.amend(at.office, at.work.id, typed.number("edition"), typed.text("read"), reason, at.now)
    except Refused as refused:
        if refused.code == "no-draft":
            raise
        return _comparison(request, at, reason, refused)
    return RedirectResponse("/cau-hinh/thay-doi", 303)


def _comparison(request: Request, at: Desk, reason: Reason, refused: Refused | None = None) -> Response:
    found = amending.compare(at.office, at.work.id, at.now, reason)
    status = 200 if refused is None else 409 if refused.code == "conflict" else 422
    name = f"plans/{found.plan.id}.yaml"
    return page(
        request,
        "drafting/compare.html",
        status,
        base=f"{PATH}/{at.work.id}",
        found=found,
        name=name,
        titles={one.id: one.title for one in found.plan.obligations},
        numbers={card.item.id: card for card in found.review.work.cards},
        read=found.written.read[name] if found.written else "",
        lines=found.between,
        reason=reason,
        refused=refused,
        wrong=[*refused.faults.values()] if isinstance(refused, finishing.Unsound) else [],
        line=lambda _, text: text,
        file=None,
    )


@router.post(f"{PATH}/{{id_}}/xoa")
def remove(office: OfficeDep, _: Secretariat, id_: Annotated[str, Path(max_length=40)]) -> Response:
    """Throw the draft away."""
    desk.remove(office, id_)
    return RedirectResponse(f"{PATH}?xong=xoa", 303)
