"""Flow `check_obligation`: one obligation at one instant. What the admin sees; `deliver` plans for all again."""

import re
from collections.abc import Sequence

from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact

from flows.inprocess import current_app, instant
from obligations.cases.reminding.planning import PlannedRow, plan_due

STATES = {
    "planned": "Chờ gửi",
    "held": "Đang giữ",
    "superseded": "Đã gộp",
    "skipped": "Bỏ qua",
    "failed": "Không gửi được",
}


@flow(
    name="check_obligation",
    description="Kiểm tra một nhiệm vụ: đơn vị nào đến mốc nhắc, lượt nhắc nào được xếp gửi, lượt nào không và vì sao.",
    timeout_seconds=120,
)
def check_obligation(plan: str, obligation: str, at: str | None = None) -> None:
    """Plans what is due for one obligation and shows it as a table.

    Args:
        plan: the plan's id (its file name).
        obligation: the obligation's id in the plan.
        at: only in demonstrations, the pretended instant, ISO 8601 with a time zone.
    """
    log = get_run_logger()
    now = instant(at)
    log.info("Kiểm tra nhiệm vụ %s của kế hoạch %s.", obligation, plan)
    rows = plan_due(current_app(), now, plan=plan, obligation=obligation, is_pretended=at is not None).rows
    if not rows:
        log.info("Không có lượt nhắc mới: chưa đến mốc, hoặc các lượt đến mốc đã được xếp từ trước.")
        return
    for state, count in _counted(rows).items():
        log.info("%s: %d lượt nhắc.", STATES.get(state, state), count)
    create_table_artifact(
        key=artifact_key(plan, obligation),
        table=[_line(row) for row in rows],
        description=f"Các lượt nhắc vừa xếp cho nhiệm vụ {obligation}, kế hoạch {plan}",
    )


def artifact_key(plan: str, obligation: str) -> str:
    """A key of small letters, digits and dashes, the only ones Prefect takes."""
    return re.sub(r"[^a-z0-9]+", "-", f"{plan}-{obligation}".lower()).strip("-")


def _counted(rows: Sequence[PlannedRow]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.state] = counts.get(row.state, 0) + 1
    return counts


def _line(row: PlannedRow) -> dict[str, str]:
    return {
        "Đơn vị": row.unit,
        "Kỳ": row.period,
        "Mốc nhắc": row.rung,
        "Hạn": f"{row.due_on:%d/%m/%Y}",
        "Trạng thái": STATES.get(row.state, row.state),
        "Lý do": row.why or "",
    }
