"""A draft that was decided becomes a plan's file, as a draft of the configuration: nothing is applied by it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.clock import local_day
from obligations.cases.configuring import files
from obligations.cases.configuring.checking import check_folder
from obligations.cases.drafting_plans import desk
from obligations.cases.drafting_plans.plan_text import plan_text
from obligations.cases.drafting_plans.proposing import configuration_of
from obligations.cases.drafting_plans.reviewing import Review, review
from obligations.cases.drafting_plans.saving import with_units
from obligations.cases.drafting_plans.work import Work
from obligations.cases.kept import Kept
from obligations.config.folder import stamp
from obligations.domain.errors import Problem, Refused
from obligations.domain.plan import Configuration

_on_disk: Kept[Configuration | None] = Kept(2)
_ITS_ID = re.compile(r"- id: (\S+)")


class Unsound(Refused):
    """The plan would have errors: each under the number of its card, 0 for what is of none."""

    def __init__(self, faults: Mapping[int, str]) -> None:
        super().__init__("plan-errors", "kế hoạch còn lỗi.", "Sửa các việc có chữ đỏ rồi lưu lại.")
        self.faults = faults


@dataclass(frozen=True)
class Written:
    """What the files would say: those that a draft changes, by name, and which is the plan's.

    `read` are the fingerprints of what stood there when it was made.
    """

    plan: str
    texts: Mapping[str, str]
    read: Mapping[str, str]


def known_configuration(app: App, today: date) -> Configuration | None:
    """The files on disk; what is followed where they have errors; None before there is either.

    The files are read anew when the system says that one was changed.
    """
    folder = app.settings.config_dir
    return _on_disk.get((folder, today, stamp(folder)), lambda: configuration_of(folder, today)) or _followed(app)


def finish(app: App, id_: str, edition: int, now: datetime) -> str:
    """Write the plan's file and the units it lacks; the file's name. The draft is thrown away then.

    Refused, nothing written: while something is undecided, where the draft is not as it was shown, where a plan of
    that number exists, where the plan would have errors (`Unsound`).
    """
    with desk.finishing(app, id_) as work:
        configuration = sound(app, now)
        found = review(work, configuration)
        if existing := found.proposal.existing:
            name = f"{files.PLANS}{existing.id}.yaml"
            raise Refused("plan-exists", f"kế hoạch số {existing.number} đã có ở {name}.", "Xem phần khác nhau.")
        _refuse_unready(found, edition)
        written = _written(app, found)
        refuse_errors(app, work, written, now)
        write(app, written)
    return f"{files.PLANS}{written.plan}.yaml"


def sound(app: App, now: datetime) -> Configuration:
    """The files on disk, without errors: else a plan that exists could be overlooked."""
    loaded = check_folder(app.settings.config_dir, local_day(now))
    if loaded.configuration is None:
        first = str(loaded.errors[0]) if loaded.errors else ""
        fix = "Mở Cấu hình, sửa lỗi ấy; bản soạn còn nguyên."
        raise Refused("config-errors", f"cấu hình trên đĩa đang có lỗi: {first}", fix)
    return loaded.configuration


def _refuse_unready(found: Review, edition: int) -> None:
    refuse_conflict(found.work, edition)
    if not found.work.of("accepted"):
        raise Refused("undecided", "chưa nhận việc nào.", "Nhận ít nhất một việc, hoặc thêm từ đoạn bôi chọn.")
    waiting = len([*found.work.of("open"), *found.unsettled])
    if waiting:
        raise Refused("undecided", f"còn {waiting} việc chưa quyết định.", "Nhận, sửa hoặc bỏ từng việc.")
    if blocking := [one.words for one in found.header if one.blocks]:
        raise Refused("undecided", f"phần kế hoạch: {' '.join(blocking)}", "Sửa phần ấy rồi lưu.")


def refuse_conflict(work: Work, edition: int) -> None:
    """Refused where the draft is not as it was shown."""
    if work.edition != edition:
        raise Refused("conflict", "bản soạn đã đổi từ lúc xem.", "Xem lại rồi lưu.")


def _written(app: App, found: Review) -> Written:
    plan = files.free_id(app, found.proposal.plan_id)
    name = f"{files.PLANS}{plan}.yaml"
    texts, read = {name: plan_text(found.proposal)}, {name: files.NEW}
    if found.proposal.proposed:
        texts[files.UNITS], read[files.UNITS] = units_text(app, found.proposal.proposed)
    return Written(plan, texts, read)


def units_text(app: App, fresh: Mapping[str, str]) -> tuple[str, str]:
    """units.yaml with these units, and the fingerprint of what it says now."""
    units = files.opened(app, files.UNITS)
    return with_units(units.text or "units:\n", fresh), units.fingerprint


def refuse_errors(app: App, work: Work, written: Written, now: datetime) -> None:
    """Unsound where the files with these texts have an error."""
    loaded = check_folder(app.settings.config_dir, local_day(now), written.texts)
    if loaded.errors:
        raise Unsound(_by_card(loaded.errors, work, f"{files.PLANS}{written.plan}.yaml", written.texts))


def _by_card(errors: Iterable[Problem], work: Work, name: str, texts: Mapping[str, str]) -> dict[int, str]:
    numbers = {card.item.id: card.number for card in work.cards}
    lines = texts[name].split("\n")
    found: dict[int, list[str]] = {}
    for one in errors:
        above = [named[1] for line in lines[: one.line] if (named := _ITS_ID.match(line))]
        number = numbers.get(above[-1], 0) if one.file == name and above else 0
        words = f"{one.message} {one.fix}".strip() if one.file == name else str(one)
        found.setdefault(number, []).append(words)
    return {number: " ".join(told) for number, told in found.items()}


def write(app: App, written: Written) -> None:
    """All or none, the units first: a plan never stands on the disk without them."""
    order = sorted(written.texts, key=lambda one: one != files.UNITS)
    files.save_all(app, {name: written.texts[name] for name in order}, written.read)


def _followed(app: App) -> Configuration | None:
    try:
        return applied.current(app).configuration
    except Refused:
        return None
