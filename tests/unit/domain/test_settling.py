"""What a ladder owes at an instant: what leaves, what gives way to a newer word, what was said a moment ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from obligations.domain.ladder import (
    NOTICE,
    First,
    build,
)
from obligations.domain.policy import STANDARD
from obligations.domain.settling import TOLD, Told, comes_again, settle
from tests.unit.domain.ladder_tools import (
    UNIT_ONLY,
    clockwork,
    ladder,
    leaving,
    local,
    superseded,
)

# -- settle: what to record now -------------------------------------------------------------------------------------


def test_nothing_is_owed_before_its_time() -> None:
    """A minute before the first rung nothing is due; at its instant that rung is."""
    found = ladder("2024-11-22")
    assert settle(found, local("2024-11-12 07:59"), [], STANDARD) == ()
    assert leaving(settle(found, local("2024-11-12 08:00"), [], STANDARD)) == ["before-10"]


def test_of_several_owed_only_the_newest_leaves() -> None:
    """Down from 11/11 to 22/11/2024: before-0 leaves, the two before it are superseded with their reason."""
    owed = settle(ladder("2024-11-22"), local("2024-11-22 09:00"), [], STANDARD)
    assert leaving(owed) == ["before-0"]
    assert superseded(owed) == ["before-10", "before-3"]


def test_the_newest_is_per_audience() -> None:
    """After a long outage everybody gets their own newest: the unit, the overseer, the secretariat, the leaders."""
    owed = settle(ladder("2024-11-22"), local("2024-12-05 09:00"), [], STANDARD)
    assert leaving(owed) == ["overdue-2", "leader-4", "overseer-1", "own_leadership-8", "letter-3"]
    assert superseded(owed) == ["before-10", "before-3", "before-0", "overdue-1"]


def test_known_rungs_are_not_repeated() -> None:
    """What has a row already is neither sent nor superseded again."""
    found = ladder("2024-11-22")
    now = local("2024-11-22 09:00")
    owed = settle(found, now, ["before-10"], STANDARD)
    assert (leaving(owed), superseded(owed)) == (["before-0"], ["before-3"])
    assert settle(found, now, ["before-10", "before-3", "before-0"], STANDARD) == ()


def test_late_all_sends_every_one() -> None:
    """With `late: all` nothing is superseded for being older."""
    policy = replace(STANDARD, late="all")
    owed = settle(ladder("2024-11-22", policy=policy), local("2024-11-22 09:00"), [], policy)
    assert (leaving(owed), superseded(owed)) == (["before-10", "before-3", "before-0"], [])


def test_merged_rungs_are_recorded_with_their_own_reason() -> None:
    """A rung of the same day is superseded as such, another text than that of an older one."""
    found = ladder("2023-12-31", policy=replace(UNIT_ONLY, before=(10, 1, 0)))
    owed = settle(found, local("2023-12-29 08:00"), [], UNIT_ONLY)
    assert leaving(owed) == ["before-0"]
    reasons = {one.rung.id: one.why for one in owed if one.why}
    assert reasons["before-1"]
    assert reasons["before-10"]
    assert "cùng ngày" in reasons["before-1"]
    assert "cùng ngày" not in reasons["before-10"]


def test_next_at_is_the_first_instant_strictly_after() -> None:
    """The index that planning reads: the next rung's instant, none after the last."""
    found = ladder("2024-11-22")
    assert found.next_at(local("2024-11-01 00:00")) == local("2024-11-12 08:00")
    assert found.next_at(local("2024-11-12 08:00")) == local("2024-11-19 08:00")
    assert found.next_at(local("2024-12-04 08:00")) is None


def test_a_word_before_its_days_rung_gives_way_unless_that_was_told_already() -> None:
    """A moved date recorded at 07:40 of a rung's day: the rung tells it; where it is not repeated the word leaves."""
    moved = First(NOTICE, local("2024-11-19 07:40"))
    found = build(STANDARD, date(2024, 11, 22), moved.at, clockwork(), first=moved)
    now = local("2024-11-19 08:00")
    assert (leaving(settle(found, now, [], STANDARD)), moved.rung) == (["before-3"], "notice")
    told: Told = frozenset({("unit", "before-3")})
    again = settle(found, now, [], STANDARD, told=told)
    assert leaving(again) == ["notice"]
    assert {one.rung.id: one.why for one in again if one.why} == {"before-3": TOLD}
    early = settle(found, local("2024-11-19 07:45"), [], STANDARD, told=told)
    assert leaving(early) == ["notice"], "already before the rung's own hour"


def test_what_was_told_supersedes_nothing() -> None:
    """After a weekend down: the notice of the move is the newest that leaves, though a told rung is newer."""
    moved = First(NOTICE, local("2024-11-18 09:00"))
    found = build(STANDARD, date(2024, 11, 22), moved.at, clockwork(), first=moved)
    owed = settle(found, local("2024-11-19 09:00"), [], STANDARD, told=frozenset({("unit", "before-3")}))
    assert leaving(owed) == ["notice"]


def test_late_none_overtakes_nothing() -> None:
    """Each rung stands for itself: whoever plans it says whether its day has passed."""
    policy = replace(STANDARD, late="none")
    owed = settle(ladder("2024-11-22", policy=policy), local("2024-11-22 09:00"), [], policy)
    assert (leaving(owed), superseded(owed)) == (["before-10", "before-3", "before-0"], [])


def test_a_late_rung_knows_whether_its_people_hear_again_that_day() -> None:
    """before-3 of Tuesday 19/11/2024 found late: on Friday before-0 is still to come until eight."""
    found = ladder("2024-11-22")
    before_3 = next(rung for rung in found.rungs if rung.id == "before-3")
    friday = date(2024, 11, 22)
    assert comes_again(found, before_3, friday, local("2024-11-21 17:00"))
    assert not comes_again(found, before_3, friday, local("2024-11-22 08:00"))
    assert not comes_again(found, before_3, date(2024, 11, 21), local("2024-11-21 07:00"))
    told: Told = frozenset({("unit", "before-0")})
    assert not comes_again(found, before_3, friday, local("2024-11-21 17:00"), told)
    overseer = next(rung for rung in found.rungs if rung.audience == "overseer")
    assert not comes_again(found, overseer, friday, local("2024-11-21 17:00")), "other people do not count"
