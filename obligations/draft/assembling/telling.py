"""Days that a clause tells of, without asking anything by them: what a law sets, when an event takes place."""

from __future__ import annotations

import re
from dataclasses import replace

from obligations.draft.deadlines.resolving import Resolved
from obligations.draft.text import lax
from obligations.draft.units.words import VERB

_LAW = "(?:luật|bộ luật|pháp lệnh|nghị định|thông tư|nghị quyết|quyết định)"
_CLAUSE = "(?:(?:điểm|khoản|điều) [^,;]{1,80})?"
# *Khoản 7 Điều 79 Luật … quy định …*, but not *theo quy định tại Điều 12, các cơ sở phải …*.
_LAW_SAYS = re.compile(
    lax(rf"{_CLAUSE}{_LAW} ")
    + r"[^;]{0,140}?(?<!theo )(?<!ban hành )(?<!xây dựng )"
    + lax(r"quy định(?! (?:tại|của))(?!\w)")
)
_BY_LAW = re.compile(lax(rf" ?\(?theo (?:quy định (?:của|tại) )?{_CLAUSE}(?:{_LAW}|pháp luật)(?!\w)"))
_TIME_IS = re.compile(
    lax(r"(?:thời gian|thời hạn|thời điểm)(?! (?:hoàn thành|thực hiện|gửi|nộp|báo cáo|trình|xong))(?!\w)")
)
_EVENT = (
    "(?:lễ|hội|ngày hội|tuần|tuần lễ|tháng|chương trình|giải|hội nghị|hội thi|hội thao|đại hội|cuộc thi|liên hoan|"
    "khai mạc|bế mạc|phiên|kỳ họp|vòng|trận|triển lãm|hội chợ)"
)
_TAKES_PLACE = re.compile(lax(rf"(?:(?:thống nhất|dự kiến|theo đó),? )?{_EVENT}(?!\w)[^;:]{{0,120}}?$"))
_HAPPENS = re.compile(lax(r"(?:diễn ra|được tổ chức|được khai mạc)(?: trong \d+ ngày)?,? ?$"))
_AT_HOUR = re.compile(lax(r"(?:lúc|vào lúc|vào hồi|hồi|bắt đầu) "))
_PARTS = re.compile(lax(r"(?:thống nhất|khai mạc|bế mạc|phát động|trao giải|tổng kết|ra quân)"))


def is_of_law(one: Resolved, text: str) -> bool:
    """*Khoản 7 Điều 79 Luật … quy định …*, *thời gian … theo quy định của Luật*: told, not asked for."""
    return bool(_LAW_SAYS.match(text[: one.start]) or (_TIME_IS.match(text) and _BY_LAW.match(text, one.end)))


def announces(one: Resolved, text: str) -> bool:
    """*Lễ hội diễn ra từ …*, *Lễ khai mạc lúc …*: when an event is; who is to hold it is not said there."""
    before = text[: one.start]
    if not _TAKES_PLACE.match(before):
        return False
    # The names of an event's parts are acts elsewhere.
    is_named = _AT_HOUR.match(text, one.start) and not VERB.search(_PARTS.sub("", before))
    return bool(_HAPPENS.search(before) or is_named)


def announced(one: Resolved) -> Resolved:
    """The day of an event, which nobody is told to hold: a person decides whether anything is owed."""
    return replace(one, form=None, doubt="nêu ngày diễn ra, không giao ai thực hiện")
