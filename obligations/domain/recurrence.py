"""Which `rrule:` texts are let in (RFC 5545, read by python-dateutil)."""

from __future__ import annotations

import re

from dateutil.rrule import rrulestr

from obligations.domain.errors import GrammarError
from obligations.domain.wording import as_written

_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_FORBIDDEN = {"COUNT", "UNTIL", "BYHOUR", "BYMINUTE", "BYSECOND"}
_PART = r"(?:(?:FREQ|WKST)=[A-Z]+|INTERVAL=[1-9]\d{0,3}|BY(?:DAY|MONTH|MONTHDAY|YEARDAY|WEEKNO|SETPOS)=[A-Z0-9,+-]+)"
_RULE = re.compile(rf"{_PART}(?:;{_PART})*")
_NTH = re.compile(r"(\d+)[A-Z]")


def check_rule(text: str) -> None:
    """Refuse what is no RFC 5545 rule of days, or states its own end or hour: those stand in `to:` and `at:`."""
    parts = dict(part.partition("=")[::2] for part in text.upper().split(";"))
    if parts.get("FREQ") not in _FREQUENCIES:
        fix = f"bắt đầu bằng FREQ= và một trong: {', '.join(sorted(_FREQUENCIES))}"
        raise GrammarError("rrule", f"quy tắc lặp {as_written(text)} không hợp lệ.", fix, path=("rrule",))
    if banned := _FORBIDDEN & parts.keys():
        fix = "ngày cuối ghi ở to:, giờ ghi ở at:"
        raise GrammarError("rrule", f"quy tắc lặp không dùng {', '.join(sorted(banned))}.", fix, path=("rrule",))
    if not _is_rule(text):
        fix = "viết theo RFC 5545, ví dụ FREQ=WEEKLY;BYDAY=FR"
        raise GrammarError("rrule", f"quy tắc lặp {as_written(text)} không hợp lệ.", fix, path=("rrule",))


def _is_rule(text: str) -> bool:
    """Whether a rule can be lived with: dateutil alone also takes INTERVAL=0 (for ever), a DTSTART, several lines."""
    try:
        rrulestr(text)
    except (ValueError, TypeError, KeyError, IndexError):
        return False
    return _RULE.fullmatch(text.upper()) is not None and not _beyond_its_period(text.upper())


def _beyond_its_period(rule: str) -> bool:
    """Whether BYDAY names a weekday that no month or year has, such as a month's ninth Monday: dateutil then breaks."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    most = 5 if parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts else 53
    return any(int(nth) > most for nth in _NTH.findall(parts.get("BYDAY", "")))
