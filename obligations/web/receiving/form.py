"""The form of proposals: each document as the page showed it, which are ticked, for which duty, on what day sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from obligations.cases.receiving.register import Incoming
from obligations.domain.errors import Refused
from obligations.web.dates import read_day
from obligations.web.forms import read_form

MOST_SHOWN = 300  # documents on one page
_MOST_BYTES, _FIELDS = 2_000_000, 10


async def _typed(request: Request) -> FormData:
    return await read_form(request, _MOST_BYTES, MOST_SHOWN * _FIELDS + 10)


Typed = Annotated[FormData, Depends(_typed)]


@dataclass(frozen=True)
class Read:
    """`rows`: every document of the page; `answers`: the ticked ones, each with its duty's code; `faults` by line."""

    rows: Sequence[Incoming]
    answers: Sequence[tuple[str, Incoming]]
    faults: dict[int, Refused]


def read(form: FormData, today: date) -> Read:
    """What came. A day that was typed wrong is a fault of its line; what the page itself wrote is taken as it is."""
    rows: list[Incoming] = []
    answers: list[tuple[str, Incoming]] = []
    faults: dict[int, Refused] = {}
    ticked = {str(one) for one in form.getlist("chon")}
    for line in (key.removeprefix("noi_") for key in form if key.startswith("noi_")):
        try:
            incoming = _incoming(form, line, today)
        except Refused as refused:
            incoming = _incoming(form, line, today, is_typed=False)
            faults[incoming.line] = refused
        rows.append(incoming)
        if line in ticked:
            answers.append((_said(form, f"viec_{line}", 40), incoming))
    return Read(rows, answers, {line: fault for line, fault in faults.items() if str(line) in ticked})


def _incoming(form: FormData, line: str, today: date, *, is_typed: bool = True) -> Incoming:
    try:
        number, shown = int(line), date.fromisoformat(_said(form, f"gui_{line}"))
        arrived, signed = (_hidden(form, f"{name}_{line}") for name in ("den", "ky"))
    except ValueError:
        raise Refused("no-line", "biểu mẫu không phải của trang này.", "Đưa lại tệp sổ văn bản đến.") from None
    sent_on = (read_day(_said(form, f"ngay_{line}"), today) if is_typed else None) or shown
    sender, document, subject, arrival = (_said(form, f"{name}_{line}") for name in ("noi", "so", "trich", "so_den"))
    return Incoming(number, sender, document, subject, sent_on, arrived, signed, arrival)


def _hidden(form: FormData, name: str) -> date | None:
    said = _said(form, name)
    return date.fromisoformat(said) if said else None


def _said(form: FormData, name: str, most: int = 2000) -> str:
    return str(form.get(name, "")).strip()[:most]
