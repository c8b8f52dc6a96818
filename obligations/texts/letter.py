"""One letter to one recipient: its facts, its kind, its subject, and its two bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, cached_property
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from obligations.domain.due import ONCE
from obligations.domain.ladder import NOTICE
from obligations.domain.periods import Period
from obligations.domain.plan import Relation
from obligations.domain.wording import clock, long_date, short_date, two_digits, weekday

Kind = Literal["notice", "before", "last-day", "overdue"]
_PLAN_KINDS = {
    "ke-hoach": "Kế hoạch",
    "cong-van": "Công văn",
    "thong-bao-ket-luan": "Thông báo kết luận",
    "quyet-dinh": "Quyết định",
    "chi-dao-mieng": "Ý kiến chỉ đạo",
}
_VERBS: dict[Relation, str] = {
    "internal": "Yêu cầu",
    "subordinate": "Đề nghị",
    "peer": "Đề nghị",
    "independent": "Trân trọng đề nghị",
    "superior": "Kính đề nghị",
}


@dataclass(frozen=True)
class Foot:
    """Whom a unit may ask."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class Item:
    """One duty in a letter. `working_days` left (today and the last day counted), negative when overdue.

    `last_working_day` is the due date itself, or the working day before it when it is a day off. `is_first`: the unit
    has heard nothing of the duty yet, whatever the rung. `ask` is whom to ask about it, where that is not the foot.
    """

    code: str
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
    due_on: date
    due_at: time | None
    assumed: bool
    day_off: str | None
    last_working_day: date
    working_days: int
    product: str
    submit_to: str
    form_file: str
    rung: str
    rung_on: date
    is_late: bool
    is_first: bool = False
    later: tuple[date, ...] = ()
    ask: Foot | None = None

    @cached_property
    def name(self) -> str:
        """The duty with its period: *Báo cáo năm, năm 2022*."""
        if self.period == ONCE:
            return self.title
        try:
            words = Period.parse(self.period).words
        except ValueError:
            words = f"kỳ {short_date(date.fromisoformat(self.period))}"
        return self.title if self.title.endswith(words) else f"{self.title}, {words}"

    @cached_property
    def source(self) -> str:
        """The document, without what it lacks: *Kế hoạch số 123/KH-UBND ngày 08/7/2022 của UBND tỉnh*."""
        if self.plan_source and not self.plan_number:
            return f"{self.plan_source} ({self.plan_issuer})"
        kind = _PLAN_KINDS[self.plan_kind]
        number = f" số {self.plan_number}" if self.plan_number else f" “{self.plan_title}”"
        issued = f" ngày {short_date(self.plan_issued_on)}" if self.plan_issued_on else ""
        return f"{kind}{number}{issued} của {self.plan_issuer}"

    @cached_property
    def basis(self) -> str:
        return f"mục {self.place} {self.source}" + (f", ghi “{self.stated}”" if self.stated else "")

    @cached_property
    def deadline(self) -> str:
        """*hết ngày 25/11/2022 (thứ Sáu)*, or *trước 14 giờ 00 ngày …* where the plan states an hour."""
        return f"trước {clock(self.due_at)} ngày {long_date(self.due_on)}" if self.due_at else f"hết ngày {self.day}"

    @property
    def form_name(self) -> str:
        """The form's own name: the path in an office's folder means nothing to a unit."""
        return self.form_file.rpartition("/")[2]

    @property
    def day(self) -> str:
        return long_date(self.due_on)

    @property
    def short_day(self) -> str:
        return short_date(self.due_on)

    @property
    def left(self) -> str:
        """*còn 06 ngày làm việc*."""
        return f"còn {two_digits(self.working_days)} ngày làm việc"

    @property
    def late_by(self) -> str:
        return f"{two_digits(max(1, -self.working_days))} ngày làm việc"


@dataclass(frozen=True)
class Letter:
    """Everything a letter is made of; `now` is local time, `reply_to` an address."""

    to: str
    to_short: str
    relation: Relation
    office: str
    now: datetime
    closing: time
    next_working_day: date
    items: tuple[Item, ...]
    foot: Foot
    reply_to: str | None = None

    def kind(self, item: Item) -> Kind:
        """What an item has become by now: a rung that leaves after the due date is worded as overdue."""
        if self.is_over(item):
            return "overdue"
        if item.due_on == self.now.date():
            return "last-day"
        return "notice" if self.is_new(item) else "before"

    def is_new(self, item: Item) -> bool:
        """Whether this letter gives the duty: its notice, or the rung that its notice gave way to."""
        return item.rung == NOTICE or item.is_first

    def is_over(self, item: Item) -> bool:
        today = self.now.date()
        return today > item.due_on or (
            item.due_at is not None and today == item.due_on and self.now.time() > item.due_at
        )

    @property
    def verb(self) -> str:
        return _VERBS[self.relation]

    @property
    def you(self) -> str:
        return "đơn vị" if self.relation == "internal" else "quý cơ quan"

    @property
    def as_of(self) -> str:
        """*08 giờ 00 ngày 28/11/2022 (thứ Hai)*: what a machine knows, it knows as of a moment."""
        return f"{clock(self.now.time())} ngày {long_date(self.now.date())}"

    @property
    def is_urged(self) -> bool:
        """Whether haste may be asked for: not of superiors, nor of the Front, unions and Party bodies."""
        return self.relation not in ("superior", "independent")

    def is_last_working_day(self, item: Item) -> bool:
        """Whether the deadline is a day off and today the working day before it."""
        return item.day_off is not None and item.last_working_day == self.now.date() and not self.is_over(item)

    @property
    def overdue(self) -> int:
        """How many duties are overdue."""
        return sum(self.is_over(item) for item in self.items)

    @property
    def together(self) -> list[list[str]]:
        """Codes of duties that one document can answer: the same receiver, the same day."""
        groups: dict[tuple[str, date], list[str]] = {}
        for item in self.ordered:
            groups.setdefault((item.submit_to or item.overseer, item.due_on), []).append(item.code)
        return [codes for codes in groups.values() if len(codes) > 1]

    @property
    def is_all_new(self) -> bool:
        """Whether every duty is just being given: nothing can be missing of it yet."""
        return all(self.is_new(item) and not self.is_over(item) for item in self.items)

    def left(self, item: Item) -> str:
        """*còn 06 ngày làm việc* or *quá 02 ngày làm việc*: past its hour too, a duty has no day left."""
        return f"quá {item.late_by}" if self.is_over(item) else item.left

    def state(self, item: Item) -> str:
        """*quá hạn 02 ngày làm việc*, *mới giao*, *đến hạn hôm nay*, *còn 05 ngày làm việc*."""
        if self.is_over(item):
            return f"quá hạn {item.late_by}"
        today = "đến hạn hôm nay" if item.due_on == self.now.date() else ""
        new = "mới giao" if self.is_new(item) else ""
        return ", ".join(word for word in (new, today) if word) or item.left

    @property
    def ordered(self) -> tuple[Item, ...]:
        """Overdue first, then by deadline."""
        return tuple(sorted(self.items, key=lambda item: (not self.is_over(item), item.due_on, item.code)))


def subject(letter: Letter) -> str:
    """The subject line: what, which code, by when, with the weekday."""
    if len(letter.items) > 1:
        return _digest_subject(letter)
    item = letter.items[0]
    match letter.kind(item):
        case "overdue":
            return f"[Quá hạn {item.late_by} {item.code}] {item.name} (hạn {item.short_day})"
        case "last-day":
            hour = f"trước {clock(item.due_at)} " if item.due_at else "hết "
            return f"[Đến hạn {item.code}] {item.name}, hạn {hour}hôm nay, {weekday(item.due_on)} {item.short_day}"
        case _:
            head = "Nhắc muộn" if item.is_late else "Nhắc việc"
            head = "Ngày làm việc cuối trước hạn" if letter.is_last_working_day(item) else head
            return f"[{head} {item.code}] {item.name}, hạn {item.deadline}"


def _digest_subject(letter: Letter) -> str:
    """What is most pressing stands in front: overdue, then what ends today, then what was to be told earlier."""
    coming = [item for item in letter.items if not letter.is_over(item)]
    today = sum(item.due_on == letter.now.date() for item in coming)
    parts = [f"{len(letter.items)} việc"]
    parts += [f"{two_digits(letter.overdue)} việc quá hạn"] if letter.overdue else []
    if today:
        parts.append(
            f"{two_digits(today)} việc hết hôm nay, {weekday(letter.now.date())} {short_date(letter.now.date())}"
        )
    elif coming:
        parts.append(f"gần nhất hết ngày {long_date(min(item.due_on for item in coming))}")
    head = "Quá hạn" if letter.overdue else "Đến hạn" if today else "Nhắc việc"
    if head == "Nhắc việc" and all(item.is_late for item in letter.items):
        head = "Nhắc muộn"
    return f"[{head}] {letter.to_short}: {', '.join(parts)}"


def render(letter: Letter) -> tuple[str, str, str]:
    """Subject, plain text, HTML."""
    name = "digest" if len(letter.items) > 1 else "single"
    values = {"letter": letter, "item": letter.items[0], "kind": letter.kind(letter.items[0])}
    text = _template(f"{name}.txt").render(values)
    return subject(letter), _tidy(text), _template(f"{name}.html").render(values)


def _tidy(text: str) -> str:
    """Blank lines single, no trailing spaces: templates leave both behind."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"


@cache
def _template(name: str) -> Template:
    """HTML escapes what an office wrote; an unknown name in a template is an error, never an empty place."""
    environment = Environment(
        loader=PackageLoader("obligations.texts"),
        autoescape=name.endswith(".html"),  # whatever the name of what it imports
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # shipped with the program, never edited beside it
    )
    environment.filters |= {"day": short_date, "long_day": long_date, "clock": clock}
    return environment.get_template(name)
