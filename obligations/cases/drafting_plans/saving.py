"""Writing what a person asked for into config/: a new plan file, the units it lacks. Nothing is applied."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from obligations.cases.configuring.checking import check_folder
from obligations.cases.drafting_plans.plan_text import plan_text, unit_entries
from obligations.cases.drafting_plans.proposing import Proposal
from obligations.config.amending import Unfit, extended
from obligations.config.folder import PLANS, read_texts
from obligations.config.load import FILES
from obligations.config.references import is_id
from obligations.config.writing import fingerprint, write_files
from obligations.domain.errors import Refused

UNITS = "units.yaml"


def save(proposal: Proposal, folder: Path, today: date, plan_id: str | None, *, units: bool) -> list[Path]:
    """Write plans/<plan_id>.yaml where that is named, and the proposed units where they are wanted; the files written.

    Refused, nothing written: where such a plan exists, where a file would have errors beside units that it lacks, where
    somebody wrote one meanwhile. Where nothing is to be written no configuration need exist.
    """
    if plan_id is None and not units:
        return []
    present, _, _ = read_texts(folder, FILES)
    texts: dict[str, str] = {}
    if units and proposal.proposed:
        texts[UNITS] = with_units(present.get(UNITS, "units:\n"), proposal.proposed)
    if plan_id is not None:
        texts[_name(proposal, plan_id, present)] = plan_text(proposal)
    for one in check_folder(folder, today, texts).errors:
        if one.file in texts and one.code != "unknown-unit":
            raise Refused("plan-errors", f"chưa ghi gì, tệp sẽ có lỗi: {one}", "Sửa tệp ấy, hoặc soạn ở trang web.")
    read = {name: fingerprint(present.get(name)) for name in texts}
    write_files(folder, {name: (text, read[name]) for name, text in texts.items()}, frozenset(FILES))
    return [folder / name for name in texts]


def _name(proposal: Proposal, plan_id: str, present: Mapping[str, str]) -> str:
    if not is_id(plan_id):
        fix = "Chỉ dùng chữ thường không dấu, số, gạch nối."
        raise Refused("plan-name", f"mã kế hoạch {plan_id} không hợp lệ.", fix)
    if proposal.existing:
        message = f"kế hoạch số {proposal.existing.number} đã có ở plans/{proposal.existing.id}.yaml."
        raise Refused("plan-exists", message, "Xem phần khác nhau bằng dondoc draft rồi sửa tệp ấy.")
    name = f"{PLANS}{plan_id}.yaml"
    if name in present:
        raise Refused("plan-exists", f"đã có tệp {name}.", "Chọn mã khác.")
    return name


def with_units(text: str, proposed: Mapping[str, str]) -> str:
    """The text of units.yaml with these units, names by id, last in its list."""
    try:
        return extended(text, "units", [*unit_entries(proposed)])
    except Unfit:
        message = "units.yaml chưa có danh sách units: nào để thêm đơn vị vào."
        raise Refused("units", message, "Thêm mục ấy rồi làm lại.") from None
