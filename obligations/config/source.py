"""YAML as text with positions: every scalar stays a string, every key and value knows its line and column.

PyYAML's own constructor would read `on`, `012` and `2022-07-08` by YAML 1.1 and keep the last of duplicate keys; here
neither can happen, so quotes never matter and nothing an office wrote is silently lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import yaml

from obligations.domain.errors import Problem

Path = tuple[str | int, ...]
MAX_BYTES = 2_000_000
_NULLS = {"", "~", "null"}
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Source:
    """One file: its name, its data (texts, lists, mappings) and the node tree that remembers where all stood."""

    file: str
    data: Any
    node: yaml.Node | None

    def problem(self, path: Path, code: str, message: str, fix: str = "", *, key: bool = False) -> Problem:
        """A problem at the value under `path` (at its key when `key`); at the nearest parent where that is absent."""
        mark = _mark(self.node, path, key=key)
        return Problem(self.file, mark[0], mark[1], code, message, fix)


class _Unreadable(Exception):
    def __init__(self, node: yaml.Node, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.problem = (node.start_mark.line + 1, node.start_mark.column + 1, code, message, fix)


def read(file: str, text: str) -> Source | Problem:
    """Parse one file's text. Anything YAML that an office never needs (tags, aliases, two documents) is refused."""
    if len(text.encode()) > MAX_BYTES:
        return Problem(file, 1, 1, "too-big", f"tệp lớn hơn {MAX_BYTES // 1_000_000} MB.", "tách thành nhiều kế hoạch")
    try:
        node = yaml.compose(text, Loader=_Loader)
        return Source(file, _data(node) if node else {}, node)
    except _Unreadable as refused:
        return Problem(file, *refused.problem)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Problem(file, line, column, "yaml", "YAML viết sai ở đây.", _advice(text, line))
    except (yaml.YAMLError, RecursionError):
        return Problem(file, 1, 1, "yaml", "không đọc được tệp này.", "lưu lại tệp dạng UTF-8, bỏ ký tự điều khiển")


def _advice(text: str, line: int) -> str:
    lines = text.splitlines()
    near = lines[max(0, line - 2) : line]
    if any("\t" in one for one in near):
        return "thay phím Tab bằng dấu cách"
    if any(one.count(": ") > 1 for one in near):
        return "đặt câu có dấu hai chấm trong ngoặc kép"
    return "xem lại dấu hai chấm, ngoặc và thụt đầu dòng ở dòng này và dòng trên"


def _data(node: yaml.Node) -> Any:
    if node.tag.startswith("!") and not node.tag.startswith("tag:"):
        raise _Unreadable(node, "yaml-tag", f"không dùng nhãn {node.tag}.", "bỏ nhãn, viết giá trị bình thường")
    if isinstance(node, yaml.ScalarNode):
        return None if node.value.strip() in _NULLS else node.value.strip()
    if isinstance(node, yaml.SequenceNode):
        return [_data(item) for item in node.value]
    return dict(_pairs(cast(yaml.MappingNode, node)))


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[str, Any]]:
    seen: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _Unreadable(key, "yaml-key", "khóa phải là một từ.", "viết khóa: giá trị")
        if key.value == "<<":
            raise _Unreadable(key, "yaml-merge", "không dùng << để ghép.", "viết đủ các khóa")
        if key.value in seen:
            message = f"khóa {key.value} đã có ở dòng {seen[key.value]}."
            raise _Unreadable(key, "duplicate-key", message, "giữ lại một")
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
