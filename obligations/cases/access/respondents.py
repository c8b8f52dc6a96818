"""Who answers for a unit in one browser: asked before the first answer, kept with the browser's cookie and the link.

It is what they say of themselves; whoever has the unit's link speaks for the unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from obligations.cases.access.links import UnitLink
from obligations.cases.access.secret import cookie, digest
from obligations.cases.app import App
from obligations.store.database import reading, writing
from obligations.store.tables import Respondent

_PHONE = re.compile(r"\+?[\d .()-]{8,20}")
_LEAST_DIGITS = 8


@dataclass(frozen=True)
class Answerer:
    """A person of a unit: *Nguyễn Văn A, chuyên viên (0900 000 001)*."""

    name: str
    post: str
    phone: str

    @property
    def words(self) -> str:
        return f"{self.name}, {self.post} ({self.phone})"

    def signs(self, unit: str) -> str:
        """How their deeds are signed: *Nguyễn Văn A, chuyên viên, Sở Y tế (0900 000 001)*."""
        return f"{self.name}, {self.post}, {unit} ({self.phone})"

    @property
    def faults(self) -> dict[str, str]:
        """What is missing or no telephone number, by field, in words."""
        found = {}
        if len(self.name) < 2:
            found["name"] = "Ghi họ và tên."
        if len(self.post) < 2:
            found["post"] = "Ghi chức vụ, ví dụ: chuyên viên."
        if not _PHONE.fullmatch(self.phone) or len(re.sub(r"\D", "", self.phone)) < _LEAST_DIGITS:
            found["phone"] = "Ghi số điện thoại, ví dụ 0900 000 001."
        return found


def known(app: App, presented: str | None, link: UnitLink) -> Answerer | None:
    """Who answered before in this browser for this link's unit; after another unit's link they are asked again."""
    if not presented:
        return None
    with reading(app.engine) as session:
        row = session.get(Respondent, digest(presented))
        return Answerer(row.name, row.post, row.phone) if row and row.link_id == link.id else None


def remember(app: App, presented: str | None, link: UnitLink, who: Answerer, now: datetime) -> str:
    """Keep who answers; the browser's cookie (a new one where it had none of this link)."""
    with writing(app.engine) as session:
        row = _row(session, presented, link)
        if row is not None and presented:
            row.name, row.post, row.phone = who.name, who.post, who.phone
            session.add(row)
            return presented
        new = cookie()
        kept = {"name": who.name, "post": who.post, "phone": who.phone}
        session.add(Respondent(digest=digest(new), link_id=link.id, since=now, **kept))
        return new


def _row(session: Session, presented: str | None, link: UnitLink) -> Respondent | None:
    row = session.get(Respondent, digest(presented)) if presented else None
    return row if row and row.link_id == link.id else None
