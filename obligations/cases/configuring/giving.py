"""Giving a task: what one form says becomes an ordinary plan file, is looked over, and is followed at once.

Only that file joins what is followed: other files that somebody is still editing, or has left broken, neither stop an
urgent task nor slip in with it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.configuring import applying, editing, files, forecasting, outlook, reviewing
from obligations.cases.configuring.checking import check
from obligations.cases.configuring.editing import DueDay
from obligations.cases.configuring.outlook import Departure
from obligations.cases.configuring.reviewing import Review
from obligations.config.plan_text import PlanText, plan_text
from obligations.domain.deadline import dues
from obligations.domain.due import Reading
from obligations.domain.duties import end_of_next_year
from obligations.domain.errors import Problem, Refused
from obligations.domain.grammar import Deadline, Value, parse
from obligations.domain.plain_letters import as_id
from obligations.domain.plan import Configuration
from obligations.domain.typed_deadlines import typed_deadline

ORAL = "chi-dao-mieng"
SHOWN = 3  # due dates told while somebody types
FAR = 5  # years ahead within which working days are counted


@dataclass(frozen=True)
class Task:
    """What the form says, names already ids. `document` is the number, or who said it where `kind` is ORAL."""

    title: str
    responsible: tuple[str, ...]
    deadline: Deadline
    submit_to: str
    issuer: str
    overseer: str
    kind: str
    document: str
    issued_on: date
    place: str = "1"
    stated: str = ""
    product: str = ""
    form: str = ""
    coordinating: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    """A task before it is given: its file, what is wrong by field of the form, else what giving it would do."""

    plan: str
    text: str
    problems: dict[str, Problem]
    review: Review | None = None
    days: list[DueDay] = field(default_factory=list)
    departures: list[Departure] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{files.PLANS}{self.plan}.yaml"

    @property
    def seen(self) -> str:
        """What whoever gives it says that they saw."""
        return f"{self.plan}-{self.review.seen}" if self.review else ""


@dataclass(frozen=True)
class Coming:
    """One due date, as shown beside the field. `left`: working days from today (None: past, or years off)."""

    on: date | None
    at: str | None
    day_off: str | None
    assumed: bool
    how: str
    left: int | None


def coming(configuration: Configuration, said: str, issued_on: date, today: date) -> list[Coming]:
    """The first due dates of a deadline in an office's words. Refused where it is none."""
    return coming_of(configuration, typed_deadline(said, today), issued_on, today)


def coming_of(configuration: Configuration, deadline: Deadline, issued_on: date | None, today: date) -> list[Coming]:
    """The same of the grammar's mapping."""
    reading = Reading(configuration.calendar, issued_on, configuration.office.full_day_counts)
    found = dues(parse(deadline), reading, end_of_next_year(today))
    calendar = configuration.calendar
    return [
        Coming(
            due.on,
            f"{due.at:%H:%M}" if due.at else None,
            calendar.day_off(due.on) if due.on else None,
            due.assumed,
            due.how,
            _left(configuration, today, due.on),
        )
        for due in islice(found, SHOWN)
    ]


def _left(configuration: Configuration, today: date, due_on: date | None) -> int | None:
    """Working days that are left; None where the day is past, or too far off to count."""
    if due_on is None or due_on < today or due_on.year > today.year + FAR:
        return None
    return configuration.calendar.count(today, due_on)


def offer(app: App, task: Task, now: datetime, *, by: str, plan: str = "") -> Offer:
    """The plan file of a task and what giving it would do, if nothing is wrong with it. Nothing is written.

    `plan` is the id that an earlier offer gave it. Refused before the first apply.
    """
    ladders = applied.current(app).ladders
    today = ladders.clockwork.local(now).date()
    plan = plan if plan and files.is_free(app, plan) else _free_id(app, task)
    written = _text(task, by, today)
    one = Offer(plan, written.text, {})
    texts = {**files.followed_texts(app), one.name: written.text}
    loaded = check(texts, today)
    if loaded.errors:
        return Offer(plan, written.text, _by_field(loaded.errors, one.name, written))
    found = reviewing.review_loaded(app, loaded, now)
    draft = found.configuration or ladders.configuration
    leaving = forecasting.of_plan(app, draft, plan, now)
    return Offer(
        plan, written.text, {}, found, editing.due_days(loaded, one.name, today), [*outlook.departures(draft, leaving)]
    )


def give(app: App, one: Offer, now: datetime, *, by: str, seen: str) -> None:
    """Write the file of an offer that was seen, and follow it. Refused when something changed since: nothing stays.

    The file comes first: a crash between leaves a draft that the configuration's page shows, never a followed plan
    without its file. A second click finds it followed and changes nothing.
    """
    if one.seen != seen or one.review is None:
        raise Refused("changed-meanwhile", "nội dung hoặc cấu hình đã đổi từ lúc xem.", "Xem lại rồi bấm Áp dụng.")
    read = files.save(app, one.name, one.text, files.NEW)
    texts = {**files.followed_texts(app), one.name: one.text}
    try:
        applying.apply(app, texts, now, by=by, over=one.review.over)
    except BaseException:
        with suppress(Refused):  # somebody else applied it meanwhile, or wrote more into it: then it is theirs
            files.take_away(app, one.name, read)
        raise


def keep(app: App, one: Offer) -> None:
    """Write the file of an offer as a draft, to be finished later."""
    files.save(app, one.name, one.text, files.NEW)


def is_given(app: App, plan: str, text: str) -> bool:
    """Whether just this file is followed already."""
    return files.followed_texts(app).get(f"{files.PLANS}{plan}.yaml") == text


def _text(task: Task, by: str, today: date) -> PlanText:
    plan: dict[str, tuple[str, Value]] = {
        "source" if task.kind == ORAL else "number": ("document", task.document or None),
        "kind": ("kind", task.kind),
        "title": ("title", task.title),
        "issuer": ("issuer", task.issuer),
        "issued_on": ("issued_on", task.issued_on.isoformat()),
        "overseer": ("overseer", task.overseer),
    }
    cite = {"at": task.place} | ({"stated": task.stated} if task.stated else {})
    duty: dict[str, tuple[str, Value]] = {
        "id": ("title", as_id(task.title) or "viec-1"),
        "title": ("title", task.title),
        "responsible": ("responsible", list(task.responsible)),
        "coordinating": ("coordinating", list(task.coordinating)),
        "submit_to": ("submit_to", task.submit_to),
        "product": ("product", task.product),
        "form": ("form", task.form),
        "deadline": ("deadline", task.deadline),
        "cite": ("place", cite),
    }
    return plan_text(f"Giao ngày {today:%d/%m/%Y}, người giao: {by}", plan, duty)


def _free_id(app: App, task: Task) -> str:
    """Made of the number, else of the title; never that of a plan that is, or was."""
    stem = as_id(task.document if task.kind != ORAL else "") or as_id(task.title) or "viec"
    return files.free_id(app, stem)


def _by_field(errors: list[Problem], name: str, written: PlanText) -> dict[str, Problem]:
    """The first problem of each field; what is about none of them stands under the empty name."""
    found: dict[str, Problem] = {}
    for problem in errors:
        found.setdefault(written.field_at(problem.line) if problem.file == name else "", problem)
    return found
