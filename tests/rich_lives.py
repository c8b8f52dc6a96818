"""A rich life in miniature: two months in which, by seed, everything is answered, decided, moved, renamed and ended."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from random import Random

from sqlalchemy import select

from obligations.cases.answering import anchoring, answers, authorizing, decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission
from obligations.cases.answering.decisions import Decision
from obligations.cases.configuring import applying
from obligations.cases.sending.delivery import deliver
from obligations.config.load import read_folder
from obligations.domain.errors import Refused
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.offices import UNITS, ZONE, Office, obligation

FIRST, LAST = date(2022, 7, 11), date(2022, 9, 9)
_assignment = METADATA.tables["assignment"]
_DAY = timedelta(days=1)
ENDING = """
- id: so-cu
  name: Sở Cũ
  to: 2022-08-15
  contacts: [{name: Anh Cũ, role: focal, email: dau-moi@so-cu.example}]
groups:"""
GROUP = "members: [so-y-te, so-xay-dung, so-cu]"
# Looks at a life while it is lived: is sent the last minute of each day, and None when the life is over.
Watching = Generator[None, datetime | None, None]
Promise = Callable[[Office, int], Watching]


def keep(office: Office, seed: int, promises: tuple[Promise, ...]) -> None:
    """Live one seed in an office and hold every promise on it, in their order; the first breach of each is told.

    Raises:
        ExceptionGroup: the breaches, each with its promise, the seed and the evening.
    """
    watching = {promise.__name__: promise(office, seed) for promise in promises}
    for one in watching.values():
        next(one)
    broken: list[Exception] = []
    for evening in chain(RichLife(office, seed).live(), (None,)):
        for name, one in list(watching.items()):
            if breach := _breach(one, evening):
                breach.add_note(f"{name}: seed {seed}, {evening or 'when the life is over'}")
                broken.append(breach)
                del watching[name]
    if broken:
        raise ExceptionGroup(f"seed {seed} breaks {len(broken)} of {len(promises)} promises", broken)


def _breach(watching: Watching, evening: datetime | None) -> Exception | None:
    try:
        watching.send(evening)
    except StopIteration:
        assert evening is None, "a promise that stops looking"
    except Exception as breach:  # noqa: BLE001 (told with all others, once the life is over)
        return breach
    return None


class RichLife:
    """Lives an office day by day; the same seed, the same life."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office = office
        self.random = Random(seed)  # noqa: S311 - a seed, not a secret
        self.refused = 0
        self._units = UNITS.replace("\ngroups:", ENDING).replace("members: [so-y-te, so-xay-dung]", GROUP)
        self._duties = {
            "mot-lan": obligation("mot-lan", "{by: 2022-07-29}"),
            "gio": obligation("gio", "{by: 2022-08-05, at: 14:00}"),
            "quy": obligation("quy", "{every: quarter, by: {month: 3, day: 15}, to: 2022-Q4}"),
            "thang": obligation("thang", "{every: month, by: 25, from: 2022-07, to: 2022-09}"),
            "sau": obligation("sau", "{after: mot-lan, working_days: 5}"),
            "moc": obligation("moc", "{after: 'event:hoi-nghi', days: 10}"),
            "truoc": obligation("truoc", "{by: 2022-07-09}"),
            "xong": obligation("xong", "{by: 2022-07-29}", more="done: {on: 2022-07-09, document: 3/BC}"),
        }
        self._drafts = {
            date(2022, 7, 20): self._amend,
            date(2022, 7, 26): self._correct,
            date(2022, 8, 3): self._rename,
            date(2022, 8, 10): self._calendar,
            date(2022, 8, 17): self._regroup,
            date(2022, 8, 24): self._end,
        }

    def live(self) -> Iterator[datetime]:
        """Gives the last minute of each day."""
        self._write()
        self._apply(self._at(FIRST, 8, 30))
        day = FIRST
        while day <= LAST:
            deliver(self.office.app, self._at(day, 9), engine_id="test")
            self._live(day)
            yield self._at(day, 23, 59)
            day += _DAY

    def _live(self, day: date) -> None:
        if change := self._drafts.get(day):
            change()
            self._write()
            self._apply(self._at(day, 10), members=["ke-hoach"] if day == date(2022, 8, 17) else [])
        if day == date(2022, 7, 22):
            anchoring.date_event(self.office.app, "ke-hoach", "hoi-nghi", day, self._at(day, 10), by="Mai")
        if day == date(2022, 8, 1):  # the wrong day was recorded
            anchoring.date_event(self.office.app, "ke-hoach", "hoi-nghi", day - _DAY, self._at(day, 10), by="Mai")
        for minute in range(self.random.randrange(6)):
            self._act(day, self._at(day, 11, minute))

    def _act(self, day: date, now: datetime) -> None:
        it = Address(self.random.choice(self._codes()))
        back = day - _DAY * self.random.choice((0, 0, 0, 1, 4, 9))
        ahead = day + _DAY * self.random.randrange(1, 25)
        said = Decision(back, "Mai", document=self.random.choice((None, f"{day:%d}/VP")))
        app, random = self.office.app, self.random
        deeds = (
            lambda: answers.submit(app, it, Submission(back), now, by="Mai"),
            lambda: answers.submit(app, it, Submission(back, received=day, nil=random.random() < 0.2), now, by="Mai"),
            lambda: answers.confirm(app, it, day, now, by="Mai", day_stated=False),
            lambda: answers.confirm(app, it, back, now, by="Mai"),
            lambda: answers.acknowledge(app, it, ahead, now, by="Mai"),
            lambda: decisions.send_back(
                app, it, said, now, resubmit_by=random.choice((None, ahead)), keep=random.random() < 0.5
            ),
            lambda: decisions.extend(app, it, said, now, to=ahead, granted_by=random.choice((None, "Giám đốc"))),
            lambda: decisions.refuse_extension(app, it, said, now),
            lambda: decisions.waive(app, it, said, now),
            lambda: decisions.reopen(app, it, said, now),
            lambda: decisions.reassign(app, it, said, now, to="so-ngoai-cuoc"),
            lambda: decisions.urge(app, it, said, now),
            lambda: authorizing.check_register(app, now, by="Mai"),
            lambda: authorizing.approve(app, None, now, by="Mai"),
        )
        try:
            random.choice(deeds)()
        except Refused:
            self.refused += 1

    def _codes(self) -> list[str]:
        with reading(self.office.app.engine) as session:
            return list(session.execute(select(_assignment.c.code).order_by(_assignment.c.id)).scalars())

    def _write(self) -> None:
        self.office.write("units.yaml", self._units).plan(*self._duties.values(), issued_on="2022-07-01")

    def _apply(self, now: datetime, members: list[str] | None = None) -> None:
        applying.apply(self.office.app, read_folder(self.office.folder), now, by="thư ký", members=members or [])

    def _amend(self) -> None:
        self._duties["mot-lan"] = obligation("mot-lan", "{by: 2022-08-12}", more="moved: {amended_by: 20/KH-SM}")

    def _correct(self) -> None:
        more = "moved: {correction: gõ nhầm}"
        self._duties["gio"] = obligation("gio", "{by: 2022-08-09, at: 10:00}", more=more)

    def _rename(self) -> None:
        form = "{every: quarter, by: {month: 3, day: 15}, to: 2022-Q4}"
        self._duties["quy"] = obligation("bao-cao-quy", form, more="was: quy")

    def _calendar(self) -> None:
        self.office.write("calendar.yaml", "days_off: [{on: 2022-08-22, name: Bão, document: 5/CĐ}]\n")

    def _regroup(self) -> None:
        self._units = self._units.replace(GROUP, "members: [so-y-te, so-ngoai-cuoc, so-cu]")

    def _end(self) -> None:
        more = "ended: {on: 2022-08-31, by: 45/QĐ-SM, reason: hết nguồn}"
        form = "{every: month, by: 25, from: 2022-07, to: 2022-09}"
        self._duties["thang"] = obligation("thang", form, more=more)

    @staticmethod
    def _at(day: date, hour: int, minute: int = 0) -> datetime:
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
