"""A duty as letters name it: what the plan says of it, in the words of an office."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from obligations.domain.due import ONCE
from obligations.domain.periods import Period
from obligations.domain.wording import short_date, two_digits

_KINDS = {
    "ke-hoach": ("Kế hoạch", "KH"),
    "cong-van": ("Công văn", "CV"),
    "thong-bao-ket-luan": ("Thông báo kết luận", "TB"),
    "quyet-dinh": ("Quyết định", "QĐ"),
    "chi-dao-mieng": ("Ý kiến chỉ đạo", "ý kiến chỉ đạo"),
}
_NUMBER = re.compile(r"\d[^\s]*/\S+|\d+-\S+/\S+")


@dataclass(frozen=True)
class Duty:
    """What a plan says of one obligation and period; `assumed`: it names no day."""

    title: str
    period: str
    plan_kind: str
    plan_title: str
    plan_number: str | None
    plan_source: str | None
    plan_issued_on: date | None
    plan_issuer: str
    overseer: str
    place: str
    stated: str
    assumed: bool = False
    product: str = ""
    submit_to: str = ""
    form_file: str = ""

    @cached_property
    def name(self) -> str:
        return self.named(self.title, self.period)

    @staticmethod
    def named(title: str, period: str) -> str:
        """The duty with its period: *Báo cáo năm, năm 2022*."""
        if period == ONCE:
            return title
        try:
            words = Period.parse(period).words
        except ValueError:
            words = f"kỳ {short_date(date.fromisoformat(period))}"
        return title if title.endswith(words) else f"{title}, {words}"

    @cached_property
    def source(self) -> str:
        """The document, without what it lacks: *Kế hoạch số 123/KH-UBND ngày 08/7/2022 của UBND tỉnh*."""
        if self.plan_source and not self.plan_number:
            return f"{self.plan_source} ({self.plan_issuer})"
        number = f" số {self.plan_number}" if self.plan_number else f" “{self.plan_title}”"
        issued = f" ngày {short_date(self.plan_issued_on)}" if self.plan_issued_on else ""
        return f"{_KINDS[self.plan_kind][0]}{number}{issued} của {self.plan_issuer}"

    @cached_property
    def citation(self) -> str:
        """Where the plan says it, in which words: *mục VI.3 Kế hoạch số …, ghi “chậm nhất ngày 25/11 hàng năm”*."""
        return f"mục {self.place} {self.source}" + (f", ghi “{self.stated}”" if self.stated else "")

    @property
    def short_source(self) -> str:
        """As a chat message names it: *KH 123/KH-UBND, mục VI.3*."""
        return f"{self.short_plan}, mục {self.place}"

    @property
    def short_plan(self) -> str:
        kind = _KINDS[self.plan_kind][1]
        return f"{kind} {self.plan_number}" if self.plan_number else self.plan_source or f"{kind} “{self.plan_title}”"

    @property
    def where(self) -> str:
        """Where the result goes; to whoever oversees the plan, where it names nobody."""
        if self.submit_to:
            return f"gửi về {self.submit_to}"
        return f"gửi 01 bản về {self.overseer} để theo dõi (văn bản không nêu nơi nhận)"

    @property
    def form_name(self) -> str:
        """The form's own name: the path in an office's folder means nothing to a unit."""
        return self.form_file.rpartition("/")[2]


@dataclass(frozen=True)
class Tally:
    """How far an obligation's period has come; `missing` are units by full name, in the order of protocol."""

    name: str
    received: int
    total: int
    missing: tuple[str, ...] = ()

    @property
    def share(self) -> str:
        """*31/40* received."""
        return f"{two_digits(self.received)}/{two_digits(self.total)}"

    @property
    def lacking(self) -> str:
        """*09/40* not received."""
        return f"{two_digits(self.total - self.received)}/{two_digits(self.total)}"


def numbered(document: str) -> str:
    """A document as a sentence names it: *văn bản số 512/BC-SKHCN*; whoever wrote its kind is quoted."""
    return f"văn bản số {document}" if _NUMBER.fullmatch(document) else document
