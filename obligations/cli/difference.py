"""What an apply changes, for people at a terminal: who gains, loses, moves, what to beware of, how much leaves."""

from __future__ import annotations

from obligations.cases.configuring.telling import Line, Told
from obligations.cli.output import Column, print_table, say

_COLUMNS = (
    Column("Nhiệm vụ", share=3),
    Column("Kỳ", whole=True),
    Column("Hạn", whole=True),
    Column("Đơn vị", share=1),
)
_REASON = Column("Lý do", share=2)
_FEW = 2


def print_difference(told: Told) -> None:
    """Everything that was told of a diff; a line for each duty, whatever its units and periods."""
    if told.is_nothing:
        say("Không đổi đầu việc nào.")
    for section in told.sections:
        columns = (*_COLUMNS, _REASON) if section.has_reasons else _COLUMNS
        print_table(f"{section.title}: {section.count} đầu việc", columns, map(_cells, section.lines))
    for member in told.members:
        say(f"Đơn vị thực hiện {member}.")
    for contact in told.contacts:
        say(f"Đầu mối thay đổi: {contact}.")
    for plan, words in told.asks_members.items():
        say(f"Nhóm đã đổi ở {words}: thêm --members {plan} để áp dụng cho các kỳ chưa bắt đầu.")
    for caution in told.warnings:
        say(f"{caution.title}: {'; '.join(caution.items)}.")
    say(f"Tin nhắn dự kiến trong 12 tháng tới: {told.messages}.")


def _cells(line: Line) -> tuple[str, str, str, str, str]:
    units = ", ".join(line.units) if len(line.units) <= _FEW else f"{len(line.units)} đơn vị"
    return f"{line.title} ({line.number})", _span(line.periods), _span(line.days), units, line.reason


def _span(labels: list[str]) -> str:
    """One or two as they are; of more the first and the last."""
    return "\n".join(labels) if len(labels) <= _FEW else f"{labels[0]} …\n{labels[-1]}"
