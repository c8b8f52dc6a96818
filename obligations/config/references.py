"""What one file alone cannot tell: names that must exist, unique ids, dates that fit together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from obligations.config.source import Path, Source
from obligations.domain.deadline import After, Due, Every, Recurring, dues
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
        self._names = configuration.units.keys() | configuration.groups.keys()

    def errors(self) -> list[Problem]:
        found = [*self._units(), *self._contacts(), *self._office()]
        for plan in self._all.plans.values():
            found += self._plan(plan)
        return found or [problem for plan in self._all.plans.values() for problem in self._dates(plan)]

    def warnings(self) -> list[Problem]:
        found: list[Problem] = []
        for plan in self._all.plans.values():
            found += self._plan_warnings(plan)
        return found

    def _at(self, file: str, path: Path, code: str, message: str, fix: str) -> Problem:
        return self._sources[file].problem(path, code, message, fix)

    def _known(self, file: str, path: Path, name: str, names: Iterable[str], kind: str) -> Iterator[Problem]:
        if name not in names:
            where = "units.yaml" if kind in ("đơn vị", "đơn vị hoặc nhóm") else "tệp cấu hình"
            near = _nearest(name, names)
            fix = f"có phải {near}?" if near else f"khai báo trong {where}"
            yield self._at(file, path, "unknown-" + _CODES[kind], f"không có {kind} {name}.", fix)

    def _units(self) -> Iterator[Problem]:
        data = self._sources["units.yaml"].data
        groups = data.get("groups") or {}
        ids = [unit["id"] for unit in data["units"]]
        yield from self._unique("units.yaml", ("units",), ids)
        for index, unit in enumerate(data["units"]):
            for key in ("parent", "successor"):
                for name in _list(unit.get(key)):
                    yield from self._known("units.yaml", ("units", index, key), name, self._all.units, "đơn vị")
        for name, group in self._all.groups.items():
            path: Path = ("groups", name)
            if not is_id(name) or name in self._all.units:
                fix = "chọn mã khác, chữ thường không dấu, không trùng mã đơn vị"
                yield self._at("units.yaml", path, "id", f"mã nhóm {name} không dùng được.", fix)
            if not group.members:
                fix = "ghi members: [mã đơn vị, …]"
                yield self._at("units.yaml", path, "empty-group", f"nhóm {name} không có đơn vị nào.", fix)
            for index, member in enumerate(_list(groups[name].get("members"))):
                place = (*path, "members", index)
                yield from self._known("units.yaml", place, member, self._all.units, "đơn vị")

    def _contacts(self) -> Iterator[Problem]:
        ids = Counter(contact.id for unit in self._all.units.values() for contact in unit.contacts)
        for index, unit in enumerate(self._all.units.values()):
            for place, contact in enumerate(unit.contacts):
                path = ("units", index, "contacts", place)
                if ids[contact.id] > 1:
                    yield self._at("units.yaml", path, "duplicate-id", f"mã đầu mối {contact.id} bị trùng.", "đổi mã")
                for channel, _ in contact.channels:
                    if not self._has_channel(channel):
                        fix = f"khai báo {channel} trong channels.yaml"
                        message = f"không có kênh {channel}."
                        yield self._at("units.yaml", (*path, "channels"), "unknown-channel", message, fix)

    def _has_channel(self, name: str) -> bool:
        """`manual` needs no address; nor does e-mail while everything goes into the box."""
        return name == "manual" or name in self._all.channels or (name == "email" and self._all.office.sending == "box")

    def _office(self) -> Iterator[Problem]:
        office = self._all.office
        if office.unit:
            yield from self._known("office.yaml", ("unit",), office.unit, self._all.units, "đơn vị")
        for key in ("secretariat", "own_leadership", "admin"):
            for index, name in enumerate(getattr(office, key)):
                path = ("recipients", key, index)
                yield from self._known("office.yaml", path, name, self._all.contacts, "đầu mối")

    def _unique(self, file: str, path: Path, ids: list[str]) -> Iterator[Problem]:
        for index, name in enumerate(ids):
            if name in ids[:index]:
                yield self._at(file, (*path, index, "id"), "duplicate-id", f"mã {name} bị trùng.", "đổi một mã")

    def _plan(self, plan: Plan) -> Iterator[Problem]:
        file = f"plans/{plan.id}.yaml"
        for key, name in (("issuer", plan.issuer), ("overseer", plan.overseer)):
            yield from self._known(file, ("plan", key), name, self._all.units, "đơn vị")
        yield from self._unique(file, ("obligations",), [one.id for one in plan.obligations])
        yield from self._unique(file, ("standing",), [one.id for one in plan.standing])
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
        anchors = {one.id: _obligation_anchor(one) for one in plan.obligations}
        for index, one in enumerate(plan.obligations):
            seen, at = {one.id}, anchors[one.id]
            while at in anchors and at not in seen:
                seen.add(at)
                at = anchors[at]
            if at == one.id:
                path = ("obligations", index, "deadline", "after")
                yield self._at(file, path, "cycle", "hạn tính vòng tròn, việc này chờ chính nó.", "đổi mốc sau khi")

    def _dates(self, plan: Plan) -> Iterator[Problem]:
        file = f"plans/{plan.id}.yaml"
        for index, one in enumerate(plan.obligations):
            path: Path = ("obligations", index, "deadline")
            try:
                first = next(dues(one.form, self._all.reading(plan), self._through, one.fixed), None)
            except GrammarError as error:
                yield self._at(file, (*path, *error.path), error.code, error.message, error.fix)
                continue
            yield from self._ended_units(file, ("obligations", index, "responsible"), one, first)

    def _ended_units(self, file: str, path: Path, one: Obligation, first: Due | None) -> Iterator[Problem]:
        for name in one.units:
            unit = self._all.units[name]
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
            yield from self._obligation_warnings(file, ("obligations", index), plan, one)

    def _obligation_warnings(self, file: str, path: Path, plan: Plan, one: Obligation) -> Iterator[Problem]:
        found = list(dues(one.form, self._all.reading(plan), self._through, one.fixed))
        last = max((due.on for due in found if due.on), default=None)
        for due in found:
            if due.on and plan.issued_on and due.on < plan.issued_on:
                message = f"hạn {short_date(due.on)} sớm hơn ngày ban hành {short_date(plan.issued_on)}."
                yield self._at(file, (*path, "deadline"), "before-issued", message, "xem lại hạn hoặc issued_on")
        if not found:
            message = "nhiệm vụ không có kỳ nào đến hạn."
            yield self._at(file, (*path, "deadline"), "no-period", message, "xem lại from, to và ngày ban hành")
        for name in one.units:
            unit = self._all.units[name]
            if last and unit.until and last > unit.until:
                message = f"{unit.name} kết thúc ngày {short_date(unit.until)}, trước kỳ cuối {short_date(last)}."
                fix = f"kế thừa: {', '.join(unit.successors) or 'chưa ghi successor'}"
                yield self._at(file, (*path, "responsible"), "unit-ends", message, fix)


_CODES = {
    "đơn vị": "unit",
    "đơn vị hoặc nhóm": "unit",
    "đầu mối": "contact",
    "lịch nhắc": "policy",
    "nhiệm vụ": "obligation",
}


def _obligation_anchor(one: Obligation) -> str | None:
    if isinstance(one.form, After) and one.form.anchor != "issued" and not one.form.anchor.startswith("event:"):
        return one.form.anchor
    return None


def _list(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []


def _nearest(name: str, names: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(name, list(names), n=1, cutoff=0.75)), None)
