"""Pydantic's findings as problems that a clerk can act on: where, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from obligations.config.source import Path, Source
from obligations.domain.errors import Problem


def problems(source: Source, error: ValidationError) -> Iterator[Problem]:
    """Each finding at its place in the file."""
    for found in error.errors(include_url=False):
        yield _problem(source, found)


def _problem(source: Source, found: ErrorDetails) -> Problem:
    path = _path(source.data, found["loc"])
    name = str(path[-1]) if path else source.file
    context: dict[str, Any] = found.get("ctx") or {}
    match found["type"]:
        case "office":
            return source.problem((*path, *context["path"]), context["code"], context["message"], context["fix"])
        case "missing":
            missing = str(found["loc"][-1])
            return source.problem(path, "missing-key", f"thiếu khóa {missing}.", f"thêm {missing}:")
        case "extra_forbidden":
            return source.problem(path, "unknown-key", f"khóa {name} không có ở đây.", "xem lại chính tả", key=True)
        case "literal_error":
            expected = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
            return source.problem(path, "value", f"{name}: {found['input']} không hợp lệ.", f"một trong: {expected}")
        case "too_short":
            return source.problem(path, "empty", f"{name} không được trống.", "ghi ít nhất một mục")
        case "string_pattern_mismatch":
            fix = "chỉ dùng chữ thường không dấu, số, gạch nối, dấu chấm"
            return source.problem(path, "id", f"mã {found['input']} không hợp lệ.", fix)
        case "tuple_type" | "list_type":
            return source.problem(
                path, "list", f"{name} phải là một danh sách.", "viết [a, b], hoặc mỗi mục một dòng - "
            )
        case "model_type" | "model_attributes_type" | "dict_type":
            return source.problem(path, "mapping", f"{name} phải gồm các cặp khóa: giá trị.", "viết mỗi cặp một dòng")
        case _:
            return source.problem(path, "value", f"{name}: giá trị không hợp lệ.", "xem lại giá trị này")


def _path(data: Any, loc: tuple[int | str, ...]) -> Path:
    """The part of pydantic's location that exists in the file: union branches and validators' names drop out."""
    path: list[str | int] = []
    for step in loc:
        inside = isinstance(data, dict) and step in data
        if inside or (isinstance(data, list) and isinstance(step, int) and step < len(data)):
            path.append(step)
            data = data[step]
    return tuple(path)
