"""Flow `audit`: what should have been sent against what was."""

from prefect import flow, get_run_logger

from flows.inprocess import current_app
from obligations.cases.app import utc_now
from obligations.cases.auditing import audit as audit_day


@flow(
    name="audit",
    description="Đối chiếu số lượt nhắc phải gửi với số đã gửi. Lượt chạy hỏng hoặc vắng mặt nghĩa là có điều cần xem.",
    timeout_seconds=900,
)
def audit() -> None:
    """Compares expected with sent; what should have left and has not makes the run fail."""
    log = get_run_logger()
    found = audit_day(current_app(), utc_now())
    log.info(
        "Ngày %s: phải gửi %d, đã gửi %d, không gửi được %d, đang chờ %d.",
        f"{found.day:%d/%m/%Y}",
        found.expected,
        found.sent,
        found.failed,
        found.waiting,
    )
    if found.failed or found.waiting:
        raise Silence(found.failed, found.waiting)


class Silence(Exception):
    """Reminders should have reached somebody and have not: the run fails, so that somebody looks."""

    def __init__(self, failed: int, waiting: int) -> None:
        parts = [f"{failed} lượt nhắc không gửi được hoặc chưa rõ đã tới"] if failed else []
        parts += [f"{waiting} lượt nhắc đã đến giờ mà chưa gửi"] if waiting else []
        super().__init__(f"{'; '.join(parts)}. Xem lý do từng lượt bằng dondoc history.")
