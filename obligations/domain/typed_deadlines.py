"""Deadlines as people type them into a form, in the words of an office, to the grammar's mapping.

`20/7`, `14h 20/7/2022`, `trước ngày 20/7/2022`, `trong 10 ngày làm việc`, `quý III/2022`, `ngày 25 hằng tháng`,
`25/11 hằng năm đến năm 2025`, `thứ Sáu hằng tuần`: with marks or without. A mapping (`{by: …}`) is not read here.

Every word must be understood: what is left over, and what has two meanings, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from obligations.domain.errors import GrammarError
from obligations.domain.grammar import Deadline, Value
from obligations.domain.plain_letters import unmarked
from obligations.domain.typed_days import is_written_day, states_year, typed_day
from obligations.domain.typed_periods import day_before, last_day, typed_period, typed_point
from obligations.domain.typed_phrases import Phrase, hour_without_day, phrase, with_hour, without_lead
from obligations.domain.typed_recurring import typed_recurring
from obligations.domain.typed_unclear import refuse_unclear
from obligations.domain.typed_weekdays import WEEKDAY, coming_weekday, past, weekday_number
from obligations.domain.wording import WEEKDAYS, short_date, weekday

EXAMPLES = "Ghi như: 20/7/2022; 14h 20/7; trước ngày 20/7; trong 10 ngày làm việc; quý III/2022; ngày 25 hằng tháng."
_COUNT = re.compile(
    r"(?P<n>\d{1,9}) (?P<unit>ngay lam viec|ngay|tuan|thang|nam)(?P<start>,? (?:(?:ke |tinh )?tu|sau) .+)?"
)
_COUNTED = ("", "trong", "trong vong", "trong thoi han", "trong thoi gian", "sau")
_UNITS = {
    "ngay lam viec": ("working_days", 1), "ngay": ("days", 1), "tuan": ("days", 7), "thang": ("months", 1),
    "nam": ("months", 12),
}  # fmt: skip
_MOST = 9999  # as of the grammar
_ISSUED = re.compile(
    r",? (?:(?:ke |tinh )?tu|sau) (?:ngay|khi) (?:ban hanh|ky(?: ban hanh)?|(?:duoc )?giao(?: viec)?)"
    r"(?: (?:van ban|ke hoach|cong van|thong bao|quyet dinh) nay)?"
)
_WINDOW = re.compile(r"(?:ke )?tu (?P<first>.+?),? (?:cho )?den (?P<last>.+)")
_LONGEST = timedelta(days=183)  # of a window whose first day lies in the year before, unwritten
_NEAR = ("hom nay", "ngay hom nay", "mai", "ngay mai", "nay")
_BY = ("", "den", "den het", "het", "trong", "vao")
_NAMED = re.compile(
    rf"(?P<weekday>{WEEKDAY}),? (?P<day>.*\d.*)|(?P<day_first>.*\d),? (?:(?P<last>{WEEKDAY})|\((?P<inside>{WEEKDAY})\))"
)
_WHOLE = {"thang": "thang nay", "quy": "quy nay", "nam": "nam nay"}
_DAY = timedelta(days=1)


def typed_deadline(text: str, today: date) -> Deadline:
    """The mapping that `obligations.domain.grammar.parse` takes. What leaves a year out means the next one to come.

    GrammarError, with examples, for what is none of these.

    >>> typed_deadline("14h 20/7", date(2022, 7, 8))
    {'by': '2022-07-20', 'at': '14:00'}
    """
    words = re.sub(r" ?, ?", ", ", unmarked(text).replace("–", "-")).strip(" .;,")
    for read in _READERS:
        if found := read(words, today):
            return found
    refuse_unclear(words)
    raise GrammarError("deadline-form", f"chưa hiểu thời hạn “{text.strip()[:60]}”.", EXAMPLES)


def _window(words: str, today: date) -> Deadline | None:
    """From a day to a day: the first only opens the window, the last is the deadline."""
    found = _WINDOW.fullmatch(without_lead(words))
    if not found:
        return None
    first, last = found["first"], found["last"]
    end = _dated(last, today) if is_written_day(first) else None
    if not end:
        raise GrammarError(
            "deadline-form", "khoảng thời gian này chưa rõ ngày đầu, ngày cuối.", "Ghi như: từ 1/12 đến 15/12/2022."
        )
    if states_year(first) and not states_year(phrase(last).rest):
        raise _unclear_years()
    day = date.fromisoformat(str(end["by"])) if "by" in end else date.fromisoformat(str(end["before"])) - _DAY
    return {"start": _first_day(first, day).isoformat()} | end


def _first_day(first: str, end: date) -> date:
    """Without a year the last such day before the window's end, unless most of a year lies between: a slip."""
    day = typed_day(first, end - 364 * _DAY, ahead=True)
    if day > end or (day.year < end.year and not states_year(first) and end - day > _LONGEST):
        raise _unclear_years()
    return day


def _unclear_years() -> GrammarError:
    return GrammarError(
        "start-after-end", "ngày đầu và ngày cuối chưa rõ của năm nào.", "Ghi đủ, như: từ 1/12/2022 đến 15/1/2023."
    )


def _counted(words: str, _: date) -> Deadline | None:
    """From the document's issue: the one start that a form knows (Civil Code 2015, 147)."""
    said = phrase(words)
    found = _COUNT.fullmatch(said.rest) if said.how in _COUNTED else None
    if not found:
        return None
    if found["start"] and not _ISSUED.fullmatch(found["start"]):
        raise GrammarError(
            "anchor",
            "ở đây thời hạn chỉ đếm được từ ngày ban hành văn bản, không đếm được từ mốc khác.",
            "Ghi ngày cuối, như: 15/12/2022; chưa biết ngày ấy thì ghi trong tệp kế hoạch, như: after: event:ket-luan.",
        )
    if said.at is not None:
        raise GrammarError("time", "thời hạn đếm theo ngày không kèm giờ.", "Ghi ngày cuối cùng, như: 16h 2/12/2022.")
    unit, times = _UNITS[found["unit"]]
    count = int(found["n"]) * times
    if not 1 <= count <= _MOST:
        wrong = "thời hạn quá dài." if count else "thời hạn phải từ 1 ngày trở lên."
        raise GrammarError("count", wrong, "Ghi như: trong 10 ngày làm việc.")
    return {"after": "issued", unit: str(count)}


def _dated(words: str, today: date) -> dict[str, Value] | None:
    """By or before one day."""
    said = phrase(words)
    day = _day(said, today) if said.how in _BY or said.is_before else None
    if day is None:
        return None
    form: dict[str, Value] = {"before" if said.is_before else "by": day.isoformat()}
    return form | with_hour(said.at)


def _day(said: Phrase, today: date) -> date | None:
    first = today + _DAY if said.is_before else today  # what has no year is the next whose deadline is not past
    if said.how == "trong" and said.rest == "ngay":
        return today
    rest = said.rest.removeprefix("ngay ")
    if said.rest in _NEAR and (rest != "nay" or not said.how):  # *đến nay* tells of the past
        day = typed_day(rest, today)
        if day < first:
            raise past()
        return day
    if is_written_day(rest):
        return typed_day(rest, first, ahead=True)
    return _of_weekday(rest, today, first) or (None if said.is_before else typed_point(rest, today))


def _of_weekday(rest: str, today: date, first: date) -> date | None:
    """A weekday, alone or beside its day, of which it must be true."""
    found = _NAMED.fullmatch(rest)
    if not found:
        return coming_weekday(rest, today, first)
    stated = (found["day"] or found["day_first"]).removeprefix("ngay ")
    if not is_written_day(stated):
        return None
    day = typed_day(stated, first, ahead=True)
    number = weekday_number(found["weekday"] or found["last"] or found["inside"])
    if day.weekday() != number:
        raise GrammarError(
            "day", f"ngày {short_date(day)} là {weekday(day)}, không phải {WEEKDAYS[number]}.", "Sửa thứ hoặc sửa ngày."
        )
    return day


def _within(words: str, today: date) -> Deadline | None:
    """In or before a month, quarter, half or year."""
    said = phrase(words)
    rest = _WHOLE.get(said.rest, said.rest) if said.how in ("trong", "het", "den het") else said.rest
    period = typed_period(rest, today, day_before if said.is_before else last_day)
    if period is None or said.how in ("sau", *_COUNTED[2:]):
        return None
    if said.at is not None:
        raise hour_without_day()
    if said.how == "den":
        raise GrammarError(
            "period",
            f"“đến {period.short_words}” chưa rõ là hết hay trước kỳ ấy.",
            "Ghi “đến hết” hoặc “trước”, như: đến hết tháng 12/2022.",
        )
    return {"before" if said.is_before else "within": period.label}


_READERS: tuple[Callable[[str, date], Deadline | None], ...] = (typed_recurring, _window, _counted, _dated, _within)
