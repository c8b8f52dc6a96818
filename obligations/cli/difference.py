"""What an apply changes, for people: who gains, loses, moves, and what leaves next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from obligations.cases.reading.words import period_words
from obligations.cli.names import Names
from obligations.cli.output import Column, print_table, say
from obligations.domain.wording import table_date

Row = Mapping[str, Any]
_COLUMNS = (
    Column("Nhiệm vụ", share=3),
    Column("Kỳ", whole=True),
    Column("Hạn", whole=True),
    Column("Đơn vị", share=1),
)


def print_difference(diff: Row, names: Names) -> None:
    """Everything that an outcome's `diff` tells; a line for each duty, whatever its units and periods."""
    _plans("Kế hoạch thêm", diff["plans"]["added"], names)
    _plans("Kế hoạch bớt", diff["plans"]["removed"], names)
    gained, dropped = diff["gained"], [row for row in diff["lost"] if not row["why"]]
    print_table(f"Thêm {len(gained)} đầu việc", _COLUMNS, _lines(gained, names), empty="Không thêm đầu việc nào.")
    print_table(f"Bỏ theo dõi {len(dropped)} đầu việc", _COLUMNS, _lines(dropped, names))
    _reasoned("Dời hạn {} đầu việc", diff["moved"], names, _why)
    print_table(f"{len(diff['dated'])} đầu việc chờ mốc nay có hạn", _COLUMNS, _lines(diff["dated"], names))
    _reasoned("Dừng {} đầu việc", diff["stopped"], names, _ending)
    print_table(f"Mở lại {len(diff['reopened'])} đầu việc", _COLUMNS, _lines(diff["reopened"], names))
    _renamed(diff["renamed"], names)
    _groups(diff["members"], names)
    for row in diff["closed"]:
        say(f"Đổi done của việc đang theo dõi: {names.duty(row['plan'], row['obligation'])}.")
    if diff["no_channel"]:
        say(f"Không có kênh liên hệ: {', '.join(map(names.unit, diff['no_channel']))}.")
    _short_notice(diff["short_notice"], names)
    if diff["unknown"]:
        say(f"Đã quá hạn trước khi theo dõi (chưa rõ kết quả, không gửi nhắc): {diff['unknown']} việc.")
    say(f"Tin nhắn dự kiến trong 12 tháng tới: {diff['messages_next_12_months']}.")


def _reasoned(title: str, rows: list[Row], names: Names, reason: Callable[[Row], str]) -> None:
    """A table with the reason of each line."""
    alike: dict[str, list[Row]] = {}
    for row in rows:
        alike.setdefault(reason(row), []).append(row)
    lines = [(*line, words) for words, same in alike.items() for line in _lines(same, names)]
    print_table(title.format(len(rows)), (*_COLUMNS, Column("Lý do", share=2)), lines)


def _why(row: Row) -> str:
    match row["why"]:
        case "correction":
            return f"sửa lỗi: {row['reason']}"
        case "amended_by":
            return f"điều chỉnh theo {row['document']}"
        case "fixed_by":
            return f"{row['document']} ấn định"
        case "calendar":
            return "lịch nghỉ thay đổi"
        case None:
            return "chưa ghi lý do"
    return str(row["reason"] or row["why"])


def _ending(row: Row) -> str:
    return ": ".join(part for part in (row["document"], row["reason"]) if part)


def _renamed(rows: list[Row], names: Names) -> None:
    for plan, was, now in dict.fromkeys((row["plan"], row["was"], row["obligation"]) for row in rows):
        say(f"Đổi mã nhiệm vụ: {was} → {now} ({names.plan(plan)}).")


def _groups(rows: list[Row], names: Names) -> None:
    """Who owes from now on; and groups that changed but change nothing until they are asked for, a line for a plan."""
    told: dict[str, None] = {}
    for row in rows:
        parts = [f"thêm {_named(row['joined'], names)}"] if row["joined"] else []
        parts += [f"bớt {_named(row['left'], names)}"] if row["left"] else []
        words = "; ".join(parts)
        if row["taken"]:
            say(f"Đơn vị thực hiện {names.duty(row['plan'], row['obligation'])}: {words}.")
        else:
            groups = ", ".join(map(names.group, row["groups"]))
            told[
                f"Nhóm {groups} đã đổi ({words}): thêm --members {row['plan']} để áp dụng cho các kỳ chưa bắt đầu."
            ] = None
    for line in told:
        say(line)


def _named(units: Iterable[str], names: Names) -> str:
    return ", ".join(map(names.unit, units))


def _plans(title: str, plans: list[str], names: Names) -> None:
    if plans:
        say(
            f"{title}: "
            + ", ".join(plan if names.plan(plan) == plan else f"{names.plan(plan)} ({plan})" for plan in plans)
        )


def _lines(rows: list[Row], names: Names) -> list[tuple[str, str, str, str]]:
    """Rows of one duty as one line: first and last period, first and last day, who owes it."""
    duties: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        duties.setdefault((row["plan"], row["obligation"]), []).append(row)
    return [
        (
            names.titled(*duty),
            _span([period_words(row["period"]) for row in same]),
            _span([_days(row) for row in same]),
            _units(same, names),
        )
        for duty, same in duties.items()
    ]


def _span(labels: list[str]) -> str:
    different = list(dict.fromkeys(labels))
    if len(different) < 3:
        return "\n".join(different)
    return f"{different[0]} …\n{different[-1]}"


def _days(row: Row) -> str:
    """The day, and from which day it moved."""
    if "due_on" not in row:
        return ""
    on = _day(row["due_on"])
    return f"{_day(row['from'])} → {on}" if "from" in row else on


def _day(day: date | None) -> str:
    return table_date(day) if day else "chờ mốc"


def _units(rows: list[Row], names: Names) -> str:
    return names.units(row["unit"] for row in rows)


def _short_notice(rows: list[Row], names: Names) -> None:
    """Duties whose deadline is only a few working days off when their units hear of them."""
    duties: dict[tuple[str, str, date, int], list[Row]] = {}
    for row in rows:
        key = (row["plan"], row["obligation"], row["due_on"], row["working_days"])
        duties.setdefault(key, []).append(row)
    for (plan, obligation, due_on, left), same in duties.items():
        words = f"hạn {table_date(due_on)}, còn {left} ngày làm việc, {_units(same, names)}"
        say(f"Hạn rất gần: {names.duty(plan, obligation)}: {words}.")
