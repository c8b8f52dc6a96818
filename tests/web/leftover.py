"""What a page in English still says in Vietnamese, besides what people wrote: the office's data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from typing import Any

from sqlalchemy import select

from obligations.cases import applied
from obligations.cases.access import users
from obligations.cases.app import App
from obligations.cases.reading.rows import source
from obligations.config.build import public_holidays
from obligations.store.database import reading
from obligations.store.tables import METADATA
from obligations.web.english import giving

MARKED = re.compile(r"[À-ỹĐđ]")
VOID = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr")
SHOWN = ("aria-label", "title", "placeholder", "data-title")
WRITTEN = {"event": ("by", "document"), "config_version": ("by",), "message": ("subject",)}
YEARS = range(2010, 2040)
PERIOD = r", (?:năm|quý|tháng|6 tháng) [^;.]*"  # with a duty's name, as its letters call it
TO_TYPE = [words for words in giving.WORDS.values() if MARKED.search(words)]  # examples of what is typed
ITS_NAME = "Đ"  # the product's mark


class _Texts(HTMLParser):
    """Every text that somebody reads; what says itself that it is Vietnamese, or is being written, is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        theirs = tag in ("script", "style", "textarea") or given.get("lang") == "vi" or self._is_theirs
        if not theirs:
            self.found += [given[one] or "" for one in SHOWN if one in given]
        if tag not in VOID:
            self._open.append((tag, theirs))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_theirs:
            self.found.append(data)

    @property
    def _is_theirs(self) -> bool:
        return bool(self._open) and self._open[-1][1]


class Leftover:
    """Looks at pages of one office."""

    def __init__(self, app: App) -> None:
        configuration = applied.current(app).configuration
        holidays = (name for year in YEARS for name in public_holidays(year).values())
        people = (one.title for one in users.everybody(app))
        known = {
            *people,
            *TO_TYPE,
            *holidays,
            *_strings(configuration, set()),
            *map(source, configuration.plans.values()),
            *_written(app),
            ITS_NAME,
        }
        self._data = sorted((" ".join(one.split()) for one in known if MARKED.search(one)), key=len, reverse=True)
        titles = "|".join(map(re.escape, self._data))
        self._known = re.compile(f"(?:{titles})(?:{PERIOD})?")

    def of(self, html: str) -> set[str]:
        """The texts in which something is left."""
        texts = _Texts()
        texts.feed(html)
        words = {" ".join(text.split()) for text in texts.found}
        return {one for one in words if MARKED.search(self._known.sub("", one)) and not self._is_cut(one)}

    def _is_cut(self, words: str) -> bool:
        """The beginning of a long title, as lists to choose from show it."""
        return any(one.startswith(words.removesuffix("...")) for one in self._data)


def _strings(value: object, seen: set[int]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from (*_strings(key, seen), *_strings(inner, seen))
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _strings(inner, seen)
    elif is_dataclass(value) and id(value) not in seen:
        seen.add(id(value))
        for one in fields(value):
            yield from _strings(getattr(value, one.name), seen)


def _written(app: App) -> Iterator[str]:
    with reading(app.engine) as session:
        for table, columns in WRITTEN.items():
            rows: Any = session.execute(select(*(METADATA.tables[table].c[one] for one in columns)).distinct())
            yield from (one for row in rows for one in row if one)
