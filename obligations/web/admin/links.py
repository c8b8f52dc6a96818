"""Quản trị, liên kết: the units' links; issued, looked at, revoked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi import Path as InPath
from fastapi.responses import RedirectResponse, Response

from obligations.cases import applied
from obligations.cases.access import links
from obligations.domain.errors import Refused
from obligations.web.forms import Bounded
from obligations.web.guard import Admin, Now, OfficeDep
from obligations.web.pages import page

PATH = "/quan-tri/lien-ket"
ROWS = 50
router = APIRouter(route_class=Bounded)
Number = Annotated[int, InPath(ge=1, le=2**31 - 1)]


@router.get(PATH)
def every(
    request: Request,
    office: OfficeDep,
    now: Now,
    _: Admin,
    don_vi: Annotated[str, Query(alias="don-vi", max_length=200)] = "",
    xem: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    trang: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """The links, newest first, of all units or of one; the address of the one that was asked for."""
    known = applied.followed(office)
    found = [link for link in links.all_links(office) if not don_vi or link.unit == don_vi]
    shown = next((link for link in found if link.id == xem and link.is_open(now)), None)
    base = known.office.public_url if known else None
    return page(
        request,
        "admin/links.html",
        links=found[(trang - 1) * ROWS : trang * ROWS],
        count=len(found),
        number=trang,
        pages=max(1, -(-len(found) // ROWS)),
        unit=don_vi,
        units=known.units if known else {},
        base=base,
        shown=shown,
        address=links.address(base, links.token(office, shown.id)) if shown and base else "",
        instant=now,
    )


@router.post(PATH)
def issue(
    office: OfficeDep, now: Now, visitor: Admin, don_vi: Annotated[str, Form(alias="don-vi", max_length=200)]
) -> Response:
    """The unit's link: the one it has for long enough, else a new one."""
    known = applied.followed(office)
    if known is None or don_vi not in known.units:
        raise Refused("no-unit", f"không có đơn vị {don_vi}.", "Chọn một đơn vị trong danh sách.")
    number = links.issue(office, don_vi, now, by=visitor.title).partition(".")[0]
    return RedirectResponse(f"{PATH}?don-vi={don_vi}&xem={number}", 303)


@router.post(f"{PATH}/{{number}}/thu-hoi")
def revoke(office: OfficeDep, now: Now, visitor: Admin, number: Number) -> Response:
    links.revoke(office, number, now, by=visitor.title)
    return RedirectResponse(PATH, 303)
