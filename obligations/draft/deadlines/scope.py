"""What a document's deadlines are read against: its day, the years of its title, its own kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from obligations.draft.text import lax

_STAGE = re.compile(lax(r"(?:giai đoạn|từ năm) (\d{4}) ?(?:-|đến) ?(?:năm )?(\d{4})"))
_YEAR = re.compile(lax(r"(?:trong )?năm (\d{4})"))
_HORIZON = re.compile(lax(r"(?:đến|hướng đến|tới|tầm nhìn) năm (\d{4})"))

_OPEN = re.compile(lax(r"năm \d{4},? (?:và )?(?:những|các) năm (?:tiếp theo|sau|tiếp)"))
_ISSUES = re.compile(lax(r"ban hành (?:kèm theo )?(?:kế hoạch|chương trình|đề án|phương án)"))


@dataclass(frozen=True)
class Scope:
    """`first` and `last`: the years that the title says, None where it says none. `kind`: the plan grammar's.
    `said_on`: the day that the sentence before named, for *cùng ngày*.
    """

    issued_on: date | None = None
    first: int | None = None
    last: int | None = None
    kind: str = "ke-hoach"
    said_on: date | None = None

    @property
    def is_one_year(self) -> bool:
        return self.last is not None and self.first == self.last

    @property
    def year(self) -> int | None:
        """The year in which things begin, where anything tells it."""
        return self.issued_on.year if self.issued_on else self.first


def scope_of(title: str, issued_on: date | None, kind: str) -> Scope:
    """The scope of a document by its folded title. A quyết định or công văn is bound by no year of its title,
    but the plan that a quyết định issues is.

    >>> scope_of("phong trào thi đua giai đoạn 2021-2025", None, "ke-hoach").last
    2025
    """
    is_plan = kind == "ke-hoach" or (kind == "quyet-dinh" and bool(_ISSUES.search(title)))
    if not (is_plan or kind == "thong-bao-ket-luan") or (issued_on is None and not title):
        return Scope(issued_on, kind=kind)
    if stage := _STAGE.search(title):
        return Scope(issued_on, int(stage[1]), int(stage[2]), kind)
    left = _OPEN.sub(" ", _HORIZON.sub(" ", title))
    years = [int(found) for found in _YEAR.findall(left)]
    if is_plan and years and (issued_on is None or years[-1] >= issued_on.year):
        return Scope(issued_on, years[-1], years[-1], kind)
    return Scope(issued_on, kind=kind)
