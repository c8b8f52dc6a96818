"""Which assignment somebody means: by its code, or by plan and obligation with unit and period."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from sqlmodel import Session, col, select

from obligations.domain.errors import Refused
from obligations.domain.wording import some
from obligations.store.tables import Assignment


@dataclass(frozen=True)
class Address:
    """Which assignment is meant: its code, or plan/obligation with unit and period."""

    code: str | None = None
    plan: str | None = None
    obligation: str | None = None
    unit: str | None = None
    period: str | None = None

    @classmethod
    def parse(cls, what: str, unit: str | None = None, period: str | None = None) -> Address:
        """`K7-0412`, or `plan/obligation` with a unit and, where there are several, a period."""
        if "/" not in what:
            if unit:
                raise Refused("address", f"{what} là mã việc nên không cần ghi đơn vị.", "Bỏ phần sau mã việc.")
            return cls(code=what.upper())
        plan, _, obligation = what.partition("/")
        if not unit:
            raise Refused("address", "chưa ghi đơn vị.", "Ghi KẾ-HOẠCH/NHIỆM-VỤ ĐƠN-VỊ [KỲ], hoặc mã việc.")
        return cls(plan=plan, obligation=obligation, unit=unit, period=period)


def find(session: Session, address: Address) -> Assignment:
    """The one assignment an address means; Refused with the choices when it is none or several."""
    query = select(Assignment).order_by(col(Assignment.period))
    if address.code:
        query = query.where(Assignment.code == address.code)
    else:
        query = query.where(
            Assignment.plan == address.plan,
            Assignment.obligation == address.obligation,
            Assignment.unit == address.unit,
        )
    if address.period:
        query = query.where(Assignment.period == address.period)
    found = session.exec(query).all()
    if not found:
        raise _no_such(session, address)
    if len(found) > 1:
        periods = [row.period for row in found]
        raise Refused("which-period", "nhiệm vụ này có nhiều kỳ.", f"Ghi thêm kỳ, một trong: {some(periods)}.")
    return found[0]


def _no_such(session: Session, address: Address) -> Refused:
    """Which part of the address is unknown, and what could stand there."""
    if address.code:
        return Refused("no-assignment", f"không có mã việc {address.code}.", "Xem mã việc bằng dondoc status.")
    parts: tuple[tuple[Any, str | None, str], ...] = (
        (col(Assignment.plan), address.plan, "không theo dõi kế hoạch {}."),
        (col(Assignment.obligation), address.obligation, "kế hoạch này không có nhiệm vụ {}."),
        (col(Assignment.unit), address.unit, "{} không phải thực hiện nhiệm vụ này."),
        (col(Assignment.period), address.period, "nhiệm vụ này không có kỳ {}."),
    )
    known: list[Any] = []
    for column, value, words in parts:
        query = select(column).where(*known).distinct().order_by(column)
        choices = [str(choice) for choice in session.exec(query)]
        if value not in choices:
            near = get_close_matches(value or "", choices, n=1, cutoff=0.8)
            others = f"Có: {some(choices)}." if choices else "Chạy dondoc apply trước."
            fix = f"Có phải {near[0]}?" if near else others
            return Refused("no-assignment", words.format(value), fix)
        known.append(column == value)
    return Refused("no-assignment", "không có đầu việc nào như vậy.", "Xem dondoc status.")
