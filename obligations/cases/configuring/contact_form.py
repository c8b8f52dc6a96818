"""One unit's contacts changed by a form: units.yaml is written where they stand in it, shown, and followed at once.

Only that file joins what is followed, and only while its draft says what is followed: somebody's unfinished change of
units.yaml neither slips in nor is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.clock import local_day
from obligations.cases.configuring import applying, files, reviewing
from obligations.cases.configuring.checking import check
from obligations.cases.configuring.files import UNITS
from obligations.cases.configuring.reviewing import Review
from obligations.config.amending import Unfit
from obligations.config.contact_text import FIELDS, Written, contacts, places, with_contacts
from obligations.domain.errors import Problem, Refused
from obligations.domain.plan import Unit
from obligations.domain.wording import some

Values = Mapping[str, str]


@dataclass(frozen=True)
class ContactSheet:
    """A unit's contacts as units.yaml has them, and the file's text; `read` names them for whoever changes them."""

    unit: Unit
    contacts: list[Written]
    text: str

    @property
    def read(self) -> str:
        """Another once somebody changed this unit's contacts; other units' do not count."""
        said = [sorted(one.values.items()) for one in self.contacts]
        return sha256(repr(said).encode()).hexdigest()


@dataclass(frozen=True)
class ContactOffer:
    """What the form asks for: the file's text, what is wrong by (contact's place, field), else what it would change."""

    text: str
    problems: dict[tuple[int, str], Problem] = field(default_factory=dict)
    review: Review | None = None

    @property
    def seen(self) -> str:
        """What whoever applies it says that they saw."""
        return self.review.seen if self.review else ""


def contact_sheet(app: App, unit_id: str) -> ContactSheet:
    """Refused for no such unit, for a draft of units.yaml that is not applied yet, and where a form cannot write."""
    known = applied.current(app).configuration.units
    if unit_id not in known:
        raise Refused("no-unit", f"không có đơn vị {unit_id}.", f"Có: {some(list(known), 12)}.")
    draft = files.opened(app, UNITS)
    if draft.text is None or draft.state != "same":
        fix = "Vào Cấu hình: áp dụng hoặc bỏ phần sửa ấy, rồi sửa đầu mối ở đây."
        raise Refused("draft-pending", "units.yaml đang có phần sửa chưa áp dụng.", fix)
    try:
        return ContactSheet(known[unit_id], contacts(draft.text, unit_id), draft.text)
    except Unfit:
        raise _by_hand() from None


def offer(app: App, sheet: ContactSheet, said: list[Values], now: datetime) -> ContactOffer:
    """What these values come to: of each contact in order (none: it stays), then of new ones. Nothing is written.

    Refused where nothing differs, or where only a person should change the text.
    """
    old = sheet.contacts
    changed = {
        place: differing
        for place, (one, values) in enumerate(zip(old, said, strict=False))
        if (differing := _differing(one, values))
    }
    added = [{name: values.get(name, "") for name in FIELDS} for values in said[len(old) :]]
    if not (changed or added):
        raise Refused("nothing-changed", "chưa đổi gì.", "Sửa một ô, hoặc ghi đầu mối mới, rồi bấm lại.")
    try:
        text = with_contacts(sheet.text, sheet.unit.id, changed, added)
    except Unfit:
        raise _by_hand() from None
    loaded = check({**files.followed_texts(app), UNITS: text}, local_day(now))
    if loaded.errors:
        return ContactOffer(text, _by_field(loaded.errors, text, sheet.unit.id))
    return ContactOffer(text, {}, reviewing.review_loaded(app, loaded, now))


def apply(app: App, sheet: ContactSheet, one: ContactOffer, now: datetime, *, by: str, seen: str) -> None:
    """Write the file of an offer that was seen, and follow it. Refused when something changed since: nothing stays."""
    if one.seen != seen or one.review is None:
        raise Refused("changed-meanwhile", "nội dung hoặc cấu hình đã đổi từ lúc xem.", "Xem lại rồi bấm Áp dụng.")
    read = files.save(app, UNITS, one.text, files.fingerprint(sheet.text))
    try:
        applying.apply(app, {**files.followed_texts(app), UNITS: one.text}, now, by=by, over=one.review.over)
    except BaseException:
        with suppress(Refused):  # somebody wrote more into it meanwhile: then it is theirs
            files.save(app, UNITS, sheet.text, read)
        raise


def _differing(old: Written, values: Values) -> Values:
    """A role that is not written is the first."""
    own = {"role": "focal"} | dict(old.values)
    return {name: value for name, value in values.items() if value != own.get(name, "")}


def _by_field(errors: list[Problem], text: str, unit: str) -> dict[tuple[int, str], Problem]:
    """The first problem of each; what is about none of them stands under (-1, "")."""
    fields, found = places(text, unit), dict[tuple[int, str], Problem]()
    for problem in errors:
        place = fields.get((problem.line, problem.column)) if problem.file == UNITS else None
        found.setdefault(place or (-1, ""), problem)
    return found


def _by_hand() -> Refused:
    message = "đầu mối của đơn vị này viết theo cách mà biểu mẫu không sửa được an toàn."
    return Refused("contact-layout", message, "Sửa units.yaml trong Cấu hình.")
