"""Checked input models become the engine's dataclasses. Nothing is judged here: see references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

import holidays

from obligations.config.office_schema import (
    CalendarIn,
    ChannelsIn,
    ContactIn,
    OfficeIn,
    PoliciesIn,
    PolicyIn,
    SpanIn,
    UnitIn,
    UnitsIn,
)
from obligations.config.plan_schema import EndedIn, ObligationIn, PlanFileIn, StandingIn
from obligations.domain.calendar import Calendar
from obligations.domain.deadline import Fixed
from obligations.domain.plan import (
    ChannelAddress,
    Cite,
    Configuration,
    Contact,
    Done,
    Ended,
    Group,
    Heartbeat,
    Limits,
    Moved,
    Obligation,
    Office,
    Plan,
    PlanContact,
    Span,
    Standing,
    Unit,
    Waits,
)
from obligations.domain.policy import LONG_RANGE, STANDARD, Count, Escalation, Policy

EMAIL, MANUAL = "email", "manual"


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """Vietnam's public holidays of a year, named in Vietnamese, as the holidays package knows them."""
    return dict(holidays.country_holidays("VN", years=year, language="vi"))


def configuration(models: Mapping[str, Any], plans: Mapping[str, PlanFileIn]) -> Configuration:
    """The whole configuration from the models of its files; absent files count as empty."""
    units: UnitsIn = models["units.yaml"]
    groups = {name: Group(name, group.name, group.members) for name, group in units.groups.items()}
    return Configuration(
        office=_office(models["office.yaml"]),
        calendar=_calendar(models.get("calendar.yaml") or CalendarIn()),
        units={unit.id: _unit(unit, position) for position, unit in enumerate(units.units)},
        groups=groups,
        channels=_channels(models.get("channels.yaml") or ChannelsIn({})),
        policies=_policies(models.get("policies.yaml") or PoliciesIn({})),
        plans={name: _plan(name, plan, groups) for name, plan in sorted(plans.items())},
    )


def _office(office: OfficeIn) -> Office:
    return Office(
        name=office.name,
        unit=office.unit,
        language=office.language,
        time_zone=office.time_zone,
        public_url=office.public_url,
        sending=office.sending,
        full_day_counts=office.before_reading == "full-day",
        on_time_by=office.on_time_by,
        hours=tuple(sorted(office.office_hours, key=lambda span: span.first)) if office.office_hours else Office.hours,
        quiet=_spans(office.quiet),
        name_late_in_group=office.name_late_in_group,
        secretariat=office.recipients.secretariat,
        own_leadership=office.recipients.own_leadership,
        admin=office.recipients.admin,
        limits=Limits(office.limits.per_recipient_day, office.limits.per_run),
        waits=Waits(**office.waits.model_dump()),
        heartbeat=Heartbeat(office.heartbeat.channel, office.heartbeat.to) if office.heartbeat else None,
    )


def _spans(spans: Iterable[SpanIn]) -> tuple[Span, ...]:
    return tuple(Span(span.first, span.last, span.name) for span in spans)


def _calendar(calendar: CalendarIn) -> Calendar:
    return Calendar(
        public_holidays,
        off={day.on: day.name for day in calendar.days_off},
        worked=[day.on for day in calendar.worked_days],
        confirmed=[year.year for year in calendar.confirmed],
    )


def _unit(unit: UnitIn, position: int) -> Unit:
    return Unit(
        id=unit.id,
        name=unit.name,
        short_name=unit.short_name or unit.name,
        relation=unit.relation,
        position=position,
        aliases=unit.aliases,
        parent=unit.parent,
        since=unit.first,
        until=unit.last,
        successors=unit.successor,
        decision=unit.decision,
        contacts=tuple(_contacts(unit)),
    )


def _contacts(unit: UnitIn) -> Iterable[Contact]:
    used: dict[str, int] = {}
    for contact in unit.contacts:
        used[contact.role] = used.get(contact.role, 0) + 1
        again = f"-{used[contact.role]}" if used[contact.role] > 1 else ""
        yield Contact(
            id=contact.id or f"{unit.id}.{contact.role}{again}",
            unit=unit.id,
            name=contact.name,
            role=contact.role,
            email=contact.email,
            phone=contact.phone,
            away=_spans(contact.away),
            channels=tuple(_addresses(contact)),
        )


def _addresses(contact: ContactIn) -> Iterable[tuple[str, str]]:
    """(channel, address) in order: a bare name takes the contact's e-mail, `manual` its telephone."""
    own: dict[str, str | None] = {EMAIL if contact.email else MANUAL: None}
    for entry in contact.channels if contact.channels is not None else (own,):
        for channel, stated in entry.items():
            if address := stated or (contact.phone if channel == MANUAL else contact.email):
                yield channel, address


def _channels(channels: ChannelsIn) -> dict[str, ChannelAddress]:
    return {name: ChannelAddress(name, one.url, one.max_per_minute) for name, one in channels.root.items()}


def _policies(policies: PoliciesIn) -> dict[str, Policy]:
    """The shipped two and the office's own; a policy's missing keys are chuan's (dai-han keeps its own rungs)."""
    stated = dict(policies.root)
    standard = _policy(STANDARD.id, stated.pop(STANDARD.id, None), STANDARD)
    long_before = {**vars(standard), "id": LONG_RANGE.id, "before": LONG_RANGE.before}
    long_range = _policy(LONG_RANGE.id, stated.pop(LONG_RANGE.id, None), Policy(**long_before))
    own = {name: _policy(name, policy, standard) for name, policy in stated.items()}
    return {standard.id: standard, long_range.id: long_range, **own}


def _policy(name: str, stated: PolicyIn | None, base: Policy) -> Policy:
    values = {**vars(base), "id": name}
    for key in stated.model_fields_set if stated else ():
        values[key] = _policy_value(key, getattr(stated, key))
    return Policy(**values)


def _policy_value(key: str, value: Any) -> Any:
    match key, value:
        case "before", days:
            return tuple(sorted(set(days), reverse=True))
        case "overdue", None:
            return ()
        case "overdue", overdue:
            return tuple(Count(days, overdue.unit) for days in overdue.counts)
        case "letter", letter:
            return letter and Count(letter.overdue, letter.unit)
        case "escalate", steps:
            return tuple(Escalation(Count(step.overdue, step.unit), step.to, step.approve) for step in steps)
        case "review", None:
            return ()
        case "review", review:
            return tuple(Count(review.every * n, review.unit) for n in range(1, review.times + 1))
    return value


def _plan(name: str, file: PlanFileIn, groups: Mapping[str, Group]) -> Plan:
    plan = file.plan
    return Plan(
        id=name,
        title=plan.title,
        kind=plan.kind,
        issuer=plan.issuer,
        overseer=plan.overseer,
        number=plan.number,
        source=plan.source,
        issued_on=plan.issued_on,
        in_hand_on=plan.in_hand_on,
        basis=plan.basis,
        contact=PlanContact(plan.contact.name, plan.contact.phone, plan.contact.email) if plan.contact else None,
        replaces=plan.replaces,
        ended=_ended(plan.ended),
        obligations=tuple(_obligation(one, groups) for one in file.obligations),
        standing=tuple(_standing(one) for one in file.standing),
    )


def _obligation(one: ObligationIn, groups: Mapping[str, Group]) -> Obligation:
    return Obligation(
        id=one.id,
        title=one.title,
        responsible=one.responsible,
        units=members(one.responsible, groups),
        form=one.deadline,
        cite=Cite(one.cite.at, one.cite.stated),
        coordinating=one.coordinating,
        coordinating_units=members(one.coordinating, groups),
        submit_to=one.submit_to,
        collects=one.collects,
        product=one.product,
        form_file=one.form,
        policy=one.policy,
        done=Done(one.done.on, one.done.document) if one.done else None,
        moved=Moved(one.moved.correction, one.moved.amended_by) if one.moved else None,
        fixed=tuple(Fixed(fixed.due, fixed.document, fixed.period) for fixed in one.fixed_by),
        was=one.was,
        ended=_ended(one.ended),
    )


def _ended(stated: EndedIn | None) -> Ended | None:
    return Ended(stated.on, stated.by, stated.reason) if stated else None


def members(names: Iterable[str], groups: Mapping[str, Group]) -> tuple[str, ...]:
    """The units that names stand for, groups opened, each once, in the order named."""
    opened = (unit for name in names for unit in (groups[name].members if name in groups else (name,)))
    return tuple(dict.fromkeys(opened))


def _standing(one: StandingIn) -> Standing:
    cite = Cite(one.cite.at, one.cite.stated)
    return Standing(one.id, one.title, one.responsible, one.review.every, cite, one.question)
