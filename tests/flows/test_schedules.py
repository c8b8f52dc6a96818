"""What a run is called, when deliveries run, which runs are stale: decided without Prefect's server."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from flows.check_obligation import artifact_key
from flows.inprocess import instant
from flows.runs import CheckRun
from flows.system import delivery_crons
from obligations.cases.reminding.agenda import DeliveryTimes, WantedRun

HOURS = ((time(7, 30), time(11, 30)), (time(13), time(16, 30)))


def times(*send_at: time, working_days_only: bool = True) -> DeliveryTimes:
    return DeliveryTimes(send_at, HOURS, "Asia/Ho_Chi_Minh", working_days_only)


def test_deliveries_follow_send_times_by_a_minute_and_office_hours_every_ten() -> None:
    """08:00 gives 08:01 on every day; ticks stay inside office hours, Monday to Saturday."""
    crons = delivery_crons(times(time(8), time(8), time(23, 59)))
    assert crons == [
        "1 8 * * *",
        "0 0 * * *",
        "30,40,50 7 * * 1-6",
        "0,10,20,30,40,50 8,9,10,13,14,15 * * 1-6",
        "0,10,20,30 11,16 * * 1-6",
    ]


def test_an_office_that_counts_all_days_is_served_on_all_days() -> None:
    """With `days: all` the ten-minute deliveries run on Sundays too."""
    crons = delivery_crons(times(time(8), working_days_only=False))
    assert all(line.endswith("* * *") for line in crons)


def test_a_run_is_named_tagged_and_keyed_in_local_time() -> None:
    """01:00 UTC is 08:00 in Vietnam, on the Vietnamese date."""
    at = datetime(2022, 11, 22, 1, tzinfo=UTC)
    wanted = WantedRun("kh-123", "bao-cao-nam", "123/KH", "Báo cáo", at, ("before-3", "before-0"), 41)
    run = CheckRun.of(wanted, ZoneInfo("Asia/Ho_Chi_Minh"))
    assert run.name == "Nhắc bao-cao-nam · before-3, before-0 · 22/11/2022"
    assert run.nth_key(2) == "kh-123/bao-cao-nam|2022-11-22T08:00|2"
    assert run.tags == {"plan:kh-123", "obligation:bao-cao-nam", "rung:before-3", "rung:before-0"}


def test_artifact_keys_have_only_what_prefect_takes() -> None:
    """Small letters, digits, dashes."""
    assert artifact_key("qb-123", "so_ket.2023") == "qb-123-so-ket-2023"


@pytest.mark.parametrize("at", ["2022-11-22T08:00:00", "2999-01-01T00:00:00+07:00"])
def test_a_pretended_instant_has_a_time_zone_and_lies_in_the_past(at: str) -> None:
    """Else reminders could leave before their time."""
    with pytest.raises(ValueError, match="đã qua"):
        instant(at)


def test_a_pretended_instant_is_taken_as_said() -> None:
    """08:00 in Vietnam is 01:00 UTC."""
    assert instant("2022-11-22T08:00:00+07:00") == datetime(2022, 11, 22, 1, tzinfo=UTC)
