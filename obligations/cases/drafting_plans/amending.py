"""The document again, or amended: what was accepted of its differences goes into the plan that exists, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import NamedTuple

from obligations.cases.app import App, local_day
from obligations.cases.configuring import files
from obligations.cases.configuring.checking import check_folder
from obligations.cases.configuring.versions import lines
from obligations.cases.drafting_plans import desk
from obligations.cases.drafting_plans.differing import Changed, Difference
from obligations.cases.drafting_plans.finishing import Written, refuse_conflict, refuse_errors, sound, units_text, write
from obligations.cases.drafting_plans.plan_text import obligation
from obligations.cases.drafting_plans.proposing import Proposal
from obligations.cases.drafting_plans.reviewing import Review, names_of, review
from obligations.cases.drafting_plans.work import Card, Work
from obligations.config.amending import Amendment, Unfit, amended
from obligations.config.yaml_text import flow, scalar
from obligations.domain.errors import Refused
from obligations.domain.grammar import parse
from obligations.domain.plan import Plan
from obligations.draft.model import Item

REASONS = ("amended_by", "correction")


@dataclass(frozen=True)
class Reason:
    """Why deadlines move: `amended_by` a document, or the `correction` of a slip."""

    kind: str = ""
    words: str = ""


@dataclass(frozen=True)
class Comparison:
    """A draft beside the plan of its number. `waiting` are cards that differ and nobody has decided yet.

    `written` is what would be written, None where nothing accepted differs; `needs_reason`: a followed deadline moves.
    """

    review: Review
    plan: Plan
    difference: Difference
    waiting: list[Card]
    needs_reason: bool
    written: Written | None
    between: list[tuple[str, str]]


def compare(app: App, id_: str, now: datetime, reason: Reason) -> Comparison:
    """What the document says otherwise, what writing the accepted part would change. Refused without such a plan."""
    return _compared(app, desk.opened(app, id_), now, reason)


def amend(app: App, id_: str, edition: int, read: str, reason: Reason, now: datetime) -> str:
    """Write what was shown into the plan's file; its name. The draft is thrown away then.

    Refused, nothing written: where draft or file is not as it was shown (`read` is its fingerprint), a deadline would
    move without a reason, something that differs is undecided.
    """
    with desk.finishing(app, id_) as work:
        refuse_conflict(work, edition)
        found = _compared(app, work, now, reason)
        if found.waiting:
            raise Refused("undecided", f"còn {len(found.waiting)} chỗ khác chưa quyết định.", "Nhận hoặc bỏ từng việc.")
        if found.written is None:
            raise Refused("no-difference", "chưa nhận chỗ khác nào để ghi.", "Nhận việc cần sửa, hoặc xóa bản soạn.")
        if found.needs_reason and (reason.kind not in REASONS or not reason.words.strip()):
            fix = "Ghi số văn bản điều chỉnh, hoặc lý do đính chính."
            raise Refused("no-reason", "dời hạn thì phải có lý do.", fix)
        name = f"{files.PLANS}{found.plan.id}.yaml"
        if found.written.read[name] != read:
            raise Refused("conflict", f"{name} đã đổi từ lúc xem.", "Xem lại rồi ghi.")
        refuse_errors(app, work, found.written, now)
        _refuse_other_words(app, found, now)
        write(app, found.written)
    return name


def _compared(app: App, work: Work, now: datetime, reason: Reason) -> Comparison:
    found = review(work, sound(app, now))
    plan, differs = found.proposal.existing, found.difference
    if plan is None or differs is None:
        raise Refused("no-plan", "chưa có kế hoạch nào mang số này.", "Lưu thành kế hoạch mới.")
    accepted = {card.item.id: card.item for card in work.of("accepted")}
    taken = _Taken(
        [(one, accepted[one.item]) for one in differs.changed if one.item in accepted],
        [accepted[one] for one in differs.added if one in accepted],
    )
    is_followed = f"{files.PLANS}{plan.id}.yaml" in files.followed_texts(app)
    moves = is_followed and any(_moves(one) for one, _ in taken.changed)
    written, between = _written(app, found.proposal, plan, taken, reason if moves else None)
    return Comparison(found, plan, differs, [*found.to_decide, *found.unsettled], moves, written, between)


class _Taken(NamedTuple):
    """What was accepted of a difference."""

    changed: list[tuple[Changed, Item]]
    added: list[Item]


def _written(
    app: App, proposal: Proposal, plan: Plan, taken: _Taken, reason: Reason | None
) -> tuple[Written | None, list[tuple[str, str]]]:
    """What the files would say, and the plan's lines that change."""
    if not taken.changed and not taken.added:
        return None, []
    name = f"{files.PLANS}{plan.id}.yaml"
    file = files.opened(app, name)
    before = file.text or ""
    amendments = [_amendment(proposal, plan, one, item, reason) for one, item in taken.changed]
    try:
        after = amended(before, amendments, _blocks(proposal, plan, taken.added))
    except Unfit:
        fix = "Mở tệp ấy ở Cấu hình và sửa theo phần khác nhau."
        raise Refused("unfit", f"{name} viết theo cách riêng, không sửa tự động được.", fix) from None
    texts, read = {name: after}, {name: file.fingerprint}
    if fresh := _units(proposal, [*taken.added, *(item for _, item in taken.changed)]):
        texts[files.UNITS], read[files.UNITS] = units_text(app, fresh)
    return Written(plan.id, texts, read), lines(before, after)


def _moves(one: Changed) -> bool:
    return any(name == "deadline" for name, _, _ in one.fields)


def _amendment(proposal: Proposal, plan: Plan, one: Changed, item: Item, reason: Reason | None) -> Amendment:
    values: dict[str, str] = {}
    for name, _, _ in one.fields:
        if name == "responsible":
            values[name] = f"[{', '.join(proposal.ids(item.responsible))}]"
        else:
            values["deadline"] = flow(item.deadline)
            at = next(known.cite.at for known in plan.obligations if known.id == one.obligation)
            values["cite"] = f"{{at: {scalar(at)}, stated: {scalar(proposal.draft.stated(item))}}}"
            if reason:
                values["moved"] = f"{{{reason.kind or REASONS[0]}: {scalar(reason.words or '…')}}}"
    return Amendment(one.obligation, values)


def _blocks(proposal: Proposal, plan: Plan, added: list[Item]) -> Iterator[str]:
    taken = {one.id for one in plan.obligations} | {one.id for one in plan.standing}
    for item in added:
        names = (item.id if number == 1 else f"{item.id}-{number}" for number in count(1))
        name = next(one for one in names if one not in taken)
        taken.add(name)
        yield "\n".join(obligation(proposal, replace(item, id=name, collects=())))


def _units(proposal: Proposal, items: list[Item]) -> Mapping[str, str]:
    """Of the units that units.yaml lacks those that these duties name."""
    ids = {proposal.units[name] for item in items for name in names_of(item)}
    return {id_: name for id_, name in proposal.proposed.items() if id_ in ids}


def _refuse_other_words(app: App, found: Comparison, now: datetime) -> None:
    """The file as it would be read says just what was accepted, and all else as before: else nothing is written."""
    assert found.written  # noqa: S101  # who calls has looked
    loaded = check_folder(app.settings.config_dir, local_day(now), found.written.texts)
    after = loaded.configuration.plans[found.plan.id] if loaded.configuration else None
    items = {card.item.id: card.item for card in found.review.work.of("accepted")}
    changed = {one.obligation: items[one.item] for one in found.difference.changed if one.item in items}
    for known in found.plan.obligations:
        now_says = next((one for one in after.obligations if one.id == known.id), None) if after else None
        item = changed.get(known.id)
        if item is None and now_says == known:
            continue
        if item is None or now_says is None or item.deadline is None or now_says.title != known.title:
            raise Refused("unfit", "tệp sửa ra không đúng như định sửa; chưa ghi gì.", "Sửa tay ở Cấu hình.")
        if now_says.form not in (parse(item.deadline), known.form):
            raise Refused("unfit", "hạn sửa ra không đúng như định sửa; chưa ghi gì.", "Sửa tay ở Cấu hình.")
