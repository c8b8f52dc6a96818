"""Who is asking, told from cookies; a route names whom it lets in by the type of its parameter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request

from obligations.cases.access import sessions
from obligations.cases.access.users import Person, Role
from obligations.cases.app import App
from obligations.cases.reminding.timekeeping import clock_trouble

COOKIE = "dondoc_session"


class LoginNeeded(Exception):
    """Nobody is logged in."""


class Forbidden(Exception):
    """Somebody is, whose role does not let them do this."""


async def _office(request: Request) -> App:  # what waits for nothing needs no thread of its own
    office: App = request.app.state.app
    return office


def moment(request: Request) -> datetime:
    """The request's instant: one for all that it does."""
    if not hasattr(request.state, "now"):
        request.state.now = request.app.state.clock()
    now: datetime = request.state.now
    return now


async def _now(request: Request) -> datetime:
    return moment(request)


OfficeDep = Annotated[App, Depends(_office)]
Now = Annotated[datetime, Depends(_now)]


def person(request: Request) -> Person | None:
    """Who is logged in; looked up once a request."""
    if not hasattr(request.state, "person"):
        cookie = request.cookies.get(COOKIE)
        request.state.person = sessions.person_of(request.app.state.app, cookie, moment(request))
    found: Person | None = request.state.person
    return found


def refuse_a_wrong_clock(request: Request) -> None:
    """ClockWentBack where something is to be recorded on a day that the machine does not know."""
    if request.method == "POST" and (wrong := clock_trouble(request.app.state.app, moment(request))):
        raise wrong


def at_least(role: Role) -> Callable[[Request], Person]:
    """Lets in whoever has this role or a higher one."""

    def check(request: Request) -> Person:
        found = person(request)
        if found is None:
            raise LoginNeeded
        if not found.may(role):
            raise Forbidden
        if role == "secretariat":
            refuse_a_wrong_clock(request)
        return found

    return check


def _dependency(role: Role) -> Any:
    return Depends(at_least(role))


Viewer = Annotated[Person, _dependency("viewer")]
Secretariat = Annotated[Person, _dependency("secretariat")]
Admin = Annotated[Person, _dependency("admin")]
