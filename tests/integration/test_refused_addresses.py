"""Addresses refused for good: one is its own fault, three in a row with one answer are the channel's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from sqlalchemy import text

from obligations.cases.sending.refusals import essence
from obligations.store.database import reading
from tests.life import entries, run
from tests.offices import UNITS, Office, obligation
from tests.smtp_servers import ScriptedServer

NOTICE = "2022-07-11 09:00"
DENIED, NOBODY = "554 5.7.1 <{}>: Relay access denied", "550 5.1.1 khong co ai"
SO_TU = "- id: so-tu\n  name: Sở Tư\n  contacts: [{name: Chị Tư, role: focal, email: dau-moi@so-tu.example}]\n"
FOUR = UNITS.replace("groups:", SO_TU + "groups:")
Serving = Callable[[Sequence[str]], ScriptedServer]


@pytest.fixture
def serving(office: Office) -> Iterator[Serving]:
    """Starts a server that answers RCPT in turn, and the office writes to it."""
    servers: list[ScriptedServer] = []

    def start(replies: Sequence[str]) -> ScriptedServer:
        servers.append(ScriptedServer({"RCPT": replies}))
        office.sending("live", f"email: smtp://127.0.0.1:{servers[-1].port}/?from=nhac@so-mau.example\n")
        office.write("units.yaml", FOUR)
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def duty_of(office: Office, *units: str) -> None:
    """One duty of these units, due on 29 July."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible=f"[{', '.join(units)}]"))
    office.apply(NOTICE)


THREE = ("so-y-te", "so-xay-dung", "so-ngoai-cuoc")


def fates(office: Office) -> set[str | None]:
    return {one.state for one in entries(office, "reminder")}


def marks(office: Office) -> list[str | None]:
    """What was recorded about addresses."""
    return [one.state for one in entries(office, "event") if one.state in ("bounced", "restored")]


def refusals_of_the_channel(office: Office) -> int:
    with reading(office.app.engine) as session:
        return int(session.execute(text("SELECT failures FROM channel_state")).scalar() or 0)


def test_three_addresses_in_a_row_with_one_answer_are_the_channels_fault(office: Office, serving: Serving) -> None:
    """Relay denied to everybody: the channel rests, no reminder fails, no address is marked; later all leave."""
    serving([*(DENIED.format(f"dau-moi@don-vi-{n}.example") for n in range(3)), "250 ok"])
    duty_of(office, *THREE)
    found = run(office, NOTICE)
    assert (found.failed, found.retry) == (0, 3)
    assert refusals_of_the_channel(office) == 1
    assert fates(office) == {"planned"}
    assert run(office, "2022-07-11 09:05").sent == 3
    assert marks(office) == []


def test_addresses_refused_between_others_that_are_taken_are_bad_themselves(office: Office, serving: Serving) -> None:
    """Two refused, one taken: the two failed and their addresses are marked; the channel is well."""
    serving([NOBODY, "250 ok", NOBODY])
    duty_of(office, *THREE)
    found = run(office, NOTICE)
    assert (found.sent, found.failed) == (1, 2)
    assert refusals_of_the_channel(office) == 0
    assert marks(office) == ["bounced", "bounced"]


def test_three_addresses_with_different_answers_are_bad_themselves(office: Office, serving: Serving) -> None:
    """No such user, mailbox closed, no such domain: three faults of three addresses."""
    serving([NOBODY, "550 5.2.1 da dong", "550 5.1.2 sai mien"])
    duty_of(office, *THREE)
    assert run(office, NOTICE).failed == 3
    assert refusals_of_the_channel(office) == 0


def test_what_is_refused_again_after_the_channel_took_others_is_to_blame(office: Office, serving: Serving) -> None:
    """Three bad addresses came first and the channel rested; then the fourth is taken, and the three fail."""
    serving([NOBODY, NOBODY, NOBODY, "250 ok", NOBODY])
    duty_of(office, *THREE, "so-tu")
    assert (run(office, NOTICE).sent, refusals_of_the_channel(office)) == (0, 1)
    found = run(office, "2022-07-11 09:05")
    assert (found.sent, found.failed) == (1, 3)
    assert refusals_of_the_channel(office) == 0


def test_a_row_of_refusals_is_seen_across_deliveries(office: Office, serving: Serving) -> None:
    """One message an hour, each denied: the third shows whose fault it is, and those of today wait again."""
    serving([*(DENIED.format(f"dau-moi@don-vi-{n}.example") for n in range(3)), "250 ok"])
    duties = []
    for hour, unit in zip((9, 10, 11), THREE, strict=True):
        duties.append(obligation(f"viec-{hour}", "{by: 2022-07-29}", responsible=unit))
        office.plan(*duties).apply(f"2022-07-11 {hour:02}:00")
        run(office, f"2022-07-11 {hour:02}:00")
    assert fates(office) == {"planned"}
    assert refusals_of_the_channel(office) == 1
    assert marks(office) == ["bounced", "bounced", "restored", "restored"]
    for moment in ("13:30", "14:30"):
        run(office, f"2022-07-11 {moment}")
    assert fates(office) == {"sent"}


def test_one_address_that_is_refused_again_and_again_is_never_the_channel(office: Office, serving: Serving) -> None:
    """Three duties of one unit on three days, one bad address: it is marked once, and the channel never rests."""
    serving([NOBODY])
    for day in (11, 12, 13):
        office.plan(*(obligation(f"viec-{n}", "{by: 2022-07-29}", responsible="so-y-te") for n in range(11, day + 1)))
        office.apply(f"2022-07-{day} 09:00")
        run(office, f"2022-07-{day} 09:00")
    assert refusals_of_the_channel(office) == 0
    assert marks(office) == ["bounced"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DENIED.format("a@b.example"), DENIED.format("c@d.example")),
        ("550 5.1.1 no user (id 4F2x9)", "550 5.1.1 no user (id 7Q1a8)"),
    ],
)
def test_addresses_and_running_numbers_make_no_other_answer(one: str, other: str) -> None:
    """Servers write whom and which message they speak of."""
    assert essence(one) == essence(other)


@pytest.mark.parametrize(
    "other", ["550 5.7.1 no user", "551 5.1.1 no user", "550 5.1.1 mailbox disabled", "550 no user"]
)
def test_codes_and_words_make_another_answer(other: str) -> None:
    """Whoever is refused for another reason is refused by himself."""
    assert essence("550 5.1.1 no user") != essence(other)
