"""What stands around a typed deadline: *chậm nhất là*, *trước*, *đến hết*, and its hour. Unmarked words."""

from __future__ import annotations

import re
from typing import NamedTuple

from obligations.domain.clock_words import clock
from obligations.domain.errors import GrammarError

# Words that say only that this is a deadline, and leave its day as it is.
_LEAD = (
    r"(?:(?:(?:phai )?(?:xong|hoan thanh)|han chot|han cuoi(?: cung)?(?! thang| quy| nam| hang| moi)|han|thoi han"
    r"|cham nhat|muon nhat|toi da|khong (?:muon|cham) hon|khong qua|la|tu (?:hom )?nay(?= (?:cho )?den))(?![a-z])"
    r"[ ,:]*)*"
)
_HOW = (
    r"(?:(?P<how>(?:(?:cho )?den |vao )?truoc|(?:cho )?den het|(?:cho )?den|het"
    r"|trong(?: vong| thoi han| thoi gian)?|vao|sau)(?![a-z]) ?)?"
)
_PHRASE = re.compile(rf"{_LEAD}{_HOW}(?P<rest>.*)")
_LEADING = re.compile(rf"{_LEAD}{_HOW}")
_LEADS = re.compile(_LEAD)
# Figures after the hour are minutes, but a day in `16h 30/11` and, with a space, in `16 giờ 30 tháng 11`.
_HOUR = re.compile(
    r"(?:(?:truoc|luc|vao luc) )?(?<![\d/.-])(?P<hour>\d{1,2}) ?(?:(?:gio|g|h)(?![a-z])|:(?=\d\d))"
    r"(?:(?P<minute>\d{2})(?!\d| ?[/.-] ?\d)(?: ?phut)?| (?P<apart>\d{2})(?!\d| ?[/.-] ?\d|,? thang)(?: ?phut)?"
    r"| ?(?P<few>\d) phut)?(?: (?P<part>sang|trua|chieu|toi|dem)(?![a-z]))?"
)
_PARTS = {"sang": " sáng", "trua": " trưa", "chieu": " chiều", "toi": " tối", "dem": " đêm"}
_SAMPLE = "Ghi như: 16h 2/12/2022; 4 giờ chiều 2/12/2022."


class Phrase(NamedTuple):
    """`how` the deadline lies to what is named (`truoc`, `den het`, `trong`, empty …), and `rest`, which is that.

    `at`: its hour `HH:MM`, empty for the end of the day, None where no hour is said.
    """

    how: str
    rest: str
    at: str | None

    @property
    def is_before(self) -> bool:
        return self.how.endswith("truoc")


def phrase(words: str) -> Phrase:
    """Part a deadline into what leads to it, its hour and the rest. GrammarError for an hour of no or two meanings."""
    found = _HOUR.search(words)
    at = None
    if found and (parted := _without(words, found)) is not None:
        at, words = _time(found), parted
    whole = _PHRASE.fullmatch(words)
    assert whole is not None  # noqa: S101  # it takes any line
    if at is not None and whole["how"] and whole["how"].endswith("truoc"):
        raise GrammarError(
            "two-forms",
            "đã có giờ mà còn ghi “trước” ở ngày, chưa rõ hạn là ngày nào.",
            "Ghi như: 16h 2/12/2022, hoặc: trước ngày 2/12/2022.",
        )
    return Phrase(whole["how"] or "", whole["rest"], at)


def without_lead(words: str) -> str:
    """The words after *hoàn thành*, *chậm nhất là* and their like."""
    return _LEADS.sub("", words, count=1)


def with_hour(at: str | None) -> dict[str, str]:
    """The hour as the grammar has it; a deadline ends at the end of its day anyway (Civil Code 2015, 148.6)."""
    return {"at": at} if at else {}


def hour_without_day() -> GrammarError:
    """An hour beside a period, or beside nothing."""
    return GrammarError("time", "có giờ mà chưa có ngày.", "Ghi như: 16h 2/12/2022; 16h ngày 25 hằng tháng.")


def _without(words: str, hour: re.Match[str]) -> str | None:
    """The words but for the hour, where it stands first or last; in their midst it may belong to a part of them."""
    before, after = words[: hour.start()].rstrip(" ,"), words[hour.end() :].lstrip(" ,")
    leading = _LEADING.fullmatch(f"{before} " if before else "")
    if leading and leading["how"] and leading["how"].startswith(("trong", "sau")):
        raise GrammarError("count", "thời hạn không đếm theo giờ được.", "Ghi giờ và ngày, như: 16h 2/12/2022.")
    return f"{before} {after}".strip() if leading or not after else None


def _time(found: re.Match[str]) -> str:
    hour, part = int(found["hour"]), found["part"] or ""
    minute = found["minute"] or found["apart"] or found["few"] or ""
    shown = found["hour"] + "h" + minute + _PARTS.get(part, "")
    at = clock(hour, int(minute or 0), part)
    if at is None:
        raise GrammarError("time", f"“{shown}” không phải một giờ trong ngày.", _SAMPLE)
    # An office counts to 24 and writes 02 giờ; who says 2 giờ mostly means the afternoon.
    if not part and len(found["hour"]) == 1 and 1 <= hour <= 6:
        fix = f"Ghi như: {hour + 12}h 2/12/2022; {hour:02}h 2/12/2022."
        raise GrammarError("time", f"“{shown}” chưa rõ là sáng hay chiều.", fix)
    return at
