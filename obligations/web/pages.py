"""Rendering: one environment, the words of the language asked for, what every page shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.clock import VIETNAM
from obligations.cases.reading.words import Ours, period_words, rung_words
from obligations.domain.plan import Configuration
from obligations.domain.wording import long_date, table_date, tenths, two_digits
from obligations.web import guard
from obligations.web.english import english
from obligations.web.navigation import menu
from obligations.web.remedies import told, told_to_units

LANGUAGE_COOKIE = "dondoc_lang"
_LOGIN = "/dang-nhap"  # keeps nothing that was typed
_TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"day": table_date, "long_day": _long_day, "two_digits": two_digits, "tenths": _tenths}
    environment.filters |= {"told": told, "told_to_units": told_to_units, "rung": rung_words}
    return environment


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A whole page (or a fragment's template, whose name begins with `_`), in the visitor's language.

    Every template knows: `_(words)`, `mixed(words)` (of people and our own, joined), `happened(kind)` (of an event),
    `visitor` (Person or None), `office_name`, `now` (local), `today`, `path`, `here` (with what was asked), `is_answer`
    (to a form: it shows what was typed), `menu`, `lang`, `moment(instant)`, `period_words(period)`.
    """
    html = _environment().get_template(template).render(_shared(request) | context)
    return HTMLResponse(html, status)


def fragment(template: str, lang: str, **context: Any) -> Markup:
    """A part of a page that depends on nothing of the request but its language, to be put into one.

    Its template knows `_(words)`, `mixed(words)`, `lang`, `period_words(period)` and what it is given.
    """
    shared = {"_": _translator(lang), "mixed": _mixed(lang), "lang": lang, "period_words": _periods(lang)}
    return Markup(_environment().get_template(template).render(shared | context))  # noqa: S704  # escaped by jinja2


def message(request: Request, words: str, fix: str = "", status: int = 200) -> HTMLResponse:
    """One sentence and what to do about it: as a page, or as the fragment that a script swaps in."""
    template = "_message.html" if wants_fragment(request) else "message.html"
    return page(request, template, status, words=words, fix=fix, is_bad=status >= 400, is_answer=False)


def wants_fragment(request: Request) -> bool:
    """Whether htmx asks, to put the answer into a page that stands."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def language(request: Request) -> str:
    """`vi` or `en`: as the visitor chose, else as the office says."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in ("vi", "en"):
        return chosen
    found = followed(request)
    return found.office.language if found else "vi"


def whole_path(request: Request) -> str:
    """Where a visitor is, with what was asked there; what a form posted is not asked again."""
    query = request.url.query if request.method == "GET" else ""
    return request.url.path + (f"?{query}" if query else "")


def translator(request: Request) -> Callable[[str], str]:
    """Vietnamese words as they stand, or their English."""
    return _translator(language(request))


def _translator(lang: str) -> Callable[[str], str]:
    return english if lang == "en" else str


def followed(request: Request) -> Configuration | None:
    """What is followed, looked up once a request; None before the first apply."""
    if not hasattr(request.state, "followed"):
        request.state.followed = applied.followed(request.app.state.app)
    found: Configuration | None = request.state.followed
    return found


def zone(app: App) -> ZoneInfo:
    """The office's time zone."""
    found = applied.followed(app)
    return ZoneInfo(found.office.time_zone) if found else VIETNAM


def _shared(request: Request) -> dict[str, Any]:
    found = followed(request)
    its_zone = ZoneInfo(found.office.time_zone) if found else VIETNAM
    now = guard.moment(request).astimezone(its_zone)
    visitor = guard.person(request)

    def moment(at: datetime | None) -> str:
        """`08:00 25/11/2022` in the office's zone; empty for none."""
        return f"{at.astimezone(its_zone):%H:%M %d/%m/%Y}" if at else ""

    return {
        "_": translator(request),
        "mixed": _mixed(language(request)),
        "happened": lambda kind: _happened(kind, language(request)),
        "lang": language(request),
        "visitor": visitor,
        "office_name": found.office.name if found else "Đôn Đốc",
        "now": now,
        "today": now.date(),
        "path": request.url.path,
        "here": whole_path(request),
        "is_answer": request.method == "POST" and request.url.path != _LOGIN,
        "menu": menu(visitor),
        "moment": moment,
        "period_words": _periods(language(request)),
    }


def _periods(lang: str) -> Callable[[str | None], str]:
    translated = _translator(lang)
    return lambda period: translated(period_words(period))


def _happened(kind: str, lang: str) -> str:
    """What was done, in words that are a button's elsewhere: *Gia hạn* is *Extended* here, *Extend* there."""
    return english(f"đã ghi: {kind}") if lang == "en" else kind


def _mixed(lang: str) -> Callable[..., str]:
    """What people wrote as it stands, our own words among it in the visitor's language."""
    translated = _translator(lang)

    def join(words: Iterable[str], between: str = "; ") -> str:
        return between.join(translated(one) if isinstance(one, Ours) else one for one in words)

    return join


def _tenths(number: float, lang: str) -> str:
    """One decimal, after the sign that the language puts before it."""
    words = tenths(number)
    return words if lang == "vi" else words.replace(",", ".")


def _long_day(day: date | None) -> str:
    return long_date(day) if day else ""
