"""What a ladder owes at an instant: of what came due, what leaves, and what gives way to another word.

Everything here is a pure function of the ladder and of instants given by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from obligations.domain.ladder import AUDIENCES, EVER, FIRST_WORDS, SAME_DAY, Audience, Ladder, Owed, Rung, order
from obligations.domain.policy import Policy

NEWER = "đã có mốc nhắc mới hơn"
TOLD = "đã nhắc theo hạn cũ"
Told = frozenset[tuple[Audience, str]]  # rungs whose namesake left a moment ago for another due date


def settle(
    ladder: Ladder,
    now: datetime,
    known: Iterable[str],
    policy: Policy,
    *,
    first: datetime = EVER,
    told: Told = frozenset(),
) -> tuple[Owed, ...]:
    """What to record now: the rungs that came due from `first` (where planning stopped) to `now`, not `known` yet.

    `late: newest`: of several owed rungs of one audience only the latest leaves, the others are superseded by it.
    What was `told` a moment ago for another date neither leaves nor stands for another: a first word that gave way to
    it leaves all the same.
    """
    seen = set(known)
    new = [owed for owed in ladder.through(now) if owed.rung.at >= first and owed.rung.id not in seen]
    silent = {(rung.audience, rung.day) for rung in ladder.rungs if (rung.audience, rung.id) in told}
    new = [_unless_told(owed, told, silent) for owed in new] if silent else new
    settled: list[Owed] = []
    for audience in AUDIENCES:
        mine = [owed for owed in new if owed.rung.audience == audience]
        live = sorted((owed for owed in mine if owed.why is None), key=lambda owed: order(owed.rung))
        settled += [owed for owed in mine if owed.why]
        settled += _keep(live, policy)
    return tuple(settled)


def _unless_told(owed: Owed, told: Told, silent: set[tuple[Audience, date]]) -> Owed:
    rung = owed.rung
    if owed.why is None and (rung.audience, rung.id) in told:
        return Owed(rung, TOLD)
    if owed.why == SAME_DAY and rung.id in FIRST_WORDS and (rung.audience, rung.day) in silent:
        return Owed(rung)
    return owed


def _keep(live: list[Owed], policy: Policy) -> list[Owed]:
    if policy.late != "newest" or len(live) < 2:
        return live
    return [replace(owed, why=NEWER) for owed in live[:-1]] + live[-1:]


def comes_again(ladder: Ladder, rung: Rung, day: date, now: datetime, told: Told = frozenset()) -> bool:
    """Whether another rung of the same audience is still to leave on that day: it says more than a late one."""
    return any(
        other.audience == rung.audience and other.day == day and other.at > now
        for other in ladder.rungs
        if (other.audience, other.id) not in told
    )
