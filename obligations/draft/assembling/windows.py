"""Times that figures are of, and times that have run out: they say which, or what follows, and ask for nothing (B4)."""

from __future__ import annotations

import re

from obligations.draft.deadlines.resolving import Resolved
from obligations.draft.text import lax
from obligations.draft.units.words import VERB

_WINDOW = re.compile(
    r"(?:số liệu|kỳ số liệu|thời kỳ|thời điểm chốt|thời gian (?:chốt|lấy|tính)|niên độ|kỳ báo cáo|mốc (?:số liệu|thời gian chốt)|kỳ (?:tính|lấy|chốt))"
)
_COUNTING = re.compile(
    r"(?:tính|lấy|chốt|tổng hợp số liệu|số liệu|phát sinh|so với|cùng kỳ|kết thúc|tính toán)(?: số liệu)?(?: (?:từ|đến|hết|tính|năm))? ?$"
)
# Nouns that as often end what is to be done: *gửi số liệu trước ngày …*, *xử lý các khoản nợ phát sinh trước ngày …*.
_MATTER = re.compile(r"(?<!lấy )(?:số liệu|phát sinh|kết thúc) $")
_DUE = re.compile(lax(r"(?:xong|hoàn thành|trước|(?:chậm|muộn|trễ) nhất|không (?:muộn|chậm|trễ|quá)|hạn|trong)(?!\w)"))
_ON = re.compile(lax(r"vào (?:(?:buổi )?(?:sáng|chiều) )?(?:các )?(?:ngày|thứ)(?!\w)"))
_SENT = re.compile(lax(r"(?<!\w)(?:gửi|nộp|cung cấp)(?!\w)"))
# *Báo cáo kết quả từ ngày … đến ngày … trước ngày …*: what is told of, then by when.
_TOLD_OF = re.compile(lax(r"(?<!\w)(?:báo cáo|kết quả|số liệu|tình hình|tiến độ|phát sinh)(?!\w)[^,;]*$"))
_LAPSED = re.compile(
    r"(?<!không )(?<!chậm )(?<!\w)(?:quá|sau|hết) (?:thời hạn|thời gian|hạn)(?: \w+){0,3} ?\(?$|(?<!không )(?<!\w)quá $"
)


def is_window(one: Resolved, text: str) -> bool:
    """*Số liệu tính đến ngày 31/5*, *kết thúc năm 2023*; a day on which something ends is one to be kept."""
    before = text[: one.start]
    if _WINDOW.match(text) and not (_DUE.match(text, one.start) and _SENT.search(before)):
        return True
    found = _COUNTING.search(before[-40:])
    if found is None or (one.rule == "bare-date" and found[0].startswith("kết thúc")):
        return False
    return not (_MATTER.search(before) and _falls_due(one, before, text))


def _falls_due(one: Resolved, before: str, text: str) -> bool:
    """Led by a word of a deadline, or coming again; *phát sinh vào ngày …* tells when it was."""
    if _DUE.match(text, one.start):
        return True
    return not before.endswith("phát sinh ") and (one.is_recurrence or bool(_ON.match(text, one.start)))


def has_lapsed(one: Resolved, text: str) -> bool:
    """*Quá thời hạn nêu trên (ngày 20/3/2026), đơn vị không gửi coi như thống nhất*: no new day."""
    return _LAPSED.search(text[: one.start]) is not None


def tells_of(one: Resolved, other: Resolved, text: str) -> bool:
    """*Báo cáo kết quả từ ngày … đến ngày … trước ngày …*, *số vụ phát sinh trong tháng 3 trước ngày …*: not when, of when."""
    is_stretch = one.form is not None and bool({"start", "within"} & one.form.keys())
    is_day = other.form is not None and not other.weak and bool({"by", "before"} & other.form.keys())
    if not (is_stretch and is_day and _TOLD_OF.search(text[: one.start])):
        return False
    between = text[one.end : other.start]
    if between.startswith(")"):
        return ";" not in between
    return not re.search(r"[,;:(]", between) and not VERB.search(between)
