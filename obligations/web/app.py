"""The application: routers, what wraps every answer, and how a refusal looks to a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from obligations.cases import mishaps
from obligations.cases.app import UNSTORABLE, App
from obligations.cases.clock import utc_now
from obligations.domain.errors import Refused
from obligations.web import login
from obligations.web.admin import accounts, health, links
from obligations.web.admin import runs as run_history
from obligations.web.board import assignment
from obligations.web.board import routes as board
from obligations.web.configuring import changing as configuration_changes
from obligations.web.configuring import files as configuration_files
from obligations.web.drafting import routes as drafting
from obligations.web.following import approving, contacts, due_days, figures, looking, messages, pasting
from obligations.web.giving import routes as giving
from obligations.web.guard import Forbidden, LoginNeeded
from obligations.web.headers import NoNul, PlainForms, SafeHeaders, SameOrigin, add_safe
from obligations.web.pages import message, wants_fragment
from obligations.web.quick import routes as quick
from obligations.web.receiving import routes as receiving
from obligations.web.remedies import remedy
from obligations.web.unit import routes as unit_pages
from obligations.web.unit import visiting

ROUTERS = (
    login.router,
    board.router,
    giving.router,
    drafting.router,
    assignment.router,
    quick.router,
    receiving.router,
    approving.router,
    looking.router,
    contacts.router,
    due_days.router,
    messages.router,
    figures.router,
    pasting.router,
    configuration_files.router,
    configuration_changes.router,
    unit_pages.router,
    run_history.router,
    health.router,
    accounts.router,
    links.router,
)
NOT_FOUND = "Không có trang này."
_STATIC = Path(__file__).parent / "static"
_STATUS = {
    **dict.fromkeys(
        (
            "no-assignment",
            "no-user",
            "no-link",
            "no-plan",
            "no-unit",
            "no-file",
            "no-message",
            "no-version",
            "no-draft",
            "no-card",
        ),
        404,
    ),
    "conflict": 409,
    "login": 401,
    "file-size": 413,
}


def create_app(app: App, *, clock: Callable[[], datetime] = utc_now) -> FastAPI:
    """The pages over an opened office. `clock` is read once a request, and only here."""
    web = FastAPI(title="Đôn Đốc", openapi_url=None, docs_url=None, redoc_url=None)
    web.state.app, web.state.clock = app, clock
    web.mount("/static", StaticFiles(directory=_STATIC), name="static")
    for router in ROUTERS:
        web.include_router(router)
    _tell_errors(web)
    web.add_middleware(PlainForms)
    web.add_middleware(SameOrigin)
    web.add_middleware(NoNul)
    web.add_middleware(SafeHeaders)
    return web


def _tell_errors(web: FastAPI) -> None:
    @web.exception_handler(LoginNeeded)
    def _(request: Request, _: Exception) -> Response:
        target = login.address(request)
        if wants_fragment(request):
            return Response(status_code=401, headers={"HX-Redirect": target})
        return RedirectResponse(target, 303)

    @web.exception_handler(Forbidden)
    def _(request: Request, _: Exception) -> Response:
        return message(request, "Tài khoản này không được làm việc đó.", "Nhờ quản trị hoặc văn phòng.", 403)

    @web.exception_handler(Refused)
    def _(request: Request, refused: Exception) -> Response:
        assert isinstance(refused, Refused)  # noqa: S101  # what the handler is registered for
        status = _STATUS.get(refused.code, 422)
        if visiting.is_for_units(request.url.path):
            return visiting.refusal(request, refused, status)
        return message(request, refused.message, remedy(refused), status)

    @web.exception_handler(RequestValidationError)
    def _(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101
        named = ", ".join(str(one["loc"][-1]) for one in error.errors())
        return message(request, f"Giá trị không đọc được: {named}.", "Quay lại và nhập lại.", 422)

    @web.exception_handler(UNSTORABLE)
    def _(request: Request, _: Exception) -> Response:
        return message(request, "Có giá trị không ghi được vào sổ.", "Quay lại và nhập lại.", 422)

    @web.exception_handler(HTTPException)
    def _(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101
        words = NOT_FOUND if error.status_code == 404 else f"Yêu cầu không thực hiện được ({error.status_code})."
        return message(request, words, "", error.status_code)

    web.add_exception_handler(Exception, _broke)


def _broke(request: Request, error: Exception) -> Response:
    """What nobody foresaw, and a ledger that is locked, full or damaged."""
    refused = mishaps.refusal(error, request.app.state.app.settings.home)
    if refused.code == mishaps.BROKEN:
        told = message(request, "Lỗi bên trong chương trình.", "Báo quản trị; chi tiết ở tệp loi.log.", 500)
    else:
        told = message(request, refused.message, remedy(refused), 503)
    add_safe(told.headers, request.url.path)  # starlette makes this answer outside of every middleware
    return told
