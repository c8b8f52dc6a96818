"""The flows against a real Prefect: one engine, that all tests of this folder share."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName, FlowRunFilterTags
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Completed, Crashed, Running, Scheduled
from sqlalchemy import text

from flows.deliver import DELIVER
from flows.deployments import existing
from flows.reconcile import bring_into_line
from flows.record import recorder
from flows.runs import CheckRun, create, in_states, number_tries, of_flow, read_all, scheduled_checks
from flows.system import SHEET
from obligations.cases.app import open_app
from obligations.cases.clock import utc_now
from obligations.cases.reminding.agenda import wanted_runs
from obligations.cases.settings import Settings
from obligations.cases.upkeep.engines import acquire, release
from obligations.cases.upkeep.prefect_api import CHECK, POOL
from obligations.store.database import writing
from obligations.store.tables import Message
from tests.flows.conftest import Child, completed, on
from tests.letterbox import mails
from tests.offices import ZONE, Office, obligation
from tests.waiting import until


def checks(client: SyncPrefectClient, *types: StateType, plan: str = "kh-mot") -> list[FlowRun]:
    """The plan's runs of check_obligation in these states."""
    chosen = FlowRunFilter(state=in_states(*types), tags=FlowRunFilterTags(all_=[f"plan:{plan}"]))
    return read_all(client, chosen, of_flow(CHECK))


def named(client: SyncPrefectClient, name: str) -> list[FlowRun]:
    return read_all(client, FlowRunFilter(name=FlowRunFilterName(any_=[name])))


def rungs(runs: Iterable[FlowRun]) -> set[str]:
    return {tag for run in runs for tag in run.tags if tag.startswith("rung:")}


def a_run(key: str, *, days: int = 20) -> CheckRun:
    """A run of check_obligation that no configuration asks for."""
    tags = frozenset({"plan:kh-mot", f"obligation:{key}"})
    return CheckRun(key, "kh-mot", key, utc_now() + timedelta(days=days), f"Nhắc {key}", tags, owed=True)


def ids(client: SyncPrefectClient, flow: str = CHECK) -> dict[str, UUID]:
    """The flow's deployments, id by name."""
    return {one.name: one.id for one in existing(client, flow)}


def test_an_owed_rung_is_checked_at_once_and_shown_as_a_table(client: SyncPrefectClient) -> None:
    """Start-up creates the run of a rung that is due, the in-process worker completes it, its table names the units."""
    until(lambda: checks(client, StateType.COMPLETED))
    (run,) = checks(client, StateType.COMPLETED)
    assert run.name.startswith("Nhắc bao-cao · notice · ")
    assert set(run.tags) == {"plan:kh-mot", "obligation:bao-cao", "rung:notice"}
    assert run.deployment_id == ids(client)["kh-mot"]
    assert run.parameters == {"plan": "kh-mot", "obligation": "bao-cao"}
    found = client.request("POST", "/artifacts/filter", json={"artifacts": {"flow_run_id": {"any_": [str(run.id)]}}})
    (artifact,) = found.json()
    assert artifact["key"] == "kh-mot-bao-cao"
    assert [line["Đơn vị"] for line in json.loads(artifact["data"])] == ["so-y-te", "so-xay-dung"]


def test_coming_rungs_have_runs_at_their_exact_times(client: SyncPrefectClient, office: Office) -> None:
    """Every later instant of the ladder is one scheduled run, its tags the rungs, its key the local time."""
    now = utc_now()
    wanted = {one.at: {f"rung:{rung}" for rung in one.rungs} for one in wanted_runs(office.app, now) if one.at > now}
    runs = {run.expected_start_time: run for run in checks(client, StateType.SCHEDULED)}
    assert {at: rungs([run]) for at, run in runs.items()} == wanted
    assert "rung:before-10" in rungs(runs.values())
    for at, run in runs.items():
        assert at is not None
        local = at.astimezone(ZONE)
        assert run.idempotency_key == f"kh-mot/bao-cao|{local:%Y-%m-%dT%H:%M}|1"
        assert run.name.endswith(f"{local:%d/%m/%Y}")


def test_a_schedule_really_gets_runs(client: SyncPrefectClient) -> None:
    """Prefect's scheduler makes runs of `deliver` by itself (with sqlalchemy 2.1 it silently makes none)."""

    def made() -> list[FlowRun]:
        runs = read_all(client, FlowRunFilter(state=in_states(StateType.SCHEDULED)), of_flow("deliver"))
        return [run for run in runs if run.auto_scheduled]

    until(made)
    assert max(run.expected_start_time for run in made() if run.expected_start_time) > utc_now()


def test_a_second_reconcile_changes_nothing(client: SyncPrefectClient, office: Office) -> None:
    """With the configuration unchanged, nothing is created and nothing removed."""
    changes = bring_into_line(client, office.app, utc_now())
    assert (changes.created, changes.removed) == (0, 0)
    assert changes.kept > 0


def test_only_runs_that_reconcile_made_and_nobody_wants_are_removed(client: SyncPrefectClient, office: Office) -> None:
    """A run of a dropped obligation goes, one that an admin scheduled by hand stays."""
    deployments = ids(client)
    create(client, deployments, [(a_run("bo-di"), 1)])
    by_hand = client.create_flow_run_from_deployment(
        deployments["kh-mot"],
        parameters={"plan": "kh-mot", "obligation": "bao-cao"},
        state=Scheduled(scheduled_time=utc_now() + timedelta(days=3)),
    )
    assert "bo-di" in scheduled_checks(client)
    assert bring_into_line(client, office.app, utc_now()).removed == 1
    assert "bo-di" not in scheduled_checks(client)
    assert client.read_flow_run(by_hand.id).state_type is StateType.SCHEDULED
    client.delete_flow_run(by_hand.id)


def test_a_run_that_ended_badly_is_tried_again_under_the_next_number(client: SyncPrefectClient) -> None:
    """A key already used gives back the old run, so the number rises past Crashed, and stops at what is under way."""
    run = a_run(f"thu-lai-{uuid4().hex[:6]}")
    create(client, ids(client), number_tries(client, [run]))
    first = scheduled_checks(client)[run.key]
    assert first.idempotency_key == run.nth_key(1)
    assert number_tries(client, [run]) == []
    client.set_flow_run_state(first.id, Crashed(), force=True)
    assert number_tries(client, [run]) == [(run, 2)]
    create(client, ids(client), [(run, 2)])
    second = scheduled_checks(client)[run.key]
    client.set_flow_run_state(second.id, Completed(), force=True)
    assert number_tries(client, [run]) == []


def test_a_newly_applied_configuration_is_followed_by_itself(client: SyncPrefectClient, office: Office) -> None:
    """Within seconds of an apply the new plan has its deployment and its runs; nobody restarts anything."""
    office.plan(obligation("so-ket", f"{{by: {on(30)}}}"), issued_on=on(-1), name="kh-hai")
    office.apply(f"{utc_now().astimezone(ZONE):%Y-%m-%d %H:%M}")
    until(lambda: checks(client, StateType.SCHEDULED, plan="kh-hai"))
    assert "kh-hai" in ids(client)
    until(
        lambda: [run for run in named(client, "Gửi nhắc việc · cấu hình số 2") if run.state_type is StateType.COMPLETED]
    )


def test_days_of_a_fake_clock_leave_real_runs(client: SyncPrefectClient, office: Office) -> None:
    """A recorded run is Completed, tagged and named by the pretended day, on its plan's deployment."""
    pretended = utc_now() - timedelta(days=4)
    with recorder(office.app) as record:
        assert record.check_obligation("kh-mot", "bao-cao", ["before-3", "before-0"], pretended).is_completed()
    (run,) = named(client, f"Nhắc bao-cao · before-3, before-0 · {pretended.astimezone(ZONE):%d/%m/%Y}")
    assert rungs([run]) == {"rung:before-3", "rung:before-0"}
    assert run.deployment_id == ids(client)["kh-mot"]


def test_a_run_into_the_future_fails_and_plans_nothing(client: SyncPrefectClient, office: Office) -> None:
    """`at` lies in the past or nowhere: reminders never leave before their time, and the admin sees why."""
    with recorder(office.app) as record:
        state = record.check_obligation("kh-mot", "bao-cao", ["before-3"], utc_now() + timedelta(days=30))
    assert state.is_failed()
    assert "đã qua" in str(state.message)


def test_a_flow_the_worker_does_not_know_is_crashed_and_the_next_run_goes_on(
    client: SyncPrefectClient, office: Office
) -> None:
    """Somebody else's deployment in our pool harms nobody: its run says what is wrong, and an admin is told."""
    flow_id = client.create_flow_from_name("cua-nguoi-khac")
    foreign = client.create_deployment(flow_id, "la", work_pool_name=POOL)
    run = client.create_flow_run_from_deployment(foreign)
    until(lambda: client.read_flow_run(run.id).state_type is StateType.CRASHED)
    assert "cua-nguoi-khac" in str(getattr(client.read_flow_run(run.id).state, "message", ""))
    until(
        lambda: any("Luồng cua-nguoi-khac chạy hỏng" in one.subject and run.name in one.text for one in mails(office))
    )
    client.delete_deployment(foreign)
    known = ids(client, "deliver")[DELIVER]
    after = client.create_flow_run_from_deployment(known)
    completed(client, after.id)


def test_a_delivery_comes_back_when_the_next_message_that_waits_is_due(
    client: SyncPrefectClient, office: Office
) -> None:
    """A refused mail waits for its next try: the delivery that leaves it asks Prefect for a run just then."""
    due = (utc_now() + timedelta(days=30)).replace(microsecond=0)
    named = partial(Message, recipient="x", channel="email", slot="2022-11-25T08", n=1, message_id="<x@y>")
    row = named(address="x@y.example", state="queued", created_at=due, next_try_at=due, tries=1)
    with writing(office.app.engine) as session:
        session.add(row)
    run = client.create_flow_run_from_deployment(ids(client, "deliver")[DELIVER])
    completed(client, run.id)
    retries = read_all(client, FlowRunFilter(tags=FlowRunFilterTags(all_=["retry"])), of_flow("deliver"))
    assert [run.state_type for run in retries if run.expected_start_time == due] == [StateType.SCHEDULED]
    with writing(office.app.engine) as session:
        session.execute(text("DELETE FROM message WHERE message_id = '<x@y>'"))


def doctor() -> tuple[int, dict[str, bool]]:
    """The exit status of `python -m flows.doctor --json` and what each check found."""
    told = subprocess.run(
        [sys.executable, "-m", "flows.doctor", "--json"], capture_output=True, check=False, env=os.environ
    )
    return told.returncode, {one["id"]: one["ok"] for one in json.loads(told.stdout)["checks"]}


def test_doctor_finds_a_running_engine_well(engine: Child) -> None:
    """Server, scheduler, worker, late runs and the last runs of the keepers are all asked about, and fine."""
    status, found = doctor()
    assert (status, Counter(found.values())) == (0, Counter({True: len(found)}))
    assert {"prefect-server", "prefect-scheduler", "prefect-worker", "prefect-late", "prefect-last-deliver"} <= set(
        found
    )


def test_doctor_does_not_take_another_offices_engine_for_its_own(
    engine: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All is well on the port, but this database's engine was never there, or is elsewhere."""
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path))
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"sqlite:///{tmp_path / 'dondoc.db'}")
    status, found = doctor()
    assert (status, found["engine"], found["prefect-server"]) == (1, False, True)
    elsewhere = open_app(Settings.from_environment())
    release(acquire(elsewhere, "http://127.0.0.1:4999", utc_now()))
    elsewhere.close()
    told = subprocess.run([sys.executable, "-m", "flows.doctor"], capture_output=True, check=False, text=True)
    assert f"✗ Nơi chạy dondoc up: sổ này chạy ở http://127.0.0.1:4999, không phải {engine.place.url}" in told.stdout


def test_a_second_engine_and_a_taken_port_are_refused(engine: Child, tmp_path: Path) -> None:
    """Status 1 with the reason, and `up` does not start it again and again."""
    second = engine.spawn(tmp_path / "second.log")
    elsewhere = {"DONDOC_HOME": str(tmp_path), "DONDOC_DATABASE_URL": f"sqlite:///{tmp_path / 'dondoc.db'}"}
    other = engine.spawn(tmp_path / "other.log", **elsewhere)
    assert (second.wait(120), other.wait(120)) == (1, 1)  # the port might have become free
    assert engine.place.url in (tmp_path / "second.log").read_text("utf-8")
    assert f"Cổng {engine.place.port} đang có chương trình khác dùng" in (tmp_path / "other.log").read_text("utf-8")


def is_dead(port: int) -> bool:
    """Whether nobody listens there any more; who is only slow still does."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=30).close()
    except ConnectionRefusedError:
        return True
    return False


def test_a_killed_engine_leaves_nothing_running_and_its_runs_are_settled(
    engine: Child, client: SyncPrefectClient, office: Office
) -> None:
    """kill -9: Prefect's server ends by itself; the next start marks the cut-off run Crashed, tells of it, goes on."""
    cut_off = client.create_flow_run_from_deployment(
        ids(client, "control_sheet")[SHEET], state=Scheduled(scheduled_time=utc_now() + timedelta(days=1))
    )
    client.set_flow_run_state(cut_off.id, Running(), force=True)
    engine.process.send_signal(signal.SIGSTOP)  # it takes up nothing more
    missed = client.create_flow_run_from_deployment(
        ids(client, "deliver")[DELIVER],
        state=Scheduled(scheduled_time=utc_now()),
    )
    engine.stop(signal.SIGKILL)
    until(lambda: is_dead(engine.place.port))
    well = dict.fromkeys(("clock", "engine", "audit", "ledger", "sending"), True)
    assert doctor() == (1, {**well, "prefect-server": False})
    engine.start()
    settled = client.read_flow_run(cut_off.id)
    assert settled.state_type is StateType.CRASHED
    assert settled.state is not None
    assert "dừng giữa chừng" in str(settled.state.message)
    until(lambda: any(cut_off.name in one.text and "dừng giữa chừng" in one.text for one in mails(office)))
    assert not read_all(client, FlowRunFilter(name=FlowRunFilterName(any_=[missed.name])))
