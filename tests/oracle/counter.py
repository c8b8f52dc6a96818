"""Releasing and sending: when a row that stands may leave, and when it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import takewhile

from obligations.domain.plan import Configuration, Plan
from obligations.domain.policy import Policy
from tests.oracle import people
from tests.oracle.book import Delivery
from tests.oracle.days import Fall
from tests.oracle.desk import ABSENT, INSTANT, Desk, Row, row_key

TRYING = timedelta(days=1)  # how long a message that met a refusal for a while goes on being tried


class Counter(Desk):
    """The desk with its counter open: held rows are let go, planned ones leave."""

    # --- releasing ------------------------------------------------------------------------------------------------

    def release(self, delivery: Delivery) -> None:
        """A held row goes once the register was read, it was approved, nothing is asked, the unit had its word.

        In the lazy life what was let go on a day before and has not left is held again until the register is read, and
        a delivery that died looked at no held row.
        """
        now = delivery.at
        for row in self.alive():
            if row.state == "held" and self.lazy and delivery.died:
                continue
            if row.state == "held":
                row.why = self.held_by(row, now) if self.is_owed(row.fall, now) else ""
                row.state = "held" if row.why or not self.is_owed(row.fall, now) else "planned"
            elif self.lazy and self.waits_for_register(row, now):
                row.end("held", "register")

    def held_by(self, row: Row, now: datetime) -> str:
        configuration, fall, today = self.configuration(now), row.fall, self.book.day(now)
        described = self.described(configuration)
        assert described
        outside = not self.is_own(fall, described[0], configuration)
        if outside and not self.book.is_checked(now):
            return "register"
        if outside and self.needs_approval(fall, described[0], now):
            approved = (fall.rung, fall.due_on.isoformat()) in self.life.approved
            if not approved:
                return "approval"
        asked = self.life.asked_on
        if asked and today <= self.days(now).after(asked, 3):
            return "request"
        return "" if self.unit_had_its_word(fall.due_on, now) else "outage"

    def is_own(self, fall: Fall, plan: Plan, configuration: Configuration) -> bool:
        """An overseer that is this very office waits for no register and no approval."""
        return fall.audience == "overseer" and plan.overseer == configuration.office.unit

    def needs_approval(self, fall: Fall, plan: Plan, now: datetime) -> bool:
        """Where the policy says so, and wherever it goes to another organisation."""
        if fall.approve or fall.audience == "own_leadership":
            return fall.approve
        unit = self.holder(now) if fall.audience == "leader" else plan.overseer
        return self.configuration(now).units[unit or ""].relation != "internal"

    def unit_had_its_word(self, target: date, now: datetime) -> bool:
        """The unit's own overdue notice left on its day, or a late one two working days ago, or none can leave."""
        day, days = self.book.day, self.days(now)
        rows = [row for row in self.rows.values() if row.fall.audience == "unit" and row.fall.due_on == target]
        overdue = [row for row in rows if row.fall.rung.startswith("overdue-") and row.why != "same-day"]
        overdue = [row for row in overdue if row.state != ABSENT]
        if not overdue or any(row.left_at and day(row.left_at) == row.fall.day for row in overdue):
            return True
        left = [day(row.left_at) for row in rows if row.left_at and day(row.left_at) > target]
        if left and day(now) >= days.after(min(left), 2):
            return True
        last = [row for row in overdue if row.why != "newer"]  # what a newer one took the place of speaks no more
        return bool(last) and all(row.state in ("failed", "skipped") or self.may_have_failed(row) for row in last)

    def may_have_failed(self, row: Row) -> bool:
        """The eager life counts a refusal for good that may have met it: then nothing more is waited for."""
        return not self.lazy and "failed" in row.also

    # --- sending --------------------------------------------------------------------------------------------------

    def send(self, delivery: Delivery) -> None:
        for row in self.alive():
            if row.state == "planned" and not (row.by_a_clerk and self.lazy):
                self.try_row(row, delivery)

    def try_row(self, row: Row, delivery: Delivery) -> None:
        now, configuration = delivery.at, self.configuration(delivery.at)
        policy = self.policy(configuration, row.fall.due_on)
        channel = people.channel_of(configuration, row.recipient)
        if channel is None:
            row.end("failed", "no-channel")
        elif self.book.is_paused(now) or not self.in_hours(row, policy, now) or self.waits_for_register(row, now):
            return
        elif channel in delivery.down or (self.lazy and self.is_shaky(row, channel, delivery)):
            row.blocked_at = now
            row.also |= {"failed"} if row.recipient in delivery.refused else set()
        elif (self.lazy and self.is_resting(row, channel, now)) or self.comes_again_today(row.fall, now):
            return
        elif not self.is_owed(row.fall, now):
            self.drop([row])
        elif policy.late == "none" and self.is_late(row.fall, now) and not row.fall.is_escalation:
            row.end("skipped", "late")
        else:
            self.leave(row, channel, delivery)

    def comes_again_today(self, fall: Fall, now: datetime) -> bool:
        """A late notice waits for the rung that the same people are owed later that day."""
        return any(one.day == self.book.day(now) for one in self.still_to_come(fall, now))

    def leave(self, row: Row, channel: str, delivery: Delivery) -> None:
        now, configuration = delivery.at, self.configuration(delivery.at)
        bounces = people.bounces(configuration, row.recipient, self.book.bad_addresses(now))
        if bounces or configuration.contacts[row.recipient].is_away(self.book.day(now)):
            others = [one for one in self.recipients(row.fall, now) if one not in (people.NOBODY, row.recipient)]
            # The eager life has sent it just before the address was found to be bad, or it stood in a message since
            # before the leave began.
            was_bad = people.bounces(configuration, row.recipient, self.book.bad_addresses(now - INSTANT))
            if bounces and not others and (self.lazy or was_bad):
                row.end("failed", "no-recipient")
                return
            if others and (self.lazy or was_bad):
                row = self.hand_over(row, others)
            elif others and bounces and (key := row_key(row.fall, others[0])) not in self.rows:
                # Or this is the very letter that was refused: whoever stands in has it at once.
                self.rows[key] = replace(row, recipient=others[0], also=row.also | {ABSENT})
                self.go(self.rows[key], channel, delivery)
        self.go(row, channel, delivery)

    def go(self, row: Row, channel: str, delivery: Delivery) -> None:
        row.end("sent", "")
        row.left_at = delivery.at
        row.also |= {"unknown"} if channel in delivery.shaky else set()
        row.also |= {"failed"} if self.was_refused(row, delivery.at) else set()

    def hand_over(self, row: Row, others: list[str]) -> Row:
        """The same rung for whoever stands in: of several, one who has not got it; else this row gives way to that."""
        recipient = next((one for one in others if row_key(row.fall, one) not in self.rows), others[0])
        another = replace(row, recipient=recipient, also=row.also - {"failed"})
        row.end(ABSENT, "")
        row.also |= {"superseded"}
        return self.rows.setdefault(row_key(row.fall, recipient), another)

    def was_refused(self, row: Row, now: datetime) -> bool:
        """Whether the server refused this recipient for good while this row may have been tried."""
        first = self.book.first_delivery(row.planned_at or now)
        tries = takewhile(lambda one: one.at <= now + TRYING, self.book.deliveries[first:])
        return any(row.recipient in one.refused for one in tries)

    def is_shaky(self, row: Row, channel: str, delivery: Delivery) -> bool:
        return channel in delivery.shaky or row.recipient in delivery.refused

    def is_resting(self, row: Row, channel: str, now: datetime) -> bool:
        """The patient engine waits after a refusal, of the channel or of this message."""
        refusals = [at for at in (row.blocked_at, self.book.last_down(channel, now)) if at]
        return any(now < at + self.book.patience for at in refusals)

    def in_hours(self, row: Row, policy: Policy, now: datetime) -> bool:
        """In time; or ready in time, met by a closed channel and now in the letter of another duty's rung of today."""
        rides = not self.lazy and row.blocked_at is not None and self.book.day(row.blocked_at) == self.book.day(now)
        return rides or self.in_time(row.fall, policy, now)

    def in_time(self, fall: Fall, policy: Policy, now: datetime) -> bool:
        """A rung at any hour of its own day; what is late, and every first word, in office hours."""
        if fall.since is None and self.book.day(now) == fall.day:
            return True
        return self.days(now).in_hours(now, policy, self.configuration(now).office.hours, lazy=self.lazy)

    def waits_for_register(self, row: Row, now: datetime) -> bool:
        """Released on a day that has passed: the register is read again before anybody is accused."""
        described = self.described(self.configuration(now))
        if not row.fall.is_escalation or not described or self.is_own(row.fall, described[0], self.configuration(now)):
            return False
        return not self.book.is_checked(now)
