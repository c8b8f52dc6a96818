"""What `dondoc draft` does and says; loaded by that command alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from obligations.cases.clock import local_day, utc_now
from obligations.cases.drafting_plans.apart import Read
from obligations.cases.drafting_plans.differing import Difference, difference
from obligations.cases.drafting_plans.plan_text import obligation, plan_text
from obligations.cases.drafting_plans.proposing import Proposal, propose_document
from obligations.cases.drafting_plans.saving import save
from obligations.cases.settings import Settings
from obligations.cli.output import aside, people, print_json, say, working


def draft_file(read: Read, output: str | None, *, add_units: bool, config: Path | None, json: bool) -> None:
    """Print a document's draft or what differs from the plan that is there, or write it where `output` says."""
    folder = Settings.from_environment(config).config_dir
    today = local_day(utc_now())
    with working("Đang đọc văn bản…"):
        proposal = propose_document(read(), folder, today)
    written = save(proposal, folder, today, output, units=add_units)
    found = difference(proposal, proposal.existing) if proposal.existing else None
    if json:
        print_json(_document(proposal, found, written))
        return
    for path in written:
        aside.print(f"Đã ghi {path}", markup=False, soft_wrap=True)
    if found:
        _print_difference(proposal, found)
    elif not output:
        people.print(plan_text(proposal), end="", markup=False, soft_wrap=True)
    _tell(proposal)


def _tell(proposal: Proposal) -> None:
    """What there is, in one line on standard error."""
    found = proposal.draft
    asked = len(found.of("question")) + sum(bool(item.doubts) for item in found.of("obligation"))
    counts = f"{len(found.of('obligation'))} nhiệm vụ có hạn, {len(found.of('standing'))} việc thường xuyên"
    rest = f"{asked} điều cần quyết định, {len(proposal.proposed)} đơn vị chưa có trong units.yaml."
    aside.print(f"{counts}, {rest}", markup=False, soft_wrap=True)


def _print_difference(proposal: Proposal, found: Difference) -> None:
    assert proposal.existing  # noqa: S101  # else there is no difference
    said = "Văn bản này điều chỉnh kế hoạch" if proposal.is_amendment else "Kế hoạch"
    say(f"{said} số {proposal.existing.number} đã có ở plans/{found.plan}.yaml.")
    if found.is_empty:
        say("Văn bản không nói gì khác bản đang có.")
    for change in found.changed:
        for name, before, after in change.fields:
            words = {"deadline": "hạn", "responsible": "chủ trì"}[name]
            said = f"trong tệp là {before or '(trống)'}; văn bản ghi {after or '(trống)'}"
            say(f"Khác  {change.obligation}: {words} {said}.")
    for name in found.gone:
        say(f"Không thấy trong văn bản  {name}")
    added = [item for item in proposal.draft.of("obligation") if item.id in found.added]
    if added:
        say("Thêm:")
        people.print("\n\n".join("\n".join(obligation(proposal, item)) for item in added), markup=False, soft_wrap=True)


def _document(proposal: Proposal, found: Difference | None, written: list[Path]) -> dict[str, Any]:
    header, drafted = proposal.draft.header, proposal.draft
    items = _items(proposal)
    return {
        "plan": {
            "id": proposal.plan_id,
            "number": header.number,
            "kind": header.kind,
            "title": header.title,
            "issuer": header.issuer,
            "issued_on": header.issued_on,
            "basis": header.basis,
        },
        "obligations": [items[item.id] for item in drafted.of("obligation")],
        "standing": [items[item.id] for item in drafted.of("standing")],
        "questions": [items[item.id] for item in drafted.items if item.doubts],
        "proposed_units": proposal.proposed,
        "difference": found,
        "written": [str(path) for path in written],
    }


def _items(proposal: Proposal) -> dict[str, dict[str, Any]]:
    """Each by its id."""
    items = {}
    for item in proposal.draft.items:
        quote, stated = proposal.draft.quote(item), proposal.draft.stated(item)
        items[item.id] = {
            "id": item.id,
            "title": item.title,
            "responsible": item.responsible,
            "responsible_units": proposal.ids(item.responsible),
            "coordinating": item.coordinating,
            "submit_to": item.submit_to,
            "product": item.product,
            "deadline": item.deadline,
            "due": proposal.dues.get(item.id, ()),
            "inferred": item.inferred,
            "collects": item.collects,
            "trigger": item.trigger,
            "question": "; ".join(item.doubts),
            "quote": quote,
            "cite": {
                "at": item.at,
                "quote": quote,
                "stated": stated,
                "span": [item.quote.start, item.quote.end],
                "stated_span": [item.stated.start, item.stated.end] if item.stated else None,
            },
        }
    return items
