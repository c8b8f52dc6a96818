"""The document again, or amended: what was accepted of its differences goes into the plan that exists, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any, NamedTuple

from obligations.cases.app import App
from obligations.cases.clock import local_day
from obligations.cases.configuring import files
from obligations.cases.configuring.checking import check_folder
from obligations.cases.configuring.versions import lines
from obligations.cases.drafting_plans import desk
from obligations.cases.drafting_plans.differing import Changed, Difference, in_plan, in_terms
from obligations.cases.drafting_plans.finishing import Written, refuse_conflict, refuse_errors, sound, units_text, write
from obligations.cases.drafting_plans.plan_text import obligation
from obligations.cases.drafting_plans.proposing import Proposal
from obligations.cases.drafting_plans.reviewing import Review, names_of, review
from obligations.cases.drafting_plans.work import Card, Work
from obligations.config.amending import Amendment, Unfit, amended
from obligations.config.yaml_text import flow
from obligations.domain.errors import Refused
from obligations.domain.grammar import parse
from obligations.domain.plain_letters import one_line
from obligations.domain.plan import Moved, Obligation, Plan
from obligations.draft.model import Item

REASONS = ("amended_by", "correction")


@dataclass(frozen=True)
class Reason:
    """Why deadlines move: `amended_by` a document, or the `correction` of a slip."""

    kind: str = ""
    words: str = ""


class Taken(NamedTuple):
    """What was accepted of a difference: duties as they are and as they would be, with their items; new ones."""

    changed: list[tuple[Obligation, Obligation, Item]]
    added: list[Item]


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
    taken: Taken

    @property
    def unwritten(self) -> list[Card]:
        """Accepted cards that change nothing: the plan has them, or they are no duty with a deadline."""
        written = {item.id for item in (*(item for _, _, item in self.taken.changed), *self.taken.added)}
        return [card for card in self.review.work.of("accepted") if card.item.id not in written]


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
    changed = [(one, accepted[one.item]) for one in differs.changed if one.item in accepted]
    is_followed = f"{files.PLANS}{plan.id}.yaml" in files.followed_texts(app)
    moves = is_followed and any(one.moves for one, _ in changed)
    taken = Taken(
        [_as_amended(found.proposal, plan, one, item, reason if moves else None) for one, item in changed],
        [accepted[one] for one in differs.added if one in accepted],
    )
    written, between = _written(app, found.proposal, plan, taken)
    waiting = [*found.to_decide, *found.unsettled]
    return Comparison(found, plan, differs, waiting, moves, written, between, taken)


def _written(app: App, proposal: Proposal, plan: Plan, taken: Taken) -> tuple[Written | None, list[tuple[str, str]]]:
    """What the files would say, and the plan's lines that change."""
    if not taken.changed and not taken.added:
        return None, []
    name = f"{files.PLANS}{plan.id}.yaml"
    file = files.opened(app, name)
    before = file.text or ""
    amendments = [_amendment(*one) for one in taken.changed]
    try:
        after = amended(before, amendments, _blocks(proposal, plan, taken.added))
    except Unfit:
        fix = "Mở tệp ấy ở Cấu hình và sửa theo phần khác nhau."
        raise Refused("unfit", f"{name} viết theo cách riêng, không sửa tự động được.", fix) from None
    texts, read = {name: after}, {name: file.fingerprint}
    if fresh := _units(proposal, [*taken.added, *(item for _, _, item in taken.changed)]):
        texts[files.UNITS], read[files.UNITS] = units_text(app, fresh)
    return Written(plan.id, texts, read), lines(before, after)


def _as_amended(
    proposal: Proposal, plan: Plan, one: Changed, item: Item, reason: Reason | None
) -> tuple[Obligation, Obligation, Item]:
    """The duty as it is, and with what was accepted; which units it comes to, the loader says."""
    known, said = plan.by_id[one.obligation], in_plan(proposal, item)
    fresh: dict[str, Any] = {name: said[name] for name, _, _ in one.fields if name != "deadline"}
    if one.moves and item.deadline:
        stated = one_line(proposal.draft.stated(item)) or known.cite.stated
        fresh |= {"form": parse(item.deadline), "cite": replace(known.cite, stated=stated)}
    if one.moves and reason:
        kind = reason.kind if reason.kind in REASONS else REASONS[0]
        fresh["moved"] = Moved(**{kind: one_line(reason.words) or "…"})
    return known, replace(known, **fresh), item


def _amendment(known: Obligation, after: Obligation, item: Item) -> Amendment:
    before = in_terms(known)
    changed = {name: value for name, value in in_terms(after).items() if value != before[name]}
    written = {name: flow("" if value is None else value) for name, value in changed.items()}
    if after.form != known.form:
        written["deadline"] = flow(item.deadline)
    if after.cite != known.cite:
        written["cite"] = flow(vars(after.cite))
    if after.moved and after.moved != known.moved:
        written["moved"] = flow({kind: words for kind, words in vars(after.moved).items() if words})
    return Amendment(known.id, written)


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
    after = loaded.configuration.plans[found.plan.id] if loaded.configuration else found.plan
    amended_duties = {known.id: duty for known, duty, _ in found.taken.changed}
    kept = [amended_duties.get(one.id, one) for one in found.plan.obligations]
    added = [(in_plan(found.review.proposal, item), parse(item.deadline or {})) for item in found.taken.added]
    as_meant = (
        [*map(_bare, kept)] == [*map(_bare, after.obligations[: len(kept)])],
        added == [(in_terms(one), one.form) for one in after.obligations[len(kept) :]],
        replace(after, obligations=()) == replace(found.plan, obligations=()),
    )
    if not all(as_meant):
        raise Refused("unfit", "tệp sửa ra không đúng như định sửa; chưa ghi gì.", "Sửa tay ở Cấu hình.")


def _bare(one: Obligation) -> Obligation:
    """Without what the loader makes of its groups."""
    return replace(one, units=(), coordinating_units=())
