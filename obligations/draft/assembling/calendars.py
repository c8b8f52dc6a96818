"""Headings that say when: *Tháng 3*, *Quý II/2026*, *Giai đoạn 1 (từ … đến …)*. What stands under them is due then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from obligations.domain.deadline import InPeriod
from obligations.domain.grammar import parse
from obligations.draft.assembling.items import standing
from obligations.draft.assembling.late import is_past
from obligations.draft.assembling.owners import is_title
from obligations.draft.assembling.words import CLOSING, STEPS
from obligations.draft.deadlines.finding import find
from obligations.draft.deadlines.resolving import Resolved, resolve
from obligations.draft.deadlines.scope import Scope
from obligations.draft.model import Item
from obligations.draft.structure.outline import Item as Place
from obligations.draft.text import Folded, lax
from obligations.draft.units.words import VERB

_LEAD = re.compile(
    lax(
        r"\W*(?:(?:các |những )?(?:nhiệm vụ|công tác|nội dung|công việc|hoạt động|chương trình|lịch|kế hoạch|thời gian)"
        r"(?: công tác| trọng tâm| chủ yếu| cụ thể| thực hiện| hoạt động| làm việc| của)*)?\W*(?:trong)?\W*"
    )
)
_NO_LETTERS = re.compile(r"\W*")
_STANDS = re.compile(lax(r"(?:thường xuyên|liên tục|khi có|đột xuất)(?!\w)"))
# *Giai đoạn chuẩn bị: từ … đến …*: a stage by its name, then its days.
_STAGE = re.compile(lax(r"giai đoạn (?!\d)[\w ,]{2,40} ?[:(]"))
_DAY_ALONE = re.compile(lax(r"ngày (?P<day>\d{1,2})$"))
_MOST = 140  # letters of a heading


@dataclass(frozen=True)
class Heading:
    """A heading's line and the deadlines that it names."""

    line: Folded
    ones: tuple[Resolved, ...]

    def gives(self, place: Place, line: Folded, who: tuple[str, ...]) -> list[Item]:
        """A clause under it, due when it says; asked about where it names no day."""
        if _STANDS.match(line.text):
            return []
        base = standing(place, line, who)
        return self.due(base) if not base.trigger else []

    def of_month(self, one: Resolved, text: str) -> Resolved:
        """*Trước ngày 20* under *Tháng 3* is a day of that month; all else stays."""
        form = parse(self.ones[0].form) if len(self.ones) == 1 and self.ones[0].form else None
        said = _DAY_ALONE.search(text, one.start, one.end) if one.rule == "day-alone" and one.form is None else None
        if not said or not isinstance(form, InPeriod) or form.period.kind != "month":
            return one
        try:
            day = form.period.first.replace(day=int(said["day"]))
        except ValueError:
            return one
        return replace(one, form={"before" if text.startswith("trước", one.start) else "by": day.isoformat()}, doubt="")

    def due(self, base: Item) -> list[Item]:
        """What has no day of its own, on each of the heading's."""
        return [_due(base, self.line, one) for one in self.ones]


def _due(base: Item, heading: Folded, one: Resolved) -> Item:
    stated = heading.span(one.start, one.end)
    if one.form is None:
        return replace(base, kind="question", stated=stated, doubts=(one.doubt,))
    return replace(base, kind="obligation", deadline=one.form, stated=stated, inferred=one.inferred, source=one.source)


def _of_title(scope: Scope) -> Scope:
    """A programme of 2026 that is signed in December 2025 means the months of 2026."""
    is_early = scope.is_one_year and scope.issued_on and scope.last and scope.issued_on.year < scope.last
    return replace(scope, issued_on=date(scope.last, 1, 1)) if is_early and scope.last else scope


def heading_of(line: Folded, scope: Scope) -> Heading | None:
    """The line as a heading that says when, if it says nothing else; a step may be named beside its days."""
    said, bracket, _ = line.text.partition(" (")
    if bracket and (bare := heading_of(line.cut(0, len(said)), scope)):
        return bare  # *Tháng 3 (trọng tâm: …)*: what its bracket tells of sets no day
    if len(line.text) > _MOST:
        return None
    scope = _of_title(scope)
    ones = [one for one in resolve(find(line.text, line.shown), line.text, scope) if one.form or one.doubt]
    if not ones or any(is_past(one, scope) for one in ones):
        return None
    before, after = line.text[: ones[0].start], line.text[ones[-1].end :]
    alone = _LEAD.fullmatch(before) and _NO_LETTERS.fullmatch(after)
    step = (
        (STEPS.match(line.text) or _STAGE.match(line.text))
        and len(ones) == 1
        and ones[0].form
        and not ones[0].is_recurrence
    )
    return Heading(line, tuple(ones)) if alone or step else None


def lead_of(line: Folded, scope: Scope) -> Heading | None:
    """*Tháng 3: tổ chức …; xây dựng …*: the time before a colon is that of every clause after it."""
    head, colon, _ = line.text.partition(":")
    return heading_of(line.cut(0, len(head)), scope) if colon and len(head) < _MOST and not VERB.search(head) else None


@dataclass
class Calendar:
    """The heading that is in force. A marked one stands above its items; one without a mark holds till the next."""

    scope: Scope
    _open: Heading | None = None
    _number: str = ""
    _left_at: str = ""
    _last: str = field(default="")

    def over(self, place: Place, after: Place | None) -> Heading | None:
        """The heading that a place stands under; goes on to that place."""
        self._step(place, after)
        marked = self._marked([one.body for one in place.above])
        return marked or self._open

    def is_heading(self, place: Place) -> bool:
        return not place.passage.marker.kind and heading_of(place.passage.body, self.scope) is not None

    def _marked(self, above: Sequence[Folded]) -> Heading | None:
        return next((found for line in reversed(above) if (found := heading_of(line, self.scope))), None)

    def _step(self, place: Place, after: Place | None) -> None:
        marker = place.passage.marker
        if not marker.kind:
            found = heading_of(place.passage.body, self.scope)
            if found:
                self._open, self._left_at = found, self._number
            elif self._last or CLOSING.match(place.passage.body.text):
                self._open = None  # a paragraph after a list tells of something else
        elif marker.kind in ("part", "roman", "article") or self._is_next(place, after):
            self._open = None
        if marker.kind == "arabic":
            self._number = marker.label
        self._last = marker.kind

    def _is_next(self, place: Place, after: Place | None) -> bool:
        """*3. Tổ chức thực hiện* after the months of *2. Nội dung*: the count goes on over them."""
        label = place.passage.marker.label
        goes_on = self._left_at.isdigit() and label.isdigit() and int(label) == int(self._left_at) + 1
        return place.passage.marker.kind == "arabic" and goes_on and is_title(place, after)
