"""Living with an office in tests: deliveries at an hour, what the history then says, a channel that leads nowhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from obligations.cases.delivery import Delivered, deliver
from obligations.cases.history import Entry, Wanted, history
from obligations.store.database import writing
from tests.mailbox import free_port
from tests.offices import ZONE, Office, at


def nowhere(name: str = "email") -> str:
    """A channels.yaml line that leads to nobody."""
    return f"{name}: smtp://127.0.0.1:{free_port()}/?from=nhac@so-mau.example\n"


def run(office: Office, when: str, **more: Any) -> Delivered:
    """One delivery at a local hour."""
    return deliver(office.app, at(when), engine_id="test", **more)


def entries(office: Office, kind: str, unit: str | None = None) -> list[Entry]:
    """The history's lines of one kind."""
    return [entry for entry in history(office.app, Wanted(unit), ZONE) if entry.kind == kind]


def change(office: Office, statement: str) -> None:
    """Put the ledger into a state that only a crash or another engine leaves behind."""
    with writing(office.app.engine) as session:
        session.execute(text(statement))
