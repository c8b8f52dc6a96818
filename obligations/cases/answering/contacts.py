"""A unit names another person to write to. It is a request: who is written to stands in units.yaml.

It stands on the control sheet until the applied configuration has that person's address (or, without one, telephone)
among the unit's contacts, until the unit asks for something else, or until the secretariat sets it aside.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from obligations.cases.app import App
from obligations.cases.ledger import officebook
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.store.database import reading, writing

KIND = "contact_changed"
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")


@dataclass(frozen=True)
class Proposal:
    """Whom a unit wants to be written to."""

    name: str
    post: str = ""
    phone: str = ""
    email: str = ""

    @property
    def words(self) -> str:
        """*Trần Thị B, chuyên viên, ĐT 0900 000 002, b@so-y-te.example*."""
        phone = self.phone and f"ĐT {self.phone}"
        return ", ".join(part for part in (self.name, self.post, phone, self.email) if part)


@dataclass(frozen=True)
class Request:
    """A proposal that waits; `by` whom and since when."""

    unit: str
    proposal: Proposal
    asked_on: date
    by: str


def propose(app: App, unit: str, proposal: Proposal, now: datetime, *, by: str) -> bool:
    """Record it; False when just this waits already. Refused without a name, or with nothing to reach the person by."""
    if not proposal.name:
        raise Refused("contact-name", "chưa ghi họ tên đầu mối mới.", "Ghi họ và tên.")
    if not (proposal.phone or proposal.email):
        raise Refused("contact-reach", "chưa ghi số điện thoại hoặc thư điện tử.", "Ghi ít nhất một trong hai.")
    if proposal.email and not _EMAIL.fullmatch(proposal.email):
        raise Refused("contact-email", f"{proposal.email} không phải địa chỉ thư điện tử.", "Ghi dạng ten@co-quan.vn.")
    with writing(app.engine) as session:
        last = _newest(session).get(unit)
        said = {"unit": unit, **asdict(proposal)}
        if last is not None and last.payload == said:
            return False
        officebook.record(session, KIND, now, by=by, payload=said)
        return True


def set_aside(app: App, unit: str, now: datetime, *, by: str, seen: str | None = None) -> None:
    """The secretariat does not follow a unit's proposal. Refused when none waits, or another one than was `seen`."""
    with writing(app.engine) as session:
        last = _newest(session).get(unit)
        if last is None or last.payload.get("aside"):
            raise Refused("no-proposal", "đơn vị này không có đề nghị đổi đầu mối nào đang chờ.", "Xem phiếu theo dõi.")
        if seen not in (None, _request(last).proposal.words):
            raise Refused("other-proposal", "đơn vị vừa đề nghị đầu mối khác.", "Xem lại rồi quyết định.")
        officebook.record(session, KIND, now, by=by, payload={"unit": unit, "aside": True})


def waiting(session: Session, configuration: Configuration) -> list[Request]:
    """What waits to be entered into units.yaml, in the order of protocol."""
    units = configuration.units
    open_ = [_request(event) for event in _newest(session).values() if not event.payload.get("aside")]
    known = [one for one in open_ if one.unit in units and not _is_entered(configuration, one)]
    return sorted(known, key=lambda one: units[one.unit].position)


def waiting_of(app: App, configuration: Configuration, unit: str) -> Request | None:
    """What a unit itself asked for and is not entered yet."""
    with reading(app.engine) as session:
        return next((one for one in waiting(session, configuration) if one.unit == unit), None)


def _newest(session: Session) -> dict[str, Row[Any]]:
    return {event.payload["unit"]: event for event in officebook.all_of(session, KIND)}


def _request(event: Row[Any]) -> Request:
    said: dict[str, Any] = dict(event.payload)
    unit = said.pop("unit")
    return Request(unit, Proposal(**said), event.effective_on, event.by)


def _is_entered(configuration: Configuration, request: Request) -> bool:
    """Whether one of the unit's contacts has the address; without one, the telephone."""
    wanted = request.proposal
    for contact in configuration.units[request.unit].contacts:
        if wanted.email:
            if (contact.email or "").casefold() == wanted.email.casefold():
                return True
        elif _digits(contact.phone or "") == _digits(wanted.phone):
            return True
    return False


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)
