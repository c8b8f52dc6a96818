"""`max_per_minute`: a channel takes so many messages a minute, whoever delivers, and nobody sleeps for it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.life import entries, run
from tests.mailbox import Mailbox, mail_server
from tests.offices import Office, at, obligation

NOTICE = "2022-07-11 09:00"
UNIT = "- {{id: u{n}, name: Đơn vị {n}, contacts: [{{name: Đầu mối, email: u{n}@so-mau.example}}]}}\n"


@pytest.fixture
def slow(office: Office, mailbox: Mailbox) -> Office:
    """Seven units with one duty each; the mail server takes three messages a minute."""
    url = mailbox.channels.partition(": ")[2].strip()
    office.sending("live", f"email: {{url: '{url}', max_per_minute: 3}}\n")
    office.write("units.yaml", "units:\n" + "".join(UNIT.format(n=n) for n in range(7)))
    office.write("office.yaml", "name: Văn phòng\nsending: live\n")
    units = ", ".join(f"u{n}" for n in range(7))
    plan = obligation("bao-cao", "{by: 2022-07-29}", responsible=f"[{units}]")
    office.plan(plan).write(
        "plans/ke-hoach.yaml", (office.folder / "plans/ke-hoach.yaml").read_text("utf-8").replace("van-phong", "u0")
    )
    office.apply(NOTICE)
    return office


def test_no_minute_sees_more_than_the_channel_takes(slow: Office, mailbox: Mailbox) -> None:
    """Three now, three a minute later, the last one after another: each delivery says when to come back."""
    found = run(slow, NOTICE)
    assert (found.sent, len(mailbox.received)) == (3, 3)
    assert found.throttled > 0
    assert found.next_try_at == at(NOTICE) + timedelta(minutes=1)
    assert run(slow, "2022-07-11 09:00").sent == 0
    again = run(slow, "2022-07-11 09:01")
    assert (again.sent, again.next_try_at) == (3, at("2022-07-11 09:02"))
    assert run(slow, "2022-07-11 09:02").sent == 1
    assert {to for to, _ in mailbox.received} == {f"u{n}@so-mau.example" for n in range(7)}


def test_the_minute_slides(slow: Office) -> None:
    """Messages that began at different seconds make room one by one, a minute after each."""
    seconds = iter(range(0, 600, 5))
    start = at(NOTICE)

    def clock() -> datetime:
        return start + timedelta(seconds=next(seconds))

    assert run(slow, NOTICE, clock=clock).sent == 3
    begun = sorted(one.at for one in entries(slow, "attempt"))
    found = run(slow, "2022-07-11 09:01:05", clock=lambda: begun[0] + timedelta(seconds=60))
    assert found.sent == 1, "only the first is a minute old"
    assert found.next_try_at == begun[1] + timedelta(minutes=1)


def test_another_channel_is_not_kept_waiting(slow: Office) -> None:
    """A unit that is written to through another server does not stand behind the slow one's queue."""
    with mail_server() as second:
        lines = (slow.folder / "channels.yaml").read_text("utf-8") + second.channels.replace("email:", "nhanh:")
        units = "units:\n" + "".join(UNIT.format(n=n) for n in range(6))
        units += "- {id: u6, name: Đơn vị 6, contacts: [{name: Đầu mối, channels: [{nhanh: u6@so-mau.example}]}]}\n"
        slow.write("units.yaml", units).write("channels.yaml", lines)
        slow.apply(NOTICE)
        found = run(slow, NOTICE)
    assert (found.sent, len(second.received)) == (4, 1)
