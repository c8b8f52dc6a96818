"""What a document that came in answers: the duties of its sender, held against its number, its words, its periods.

A result recorded by mistake silences reminders, so what is not plain is left to a person: `is_sure` asks for a sender's
duty that the title names, in its period, with no other duty near.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from obligations.cases.receiving.register import Incoming
from obligations.cases.receiving.wording import (
    REPORT,
    Rarity,
    asks_for_time,
    beside,
    cites,
    is_no_result,
    kind_of,
    kinds_in,
    periods_in,
    says_head,
    syllables,
)
from obligations.domain.periods import Period
from obligations.draft.text import bare

MOST_CHOICES, _PERIODS_SHOWN = 4, 2
_LIKELY, _HINTED, _SURE, _LEAD = 0.4, 0.15, 0.75, 0.15
_CITED = 0.5  # what the plan's number in the title is worth, of a title said whole
_OF_KIND = {True: 0.2, False: -0.3, None: 0.0}
_NAMED = 0.45  # how much of a plan's title is said where its number is not
_MORE = 3  # syllables
_NEVER = 10**6
_FAR = 60  # days before its deadline from which a title without a period may mean another
ASKS_TIME = "xin lùi hạn, không phải kết quả"
NO_RESULT = "không giống văn bản báo kết quả"
OTHER_KIND = "không phải loại văn bản của việc này"
PERIOD_UNCLEAR = "chưa rõ báo cáo kỳ nào"
SEVERAL = "có việc khác gần giống"
UNLIKE = "trích yếu ít giống tên việc"
OTHER_MATTER = "trích yếu còn nói nội dung khác"
SIGNED_IN_TIME = "ký trong hạn, đến sau hạn: xem lại ngày gửi"
SIGNED_AFTER = "ngày ký sau ngày đến"


@dataclass(frozen=True)
class Owed:
    """A duty that waits for its result.

    `turn` names the obligation whatever the period, which is None where it is owed once; `numbers` are those of its
    plan and its basis.
    """

    code: str
    turn: tuple[str, str]
    title: str
    product: str
    period: Period | None
    due_on: date | None
    plan_title: str
    numbers: frozenset[str]

    def away(self, day: date) -> int:
        """Days between its deadline and a day."""
        return abs((self.due_on - day).days) if self.due_on else _NEVER


@dataclass(frozen=True)
class Choice:
    """A duty that a document may answer, and why: how much of its title is said, whether its plan, its period are.

    `is_of_kind`: whether the document is of the kind that the duty asks for; None where neither says.
    """

    code: str
    share: float
    is_cited: bool
    is_in_period: bool
    is_of_kind: bool | None

    @property
    def weight(self) -> float:
        return self.share + _CITED * self.is_cited + _OF_KIND[self.is_of_kind]


@dataclass(frozen=True)
class Match:
    """The likeliest duties first; `doubts`: why a person must look (empty when `is_sure`)."""

    choices: Sequence[Choice]
    doubts: Sequence[str]

    @property
    def is_sure(self) -> bool:
        return bool(self.choices) and not self.doubts


def match(incoming: Incoming, owed: Iterable[Owed], rarity: Rarity) -> Match:
    """What a document answers of what its sender owes; no choices where nothing is like it."""
    named, kind = periods_in(incoming.subject), kind_of(incoming.number, incoming.subject)
    said = (*_of_kind(kind, incoming.subject), *syllables(incoming.subject))
    found: list[tuple[Owed, Choice]] = []
    for one in owed:
        if (fits := _in_period(named, one)) is None:
            continue
        share = rarity.share(syllables(one.title), said)
        is_cited = cites(incoming.subject, one.numbers) or rarity.share(syllables(one.plan_title), said) >= _NAMED
        if share >= (_HINTED if is_cited else _LIKELY):
            found.append((one, Choice(one.code, share, is_cited, fits, _is_of_kind(kind, one))))
    if not found:
        return Match((), ())
    found.sort(key=lambda row: (-row[1].weight, not row[1].is_in_period, row[0].away(incoming.sent_on), row[0].code))
    doubts = list(_doubts(incoming, found, is_named=bool(named)))
    return Match(list(islice(_shown(found), MOST_CHOICES)), doubts)


def _shown(found: Sequence[tuple[Owed, Choice]]) -> Iterator[Choice]:
    """Of one obligation no more than two periods, so that others are seen, too."""
    turns: Counter[tuple[str, str]] = Counter()
    for owed, choice in found:
        turns[owed.turn] += 1
        if turns[owed.turn] <= _PERIODS_SHOWN:
            yield choice


def _of_kind(kind: str, subject: str) -> tuple[str, ...]:
    """The kind that a number tells, as if the title said it; without marks beside a title that has none."""
    words = syllables(kind)
    return tuple(map(bare, words)) if subject.isascii() else words


def _is_of_kind(kind: str, owed: Owed) -> bool | None:
    """Whether a duty asks for that kind of document; None where one of them says none: a report may tell of all."""
    wanted = kinds_in(f"{owed.title} {owed.product}")
    return kind in wanted if kind and (wanted or kind != REPORT) else None


def _in_period(named: Sequence[Period], owed: Owed) -> bool | None:
    """Whether the title names the duty's period first; None where it names others only."""
    if not named:
        return False
    if owed.period is None:
        return _is_once(named, owed)
    if owed.period in named:
        return owed.period == named[0]
    # The last half or quarter of a year is often told as the year.
    years = [one.year for one in named if one.kind == "year"]
    return False if owed.period.year in years and owed.period.last.month == 12 else None


def _is_once(named: Sequence[Period], owed: Owed) -> bool | None:
    """The same for what is owed once: by the period in its title, else by the year in which it is due."""
    if own := periods_in(owed.title):
        return named[0] in own if {*own} & {*named} else None
    years = [one.year for one in named if one.kind == "year"]
    if not years or (owed.due_on and not {owed.due_on.year, owed.due_on.year - 1} & {*years}):
        return None
    return owed.due_on is not None and named[0] == Period(owed.due_on.year, "year", 1)


def _doubts(incoming: Incoming, found: Sequence[tuple[Owed, Choice]], *, is_named: bool) -> Iterator[str]:
    """Why the first of these is not plainly what the document answers."""
    owed, choice = found[0]
    if asks_for_time(incoming.subject):
        yield ASKS_TIME
    elif is_no_result(incoming.subject):
        yield NO_RESULT
    if choice.is_of_kind is False:
        yield OTHER_KIND
    said = (*_of_kind(kind_of(incoming.number, ""), incoming.subject), *syllables(incoming.subject))
    if choice.share + _CITED * choice.is_cited < _SURE or not says_head(syllables(owed.title), said):
        yield UNLIKE
    elif not choice.is_cited and _is_of_more(incoming, owed):
        yield OTHER_MATTER
    if any(_is_rival(incoming, found[0], other) for other in found[1:]):
        yield SEVERAL
    if not choice.is_in_period and (is_named or owed.away(incoming.sent_on) > _FAR):
        yield PERIOD_UNCLEAR
    if incoming.signed_on and incoming.signed_on > incoming.sent_on:
        yield SIGNED_AFTER
    elif incoming.signed_on and owed.due_on and incoming.signed_on <= owed.due_on < incoming.sent_on:
        yield SIGNED_IN_TIME


def _is_of_more(incoming: Incoming, owed: Owed) -> bool:
    """Whether a title says more than the duty and its plan do: *phong trào thi đua* of another name."""
    known = (syllables(one) for one in (owed.title, owed.plan_title, owed.product, incoming.sender))
    return beside(syllables(incoming.subject), *known) > _MORE


def _is_rival(incoming: Incoming, first: tuple[Owed, Choice], other: tuple[Owed, Choice]) -> bool:
    """Whether another duty is as likely; of one obligation only the period named, else the one whose time it is."""
    if first[1].weight - other[1].weight >= _LEAD:
        return False
    if first[0].turn == other[0].turn:
        return first[1].is_in_period == other[1].is_in_period and other[0].away(incoming.sent_on) <= _FAR
    return True
