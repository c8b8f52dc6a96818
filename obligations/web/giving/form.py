"""The form of Giao việc: what was typed, kept as it was typed, and what it means or why it means nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, NamedTuple

from fastapi import Depends

from obligations.cases.configuring import giving
from obligations.cases.configuring.giving import Task
from obligations.cases.configuring.naming import resolve_names
from obligations.domain.errors import Refused
from obligations.domain.grammar import Deadline
from obligations.domain.plain_letters import one_line
from obligations.domain.plan import Configuration, Unit
from obligations.domain.typed_deadlines import typed_deadline
from obligations.domain.wording import table_date
from obligations.web.dates import read_day
from obligations.web.forms import FormDep

KINDS = {
    "cong-van": "Công văn",
    "chi-dao-mieng": "Chỉ đạo miệng",
    "thong-bao-ket-luan": "Thông báo kết luận",
    "quyet-dinh": "Quyết định",
    "ke-hoach": "Kế hoạch",
}
FIELDS = (
    "title", "who", "deadline", "submit_to", "kind", "document", "issued_on", "place", "stated",
    "product", "form", "coordinating", "overseer", "issuer",
)  # fmt: skip
LONGEST = 500


class Fault(NamedTuple):
    """What is wrong with one field, and what to write."""

    message: str
    fix: str = ""


@dataclass(frozen=True)
class Typed:
    """The form's fields as typed; `responsible` are the boxes ticked, `plan` and `seen` what an offer gave it."""

    values: Mapping[str, str]
    responsible: tuple[str, ...] = ()
    plan: str = ""
    seen: str = ""
    do: str = ""


@dataclass
class Read:
    """What the form means so far: `faults` by field, `task` where there is none."""

    faults: dict[str, Fault] = field(default_factory=dict)
    task: Task | None = None


def _typed(form: FormDep) -> Typed:
    def text(name: str) -> str:
        value = form.get(name, "")
        return value if isinstance(value, str) else ""

    ticked = tuple(one for one in form.getlist("responsible") if isinstance(one, str))
    return Typed({name: text(name) for name in FIELDS}, ticked, text("plan"), text("seen"), text("do"))


TypedDep = Annotated[Typed, Depends(_typed)]


def blank(configuration: Configuration, today: date) -> Typed:
    """The form as it comes: today's document of our own office, sent back to us."""
    own = configuration.office.unit or ""
    known = {"kind": "cong-van", "issued_on": table_date(today), "submit_to": own, "overseer": own, "issuer": own}
    return Typed({name: known.get(name, "") for name in FIELDS})


def read(typed: Typed, configuration: Configuration, today: date) -> Read:
    """The task that the form says, or every field that has to be mended."""
    found, said = Read(), {name: one_line(value) for name, value in typed.values.items()}
    for name, value in said.items():
        if len(value) > LONGEST:
            found.faults[name] = Fault(f"dài {len(value)} chữ, quá {LONGEST}.", "Rút gọn.")
    if not said["title"]:
        found.faults["title"] = Fault("chưa ghi việc gì.", "Ghi ngắn, như: Báo cáo kết quả rà soát.")
    responsible = _responsible(typed, said["who"], configuration, found)
    coordinating = _named("coordinating", said["coordinating"], configuration, found)
    if said["kind"] not in KINDS:
        found.faults["kind"] = Fault("chưa chọn loại.", "Chọn trong danh sách.")
    if said["kind"] == giving.ORAL and not said["document"]:
        found.faults["document"] = Fault("chỉ đạo miệng cần ghi của ai, ở đâu.", "Như: Giám đốc Sở, giao ban 28/11.")
    for name in ("submit_to", "overseer", "issuer"):
        if said[name] not in configuration.units:
            found.faults[name] = Fault("chưa chọn đơn vị.", "Chọn trong danh sách.")
    issued_on = _issued_on(said["issued_on"], today, found)
    deadline = _deadline(said["deadline"], today, found)
    if not found.faults:
        found.task = Task(
            title=said["title"],
            responsible=tuple(responsible),
            deadline=deadline,
            submit_to=said["submit_to"],
            issuer=said["issuer"],
            overseer=said["overseer"],
            kind=said["kind"],
            document=said["document"],
            issued_on=issued_on,
            place=said["place"] or "1",
            stated=said["stated"],
            product=said["product"],
            form=said["form"],
            coordinating=tuple(coordinating),
        )
    return found


def choices(configuration: Configuration, today: date) -> list[Unit]:
    """The units that there are today, in the order of protocol."""
    units = sorted(configuration.units.values(), key=lambda unit: unit.position)
    return [unit for unit in units if unit.until is None or unit.until >= today]


def _responsible(typed: Typed, said: str, configuration: Configuration, found: Read) -> list[str]:
    known = configuration.units.keys() | configuration.groups.keys()
    names = [one for one in typed.responsible if one in known]
    names += _named("who", said, configuration, found)
    if not names and "who" not in found.faults:
        found.faults["who"] = Fault("chưa chọn đơn vị nào.", "Đánh dấu trong danh sách, hoặc gõ tên.")
    return [*dict.fromkeys(names)]


def _named(name: str, said: str, configuration: Configuration, found: Read) -> list[str]:
    names, unknown = resolve_names(configuration, said)
    if unknown:
        fix = "Gõ tên đầy đủ hoặc tên ngắn, cách nhau bằng dấu chấm phẩy."
        found.faults[name] = Fault(f"không rõ đơn vị nào: {', '.join(unknown)[:120]}.", fix)
    return names


def _deadline(said: str, today: date, found: Read) -> Deadline:
    if not said:
        found.faults["deadline"] = Fault("chưa ghi hạn.", "Như: 16h 2/12, hoặc: trong 5 ngày làm việc.")
        return {}
    try:
        return typed_deadline(said, today)
    except Refused as refused:
        found.faults["deadline"] = Fault(refused.message, refused.fix)
        return {}


def _issued_on(said: str, today: date, found: Read) -> date:
    try:
        return read_day(said, today) or today
    except Refused as refused:
        found.faults["issued_on"] = Fault(refused.message, refused.fix)
        return today
