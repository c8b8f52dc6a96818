"""End to end: `dondoc up` goes on when its parts die, and ends when asked."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import Counter
from datetime import datetime, timedelta

from tests.e2e.engine import Engine, child_of
from tests.life import owing_at_any_hour
from tests.mailbox import Mailbox, mail_server
from tests.offices import ZONE, Office, obligation
from tests.prefect_data import PrefectData
from tests.waiting import until

MANY = 6


def test_up_goes_on_when_its_parts_die_and_ends_when_asked(office: Office, prefect_data: PrefectData) -> None:
    """One `up`: the page is killed, the engine, Prefect's server in the middle of a delivery; then it is asked to end
    in the middle of another. Every message is with its recipient once, and an admin knows which run was cut off."""
    with mail_server() as box, mail_server() as alerts:
        engine = Engine(owing_at_any_hour(office, box.channels, MANY), box)
        an_admin_with_a_mailbox_apart(office, box, alerts)
        prefect_data.give(office.home)
        with engine.running() as up:
            the_page_dies_and_comes_back_alone(engine, up)
            the_engine_dies_and_its_server_is_slow_to_go(engine, up)
            box.held_from = 2
            engine.call("apply", "--yes")
            prefects_server_dies_in_the_middle_of_a_delivery(engine, up)
            assert mails_each(box) == {1}
            owing_once_more(office)
            box.held_from = MANY + 2
            engine.call("apply", "--yes")
            a_stop_lets_the_message_under_way_be_sent_and_begins_no_other(engine, up)
        assert engine.page() is None, "the page ends with its parent"
        assert "Traceback" not in engine.log.read_text("utf-8")
        assert len(engine.sent()) == len(box.received) + len(alerts.received)
        told = [mail.get_content() for _, mail in alerts.received if "Luồng deliver chạy hỏng" in mail["Subject"]]
        assert ["dừng giữa chừng" in words for words in told] == [True]
        until(lambda: engine.call("tick") and len(box.received) == 2 * MANY, 120)
        assert mails_each(box) == {2}


def an_admin_with_a_mailbox_apart(office: Office, box: Mailbox, alerts: Mailbox) -> None:
    """What the office is told of itself must not be counted among its letters."""
    office.write("channels.yaml", box.channels + alerts.channels.replace("email:", "rieng:"))
    mai = "email: van-phong@so-mau.example, phone: 0900 000 001"
    units = (office.folder / "units.yaml").read_text("utf-8")
    assert mai in units
    office.write("units.yaml", units.replace(mai, f"{mai}, channels: [{{rieng: van-phong@so-mau.example}}]"))


def the_page_dies_and_comes_back_alone(engine: Engine, up: subprocess.Popen[bytes]) -> None:
    """The engine hears nothing of it."""
    until(lambda: engine.page() == 200, 60)
    os.kill(child_of(up.pid, "obligations.web"), signal.SIGKILL)
    until(lambda: engine.page() == 200, 60)
    assert engine.ready() == 1


def the_engine_dies_and_its_server_is_slow_to_go(engine: Engine, up: subprocess.Popen[bytes]) -> None:
    """The new child waits for the port of the old one's server; meanwhile the page answers."""
    child = child_of(up.pid, "flows")
    server = child_of(child, "flows.server")
    os.kill(server, signal.SIGSTOP)
    os.kill(child, signal.SIGKILL)
    until(lambda: "Chờ tối đa" in engine.log.read_text("utf-8"), 120)
    assert engine.page() == 200
    os.kill(server, signal.SIGCONT)
    comes_back(engine, up, 2)


def prefects_server_dies_in_the_middle_of_a_delivery(engine: Engine, up: subprocess.Popen[bytes]) -> None:
    """The run under way cannot tell its end any more; that is no ordinary end of the engine, which starts again."""
    until(lambda: engine.box.begun >= 2, 120)
    os.kill(child_of(child_of(up.pid, "flows"), "flows.server"), signal.SIGKILL)
    engine.box.held_from = None
    comes_back(engine, up, 3)
    until(lambda: len(engine.box.received) == MANY, 120)


def a_stop_lets_the_message_under_way_be_sent_and_begins_no_other(engine: Engine, up: subprocess.Popen[bytes]) -> None:
    """SIGTERM while a message waits for its answer: that one gets it, no other begins."""
    until(lambda: engine.box.begun == MANY + 2, 120)
    before = waits_told(engine)  # the engine whose server died said so, too
    up.send_signal(signal.SIGTERM)
    until(lambda: waits_told(engine) > before, 60)
    engine.box.held_from = None
    assert up.wait(60) == 0
    assert len(engine.box.received) == MANY + 2, "the one under way, and no other"


def waits_told(engine: Engine) -> int:
    """How often an engine said that it waits for the message under way."""
    return engine.log.read_text("utf-8").count("chờ gửi xong thư đang gửi")


def owing_once_more(office: Office) -> None:
    """A second plan for the same communes; the second of its letters will wait for an answer."""
    today = datetime.now(ZONE).date()
    duty = obligation("so-ket", f"{{by: {today + timedelta(days=60)}}}", responsible="cac-xa", more="policy: gap")
    office.plan(duty, issued_on=f"{today}", name="ke-hai")


def comes_back(engine: Engine, up: subprocess.Popen[bytes], times: int) -> None:
    """The engine is ready for the second, the third time."""
    until(lambda: engine.ready() == times or up.poll() is not None, 180)
    assert up.poll() is None, engine.log.read_text("utf-8")


def mails_each(box: Mailbox) -> set[int]:
    """How many mails each recipient got."""
    return set(Counter(address for address, _ in box.received).values())
