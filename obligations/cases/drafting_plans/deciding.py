"""What a person does to a draft, each a deed: accept, change, drop, merge, add. Nothing here is written or applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeVar

from obligations.cases.drafting_plans.passages import find_passage
from obligations.cases.drafting_plans.reviewing import names_of, review
from obligations.cases.drafting_plans.work import KEPT, Card, Deed, Work, tidy
from obligations.domain.errors import Refused
from obligations.domain.grammar import Deadline
from obligations.domain.plain_letters import as_id
from obligations.domain.plan import Configuration
from obligations.draft.drafting import draft_passage
from obligations.draft.model import Header, Item

T = TypeVar("T")
TITLE = 120  # letters of a new card's title
MOST = 2_000  # cards of one document


@dataclass(frozen=True)
class Edit:
    """A card's fields as a person filled them in, whole. `stated` are the deadline's words as the document has them.

    Without a deadline it is a standing duty.
    """

    title: str
    responsible: tuple[str, ...]
    coordinating: tuple[str, ...] = ()
    submit_to: str | None = None
    product: str = ""
    deadline: Deadline | None = None
    at: str = ""
    stated: str = ""


def edit(number: int, version: int, fields: Edit, new_units: Iterable[str] = ()) -> Deed:
    """Put the fields in the place of the card's own, and accept it. `new_units` may be added to units.yaml."""

    def deed(work: Work) -> Work:
        card = _same(work, number, version)
        if card.state == "merged":
            raise _put_away()
        item = _edited(work, card.item, fields)
        names = dict.fromkeys((*work.new_units, *new_units))
        return replace(work, new_units=tuple(names)).with_cards([_accepted(card.with_item(item))])

    return deed


def accept(number: int, version: int, configuration: Configuration) -> Deed:
    """Nod to a card: its doubts are settled. Refused while something in it cannot be settled by a nod."""

    def deed(work: Work) -> Work:
        card = _same(work, number, version)
        if card.state not in KEPT:
            raise _put_away()
        asked = [one.words for one in review(work, configuration).questions.get(number, ()) if one.blocks]
        if asked:
            raise Refused("undecided", f"chưa nhận được: {' '.join(asked)}", "Sửa rồi nhận.")
        return work.with_cards([_accepted(card)])

    return deed


def accept_clear(edition: int, configuration: Configuration) -> Deed:
    """Nod to every card without a question, as they were shown."""

    def deed(work: Work) -> Work:
        _unchanged(work, edition)
        return work.with_cards(map(_accepted, review(work, configuration).clear))

    return deed


def drop(number: int, version: int) -> Deed:
    return lambda work: work.with_cards([replace(_same(work, number, version), state="dropped")])


def restore(number: int, version: int) -> Deed:
    """Take up again what was dropped, merged or accepted; what a merged one had brought along leaves with it."""

    def deed(work: Work) -> Work:
        card = _same(work, number, version)
        parted = _parted(work, card) if card.before else ()
        return work.with_cards([*parted, replace(card, state="open", into=0, before=())])

    return deed


def merge(number: int, version: int, other: int, other_version: int) -> Deed:
    """One card takes another into it: who owes, who helps and where it is said are united; its own words stand."""

    def deed(work: Work) -> Work:
        card, gone = _same(work, number, version), _same(work, other, other_version)
        if gone.state not in KEPT or card.state not in KEPT or gone.number == number:
            raise Refused("no-card", "việc định gộp không còn trong bản soạn.", "Chọn việc khác.")
        collecting = [one for one in work.cards if gone.item.id in one.item.collects and one.number != number]
        before = tuple((one.number, one.item) for one in (card, *collecting))
        united = replace(card.with_item(_united(card.item, gone.item)), state="open")
        merged = replace(gone, state="merged", into=number, before=before)
        return work.with_cards([united, merged, *(_collects(one, gone.item.id, card.item.id) for one in collecting)])

    return deed


def _parted(work: Work, gone: Card) -> Iterator[Card]:
    """The cards that the merging changed, as they were before. Refused where a person changed the union since."""
    before = dict(gone.before)
    other = work.card(gone.into)
    mine = before.pop(other.number)
    if other.state == "merged" or _settled(other.item) != _settled(_united(mine, gone.item)):
        fix = "Lấy lại việc gộp sau trước, hoặc thêm việc này từ đoạn văn bản."
        raise Refused("changed-since", f"việc {other.number} đã đổi từ lúc gộp.", fix)
    yield replace(other, item=mine, state="open" if other.state == "accepted" else other.state)
    for number, item in before.items():
        one = work.card(number)
        yield replace(one, item=replace(one.item, collects=item.collects))


def add(passage: str, near: int | None = None) -> Deed:
    """A new card, last of the cards, with this passage of the document as its citation, and what can be read in it."""

    def deed(work: Work) -> Work:
        if len(work.cards) >= MOST:
            raise Refused("many-cards", f"bản soạn đã có {MOST} việc.", "Lưu phần này trước.")
        quote = find_passage(work.document.text, passage, near)
        before = [card.item.at for card in work.of(*KEPT) if card.item.quote.start <= quote.start]
        said = draft_passage(work.document, work.header, quote)
        read = tidy(said) if said else Item("", "question", _title(quote.of(work.document.text)), "", quote)
        at = before[-1] if before else ""
        item = replace(read, id=_free_id(work, read.title), at=at, quote=quote, collects=())
        fresh = Card(max((card.number for card in work.cards), default=0) + 1, item)
        return replace(work, cards=(*work.cards, fresh))

    return deed


def _title(passage: str) -> str:
    words = " ".join(passage.split())
    return words if len(words) <= TITLE else f"{words[:TITLE].rpartition(' ')[0] or words[:TITLE]} …"


def name_units(renamed: Mapping[str, str], new_units: Iterable[str]) -> Deed:
    """Say once for all cards which unit a name means, and which names are new units."""

    def called(name: str) -> str:
        return renamed.get(name, name)

    def deed(work: Work) -> Work:
        changed = [card for card in work.cards if not renamed.keys().isdisjoint(_named(card))]
        header = replace(work.header, issuer=called(work.header.issuer))
        names = tuple(dict.fromkeys((*work.new_units, *new_units)))
        fresh = [_called(card, called) for card in changed]
        return replace(work, header=header, new_units=names).with_cards(fresh)

    return deed


def _named(card: Card) -> Iterator[str]:
    """The names in what it says, and in what it keeps of others."""
    for item in (card.item, *(item for _, item in card.before)):
        yield from names_of(item)


def _called(card: Card, called: Callable[[str], str]) -> Card:
    before = tuple((number, _renamed(item, called)) for number, item in card.before)
    return replace(card, item=_renamed(card.item, called), before=before)


def _renamed(item: Item, called: Callable[[str], str]) -> Item:
    return replace(
        item,
        responsible=tuple(dict.fromkeys(map(called, item.responsible))),
        coordinating=tuple(dict.fromkeys(map(called, item.coordinating))),
        submit_to=called(item.submit_to) if item.submit_to else None,
    )


def change_header(version: int, header: Header, overseer: str, new_units: Iterable[str] = ()) -> Deed:
    """What the plan itself is called."""

    def deed(work: Work) -> Work:
        if work.header_version != version:
            raise _conflict()
        names = dict.fromkeys((*work.new_units, *new_units))
        return replace(work, header=header, overseer=overseer, header_version=version + 1, new_units=tuple(names))

    return deed


def _same(work: Work, number: int, version: int) -> Card:
    card = work.card(number)
    if card.version != version:
        raise _conflict()
    return card


def _unchanged(work: Work, edition: int) -> None:
    if work.edition != edition:
        raise _conflict()


def _conflict() -> Refused:
    return Refused("conflict", "có người vừa sửa chỗ này ở một cửa sổ khác.", "Xem lại rồi làm lại.")


def _put_away() -> Refused:
    return Refused("no-card", "việc này đã bỏ hoặc đã gộp.", "Lấy lại trước.")


def _accepted(card: Card) -> Card:
    return replace(card, state="accepted", item=_settled(card.item))


def _settled(item: Item) -> Item:
    return replace(item, doubts=(), inferred=())


def _edited(work: Work, item: Item, fields: Edit) -> Item:
    text = work.document.text
    stated = find_passage(text, fields.stated, (item.stated or item.quote).start) if fields.stated else None
    return replace(
        item,
        kind="standing" if fields.deadline is None else "obligation",
        title=fields.title,
        responsible=fields.responsible,
        coordinating=fields.coordinating,
        submit_to=fields.submit_to,
        product=fields.product,
        deadline=fields.deadline,
        at=fields.at,
        stated=stated,
    )


def _united(item: Item, other: Item) -> Item:
    responsible = _both(item.responsible, other.responsible)
    lacks = item.deadline is None and other.deadline is not None
    return replace(
        item,
        kind="obligation" if lacks else item.kind,
        responsible=responsible,
        coordinating=tuple(one for one in _both(item.coordinating, other.coordinating) if one not in responsible),
        submit_to=item.submit_to or other.submit_to,
        product=item.product or other.product,
        deadline=item.deadline or other.deadline,
        stated=item.stated or other.stated,
        doubts=other.doubts if lacks else item.doubts,
        collects=tuple(one for one in _both(item.collects, other.collects) if one not in (item.id, other.id)),
        at="; ".join(_both((item.at,) if item.at else (), (other.at,) if other.at else ())),
        also=_both(item.also, (other.quote, *other.also)),
    )


def _both(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _collects(card: Card, gone: str, now: str) -> Card:
    named = tuple(dict.fromkeys(now if one == gone else one for one in card.item.collects))
    return replace(card, item=replace(card.item, collects=named))


def _free_id(work: Work, title: str) -> str:
    stem, taken = as_id(title) or "viec", {card.item.id for card in work.cards}
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)
