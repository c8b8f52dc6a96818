"""Which unit visits: told from its link's token, which stands in a cookie so that no page's address holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response

from obligations.cases import applied
from obligations.cases.access import links, respondents
from obligations.cases.access.links import UnitLink
from obligations.cases.access.respondents import Answerer
from obligations.cases.app import App
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration, Unit
from obligations.web.guard import Now, OfficeDep, refuse_a_wrong_clock
from obligations.web.login import set_cookie
from obligations.web.pages import page

HOME = "/don-vi-toi"
COOKIE, ANSWERER = "dondoc_unit", "dondoc_answerer"
CLOSED = {"link-unknown": 404, "link-revoked": 410, "link-expired": 410, "no-links": 404}


@dataclass(frozen=True)
class Visit:
    """An open link in a browser; `base` is the office's address, `token` what opens the link."""

    link: UnitLink
    unit: Unit
    token: str
    base: str
    answerer: Answerer | None

    @property
    def calendar(self) -> str:
        return f"{links.address(self.base, self.token)}/lich.ics"


def linked_office(office: App) -> tuple[Configuration, str]:
    """The configuration and the address of the pages. Refused where the office gives no links."""
    known = applied.followed(office)
    if known is None or known.office.public_url is None:
        raise Refused("no-links", "cơ quan này không dùng liên kết trả lời.", "Trả lời thư nhắc, kèm mã việc.")
    return known, known.office.public_url


def visit(request: Request, office: OfficeDep, now: Now) -> Visit:
    """Who visits by the cookie; Refused in words for a unit without one that opens."""
    refuse_a_wrong_clock(request)
    known, base = linked_office(office)
    token = request.cookies.get(COOKIE)
    if not token:
        raise Refused("link-unknown", "trang này mở bằng liên kết trong thư nhắc.", "Mở liên kết trong thư mới nhất.")
    link = links.open_link(office, token, now)
    unit = known.units.get(link.unit)
    if unit is None:
        raise Refused("link-unknown", "đơn vị này không còn được theo dõi.", "Hỏi văn phòng cơ quan theo dõi.")
    return Visit(link, unit, token, base, respondents.known(office, request.cookies.get(ANSWERER), link))


Visitor = Annotated[Visit, Depends(visit)]


def let_in(answer: Response, request: Request, token: str, link: UnitLink, now: Now) -> None:
    """The link's cookie, for as long as the link opens."""
    set_cookie(answer, request, COOKIE, token, int((link.expires - now).total_seconds()))


def is_for_units(path: str) -> bool:
    return path.startswith(("/d/", HOME))


def refusal(request: Request, refused: Refused, status: int) -> Response:
    """One clear page: what is so, what to do, whom to ask."""
    known = applied.followed(request.app.state.app)
    desk = known.contacts.get(known.office.secretariat[0]) if known and known.office.secretariat else None
    status = CLOSED.get(refused.code, status)
    return page(request, "unit/refused.html", status, refused=refused, desk=desk, is_closed=refused.code in CLOSED)
