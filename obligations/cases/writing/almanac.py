"""What all letters of one moment share: the plans' words and the calendar's days, made once for a whole delivery.

Nothing of the ledger is kept here: what a letter says of an assignment is read when it is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from obligations.domain.classes import Moment, working_days_over
from obligations.domain.deadline import is_assumed
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration, Obligation
from obligations.texts.duty import Duty
from obligations.texts.occasion import Foot


class Day(NamedTuple):
    """A due date as seen from today: `working_days` left (today and the day counted), negative for those over."""

    day_off: str | None
    last_working_day: date
    working_days: int


class Almanac:
    """One configuration at one instant."""

    def __init__(self, ladders: Ladders, now: datetime) -> None:
        self.ladders = ladders
        self.configuration: Configuration = ladders.configuration
        self.local = ladders.clockwork.local(now)
        self.today: date = self.local.date()
        self.moment = Moment(self.today, self.local.time())
        self.next_working_day = self.configuration.calendar.add(self.today, 1)
        self._days: dict[date, Day] = {}
        self._duties: dict[tuple[str, str, str], Duty] = {}
        self._feet: dict[str, Foot] = {}

    def obligation(self, plan: str, obligation: str) -> Obligation:
        """Raises Refused where the applied configuration does not know it (it is being replaced)."""
        found = self.configuration.obligation(plan, obligation)
        if found is None:
            raise Refused("not-applied", f"cấu hình đang áp dụng không có nhiệm vụ {plan}/{obligation}.")
        return found

    def duty(self, row: Any) -> Duty:
        """What the plan says of an assignment (a row with plan, obligation, period)."""
        key = (row.plan, row.obligation, row.period)
        found = self._duties.get(key)
        if found is None:
            found = self._duties[key] = self._duty(*key)
        return found

    def day(self, due_on: date) -> Day:
        found = self._days.get(due_on)
        if found is None:
            calendar, today = self.configuration.calendar, self.today
            over = working_days_over(due_on, today, calendar)
            left = calendar.count(today, due_on) if today <= due_on else -over
            found = self._days[due_on] = Day(calendar.day_off(due_on), calendar.on_or_before(due_on), left)
        return found

    def foot(self, plan: str) -> Foot:
        """Whom a unit may ask about a plan: its contact, else the office's desk."""
        found = self._feet.get(plan)
        if found is None:
            contact = self.configuration.plans[plan].contact
            found = Foot(contact.name, contact.phone or "", contact.email or "") if contact else self.desk
            self._feet[plan] = found
        return found

    def agreed(self, plans: Iterable[str]) -> Foot:
        """The one contact of several plans, the desk where they differ."""
        feet = {self.foot(plan) for plan in plans}
        return feet.pop() if len(feet) == 1 else self.desk

    @cached_property
    def desk(self) -> Foot:
        """The first of the secretariat."""
        office = self.configuration.office
        if not office.secretariat:
            return Foot(office.name, "", "")
        first = self.configuration.contacts[office.secretariat[0]]
        return Foot(first.name, first.phone or "", first.email or "")

    def _duty(self, plan_id: str, obligation_id: str, period: str) -> Duty:
        obligation, plan = self.obligation(plan_id, obligation_id), self.configuration.plans[plan_id]
        units = self.configuration.units
        return Duty(
            title=obligation.title,
            period=period,
            plan_kind=plan.kind,
            plan_title=plan.title,
            plan_number=plan.number,
            plan_source=plan.source,
            plan_issued_on=plan.issued_on,
            plan_issuer=units[plan.issuer].name,
            overseer=units[plan.overseer].name,
            place=obligation.cite.at,
            stated=obligation.cite.stated,
            assumed=is_assumed(obligation.form, period, obligation.fixed),
            product=obligation.product,
            submit_to=units[obligation.submit_to].name if obligation.submit_to else "",
            form_file=obligation.form_file or "",
        )


@lru_cache(maxsize=2)
def almanac(ladders: Ladders, now: datetime) -> Almanac:
    """The same for every letter of a delivery."""
    return Almanac(ladders, now)
