"""Pydantic's findings as problems that a clerk can act on: where, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from itertools import takewhile
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from obligations.config.fields import Strict
from obligations.config.source import Path, Source
from obligations.domain.errors import Problem
from obligations.domain.wording import as_written

_AT_KEY = ("unknown-key", "two-forms")  # what is wrong is that the key is there
_SHOWN = 80  # letters of a wrong value that are repeated
_TAIL = 30  # of those, at the end
_NUMBERS = {
    "greater_than_equal": ("ge", "từ {} trở lên"),
    "less_than_equal": ("le", "không quá {}"),
}


def problems(source: Source, error: ValidationError) -> Iterator[Problem]:
    """Each finding at its place in the file; of several at one place (a value that may be of two kinds) the first."""
    seen: set[tuple[int, int]] = set()
    for found in error.errors(include_url=False):
        problem = _problem(source, found)
        if found["type"] == "missing" or (problem.line, problem.column) not in seen:
            yield problem
        seen.add((problem.line, problem.column))


def _problem(source: Source, found: ErrorDetails) -> Problem:
    path = _path(source.data, found["loc"])
    name = next((step for step in reversed(path) if isinstance(step, str)), source.file)
    given = _short(as_written(found["input"]))
    context: dict[str, Any] = found.get("ctx") or {}
    match found["type"]:
        case "office":
            return _of_ours(source, (*path, *context["path"]), name, **context)
        case "missing":
            return _missing(source, path, str(found["loc"][-1]))
        case "extra_forbidden":
            return _unknown_key(source, path, name, cut=found["input"] is None)
        case "literal_error":
            expected = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
            return source.problem(path, "value", f"{name}: {given} không hợp lệ.", f"một trong: {expected}")
        case "too_short":
            return source.problem(path, "empty", f"{name} không được trống.", "ghi ít nhất một mục")
        case "string_pattern_mismatch":
            fix = "chỉ dùng chữ thường không dấu, số, gạch nối, dấu chấm"
            return source.problem(path, "id", f"mã {given} không hợp lệ.", fix)
        case "tuple_type" | "list_type":
            fix = "viết [a, b], hoặc mỗi mục một dòng bắt đầu bằng -"
            return source.problem(path, "list", f"{name} phải là một danh sách.", fix)
        case "model_type" | "model_attributes_type" | "dict_type":
            return source.problem(path, "mapping", f"{name} phải gồm các cặp khóa: giá trị.", "viết mỗi cặp một dòng")
        case "greater_than_equal" | "less_than_equal" as bound:
            limit, words = _NUMBERS[bound]
            fix = f"ghi số {words.format(context[limit])}"
            return source.problem(path, "number", f"{name}: {given} không hợp lệ.", fix)
        case _:
            return source.problem(path, "value", f"{name}: giá trị không hợp lệ.", "xem lại giá trị này")


def _of_ours(source: Source, at: Path, name: str, *, code: str, message: str, fix: str, **_: Any) -> Problem:
    """What a reader of `fields` found. Only a repeating rule has commas in a deadline."""
    if code == "unknown-key" and _cut(source, at)[:1] == ("rrule",):
        return _unknown_key(source, at, str(at[-1]), cut=True)
    said = message.format(name) if code == "text" else message
    return source.problem(at, code, _short(said, 3 * _SHOWN), fix, key=code in _AT_KEY)


def _short(text: str, shown: int = _SHOWN) -> str:
    """Its ends: what is wrong stands at the one or the other."""
    return text if len(text) <= shown else f"{text[: shown - _TAIL]}…{text[-_TAIL:]}"


def _missing(source: Source, path: Path, name: str) -> Problem:
    if path[-1:] == (name,) and _inside(source.data, path) is None:
        return source.problem(path, "missing-key", f"{name} đang để trống.", f"ghi giá trị sau {name}:")
    return source.problem(path, "missing-key", f"thiếu khóa {name}.", f"thêm {name}:")


def _nearest_key(name: str) -> str:
    """The known key that a misspelt one may have meant."""
    near = get_close_matches(name, sorted(_known_keys(Strict)), n=1, cutoff=0.75)
    return f"có phải {near[0]}?" if near and near[0] != name else "xem lại chính tả, hoặc bỏ khóa này"


@cache
def _known_keys(model: type[Strict]) -> set[str]:
    own = {field.alias or name for name, field in model.model_fields.items()}
    return own.union(*(_known_keys(kind) for kind in model.__subclasses__()))


def _path(data: Any, loc: tuple[int | str, ...]) -> Path:
    """The part of pydantic's location that exists in the file: union branches and validators' names drop out."""
    path: list[str | int] = []
    for step in loc:
        inside = isinstance(data, dict) and step in data
        if inside or (isinstance(data, list) and isinstance(step, int) and step < len(data)):
            path.append(step)
            data = data[step]
    return tuple(path)


def _inside(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _unknown_key(source: Source, path: Path, name: str, *, cut: bool) -> Problem:
    """A key that has no place here; one without a value is mostly the rest of a sentence that a comma cut.

    What several commas cut is told once, at its first piece.
    """
    if cut:
        whole, *rest = _cut(source, path)
        message = f"“{rest[0]}” đứng riêng sau dấu phẩy nên bị hiểu là một khóa."
        fix = _quoted(whole, _inside(source.data, path[:-1]).get(whole), rest)
        return source.problem((*path[:-1], rest[0]), "unknown-key", message, fix, key=True)
    return source.problem(path, "unknown-key", f"khóa {name} không có ở đây.", _nearest_key(name), key=True)


def _cut(source: Source, path: Path) -> tuple[str, ...]:
    """The key of the sentence that commas cut before this key, "" where there is none, and all its pieces after it.

    Empty where the key has a value.
    """
    parent: dict[str, Any] = _inside(source.data, path[:-1])
    keys = list(parent)
    place = keys.index(str(path[-1]))
    if parent[keys[place]] is not None:
        return ()
    start = next((number for number in range(place, 0, -1) if parent[keys[number - 1]] is not None), 0)
    before = keys[start - 1] if start and isinstance(parent[keys[start - 1]], str) else ""
    return (before, *takewhile(lambda key: parent[key] is None, keys[start:]))


def _quoted(key: str, text: str | None, rest: Iterable[str]) -> str:
    """The remedy for a sentence that commas cut: the whole of it in quotes, as it should stand in the file."""
    if text is None:
        return f'đặt cả câu trong ngoặc kép: "{", ".join(rest)}"'
    comma = "," if key == "rrule" else ", "
    return f'đặt cả câu trong ngoặc kép: {key}: "{comma.join([text, *rest])}"'
