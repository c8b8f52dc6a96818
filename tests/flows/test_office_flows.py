"""The flows that look after the office itself: the sheet of the morning, and who hears of a run that failed."""

from __future__ import annotations

from datetime import datetime

import pytest
from prefect import flow
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import StateType
from sqlalchemy import select

from flows.alarm import tell, tell_of
from flows.audit import Silence
from flows.runs import in_states, of_flow, read_all
from flows.system import FLOWS, of_system
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.letterbox import mails
from tests.offices import ZONE, Office
from tests.waiting import until

_message = METADATA.tables["message"].c


def alerts(office: Office, about: str) -> list[str]:
    with reading(office.app.engine) as session:
        found = session.execute(select(_message.subject).where(_message.slot.startswith(f"alert:{about}:")))
        return list(found.scalars())


def test_whichever_flow_fails_an_admin_is_told() -> None:
    """Every flow that the worker runs carries the hook, for failures and for crashes."""
    for one in FLOWS.values():
        assert one.on_failure_hooks == [tell], one.name
        assert one.on_crashed_hooks == [tell], one.name


def test_a_failed_run_reaches_the_admin_once_a_day(client: SyncPrefectClient, office: Office) -> None:
    """A real run that fails, twice: one mail names the flow, the run and what went wrong."""
    del client

    @flow(name="hong")
    def broken() -> None:
        raise OSError("đĩa đầy")

    failing = broken.with_options(on_failure=[tell], on_crashed=[tell], flow_run_name="thử hỏng")
    for _ in range(2):
        assert failing(return_state=True).is_failed()
    assert alerts(office, "flow:hong") == ["[Hệ thống nhắc việc] Luồng hong chạy hỏng"]
    [told] = [mail.text for mail in mails(office) if mail.subject == "[Hệ thống nhắc việc] Luồng hong chạy hỏng"]
    assert "thử hỏng" in told
    assert "đĩa đầy" in told


def test_a_run_that_was_cut_off_keeps_no_failure_of_that_day_back(client: SyncPrefectClient, office: Office) -> None:
    """The machine restarts in the morning; what fails later is told, too."""
    del client
    tell_of("hong-sau", "Gửi nhắc việc", "dừng giữa chừng", is_cut_off=True)
    tell_of("hong-sau", "Gửi nhắc việc", "đĩa đầy")
    tell_of("hong-sau", "Gửi nhắc việc", "đĩa đầy")
    assert len(alerts(office, "cut:hong-sau")) == len(alerts(office, "flow:hong-sau")) == 1


def test_what_has_its_own_alert_is_not_told_twice(client: SyncPrefectClient, office: Office) -> None:
    """The audit tells what is missing itself; its failed run adds nothing."""
    del client

    @flow(name="im")
    def silent() -> None:
        raise Silence("2 lượt nhắc đã đến giờ mà chưa gửi.")

    with pytest.raises(Silence):
        silent.with_options(on_failure=[tell])()
    assert alerts(office, "flow:im") == []


def test_the_sheet_runs_at_start_up_and_every_morning(client: SyncPrefectClient, office: Office) -> None:
    """Asked for when the engine starts, and scheduled at 07:30 of each day in the office's zone."""
    of_sheet = of_flow("control_sheet")

    def over() -> object:
        return read_all(client, FlowRunFilter(state=in_states(StateType.COMPLETED)), of_sheet)

    until(over)
    [deployment] = [one for one in of_system(office.app) if one.flow.name == "control_sheet"]
    assert (deployment.crons, deployment.zone) == (("30 7 * * *",), "Asia/Ho_Chi_Minh")

    def coming() -> list[datetime]:
        runs = read_all(client, FlowRunFilter(state=in_states(StateType.SCHEDULED)), of_sheet)
        return [run.expected_start_time for run in runs if run.auto_scheduled and run.expected_start_time]

    until(coming)
    assert {f"{at.astimezone(ZONE):%H:%M}" for at in coming()} == {"07:30"}
