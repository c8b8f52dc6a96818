"""Applying again: what an edit may do by itself, what it may not, and from when it counts."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from obligations.cases import applied
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, confirm, submit
from obligations.cases.configuring import applying, forecasting
from obligations.cases.configuring.checking import check
from obligations.cases.reading.history import Wanted, history
from obligations.cases.reading.status import status
from obligations.cases.sending.delivery import deliver
from obligations.config.load import read_folder
from obligations.domain.errors import Refused
from tests.offices import UNITS, ZONE, Office, at, obligation

NOTICE = "2022-07-11 09:00"
REPORT = obligation("bao-cao", "{by: 2022-09-30}", responsible="so-y-te")


def days_sent(office: Office, last: str) -> list[tuple[str, str | None]]:
    """Live every day to `last`; the rungs that left after the notice, with their days."""
    day = at("2022-07-12 08:01")
    while day < at(last):
        deliver(office.app, day, engine_id="a")
        day += timedelta(days=1)
    sent = [entry for entry in history(office.app, Wanted(), ZONE) if entry.kind == "attempt"]
    return [(f"{entry.at.astimezone(ZONE):%d/%m}", entry.rung) for entry in sent if entry.rung != "notice"]


def test_a_changed_policy_acts_from_the_moment_of_apply(office: Office) -> None:
    """Rungs added before a followed deadline leave on their days, as the forecast says; none is lost, none is late."""
    office.plan(REPORT)
    office.apply(NOTICE)
    deliver(office.app, at(NOTICE), engine_id="a")
    office.write("policies.yaml", "chuan: {before: [90, 30, 20, 0]}\n")
    office.apply("2022-07-12 07:00")
    configuration = applied.current(office.app).configuration
    promised = forecasting.ahead(
        office.app, configuration, date(2022, 7, 12), date(2022, 9, 30), at("2022-07-12 07:00")
    )
    left = days_sent(office, "2022-10-01 00:00")
    assert left == [("31/08", "before-30"), ("09/09", "before-20"), ("30/09", "before-0")]
    assert [(f"{row.on:%d/%m}", row.rung) for row in promised] == left
    rungs = [entry.rung for entry in history(office.app, Wanted(), ZONE) if entry.kind == "reminder"]
    assert "before-90" not in rungs, "its day lay before the change: never owed, so no row"


def test_a_changed_hour_moves_the_next_rung(office: Office) -> None:
    """send_at from eight to seven: the next rung leaves at seven."""
    office.plan(REPORT)
    office.apply(NOTICE)
    deliver(office.app, at(NOTICE), engine_id="a")
    office.write("policies.yaml", "chuan: {send_at: '07:00'}\n")
    office.apply("2022-07-12 09:00")
    assert deliver(office.app, at("2022-09-20 07:01"), engine_id="a").sent == 1


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("{by: 2022-09-30, at: '14:00'}", "{by: 2022-09-30, at: '08:00'}"),
        ("{by: 2022-09-30}", "{by: 2022-10-01}"),
        ("{by: 2022-09-30}", "{after: 'event:ket-luan', days: 5}"),
        ("{every: year, by: 11-25, to: 2023}", "{every: year, by: 11-26, to: 2023}"),
    ],
)
def test_a_recorded_deadline_is_never_moved_by_an_edit(office: Office, was: str, now: str) -> None:
    """Another day, another hour, or back to waiting: each is refused, and the old deadline stands."""
    office.plan(obligation("bao-cao", was))
    office.apply(NOTICE)
    before = status(office.app, at(NOTICE)).assignments
    office.plan(obligation("bao-cao", now))
    with pytest.raises(Refused, match="dời hạn đã ghi sổ: “Việc bao-cao”, Sở Y tế"):
        office.apply("2022-07-12 09:00")
    assert status(office.app, at(NOTICE)).assignments == before


def test_a_counted_deadline_keeps_its_rule(office: Office) -> None:
    """A date counted from a confirmed duty stays while the rule is the same; another count is a move."""
    first = obligation("khao-sat", "{by: 2022-07-20}", responsible="so-y-te")
    office.plan(first, obligation("bao-cao", "{after: khao-sat, days: 10}", responsible="so-y-te"))
    office.apply(NOTICE)
    submit(office.app, Address("K1-0001"), Submission(date(2022, 7, 12)), at("2022-07-12 10:00"), by="Mai")
    confirm(office.app, Address("K1-0001"), date(2022, 7, 12), at("2022-07-12 10:00"), by="Mai")
    office.write("policies.yaml", "chuan: {before: [5]}\n")
    assert office.apply("2022-07-13 09:00").applied
    office.plan(first, obligation("bao-cao", "{after: khao-sat, days: 30}", responsible="so-y-te"))
    with pytest.raises(Refused, match="dời hạn"):
        office.apply("2022-07-14 09:00")


def test_a_result_is_not_recorded_by_an_edit(office: Office) -> None:
    """`done:` added to a followed duty is refused: submit and confirm are there for it."""
    office.plan(REPORT)
    office.apply(NOTICE)
    done = "done: {on: 2022-07-11, document: 5/BC}"
    office.plan(obligation("bao-cao", "{by: 2022-09-30}", responsible="so-y-te", more=done))
    with pytest.raises(Refused, match="Bỏ done; kết quả thì ghi ở đầu việc"):
        office.apply("2022-07-12 09:00")


def test_a_unit_named_by_itself_can_be_added_but_not_dropped(office: Office) -> None:
    """Only what a group meant is frozen: a unit added to `responsible` owes from then on, dropping one is refused."""
    office.plan(REPORT)
    office.apply(NOTICE)
    office.plan(obligation("bao-cao", "{by: 2022-09-30}", responsible="[so-y-te, so-xay-dung]"))
    gained = office.apply("2022-07-12 09:00").diff["gained"]
    assert [row["unit"] for row in gained] == ["so-xay-dung"]
    assert deliver(office.app, at("2022-07-12 09:00"), engine_id="a").sent == 2, "both have their notice"
    office.plan(obligation("bao-cao", "{by: 2022-09-30}", responsible="[so-xay-dung]"))
    with pytest.raises(Refused, match="bỏ việc đang theo dõi: “Việc bao-cao”, Sở Y tế"):
        office.apply("2022-07-13 09:00")


def test_a_unit_with_duties_cannot_vanish_from_the_list(office: Office) -> None:
    """Removing it is refused with what to write instead; nothing breaks inside."""
    office.plan(obligation("bao-cao", "{by: 2022-09-30}"))
    office.apply(NOTICE)
    start, end = UNITS.index("- id: so-xay-dung"), UNITS.index("- id: so-ngoai-cuoc")
    office.write("units.yaml", (UNITS[:start] + UNITS[end:]).replace("[so-y-te, so-xay-dung]", "[so-y-te]"))
    with pytest.raises(Refused, match="so-xay-dung đang có đầu việc"):
        office.apply("2022-07-12 09:00")


def test_a_unit_that_ended_is_not_written_to(office: Office) -> None:
    """After its end its one successor gets the reminder; without one the rung is skipped and says why."""
    office.plan(obligation("bao-cao", "{every: year, by: 11-25, from: 2022, to: 2023}"))
    office.apply(NOTICE)
    ended = UNITS.replace("name: Sở Y tế\n", "name: Sở Y tế\n  to: 2022-12-31\n  successor: so-ngoai-cuoc\n")
    ended = ended.replace("name: Sở Xây dựng\n", "name: Sở Xây dựng\n  to: 2022-12-31\n")
    office.write("units.yaml", ended)
    office.apply("2023-01-09 09:00")
    deliver(office.app, at("2023-11-15 08:01"), engine_id="a")
    rows = [row for row in history(office.app, Wanted(), ZONE) if row.kind == "reminder" and row.rung == "before-10"]
    told = {row.unit: (row.recipient, row.state, row.answer) for row in rows if row.period == "2023"}
    assert told == {
        "so-y-te": ("so-ngoai-cuoc.focal", "sent", None),
        "so-xay-dung": (None, "skipped", "đơn vị đã kết thúc, chờ bàn giao"),
    }


def test_a_duty_after_one_that_was_closed_from_the_start_has_its_date(office: Office) -> None:
    """`after:` a duty with `done:` counts from that day, in the list of deadlines and in the ledger."""
    closed = obligation(
        "trinh", "{by: 2022-07-10}", responsible="so-y-te", more="done: {on: 2022-07-08, document: 5/BC}"
    )
    office.plan(closed, obligation("bao-cao", "{after: trinh, days: 10}", responsible="so-y-te"))
    office.apply(NOTICE)
    dated = {row.obligation: row.due_on for row in status(office.app, at(NOTICE)).assignments}
    assert dated["bao-cao"] == date(2022, 7, 18)


def test_a_duty_added_after_its_anchor_was_confirmed_has_its_date(office: Office) -> None:
    """The anchor was completed before the duty came: it is dated the day it is applied."""
    first = obligation("khao-sat", "{by: 2022-07-20}", responsible="so-y-te")
    office.plan(first)
    office.apply(NOTICE)
    submit(office.app, Address("K1-0001"), Submission(date(2022, 7, 12)), at("2022-07-12 10:00"), by="Mai")
    confirm(office.app, Address("K1-0001"), date(2022, 7, 12), at("2022-07-12 10:00"), by="Mai")
    office.plan(first, obligation("bao-cao", "{after: khao-sat, working_days: 5}", responsible="so-y-te"))
    office.apply("2022-07-13 09:00")
    dated = {row.obligation: row.due_on for row in status(office.app, at("2022-07-13 10:00")).assignments}
    assert dated["bao-cao"] == date(2022, 7, 19)


def test_as_of_stays_as_it_was_whatever_the_office_decides_later(office: Office) -> None:
    """On time by the day sent; later the office counts the day received: figures of earlier days do not change."""
    office.plan(obligation("bao-cao", "{by: 2022-07-20}", responsible="so-y-te"))
    office.apply(NOTICE)
    late_by_post = Submission(date(2022, 7, 20), received=date(2022, 7, 22))
    submit(office.app, Address("K1-0001"), late_by_post, at("2022-07-22 10:00"), by="Mai")
    confirm(office.app, Address("K1-0001"), date(2022, 7, 22), at("2022-07-22 11:00"), by="Mai")
    asked = partial(status, office.app, as_of=date(2022, 7, 25))
    before = asked(at("2022-07-26 08:00"))
    office.write("office.yaml", "name: Văn phòng\non_time_by: received\n")
    office.apply("2022-07-30 09:00")
    assert asked(at("2022-07-31 08:00")) == before


def test_an_apply_that_lost_the_race_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody applies between our look and our write: we are told, and nothing of ours is stored."""
    office.plan(REPORT)
    office.apply(NOTICE)
    office.plan(REPORT, obligation("cua-toi", "{by: 2022-09-30}"))
    mine = read_folder(office.folder)
    office.plan(REPORT, obligation("cua-ban", "{by: 2022-09-30}"))
    theirs = read_folder(office.folder)
    once = iter([theirs])

    def meanwhile(*arguments: object, **options: object) -> None:
        if texts := next(once, None):
            applying.apply(office.app, texts, at("2022-07-12 09:00"), by="người khác")

    monkeypatch.setattr(applying, "plan_due", meanwhile)
    with pytest.raises(Refused, match="vừa áp dụng"):
        applying.apply(office.app, mine, at("2022-07-12 09:00"), by="tôi")
    assert {row.obligation for row in status(office.app, at("2022-07-12 10:00")).assignments} == {"bao-cao", "cua-ban"}


def test_a_forecast_of_today_begins_now(office: Office) -> None:
    """Asked at three in the afternoon it does not promise this morning's rung, and names the notice."""
    office.plan(obligation("bao-cao", "{by: 2022-07-14}", responsible="so-y-te"))
    now = at("2022-07-11 15:00")
    configuration = check(read_folder(office.folder), now.date()).required()
    rows = forecasting.ahead(office.app, configuration, now.date(), date(2022, 7, 14), now)
    assert [(row.at, row.rung) for row in rows] == [("15:00", "notice"), ("08:00", "before-0")]
