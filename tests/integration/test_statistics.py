"""`statistics`: an office's table of a period, figure by figure."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from obligations.cases.answering import answers, decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission
from obligations.cases.answering.decisions import Decision
from obligations.cases.reading.statistics import Line, Statistics, Table, statistics
from tests.integration.test_cli import Desk, desk
from tests.offices import Office, at, obligation
from tests.rich_lives import Watching

__all__ = ["desk"]
NOTICE = "2022-07-11 09:00"
Q3, Q4 = (date(2022, 7, 1), date(2022, 9, 30)), (date(2022, 10, 1), date(2022, 12, 31))
YTE, XD = "so-y-te", "so-xay-dung"


def done(office: Office, duty: str, unit: str, sent: str, confirmed: str | None, period: str | None = None) -> None:
    """Sent on a day and, where a day is given, taken note of; recorded at five of that day."""
    it = Address.parse(f"ke-hoach/{duty}", unit, period)
    answers.submit(office.app, it, Submission(date.fromisoformat(sent)), at(f"{sent} 17:00"), by="Mai")
    if confirmed:
        answers.confirm(office.app, it, date.fromisoformat(confirmed), at(f"{confirmed} 17:00"), by="Mai")


def decide(office: Office, how: Any, duty: str, unit: str, on: str, **more: Any) -> None:
    decision = Decision(date.fromisoformat(on), "Mai")
    how(office.app, Address.parse(f"ke-hoach/{duty}", unit), decision, at(f"{on} 17:00"), **more)


@pytest.fixture
def lived(office: Office) -> Office:
    """From July to the end of November 2022; each unit owes two duties of July, two quarters and one more."""
    office.plan(
        obligation("thang-7", "{by: 2022-07-29}"),
        obligation("thang-10", "{by: 2022-10-31}"),
        obligation("quy", "{every: quarter, by: {month: 3, day: 15}, to: 2022-Q4}"),
        obligation("thoi", "{by: 2022-12-20}"),
    )
    office.apply(NOTICE)
    decide(office, decisions.extend, "thang-7", XD, "2022-07-28", to=date(2022, 11, 15), granted_by="Giám đốc")
    decide(office, decisions.waive, "thoi", XD, "2022-09-05")
    done(office, "quy", YTE, "2022-09-12", "2022-09-13", "2022-Q3")
    done(office, "quy", XD, "2022-09-20", "2022-10-03", "2022-Q3")
    decide(office, decisions.waive, "thoi", YTE, "2022-10-05")
    done(office, "thang-10", YTE, "2022-10-28", "2022-10-29")
    done(office, "thang-7", XD, "2022-11-10", "2022-11-11")
    done(office, "quy", XD, "2022-11-25", None, "2022-Q4")
    return office


def counted(office: Office, period: tuple[date, date], as_of: str | None = None, **more: Any) -> Statistics:
    day = date.fromisoformat(as_of) if as_of else None
    return statistics(office.app, at("2023-02-01 09:00"), first=period[0], last=period[1], as_of=day, **more)


def figures(line: Line) -> tuple[Any, ...]:
    """Tổng (chuyển sang, giao), hoàn thành (đúng, quá), đang (trong, quá), chờ, hai tỷ lệ."""
    of = line.classes
    return (
        (line.total, line.carried_over, line.given),
        (line.done, of.get("done_in_time", 0), of.get("done_late", 0)),
        (line.open, of.get("open_in_time", 0), of.get("open_overdue", 0)),
        line.submitted,
        line.done_rate,
        line.in_time_rate,
    )


def test_the_fourth_quarter_at_the_end_of_november(lived: Office) -> None:
    """Against the current deadlines: units in the order of protocol, what was over before October not counted."""
    table = counted(lived, Q4, "2022-11-30").current
    assert [line.id for line in table.units] == [YTE, XD]
    yte, xd = table.units
    assert figures(yte) == ((3, 2, 1), (1, 1, 0), (2, 1, 1), 0, 33.3, 100.0)
    assert figures(xd) == ((4, 3, 1), (2, 1, 1), (1, 0, 1), 1, 50.0, 50.0)
    assert figures(table.total) == ((7, 5, 2), (3, 2, 1), (3, 1, 2), 1, 42.9, 66.7)
    assert (yte.outside, xd.outside) == ({"waived": 1}, {}), "what was waived before October is history"
    assert [(line.name, figures(line)) for line in table.plans] == [("12/KH-SM", figures(table.total))]


def test_the_same_against_the_original_deadlines(lived: Office) -> None:
    """Extensions are ignored: what was done within one is late."""
    yte, xd = (table := counted(lived, Q4, "2022-11-30").original).units
    assert figures(yte) == ((3, 2, 1), (1, 1, 0), (2, 1, 1), 0, 33.3, 100.0)
    assert figures(xd) == ((4, 3, 1), (2, 0, 2), (1, 0, 1), 1, 50.0, 0.0)
    assert figures(table.total) == ((7, 5, 2), (3, 1, 2), (3, 1, 2), 1, 42.9, 33.3)


def test_the_third_quarter_as_of_its_last_day(lived: Office) -> None:
    """Nothing was carried over; the reports of the fourth quarter are not given yet; what waits waits."""
    found = counted(lived, Q3)
    assert (found.moment.day, found.known_at) == (date(2022, 9, 30), date(2022, 9, 30))
    yte, xd = found.current.units
    assert figures(yte) == ((4, 0, 4), (1, 1, 0), (3, 2, 1), 0, 25.0, 100.0)
    assert figures(xd) == ((3, 0, 3), (0, 0, 0), (2, 2, 0), 1, 0.0, None)
    assert xd.outside == {"waived": 1}


def test_a_period_seen_later_follows_what_it_was_given(lived: Office) -> None:
    """The third quarter as of the end of November: the same duties, further on."""
    later = counted(lived, Q3, "2022-11-30").current
    assert figures(later.units[0]) == ((3, 0, 3), (2, 2, 0), (1, 0, 1), 0, 66.7, 100.0)
    assert figures(later.units[1]) == ((3, 0, 3), (2, 1, 1), (1, 0, 1), 0, 66.7, 50.0)


def test_known_at_leaves_out_what_was_recorded_later(lived: Office) -> None:
    """As of 30/09, a result sent on the 29th but recorded in December: unknown then, known later."""
    late = Submission(date(2022, 9, 29))
    address = Address.parse("ke-hoach/thang-7", YTE)
    answers.submit(lived.app, address, late, at("2022-12-01 09:00"), by="Mai")
    then, afterwards = (counted(lived, Q3, "2022-09-30", known_at=day) for day in (None, date(2022, 12, 1)))
    assert (then.current.units[0].submitted, afterwards.current.units[0].submitted) == (0, 1)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2022-07-11", "2022-07-11", (4, 0, 4)),  # the day of activation: the fourth quarter is not given yet
        ("2022-07-12", "2022-07-31", (4, 4, 0)),
        ("2022-07-01", "2022-07-10", (0, 0, 0)),  # nothing was followed
        ("2022-09-13", "2022-09-30", (4, 4, 0)),  # ghi nhận on the first day of the period still counts
        ("2022-09-14", "2022-09-30", (3, 3, 0)),  # and the day after it is over
        ("2022-10-01", "2022-10-01", (4, 3, 1)),  # the fourth quarter is given on its first day
        ("2022-10-02", "2022-10-02", (4, 4, 0)),
    ],
)
def test_what_belongs_to_a_period(lived: Office, first: str, last: str, expected: tuple[int, int, int]) -> None:
    """Sở Y tế's total, carried over and given, on the days round each boundary."""
    found = counted(lived, (date.fromisoformat(first), date.fromisoformat(last))).current.units
    mine = [(line.total, line.carried_over, line.given) for line in found if line.id == YTE]
    assert (mine or [(0, 0, 0)]) == [expected]


def test_what_is_done_again_after_a_reopening_counts_again(lived: Office) -> None:
    """Noted in September, reopened in October: carried over into the fourth quarter."""
    now = at("2022-10-10 09:00")
    address = Address.parse("ke-hoach/quy", YTE, "2022-Q3")
    decisions.reopen(lived.app, address, Decision(now.date(), "Mai"), now)
    assert counted(lived, Q4, "2022-11-30").current.units[0].carried_over == 3


def every_table_adds_up(office: Office, _: int) -> Watching:
    """Every Friday: the total is what was carried over and given, and what is done, open and waiting."""
    while evening := (yield):
        if evening.weekday() != 4:
            continue
        found = statistics(office.app, evening, first=date(2022, 8, 1), last=evening.date())
        for table in (found.current, found.original):
            _adds_up(table)
        assert found.current.total.total == found.original.total.total


def _adds_up(table: Table) -> None:
    for line in (*table.units, *table.plans, table.total):
        assert line.total == line.carried_over + line.given == line.done + line.open + line.submitted
    for lines in (table.units, table.plans):
        for name in ("total", "carried_over", "given", "done", "open", "submitted"):
            assert sum(getattr(line, name) for line in lines) == getattr(table.total, name)


# the command


def test_the_command_prints_the_table_with_its_foot(lived: Office, desk: Desk) -> None:
    """Vietnamese decimals, the note, when the figures were closed, and which deadline they follow."""
    del lived
    desk.clock("2022-11-30 17:00")
    shown = desk.dondoc("statistics", "--from", "2022-10-01", "--to", "31/12/2022").ended(0).out
    words = " ".join(shown.split())
    assert "Biểu 1. Tình hình thực hiện nhiệm vụ từ 01/10/2022 đến 31/12/2022" in words
    assert "Số liệu chốt lúc 17 giờ 00 ngày 30/11/2022, tính theo hạn hiện tại (theo hạn gốc: biểu 2)." in words
    assert "Không tính 01 việc dừng, miễn, bàn giao, chưa rõ kết quả." in words
    assert "42,9" in shown
    assert "Sở Y tế" in words
    assert "Biểu 2" in desk.dondoc("statistics", "--from", "2022-10-01", "--original").ended(0).out


def test_the_command_gives_both_tables_to_programs(lived: Office, desk: Desk) -> None:
    del lived
    desk.clock("2022-11-30 17:00")
    document = desk.dondoc("statistics", "--from", "2022-10-01", "--to", "2022-12-31", "--json").ended(0).document
    assert list(document) == ["from", "to", "as_of", "known_at", "current", "original"]
    total = document["current"]["total"]
    assert (total["total"], total["done_in_time"], total["done_rate"], total["in_time_rate"]) == (7, 2, 42.9, 66.7)
    assert [line["id"] for line in document["original"]["units"]] == [YTE, XD]
    assert document["current"]["units"][0]["outside"] == {"waived": 1}


def test_a_spreadsheet_opens_the_table(lived: Office, desk: Desk, tmp_path: Path) -> None:
    """A byte order mark for Excel, one line for each unit, the total, the foot; nothing that begins like a formula."""
    del lived
    desk.clock("2022-11-30 17:00")
    file = tmp_path / "biểu.csv"
    desk.dondoc("statistics", "--from", "2022-10-01", "--to", "2022-12-31", "--csv", file).ended(0)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0][:5] == ["STT", "Đơn vị", "Tổng số", "Kỳ trước chuyển sang", "Giao trong kỳ"]
    assert rows[1][:5] == ["1", "Sở Y tế", "3", "2", "1"]
    assert rows[1][-3:] == ["33,3", "100,0", "Không tính 01 không phải thực hiện"]
    assert rows[3][1:3] == ["Tổng cộng", "7"]
    assert rows[4][1].startswith("Số liệu chốt lúc 17 giờ 00")


def test_a_file_that_cannot_be_written_is_told(lived: Office, desk: Desk, tmp_path: Path) -> None:
    del lived
    desk.clock("2022-11-30 17:00")
    ended = desk.dondoc("statistics", "--csv", tmp_path / "khong-co" / "x.csv", "--json").ended(1)
    assert ended.document["error"]["code"] == "file"
