"""One office's years: plans join on their days, people act, the engine reminds, and whatever can go wrong does.

The clock jumps from one thing that happens to the next; on days on which nothing does, nothing is done.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from sqlalchemy import Table, select, update

from obligations.cases import applied
from obligations.cases.answering import answers, authorizing, decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission
from obligations.cases.answering.decisions import Decision
from obligations.cases.app import App, open_app
from obligations.cases.configuring import applying
from obligations.cases.reminding.agenda import next_at
from obligations.cases.sending.delivery import deliver
from obligations.cases.settings import Settings
from obligations.cases.upkeep.auditing import audit
from obligations.domain.errors import Refused
from obligations.domain.ladder import Clockwork
from obligations.replay.people import Deed, People
from obligations.replay.post import Died, Post
from obligations.replay.weather import Weather
from obligations.store.database import reading, writing
from obligations.store.dying import dies_at_commits
from obligations.store.tables import METADATA

APPLYING, READING, AUDITING = time(9), time(8, 20), time(16)
ACTING = (time(9, 15), time(10, 30), time(14), time(15, 45))
AFTER, RETRYING = timedelta(minutes=1), timedelta(hours=2)
CLERK = "Văn thư (giả định)"
Act = Callable[[datetime], None]
_assignment: Table = METADATA.tables["assignment"]
_message: Table = METADATA.tables["message"]
_reminder: Table = METADATA.tables["reminder"]
_HELD = select(_reminder.c.id).where(_reminder.c.state == "held").limit(1)


@dataclass(frozen=True)
class Run:
    """One delivery that was begun; `is_shut`: no channel took anything; `died`: the process ended in it."""

    at: datetime
    is_shut: bool
    shaky: frozenset[str]
    failed: frozenset[str]
    died: bool = False


@dataclass
class Lived:
    """What happened, in the order it did."""

    runs: list[Run] = field(default_factory=list)
    versions: list[tuple[datetime, Mapping[str, str]]] = field(default_factory=list)
    deeds: int = 0
    refused: list[str] = field(default_factory=list)
    deaths: int = 0


class Life:
    """Lives in a scratch database at `settings`. `drafts` are the whole configurations and when each is applied."""

    def __init__(
        self, settings: Settings, drafts: Mapping[datetime, Mapping[str, str]], people: People, weather: Weather
    ) -> None:
        self.settings = settings
        self._people = people
        self._weather = weather
        self._acts: list[tuple[datetime, int, Act]] = []
        self._order = count()
        self._met = 0
        self._is_safe = False
        self._is_stirred = False
        self._clockwork: Clockwork
        self.app = self._open()
        first = self._retry_at = min(drafts)
        self.post = Post(weather, first)
        self.lived = Lived()
        for at, texts in drafts.items():
            self._when(at, self._apply(texts))

    def live(self, last: datetime) -> Iterator[datetime]:
        """Live to an instant; yields each one at which something happened."""
        while (now := self._next()) is not None and now <= last:
            self.post.now = now
            while self._acts and self._acts[0][0] <= now:
                at, _, act = heapq.heappop(self._acts)
                self._surviving(act, at)
            if self._is_due(now):
                self._remind(now)
            yield now
        self.app.close()

    def _open(self) -> App:
        app = open_app(self.settings)
        if not self._weather.is_fair:
            dies = lambda: not self._is_safe and self._weather.commit_dies()  # noqa: E731
            dies_at_commits(app.engine, dies, self._weather.is_after, Died)
        return app

    def _next(self) -> datetime | None:
        """The next instant at which anything happens: an act, or what waits to leave once the engine is on."""
        coming = next_at(self.app)
        instants = [act[0] for act in self._acts[:1]]
        if coming is not None:
            instants.append(self._weather.back_at(max(coming + AFTER, self._retry_at, self.post.now + AFTER)))
        return min(instants, default=None)

    def _is_due(self, now: datetime) -> bool:
        """Whether a delivery would find anything; the engine looks every few minutes and mostly finds nothing."""
        if self._weather.is_off(now):
            return False
        coming = next_at(self.app)
        return self._is_stirred or (coming is not None and coming <= now)

    def _remind(self, now: datetime) -> None:
        self._is_stirred = False
        self.post.clear()
        try:
            delivered = deliver(self.app, now, engine_id="replay", post=self.post)
            died = False
            self._retry_at = min(delivered.next_try_at or now, now + RETRYING)
        except Died:
            self._restart()
            died = True
        told = frozenset(self.post.shaky), frozenset(self.post.failed)
        self.lived.runs.append(Run(now, self._weather.is_shut(now), *told, died=died))

    def _surviving(self, act: Act, at: datetime) -> None:
        """Do it; where the process dies in it, whoever did it does it again."""
        self.lived.deeds += 1
        try:
            act(at)
        except Died:
            self._restart()
            self._is_safe = True
            act(at)
            self._is_safe = False

    def _restart(self) -> None:
        """A new process; the leases of the old one have run out."""
        self.lived.deaths += 1
        self.app.engine.dispose()
        self.app = self._open()
        self._is_safe = True
        with writing(self.app.engine) as session:
            session.execute(update(_message).where(_message.c.lease_until.is_not(None)).values(lease_until=0))
        self._is_safe = False

    def _apply(self, texts: Mapping[str, str]) -> Act:
        def act(now: datetime) -> None:
            applying.apply(self.app, texts, now, by=CLERK)
            self._clockwork = applied.current(self.app).ladders.clockwork
            if not self.lived.versions or self.lived.versions[-1][0] != now:
                self.lived.versions.append((now, texts))
            self._meet(now)
            if len(self.lived.versions) == 1:
                self._when(self._at(self._today(now), AUDITING), self._week)
                self._when(self._at(self._today(now), AUDITING), self._register)

        return act

    def _week(self, now: datetime) -> None:
        """Duties of the year to come, and an audit."""
        applying.extend(self.app, now)
        self._meet(now)
        if not self._weather.is_off(now):
            audit(self.app, now)
        self._when(now + timedelta(days=7), self._week)

    def _register(self, now: datetime) -> None:
        """On working days on which something is held the register may be read, and what waits approved."""
        following = self._clockwork.calendar.add(self._today(now), 1)
        self._when(self._at(following, READING), self._register)
        reads, approves = self._people.reads_register(self._today(now))
        self._is_stirred = self._is_held()
        if reads and self._is_stirred:
            authorizing.check_register(self.app, now, by=CLERK)
            if approves:
                authorizing.approve(self.app, None, now, by=CLERK)

    def _is_held(self) -> bool:
        with reading(self.app.engine) as session:
            return session.execute(_HELD).first() is not None

    def _meet(self, now: datetime) -> None:
        """Whoever got a duty now decides what becomes of it."""
        table = _assignment.c
        query = select(table.id, table.code, table.due_on, table.phase).where(table.id > self._met)
        with reading(self.app.engine) as session:
            new = session.execute(query.order_by(table.id)).all()
        for number, code, due_on, phase in new:
            self._met = max(self._met, number)
            if phase != "open" or due_on is None:
                continue
            for place, deed in enumerate(self._people.deeds(code, self._today(now), due_on)):
                hour = ACTING[(number + place) % len(ACTING)]
                self._when(self._at(deed.on, hour), self._do(code, deed))

    def _do(self, code: str, deed: Deed) -> Act:
        def act(now: datetime) -> None:
            try:
                self._record(Address(code), deed, now)
            except Refused as refused:
                self.lived.refused.append(f"{code} {deed.name}: {refused.code}")

        return act

    def _record(self, address: Address, deed: Deed, now: datetime) -> None:
        app, said = self.app, deed.said
        decision = Decision(deed.about, CLERK, document=f"{abs(hash(address.code)) % 900}/CV")
        match deed.name:
            case "submit":
                answers.submit(app, address, Submission(deed.about, document="1/BC"), now, by=CLERK, day_stated=False)
            case "confirm":
                answers.confirm(app, address, deed.about, now, by=CLERK, day_stated=False)
            case "acknowledge":
                answers.acknowledge(app, address, said["expected_on"], now, by=CLERK)
            case "return":
                decisions.send_back(app, address, decision, now, **said)
            case "ask":
                decisions.extend(app, address, decision, now, to=said["to"])
            case "extend":
                decisions.extend(app, address, decision, now, to=said["to"], granted_by="Lãnh đạo")
            case "refuse":
                decisions.refuse_extension(app, address, decision, now)
            case "reassign":
                decisions.reassign(app, address, decision, now, to=said["to"])
            case name:
                getattr(decisions, name)(app, address, decision, now)

    def _when(self, at: datetime, act: Act) -> None:
        heapq.heappush(self._acts, (at, next(self._order), act))

    def _today(self, now: datetime) -> date:
        return self._clockwork.local(now).date()

    def _at(self, day: date, hour: time) -> datetime:
        return self._clockwork.instant(day, hour).astimezone(UTC)
