"""What one file alone cannot tell: names that must exist, unique ids, rings of names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from obligations.config.build import MANUAL
from obligations.config.due_dates import DueDates
from obligations.config.rings import ring_words, rings
from obligations.config.source import Path, Source
from obligations.config.succession import successions, unused_successors
from obligations.domain.deadline import After, Every, Recurring
from obligations.domain.duties import end_of_next_year
from obligations.domain.errors import Problem
from obligations.domain.plan import Configuration, Obligation, Plan, Unit
from obligations.domain.wording import some

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
UNITS = "units.yaml"
_SHOWN = 6


def is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


class Checker:
    """Cross-checks over one built configuration; places come from the sources. Dates are looked at when names agree."""

    def __init__(self, configuration: Configuration, sources: Mapping[str, Source], today: date) -> None:
        self._all = configuration
        self._sources = sources
        self._today = today
        self._dates = DueDates(configuration, sources, end_of_next_year(today))
        self._ids = {
            name.casefold(): unit.id
            for unit in configuration.units.values()
            for name in (unit.name, unit.short_name, *unit.aliases)
        }
        self._names = configuration.units.keys() | configuration.groups.keys()

    def errors(self) -> Iterator[Problem]:
        wrong = False
        for problem in self._wrong_names():
            wrong = True
            yield problem
        if not wrong:
            for plan in self._all.plans.values():
                yield from self._dates.errors(plan)

    def warnings(self) -> Iterator[Problem]:
        yield from self._unreached()
        yield from unused_successors(self._all, self._sources[UNITS])
        for plan in self._all.plans.values():
            yield from self._plan_warnings(plan)
            yield from self._dates.warnings(plan)

    def _wrong_names(self) -> Iterator[Problem]:
        yield from self._units()
        yield from self._groups()
        yield from self._contacts()
        yield from self._office()
        yield from self._replaced()
        for plan in self._all.plans.values():
            yield from self._plan(plan)

    def _unreached(self) -> Iterator[Problem]:
        """Units that owe something and get no mail: a clerk must know before the first one is due."""
        owing = {unit for plan in self._all.plans.values() for one in plan.obligations for unit in one.units}
        nobody: list[tuple[int, str]] = []
        for index, unit in enumerate(self._all.units.values()):
            reached = [contact for contact in unit.contacts if contact.role != "leader"]
            channels = {channel for contact in reached for channel, _ in contact.channels}
            if unit.id not in owing or channels - {MANUAL} or self._has_ended(unit):
                continue
            if reached:
                message = f"{unit.name} không có thư điện tử: văn thư phải gọi điện từng lượt nhắc."
                fix = "ghi thêm email, hoặc để vậy và gọi theo số máy"
                yield self._at(UNITS, ("units", index), "by-telephone", message, fix)
            else:
                nobody.append((index, unit.name))
        if nobody:  # one line for all: a new office has a hundred communes and no address yet
            names = some([name for _, name in nobody], _SHOWN)
            message = f"{len(nobody)} đơn vị có việc mà không có đầu mối, không gửi được lượt nhắc cho ai: {names}."
            fix = "ghi đầu mối ở trang Đơn vị, hoặc contacts trong units.yaml"
            yield self._at(UNITS, ("units", nobody[0][0]), "no-contact", message, fix)

    def _has_ended(self, unit: Unit) -> bool:
        return unit.until is not None and unit.until < self._today

    def _at(self, file: str, path: Path, code: str, message: str, fix: str, *, key: bool = False) -> Problem:
        return self._sources[file].problem(path, code, message, fix, key=key)

    def _known(self, file: str, path: Path, name: str, names: Iterable[str], kind: str) -> Iterator[Problem]:
        if name not in names:
            code, where = _KINDS[kind]
            near, own = _nearest(name, names), self._ids.get(name.casefold())
            fix = f"ghi mã: {own}" if own else f"có phải {near}?" if near else where
            yield self._at(file, path, code, f"không có {kind} {name}.", fix)

    def _units(self) -> Iterator[Problem]:
        units = self._sources[UNITS].data["units"]
        yield from self._unique(UNITS, ("units",), [unit["id"] for unit in units])
        known = True
        for index, unit in enumerate(units):
            for key in ("parent", "successor"):
                for place, name in enumerate(_list(unit.get(key))):
                    known = known and name in self._all.units
                    yield from self._known(UNITS, ("units", index, key, place), name, self._all.units, "đơn vị")
        if known:
            yield from successions(self._all, self._sources[UNITS])

    def _groups(self) -> Iterator[Problem]:
        groups = self._sources[UNITS].data.get("groups") or {}
        for name, group in self._all.groups.items():
            path: Path = ("groups", name)
            if not is_id(name):
                fix = "chỉ dùng chữ thường không dấu, số và gạch nối"
                yield self._at(UNITS, path, "id", f"mã nhóm {name} không hợp lệ.", fix, key=True)
            if name in self._all.units:
                message = f"mã {name} vừa là đơn vị vừa là nhóm."
                yield self._at(UNITS, path, "duplicate-id", message, "đổi mã nhóm", key=True)
            if not group.members:
                fix = "ghi members: [mã đơn vị, …]"
                yield self._at(UNITS, path, "empty-group", f"nhóm {name} không có đơn vị nào.", fix)
            for index, member in enumerate(_list(groups[name].get("members"))):
                yield from self._known(UNITS, (*path, "members", index), member, self._all.units, "đơn vị")

    def _contacts(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for index, unit in enumerate(self._all.units.values()):
            for place, contact in enumerate(unit.contacts):
                path = ("units", index, "contacts", place)
                if contact.id in seen:
                    message = f"mã đầu mối {contact.id} bị trùng."
                    yield self._at(UNITS, (*path, "id"), "duplicate-id", message, "ghi id: khác cho đầu mối này")
                seen.add(contact.id)
                for channel, _ in contact.channels:
                    if not self._has_channel(channel):
                        fix = f"khai báo {channel} trong channels.yaml"
                        message = f"không có kênh {channel}."
                        yield self._at(UNITS, (*path, "channels"), "unknown-channel", message, fix)

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
        if office.heartbeat and not self._has_channel(office.heartbeat.channel):
            message, fix = f"không có kênh {office.heartbeat.channel}.", "khai báo kênh ấy trong channels.yaml"
            yield self._at("office.yaml", ("heartbeat", "channel"), "unknown-channel", message, fix)

    def _unique(self, file: str, path: Path, ids: list[str], taken: Iterable[str] = ()) -> Iterator[Problem]:
        seen = set(taken)
        for index, name in enumerate(ids):
            if name in seen:
                yield self._at(file, (*path, index, "id"), "duplicate-id", f"mã {name} bị trùng.", "đổi một mã")
            seen.add(name)

    def _replaced(self) -> Iterator[Problem]:
        """Plans that replace another: it must be there, and the last of a chain is in force."""
        path: Path = ("plan", "replaces")
        links = {plan.id: [plan.replaces] for plan in self._all.plans.values() if plan.replaces}
        for plan, (replaced,) in links.items():
            yield from self._known(_file(plan), path, replaced, self._all.plans, "kế hoạch")
        for ring in rings(links):
            message = f"thay thế vòng tròn: {ring_words(ring, 'thay')}."
            yield self._at(_file(ring[0]), path, "cycle", message, "bỏ replaces ở một trong các kế hoạch ấy")

    def _plan(self, plan: Plan) -> Iterator[Problem]:
        file = _file(plan.id)
        for key, name in (("issuer", plan.issuer), ("overseer", plan.overseer)):
            yield from self._known(file, ("plan", key), name, self._all.units, "đơn vị")
        yield from self._unique(file, ("obligations",), [one.id for one in plan.obligations])
        yield from self._unique(file, ("standing",), [one.id for one in plan.standing], plan.by_id)
        for index, standing in enumerate(plan.standing):
            yield from self._each(file, ("standing", index, "responsible"), standing.responsible)
        for index, obligation in enumerate(plan.obligations):
            yield from self._obligation(file, ("obligations", index), plan, obligation)
        yield from self._renamed(file, plan)
        yield from self._rings(file, plan)

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
            fix = "tách kỳ đã xong thành nhiệm vụ riêng, hoặc áp dụng rồi ghi nhận từng kỳ"
            yield self._at(file, (*path, "done"), "done", "done chỉ dùng cho việc làm một lần.", fix)
        for anchor in _anchors(one):
            yield from self._known(file, (*path, "deadline", "after"), anchor, plan.by_id, "nhiệm vụ")

    def _renamed(self, file: str, plan: Plan) -> Iterator[Problem]:
        """`was:` carries a history over to a new id: the old one must be gone, and go to one only."""
        ids = plan.by_id.keys() | {one.id for one in plan.standing}
        heirs: dict[str, str] = {}
        for index, one in enumerate(plan.obligations):
            if one.was in ids:
                fix = "bỏ was, hoặc bỏ mã cũ khỏi tệp"
                yield self._at(file, ("obligations", index, "was"), "was", f"mã cũ {one.was} vẫn còn trong tệp.", fix)
            elif one.was and (heir := heirs.setdefault(one.was, one.id)) != one.id:
                message = f"mã cũ {one.was} đã ghi ở nhiệm vụ {heir}."
                fix = "mỗi mã cũ chỉ đổi thành một mã: bỏ was ở đây"
                yield self._at(file, ("obligations", index, "was"), "was", message, fix)

    def _rings(self, file: str, plan: Plan) -> Iterator[Problem]:
        """Duties that wait for one another, or gather one another's results, in a ring."""
        places = {one.id: index for index, one in reversed([*enumerate(plan.obligations)])}
        for ring in rings({one.id: _anchors(one) for one in plan.obligations}):
            path: Path = ("obligations", places[ring[0]], "deadline", "after")
            message = f"hạn tính vòng tròn: {ring_words(ring, 'chờ')}."
            yield self._at(file, path, "cycle", message, "đổi after của một trong các nhiệm vụ ấy")
        for ring in rings({one.id: one.collects for one in plan.obligations}):
            path = ("obligations", places[ring[0]], "collects")
            message = f"tổng hợp vòng tròn: {ring_words(ring, 'gom')}."
            yield self._at(file, path, "cycle", message, "bỏ một mã khỏi collects")

    def _plan_warnings(self, plan: Plan) -> Iterator[Problem]:
        file = _file(plan.id)
        if plan.issued_on is None and plan.in_hand_on is None:
            fix = "ghi in_hand_on: ngày cơ quan nhận được"
            yield self._at(file, ("plan",), "no-date", "kế hoạch chưa có ngày ban hành lẫn ngày nhận.", fix)
        for index, standing in enumerate(plan.standing):
            if standing.question:
                path = ("standing", index, "question")
                message = f"cần người quyết định: {standing.question}"
                yield self._at(file, path, "question", message, "hỏi cơ quan ban hành")


_KINDS = {
    "đơn vị": ("unknown-unit", "khai báo trong units.yaml"),
    "đơn vị hoặc nhóm": ("unknown-unit", "khai báo trong units.yaml"),
    "đầu mối": ("unknown-contact", "ghi mã đầu mối trong units.yaml, dạng <mã đơn vị>.<role>"),
    "lịch nhắc": ("unknown-policy", "khai báo trong policies.yaml, hoặc bỏ policy"),
    "nhiệm vụ": ("unknown-obligation", "ghi mã một nhiệm vụ có ngày của chính kế hoạch này"),
    "kế hoạch": ("unknown-plan", "ghi mã một kế hoạch trong plans/: tên tệp bỏ đuôi .yaml"),
}


def _file(plan: str) -> str:
    return f"plans/{plan}.yaml"


def _anchors(one: Obligation) -> Sequence[str]:
    """The duty that a deadline counts from, if it counts from one."""
    if isinstance(one.form, After) and one.form.anchor != "issued" and not one.form.anchor.startswith("event:"):
        return (one.form.anchor,)
    return ()


def _list(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []


def _nearest(name: str, names: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(name, list(names), n=1, cutoff=0.75)), None)
