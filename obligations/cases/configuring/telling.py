"""A diff as people read it: a line for each duty, whatever its units and periods, and what to beware of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from obligations.cases.reading.words import Ours, noted, period_words
from obligations.domain.plan import Configuration
from obligations.domain.wording import long_date, table_date

Row = Mapping[str, Any]
BLANK = "(trống)"
ROLES = {"focal": "đầu mối", "deputy": "phó đầu mối", "van-thu": "văn thư", "leader": "lãnh đạo"}
_FIELDS = {
    "name": "tên",
    "role": "vai trò",
    "email": "thư điện tử",
    "phone": "điện thoại",
    "channels": "kênh",
    "away": "vắng mặt",
}


@dataclass(frozen=True)
class Line:
    """One duty in a section; `days` and `periods` are the different ones, in order, as words; a reason is a document's
    or a person's, or `Ours`."""

    plan: str
    title: str
    number: str
    periods: list[str]
    days: list[str]
    units: list[str]
    reason: str = ""


@dataclass(frozen=True)
class Section:
    """Lines of one kind; `count` is of assignments."""

    title: str
    count: int
    lines: list[Line]
    has_reasons: bool = False

    @property
    def has_periods(self) -> bool:
        return any(any(one.periods) for one in self.lines)

    @property
    def has_days(self) -> bool:
        return any(one.days for one in self.lines)


@dataclass(frozen=True)
class Members:
    """Whose units changed, a duty or a plan's `groups`: who joined and who left."""

    title: str
    groups: str
    joined: list[str]
    left: list[str]

    def __str__(self) -> str:
        """In one line, for a terminal."""
        place = f"{self.title}, nhóm {self.groups}" if self.groups else self.title
        changes = [f"{verb} {', '.join(units)}" for verb, units in (("thêm", self.joined), ("bớt", self.left)) if units]
        return f"{place}: {'; '.join(changes)}"


@dataclass(frozen=True)
class ContactChange:
    """A contact that is added, dropped or altered: its unit and name, how (a word of ours, blank where it is altered),
    and (field in words, from, to); what is not there is blank."""

    unit: str
    name: str
    how: str
    changes: list[tuple[str, str, str]]

    def __str__(self) -> str:
        """In one line, for a terminal."""
        said = [
            f"{field} {now if self.how else f'{was or BLANK} → {now or BLANK}'}" for field, was, now in self.changes
        ]
        return f"{self.unit}, {self.name}: {'; '.join([self.how] * bool(self.how) + said)}"


@dataclass(frozen=True)
class Caution:
    """What somebody should look at before it is applied: a heading and the things it is about (sentences: `Ours`)."""

    title: str
    items: list[str]


@dataclass(frozen=True)
class Told:
    """A whole diff in words. `asks_members` are plans whose changed groups are left out until somebody asks."""

    sections: list[Section]
    warnings: list[Caution]
    messages: int
    members: list[Members]
    asks_members: dict[str, Members]
    contacts: list[ContactChange] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.sections or self.members or self.asks_members)


def tell(diff: Row, configuration: Configuration, followed: Configuration | None = None) -> Told:
    """An outcome's `diff` in the names of the draft; what the draft has no more is named as it is followed."""
    names = _Names(configuration, followed, diff["renamed"])
    gained, dropped = diff["gained"], [row for row in diff["lost"] if not row["why"]]
    sections = [
        _section("Thêm", gained, names),
        _section("Bỏ theo dõi", dropped, names),
        _section("Dời hạn", diff["moved"], names, _why),
        _section("Việc chờ mốc nay có hạn", diff["dated"], names),
        _section("Dừng", diff["stopped"], names, _ending),
        _section("Việc mở lại", diff["reopened"], names),
        _section("Đổi mã nhiệm vụ", diff["renamed"], names, lambda row: f"{row['was']} → {row['obligation']}"),
    ]
    members, asks = _members(diff["members"], names)
    shown = [one for one in sections if one.count]
    return Told(
        shown,
        [*_warnings(diff, names)],
        diff["messages_next_12_months"],
        members,
        asks,
        _contacts(diff["contacts"], names),
    )


class _Names:
    def __init__(self, draft: Configuration, followed: Configuration | None, renamed: Iterable[Row]) -> None:
        self._known = [one for one in (draft, followed) if one]
        self._was = {(row["plan"], row["obligation"]): row["was"] for row in renamed}

    def plan(self, plan: str) -> str:
        found = next((known.plans[plan] for known in self._known if plan in known.plans), None)
        return (found and (found.number or found.source)) or plan

    def duty(self, plan: str, obligation: str) -> str:
        ids = (obligation, self._was.get((plan, obligation), obligation))  # a rollback gives an id that nobody follows
        found = (known.obligation(plan, id_) for id_ in ids for known in self._known)
        return next((one.title for one in found if one), obligation)

    def unit(self, unit: str) -> str:
        return next((known.units[unit].short_name for known in self._known if unit in known.units), unit)

    def group(self, group: str) -> str:
        return next((known.groups[group].name for known in self._known if group in known.groups), group)


def _section(title: str, rows: Sequence[Row], names: _Names, reason: Callable[[Row], str] | None = None) -> Section:
    alike: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        alike.setdefault((row["plan"], row["obligation"], reason(row) if reason else ""), []).append(row)
    lines = [_line(key, same, names) for key, same in alike.items()]
    return Section(title, len(rows), lines, has_reasons=reason is not None)


def _line(key: tuple[str, str, str], rows: Iterable[Row], names: _Names) -> Line:
    plan, obligation, reason = key
    same = [*rows]
    return Line(
        plan=plan,
        title=names.duty(plan, obligation),
        number=names.plan(plan),
        periods=[*dict.fromkeys(period_words(row["period"]) for row in same)],
        days=[*dict.fromkeys(_days(row) for row in same if "due_on" in row)],
        units=[*dict.fromkeys(names.unit(row["unit"]) for row in same)],
        reason=reason,
    )


def _days(row: Row) -> str:
    on = _day(row["due_on"])
    return f"{_day(row['from'])} → {on}" if "from" in row else on


def _day(day: date | None) -> str:
    return table_date(day) if day else "chờ mốc"


def _why(row: Row) -> str:
    match row["why"]:
        case "correction":
            return Ours(f"sửa lỗi: {row['reason']}")
        case "amended_by":
            return Ours(f"điều chỉnh theo {row['document']}")
        case "fixed_by":
            return Ours(f"{row['document']} ấn định")
        case "calendar":
            return Ours("lịch nghỉ thay đổi")
        case "rollback":
            return Ours(row["reason"])
        case None:
            return Ours("chưa ghi lý do")
    return str(row["reason"] or row["why"])


def _ending(row: Row) -> str:
    if row["document"] and row["reason"]:
        return f"{row['document']}: {row['reason']}"
    return row["document"] or noted(row["reason"] or "")


def _members(rows: Iterable[Row], names: _Names) -> tuple[list[Members], dict[str, Members]]:
    told, asks = [], {}
    for row in rows:
        joined, left = ([*map(names.unit, row[key])] for key in ("joined", "left"))
        if row["taken"]:
            told.append(Members(names.duty(row["plan"], row["obligation"]), "", joined, left))
        else:
            groups = ", ".join(map(names.group, row["groups"]))
            asks[row["plan"]] = Members(names.plan(row["plan"]), groups, joined, left)
    return told, asks


def _contacts(rows: Iterable[Row], names: _Names) -> list[ContactChange]:
    found = []
    for row in rows:
        how = "thêm" if row["was"] is None else "bỏ" if row["name"] is None else ""
        named = [one for one in row["changes"] if one["field"] != "name" or not how]
        changes = [(_FIELDS[one["field"]], _value(one, "from"), _value(one, "to")) for one in named]
        found.append(
            ContactChange(names.unit(row["unit"]), row["was"] or row["name"], how, changes if how != "bỏ" else [])
        )
    return found


def _value(change: Row, end: str) -> str:
    value = change[end] or ""
    return ROLES[value] if change["field"] == "role" and value else value


def _warnings(diff: Row, names: _Names) -> Iterable[Caution]:
    if diff["no_channel"]:
        yield Caution(
            "Đơn vị không có kênh liên hệ nào, sẽ không nhận được tin", [*map(names.unit, diff["no_channel"])]
        )
    if diff["by_telephone"]:
        yield Caution("Đơn vị phải gọi điện từng lượt nhắc", [*map(names.unit, diff["by_telephone"])])
    if diff["short_notice"]:
        yield Caution("Hạn rất gần", _short_notice(diff["short_notice"], names))
    if diff["unknown"]:
        words = Ours(f"{diff['unknown']} việc: chưa rõ kết quả, không gửi nhắc, chờ người điền")
        yield Caution("Đã quá hạn trước khi theo dõi", [words])
    for row in diff["closed"]:
        yield Caution("Đổi done của việc đang theo dõi", [names.duty(row["plan"], row["obligation"])])
    if diff["plans"]["removed"]:
        yield Caution("Kế hoạch không còn trong cấu hình", [*map(names.plan, diff["plans"]["removed"])])


def _short_notice(rows: Iterable[Row], names: _Names) -> list[str]:
    duties: dict[tuple[str, str, date, int], list[str]] = {}
    for row in rows:
        key = (row["plan"], row["obligation"], row["due_on"], row["working_days"])
        duties.setdefault(key, []).append(names.unit(row["unit"]))
    return [
        Ours(f"{names.duty(plan, obligation)}: {long_date(due_on)}, còn {left} ngày làm việc ({_some(units)})")
        for (plan, obligation, due_on, left), units in duties.items()
    ]


def _some(units: Sequence[str]) -> str:
    return ", ".join(units) if len(units) <= 3 else f"{len(units)} đơn vị"
