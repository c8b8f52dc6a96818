"""A letter that asks a unit to answer carries the unit's link, where the office's pages have an address."""

from __future__ import annotations

import re
from email import message_from_string
from email.policy import default

from sqlalchemy import select

from obligations.cases.access import links
from obligations.cases.sending.delivery import deliver
from obligations.store.database import reading
from obligations.store.tables import Link, Message
from tests.offices import OFFICE, Office, at, obligation

BASE = "https://nhac.so-mau.example"
ADDRESS = re.compile(rf"{re.escape(BASE)}/d/([\w.-]+)(\?viec=[\w-]+)?")


def _told(office: Office, *obligations: str, base: str | None = BASE) -> list[tuple[str, str]]:
    """(recipient, the letter's bytes as text) of the letters that give the duties."""
    office.write("office.yaml", OFFICE.format(sending="box") + (f"public_url: {base}\n" if base else ""))
    office.plan(*obligations).apply("2022-07-11 09:00")
    deliver(office.app, at("2022-07-11 09:05"), engine_id="thử")
    return _bodies(office)


def _bodies(office: Office) -> list[tuple[str, str]]:
    with reading(office.app.engine) as session:
        rows = session.execute(select(Message.recipient, Message.body).order_by(Message.id)).all()  # type: ignore[call-overload]
    return [(recipient, body.decode()) for recipient, body in rows if body and "so-" in recipient]


def test_a_letter_of_one_duty_leads_to_it(office: Office) -> None:
    """Each unit its own link, which opens for that unit; it stands in both bodies."""
    found = _told(office, obligation("bao-cao", "{by: 2022-11-25}"))
    opened = {}
    for recipient, body in found:
        tokens = {match[1] for match in ADDRESS.finditer(_plain(body))}
        assert {match[2] for match in ADDRESS.finditer(_plain(body))} == {
            f"?viec={'K1-0001' if 'y-te' in recipient else 'K1-0002'}"
        }
        (token,) = tokens
        opened[recipient] = links.open_link(office.app, token, at("2022-07-12 09:00")).unit
    assert opened == {"so-y-te.focal": "so-y-te", "so-xay-dung.focal": "so-xay-dung"}


def test_a_letter_of_several_leads_to_the_units_page_and_links_are_kept(office: Office) -> None:
    """The next letter carries the same link; it is one for all."""
    found = _told(office, obligation("bao-cao", "{by: 2022-07-25}"), obligation("ke-hoach", "{by: 2022-07-25}"))
    assert all(match[2] is None for _, body in found for match in ADDRESS.finditer(_plain(body)))
    deliver(office.app, at("2022-07-25 08:01"), engine_id="thử")
    with reading(office.app.engine) as session:
        assert len(session.scalars(select(Link)).all()) == 2


def test_without_an_address_no_letter_has_a_link(office: Office) -> None:
    found = _told(office, obligation("bao-cao", "{by: 2022-11-25}"), base=None)
    assert found
    assert not any("/d/" in _plain(body) for _, body in found)
    with reading(office.app.engine) as session:
        assert session.scalars(select(Link)).all() == []


def _plain(body: str) -> str:
    """The words of a message, whose lines a mail breaks."""
    parsed = message_from_string(body, policy=default)
    texts = [part.get_content() for part in parsed.walk() if part.get_content_maintype() == "text"]
    return "\n".join(texts) or body
