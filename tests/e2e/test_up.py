"""End to end: `dondoc up` with a real Prefect, a real mail server and real minutes."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from datetime import datetime, timedelta

from obligations.cases.reading.history import Entry
from tests.e2e.engine import Engine
from tests.ledgers import Ledgers
from tests.life import entries
from tests.mailbox import Mailbox, mail_server
from tests.offices import ZONE, Office, obligation
from tests.prefect_data import PrefectData
from tests.waiting import until

AT_START = "Gửi nhắc việc · khởi động"


def a_rung_a_minute_ahead(office: Office, box: Mailbox) -> None:
    """A duty due in exactly three days, on a policy that writes on every day, a minute from now at most."""
    now = datetime.now(ZONE)
    send_at = now + timedelta(seconds=60 + (60 - now.second if now.second > 40 else 0))
    office.sending("live", box.channels)
    office.write("policies.yaml", f"gap: {{send_at: '{send_at:%H:%M}', days: all}}\n")
    due = (send_at + timedelta(days=3)).date()
    duty = obligation("bao-cao", f"{{by: {due}}}", responsible="so-y-te", more="policy: gap")
    office.plan(duty, issued_on=f"{now:%Y-%m-%d}")


def deliveries(engine: Engine) -> int:
    """How many deliveries that a start asks for are over."""
    return sum(run["name"] == AT_START for run in engine.runs("deliver", "COMPLETED"))


def test_a_rung_a_minute_ahead_reaches_the_mailbox_once_whatever_happens_to_prefect(
    office: Office, ledgers: Ledgers, prefect_data: PrefectData
) -> None:
    """The mail arrives, the flow run is Completed with its tags, history has the answer; a restart after the loss of
    Prefect's data sends nothing more. Beside a ledger on PostgreSQL Prefect, too, keeps its data there."""
    with mail_server() as box:
        engine = Engine(office, box)
        new_place_for_prefect(engine, ledgers)
        prefect_data.give(office.home)
        with engine.running():
            a_rung_a_minute_ahead(office, box)
            assert engine.call("apply", "--yes")["applied"] is True
            until(lambda: any(entry.rung == "before-3" for entry in sent(office)), 200)
            mails = len(box.received)
            until(lambda: engine.runs("check_obligation", "COMPLETED"), 120)
            tags = [set(run["tags"]) for run in engine.runs("check_obligation", "COMPLETED")]
            assert {"plan:ke-hoach", "obligation:bao-cao", "rung:before-3"} in tags
            [before] = [row for row in engine.sent() if row["rung"] == "before-3"]
            assert before["answer"].startswith("250 2.0.0 nhan thu")
        new_place_for_prefect(engine, ledgers)
        with engine.running() as up:
            until(lambda: deliveries(engine) > 0, 120)
            stopped_twice(up)
        assert len(box.received) == mails, "a restart sends nothing, and Prefect's data are not the truth"
        assert "Traceback" not in engine.log.read_text("utf-8")


def stopped_twice(up: subprocess.Popen[bytes]) -> None:
    """Asked a second time it drops what it does."""
    up.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    up.send_signal(signal.SIGTERM)
    assert up.wait(20) == 0


def sent(office: Office) -> list[Entry]:
    return [entry for entry in entries(office, "attempt") if entry.outcome == "sent"]


def new_place_for_prefect(engine: Engine, ledgers: Ledgers) -> None:
    """Prefect knows nothing: an empty folder, and beside a ledger on PostgreSQL an empty database."""
    shutil.rmtree(engine.office.home / "prefect", ignore_errors=True)
    if engine.office.database_url:
        address = ledgers.server.create().replace("postgresql:", "postgresql+asyncpg:")
        engine.environment["PREFECT_API_DATABASE_CONNECTION_URL"] = address
