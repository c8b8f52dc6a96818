"""The plan file that a draft makes: the grammar's YAML, each duty under its quote, what is to be decided said first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from obligations.cases.drafting_plans.proposing import Proposal
from obligations.config.yaml_text import flow, scalar
from obligations.domain.plain_letters import one_line
from obligations.domain.wording import table_date
from obligations.draft.model import Item
from obligations.draft.units.matching import is_plural

WIDTH = 118
_SHOWN = 6


def plan_text(proposal: Proposal) -> str:
    """The whole file. It loads in `dondoc check` once the proposed units stand in units.yaml."""
    parts = ["\n".join((*_opening(proposal), "", *_plan(proposal)))]
    obligations = proposal.draft.of("obligation")
    if obligations:
        parts.append("obligations:")
        parts += ["\n".join(obligation(proposal, item)) for item in obligations]
    standing = [*proposal.draft.of("question"), *proposal.draft.of("standing")]
    if standing:
        parts.append("standing:")
        parts += ["\n".join(_standing(proposal, item)) for item in standing]
    return "\n\n".join(parts) + "\n"


def _opening(proposal: Proposal) -> Iterator[str]:
    asked = len(proposal.draft.of("question")) + sum(bool(item.doubts) for item in proposal.draft.of("obligation"))
    yield "# yaml-language-server: $schema=../schemas/plan.schema.json"
    yield from comment(
        f"Bản soạn từ tệp {proposal.draft.document.name}; chưa có hiệu lực. Đọc lại từng việc cùng lời văn ghi trên nó."
    )
    if asked:
        yield from comment(f"Có {asked} điều cần người quyết định: tìm chữ HỎI.")
    if proposal.draft.header.issued_on is None:
        yield from comment("HỎI: văn bản chưa có ngày ban hành (hoặc chưa đọc được); điền issued_on.")
    for name, units in proposal.unclear.items():
        yield from comment(f"HỎI: “{name}” là đơn vị nào trong {', '.join(units)}?")
    for name, ended in proposal.gone.items():
        yield from comment(f"HỎI: {ended.words(name)}")
    if proposal.proposed:
        yield from comment("Đơn vị chưa có trong units.yaml (dondoc draft --add-units thêm giúp):")
        for entry, name in zip(unit_entries(proposal.proposed), proposal.proposed.values(), strict=True):
            plural = "  # nhiều đơn vị: nên thay bằng một nhóm trong groups" if is_plural(name) else ""
            yield f"#   - {entry}{plural}"


def unit_entries(proposed: Mapping[str, str]) -> Iterator[str]:
    """Entries for the list of units.yaml."""
    return (flow({"id": unit, "name": name}) for unit, name in proposed.items())


def _plan(proposal: Proposal) -> Iterator[str]:
    header = proposal.draft.header
    yield "plan:"
    yield f"  number: {scalar(header.number) if header.number else ''}".rstrip()
    yield f"  kind: {header.kind}"
    yield f"  title: {scalar(header.title or proposal.plan_id)}"
    yield f"  issuer: {proposal.units.get(header.issuer) or proposal.overseer}"
    yield f"  issued_on: {header.issued_on or ''}".rstrip()
    if header.basis:
        yield f"  basis: [{', '.join(map(scalar, header.basis))}]"
    yield f"  overseer: {proposal.overseer}"


def obligation(proposal: Proposal, item: Item) -> Iterator[str]:
    """One duty with its quote, its dates and its doubts as comments."""
    yield from _quote(proposal, item)
    yield from _dates(proposal, item)
    yield from _doubts(item)
    yield f"- id: {item.id}"
    yield f"  title: {scalar(item.title)}"
    yield f"  responsible: [{', '.join(_owners(proposal, item))}]"
    if item.coordinating:
        yield f"  coordinating: [{', '.join(proposal.ids(item.coordinating))}]"
    if recipient := proposal.recipient(item):
        yield f"  submit_to: {recipient}"
    if item.collects:
        yield f"  collects: [{', '.join(item.collects)}]"
    if item.product:
        yield f"  product: {scalar(item.product)}"
    yield f"  deadline: {flow(item.deadline)}"
    yield f"  cite: {{at: {scalar(item.at or 'phần mở đầu')}, stated: {scalar(proposal.draft.stated(item))}}}"


def _owners(proposal: Proposal, item: Item) -> Sequence[str]:
    return proposal.ids(item.responsible) or [proposal.units.get(proposal.draft.header.issuer) or proposal.overseer]


def _standing(proposal: Proposal, item: Item) -> Iterator[str]:
    yield from _quote(proposal, item)
    yield f"- id: {item.id}"
    yield f"  title: {scalar(item.title)}"
    yield f"  responsible: [{', '.join(_owners(proposal, item))}]"
    yield "  review: {every: quarter}"
    if item.kind == "question":
        stated = proposal.draft.stated(item)
        asked = f"HỎI: {'; '.join(item.doubts)}." + (f" Văn bản ghi “{stated}”." if stated else "")
        yield f"  question: {scalar(asked)}"
    yield f"  cite: {{at: {scalar(item.at or 'phần mở đầu')}}}"


def _quote(proposal: Proposal, item: Item) -> Iterator[str]:
    for place in (item.quote, *item.also):
        yield from comment(f"“{one_line(place.of(proposal.draft.document.text))}”")


def _dates(proposal: Proposal, item: Item) -> Iterator[str]:
    dates = proposal.dues.get(item.id, ())
    if not dates:
        yield from comment("Hạn: chờ mốc")
        return
    more = " …" if len(dates) > _SHOWN else ""
    inferred = "; năm do suy ra" if "year" in item.inferred else ""
    yield from comment(f"Hạn: {', '.join(table_date(day) for day in dates[:_SHOWN])}{more}{inferred}")


def _doubts(item: Item) -> Iterator[str]:
    for doubt in item.doubts:
        yield from comment(f"HỎI: {doubt}.")
    if "responsible" in item.inferred and not item.doubts:
        yield from comment("HỎI: đơn vị thực hiện suy ra từ câu bên cạnh, đúng không?")


def comment(text: str) -> Iterator[str]:
    """A text as lines of comment."""
    yield from (f"# {line}" for line in wrap(one_line(text), WIDTH, break_long_words=True, break_on_hyphens=False))
