"""Who may open what: every route of the pages with whom it lets in, and a request that an insider would make.

A new route needs its line here: `tests/web/test_outsiders.py` enumerates the routes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal

import httpx
from fastapi.routing import APIRoute

from obligations.web.app import ROUTERS

Who = Literal["everybody", "unit", "viewer", "secretariat", "admin"]
VISITORS = ("none", "unit", "other unit", "viewer", "secretariat", "admin")
ATTACK = "\"'></textarea><script>alert(1)</script>"
ROLES = ("viewer", "secretariat", "admin")
LOGIN = "/dang-nhap"


@dataclass(frozen=True)
class Line:
    """A route, whom it lets in, and for a request of theirs: the values in its path, query, form, and the status.

    `other`: what the link of another unit gets on a page of units.
    """

    route: str
    who: Who
    inside: int | Literal["login"] = 200
    path: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    other: int | None = None

    @property
    def method(self) -> str:
        return self.route.partition(" ")[0]

    def url(self) -> str:
        _, _, template = self.route.partition(" ")
        return template.format(**self.path) + self.query

    def lets_in(self, visitor: str) -> bool:
        if self.who in ("everybody", "unit"):
            return self.who == "everybody" or visitor in ("unit", "other unit")
        return visitor in ROLES and ROLES.index(visitor) >= ROLES.index(self.who)

    def expected(self, visitor: str) -> str:
        """`login`, or the status as a word."""
        if self.lets_in(visitor):
            return str(self.other or self.inside) if visitor == "other unit" else str(self.inside)
        if self.who == "unit":
            return "404"
        return "403" if visitor in ROLES else "login"

    def ask(self, client: httpx.Client, headers: Mapping[str, str] | None = None) -> httpx.Response:
        form = dict(self.form) if self.method == "POST" else None
        return client.request(self.method, self.url(), data=form, headers=dict(headers or {}))


def outcome(answer: httpx.Response) -> str:
    """A status as a word, or that somebody is asked to log in."""
    if answer.status_code == 303 and answer.headers["location"].partition("?")[0] == LOGIN:
        return "login"
    return str(answer.status_code)


def routes() -> set[str]:
    """Every route that there is, as `GET /ke-hoach/{id}`."""
    found = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    return {f"{method} {route.path}" for route in found for method in route.methods - {"HEAD"}}


@dataclass
class Form:
    """A form of a page: where it goes, its fields with what they hold, and which of them take free text."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(said.get("action", ""), said.get("method", "get").lower())
            self.found.append(self._form)
        elif self._form is not None and (name := said.get("name") or self._select):
            self._field(tag, name, said)

    def _field(self, tag: str, name: str, said: Mapping[str, str]) -> None:
        assert self._form is not None
        kind = said.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "option":
            if said.get("value") and ("selected" in said or not self._form.fields.get(name)):
                self._form.fields[name] = said["value"]
        elif tag in ("button", "input") and (tag == "button" or kind in ("checkbox", "radio", "hidden", "submit")):
            self._form.fields.setdefault(name, said.get("value", ""))
        elif tag in ("input", "textarea") and kind != "file":
            self._form.fields[name] = ""
            self._form.texts.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""


def forms(html: str) -> list[Form]:
    """The forms of a page."""
    parser = _Forms()
    parser.feed(html)
    return parser.found


def attacked(html: str) -> Iterator[Form]:
    """The forms of a page that take text, with a script typed into every field of it."""
    for form in forms(html):
        if form.texts:
            form.fields |= dict.fromkeys(form.texts, ATTACK)
            yield form


def _admin(route: str, inside: int = 200, **more: object) -> Line:
    return Line(route, "admin", inside, **more)  # type: ignore[arg-type]


def _office(route: str, inside: int = 200, **more: object) -> Line:
    return Line(route, "secretariat", inside, **more)  # type: ignore[arg-type]


def _unit(route: str, inside: int = 200, **more: object) -> Line:
    return Line(route, "unit", inside, **more)  # type: ignore[arg-type]


ITS_COLUMN = {"plan": "ke-hoach", "obligation": "bao-cao"}
PLAN_FILE = "plans/ke-hoach.yaml"
NEW_FILE = {"ten": "plans/moi.yaml", "text": "plan: {}\n"}
NO_DRAFT = {"id_": "0123456789abcdef"}
ITS_DUTY, NO_NUMBER = {"code": "K1-0001"}, {"number": "999999"}
# In the order of the requests: what a line does stands for the next one.
TABLE = (
    Line("GET /dang-nhap", "everybody"),
    Line("POST /dang-nhap", "everybody", 401, form={"name": "ai-do", "password": "không phải"}),
    Line("POST /ngon-ngu", "everybody", 303, form={"lang": "vi"}),
    Line("GET /", "viewer"),
    _office("GET /giao-viec"),
    _office("GET /giao-viec/han", query="?deadline=25/11"),
    _office("POST /giao-viec", 422),
    _office("GET /soan-tu-van-ban"),
    _office("POST /soan-tu-van-ban", 422),
    _office("GET /soan-tu-van-ban/{id_}", 404, path=NO_DRAFT),
    _office("GET /soan-tu-van-ban/{id_}/han", 404, path=NO_DRAFT),
    _office("POST /soan-tu-van-ban/{id_}/viec/{number}", 404, path=NO_DRAFT | {"number": "1"}),
    _office("POST /soan-tu-van-ban/{id_}/ke-hoach", 404, path=NO_DRAFT),
    _office("POST /soan-tu-van-ban/{id_}/them", 404, path=NO_DRAFT),
    _office("POST /soan-tu-van-ban/{id_}/don-vi", 404, path=NO_DRAFT),
    _office("POST /soan-tu-van-ban/{id_}/nhan-het", 404, path=NO_DRAFT),
    _office("POST /soan-tu-van-ban/{id_}/luu", 404, path=NO_DRAFT),
    _office("GET /soan-tu-van-ban/{id_}/so-sanh", 404, path=NO_DRAFT),
    _office("POST /soan-tu-van-ban/{id_}/so-sanh", 404, path=NO_DRAFT),
    _office("POST /soan-tu-van-ban/{id_}/xoa", 303, path=NO_DRAFT),
    Line("GET /viec/{code}", "viewer", path=ITS_DUTY),
    _office("POST /viec/{code}/{deed}", 422, path=ITS_DUTY | {"deed": "khong-co"}),
    Line("GET /ghi-nhan-nhanh", "viewer"),
    Line("GET /ghi-nhan-nhanh/{plan}/{obligation}", "viewer", path=ITS_COLUMN),
    _office("POST /ghi-nhan-nhanh/{plan}/{obligation}", 303, path=ITS_COLUMN, query="?ky=once"),
    _office("POST /ghi-nhan-nhanh/{plan}/{obligation}/hoan-tac", 422, path=ITS_COLUMN, query="?ky=once"),
    _office("GET /so-van-ban-den"),
    _office("POST /so-van-ban-den", 422),
    _office("POST /so-van-ban-den/ghi", 422),
    _office("POST /so-van-ban-den/hoan-tac", 422),
    Line("GET /cau-hinh", "viewer"),
    Line("GET /cau-hinh/tep", "viewer", query=f"?ten={PLAN_FILE}"),
    _office("POST /cau-hinh/tep", 422),
    _office("POST /cau-hinh/kiem-tra", form=NEW_FILE),
    _office("POST /cau-hinh/tra-lai", 422),
    _office("POST /cau-hinh/xoa", 422),
    _office("GET /cau-hinh/thay-doi"),
    _office("POST /cau-hinh/ap-dung", 422),
    _office("GET /cau-hinh/khoi-phuc", 422),
    _office("POST /cau-hinh/khoi-phuc", 422),
    Line("GET /cau-hinh/du-bao", "viewer"),
    Line("GET /cau-hinh/phien-ban", "viewer"),
    Line("GET /cau-hinh/phien-ban/{number}", "viewer", path={"number": "1"}),
    Line("GET /lich", "viewer"),
    Line("GET /ke-hoach", "viewer"),
    Line("GET /ke-hoach/{plan_id}", "viewer", path={"plan_id": "ke-hoach"}),
    _office("POST /ke-hoach/{plan_id}/su-kien", 422, path={"plan_id": "ke-hoach"}),
    Line("GET /don-vi", "viewer"),
    Line("GET /don-vi/{unit_id}", "viewer", path={"unit_id": "so-y-te"}),
    _office("POST /don-vi/{unit_id}/dia-chi", 422, path={"unit_id": "so-y-te"}),
    _office("GET /don-vi/{unit_id}/dau-moi", path={"unit_id": "so-y-te"}),
    _office("POST /don-vi/{unit_id}/dau-moi", 409, path={"unit_id": "so-y-te"}),
    Line("GET /nhat-ky", "viewer"),
    Line("GET /nhat-ky/tin/{number}", "viewer", 404, path=NO_NUMBER),
    _office("POST /nhat-ky/tin/{number}/gui-lai", 404, path=NO_NUMBER),
    Line("GET /cho-duyet", "viewer"),
    Line("GET /cho-duyet/phieu", "viewer"),
    _office("GET /chep-tin-zalo"),
    _office("POST /cho-duyet/duyet", 422),
    _office("POST /cho-duyet/ghi-nhan", 422),
    _office("POST /cho-duyet/gia-han", 422),
    _office("POST /cho-duyet/ra-so", 303),
    _office("POST /cho-duyet/dau-moi", 422),
    Line("GET /d/{token}", "everybody", 404, path={"token": "1.khong-phai"}),
    Line("GET /d/{token}/lich.ics", "everybody", 404, path={"token": "1.khong-phai"}),
    _unit("GET /don-vi-toi"),
    _unit("GET /don-vi-toi/dau-moi"),
    _unit("GET /don-vi-toi/viec/{code}", path=ITS_DUTY, other=404),
    _unit("POST /don-vi-toi/viec/{code}/{deed}", 422, path=ITS_DUTY | {"deed": "gia-han"}, other=404),
    _unit("POST /don-vi-toi/dau-moi", 422),
    _unit("GET /don-vi-toi/tep/{number}", 404, path=NO_NUMBER),
    Line("GET /tep/{number}", "viewer", 404, path=NO_NUMBER),
    Line("GET /thong-ke", "viewer"),
    Line("GET /thong-ke/bieu.csv", "viewer"),
    _admin("GET /lich-su-chay"),
    _admin("GET /quan-tri"),
    _admin("GET /openapi.json"),
    _admin("POST /quan-tri/tam-dung", 303),
    _admin("POST /quan-tri/gui-tiep", 303),
    _admin("GET /quan-tri/prefect"),
    _admin("GET /quan-tri/dau-vet"),
    _admin("GET /quan-tri/tai-khoan"),
    _admin("POST /quan-tri/tai-khoan", 422, form={"name": "X"}),
    _admin("GET /quan-tri/tai-khoan/{name}", path={"name": "xem"}),
    _admin("POST /quan-tri/tai-khoan/{name}", 404, path={"name": "khong-ai"}, form={"viec": "dong"}),
    _admin("GET /quan-tri/lien-ket"),
    _admin("POST /quan-tri/lien-ket", 404, form={"don-vi": "khong-co"}),
    _admin("POST /quan-tri/lien-ket/{number}/thu-hoi", 404, path=NO_NUMBER),
    Line("POST /dang-xuat", "everybody", "login"),  # the last one
)
