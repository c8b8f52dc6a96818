"""Who else hears of a duty: overseer, head of the unit, own leadership, coordinating units; when, and when not.

The engine runs each day at 07:31, 08:01 and 11:01; rungs leave at 08:00.
"""

from __future__ import annotations

from obligations.cases.answering.decisions import extend
from tests.days import (
    NEWER,
    SAME_DAY,
    approved,
    checks,
    day,
    decided,
    doing,
    given,
    left,
    live,
    moved,
    rungs,
    states,
    whys,
)
from tests.life import entries
from tests.offices import Office, obligation

ELSEWHERE = "overseer: so-ngoai-cuoc"


def overseen_elsewhere(office: Office) -> None:
    """The same duty, overseen by another organisation."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    path = office.folder / "plans/ke-hoach.yaml"
    path.write_text(path.read_text("utf-8").replace("overseer: van-phong", ELSEWHERE), "utf-8")
    office.apply("2022-07-11 09:01")


def test_the_register_read_lets_an_accusation_go_the_same_day(office: Office) -> None:
    """leader-4 falls on Thursday 04/08/2022: read at 08:10, approved at 08:15, gone with the next delivery."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    deeds = checks(office, "04/08/2022", hour="08:10") | approved(office, "04/08/2022 08:15")
    live(office, "11/07/2022", "04/08/2022", deeds)
    assert left(office, audience="leader") == [("04/08/2022 11:01", "leader-4", "so-y-te.leader")]


def test_a_register_read_yesterday_lets_nothing_go(office: Office) -> None:
    """Read on 04/08 at 16:20, after the last delivery: on Friday it has to be read again."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    deeds = approved(office, "04/08/2022 09:00") | checks(office, "04/08/2022", hour="16:20")
    live(office, "11/07/2022", "05/08/2022", deeds)
    assert whys(office) == {"leader-4": "chờ rà sổ"}
    live(office, "08/08/2022", "08/08/2022", checks(office, "08/08/2022"))
    assert left(office, audience="leader") == [("08/08/2022 08:01", "leader-4", "so-y-te.leader")]


def test_a_pending_request_holds_accusations_for_three_working_days(office: Office) -> None:
    """Asked on Wednesday 03/08/2022 and not answered: held through Monday 08/08, gone on Tuesday."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    deeds = checks(office, "04/08/2022", "05/08/2022", "08/08/2022") | approved(office, "04/08/2022 08:30")
    deeds |= doing(office, extend, "03/08/2022 09:00", decided("03/08/2022"), to=day("31/08/2022"))
    live(office, "11/07/2022", "08/08/2022", deeds)
    assert whys(office) == {"leader-4": "chờ trả lời đề nghị của đơn vị"}
    live(office, "09/08/2022", "09/08/2022", checks(office, "09/08/2022"))
    assert left(office, audience="leader") == [("09/08/2022 08:01", "leader-4", "so-y-te.leader")]


def test_across_organisations_an_accusation_waits_for_a_yes(office: Office) -> None:
    """overseer-1 to another organisation on Monday 01/08/2022: register, then a yes on Wednesday."""
    overseen_elsewhere(office)
    live(office, "11/07/2022", "01/08/2022")
    assert whys(office) == {"overseer-1": "chờ rà sổ"}
    live(office, "02/08/2022", "02/08/2022", checks(office, "02/08/2022"))
    assert whys(office) == {"overseer-1": "chờ duyệt"}
    deeds = checks(office, "03/08/2022") | approved(office, "03/08/2022 09:00")
    live(office, "03/08/2022", "03/08/2022", deeds)
    assert left(office, audience="overseer") == [("03/08/2022 11:01", "overseer-1", "so-ngoai-cuoc.focal")]


def test_an_accusation_that_is_declined_does_not_leave(office: Office) -> None:
    """No on Friday 05/08/2022: skipped with the reason; a yes on Monday takes that back."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    live(office, "11/07/2022", "05/08/2022", approved(office, "05/08/2022 09:00", no=True))
    assert ("leader-4", "skipped", "không đồng ý báo lên") in states(office)
    deeds = approved(office, "08/08/2022 07:40") | checks(office, "08/08/2022")
    live(office, "08/08/2022", "08/08/2022", deeds)
    assert left(office, audience="leader") == [("08/08/2022 08:01", "leader-4", "so-y-te.leader")]


def test_the_overseer_hears_first_and_after_the_unit(office: Office) -> None:
    """Our own office oversees: told on the first overdue day, in the same delivery, once the unit's letter has left."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    live(office, "11/07/2022", "01/08/2022")
    tried = [(one.rung, one.recipient) for one in entries(office, "attempt")]
    assert tried[-2:] == [("overdue-1", "so-y-te.focal"), ("overseer-1", "van-phong.focal")]


def test_coordinating_units_are_told_of_the_duty_and_of_later_periods(office: Office) -> None:
    """Notice with the unit's; of 2023 the first reminder before (15/11) and the first overdue (27/11), no more."""
    more = "policy: chuan\n  coordinating: [so-xay-dung]"
    given(office, "{every: year, by: 11-25, from: 2022, to: 2023}", "11/11/2022 09:00", more=more)
    live(office, "11/11/2022", "14/12/2022")
    live(office, "13/11/2023", "29/11/2023")
    assert left(office, audience="coordinating") == [
        ("11/11/2022 11:01", "notice", "so-xay-dung.focal"),
        ("15/11/2023 08:01", "before-10", "so-xay-dung.focal"),
        ("27/11/2023 08:01", "overdue-1", "so-xay-dung.focal"),
    ]
    assert ("27/11/2023", "overdue-1") in rungs(office)


def test_a_coordinating_unit_is_not_told_of_its_own_duty(office: Office) -> None:
    """Sở Y tế owes and coordinates: it hears of Sở Xây dựng's duty, and of its own as the one who owes it."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", more="coordinating: [so-y-te]")).apply("2022-07-11 09:00")
    live(office, "11/07/2022", "11/07/2022")
    assert left(office, audience="coordinating", unit="so-xay-dung") == [
        ("11/07/2022 11:01", "notice", "so-y-te.focal")
    ]
    assert states(office, audience="coordinating", unit="so-y-te") == []


def test_first_words_moved_or_not_a_first_period_stays_a_first_period(office: Office) -> None:
    """The date of the first period moves: the coordinating unit, told once, does not get a later period's reminders."""
    more = "policy: chuan\n  coordinating: [so-xay-dung]"
    given(office, "{every: year, by: 11-25, from: 2022, to: 2022}", "01/11/2022 09:00", more=more)
    deeds = {"04/11/2022 11:00": lambda: moved(office, "K1-0001", "30/11/2022", "2022-11-04 11:00")}
    live(office, "01/11/2022", "02/12/2022", deeds)
    assert [rung for _, rung in rungs(office, audience="coordinating")] == ["notice"]


def test_two_accusations_of_one_day_to_one_audience_are_one(office: Office) -> None:
    """In calendar days the second falls on a Saturday: both on Monday 01/08/2022, the later one leaves."""
    steps = "[{overdue: 1, unit: day, to: own_leadership}, {overdue: 2, unit: day, to: own_leadership}]"
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00", policies=f"chuan: {{escalate: {steps}}}\n")
    live(office, "11/07/2022", "01/08/2022", checks(office, "01/08/2022"))
    found = states(office, audience="own_leadership")
    assert [state for _, state, _ in found].count("planned") == 1
    assert (found[0][2], found[1][2]).count(SAME_DAY) == 1


def test_a_newer_accusation_of_the_same_audience_takes_the_older_ones_place(office: Office) -> None:
    """Nobody reads the register from 04/08 to 08/08/2022: of leader-4 and leader-6 the newer one waits."""
    steps = "[{overdue: 4, unit: working_day, to: leader}, {overdue: 6, unit: working_day, to: leader}]"
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00", policies=f"chuan: {{escalate: {steps}}}\n")
    live(office, "11/07/2022", "08/08/2022")
    assert states(office, audience="leader") == [("leader-4", "superseded", NEWER), ("leader-6", "held", "chờ rà sổ")]


def test_what_falls_in_one_hour_for_one_recipient_is_one_letter(office: Office) -> None:
    """Two duties with one deadline: one digest a rung, not two letters."""
    two = (obligation(name, "{by: 2022-07-29}", responsible="so-y-te") for name in ("mot", "hai"))
    office.plan(*two).apply("2022-07-11 09:00")
    live(office, "11/07/2022", "02/08/2022")
    carried = [one.message_id for one in entries(office, "attempt") if one.recipient == "so-y-te.focal"]
    assert len(carried) == 2 * len(set(carried))
    assert len(set(carried)) == 6
