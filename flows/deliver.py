"""Flow `deliver`: plans what is due for every obligation, groups it into messages and sends them."""

from datetime import datetime

from prefect import flow, get_run_logger
from prefect.client.orchestration import get_client
from prefect.exceptions import ObjectNotFound
from prefect.runtime import flow_run
from prefect.states import Scheduled

from flows.environment import engine_id
from flows.inprocess import STOPPING, current_app, office_zone, sending
from obligations.cases.clock import utc_now
from obligations.cases.sending.delivery import Delivered
from obligations.cases.sending.delivery import deliver as deliver_due

DELIVER = "Gửi nhắc việc"


@flow(
    name="deliver",
    description="Xếp mọi lượt nhắc đến mốc, gộp thành tin nhắn và gửi; gửi lại những tin cần gửi lại.",
    timeout_seconds=900,
)
def deliver() -> None:
    """Sends what is due now, and comes back when the next message that waits is due.

    When the engine is asked to end, the message under way is the last one: the start after it sends the others.
    """
    with sending():
        result = deliver_due(
            current_app(),
            utc_now(),
            engine_id=engine_id(),
            flow_run_id=flow_run.id,
            clock=utc_now,
            stop=STOPPING.is_set,
        )
    get_run_logger().info(sentence(result))
    if result.next_try_at is not None and not STOPPING.is_set():
        come_back(result.next_try_at)


def sentence(result: Delivered) -> str:
    """The result in one line for the run's log."""
    return (
        f"Đã gửi {result.sent}, sẽ gửi lại {result.retry}, không gửi được {result.failed}, "
        f"chưa rõ {result.unknown}, huỷ {result.cancelled} tin nhắn."
    )


def come_back(at: datetime) -> None:
    """Asks for one run of `deliver` at this instant; asked twice, it is still one.

    Where the deployment does not exist (a run by hand, elsewhere) the next scheduled delivery finds what waits.
    """
    local = at.astimezone(office_zone(current_app()))
    with get_client(sync_client=True) as client:
        try:
            deployment = client.read_deployment_by_name(f"deliver/{DELIVER}")
        except ObjectNotFound:
            return
        client.create_flow_run_from_deployment(
            deployment.id,
            name=f"Gửi tiếp · {local:%H:%M %d/%m/%Y}",
            tags=["retry"],
            state=Scheduled(scheduled_time=at),
            idempotency_key=f"deliver|{at.isoformat(timespec='seconds')}",
        )
    get_run_logger().info("Hẹn gửi tiếp lúc %s.", f"{local:%H:%M:%S %d/%m/%Y}")
