"""Who receives, said once for several reports: *gửi Sở X: sơ kết trước ngày …; tổng kết trước ngày …*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from obligations.draft.assembling.clauses import Clause
from obligations.draft.deadlines.resolving import Resolved
from obligations.draft.model import Item
from obligations.draft.text import Folded, lax
from obligations.draft.units.mentions import subject
from obligations.draft.units.roles import roles
from obligations.draft.units.words import VERB

_ANOTHER = re.compile(
    lax(
        r"(?:và )?(?:báo cáo (?:tuần|tháng|quý|0?6 tháng|sáu tháng|0?9 tháng|năm|cả năm|tổng kết|sơ kết|chính thức|đợt|kỳ|giữa kỳ|cuối kỳ)"
        r"|(?:đợt|lần|kỳ|vòng) (?:\d|một|hai|ba|cuối|sau|thứ|i)|(?:bản|số liệu|hồ sơ) (?:chính thức|bổ sung|giấy|điện tử))(?!\w)"
    )
)


# *…; tổng kết đợt 1, báo cáo trước ngày 15/6*: to whom, the words before have said.
_SENT_TOO = re.compile(
    lax(r"(?:, |và )(?:báo cáo|gửi|nộp)(?: kết quả| báo cáo| lại)? (?=trước|chậm nhất|muộn nhất|trong|vào|xong|từ|đến)")
)
_LEADS = re.compile(r"[ ,:-]*")
_REPORTS = re.compile(lax(r"(?:và )?(?:báo cáo|sơ kết|tổng kết)(?!\w)"))


def own_recipient(line: Folded, one: Resolved, ones: Sequence[Resolved]) -> str | None:
    """*Trình A trước ngày …, gửi B trước ngày …*: of several days in a clause, who receives on this one."""
    own = [roles(line.cut(*_stretch(line, each, ones))).submit_to for each in ones]
    return own[list(ones).index(one)] if len(set(own)) == len(ones) and None not in own else None


def _stretch(line: Folded, one: Resolved, ones: Sequence[Resolved]) -> tuple[int, int]:
    """From the day before to this one; where the days lead (*trước ngày … gửi A, trước ngày … gửi B*), to the next."""
    place = list(ones).index(one)
    if _LEADS.fullmatch(line.text, 0, ones[0].start):
        return one.end, ones[place + 1].start if place + 1 < len(ones) else len(line.text)
    return ones[place - 1].end if place else 0, one.end


def _is_thing(line: Folded) -> bool:
    """What is sent, rather than another act, or somebody else's."""
    return subject(line) is None and (not VERB.match(line.text) or bool(_REPORTS.match(line.text)))


@dataclass
class Recipients:
    """The last clause that named who receives, and whether it lists what; the reports before it that wait for a name."""

    _sentence: int = -1
    _name: str | None = None
    _lists: bool = False
    _waiting: list[int] = field(default_factory=list)

    def carry(self, clause: Clause, items: list[Item], known: int) -> None:
        """The clause's duties, those from `known` on, are sent where the others of its sentence are."""
        said = roles(clause.line).submit_to
        is_report = bool(_REPORTS.match(clause.line.text))
        if said and is_report and clause.sentence == self._sentence:
            self._reach_back(items, known, said)
        if said or clause.sentence != self._sentence:
            self._waiting = []
            self._sentence, self._name = clause.sentence, said
            self._lists = bool(said) and ": " in clause.line.shown.partition(str(said))[2]
        elif self._name and self._goes_on(clause.line):
            items[known:] = [replace(one, submit_to=one.submit_to or self._name) for one in items[known:]]
        if is_report and not self._name:
            self._waiting += range(known, len(items))

    def _goes_on(self, line: Folded) -> bool:
        told = _ANOTHER.match(line.text) or _SENT_TOO.search(line.text)
        return bool(told or (self._lists and _is_thing(line)))

    def _reach_back(self, items: list[Item], known: int, name: str) -> None:
        """*Báo cáo nhanh trước …; báo cáo tổng kết trước … về Sở X*: both go there, where both are of one office."""
        owners = {one.responsible for one in items[known:]}
        for place in self._waiting:
            one = items[place]
            if place < known and not one.submit_to and {one.responsible} == owners and name not in one.responsible:
                items[place] = replace(one, submit_to=name)
