"""A unit's record by the quarter of the deadline."""

from __future__ import annotations

from datetime import date

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, confirm, submit
from obligations.cases.reading.unit_record import unit_page, units
from tests.offices import Office, at, obligation


def test_a_record_counts_in_time_late_and_open_by_quarter(office: Office) -> None:
    """Newest first, none of a quarter to come; a waived or future duty is nobody's record."""
    dates = ("2022-07-20", "2022-07-29", "2022-10-14", "2022-11-18", "2023-01-20")
    office.plan(*(obligation(f"viec-{n}", f"{{by: {on}}}", responsible="so-y-te") for n, on in enumerate(dates)))
    office.apply("2022-07-11 09:00")
    for code, on in (("K1-0001", date(2022, 7, 20)), ("K1-0002", date(2022, 8, 1)), ("K1-0003", date(2022, 10, 14))):
        submit(office.app, Address(code=code), Submission(on), at("2022-11-01 09:00"), by="thư ký")
        if code != "K1-0003":
            confirm(office.app, Address(code=code), date(2022, 11, 1), at("2022-11-01 09:00"), by="thư ký")
    found = unit_page(office.app, "so-y-te", at("2022-11-28 09:00")).quarters
    assert [(one.year, one.number, one.in_time, one.late, one.open) for one in found] == [
        (2022, 4, 0, 0, 2),
        (2022, 3, 1, 1, 0),
    ]
    assert unit_page(office.app, "so-xay-dung", at("2022-11-28 09:00")).quarters == []


def test_the_list_of_units_hides_nothing_recorded(office: Office) -> None:
    """Looked at twice, with an answer between; an hour of a deadline passes between two looks."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29, at: '14:00'}", responsible="so-y-te"))
    office.apply("2022-07-11 09:00")

    def counted(when: str) -> dict[str, int]:
        return next(dict(one.counts) for one in units(office.app, at(when)) if one.unit.id == "so-y-te")

    assert counted("2022-07-29 13:59") == {"open_in_time": 1}
    assert counted("2022-07-29 14:00") == {"open_overdue": 1}
    submit(office.app, Address(code="K1-0001"), Submission(date(2022, 7, 29)), at("2022-07-29 14:05"), by="thư ký")
    assert counted("2022-07-29 14:05") == {"submitted": 1}
