"""On which day does a rung fall? Asked day by day, the most naive way that can be read and believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from obligations.domain.calendar import Calendar
from obligations.domain.plan import OfficeHours
from obligations.domain.policy import Count, Policy

DAY = timedelta(days=1)
A_BREAK = 3  # days off in a row
LONGEST_BREAK = 40  # days; no office rests longer
HALF_A_YEAR = 183


@dataclass(frozen=True)
class Fall:
    """A rung that falls at an instant. `near`: calendar days between the rung's number and the deadline.

    `since` is the instant of the fact that a herald (a row with a word of its own) answers; None for the ladder.
    """

    at: datetime
    day: date
    due_on: date
    rung: str
    audience: str
    near: int = 0
    approve: bool = False
    cause: str = ""
    since: datetime | None = None

    @property
    def is_escalation(self) -> bool:
        return self.audience in ("leader", "own_leadership", "overseer")


class Days:
    """Working days, asked one at a time and remembered; counts step from day to day."""

    def __init__(self, calendar: Calendar, zone: ZoneInfo) -> None:
        self._calendar = calendar
        self.zone = zone
        self._worked: dict[date, bool] = {}
        self._ladders: dict[tuple[Policy, date], list[Fall]] = {}

    def worked(self, day: date) -> bool:
        if day not in self._worked:
            self._worked[day] = self._calendar.is_working(day)
        return self._worked[day]

    def after(self, day: date, count: int) -> date:
        """The count-th working day after a day, which is not counted itself."""
        while count:
            day += DAY
            count -= self.worked(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie after `first`, up to and with `last`."""
        return sum(self.worked(first + n * DAY) for n in range(1, (last - first).days + 1))

    def pattern(self, first: int, last: int) -> tuple[bool, ...]:
        """Every day of some years, worked or not: two calendars with the same pattern are the same."""
        start, end = date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
        return tuple(self.worked(date.fromordinal(number)) for number in range(start, end + 1))

    def ladder(self, policy: Policy, target: date) -> list[Fall]:
        """Every rung of a ladder on its day, whoever hears it, in time order."""
        if (policy, target) not in self._ladders:
            self._ladders[policy, target] = list(self._walk(policy, target))
        return self._ladders[policy, target]

    def _walk(self, policy: Policy, target: date) -> list[Fall]:
        found: list[Fall] = []
        day = target - (max(policy.before, default=0) + LONGEST_BREAK) * DAY
        last = target + (max((count.days for count in _counts(policy)), default=0) * 3 + LONGEST_BREAK) * DAY
        worked_after = 0  # working days after the target, up to and with this day
        while day <= last:
            worked_after += day > target and self.worked(day)
            found += self._falls(policy, target, day, worked_after)
            day += DAY
        return found

    def _falls(self, policy: Policy, target: date, day: date, worked_after: int) -> list[Fall]:
        at = datetime.combine(day, policy.send_at, self.zone)
        today: list[Fall] = []

        def fall(rung: str, audience: str, near: int, *, approve: bool = False) -> None:
            today.append(Fall(at, day, target, rung, audience, near, approve))

        for number in policy.before:
            if self._before_falls(policy, target - number * DAY, day):
                fall(f"before-{number}", "unit", number)
        if self._after_break_falls(policy, target, day):
            fall("after-break", "unit", (target - day).days + 1)
        for count in policy.overdue:
            if self._after_falls(policy, count, target, day, worked_after):
                fall(f"overdue-{count.days}", "unit", count.days)
        if policy.letter and self._after_falls(policy, policy.letter, target, day, worked_after):
            fall(f"letter-{policy.letter.days}", "reviewer", 0)
        for step in policy.escalate:
            if self._after_falls(policy, step.after, target, day, worked_after):
                fall(f"{step.to}-{step.after.days}", step.to, 0, approve=step.approve)
        return today

    def _before_falls(self, policy: Policy, nominal: date, day: date) -> bool:
        """On its own day; on a day off, on the last working day before it."""
        if policy.days == "all":
            return day == nominal
        if not 0 <= (nominal - day).days <= LONGEST_BREAK or not self.worked(day):
            return False
        return not any(self.worked(day + n * DAY) for n in range(1, (nominal - day).days + 1))

    def _after_break_falls(self, policy: Policy, target: date, day: date) -> bool:
        """On the first working day after three or more days off in which a rung lay, while still on time."""
        if policy.days == "all" or not self.worked(day) or day > target:
            return False
        off = day - DAY
        while not self.worked(off):
            off -= DAY
        rest = (day - off).days - 1
        return rest >= A_BREAK and any(off < target - number * DAY < day for number in policy.before)

    def _after_falls(self, policy: Policy, count: Count, target: date, day: date, worked_after: int) -> bool:
        """On the n-th working day after the target; counted in calendar days, never before its day."""
        if day <= target:
            return False
        if count.unit == "working_day":
            return self.worked(day) and worked_after == count.days
        nominal = target + count.days * DAY
        if policy.days == "all" or self.worked(nominal):
            return day == nominal
        return day > nominal and self.worked(day) and self.between(nominal, day) == 1

    def reviews(self, policy: Policy, submitted_on: date, due_on: date, cause: str) -> list[Fall]:
        """What the reviewer hears of a submission, counted from the day it was recorded."""
        found = []
        for count in policy.review:
            if count.unit == "working_day":
                day = self.after(submitted_on, count.days)
            else:
                day = submitted_on + count.days * DAY
                if policy.days == "working" and not self.worked(day):
                    day = self.after(day, 1)
            at = datetime.combine(day, policy.send_at, self.zone)
            found.append(Fall(at, day, due_on, f"review-{count.days}", "reviewer", cause=cause))
        return found

    def in_hours(self, instant: datetime, policy: Policy, hours: tuple[OfficeHours, ...], *, lazy: bool) -> bool:
        """Whether a late word may go out now; the closing minute itself counts for the eager only."""
        local = instant.astimezone(self.zone)
        if policy.days == "working" and not self.worked(local.date()):
            return False
        return any(_inside(local.time(), span, lazy=lazy) for span in hours)

    def opening(self, instant: datetime, policy: Policy, hours: tuple[OfficeHours, ...], *, lazy: bool) -> datetime:
        """The instant itself in office hours, else the next time the office opens."""
        if self.in_hours(instant, policy, hours, lazy=lazy):
            return instant
        day = instant.astimezone(self.zone).date()
        while True:
            if policy.days == "all" or self.worked(day):
                for span in hours:
                    opens = datetime.combine(day, span.first, self.zone)
                    if opens > instant:
                        return opens
            day += DAY


def _inside(now: time, span: OfficeHours, *, lazy: bool) -> bool:
    return span.first <= now < span.last or (now == span.last and not lazy)


def _counts(policy: Policy) -> list[Count]:
    return [*policy.overdue, *([policy.letter] if policy.letter else []), *(step.after for step in policy.escalate)]


def policy_name(stated: str | None, start: date, due_on: date) -> str:
    """*dai-han* for what is more than half a year away when its ladder starts, unless the plan says otherwise."""
    return stated or ("dai-han" if (due_on - start).days > HALF_A_YEAR else "chuan")
