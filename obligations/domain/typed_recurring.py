"""What recurs, as people type it: `ngày 25 hằng tháng`, `mỗi quý`, `hằng năm, trước ngày 10/12`, `thứ Sáu hằng tuần`.

Unmarked words. What the calendar's periods can say becomes `every`, the rest `rrule`.
"""

from __future__ import annotations

import re
from datetime import date

from obligations.domain.errors import GrammarError
from obligations.domain.grammar import Deadline, Value
from obligations.domain.periods import MONTHS, Kind, Period
from obligations.domain.typed_days import is_written_day, typed_day
from obligations.domain.typed_periods import typed_period
from obligations.domain.typed_phrases import Phrase, hour_without_day, phrase, with_hour
from obligations.domain.typed_weekdays import listed_weekdays

_TIMES = r"(?: (?:mot|0?1) lan)"
_EACH = re.compile(
    rf"(?<![a-z])(?:dinh ky )?(?:(?:cua )?(?:hang|moi) (?P<each>ngay|tuan|thang|quy|0?6 thang|nam)(?![a-z]){_TIMES}?"
    rf"|(?<![\d/] )(?<![\d/])(?P<once>0?6 thang|(?:mot|0?1) (?:tuan|thang|quy|nam)){_TIMES})"
)
# A figure right after the word would be a part of it: `hằng tháng 12`.
_TAIL = re.compile(r"(?:(?:, | (?!\d))(?P<core>(?!(?:cho )?den ).+?))?(?:,? (?:cho )?den (?P<to>.+))?")
_KINDS: dict[str, Kind] = {"thang": "month", "quy": "quarter", "6 thang": "half-year", "nam": "year"}
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BY = ("", "vao", "trong", "den", "den het", "het")
_AND = re.compile(r", va | va |, ")
_LAST = r"cuoi(?: cung)?"
_LAST_OF_MONTH = re.compile(rf"(?:ngay )?{_LAST}(?: (?:cua )?thang)?")
_DAY_OF_MONTH = re.compile(r"(?:truoc )?(?:ngay |mung )?(\d{1,2})")
_LAST_OF_QUARTER = re.compile(rf"(?:ngay )?{_LAST}(?: (?:cua )?quy)?")
_DAY_OF_QUARTER = re.compile(
    rf"(?:ngay )?(?P<day>\d{{1,2}}|{_LAST}),? (?:cua )?thang (?P<month>dau|giua|cuoi|thu (?:nhat|hai|ba|[1-3]))"
    r"(?: (?:cua )?quy)?"
)
_MONTHS_OF_QUARTER = {
    "dau": "1", "giua": "2", "cuoi": "3", "nhat": "1", "hai": "2", "ba": "3", "1": "1", "2": "2", "3": "3"
}  # fmt: skip
_DAY_OF_YEAR = re.compile(r"(?:truoc )?(?:ngay |mung )*(\d{1,2})(?: ?[/.-] ?|,? thang )(\d{1,2})")
_SHORTEST_MONTH = 28


def typed_recurring(words: str, today: date) -> Deadline | None:
    """The mapping of what recurs; None where nothing does, or where a word is not understood.

    GrammarError for what is understood and cannot be: no such day, two meanings, an end within a period.
    """
    found = _EACH.search(words)
    tail = _TAIL.fullmatch(words, found.end()) if found else None
    if not found or not tail:
        return None
    said = _parted(words[: found.start()].rstrip(" ,"), tail["core"] or "")
    if said is None or (said.how not in _BY and not said.is_before):
        return None
    each = (found["each"] or found["once"].removeprefix("mot ").removeprefix("01 ").removeprefix("1 ")).lstrip("0")
    form = _each(each, said)
    return form and _timed(form, said) | _until(form, tail["to"], today)


def _parted(head: str, tail: str) -> Phrase | None:
    """The day stands before the word that recurs or after it; an hour may follow by itself. None for two days."""
    if head and tail:
        hour = phrase(tail)
        if hour.at is None or hour.how or hour.rest:
            return None
    return phrase(f"{head} {tail}".strip())


def _each(each: str, said: Phrase) -> dict[str, Value] | None:
    match each:
        case "ngay":
            raise GrammarError(
                "deadline-form",
                "“hằng ngày” chưa rõ có tính ngày nghỉ không.",
                "Ghi các thứ, như: thứ Hai, thứ Tư và thứ Sáu hằng tuần.",
            )
        case "tuan":
            return _weekly(said)
        case "thang":
            return _monthly(said)
        case "quy":
            return _quarterly(said)
    return _yearly(_KINDS[each], said)


def _weekly(said: Phrase) -> dict[str, Value] | None:
    if not said.rest:
        raise GrammarError("day", "“hằng tuần” chưa nêu thứ mấy.", "Ghi như: thứ Sáu hằng tuần.")
    numbers = sorted((one - said.is_before) % 7 for one in listed_weekdays(said.rest))
    return {"rrule": f"FREQ=WEEKLY;BYDAY={','.join(_CODES[one] for one in numbers)}"} if numbers else None


def _monthly(said: Phrase) -> dict[str, Value] | None:
    if not said.rest:
        return _whole("month", said)
    if _LAST_OF_MONTH.fullmatch(said.rest):
        return {"every": "month", "by": _last(said)}
    found = [_DAY_OF_MONTH.fullmatch(one) for one in _AND.split(said.rest.removeprefix("cac "))]
    days = sorted({_day_of_month(one[1]) for one in found if one})
    if not all(found) or not _agree(said):
        return None
    if len(days) == 1:
        return {"every": "month", _key(said): str(days[0])}
    if days[-1] > _SHORTEST_MONTH:
        raise GrammarError(
            "day",
            f"không phải tháng nào cũng có ngày {days[-1]}, nên không ghi chung nhiều ngày được.",
            "Tách thành từng việc, như: ngày 30 hằng tháng.",
        )
    # The day before the first is the month's last, and the rule counts it from the end.
    listed = ",".join(str(day - said.is_before or -1) for day in days)
    return {"rrule": f"FREQ=MONTHLY;BYMONTHDAY={listed}"}


def _quarterly(said: Phrase) -> dict[str, Value] | None:
    if not said.rest:
        return _whole("quarter", said)
    if _LAST_OF_QUARTER.fullmatch(said.rest):
        return {"every": "quarter", "by": {"month": "3", "day": _last(said)}}
    if found := _DAY_OF_QUARTER.fullmatch(said.rest):
        month = _MONTHS_OF_QUARTER[found["month"].removeprefix("thu ")]
        day = str(_day_of_month(found["day"])) if found["day"].isdigit() else _last(said)
        return {"every": "quarter", _key(said): {"month": month, "day": day}}
    if _DAY_OF_MONTH.fullmatch(said.rest) or _DAY_OF_YEAR.fullmatch(said.rest):
        raise GrammarError(
            "day", "chưa rõ tháng nào của quý: đầu, giữa hay cuối.", "Ghi như: ngày 15 tháng cuối hằng quý."
        )
    return None


def _yearly(kind: Kind, said: Phrase) -> dict[str, Value] | None:
    """A day of each year; two days in different halves are owed by the half-year, whichever word was typed."""
    if not said.rest:
        return _whole(kind, said)
    found = [_DAY_OF_YEAR.fullmatch(one) for one in _AND.split(said.rest.removeprefix("cac "))]
    if not all(found) or not _agree(said):
        return None
    days: list[Value] = [*sorted({_month_day(one) for one in found if one})]
    if len(days) == 1 and kind == "year":
        return {"every": "year", _key(said): days[0]}
    halves = [str(day) > "06-30" for day in days]
    if halves != [False, True]:
        raise GrammarError(
            "day",
            "chỉ ghi chung được hai ngày, mỗi nửa năm một ngày.",
            "Ghi như: 15/6 và 15/12 hằng năm; còn lại tách thành từng việc.",
        )
    return {"every": "half-year", _key(said): days}


def _whole(kind: Kind, said: Phrase) -> dict[str, Value] | None:
    return {"every": kind} if not said.how else None


def _key(said: Phrase) -> str:
    return "before" if said.is_before else "by"


def _last(said: Phrase) -> str:
    if said.is_before:
        raise GrammarError(
            "day", "“trước ngày cuối” chưa rõ là ngày nào.", "Ghi như: ngày cuối hằng tháng; ngày 25 hằng tháng."
        )
    return "last"


def _agree(said: Phrase) -> bool:
    """Whether *trước* stands before the first day, if before any: it then holds for all."""
    return said.is_before or "truoc " not in said.rest


def _day_of_month(figures: str) -> int:
    if not 1 <= int(figures) <= 31:
        raise GrammarError("day", f"không có ngày {figures}.", "Ghi như: ngày 25 hằng tháng.")
    return int(figures)


def _month_day(found: re.Match[str]) -> str:
    leap = date(2024, 1, 1)  # 29/2 hằng năm is the last of February in other years (Civil Code 2015, 148.3)
    return f"{typed_day(f'{found[1]}/{found[2]}', leap, ahead=True):%m-%d}"


def _timed(form: dict[str, Value], said: Phrase) -> dict[str, Value]:
    if said.at is not None and "by" not in form and "rrule" not in form:
        raise hour_without_day()
    return form | with_hour(said.at)


def _until(form: dict[str, Value], words: str | None, today: date) -> dict[str, Value]:
    """The end: of a rule a day, of periods the last one owed."""
    if words is None:
        return {}
    end, stated = _end(words.removeprefix("het "), today)
    if "rrule" in form:
        return {"to": end.isoformat()}
    kind = next(kind for kind in MONTHS if kind == form["every"])
    if stated and MONTHS[stated.kind] >= MONTHS[kind]:
        return {"to": stated.label}
    last = Period.holding(kind, end)
    if last.last != end:
        raise GrammarError(
            "period",
            f"việc định kỳ phải dừng ở cuối một kỳ, mà ngày ấy ở giữa {last.short_words}.",
            "Ghi “đến hết” và kỳ cuối cùng, như: đến hết tháng 12/2022.",
        )
    return {"to": last.label}


def _end(words: str, today: date) -> tuple[date, Period | None]:
    bare = {"thang": "thang nay", "quy": "quy nay", "nam": "nam nay"}.get(words, words)
    if period := typed_period(f"nam {bare}" if re.fullmatch(r"\d{4}", bare) else bare, today):
        return period.last, period
    if not is_written_day(words):
        raise GrammarError(
            "period", "chưa hiểu lặp lại đến bao giờ.", "Ghi như: ngày 25 hằng tháng đến hết tháng 12/2022."
        )
    return typed_day(words, today, ahead=True), None
