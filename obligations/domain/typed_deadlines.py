"""Deadlines as people type them into a form, in the words of an office, to the grammar's mapping.

`20/7`, `14h 20/7/2022`, `trước ngày 20/7/2022`, `trong 10 ngày làm việc`, `quý III/2022`, `ngày 25 hằng tháng`,
`25/11 hằng năm đến năm 2025`, `thứ Sáu hằng tuần`: with marks or without. A mapping (`{by: …}`) is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from obligations.domain.errors import GrammarError
from obligations.domain.grammar import Deadline
from obligations.domain.periods import MONTHS, Kind, Period
from obligations.domain.plain_letters import unmarked
from obligations.domain.typed_days import typed_day

EXAMPLES = "Ghi như: 20/7/2022; 14h 20/7; trước ngày 20/7; trong 10 ngày làm việc; quý III/2022; ngày 25 hằng tháng."
# In `16h 30/11` the thirty is a day.
_CLOCK = r"(?P<hour>\d{1,2})\s*(?:gio|h|:|g)\s*(?P<minute>\d{2}(?!\s*[/.-]))?"
_HOUR_FIRST = re.compile(rf"(?:truoc |luc |cham nhat )*{_CLOCK}(?:,? ngay|,)? ?(?P<day>.+)")
_HOUR_LAST = re.compile(rf"(?P<day>.+?),? (?:truoc |luc )?{_CLOCK}")
_BY = re.compile(r"(?:cham nhat |den |het |trong |vao |truoc |la )*(?:ngay )?(?P<day>.+)")
_BEFORE = re.compile(r"truoc (?:ngay )?(?P<day>.+)")
_COUNT = re.compile(r"(?:trong |sau )?(?P<n>\d{1,4}) (?P<unit>ngay lam viec|ngay|thang|tuan)(?: ke tu .+| tu .+)?")
_PART = re.compile(r"(?P<before>truoc |trong |vao |het )?(?P<part>.+)")
_MONTH = re.compile(r"thang (\d{1,2})(?:(?:/| nam )(\d{4}))?")
_QUARTER = re.compile(r"quy (iv|i{1,3}|[1-4])(?:(?:/| nam )(\d{4}))?")
_HALF = re.compile(r"6 thang (dau|cuoi) nam(?: (\d{4}))?")
_YEAR = re.compile(r"nam (\d{4})")
_EVERY = re.compile(r"(?P<day>.*?),? ?(?:hang|moi) (?P<kind>tuan|thang|quy|6 thang|nam)(?:,? den (?:het )?(?P<to>.+))?")
_KINDS = {"thang": "month", "quy": "quarter", "6 thang": "half-year", "nam": "year"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WEEKDAYS = {"hai": "MO", "ba": "TU", "tu": "WE", "nam": "TH", "sau": "FR", "bay": "SA"}
_FIGURES = {"2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR", "7": "SA"}
_UNITS = {"ngay lam viec": "working_days", "ngay": "days", "thang": "months"}


def typed_deadline(text: str, today: date) -> Deadline:
    """The mapping that `obligations.domain.grammar.parse` takes. What leaves a year out means the next one to come.

    GrammarError, with examples, for what is none of these.

    >>> typed_deadline("14h 20/7", date(2022, 7, 8))
    {'by': '2022-07-20', 'at': '14:00'}
    """
    words = unmarked(text).strip(" .;")
    for read in _READERS:
        if found := read(words, today):
            return found
    raise GrammarError("deadline-form", f"chưa hiểu thời hạn “{text.strip()[:60]}”.", EXAMPLES)


def _every(words: str, today: date) -> Deadline | None:
    found = _EVERY.fullmatch(words)
    if not found:
        return None
    day = re.sub(r"^(?:cham nhat |vao |la )*(?:ngay )?", "", found["day"]).strip()
    is_before = found["day"].startswith("truoc ")
    day = re.sub(r"^truoc (?:ngay )?", "", day)
    to = _last(found["to"], today)
    if found["kind"] == "tuan":
        return _weekly(day, to)
    kind = _KINDS[found["kind"]]
    form: dict[str, object] = {"every": kind}
    if day:
        stated = _day_of(kind, day)
        if stated is None:
            return None
        form["before" if is_before else "by"] = stated
    return form | to  # type: ignore[return-value]


def _day_of(kind: str, day: str) -> object | None:
    if day in ("cuoi", "cuoi cung", "cuoi thang") and kind == "month":
        return "last"
    if kind == "month" and re.fullmatch(r"\d{1,2}", day):
        return str(int(day))
    if kind == "quarter" and (found := re.fullmatch(r"(\d{1,2}) (?:cua )?thang (cuoi|giua|dau|[123])(?: quy)?", day)):
        return {"month": {"dau": "1", "giua": "2", "cuoi": "3"}.get(found[2], found[2]), "day": str(int(found[1]))}
    if kind == "half-year" and (found := re.fullmatch(r"(\d+)/(\d+) (?:va|,) ?(?:ngay )?(\d+)/(\d+)", day)):
        first, second = (int(found[2]), int(found[1])), (int(found[4]), int(found[3]))
        return [f"{month:02}-{one:02}" for month, one in (first, second)]
    if kind == "year" and (found := re.fullmatch(r"(\d{1,2})(?:/| thang )(\d{1,2})", day)):
        return f"{int(found[2]):02}-{int(found[1]):02}"
    return None


def _weekly(day: str, to: dict[str, str]) -> Deadline | None:
    found = re.fullmatch(r"(?:thu )?(hai|ba|tu|nam|sau|bay|[2-7])|chu nhat", day)
    if not found:
        return None
    name = found[1]
    code = "SU" if name is None else _WEEKDAYS.get(name) or _FIGURES[name]
    return {"rrule": f"FREQ=WEEKLY;BYDAY={code}"} | to


def _last(words: str | None, today: date) -> dict[str, str]:
    if not words:
        return {}
    if found := re.fullmatch(r"(?:nam )?(\d{4})", words):
        return {"to": found[1]}
    if period := _period(words, today):
        return {"to": period.label}
    return {"to": typed_day(words.removeprefix("ngay "), today, ahead=True).isoformat()}


def _counted(words: str, _: date) -> Deadline | None:
    found = _COUNT.fullmatch(words)
    if not found:
        return None
    number = int(found["n"])
    if found["unit"] == "tuan":
        return {"after": "issued", "days": str(7 * number)}
    return {"after": "issued", _UNITS[found["unit"]]: str(number)}


def _within(words: str, today: date) -> Deadline | None:
    found = _PART.fullmatch(words)
    period = _period(found["part"], today) if found else None
    if found is None or period is None:
        return None
    return {"before" if found["before"] == "truoc " else "within": period.label}


def _period(words: str, today: date) -> Period | None:
    """A month, quarter, half or year; of those without a year the first that has not ended."""
    if found := _MONTH.fullmatch(words):
        return _coming("month", int(found[1]), found[2], today)
    if found := _QUARTER.fullmatch(words):
        return _coming("quarter", _ROMAN.get(found[1]) or int(found[1]), found[2], today)
    if found := _HALF.fullmatch(words):
        return _coming("half-year", 1 if found[1] == "dau" else 2, found[2], today)
    if found := _YEAR.fullmatch(words):
        return Period(int(found[1]), "year", 1)
    return None


def _coming(kind: Kind, number: int, year: str | None, today: date) -> Period | None:
    if not 1 <= number <= 12 // MONTHS[kind]:
        return None
    if year:
        return Period(int(year), kind, number)
    this = Period(today.year, kind, number)
    return this if this.last >= today else Period(today.year + 1, kind, number)


def _timed(words: str, today: date) -> Deadline | None:
    for pattern in (_HOUR_FIRST, _HOUR_LAST):
        found = pattern.fullmatch(words)
        if found and int(found["hour"]) < 24 and int(found["minute"] or 0) < 60:
            at = f"{int(found['hour']):02}:{int(found['minute'] or 0):02}"
            stated = _BY.fullmatch(found["day"])
            if stated:
                return {"by": typed_day(stated["day"], today, ahead=True).isoformat(), "at": at}
    return None


def _before(words: str, today: date) -> Deadline | None:
    found = _BEFORE.fullmatch(words)
    return {"before": typed_day(found["day"], today, ahead=True).isoformat()} if found else None


def _by(words: str, today: date) -> Deadline | None:
    found = _BY.fullmatch(words)
    if not found or not (found["day"][:1].isdigit() or found["day"] in ("mai", "hom nay", "nay", "ngay mai")):
        return None
    return {"by": typed_day(found["day"], today, ahead=True).isoformat()}


_READERS: tuple[Callable[[str, date], Deadline | None], ...] = (_every, _counted, _within, _timed, _before, _by)
