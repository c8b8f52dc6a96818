"""What holds an accusation back, and that nothing lets it go but what should."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import event, text

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.answering.authorizing import approve, check_register, held
from obligations.cases.answering.calling import called
from obligations.cases.answering.decisions import Decision, extend, reassign
from obligations.cases.reminding import releasing
from obligations.cases.reminding.planning import plan_due
from obligations.cases.sending.delivery import deliver
from obligations.domain.errors import Refused
from obligations.store.database import reading
from tests.days import day, left, live, states, whys
from tests.life import entries, run
from tests.mailbox import mail_server
from tests.offices import UNITS, Office, at, obligation
from tests.ports import free_port

CODE = Address("K1-0001")
REGISTER, APPROVAL, OUTAGE = "chờ rà sổ", "chờ duyệt", "chờ thư báo muộn của đơn vị"


def overdue(office: Office, last: str = "04/08/2022", units: str = UNITS, more: str = "") -> None:
    """One duty of Sở Y tế due on Friday 29/07/2022, lived until leader-4 of Thursday 04/08 is held."""
    office.write("units.yaml", units)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te", more=more)).apply("2022-07-11 09:00")
    live(office, "11/07/2022", last)


def read_register(office: Office, when: str) -> None:
    check_register(office.app, at(when), by="Mai")


def yes(office: Office, when: str) -> None:
    approve(office.app, [CODE], at(when), by="Mai")


def test_the_reasons_come_in_their_order(office: Office) -> None:
    """Register, approval, and then it leaves; each delivery says the first that is not met."""
    overdue(office)
    assert whys(office) == {"leader-4": REGISTER}
    read_register(office, "2022-08-05 07:40")
    run(office, "2022-08-05 07:45")
    assert whys(office) == {"leader-4": APPROVAL}
    yes(office, "2022-08-05 08:30")
    assert run(office, "2022-08-05 08:31").sent == 1
    assert whys(office) == {}


def test_what_waits_is_listed_with_its_reason_of_this_moment(office: Office) -> None:
    """`held` looks at the facts, not at what the last delivery wrote."""
    overdue(office)
    read_register(office, "2022-08-04 13:00")
    [one] = held(office.app, at("2022-08-04 13:01"))
    assert (one.code, one.rung, one.recipient, one.why) == ("K1-0001", "leader-4", "so-y-te.leader", APPROVAL)
    yes(office, "2022-08-04 13:02")
    [one] = held(office.app, at("2022-08-04 13:03"))
    assert one.why == "", "the next delivery lets it go"


def test_nothing_is_let_go_for_another_day(office: Office) -> None:
    """Read and approved on Friday after office hours: nothing leaves at night, and Monday needs its own reading."""
    overdue(office)
    read_register(office, "2022-08-05 17:00")
    yes(office, "2022-08-05 17:05")
    assert run(office, "2022-08-05 17:10").sent == 0
    assert whys(office) == {"leader-4": REGISTER}
    live(office, "06/08/2022", "08/08/2022")
    assert left(office, audience="leader") == []


def test_on_its_own_day_it_leaves_after_office_hours(office: Office) -> None:
    """Its rung is today's: `at` is kept, and nothing keeps it for tomorrow."""
    overdue(office)
    read_register(office, "2022-08-04 17:00")
    yes(office, "2022-08-04 17:05")
    assert run(office, "2022-08-04 17:10").sent == 1


def test_what_could_not_leave_yesterday_needs_todays_register(office: Office) -> None:
    """Let go on Thursday while the server was down: on Friday it is held again until the register is read."""
    port = free_port()
    office.sending("live", f"email: smtp://127.0.0.1:{port}/?from=nhac@so-mau.example\n")
    with mail_server(port=port):
        overdue(office)
    read_register(office, "2022-08-04 13:00")
    yes(office, "2022-08-04 13:05")
    assert run(office, "2022-08-04 13:10").retry == 1
    with mail_server(port=port):
        assert run(office, "2022-08-05 08:01").sent == 0
        assert whys(office) == {"leader-4": REGISTER}
        read_register(office, "2022-08-05 09:00")
        assert run(office, "2022-08-05 09:01").sent == 1
    tried = [one.outcome for one in entries(office, "attempt") if one.rung == "leader-4"]
    assert tried == ["sent"], "the first message carried nothing any more"


def test_a_submission_ends_what_is_held(office: Office) -> None:
    """The unit answered: read or approved, nothing leaves."""
    overdue(office)
    submit(office.app, CODE, Submission(day("04/08/2022")), at("2022-08-04 13:00"), by="Mai")
    assert ("leader-4", "skipped", "đơn vị đã gửi") in states(office)
    with pytest.raises(Refused, match="không có thư báo lên nào đang chờ duyệt"):
        yes(office, "2022-08-04 13:01")


def test_the_head_of_a_unit_that_gave_the_duty_away_is_not_accused(office: Office) -> None:
    """Reassigned while leader-4 was held: it is skipped, and the other unit's own reminders speak."""
    overdue(office)
    decision = Decision(day("05/08/2022"), "Mai")
    reassign(office.app, CODE, decision, at("2022-08-05 09:00"), to="so-xay-dung")
    run(office, "2022-08-05 09:01")
    assert ("leader-4", "skipped", "đã giao đơn vị khác") in states(office)


def test_within_the_office_no_approval_is_needed(office: Office) -> None:
    """The late unit is our own and the policy asks for no yes: the register is enough."""
    office.write("policies.yaml", "chuan: {escalate: [{overdue: 4, unit: working_day, to: leader}]}\n")
    duty = obligation("bao-cao", "{by: 2022-07-29}", responsible="van-phong")
    office.plan(duty).apply("2022-07-11 09:00")
    live(office, "11/07/2022", "04/08/2022", {"04/08/2022 07:40": lambda: read_register(office, "2022-08-04 07:40")})
    assert left(office, audience="leader", unit="van-phong") == [("04/08/2022 08:01", "leader-4", "van-phong.leader")]


def test_a_unit_that_nobody_can_reach_does_not_hold_accusations_for_ever(office: Office) -> None:
    """It has no contact: its own reminders failed, so the leader hears after register and yes."""
    focal = "  - {name: Anh Bình, role: focal, email: dau-moi@so-y-te.example}\n"
    overdue(office, units=UNITS.replace(focal, ""))
    assert ("overdue-1", "failed", "không có đầu mối nhận") in states(office)
    assert left(office, audience="overseer") == [("01/08/2022 08:01", "overseer-1", "van-phong.focal")]
    read_register(office, "2022-08-04 13:00")
    yes(office, "2022-08-04 13:01")
    assert run(office, "2022-08-04 13:02").sent == 1


def test_who_can_only_be_rung_up_is_rung_up_before_anybody_is_told(office: Office) -> None:
    """The call of Monday is made on Wednesday 03/08: two working days later the overseer hears, on Friday."""
    by_hand = UNITS.replace("email: dau-moi@so-y-te.example", "phone: 0232 000 000")
    overdue(office, "02/08/2022", units=by_hand)
    assert whys(office) == {"overseer-1": OUTAGE}
    deeds = {"03/08/2022 09:20": lambda: called(office.app, CODE, at("2022-08-03 09:20"), by="Mai")}
    live(office, "03/08/2022", "04/08/2022", deeds)
    assert left(office, audience="overseer") == []
    live(office, "05/08/2022", "05/08/2022")
    assert left(office, audience="overseer") == [("05/08/2022 07:31", "overseer-1", "van-phong.focal")]


def test_planning_alone_says_that_an_accusation_is_held(office: Office) -> None:
    """What the admin's run of one obligation shows, before any delivery."""
    overdue(office, "03/08/2022")
    rows = plan_due(office.app, at("2022-08-04 08:00"), plan="ke-hoach", obligation="bao-cao").rows
    assert [(row.rung, row.state, row.why) for row in rows] == [("leader-4", "held", REGISTER)]


def test_saying_no_to_all_leaves_what_needs_no_yes(office: Office) -> None:
    """`--all --no` is about what waits for approval; what only waits for the register stays."""
    overdue(office, "10/08/2022")
    assert set(whys(office)) == {"leader-4", "own_leadership-8"}
    decided = approve(office.app, None, at("2022-08-10 13:00"), by="Mai", no=True)
    assert [(one.code, one.rung, one.approved) for one in decided] == [("K1-0001", "leader-4", False)]
    assert set(whys(office)) == {"own_leadership-8"}
    assert approve(office.app, None, at("2022-08-10 13:01"), by="Mai") == []


def test_saying_yes_twice_is_one_event(office: Office) -> None:
    """Repeating what was said changes nothing."""
    overdue(office)
    assert len(approve(office.app, None, at("2022-08-04 13:00"), by="Mai")) == 1
    assert approve(office.app, [CODE], at("2022-08-04 13:01"), by="Mai") == []
    with reading(office.app.engine) as session:
        assert session.execute(text("SELECT count(*) FROM event WHERE kind = 'approved'")).scalar() == 1


def test_a_moved_deadline_asks_for_a_new_yes(office: Office) -> None:
    """The yes was for that rung of that deadline."""
    overdue(office)
    yes(office, "2022-08-04 13:00")
    decision = Decision(day("05/08/2022"), "Mai")
    extend(office.app, CODE, decision, at("2022-08-05 09:00"), to=day("12/08/2022"), granted_by="UBND")
    live(office, "06/08/2022", "18/08/2022", {"18/08/2022 07:40": lambda: read_register(office, "2022-08-18 07:40")})
    assert whys(office) == {"leader-4": APPROVAL}


def test_release_asks_little_when_nothing_is_held(office: Office) -> None:
    """No write, and a handful of statements, however much the ledger holds."""
    overdue(office, "29/07/2022")
    asked: list[str] = []

    def told(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(office.app.engine, "before_cursor_execute", told)
    assert releasing.release(office.app, at("2022-07-29 11:30")) == 0
    event.remove(office.app.engine, "before_cursor_execute", told)
    assert len(asked) <= 3
    assert not any(statement.startswith(("UPDATE", "DELETE", "INSERT")) for statement in asked)


def test_two_engines_let_go_once(office: Office) -> None:
    """The second delivery of the same minute finds nothing to do."""
    overdue(office)
    read_register(office, "2022-08-04 13:00")
    yes(office, "2022-08-04 13:01")
    now: datetime = at("2022-08-04 13:02")
    assert deliver(office.app, now, engine_id="a").sent == 1
    assert deliver(office.app, now, engine_id="b").sent == 0
