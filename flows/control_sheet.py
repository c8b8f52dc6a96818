"""Flow `control_sheet`: the secretariat's sheet of the day, and the overseers' checklists after a review period."""

from prefect import flow, get_run_logger

from flows.deliver import come_back
from flows.inprocess import current_app
from obligations.cases.clock import utc_now
from obligations.cases.writing.office_mail import post


@flow(
    name="control_sheet",
    description="7 giờ 30 ngày làm việc: phiếu theo dõi cho văn phòng (thứ Hai, và ngày có điều cần xem), "
    "danh mục việc thường xuyên sau mỗi kỳ rà soát.",
    timeout_seconds=120,
)
def control_sheet() -> None:
    """Puts the day's office mail into the outbox, once; a delivery asked for at once sends it."""
    now = utc_now()
    posted = post(current_app(), now)
    get_run_logger().info("%d thư của văn phòng chờ gửi.", posted)
    if posted:
        come_back(now)
