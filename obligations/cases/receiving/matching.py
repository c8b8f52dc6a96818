"""What a document that came in answers: the duties of its sender, held against its words, its number, its periods.

A result recorded by mistake silences reminders, so whatever is not plain is left to a person, with what makes it so:
a document plainly answers a duty only when its title says the duty's title, its period and nothing besides, at a time
when such a result can be, and when no other duty is near.
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
    Named,
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
    title_syllables,
)
from obligations.domain.periods import Kind, Period
from obligations.draft.text import bare

MOST_CHOICES, _PERIODS_SHOWN = 4, 2
_LIKELY, _HINTED, _SURE, _LEAD = 0.4, 0.15, 0.75, 0.15
_CITED = 0.5  # what the plan's number or name in the title is worth, of a duty's title said whole
_OF_KIND = {True: 0.2, False: -0.3, None: 0.0}
_NAMED = 0.45  # how much of a plan's title is said where its number is not
_NEVER = 10**6
# Days before its deadline from which a result is surprisingly early: of what is owed once, or by its period.
_EARLY = 60
_EARLY_OF: dict[Kind, int] = {"month": 40, "quarter": 60, "half-year": 60, "year": 60}
ASKS_TIME = "xin lùi hạn, không phải kết quả"
NO_RESULT = "không giống văn bản báo kết quả"
OTHER_KIND = "không phải loại văn bản của việc này"
PERIOD_UNCLEAR = "chưa rõ báo cáo kỳ nào"
SEVERAL = "có việc khác gần giống"
UNLIKE = "trích yếu ít giống tên việc"
OTHER_MATTER = "trích yếu còn nói nội dung khác"
EARLY = "gửi quá sớm so với hạn"
UNDATED = "việc còn chờ mốc, chưa có hạn"
SIGNED_IN_TIME = "ký trong hạn, đến sau hạn: xem lại ngày gửi"
DAYS_UNCLEAR = "ngày ký, ngày gửi, ngày đến không khớp nhau"


@dataclass(frozen=True)
class Owed:
    """A duty that waits for its result.

    `turn` names the obligation and its unit whatever the period, which is None where it is owed once; `numbers` are
    those of its plan and its basis; `since` is the day of the plan.
    """

    code: str
    turn: tuple[str, str, str]
    title: str
    product: str
    period: Period | None
    due_on: date | None
    plan_title: str = ""
    numbers: frozenset[str] = frozenset()
    since: date | None = None

    def away(self, day: date) -> int:
        """Days between its deadline and a day."""
        return abs((self.due_on - day).days) if self.due_on else _NEVER

    def is_early(self, day: date) -> bool:
        """Whether no result is to be expected on a day: before the plan, or long before the deadline."""
        if self.since and day < self.since:
            return True
        ahead = _EARLY_OF[self.period.kind] if self.period else _EARLY
        return self.due_on is not None and (self.due_on - day).days > ahead


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


_Found = tuple[Owed, Choice]


def match(incoming: Incoming, owed: Iterable[Owed], rarity: Rarity) -> Match:
    """What a document answers of what its sender owes; no choices where nothing is like it."""
    title = _Title(incoming, rarity)
    found = [(one, choice) for one in owed if (choice := title.choice(one))]
    if not found:
        return Match((), ())
    found.sort(key=lambda row: (-row[1].weight, not row[1].is_in_period, row[0].away(incoming.sent_on), row[0].code))
    return Match(list(islice(_shown(found), MOST_CHOICES)), list(title.doubts(found)))


def _shown(found: Sequence[_Found]) -> Iterator[Choice]:
    """Of one obligation no more than two periods, so that others are seen, too."""
    turns: Counter[tuple[str, ...]] = Counter()
    for owed, choice in found:
        turns[owed.turn] += 1
        if turns[owed.turn] <= _PERIODS_SHOWN:
            yield choice


class _Title:
    """A document's title, read once; what was found of a duty's title and of a plan is kept for its many periods."""

    def __init__(self, incoming: Incoming, rarity: Rarity) -> None:
        self.incoming = incoming
        self._rarity = rarity
        self._named: Named = periods_in(incoming.subject)
        self._kind = kind_of(incoming.number, incoming.subject)
        by_number = syllables(kind_of(incoming.number, ""))  # what only the number tells is as good as said
        before = map(bare, by_number) if incoming.subject.isascii() else by_number
        self._said = (*before, *syllables(incoming.subject))
        self._shares: dict[str, float] = {}
        self._plans: dict[tuple[str, frozenset[str]], bool] = {}

    def choice(self, owed: Owed) -> Choice | None:
        """The duty as one that may be meant; None where it is not."""
        if (fits := _in_period(self._named.periods, owed)) is None:
            return None
        share = self._share(owed.title)
        is_cited = self._is_cited(owed)
        if share < (_HINTED if is_cited else _LIKELY):
            return None
        return Choice(owed.code, share, is_cited, fits, _is_of_kind(self._kind, owed))

    def doubts(self, found: Sequence[_Found]) -> Iterator[str]:
        """Why the first of these is not plainly what the document answers."""
        owed, choice = found[0]
        if asks_for_time(self.incoming.subject):
            yield ASKS_TIME
        elif is_no_result(self.incoming.subject):
            yield NO_RESULT
        if choice.is_of_kind is False:
            yield OTHER_KIND
        if choice.share < _SURE or not says_head(title_syllables(owed.title), self._said):
            yield UNLIKE
        elif self._says_more(owed):
            yield OTHER_MATTER
        if any(self._is_rival(found[0], other) for other in found[1:]):
            yield SEVERAL
        if not self._is_clear(owed, choice):
            yield PERIOD_UNCLEAR
        elif owed.is_early(self.incoming.sent_on):
            yield EARLY
        if owed.due_on is None:
            yield UNDATED
        yield from self._days(owed)

    def _share(self, title: str) -> float:
        if title not in self._shares:  # one title stands for many periods
            self._shares[title] = self._rarity.share(title_syllables(title), self._said)
        return self._shares[title]

    def _is_cited(self, owed: Owed) -> bool:
        plan = owed.plan_title, owed.numbers
        if plan not in self._plans:
            self._plans[plan] = cites(self.incoming.subject, owed.numbers) or self._share(owed.plan_title) >= _NAMED
        return self._plans[plan]

    def _says_more(self, owed: Owed) -> bool:
        """Whether a title says more than the duty and its plan do: a draft, a refusal, a movement of another name."""
        known = (owed.title, owed.plan_title, owed.product, self.incoming.sender, *owed.numbers)
        return beside(syllables(self.incoming.subject), *map(syllables, known)) > 0

    def _is_rival(self, first: _Found, other: _Found) -> bool:
        """Whether another duty is as likely; which period of one obligation is meant is asked apart."""
        return first[0].turn != other[0].turn and first[1].weight - other[1].weight < _LEAD

    def _is_clear(self, owed: Owed, choice: Choice) -> bool:
        """Whether the title tells the period; where it is silent, what is owed once needs none."""
        if not self._named.is_clear:
            return False
        return choice.is_in_period or (owed.period is None and not self._named.periods)

    def _days(self, owed: Owed) -> Iterator[str]:
        signed, sent, arrived = self.incoming.signed_on, self.incoming.sent_on, self.incoming.arrived_on
        if (signed and signed > sent) or (arrived and sent > arrived):
            yield DAYS_UNCLEAR
        elif signed and owed.due_on and signed <= owed.due_on < sent:
            yield SIGNED_IN_TIME


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
    if own := periods_in(owed.title).periods:
        return named[0] in own if {*own} & {*named} else None
    years = [one.year for one in named if one.kind == "year"]
    if not years or (owed.due_on and not {owed.due_on.year, owed.due_on.year - 1} & {*years}):
        return None
    return owed.due_on is not None and named[0] == Period(owed.due_on.year, "year", 1)
