"""The flows that keep the engine going, when they run, and asking for one at once."""

from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient
from prefect.states import Scheduled

from flows.alarm import tell
from flows.audit import audit
from flows.check_obligation import check_obligation
from flows.control_sheet import control_sheet
from flows.deliver import DELIVER, deliver
from flows.deployments import Deployment, ensure
from flows.inprocess import DEFAULT_ZONE
from flows.reconcile import reconcile
from obligations.cases.app import App
from obligations.cases.clock import utc_now
from obligations.cases.reminding.agenda import DeliveryTimes, delivery_times
from obligations.cases.writing.office_mail import SHEET_AT

# As the worker runs them: whichever fails, an admin hears of it.
FLOWS: Mapping[str, Flow[..., Any]] = {
    one.name: one.with_options(on_failure=[tell], on_crashed=[tell])
    for one in (check_obligation, deliver, audit, reconcile, control_sheet)
}

AUDIT, RECONCILE, SHEET = "Đối chiếu đã gửi", "Lập lịch kiểm tra", "Phiếu theo dõi"
EVERY_MINUTES = 10
AFTER_SEND = timedelta(minutes=1)
RECONCILE_CRON = "10 5 * * *"
BEFORE_CLOSING = timedelta(minutes=30)
CLOSING = time(16, 30)


def of_system(app: App) -> list[Deployment]:
    """The deployments of reconcile and, once a configuration is applied, of deliver and audit for its hours."""
    times = delivery_times(app)
    zone = times.time_zone if times else DEFAULT_ZONE
    planner = Deployment(
        reconcile, RECONCILE, "Sáng sớm mỗi ngày, và sau mỗi lần áp dụng cấu hình.", crons=(RECONCILE_CRON,), zone=zone
    )
    if times is None:
        return [planner]
    closing = max((last for _, last in times.office_hours), default=CLOSING)
    return [
        planner,
        Deployment(
            deliver,
            DELIVER,
            "Sau mỗi giờ gửi một phút, và 10 phút một lần trong giờ làm việc.",
            crons=tuple(delivery_crons(times)),
            zone=zone,
        ),
        Deployment(
            audit, AUDIT, "Cuối buổi làm việc mỗi ngày.", crons=(_daily(_shifted(closing, -BEFORE_CLOSING)),), zone=zone
        ),
        Deployment(control_sheet, SHEET, "7 giờ 30 ngày làm việc.", crons=(_daily(SHEET_AT),), zone=zone),
    ]


def delivery_crons(times: DeliveryTimes) -> list[str]:
    """Cron lines for `deliver`: a minute after every send time on every day, every ten minutes in office hours.

    Office days are Monday to Saturday: a Saturday may be worked by decision, and a run with nothing to do costs 0.1 s.
    """
    daily = [_daily(_shifted(at, AFTER_SEND)) for at in sorted(set(times.send_at))]
    days = "1-6" if times.working_days_only else "*"
    hours_by_minutes: dict[str, list[int]] = {}
    for hour, minutes in sorted(_ticks(times.office_hours).items()):
        hours_by_minutes.setdefault(",".join(map(str, minutes)), []).append(hour)
    return daily + [f"{minutes} {','.join(map(str, hours))} * * {days}" for minutes, hours in hours_by_minutes.items()]


def _ticks(spans: Sequence[tuple[time, time]]) -> dict[int, list[int]]:
    ticks: dict[int, list[int]] = {}
    for first, last in spans:
        for minute in range(first.hour * 60 + first.minute, last.hour * 60 + last.minute + 1, EVERY_MINUTES):
            ticks.setdefault(minute // 60, []).append(minute % 60)
    return ticks


def _daily(at: time) -> str:
    return f"{at.minute} {at.hour} * * *"


def _shifted(at: time, by: timedelta) -> time:
    minute = (at.hour * 60 + at.minute + int(by.total_seconds() // 60)) % (24 * 60)
    return time(minute // 60, minute % 60)


def ensure_system(client: SyncPrefectClient, app: App) -> dict[str, UUID]:
    """Creates and updates the deployments of the system flows; returns the id of each by name."""
    return ensure(client, of_system(app))


def ask(client: SyncPrefectClient, deployment_id: UUID, name: str, *, after: timedelta = timedelta()) -> None:
    """Asks for one run of a system deployment, now or a little later."""
    client.create_flow_run_from_deployment(deployment_id, name=name, state=Scheduled(scheduled_time=utc_now() + after))
