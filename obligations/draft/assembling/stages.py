"""Stages of years: *thực hiện giai đoạn 2026 - 2027* is when, *chương trình giai đoạn 2026 - 2027* is which (B4)."""

from __future__ import annotations

import re

from obligations.draft.deadlines.resolving import Resolved

NAMES_STAGE = re.compile(r"(?:giai đoạn|nhiệm kỳ|được (?:triển khai )?thực hiện|hiệu lực|thời kỳ) ?$")
# *…, thực hiện giai đoạn 2026 - 2027* is when; *chương trình giai đoạn 2026 - 2027* is which.
_STAGED = re.compile(r"(?:^|[,;:(] ?|[,;:(] ?(?:hoàn thành|xong|thực hiện|triển khai|dự kiến) )$")
_SAID_STAGE = ("trong giai đoạn", "hoàn thành trong", "thực hiện trong", "xong trong")
_ENDS = re.compile(r"[ .,;:)]*$")
_STAGE_LEADS = re.compile(r"\W*(?:giai đoạn (?:\d|[ivx]+) ?\()?")
_ACHIEVED = re.compile(r"(?<!\w)(?:hoàn thành|hoàn tất|xong)(?!\w)")
_SHARE = re.compile(r"phấn đấu|tỷ lệ|chỉ tiêu|mục tiêu|\d ?%")


def ends_stage(one: Resolved, text: str) -> bool:
    """Whether something is due by the end of the stage: set off by itself, or *Giai đoạn 2026 - 2028: … hoàn thành …*."""
    before, after = text[: one.start], text[one.end :]
    if text.startswith(_SAID_STAGE, one.start) or (_STAGED.search(before) and _ENDS.match(after)):
        return True
    leads = _STAGE_LEADS.fullmatch(before) and re.match(r" ?\)? ?[:,]", after)
    return bool(leads and _ACHIEVED.search(after) and not _SHARE.search(after))
