"""One assignment lived through, fact by fact and delivery by delivery.

It is lived twice. The *eager* life takes the earliest that the rules admit wherever they leave a choice (a message is
tried the moment its channel is back, what is no longer owed is dropped at once), the *lazy* one the latest. Where
nothing is left to choice both are the same, and the engine must do just that; else one or the other is right.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from obligations.domain.plan import Obligation
from obligations.domain.policy import Policy
from tests.oracle.book import Book, Fact, Story
from tests.oracle.counter import Counter
from tests.oracle.days import Fall
from tests.oracle.desk import INSTANT, Key, Row

HELD_AND_MOVED = "moved-while-held"


class Walk(Counter):
    """The rows of one story, as they stand at the end of the book."""

    def __init__(self, story: Story, book: Book, *, lazy: bool) -> None:
        super().__init__(story.duty, book, lazy=lazy)
        self.facts = story.facts

    def run(self) -> dict[Key, Row]:
        ends = [fact.recorded_at for fact in self.facts[1:]] + [datetime.max.replace(tzinfo=self.book.zone)]
        for fact, end in zip(self.facts, ends, strict=True):
            self.take(fact)
            self.live(fact.recorded_at, end)
        return self.rows

    def live(self, start: datetime, end: datetime) -> None:
        """Every delivery from `start` until just before `end`; those at which nothing can happen are passed over."""
        place = self.book.first_delivery(start)
        while place < len(self.book.deliveries) and (delivery := self.book.deliveries[place]).at < end:
            self.plan(delivery.at)
            self.release(delivery)
            self.send(delivery)
            if any(row.left_at == delivery.at for row in self.rows.values()):  # what waited for the unit's own word
                self.release(delivery)
                self.send(delivery)
            place = self.next_place(place)

    def next_place(self, place: int) -> int:
        """The next delivery at which a row can change: soon, when a rung comes, or when a held one may be let go."""
        delivery, alive = self.book.deliveries[place], self.alive()
        now = delivery.at
        if any(row.state == "planned" and not (row.by_a_clerk and self.lazy) for row in alive):
            return place + 1
        times = [fall.at for fall in (*self.ladder, *self.reviews, *self.heralds) if fall.at > now]
        held = [row for row in alive if row.state == "held"]
        if held:
            # What left may be what a held one waits for, and who died may not have looked at it.
            if delivery.died or any(row.left_at == now for row in self.rows.values()):
                return place + 1
            times += [at for row in held if (at := self.may_be_let_go(row, now)) and at > now]
            times += self.book.last_deliveries  # so that it tells the last day's reason
        after = [self.book.first_delivery(at) for at in times if at > now]
        return max(place + 1, min(after)) if after else len(self.book.deliveries)

    def may_be_let_go(self, row: Row, now: datetime) -> datetime | None:
        """When what holds a row may have changed, apart from what people do with its assignment."""
        if row.why == "approval" or not self.is_owed(row.fall, now):
            return None
        if row.why == "register":
            return self.book.next_check(now)
        return datetime.combine(self.book.day(now) + timedelta(days=1), time(), self.book.zone)

    def take(self, fact: Fact) -> None:
        """A fact: what it mutes, moves and wakes, and the first word it calls for."""
        now, was_target, was_open = fact.recorded_at, self.life.target, self.life.is_open
        self.gather(now - INSTANT)
        self.crowd({fall.audience for fall in self.fallen})
        if fact.kind == "reassigned":  # what fell to the first unit is nobody's; the new one has its first word
            come = [*self.fallen, *(herald for herald in self.heralds if herald.at <= now)]
            self.lose([fall for fall in come if fall.audience in ("unit", "leader")], now)
        self.life.take(fact)
        moved = self.life.target != was_target
        if moved:
            self.move(was_target, now, was_open=was_open)
        self.spare([row for row in self.alive() if not self.is_owed(row.fall, now)])  # dropped with the fact, or later
        if moved or (self.life.is_open and not was_open):
            self.reached = now - INSTANT if fact is self.facts[0] else now
        if moved or not self.life.is_open:
            self.lose([fall for fall in self.fallen if not fall.cause], now)
        if fact.kind in ("confirmed", "returned", "reopened"):
            self.end_review(now)
        if fact.kind == "submitted":
            self.reviews = self.reviews_of(fact)
        if fact.kind == "reassigned":
            theirs = [row for row in self.alive() if row.fall.audience in ("unit", "leader")]
            (self.spare if self.lazy else self.drop)(theirs)
        self.announce(fact, moved=moved)

    def move(self, was: date | None, now: datetime, *, was_open: bool) -> None:
        """Another target: the old one's rows give way; held ones come back with it, should it come back."""
        for row in self.alive():
            if row.fall.due_on == was:
                row.also |= {"skipped"} if row.fall.cause or not (was_open and self.life.is_open) else set()
                row.end("superseded", HELD_AND_MOVED if row.state == "held" else "moved")
        target = self.life.target
        for row in self.rows.values():
            if row.fall.due_on == target and row.why == HELD_AND_MOVED:
                row.end("held", "")
        if target:
            self.since.setdefault(target, now)
        self.ladder = self.ladder_to(target) if target else []

    def ladder_to(self, target: date) -> list[Fall]:
        """Every rung, by the configuration in force at its time."""
        found: list[Fall] = []
        for version, start, end in self.book.spans():
            described = self.described(version.configuration)
            if described and end > self.since[target]:
                policy = self.policy(version.configuration, target)
                falls = self.book.days(version).ladder(policy, target)
                falls = [*falls, *self.coordinating(falls, policy, described[1])]
                found += [fall for fall in falls if start <= fall.at < end and fall.at >= self.since[target]]
        return sorted(found, key=lambda fall: fall.at)

    def coordinating(self, falls: list[Fall], policy: Policy, obligation: Obligation) -> list[Fall]:
        """Of later periods the coordinating units hear the largest before-rung and the first overdue one."""
        if not obligation.coordinating_units or not self.duty.opened_on or (self.duty.notice and policy.notice):
            return []
        told = {f"before-{number}" for number in policy.before if number == max(policy.before)}
        told |= {f"overdue-{count.days}" for count in policy.overdue[:1]}
        return [replace(fall, audience="coordinating") for fall in falls if fall.rung in told]

    def reviews_of(self, fact: Fact) -> list[Fall]:
        """What the reviewer hears of a submission until it is dealt with."""
        found: list[Fall] = []
        target = self.life.target
        for version, start, end in self.book.spans():
            if target and end > fact.recorded_at and self.described(version.configuration):
                policy, day = self.policy(version.configuration, target), self.book.day(fact.recorded_at)
                falls = self.book.days(version).reviews(policy, day, target, str(fact.id))
                found += [fall for fall in falls if start <= fall.at < end]
        return found

    def end_review(self, now: datetime) -> None:
        self.reviews = []
        self.lose([fall for fall in self.fallen if fall.cause], now)
        self.drop([row for row in self.alive() if row.fall.rung.startswith("review-")])

    def announce(self, fact: Fact, *, moved: bool) -> None:
        """The first word after a fact, if it calls for one, takes the place of one not yet planned."""
        version, target = self.book.version_at(fact.recorded_at), self.life.target
        described = self.described(version.configuration)
        if not described or not target:
            return
        policy = self.policy(version.configuration, target)
        rung = self.first_word(fact, described[1], moved=moved)
        if not rung or (rung == "notice" and not policy.notice):
            return
        first = fact.kind == "due_set"
        hours = version.configuration.office.hours
        at = self.book.days(version).opening(fact.recorded_at, policy, hours, lazy=self.lazy)
        self.lose(self.heralds, fact.recorded_at)
        cause, audiences = ("", ["unit", "coordinating"]) if first else (str(fact.id), ["unit"])
        day, since = self.book.day(at), fact.recorded_at
        self.heralds = [Fall(at, day, target, rung, one, cause=cause, since=since) for one in audiences]

    def first_word(self, fact: Fact, obligation: Obligation, *, moved: bool) -> str:
        """notice, returned, recorded, or nothing."""
        match fact.kind:
            case "returned":
                return "returned"
            case "confirmed":
                by_the_plan = obligation.done is not None and fact.recorded_at == self.facts[0].recorded_at
                return "" if by_the_plan or self.life.is_backfill else "recorded"
            case "due_set":
                return "notice" if self.duty.notice and moved and self.life.is_open else ""
            case "due_moved" | "extended":
                return "notice" if moved and self.life.is_open else ""
            case "reopened" | "reassigned":
                return "notice" if self.life.is_open else ""
        return ""
