"""What wraps every answer: where it may load from, who may post, that nothing of it is kept by a cache."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_HEADERS = {
    # No inline script or style, nothing from elsewhere, in no frame (CSP level 3).
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # An address may hold a unit's link: no other site sees it. Under no-referrer a browser that is asked without TLS
    # would hide the origin of our own forms, too (Fetch, "append a request Origin header").
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def add_safe(headers: MutableHeaders, path: str) -> None:
    """The headers of a page that trusts nobody; what is not static is not kept by any cache."""
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", "max-age=3600" if path.startswith("/static/") else "no-store")


class SafeHeaders:
    """Adds `add_safe`'s headers to every answer that is not made outside of it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_safe(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self.app(scope, receive, with_headers)


class NoNul:
    """Refuses an address with a NUL: no name, code or day has one, and PostgreSQL keeps none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and ("\0" in scope["path"] or b"%00" in scope["query_string"]):
            refusal = PlainTextResponse("Không có địa chỉ này.", 404)
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


class PlainForms:
    """Refuses a form in another code than UTF-8, which no browser sends: decoding some of them takes hours (punycode).

    How a form with files is written: RFC 7578, 5.1.2.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_plain(Headers(scope=scope)):
            refusal = PlainTextResponse("Biểu mẫu không ở dạng UTF-8.", 415)
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_plain(headers: Headers) -> bool:
    """Whether what is sent names no code of its own but UTF-8."""
    codes = (parse_options_header(one)[1].get(b"charset", b"utf-8") for one in headers.getlist("content-type"))
    return all(code.lower() in (b"utf-8", b"utf8") for code in codes)


class SameOrigin:
    """Refuses what changes something and comes from another site (CSRF).

    Browsers say where a request comes from (Fetch Metadata, `Sec-Fetch-Site`); older ones name the `Origin`. A form
    of ours is of the same origin; a request that says neither is no form of ours.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in _SAFE_METHODS and not is_ours(Headers(scope=scope)):
            refusal = PlainTextResponse("Yêu cầu không đến từ trang này.", 403)
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_ours(headers: Mapping[str, str]) -> bool:
    """Whether a request was made by a page of this site."""
    if site := headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == headers.get("host")
