"""What a unit typed into a form: read with its file, cleaned, each fault beside its field."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date

from fastapi import Request
from starlette.datastructures import UploadFile

from obligations.cases.access.respondents import Answerer
from obligations.cases.answering import uploads
from obligations.cases.answering.uploads import NewFile
from obligations.domain.errors import Refused
from obligations.web.dates import read_day
from obligations.web.forms import is_within

_LARGEST_FORM = uploads.LARGEST + 256 * 1024  # the file and what is typed beside it
_LONGEST = {"note": 1000, "document": 80, "name": 80, "post": 80, "phone": 20, "email": 120}
_FIELDS = 60


@dataclass
class Typed:
    """A form as it came. `faults` by field; what belongs to none stands under `form`."""

    values: dict[str, str] = field(default_factory=dict)
    several: dict[str, list[str]] = field(default_factory=dict)
    file_name: str = ""
    file_body: bytes = b""
    faults: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def day(self, name: str, today: date, *, ahead: bool = False) -> date | None:
        """The day in a field, None for none; a fault where it is no day."""
        try:
            return read_day(self.text(name), today, ahead=ahead)
        except Refused as wrong:
            self.faults[name] = str(wrong)
            return None

    def needs(self, name: str, words: str) -> None:
        if not self.text(name):
            self.faults[name] = words

    def answerer(self) -> Answerer:
        """Who answers, as typed here; its faults stand beside its fields."""
        found = Answerer(self.text("name"), self.text("post"), self.text("phone"))
        self.faults |= found.faults
        return found

    def file(self) -> NewFile | None:
        """The file that came, looked at; a fault where it may not be kept."""
        if not self.file_name:
            return None
        try:
            return uploads.looked_at(self.file_name, self.file_body)
        except Refused as wrong:
            self.faults["file"] = str(wrong)
            return None


async def read(request: Request) -> Typed:
    """The form of a request. Refused before it is read when it is larger than any that may be kept."""
    if not is_within(request, _LARGEST_FORM):
        raise uploads.too_large()
    typed = Typed()
    async with request.form(max_files=1, max_fields=_FIELDS, max_part_size=64 * 1024) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                typed.file_name, typed.file_body = value.filename or "", await value.read()
            else:
                words = _clean(value, _LONGEST.get(name, 200))
                typed.values[name] = words
                typed.several.setdefault(name, []).append(words)
    return typed


def _clean(text: str, longest: int) -> str:
    """One line of printable characters, composed, so that a name looks and sorts as it reads."""
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in composed)
    return " ".join(shown.split())[:longest].strip()
