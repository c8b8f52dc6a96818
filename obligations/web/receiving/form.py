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
FIELDS = ("chon", "noi", "so", "trich", "so_den", "gui", "den", "ky", "lua", "nghi", "viec", "ngay")
_MOST_BYTES = 2_000_000


async def _typed(request: Request) -> FormData:
    return await read_form(request, _MOST_BYTES, MOST_SHOWN * len(FIELDS) + 10)


Typed = Annotated[FormData, Depends(_typed)]


@dataclass(frozen=True)
class Line:
    """One document as it was shown: the duties offered and why a person must look; `code` is the duty chosen.

    `day_fault`: what is wrong with the day that was typed, which `incoming` therefore does not have.
    """

    incoming: Incoming
    offered: Sequence[str]
    doubts: Sequence[str]
    code: str
    is_ticked: bool
    typed_day: str
    day_fault: Refused | None


def read(form: FormData, today: date) -> list[Line]:
    """Every document of the page, in its order. Refused for what no page of ours wrote."""
    ticked = {str(one) for one in form.getlist("chon")}
    lines = (key.removeprefix("noi_") for key in form if key.startswith("noi_"))
    try:
        return [_line(form, line, today, is_ticked=line in ticked) for line in lines]
    except ValueError:
        raise Refused("no-line", "biểu mẫu không phải của trang này.", "Đưa lại tệp sổ văn bản đến.") from None


def _line(form: FormData, line: str, today: date, *, is_ticked: bool) -> Line:
    said = {name: str(form.get(f"{name}_{line}", "")).strip()[:2000] for name in FIELDS}
    offered = said["lua"].split(",")
    if said["viec"] not in offered or not said["viec"]:
        raise ValueError(said["viec"])
    sent_on, fault = date.fromisoformat(said["gui"]), None
    try:
        sent_on = read_day(said["ngay"], today) or sent_on
    except Refused as refused:
        fault = refused if is_ticked else None
    arrived, signed = (date.fromisoformat(said[name]) if said[name] else None for name in ("den", "ky"))
    incoming = Incoming(int(line), said["noi"], said["so"], said["trich"], sent_on, arrived, signed, said["so_den"])
    doubts = [one for one in said["nghi"].split("|") if one]
    return Line(incoming, offered, doubts, said["viec"], is_ticked, said["ngay"], fault)
