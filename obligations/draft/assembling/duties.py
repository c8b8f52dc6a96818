"""Clauses become duties: who, what, by when, for whom; what is owed on a day, what has none, what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from obligations.draft.assembling.calendars import Calendar, Heading, lead_of
from obligations.draft.assembling.clauses import Clause, clauses, label_of
from obligations.draft.assembling.items import dated_item, question, standing, timed
from obligations.draft.assembling.judging import asked_for, keep
from obligations.draft.assembling.late import is_past, last_day
from obligations.draft.assembling.owners import (
    bracketed,
    chain,
    doer_of,
    following_owner,
    is_hired,
    is_title,
    owner_of,
    subject_of,
)
from obligations.draft.assembling.recipients import Recipients, own_recipient
from obligations.draft.assembling.telling import announced, announces
from obligations.draft.assembling.unsaid import recurs_unsaid
from obligations.draft.assembling.words import (
    CLOSING,
    GOALS,
    NO_DUTY,
    SCHEDULE,
    SITUATION,
    STEPS,
    TERM,
    TO,
)
from obligations.draft.deadlines.bounding import bounds_of
from obligations.draft.deadlines.finding import find
from obligations.draft.deadlines.resolving import Resolved, day_said, resolve
from obligations.draft.deadlines.scope import Scope
from obligations.draft.model import Item
from obligations.draft.structure.outline import Item as Place
from obligations.draft.text import Folded
from obligations.draft.units.mentions import listed, whole
from obligations.draft.units.words import VERB


@dataclass
class Teller:
    """Goes through a document's items and tells their duties. `text` is the document's."""

    scope: Scope
    addressees: tuple[str, ...]
    issuer: str
    items: list[Item] = field(default_factory=list)
    _task: Item | None = None
    _numbered: bool = False
    _addressing: bool = False
    _said_on: date | None = None
    _heading: Heading | None = None
    _recipients: Recipients = field(default_factory=Recipients)

    def tell(self, places: Sequence[Place]) -> None:
        calendar = Calendar(self.scope)
        for number, place in enumerate(places):
            if self._is_address(place):
                continue
            after = places[number + 1] if number + 1 < len(places) else None
            self._heading = calendar.over(place, after)
            if not calendar.is_heading(place):
                self._place(place, after)
        self.items = [self._owned(item) for item in self.items if item.responsible or item.kind != "standing"]

    def _owned(self, item: Item) -> Item:
        """With somebody to ask: the issuer, where the text names nobody."""
        if item.responsible or item.kind != "obligation":
            return item
        return replace(
            item,
            responsible=(self.issuer,) if self.issuer else (),
            inferred=(*item.inferred, "responsible"),
            doubts=(*item.doubts, "văn bản không nêu rõ ai thực hiện"),
        )

    def _is_address(self, place: Place) -> bool:
        """*Kính gửi* and the dashes under it name who gets a letter; they ask for nothing."""
        is_dash = place.passage.marker.kind in ("dash", "plus")
        self._addressing = bool(TO.match(place.passage.text)) or (self._addressing and is_dash)
        return self._addressing

    def _place(self, place: Place, after: Place | None) -> None:
        self._numbered = self._numbered or place.passage.marker.kind not in ("", "dash", "plus")
        line = place.passage.body
        named = after is not None and label_of(after.passage.body) is not None and label_of(line) is None
        if not line.text or (is_title(place, after) and not named):
            return
        if place.passage.marker.kind not in ("", "dash", "plus") and label_of(line) is None:
            self._task = None  # a new matter
        headings = [one.body for one in place.above]
        if any(SITUATION.match(one.text) for one in headings) or (SITUATION.match(line.text) and len(line.text) < 60):
            return
        goals = any(GOALS.match(one.text) and not SCHEDULE.search(one.text) for one in headings)
        owner = owner_of(headings) or (self.addressees if self._owes(place) else ())
        cut = clauses(line)
        self._heading = (lead_of(cut[0].line, self.scope) if len(cut) > 1 else None) or self._heading
        self._said_on = None
        self._recipients = Recipients()
        labelled: tuple[str, int] | None = None
        current: tuple[str, ...] = ()
        for index, clause in enumerate(cut):
            if label := label_of(clause.line):
                self._label(place, *label, owner)
                labelled = label[0], clause.sentence
                continue
            if labelled and labelled[1] == clause.sentence and self._more_names(labelled[0], clause.line):
                continue
            said = () if owner and is_hired(clause.line) else subject_of(clause.line)
            if said:
                current = said
            following = following_owner(clause, cut[index + 1 :])
            who = self._charged(clause.line, said, current or owner) or doer_of(clause.line)
            implied = not who
            if not who and following and index + 1 < len(cut):
                who = following
            self._clause(place, clause, who, implied=implied, goals=goals)
        if named:
            self._step(place, line, owner)

    def _charged(self, line: Folded, said: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
        """Whom its brackets charge, where it does not begin with who acts; a mere name there only where nobody is known."""
        inner, is_told = ((), False) if said else bracketed(line)
        return inner if inner and (is_told or not known) else known

    def _step(self, place: Place, line: Folded, owner: tuple[str, ...]) -> None:
        """*Bước 1: Sơ tuyển*: what the labels under it tell of, where its own words gave no duty."""
        if self._task is None and STEPS.match(line.text):
            self._task = standing(place, line, owner)

    def _owes(self, place: Place) -> bool:
        """Whether the addressees owe it: an item of a letter, not its opening or end."""
        return bool(self.addressees) and not CLOSING.match(place.passage.body.text)

    def _clause(self, place: Place, clause: Clause, who: tuple[str, ...], *, implied: bool, goals: bool) -> None:
        line = clause.line
        found = resolve(find(line.text, line.shown), line.text, replace(self.scope, said_on=self._said_on))
        if self._heading:
            found = [self._heading.of_month(one, line.text) for one in found]
        if self._is_opening(place):
            found = asked_for(found, line.text)
        kept = keep(found, line.text, self.scope, goals=goals)
        if not who:
            kept = [announced(one) if one.form and announces(one, line.text) else one for one in kept]
        late = [one for one in found if one not in kept and one.form and is_past(one, self.scope)]
        dated = [one for one in kept if one.form is not None]
        if self._prolongs(line, dated):
            return
        self._said_on = next((day for one in reversed(dated) if (day := day_said(one))), self._said_on)
        known = len(self.items)
        if dated:
            self._dated(place, line, dated, who, implied=implied)
        self._recipients.carry(clause, self.items, known)
        self._task = self.items[-1] if dated else self._task
        asked = [one for one in kept if one.doubt and (one.form is None or one.rule.startswith("edge"))]
        for one in asked:
            self._ask(place, line, one.doubt, who, one)
        if not dated and not asked and not late:
            self._undated(place, line, who, found, goals=goals)

    def _prolongs(self, line: Folded, dated: list[Resolved]) -> bool:
        """*…; thời gian báo cáo đến hết tháng 4*: how long the recurrence before it is owed, no duty of its own."""
        last = self.items[-1] if self.items else None
        form = dated[0].form if len(dated) == 1 else None
        if not last or not last.deadline or not form or not TERM.match(line.text):
            return False
        if not last.deadline.keys() & {"every", "rrule"} or not (end := last_day(dated[0])):
            return False
        start = date.fromisoformat(str(form["start"])) if "start" in form else None
        self.items[-1] = replace(last, deadline=bounds_of(last.deadline, start, end))
        return True

    def _dated(self, place: Place, line: Folded, dated: list[Resolved], who: tuple[str, ...], *, implied: bool) -> None:
        start = 0
        previous: Item | None = None
        for piece, owner, ones in chain(line, dated, who):
            begin = start
            for one in ones:
                part = line.cut(begin, max(one.end, begin + 1))
                item = dated_item(place, line, one, owner, piece, part)
                if len(ones) > 1 and (own := own_recipient(line, one, ones)):
                    item = replace(item, submit_to=own if own not in owner else None)
                if implied and owner:
                    item = replace(item, inferred=(*item.inferred, "responsible"))
                if owner is not who and previous and owner:
                    item = replace(item, collects=(previous.id,))
                item = self._add(item)
                if owner is who or owner == who:
                    previous = item
                begin = one.end
            start = begin

    def _ask(self, place: Place, line: Folded, why: str, who: tuple[str, ...], one: Resolved | None = None) -> None:
        self._add(question(place, line, why, who, one))

    def _undated(self, place: Place, line: Folded, who: tuple[str, ...], found: list[Resolved], *, goals: bool) -> None:
        least = 5 if self._heading else 12
        if goals or self._is_opening(place) or len(line.text) < least or NO_DUTY.match(line.text):
            return
        is_closing = bool(CLOSING.match(line.text))
        if not any(one.is_recurrence for one in found) and recurs_unsaid(line.text, alone=is_closing or not who):
            self._ask(place, line, "định kỳ nhưng không nêu kỳ và ngày", who)
            return
        if is_closing:
            return
        if whole(line) or (not VERB.search(line.text) and not self._heading):
            return
        if self._heading and (due := self._heading.gives(place, line, who)):
            for one in due:
                self._task = self._add(one)
            return
        item = standing(place, line, who)
        self._task = self._add(item) if who else item

    def _is_opening(self, place: Place) -> bool:
        """Before the first numbered item stand grounds, not duties."""
        return not place.path and not place.above and not place.passage.marker.kind and not self._numbered

    def _label(self, place: Place, kind: str, value: Folded, owner: tuple[str, ...]) -> None:
        """`Thời gian: …`, `Chủ trì: …` say the rest of the duty before them, or of the one that `Nội dung: …` names."""
        if kind == "task":
            if (self._task is None or self._task.kind != "standing") and VERB.search(value.text):
                self._task = standing(place, value, owner)
            return
        task = self._task
        if task is None or not value.text:
            return
        if not task.id:
            task = self._add(task)
        if self.items[-1] is not task:
            return
        match kind:
            case "owner":
                changed = replace(task, responsible=tuple(listed(value)), inferred=(), doubts=())
            case "help":
                changed = replace(task, coordinating=tuple(listed(value)))
            case "product":
                changed = replace(task, product=value.shown)
            case "time":
                self._time(task, value)
                return
            case _:
                return
        self.items[-1] = self._task = changed

    def _more_names(self, label: str, line: Folded) -> bool:
        """`Chủ trì: Các phòng; công chức xã`: what follows the semicolon, where it is but names."""
        task = self._task
        if label not in ("owner", "help") or task is None or not self.items or self.items[-1] is not task:
            return False  # nobody was named yet, so none is one more
        if find(line.text, line.shown) or (VERB.search(line.text) and whole(line) is None):
            return False
        more = tuple(listed(line))
        if label == "owner":
            self.items[-1] = self._task = replace(task, responsible=(*task.responsible, *more))
        else:
            self.items[-1] = self._task = replace(task, coordinating=(*task.coordinating, *more))
        return True

    def _time(self, task: Item, value: Folded) -> None:
        found = keep(
            resolve(find(value.text, value.shown), value.text, self.scope),
            value.text,
            self.scope,
            goals=False,
            in_cell=True,
        )
        dated = [one for one in found if one.form]
        if not dated:
            for one in found:
                stated = value.span(one.start, one.end)
                asked = replace(task, kind="question", deadline=None, inferred=(), stated=stated, doubts=(one.doubt,))
                self.items[-1] = self._task = asked
            return
        self.items.pop()
        for one in dated:
            self._task = self._add(timed(task, value, one))

    def _add(self, item: Item) -> Item:
        named = replace(item, id=item.id or f"m{len(self.items) + 1}")
        self.items.append(named)
        return named
