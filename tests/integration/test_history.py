"""`history --failed`: only what did not arrive, or perhaps did not; and the office's own mail stands in the history."""

from __future__ import annotations

from obligations.cases.reading.history import Wanted, history
from obligations.cases.upkeep.inspecting import inspect
from tests.life import nowhere, run
from tests.mailbox import Mailbox
from tests.offices import UNITS, ZONE, Office, at, obligation

NOTICE = "2022-07-11 09:00"


def failures(office: Office, **wanted: object) -> list[tuple[str, str | None, str | None, str | None]]:
    found = history(office.app, Wanted(failed=True, **wanted), ZONE)  # type: ignore[arg-type]
    return [(one.kind, one.unit, one.rung, one.outcome or one.state) for one in found]


def test_only_what_did_not_arrive(office: Office, mailbox: Mailbox) -> None:
    """A channel that is down, then works: the tries that failed stay; a unit without contact has its line."""
    lonely = "contacts: [{name: Chị Lan, role: focal, email: dau-moi@so-xay-dung.example}]"
    office.write("units.yaml", UNITS.replace(lonely, "contacts: []"))
    office.sending("live", nowhere()).plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply(NOTICE)
    run(office, NOTICE)
    office.sending("live", mailbox.channels)
    office.apply("2022-07-11 10:00")
    run(office, "2022-07-11 10:05")
    assert sorted(failures(office)) == [
        ("attempt", "so-y-te", "notice", "channel_down"),
        ("reminder", "so-xay-dung", "notice", "failed"),
    ]
    assert failures(office, unit="so-y-te") == [("attempt", "so-y-te", "notice", "channel_down")]
    everything = history(office.app, Wanted(), ZONE)
    assert ("attempt", "sent") in {(one.kind, one.outcome) for one in everything}


def test_an_alert_to_the_admin_is_a_line_of_its_own(office: Office) -> None:
    """It belongs to no duty: its line names its kind, and stands only where no unit or duty is asked for."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply(NOTICE)
    inspect(office.app, at("2022-07-11 16:00"))  # nobody delivered
    attempts = [one for one in history(office.app, Wanted(), ZONE) if one.kind == "attempt"]
    assert [(one.rung, one.plan, one.recipient, one.outcome) for one in attempts] == [
        ("alert", None, "van-phong.focal", "sent")
    ]
    assert [one for one in history(office.app, Wanted(unit="so-y-te"), ZONE) if one.kind == "attempt"] == []
