"""Logging in and out, and the switch of languages."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases.access import sessions
from obligations.domain.errors import Refused
from obligations.web.forms import Bounded
from obligations.web.guard import COOKIE, Now, OfficeDep
from obligations.web.pages import LANGUAGE_COOKIE, page, whole_path

PATH = "/dang-nhap"
router = APIRouter(route_class=Bounded)
Word = Annotated[str, Form(max_length=200)]
Place = Annotated[str, Form(max_length=4000)]  # a board's address holds every filter


def address(request: Request) -> str:
    """The login page that leads back to where somebody wanted to go."""
    wanted = whole_path(request)
    return f"{PATH}?tiep={quote(wanted, safe='')}" if request.method == "GET" and wanted != "/" else PATH


@router.get(PATH)
def ask(request: Request, tiep: str = "/") -> Response:
    return page(request, "login.html", tiep=_inside(tiep), refused=None, name="")


@router.post(PATH)
def log_in(request: Request, office: OfficeDep, now: Now, name: Word, password: Word, tiep: Place = "/") -> Response:
    try:
        cookie = sessions.open_session(office, name.strip(), password, now)
    except Refused as refused:
        status = 503 if refused.code == "busy" else 401
        return page(request, "login.html", status, tiep=_inside(tiep), refused=refused, name=name)
    answer = RedirectResponse(_inside(tiep), 303)
    set_cookie(answer, request, COOKIE, cookie, int(sessions.LASTS.total_seconds()))
    return answer


@router.post("/dang-xuat")
def log_out(request: Request, office: OfficeDep) -> Response:
    sessions.close_session(office, request.cookies.get(COOKIE))
    answer = RedirectResponse(PATH, 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.post("/ngon-ngu")
def switch(request: Request, lang: Annotated[str, Form(pattern="^(vi|en)$")], tiep: Place = "/") -> Response:
    answer = RedirectResponse(_inside(tiep), 303)
    set_cookie(answer, request, LANGUAGE_COOKIE, lang, 365 * 86_400)
    return answer


def set_cookie(answer: Response, request: Request, name: str, value: str, seconds: int) -> None:
    """A cookie that scripts and other sites do not see; over TLS only where we are asked over TLS."""
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    answer.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure, path="/")


def _inside(path: str) -> str:
    """A path of this site and nothing else: `//other` and `/\\other` would lead away."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_ours else "/"
