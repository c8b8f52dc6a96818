"""YAML as text with positions: every scalar stays a string, every key and value knows its line and column.

PyYAML's own constructor would read `on`, `012` and `2022-07-08` by YAML 1.1 and keep the last of duplicate keys; here
neither can happen, so quotes never matter and nothing an office wrote is silently lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from obligations.config.parsing import LOADER, Unreadable, parse
from obligations.domain.errors import Problem

Path = tuple[str | int, ...]
MAX_BYTES = 2_000_000
# YAML 1.1, 5.1; and what it allows but nobody sees: zero-width and direction marks that come along with copied words.
_INVISIBLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_COLON_AT_WORD = re.compile(r"[\s-]*[a-z_]+:[^\s/]")


@dataclass(frozen=True)
class Source:
    """One file: its name, its text, its data (texts, lists, mappings)."""

    file: str
    text: str
    data: Any

    @cached_property
    def _root(self) -> yaml.Node | None:
        """The tree that remembers where all stood, made at the first problem: most files have none."""
        return yaml.compose(self.text, Loader=LOADER)

    def problem(self, path: Path, code: str, message: str, fix: str = "", *, key: bool = False) -> Problem:
        """A problem at the value under `path` (at its key when `key`); at the nearest parent where that is absent."""
        way = self._way(path)
        named, value = way[-1]
        at = named if key and len(way) > len(path) else value
        line, column = (at.start_mark.line + 1, at.start_mark.column + 1) if at else (1, 1)
        return Problem(self.file, line, column, code, message, fix)

    def _way(self, path: Path) -> list[tuple[yaml.Node | None, yaml.Node | None]]:
        """Key and value of the file itself and of each step down `path`, as far as the file has it."""
        way: list[tuple[yaml.Node | None, yaml.Node | None]] = [(self._root, self._root)]
        for name in path:
            found = _child(way[-1][1], name)
            if found is None:
                break
            way.append(found)
        return way


def too_big(file: str) -> Problem:
    """A file that no office wrote by hand."""
    return Problem(file, 1, 1, "too-big", f"tệp lớn hơn {MAX_BYTES // 1_000_000} MB.", "tách thành nhiều kế hoạch")


def read(file: str, text: str) -> Source | Problem:
    """Parse one file's text. Anything YAML that an office never needs (tags, aliases, two documents) is refused."""
    if len(text.encode()) > MAX_BYTES:
        return too_big(file)
    if strange := _INVISIBLE.search(text):
        return _strange(file, text, strange.start())
    try:
        return Source(file, text, parse(text))
    except Unreadable as refused:
        return Problem(file, *refused.place, refused.code, refused.message, refused.fix)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Problem(file, line, column, "yaml", "YAML viết sai ở đây.", _advice(broken, text, line))


def _strange(file: str, text: str, index: int) -> Problem:
    line, column = text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1
    message = f"có ký tự điều khiển không nhìn thấy được (mã {ord(text[index]):04X})."
    return Problem(file, line, column, "yaml", message, "xóa ký tự ấy, lưu lại tệp dạng UTF-8")


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
    if "block" in context and "did not find expected" in problem and _begins_line(broken, text):
        return f"xem lại thụt đầu dòng: phải thẳng cột với các dòng cùng mục, mục ấy mở ở dòng {opened}"
    if any(one.count(": ") > 1 for one in near) and "flow" not in context:
        return "đặt câu có dấu hai chấm trong ngoặc kép"
    if "flow" in context:
        return f"xem lại ngoặc mở ở dòng {opened}: thiếu ngoặc đóng hoặc dấu phẩy"
    return "xem lại dấu hai chấm, ngoặc và thụt đầu dòng ở dòng này và dòng trên"


def _begins_line(broken: yaml.MarkedYAMLError, text: str) -> bool:
    """Whether the fault stands where a line begins: then its margin is wrong, not what it says."""
    mark = broken.problem_mark
    line = text.splitlines()[mark.line : mark.line + 1] if mark else []
    return bool(mark and line and not line[0][: mark.column].strip(" -"))


def _child(node: yaml.Node | None, name: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == name), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(name, int) and name < len(node.value):
        return node.value[name], node.value[name]
    return None
