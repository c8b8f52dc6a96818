"""What people call things: titles, short names, the words for a rung. Programs get the ids, in --json."""

from __future__ import annotations

from collections.abc import Iterable

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.clock import utc_now
from obligations.cases.reading.tallies import calls
from obligations.cases.sending.bouncing import unreached
from obligations.domain.plan import Configuration
from obligations.domain.wording import table_date

_FEW = 2


class Names:
    """Names from a configuration; what it does not know (any more) keeps its id."""

    def __init__(self, configuration: Configuration | None) -> None:
        self._known = configuration

    @classmethod
    def applied(cls, app: App) -> Names:
        """From the configuration that is followed, where there is one."""
        return cls(applied.followed(app))

    def plan(self, plan: str) -> str:
        found = self._known.plans.get(plan) if self._known else None
        return (found and found.number) or plan

    def duty(self, plan: str, obligation: str) -> str:
        """`Báo cáo năm (qb-123/bao-cao-nam)`: the title, and the address that commands take."""
        found = self._known.obligation(plan, obligation) if self._known else None
        address = f"{plan}/{obligation}"
        return f"{found.title} ({address})" if found else address

    def titled(self, plan: str, obligation: str) -> str:
        """`Báo cáo năm (123/KH-UBND)`: for tables, where long addresses would break in the middle of a word."""
        found = self._known.obligation(plan, obligation) if self._known else None
        return f"{found.title if found else obligation} ({self.plan(plan)})"

    def unit(self, unit: str) -> str:
        found = self._known.units.get(unit) if self._known else None
        return found.short_name if found else unit

    def units(self, units: Iterable[str]) -> str:
        """One or two by name, more by count."""
        names = list(dict.fromkeys(units))
        return ", ".join(map(self.unit, names)) if len(names) <= _FEW else f"{len(names)} đơn vị"

    def contacts(self, contacts: Iterable[str | None]) -> str:
        """One contact by name, more by count; what reaches nobody is said."""
        names = list(dict.fromkeys(contacts))
        if len(names) > 1:
            return f"{len(names)} đầu mối"
        if not names or names[0] is None:
            return "chưa có đầu mối"
        found = self._known.contacts.get(names[0]) if self._known else None
        return found.name if found else names[0]


def telephone_lines(app: App) -> list[str]:
    """Whom a clerk has to ring up: nothing else reaches these units, and nobody should find out at the deadline."""
    waiting = calls(app)
    names = Names.applied(app)
    lines = [
        f"  {names.unit(one.unit)}: {one.code}, hạn {table_date(one.due_on)}, ĐT {one.telephone}" for one in waiting
    ]
    return [f"Cần gọi điện {len(lines)} việc:", *lines] if lines else []


def unreached_lines(app: App) -> list[str]:
    """The units that nothing reaches any more, with what their servers said."""
    names = Names.applied(app)
    return [
        f"{names.unit(one.unit)} không còn địa chỉ nào nhận thư: "
        + "; ".join(f"{bad.address} ({bad.answer})" if bad.answer else bad.address for bad in one.addresses)
        for one in unreached(app, utc_now())
    ]
