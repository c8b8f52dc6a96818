"""Days before the document was issued: what was, what tells which things are meant, and what is a slip of the pen."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from obligations.domain.deadline import InPeriod, OnDay
from obligations.domain.grammar import parse
from obligations.draft.assembling.aims import DONE, is_strict
from obligations.draft.deadlines.resolving import Resolved
from obligations.draft.deadlines.scope import Scope
from obligations.draft.units.words import VERB

PAST = re.compile(r"(?<!\w)(?:đã(?! (?:hết|được|ký|ban|phê|có|đạt|giao|nêu|xây|đăng))|toàn tỉnh có|ghi nhận)(?!\w)")
# Which things: *hồ sơ tiếp nhận trước ngày …*, *các dự án được phê duyệt trước ngày …*.
_WHICH = re.compile(
    r"(?:ban hành|hiệu lực|được \w+(?: \w+)?|cấp|tiếp nhận|phát sinh|phê duyệt|sinh|thành lập|khởi công|ký|xảy ra|tuyển dụng|"
    r"công nhận|nghỉ hưu|hết hạn|đến hạn) $"
)


def is_past(one: Resolved, scope: Scope) -> bool:
    """Whether a fixed date or part of the calendar ended before the document was issued."""
    end = last_day(one)
    return bool(end and scope.issued_on and end < scope.issued_on)


def last_day(one: Resolved) -> date | None:
    form = parse(one.form) if one.form else None
    if isinstance(form, OnDay):
        return form.day
    if isinstance(form, InPeriod):
        return form.period.first if form.before else form.period.last
    return None


def too_late(one: Resolved, text: str, scope: Scope) -> Resolved:
    """*Hoàn thành trước ngày 15/4/2025* in a plan of 2026 is asked; *hồ sơ tiếp nhận trước ngày …* tells which."""
    end, before = last_day(one), text[: one.start]
    if not (is_strict(one) and end and scope.issued_on and is_past(one, scope)):
        return one
    is_slip = end.year >= scope.issued_on.year - 1 and not _WHICH.search(before) and not PAST.search(text)
    acts = DONE.match(text, one.start) or VERB.search(before)
    return replace(one, form=None, doubt="hạn ở trước ngày ban hành văn bản") if is_slip and acts else one
