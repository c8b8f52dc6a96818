"""YAML as text with positions: every scalar stays a string, every key and value knows its line and column.

PyYAML's own constructor would read `on`, `012` and `2022-07-08` by YAML 1.1 and keep the last of duplicate keys; here
neither can happen, so quotes never matter and nothing an office wrote is silently lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import yaml

from obligations.domain.errors import Problem

Path = tuple[str | int, ...]
MAX_BYTES = 2_000_000
MAX_DEPTH = 40  # a plan needs seven; the composer recurses, so that thousands would end the process
_NULLS = {"", "~", "null"}
_NON_PRINTABLE = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
)  # YAML 1.1, 5.1
_COLON_AT_WORD = re.compile(r"[\s-]*[a-z_]+:[^\s/]")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Source:
    """One file: its name, its data (texts, lists, mappings) and the node tree that remembers where all stood."""

    file: str
    data: Any
    node: yaml.Node | None

    def has(self, path: Path) -> bool:
        """Whether the file has that key or entry, be it blank."""
        node = self.node
        for name in path:
            found = _child(node, name)
            if found is None:
                return False
            node = found[1]
        return True

    def problem(self, path: Path, code: str, message: str, fix: str = "", *, key: bool = False) -> Problem:
        """A problem at the value under `path` (at its key when `key`); at the nearest parent where that is absent."""
        mark = _mark(self.node, path, key=key)
        return Problem(self.file, mark[0], mark[1], code, message, fix)


class _Unreadable(Exception):
    def __init__(self, mark: Any, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.problem = (mark.line + 1, mark.column + 1, code, message, fix)


def read(file: str, text: str) -> Source | Problem:
    """Parse one file's text. Anything YAML that an office never needs (tags, aliases, two documents) is refused."""
    if len(text.encode()) > MAX_BYTES:
        return Problem(file, 1, 1, "too-big", f"tệp lớn hơn {MAX_BYTES // 1_000_000} MB.", "tách thành nhiều kế hoạch")
    if strange := _NON_PRINTABLE.search(text):
        return _strange(file, text, strange.start())
    try:
        for event in _plain_events(text):
            _refuse_named(event)
        node = yaml.compose(text, Loader=_Loader)
        return Source(file, _data(node) if node else {}, node)
    except _Unreadable as refused:
        return Problem(file, *refused.problem)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Problem(file, line, column, "yaml", "YAML viết sai ở đây.", _advice(broken, text, line))


def _strange(file: str, text: str, index: int) -> Problem:
    line, column = text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1
    message = f"có ký tự điều khiển không nhìn thấy được (mã {ord(text[index]):04X})."
    return Problem(file, line, column, "yaml", message, "xóa ký tự ấy, lưu lại tệp dạng UTF-8")


def _plain_events(text: str) -> Iterator[Any]:
    """The parser's events, refused where a second document begins or nesting has no end. Nothing is expanded yet."""
    documents = depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if documents > 1:
            fix = "bỏ dòng ---, hoặc tách thành hai tệp"
            raise _Unreadable(event.start_mark, "yaml-documents", "dòng --- mở tài liệu thứ hai trong một tệp.", fix)
        if depth > MAX_DEPTH:
            fix = "xem lại ngoặc và thụt đầu dòng"
            raise _Unreadable(event.start_mark, "yaml-depth", f"lồng nhau quá {MAX_DEPTH} lớp.", fix)
        yield event


def _refuse_named(event: Any) -> None:
    """No tags, no anchors, no aliases: each would drop or repeat words unseen (and an alias bomb fills the memory)."""
    fix = "đặt cả giá trị trong ngoặc kép"
    if tag := getattr(event, "tag", None):
        raise _Unreadable(event.start_mark, "yaml-tag", f"không dùng nhãn {tag}.", fix)
    if name := getattr(event, "anchor", None):
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        message = f"{sign}{name} là ký hiệu riêng của YAML, không dùng ở đây."
        raise _Unreadable(event.start_mark, "yaml-alias", message, fix)


def _advice(broken: yaml.MarkedYAMLError, text: str, line: int) -> str:
    near = text.splitlines()[max(0, line - 2) : line]
    opened = broken.context_mark.line + 1 if broken.context_mark else line
    context, problem = broken.context or "", broken.problem or ""
    if any("\t" in one for one in near):
        return "thay phím Tab bằng dấu cách"
    if "quoted scalar" in context:
        return f"đóng dấu ngoặc kép mở ở dòng {opened}"
    if "cannot start any token" in problem or "directive" in context:
        return "đặt cả giá trị trong ngoặc kép"
    if any(_COLON_AT_WORD.match(one) for one in near):
        return "thêm dấu cách sau dấu hai chấm"
    if any(one.count(": ") > 1 for one in near) and "flow" not in context:
        return "đặt câu có dấu hai chấm trong ngoặc kép"
    if "flow" in context:
        return f"xem lại ngoặc mở ở dòng {opened}: thiếu ngoặc đóng hoặc dấu phẩy"
    return "xem lại dấu hai chấm, ngoặc và thụt đầu dòng ở dòng này và dòng trên"


def _data(node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return None if _is_null(node) else node.value.strip()
    if isinstance(node, yaml.SequenceNode):
        return [_data(item) for item in node.value]
    return dict(_pairs(cast(yaml.MappingNode, node)))


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value.strip() in _NULLS


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[str, Any]]:
    seen: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _Unreadable(key.start_mark, "yaml-key", "khóa phải là một từ.", "viết khóa: giá trị")
        if key.value == "<<":
            raise _Unreadable(key.start_mark, "yaml-merge", "không dùng << để ghép.", "viết đủ các khóa")
        if ":" in key.value and _is_null(value):
            fix = "viết khóa, dấu hai chấm, dấu cách, giá trị"
            raise _Unreadable(key.start_mark, "yaml-colon", f"{key.value}: thiếu dấu cách sau dấu hai chấm.", fix)
        if key.value in seen:
            message = f"khóa {key.value} đã có ở dòng {seen[key.value]}."
            raise _Unreadable(key.start_mark, "duplicate-key", message, "giữ lại một")
        seen[key.value] = key.start_mark.line + 1
        yield key.value, _data(value)


def _mark(node: yaml.Node | None, path: Path, *, key: bool) -> tuple[int, int]:
    at = node
    for step, name in enumerate(path):
        found = _child(node, name)
        if found is None:
            break
        at = found[0] if key and step == len(path) - 1 else found[1]
        node = found[1]
    return (at.start_mark.line + 1, at.start_mark.column + 1) if at else (1, 1)


def _child(node: yaml.Node | None, name: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == name), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(name, int) and name < len(node.value):
        return node.value[name], node.value[name]
    return None
