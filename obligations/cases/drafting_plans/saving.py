"""Writing what a person asked for into config/: a new plan file, the units it lacks. Nothing is applied."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from obligations.cases.drafting_plans.plan_text import plan_text, unit_lines
from obligations.cases.drafting_plans.proposing import Proposal
from obligations.domain.errors import Refused, reason

_ID = re.compile(r"[a-z0-9-]+")
_GROUPS = re.compile(r"^groups:", re.MULTILINE)
_UNITS = re.compile(r"^units:", re.MULTILINE)


def save_plan(proposal: Proposal, config_dir: Path, plan_id: str) -> Path:
    """Write plans/<plan_id>.yaml. Refused where it exists, or where a plan of that number does."""
    if not _ID.fullmatch(plan_id):
        raise Refused(
            "plan-name", f"mã kế hoạch {plan_id} không hợp lệ.", "Chỉ dùng chữ thường không dấu, số, gạch nối."
        )
    if proposal.existing:
        message = f"kế hoạch số {proposal.existing.number} đã có ở plans/{proposal.existing.id}.yaml."
        raise Refused("plan-exists", message, "Xem phần khác nhau bằng dondoc draft rồi sửa tệp ấy.")
    path = config_dir / "plans" / f"{plan_id}.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(plan_text(proposal))
    except FileExistsError:
        raise Refused("plan-exists", f"đã có tệp {path}.", "Chọn mã khác.") from None
    except OSError as error:
        raise Refused("unwritable", f"không ghi được {path} ({reason(error)}).", "Xem quyền ghi thư mục.") from None
    return path


def add_units(proposal: Proposal, config_dir: Path) -> Path | None:
    """Put the proposed units at the end of `units:`; None where there is nothing to add. The rest stays as it is."""
    if not proposal.proposed:
        return None
    path = config_dir / "units.yaml"
    try:
        text = with_units(path.read_text("utf-8"), proposal.proposed)
        fresh = path.with_suffix(".yaml.moi")
        fresh.write_text(text, "utf-8")
        os.replace(fresh, path)  # noqa: PTH105  # whole or not at all
    except OSError as error:
        raise Refused("unwritable", f"không ghi được {path} ({reason(error)}).", "Xem quyền ghi tệp.") from None
    return path


def with_units(text: str, proposed: Mapping[str, str]) -> str:
    """The text of units.yaml with these units, names by id, at the end of `units:`."""
    if not _UNITS.search(text):
        raise Refused("units", "units.yaml chưa có mục units:.", "Thêm mục ấy rồi làm lại.")
    lines = "".join(f"{line}\n" for line in unit_lines(proposed))
    groups = _GROUPS.search(text)
    place = groups.start() if groups else len(text)
    before = text[:place] if text[:place].endswith("\n") else f"{text[:place]}\n"
    return before + lines + text[place:]
