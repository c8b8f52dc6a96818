"""What one file alone cannot tell: names that must exist, unique ids, dates that fit together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from obligations.config.build import MANUAL
from obligations.config.source import Path, Source
from obligations.domain.deadline import After, Every, Recurring, dues
from obligations.domain.due import Due
from obligations.domain.duties import end_of_next_year
from obligations.domain.errors import GrammarError, Problem
from obligations.domain.plan import Configuration, Obligation, Plan
from obligations.domain.wording import short_date

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


class Checker:
    """Cross-checks over one built configuration; places come from the sources."""

    def __init__(self, configuration: Configuration, sources: Mapping[str, Source], today: date) -> None:
        self._all = configuration
        self._sources = sources
        self._through = end_of_next_year(today)
        self._ids = {
            name.casefold(): unit.id
            for unit in configuration.units.values()
            for name in (unit.name, unit.short_name, *unit.aliases)
        }
        self._names = configuration.units.keys() | configuration.groups.keys()

    def errors(self) -> list[Problem]:
        found = [*self._units(), *self._contacts(), *self._office()]
        for plan in self._all.plans.values():
            found += self._plan(plan)
        return found or [problem for plan in self._all.plans.values() for problem in self._dates(plan)]

    def warnings(self) -> list[Problem]:
        found = list(self._telephones())
        for plan in self._all.plans.values():
            found += self._plan_warnings(plan)
        return found

    def _telephones(self) -> Iterator[Problem]:
        """Units that owe something and can only be rung up: a clerk must know before the first call is due."""
        owing = {unit for plan in self._all.plans.values() for one in plan.obligations for unit in one.units}
        for index, unit in enumerate(self._all.units.values()):
            reached = [contact for contact in unit.contacts if contact.role != "leader"]
            channels = {channel for contact in reached for channel, _ in contact.channels}
            if unit.id in owing and channels == {MANUAL}:
                message = f"{unit.name} không có thư điện tử: văn thư phải gọi điện từng lượt nhắc."
                fix = "ghi thêm email, hoặc để vậy và gọi theo số máy"
                yield self._at("units.yaml", ("units", index), "by-telephone", message, fix)

    def _at(self, file: str, path: Path, code: str, message: str, fix: str, *, key: bool = False) -> Problem:
        return self._sources[file].problem(path, code, message, fix, key=key)

    def _known(self, file: str, path: Path, name: str, names: Iterable[str], kind: str) -> Iterator[Problem]:
        if name not in names:
            code, where = _KINDS[kind]
            near, own = _nearest(name, names), self._ids.get(name.casefold())
            fix = f"ghi mã: {own}" if own else f"có phải {near}?" if near else where
            yield self._at(file, path, code, f"không có {kind} {name}.", fix)

    def _units(self) -> Iterator[Problem]:
        data = self._sources["units.yaml"].data
        groups = data.get("groups") or {}
        ids = [unit["id"] for unit in data["units"]]
        yield from self._unique("units.yaml", ("units",), ids)
        for index, unit in enumerate(data["units"]):
            for key in ("parent", "successor"):
                for place, name in enumerate(_list(unit.get(key))):
                    at = ("units", index, key, place)
                    yield from self._known("units.yaml", at, name, self._all.units, "đơn vị")
        for name, group in self._all.groups.items():
            path: Path = ("groups", name)
            if not is_id(name):
                fix = "chỉ dùng chữ thường không dấu, số và gạch nối"
                yield self._at("units.yaml", path, "id", f"mã nhóm {name} không hợp lệ.", fix, key=True)
            if name in self._all.units:
                message = f"mã {name} vừa là đơn vị vừa là nhóm."
                yield self._at("units.yaml", path, "duplicate-id", message, "đổi mã nhóm", key=True)
            if not group.members:
                fix = "ghi members: [mã đơn vị, …]"
                yield self._at("units.yaml", path, "empty-group", f"nhóm {name} không có đơn vị nào.", fix)
            for index, member in enumerate(_list(groups[name].get("members"))):
                where = (*path, "members", index)
                yield from self._known("units.yaml", where, member, self._all.units, "đơn vị")

    def _contacts(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for index, unit in enumerate(self._all.units.values()):
            for place, contact in enumerate(unit.contacts):
                path = ("units", index, "contacts", place)
                if contact.id in seen:
                    message = f"mã đầu mối {contact.id} bị trùng."
                    yield self._at("units.yaml", (*path, "id"), "duplicate-id", message, "ghi id: khác cho đầu mối này")
                seen.add(contact.id)
                for channel, _ in contact.channels:
                    if not self._has_channel(channel):
                        fix = f"khai báo {channel} trong channels.yaml"
                        message = f"không có kênh {channel}."
                        yield self._at("units.yaml", (*path, "channels"), "unknown-channel", message, fix)

    def _has_channel(self, name: str) -> bool:
        """`manual` needs no address; nor does e-mail while everything goes into the box."""
        return name == MANUAL or name in self._all.channels or (name == "email" and self._all.office.sending == "box")

    def _office(self) -> Iterator[Problem]:
        office = self._all.office
        if office.unit:
            yield from self._known("office.yaml", ("unit",), office.unit, self._all.units, "đơn vị")
        for key in ("secretariat", "own_leadership", "admin"):
            for index, name in enumerate(getattr(office, key)):
                path = ("recipients", key, index)
                yield from self._known("office.yaml", path, name, self._all.contacts, "đầu mối")

    def _unique(self, file: str, path: Path, ids: list[str], taken: Iterable[str] = ()) -> Iterator[Problem]:
        seen = set(taken)
        for index, name in enumerate(ids):
            if name in seen:
                yield self._at(file, (*path, index, "id"), "duplicate-id", f"mã {name} bị trùng.", "đổi một mã")
            seen.add(name)

    def _plan(self, plan: Plan) -> Iterator[Problem]:
        file = f"plans/{plan.id}.yaml"
        for key, name in (("issuer", plan.issuer), ("overseer", plan.overseer)):
            yield from self._known(file, ("plan", key), name, self._all.units, "đơn vị")
        yield from self._unique(file, ("obligations",), [one.id for one in plan.obligations])
        yield from self._unique(file, ("standing",), [one.id for one in plan.standing], plan.by_id)
        for index, standing in enumerate(plan.standing):
            yield from self._each(file, ("standing", index, "responsible"), standing.responsible)
        for index, obligation in enumerate(plan.obligations):
            yield from self._obligation(file, ("obligations", index), plan, obligation)
        yield from self._cycles(file, plan)

    def _each(self, file: str, path: Path, names: tuple[str, ...]) -> Iterator[Problem]:
        for place, name in enumerate(names):
            yield from self._known(file, (*path, place), name, self._names, "đơn vị hoặc nhóm")

    def _obligation(self, file: str, path: Path, plan: Plan, one: Obligation) -> Iterator[Problem]:
        yield from self._each(file, (*path, "responsible"), one.responsible)
        yield from self._each(file, (*path, "coordinating"), one.coordinating)
        if one.submit_to:
            yield from self._known(file, (*path, "submit_to"), one.submit_to, self._all.units, "đơn vị")
        if one.policy:
            yield from self._known(file, (*path, "policy"), one.policy, self._all.policies, "lịch nhắc")
        for index, name in enumerate(one.collects):
            yield from self._known(file, (*path, "collects", index), name, plan.by_id, "nhiệm vụ")
        if one.done and isinstance(one.form, Every | Recurring):
            fix = "tách kỳ đã xong thành nhiệm vụ riêng, hoặc ghi nhận từng kỳ bằng dondoc submit, confirm"
            yield self._at(file, (*path, "done"), "done", "done chỉ dùng cho việc làm một lần.", fix)
        if anchor := _obligation_anchor(one):
            yield from self._known(file, (*path, "deadline", "after"), anchor, plan.by_id, "nhiệm vụ")

    def _cycles(self, file: str, plan: Plan) -> Iterator[Problem]:
        """Duties that wait for one another in a ring, each ring told once, at its first duty."""
        anchors = {one.id: _obligation_anchor(one) for one in plan.obligations}
        told: set[str] = set()
        for index, one in enumerate(plan.obligations):
            ring, at = [one.id], anchors[one.id]
            while at in anchors and at not in ring:
                ring.append(at)
                at = anchors[at]
            if at == one.id and one.id not in told:
                path = ("obligations", index, "deadline", "after")
                message = f"hạn tính vòng tròn: {' chờ '.join([*ring, one.id])}."
                yield self._at(file, path, "cycle", message, "đổi after của một trong các nhiệm vụ ấy")
            told.update(ring if at == one.id else ())

    def _dates(self, plan: Plan) -> Iterator[Problem]:
        file = f"plans/{plan.id}.yaml"
        for index, one in enumerate(plan.obligations):
            path: Path = ("obligations", index, "deadline")
            try:
                first = next(dues(one.form, self._all.reading(plan), self._through, one.fixed), None)
            except GrammarError as error:
                yield self._at(file, (*path, *error.path), error.code, error.message, error.fix)
                continue
            yield from self._fixed_periods(file, index, plan, one)
            yield from self._ended_units(file, index, one, first)

    def _fixed_periods(self, file: str, index: int, plan: Plan, one: Obligation) -> Iterator[Problem]:
        if not one.fixed:
            return
        known = [due.period for due in dues(one.form, self._all.reading(plan), self._through)]
        for fixed in one.fixed:
            if fixed.period not in known:
                message = f"nhiệm vụ này không có kỳ {fixed.period}."
                fix = f"ghi period: một trong {', '.join(known[:_SHOWN])}{', …' if len(known) > _SHOWN else ''}"
                yield self._at(file, ("obligations", index, "fixed_by"), "unknown-period", message, fix)

    def _responsible(self, index: int, one: Obligation, unit: str) -> Path:
        """Where the file names a unit, or the group that holds it."""
        named = (unit, *(group.id for group in self._all.groups.values() if unit in group.members))
        place = next((place for place, name in enumerate(one.responsible) if name in named), 0)
        return "obligations", index, "responsible", place

    def _ended_units(self, file: str, index: int, one: Obligation, first: Due | None) -> Iterator[Problem]:
        for name in one.units:
            unit = self._all.units[name]
            path = self._responsible(index, one, name)
            if first and first.on and unit.until and first.on > unit.until:
                message = (
                    f"{unit.name} kết thúc ngày {short_date(unit.until)}, trước hạn đầu tiên {short_date(first.on)}."
                )
                fix = f"giao cho {', '.join(unit.successors) or 'đơn vị kế thừa'}"
                yield self._at(file, path, "unit-ended", message, fix)

    def _plan_warnings(self, plan: Plan) -> Iterator[Problem]:
        file = f"plans/{plan.id}.yaml"
        if plan.issued_on is None and plan.in_hand_on is None:
            fix = "ghi in_hand_on: ngày cơ quan nhận được"
            yield self._at(file, ("plan",), "no-date", "kế hoạch chưa có ngày ban hành lẫn ngày nhận.", fix)
        for index, standing in enumerate(plan.standing):
            if standing.question:
                path = ("standing", index, "question")
                yield self._at(
                    file, path, "question", f"cần người quyết định: {standing.question}", "hỏi cơ quan ban hành"
                )
        for index, one in enumerate(plan.obligations):
            yield from self._obligation_warnings(file, index, plan, one)

    def _obligation_warnings(self, file: str, index: int, plan: Plan, one: Obligation) -> Iterator[Problem]:
        found = list(dues(one.form, self._all.reading(plan), self._through, one.fixed))
        days = [due.on for due in found if due.on]
        last, path = max(days, default=None), ("obligations", index, "deadline")
        early = [day for day in days if plan.issued_on and day < plan.issued_on]
        if early and plan.issued_on:
            more = f" (và {len(early) - 1} kỳ khác)" if len(early) > 1 else ""
            message = f"hạn {short_date(early[0])}{more} sớm hơn ngày ban hành {short_date(plan.issued_on)}."
            yield self._at(file, path, "before-issued", message, "xem lại hạn hoặc issued_on")
        if not found:
            message = "nhiệm vụ không có kỳ nào đến hạn."
            yield self._at(file, path, "no-period", message, "xem lại from, to và ngày ban hành")
        for name in one.units:
            unit = self._all.units[name]
            if last and unit.until and last > unit.until:
                message = f"{unit.name} kết thúc ngày {short_date(unit.until)}, trước kỳ cuối {short_date(last)}."
                fix = f"kế thừa: {', '.join(unit.successors) or 'chưa ghi successor'}"
                yield self._at(file, self._responsible(index, one, name), "unit-ends", message, fix)


_SHOWN = 6
_KINDS = {
    "đơn vị": ("unknown-unit", "khai báo trong units.yaml"),
    "đơn vị hoặc nhóm": ("unknown-unit", "khai báo trong units.yaml"),
    "đầu mối": ("unknown-contact", "ghi mã đầu mối trong units.yaml, dạng <mã đơn vị>.<role>"),
    "lịch nhắc": ("unknown-policy", "khai báo trong policies.yaml, hoặc bỏ policy"),
    "nhiệm vụ": ("unknown-obligation", "ghi mã một nhiệm vụ có ngày của chính kế hoạch này"),
}


def _obligation_anchor(one: Obligation) -> str | None:
    if isinstance(one.form, After) and one.form.anchor != "issued" and not one.form.anchor.startswith("event:"):
        return one.form.anchor
    return None


def _list(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []


def _nearest(name: str, names: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(name, list(names), n=1, cutoff=0.75)), None)
