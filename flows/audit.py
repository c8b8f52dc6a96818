"""Flow `audit`: what should have been sent against what was."""

from prefect import flow, get_run_logger

from flows.inprocess import current_app
from obligations.cases.clock import utc_now
from obligations.cases.upkeep.inspecting import inspect


@flow(
    name="audit",
    description="Đối chiếu số lượt nhắc phải gửi với số đã gửi. Lượt chạy hỏng hoặc vắng mặt nghĩa là có điều cần xem.",
    timeout_seconds=900,
)
def audit() -> None:
    """Compares expected with sent; what should have left and has not makes the run fail."""
    log = get_run_logger()
    found = inspect(current_app(), utc_now())
    counted = found.audited
    log.info(
        "Ngày %s: phải gửi %d, đã gửi %d, không gửi được %d, đang chờ %d.",
        f"{counted.day:%d/%m/%Y}",
        counted.expected,
        counted.sent,
        counted.failed,
        counted.waiting,
    )
    if found.trouble:
        log.warning("Nhịp báo: %s", found.trouble)
    if found.silence:
        raise Silence(found.silence)


class Silence(Exception):
    """Reminders should have reached somebody and have not: the run fails, so that somebody looks."""

    def __init__(self, words: str) -> None:
        super().__init__(f"{words} Xem lý do từng lượt bằng dondoc history --failed.")
