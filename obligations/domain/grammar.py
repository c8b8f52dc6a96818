"""The deadline grammar: a mapping of texts becomes one form, or an error that names the key and the remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time

from obligations.domain.deadline import After, Every, Form, InPeriod, MonthDay, OnDay, Recurring, Unit
from obligations.domain.errors import GrammarError
from obligations.domain.periods import MONTHS, Kind, Period, month_in_period
from obligations.domain.recurrence import check_rule
from obligations.domain.wording import as_written

Value = str | Sequence["Value"] | Mapping[str, "Value"] | None
Deadline = Mapping[str, Value]
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_COUNTS: dict[str, Unit] = {"days": "day", "working_days": "working_day", "months": "month"}
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ID = re.compile(r"[a-z0-9-]+")
_YEARS = range(1900, 2200)  # as of periods; beyond them lie slips of the pen, and the calendar's ends


def parse(deadline: Deadline) -> Form:
    """Read one `deadline:` mapping, every scalar still text. Raises GrammarError with the path of the faulty key.

    >>> parse({"before": "2022-07-20"})
    OnDay(day=datetime.date(2022, 7, 20), before=True, at=None, start=None)
    """
    _known(deadline)
    for head, read in _READERS.items():
        if head in deadline:
            _only(deadline, head)
            return read(deadline)
    raise GrammarError(
        "deadline-form",
        "hạn chưa thuộc dạng nào.",
        "dùng đúng một trong: by, before, within, every, after, rrule",
    )


def _known(deadline: Deadline) -> None:
    for key in deadline:
        if key not in _KEYS:
            raise GrammarError("unknown-key", f"khóa {key} không có trong ngữ pháp hạn.", _one_of(_KEYS), path=(key,))


def _only(deadline: Deadline, head: str) -> None:
    for key in deadline:
        if key not in FORMS[head]:
            fix = f"với {head} chỉ dùng {_listed(FORMS[head])}"
            if key in _READERS:
                fix = f"mỗi nhiệm vụ một hạn: bỏ {head} hoặc {key}; hai hạn thì tách hai nhiệm vụ"
            raise GrammarError("two-forms", f"{key} không đi cùng {head}.", fix, path=(key,))


def _read_every(deadline: Deadline) -> Every:
    kind = _kind(deadline["every"])
    if "by" in deadline and "before" in deadline:
        raise GrammarError("two-forms", "by và before không đi cùng nhau.", "giữ lại một", path=("before",))
    before = "before" in deadline
    key = "before" if before else "by"
    days = _days(kind, deadline, key)
    first, last = _bound(deadline, "from", kind), _bound(deadline, "to", kind)
    offset = _offset(deadline)
    if first and last and last < first:
        raise GrammarError("to-before-from", "to sớm hơn from.", "đổi lại thứ tự hai kỳ", path=("to",))
    if kind == "half-year" and days:
        days = _halves(days, offset, key)
    return Every(kind, days, before, _at(deadline, needs_by=True), first, last, offset)


def _kind(value: Value) -> Kind:
    for kind in MONTHS:
        if value == kind:
            return kind
    raise GrammarError("every", f"every: {as_written(value)} không hợp lệ.", _one_of(MONTHS), path=("every",))


def _days(kind: Kind, deadline: Deadline, key: str) -> tuple[MonthDay, ...]:
    value = deadline.get(key)
    if value is None:
        if key in deadline:
            raise _wrong_day(kind, key, value)
        return ()
    match kind, value:
        case "month", str():
            return (MonthDay(1, _day(value, 31, key, last_allowed=key == "by")),)
        case "quarter", {"month": str() as month, "day": str() as day, **rest} if not rest:
            if month not in ("1", "2", "3"):
                raise GrammarError(
                    "day", f"quý không có tháng thứ {as_written(month)}.", "month: 1, 2 hoặc 3", path=(key, "month")
                )
            return (MonthDay(int(month), _day(day, 31, key, "day", last_allowed=key == "by")),)
        case "half-year", [str() as first, str() as second]:
            return (_month_day(first, kind, (key, 0)), _month_day(second, kind, (key, 1)))
        case "year", str():
            return (_month_day(value, kind, (key,)),)
    raise _wrong_day(kind, key, value)


def _wrong_day(kind: Kind, key: str, value: Value) -> GrammarError:
    form = {
        "month": "một ngày từ 1 đến 31" + (" hoặc last" if key == "by" else ""),
        "quarter": "{month: 3, day: 15}",
        "half-year": "hai ngày [06-15, 12-15]",
        "year": "tháng-ngày, ví dụ 11-25",
    }[kind]
    return GrammarError(
        "day", f"{key}: {as_written(value)} không dùng được với every: {kind}.", f"ghi {form}", path=(key,)
    )


def _day(text: str, highest: int, *path: str, last_allowed: bool) -> int | None:
    if text == "last" and last_allowed:
        return None
    if re.fullmatch(r"\d{1,2}", text) and 1 <= int(text) <= highest:
        return int(text)
    fix = f"ghi từ 1 đến {highest}" + (" hoặc last" if last_allowed else "")
    raise GrammarError("day", f"ngày {as_written(text)} không có.", fix, path=path)


def _month_day(text: str, kind: Kind, path: tuple[str | int, ...]) -> MonthDay:
    found = _MONTH_DAY.fullmatch(text)
    if not found:
        raise GrammarError(
            "day", f"{as_written(text)} không phải tháng-ngày.", "ghi tháng-ngày, ví dụ 11-25", path=path
        )
    month, day = int(found[1]), int(found[2])
    if not 1 <= month <= 12 or not 1 <= day <= _LONGEST_MONTH[month - 1]:
        fix = f"tháng ghi trước: {day:02}-{month:02}" if 1 <= day <= 12 < month <= 31 else "sửa lại ngày"
        raise GrammarError("impossible-date", f"không có ngày {day:02}/{month:02}.", fix, path=path)
    return MonthDay(month if kind == "half-year" else month_in_period(kind, month), day)


def _halves(days: tuple[MonthDay, ...], offset: int, key: str) -> tuple[MonthDay, ...]:
    """The two stated days, checked to lie in the half that owes them and ordered by the half they lie in."""
    halves = [(day.month - 1) // 6 for day in days]
    if halves != ([1, 0] if offset else [0, 1]):
        fix = "ngày đầu ở tháng 7–12, ngày sau ở tháng 1–6" if offset else "ngày đầu ở tháng 1–6, ngày sau ở tháng 7–12"
        raise GrammarError("day", "hai ngày không nằm đúng hai nửa năm.", fix, path=(key,))
    inside = tuple(MonthDay(month_in_period("half-year", day.month), day.day) for day in days)
    return inside[::-1] if offset else inside


def _bound(deadline: Deadline, key: str, kind: Kind) -> Period | None:
    if key not in deadline:
        return None
    value = deadline[key]
    fix = f"ghi kỳ như {_sample(kind)}"
    try:
        stated = Period.parse(value if isinstance(value, str) else "")
    except ValueError:
        raise GrammarError("period", f"{key}: {as_written(value)} không phải một kỳ.", fix, path=(key,)) from None
    if MONTHS[stated.kind] < MONTHS[kind]:
        raise GrammarError("period", f"{key}: {as_written(value)} nhỏ hơn chu kỳ {kind}.", fix, path=(key,))
    return Period.holding(kind, stated.first if key == "from" else stated.last)


def _sample(kind: Kind) -> str:
    return "2022" if kind == "year" else f"{Period(2022, kind, 1).label} hoặc 2022"


def _offset(deadline: Deadline) -> int:
    value = deadline.get("offset", "0")
    if value not in ("0", "1"):
        raise GrammarError(
            "offset", f"offset: {as_written(value)} không hợp lệ.", "chỉ dùng offset: 1", path=("offset",)
        )
    return int(value) if isinstance(value, str) else 0


def _at(deadline: Deadline, *, needs_by: bool = False) -> time | None:
    value = deadline.get("at")
    if "at" not in deadline:
        return None
    if needs_by and "by" not in deadline:
        raise GrammarError("two-forms", "at chỉ đi cùng by.", "ghi by: và at:", path=("at",))
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise GrammarError("time", f"at: {as_written(value)} không phải giờ.", "ghi giờ như 14:00", path=("at",))
    return time(int(found[1]), int(found[2]))


def _start(deadline: Deadline, end: date) -> date | None:
    if "start" not in deadline:
        return None
    start = read_date(deadline["start"], "start")
    if start > end:
        raise GrammarError("start-after-end", "ngày bắt đầu sau hạn.", "đổi lại start hoặc hạn", path=("start",))
    return start


def _read_by(deadline: Deadline) -> OnDay:
    if "before" in deadline or "within" in deadline:
        raise GrammarError("two-forms", "by, before, within không đi cùng nhau.", "giữ lại một", path=("by",))
    day = read_date(deadline["by"], "by")
    return OnDay(day, at=_at(deadline), start=_start(deadline, day))


def _read_before(deadline: Deadline) -> OnDay | InPeriod:
    value = deadline["before"]
    if isinstance(value, str) and _DATE.fullmatch(value):
        day = read_date(value, "before")
        return OnDay(day, before=True, start=_start(deadline, day))
    period = _period(value, "before")
    return InPeriod(period, before=True, start=_start(deadline, period.shift(-1).last))


def _read_within(deadline: Deadline) -> InPeriod:
    period = _period(deadline["within"], "within")
    return InPeriod(period, start=_start(deadline, period.last))


def _period(value: Value, key: str) -> Period:
    try:
        return Period.parse(value if isinstance(value, str) else "")
    except ValueError:
        fix = "ghi như 2022-07, 2022-Q3, 2022-H1 hoặc 2022" + (", hay một ngày 2022-07-20" if key == "before" else "")
        raise GrammarError("period", f"{key}: {as_written(value)} không phải một kỳ.", fix, path=(key,)) from None


def _read_after(deadline: Deadline) -> After:
    anchor = deadline["after"]
    name = anchor.removeprefix("event:") if isinstance(anchor, str) else ""
    if not isinstance(anchor, str) or not _ID.fullmatch(name):
        fix = "ghi issued, mã một nhiệm vụ, hoặc event:ten-su-kien"
        raise GrammarError("anchor", f"after: {as_written(anchor)} không hợp lệ.", fix, path=("after",))
    counts = [key for key in _COUNTS if key in deadline]
    if len(counts) != 1:
        raise GrammarError("count", "after cần đúng một số đếm.", "ghi days, working_days hoặc months", path=("after",))
    value = deadline[counts[0]]
    if not isinstance(value, str) or not re.fullmatch(r"[1-9]\d{0,3}", value):
        fix = "ghi một số nguyên từ 1 đến 9999"
        raise GrammarError("count", f"{counts[0]}: {as_written(value)} không hợp lệ.", fix, path=(counts[0],))
    return After(anchor, int(value), _COUNTS[counts[0]])


def _read_rrule(deadline: Deadline) -> Recurring:
    text = deadline["rrule"]
    if not isinstance(text, str):
        raise GrammarError("rrule", "rrule phải là một dòng.", "ghi như FREQ=WEEKLY;BYDAY=FR", path=("rrule",))
    first = read_date(deadline["from"], "from") if "from" in deadline else None
    last = read_date(deadline["to"], "to") if "to" in deadline else None
    if first and last and last < first:
        raise GrammarError("to-before-from", "to sớm hơn from.", "đổi lại thứ tự hai ngày", path=("to",))
    check_rule(text)
    form = Recurring(text, first, last, _at(deadline))
    sample = first or date(2024, 1, 1)
    end = last if first and last else date(sample.year + 9, 12, 31)
    if not any(True for _ in form.days(sample, end)):
        raise GrammarError("rrule", "quy tắc lặp không cho ngày nào.", "sửa lại quy tắc hoặc from, to", path=("rrule",))
    return form


def read_date(value: Value, *path: str | int) -> date:
    """A full date `2022-07-20`; GrammarError for an impossible one."""
    found = _DATE.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise GrammarError(
            "date", f"{as_written(value)} không phải ngày đầy đủ.", "ghi năm-tháng-ngày, ví dụ 2022-07-20", path=path
        )
    year, month, day = (int(part) for part in found.groups())
    if year not in _YEARS:
        fix = f"ghi một năm từ {_YEARS[0]} đến {_YEARS[-1]}"
        raise GrammarError("date", f"{as_written(value)}: năm {year} không hợp lý.", fix, path=path)
    try:
        return date(year, month, day)
    except ValueError:
        shown = f"{day:02}/{month:02}/{year}"
        raise GrammarError("impossible-date", f"không có ngày {shown}.", "sửa lại ngày", path=path) from None


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(keys)


def _one_of(keys: Iterable[str]) -> str:
    return "một trong: " + ", ".join(keys)


_READERS: dict[str, Callable[[Deadline], Form]] = {
    "every": _read_every,
    "after": _read_after,
    "rrule": _read_rrule,
    "within": _read_within,
    "before": _read_before,
    "by": _read_by,
}
FORMS: dict[str, tuple[str, ...]] = {  # each form by the key that makes it, with the keys that go with it
    "every": ("every", "by", "before", "at", "from", "to", "offset"),
    "after": ("after", *_COUNTS),
    "rrule": ("rrule", "from", "to", "at"),
    "within": ("within", "start"),
    "before": ("before", "start"),
    "by": ("by", "at", "start"),
}
_KEYS = tuple(dict.fromkeys(key for keys in FORMS.values() for key in keys))
