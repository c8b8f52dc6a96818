"""Quản trị, tài khoản: who may log in; added, changed, closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi import Path as InPath
from fastapi.responses import RedirectResponse, Response

from obligations.cases.access import users
from obligations.cases.access.users import LEAST_LENGTH, ROLE_WORDS, ROLES, Change
from obligations.cases.app import App
from obligations.domain.errors import Refused
from obligations.web.forms import Bounded
from obligations.web.guard import Admin, Now, OfficeDep
from obligations.web.pages import page

PATH = "/quan-tri/tai-khoan"
router = APIRouter(route_class=Bounded)
Word = Annotated[str, Form(max_length=200)]
Name = Annotated[str, InPath(max_length=200)]
Deed = Annotated[str, Form(pattern="^(vai-tro|mat-khau|dong|mo)$")]
# Beside which field a refusal stands.
FIELDS = {"user-name": "name", "user-taken": "name", "user-role": "role", "last-admin": "role", "password": "password"}


@dataclass(frozen=True)
class Typed:
    """What was typed of an account."""

    role: str
    full_name: str
    password: str


def _typed(role: Word = "", full_name: Word = "", password: Word = "") -> Typed:
    return Typed(role, full_name, password)


TypedDep = Annotated[Typed, Depends(_typed)]


@router.get(PATH)
def everybody(request: Request, office: OfficeDep, _: Admin) -> Response:
    return _list(request, office)


@router.post(PATH)
def add(request: Request, office: OfficeDep, now: Now, visitor: Admin, typed: TypedDep, name: Word = "") -> Response:
    try:
        users.add(office, name.strip(), typed.role, typed.password, now, by=visitor.title, full_name=typed.full_name)
    except Refused as refused:
        return _list(request, office, refused, {"name": name, "role": typed.role, "full_name": typed.full_name})
    return RedirectResponse(f"{PATH}?xong=them", 303)


@router.get(f"{PATH}/{{name}}")
def one(request: Request, office: OfficeDep, _: Admin, name: Name) -> Response:
    return _one(request, office, name)


@router.post(f"{PATH}/{{name}}")
def change(
    request: Request, office: OfficeDep, now: Now, visitor: Admin, name: Name, viec: Deed, typed: TypedDep
) -> Response:
    """One of: another role and name, a new password, closed, open again."""
    wanted = {
        "vai-tro": Change(role=typed.role, full_name=typed.full_name),
        "mat-khau": Change(password=typed.password),
        "dong": Change(closed=True),
        "mo": Change(closed=False),
    }[viec]
    try:
        users.change(office, name, wanted, now, by=visitor.title)
    except Refused as refused:
        if refused.code == "no-user":
            raise
        return _one(request, office, name, refused)
    return RedirectResponse(f"{PATH}?xong=doi", 303)


def _list(
    request: Request, office: App, refused: Refused | None = None, typed: dict[str, str] | None = None
) -> Response:
    return page(
        request,
        "admin/accounts.html",
        422 if refused else 200,
        people=users.everybody(office),
        refused=refused,
        field=FIELDS.get(refused.code, "") if refused else "",
        typed=typed or {},
        done=request.query_params.get("xong", ""),
        roles=ROLES,
        role_words=ROLE_WORDS,
        least=LEAST_LENGTH,
    )


def _one(request: Request, office: App, name: str, refused: Refused | None = None) -> Response:
    found = next((person for person in users.everybody(office) if person.name == name), None)
    if found is None:
        raise Refused("no-user", f"không có tài khoản {name}.", "Xem danh sách tài khoản.")
    return page(
        request,
        "admin/account.html",
        422 if refused else 200,
        person=found,
        refused=refused,
        field=FIELDS.get(refused.code, "") if refused else "",
        roles=ROLES,
        role_words=ROLE_WORDS,
        least=LEAST_LENGTH,
    )
