"""Years on a fake clock through the real use cases: plans applied on their days, rungs leaving, units answering.

The clock jumps from one thing that happens to the next; nothing is done for days on which nothing does.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from flows.people import People
from flows.record import Recorder
from obligations.cases.answering import answers
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission
from obligations.cases.app import App
from obligations.cases.configuring import applying
from obligations.cases.reading.status import status
from obligations.cases.reminding.agenda import next_at, wanted_runs
from obligations.cases.sending.delivery import deliver
from obligations.cases.upkeep.auditing import audit
from obligations.domain.plan import Configuration

MORNING, SENDING, NOTING, AUDITING = time(9), time(14), time(10, 30), time(16)
AFTER_RUNG = timedelta(minutes=1)
CLERK, UNIT = "Văn thư (giả định)", "Đơn vị (giả định)"
Deed = Callable[[datetime], None]


@dataclass
class Lived:
    """What happened, in numbers."""

    plans: int = 0
    runs: int = 0
    submitted: int = 0
    confirmed: int = 0
    late_audits: list[date] = field(default_factory=list)


class Years:
    """One life of an office. `texts` are the whole configuration; each plan joins on its own day."""

    def __init__(self, app: App, texts: Mapping[str, str], configuration: Configuration, seed: int) -> None:
        self._app = app
        self._texts = texts
        self._plans = configuration.plans
        self._zone = ZoneInfo(configuration.office.time_zone)
        self._people = People(seed, configuration.calendar)
        self._deeds: list[tuple[datetime, int, Deed]] = []
        self._order = count()
        self._answered: set[str] = set()
        self._audited: set[date] = set()
        self.lived = Lived()

    def live(self, first: date, last: date, record: Recorder | None) -> Iterator[date]:
        """Live from one day to another; yields each day on which something happened."""
        for name, day in plan_days(self._plans, first).items():
            if day <= last:
                self._when(day, MORNING, self._apply(name, day))
        end = self._at(last, time(23, 59))
        while (now := self._next()) is not None and now <= end:
            while self._deeds and self._deeds[0][0] <= now:
                at, _, deed = heapq.heappop(self._deeds)
                deed(at)
            self._remind(now, record)
            yield now.astimezone(self._zone).date()

    def _next(self) -> datetime | None:
        """The next instant at which anything happens: a deed, or the first rung that waits."""
        rung = next_at(self._app)
        instants = [deed[0] for deed in self._deeds[:1]] + ([rung] if rung else [])
        return min(instants, default=None)

    def _remind(self, now: datetime, record: Recorder | None) -> None:
        """Each obligation with rungs due is checked, as a flow run of its own when recorded; then all is delivered."""
        owed = [run for run in wanted_runs(self._app, now, days=0) if run.owed]
        for run in owed:
            if record:
                record.check_obligation(run.plan, run.obligation, run.rungs, now)
                self.lived.runs += 1
        if owed:
            deliver(self._app, now + AFTER_RUNG, engine_id="demo")
            day = now.astimezone(self._zone).date()
            if day not in self._audited and now < self._at(day, AUDITING):
                self._audited.add(day)
                self._when(day, AUDITING, self._audit)

    def _apply(self, plan: str, day: date) -> Deed:
        def deed(now: datetime) -> None:
            known = {name for name, begins in plan_days(self._plans, day).items() if begins <= day}
            files = {f"plans/{name}.yaml" for name in known | {plan}}
            texts = {name: text for name, text in self._texts.items() if name in files or not name.startswith("plans/")}
            applying.apply(self._app, texts, now, by=CLERK)
            self.lived.plans += 1
            self._expect_answers(now)

        return deed

    def _expect_answers(self, now: datetime) -> None:
        given_on = now.astimezone(self._zone).date()
        for duty in status(self._app, now).assignments:
            if duty.code in self._answered or duty.submitted_on or not duty.due_on:
                continue
            self._answered.add(duty.code)
            if answer := self._people.answer(duty.code, given_on, duty.due_on):
                self._when(answer.sent_on, SENDING, self._submit(duty.code, answer.sent_on))
                self._when(answer.confirmed_on, NOTING, self._confirm(duty.code, answer.confirmed_on))

    def _submit(self, code: str, on: date) -> Deed:
        def deed(now: datetime) -> None:
            document = f"{int(code[-4:]) + 100}/BC"
            answers.submit(self._app, Address(code), Submission(on, document=document), now, by=UNIT)
            self.lived.submitted += 1

        return deed

    def _confirm(self, code: str, on: date) -> Deed:
        def deed(now: datetime) -> None:
            answers.confirm(self._app, Address(code), on, now, by=CLERK)
            self.lived.confirmed += 1

        return deed

    def _audit(self, now: datetime) -> None:
        if audit(self._app, now).waiting:
            self.lived.late_audits.append(now.astimezone(self._zone).date())

    def _when(self, day: date, hour: time, deed: Deed) -> None:
        heapq.heappush(self._deeds, (self._at(day, hour), next(self._order), deed))

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self._zone).astimezone(UTC)


def plan_days(plans: Mapping[str, object], first: date) -> dict[str, date]:
    """The day each plan joins: its issue day, the day in hand where it bears none; `first` where that is later."""
    days = {name: getattr(plan, "issued_on", None) or getattr(plan, "in_hand_on", None) for name, plan in plans.items()}
    return dict(sorted(((name, max(day or first, first)) for name, day in days.items()), key=lambda one: one[1]))
