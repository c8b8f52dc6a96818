"""Who receives, said once for several reports: *gửi Sở X: sơ kết trước ngày …; tổng kết trước ngày …*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from obligations.draft.assembling.clauses import Clause
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
_REPORTS = re.compile(lax(r"(?:và )?(?:báo cáo|sơ kết|tổng kết)(?!\w)"))


def _is_thing(line: Folded) -> bool:
    """What is sent, rather than another act, or somebody else's."""
    return subject(line) is None and (not VERB.match(line.text) or bool(_REPORTS.match(line.text)))


@dataclass
class Recipients:
    """The last clause that named who receives, and whether it lists what."""

    _sentence: int = -1
    _name: str | None = None
    _lists: bool = False

    def carry(self, clause: Clause, added: Sequence[Item]) -> list[Item]:
        """The clause's duties, sent where those before it in its sentence are."""
        said = roles(clause.line).submit_to
        if said or clause.sentence != self._sentence:
            self._sentence, self._name = clause.sentence, said
            self._lists = bool(said) and ": " in clause.line.shown.partition(str(said))[2]
            return list(added)
        goes_on = self._name and (
            _ANOTHER.match(clause.line.text)
            or _SENT_TOO.search(clause.line.text)
            or (self._lists and _is_thing(clause.line))
        )
        return [replace(one, submit_to=one.submit_to or self._name) if goes_on else one for one in added]
