"""A YAML text becomes data in one pass over the parser's events: nothing expands, recurses or is lost.

Only what an office needs is let in: mappings, lists and texts. Tags, anchors, aliases and merge keys would drop or
repeat words unseen (and an alias bomb fills the memory), so each is refused where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_DEPTH = 40  # a plan needs seven
MAX_EVENTS = 250_000  # keys, values and brackets of one file; five thousand duties have less
MAX_TEXT = 10_000  # letters of one value; the longest that an office writes is a paragraph
NULLS = {"", "~", "null"}
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unreadable(Exception):
    """The first fault that makes a text no configuration: its place (from 1), code, message and fix."""

    def __init__(self, mark: Any, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.place = mark.line + 1, mark.column + 1
        self.code, self.message, self.fix = code, message, fix


@dataclass(slots=True)
class _Open:
    """A collection not yet closed; of a mapping also where each key stands, and the key that waits for its value."""

    data: Any
    keys: dict[str, Any] = field(default_factory=dict)
    key: str = ""
    wants_key: bool = False


def parse(text: str) -> Any:
    """A file's texts, lists and mappings, {} where it is empty; a blank value is None, its quotes never matter.

    Raises Unreadable, or yaml.YAMLError where it is no YAML at all.
    """
    loader = LOADER(text)
    builder = _Builder()
    try:
        for number, event in enumerate(iter(loader.get_event, None)):
            builder.take(event)
            if number > MAX_EVENTS:
                fix = "tách thành nhiều kế hoạch"
                raise Unreadable(event.start_mark, "too-many-values", f"tệp có hơn {MAX_EVENTS} giá trị.", fix)
    finally:
        loader.dispose()
    return builder.data


class _Builder:
    def __init__(self) -> None:
        self.data: Any = {}
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: Any) -> None:
        """The next event. Scalars come first: they are most of a file."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event, event.value.strip())
        elif kind is yaml.MappingStartEvent:
            self._collection(event, {})
        elif kind is yaml.SequenceStartEvent:
            self._collection(event, [])
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._open.pop()
        elif kind is yaml.AliasEvent:
            _refuse_named(event)
        elif kind is yaml.DocumentStartEvent:
            self._document(event)

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            fix = "bỏ dòng ---, hoặc tách thành hai tệp"
            raise Unreadable(event.start_mark, "yaml-documents", "dòng --- mở tài liệu thứ hai trong một tệp.", fix)

    def _collection(self, event: Any, data: Any) -> None:
        if event.anchor or event.tag:
            _refuse_named(event)
        if len(self._open) == MAX_DEPTH:
            fix = "xem lại ngoặc và thụt đầu dòng"
            raise Unreadable(event.start_mark, "yaml-depth", f"lồng nhau quá {MAX_DEPTH} lớp.", fix)
        if self._open and self._open[-1].wants_key:
            raise Unreadable(event.start_mark, "yaml-key", "khóa phải là một từ.", "viết khóa: giá trị")
        self._put(data)
        self._open.append(_Open(data, wants_key=type(data) is dict))

    def _scalar(self, event: Any, value: str) -> None:
        if event.anchor or event.tag:
            _refuse_named(event)
        if len(value) > MAX_TEXT:
            message = f"một giá trị dài {len(value)} chữ, quá {MAX_TEXT}."
            raise Unreadable(event.start_mark, "too-long", message, "rút gọn, hoặc tìm dấu ngoặc kép chưa đóng")
        top = self._open[-1] if self._open else None
        if top and top.wants_key:
            _key(top, event)
        elif value in NULLS:
            _refuse_cut_key(top)
            self._put(None)
        else:
            self._put(value)

    def _put(self, value: Any) -> None:
        if not self._open:
            self.data = {} if value is None else value
            return
        top = self._open[-1]
        if type(top.data) is dict:
            top.data[top.key] = value
            top.wants_key = True
        else:
            top.data.append(value)


def _key(top: _Open, event: Any) -> None:
    key = event.value
    if not key:
        raise Unreadable(event.start_mark, "yaml-key", "thiếu khóa trước dấu hai chấm.", "viết khóa: giá trị")
    if key == "<<":
        raise Unreadable(event.start_mark, "yaml-merge", "không dùng << để ghép.", "viết đủ các khóa")
    if key in top.keys:
        message = f"khóa {key} đã có ở dòng {top.keys[key].line + 1}."
        raise Unreadable(event.start_mark, "duplicate-key", message, "giữ lại một")
    top.keys[key] = event.start_mark
    top.key = key
    top.wants_key = False


def _refuse_cut_key(top: _Open | None) -> None:
    """`by:2022-07-20` without its space is a key that has no value."""
    if top and type(top.data) is dict and ":" in top.key:
        fix = "viết khóa, dấu hai chấm, dấu cách, giá trị"
        raise Unreadable(top.keys[top.key], "yaml-colon", f"{top.key}: thiếu dấu cách sau dấu hai chấm.", fix)


def _refuse_named(event: Any) -> None:
    fix = "đặt cả giá trị trong ngoặc kép"
    if event.anchor:
        sign = "*" if type(event) is yaml.AliasEvent else "&"
        message = f"{sign}{event.anchor} là ký hiệu riêng của YAML, không dùng ở đây."
        raise Unreadable(event.start_mark, "yaml-alias", message, fix)
    raise Unreadable(event.start_mark, "yaml-tag", f"không dùng nhãn {event.tag}.", fix)
