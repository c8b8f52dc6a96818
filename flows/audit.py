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
    if found.failed:
        log.warning("Có %d lượt nhắc không gửi được hoặc chưa rõ đã tới: xem dondoc history.", found.failed)
    if found.waiting:
        raise Silence(found.waiting)


class Silence(Exception):
    """Reminders should have left and have not: the run fails, so that somebody looks."""

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} lượt nhắc đã đến giờ mà chưa gửi. Xem kênh gửi có thông không, rồi chạy lại.")
