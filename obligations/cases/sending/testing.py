"""`send-test`: one harmless message to one contact or address, now; nothing of it is written to the ledger."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.clock import VIETNAM, local_day
from obligations.cases.configuring.drafts import read_draft
from obligations.cases.sending.outbox import MANUAL, domain
from obligations.cases.sending.postbox import EMAIL, Postbox
from obligations.channels import Answer, Outgoing
from obligations.config.load import load
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration, Contact
from obligations.domain.wording import some
from obligations.store.database import reading

_SHOWN = 8


@dataclass(frozen=True)
class Tested:
    """Where the test message went, as `sending` says (box, redirect:…, live), and how the other side answered."""

    to: str
    name: str
    channel: str
    address: str
    sending: str
    outcome: str
    stage: str
    answer: str
    is_draft: bool

    @property
    def arrived(self) -> bool:
        return self.outcome == "sent"


def send_test(
    app: App, to: str, now: datetime, *, channel: str | None = None, environ: Mapping[str, str] = os.environ
) -> Tested:
    """Send to a contact (over its first channel, or `channel`) or to an e-mail address.

    By the applied configuration; before the first apply by the draft. Refused for an unknown contact, a channel that
    the contact or the office has not, and one whose address cannot be used on this machine.
    """
    configuration, is_draft = _configuration(app, now)
    name, ways = _known(configuration, to)
    way, address = _way(configuration, to, ways, channel)
    postbox = Postbox(configuration, app.settings.home, environ)
    try:
        opened = postbox.channel(way)
        answer = opened.send(address, opened.freeze(_message(configuration, name, way, address, now)))
    finally:
        postbox.close()
    return _told(Tested(to, name, way, address, configuration.office.sending, "", "", "", is_draft), answer)


def _told(tested: Tested, answer: Answer) -> Tested:
    said = {"outcome": answer.outcome, "stage": answer.stage, "answer": answer.answer}
    return Tested(**(vars(tested) | said))


def _configuration(app: App, now: datetime) -> tuple[Configuration, bool]:
    with reading(app.engine) as session:
        in_force = applied.find(session)
    if in_force:
        return in_force.configuration, False
    return load(read_draft(app.settings), local_day(now)).required(), True


def _known(configuration: Configuration, to: str) -> tuple[str, Mapping[str, str]]:
    """The name and the channels of whom the message is for."""
    contact = configuration.contacts.get(to)
    if contact:
        return contact.name, dict(contact.channels)
    if "@" in to:
        channels = sorted(configuration.channels, key=lambda name: name != EMAIL)
        return to, dict.fromkeys(channels or (EMAIL,), to)
    raise Refused("no-contact", f"không có đầu mối {to}.", _suggestion(configuration, to))


def _suggestion(configuration: Configuration, to: str) -> str:
    """Contacts that look like it, or those of the unit so named, else the first few."""
    contacts: Mapping[str, Contact] = configuration.contacts
    near = get_close_matches(to, contacts, n=3, cutoff=0.7) or [
        name for name, contact in contacts.items() if to in (contact.unit, contact.name)
    ]
    if near:
        return f"Có phải {some(near, _SHOWN)}?"
    return f"Ghi một địa chỉ thư, hoặc một trong: {some(list(contacts), _SHOWN)}."


def _way(configuration: Configuration, to: str, ways: Mapping[str, str], channel: str | None) -> tuple[str, str]:
    if channel is None:
        found = next((name for name in ways if name != MANUAL), MANUAL)
    elif channel in ways:
        found = channel
    else:
        raise Refused("no-channel", f"{to} không có kênh {channel}.", f"Có: {some(list(ways))}.")
    if found == MANUAL:
        raise Refused("manual", f"{to} chỉ gọi điện, không có kênh nào gửi thử được.", "Ghi kênh trong units.yaml.")
    if configuration.office.sending != "box" and found not in configuration.channels:
        fix = "Khai báo kênh ấy, hoặc gửi thử qua kênh khác bằng --channel."
        raise Refused("channel-gone", f"không có kênh {found} trong channels.yaml.", fix)
    return found, ways[found]


def _message(configuration: Configuration, name: str, channel: str, address: str, now: datetime) -> Outgoing:
    office = configuration.office.name
    local = now.astimezone(VIETNAM)
    lines = [
        f"Kính gửi: {name}.",
        "",
        f"Đây là thư gửi thử kênh {channel} của hệ thống nhắc việc, {office}, lúc {local:%H:%M %d/%m/%Y}.",
        "Thư không giao việc gì và không cần trả lời.",
        "",
    ]
    digest = hashlib.sha256(f"{address}\n{channel}\n{now.isoformat()}".encode()).hexdigest()[:24]
    message_id = f"<{digest}.test@{domain(configuration)}>"
    return Outgoing(message_id, address, name, f"[Gửi thử] {office}", "\n".join(lines), None, now, None)
