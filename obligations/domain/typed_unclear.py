"""What is often typed as a deadline and names no day: what it lacks, and what to write. Unmarked words."""

from __future__ import annotations

import re

from obligations.domain.errors import GrammarError
from obligations.domain.typed_phrases import hour_without_day, phrase

_UNCLEAR = {
    r"(?:ngay |mung )?\d{1,2}(?: thang nay)?": (
        "chưa rõ ngày của tháng nào.",
        "Ghi như: 25/12/2022; ngày 25 hằng tháng.",
    ),
    r"(?:sang|trua|chieu|dem) (?:ngay |\d|nay|mai|thu |chu nhat).*": (
        "mới nêu buổi, chưa nêu giờ.",
        "Ghi như: 16h 2/12/2022; 16h thứ Sáu hằng tuần.",
    ),
    r"(?:ngay )?(?:dau|giua|cuoi)(?: cung)? (?:tuan|thang|quy|nam).*": (
        "chưa rõ là ngày nào.",
        "Ghi như: 31/12/2022; cuối tháng 12/2022; ngày cuối hằng tháng.",
    ),
    r"tuan(?: nay| sau| toi)?": (
        "chưa nêu thứ mấy trong tuần.",
        "Ghi như: thứ Sáu tuần này; thứ Sáu hằng tuần.",
    ),
    r".*\d (?:cua )?thang (?:dau|giua|cuoi)(?: (?:cua )?quy)?": (
        "chưa rõ của quý nào.",
        "Ghi như: ngày 15 tháng cuối hằng quý; 15/12/2022.",
    ),
}
_START = re.compile(r"(?:sau|(?:ke )?tu) (?:ngay )?\d(?!.* den ).*")


def refuse_unclear(words: str) -> None:
    """GrammarError for such words, and for a day that only begins something; nothing for others."""
    said = phrase(words)
    if not said.rest and said.at is not None:
        raise hour_without_day()
    if _START.fullmatch(f"{said.how} {said.rest}".strip()):
        fix = "Ghi như: từ 1/12 đến 15/12/2022; trước ngày 15/12/2022."
        raise GrammarError("deadline-form", "đây là ngày bắt đầu, chưa phải hạn.", fix)
    if form := next((one for one in _UNCLEAR if re.fullmatch(one, said.rest)), None):
        message, remedy = _UNCLEAR[form]
        raise GrammarError("deadline-form", message, remedy)
