"""The kinds of value a configuration holds, each read from text with an error that a clerk can act on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from obligations.config import editor_types as editor
from obligations.config.deadline_schema import DEADLINE
from obligations.domain.deadline import Form
from obligations.domain.errors import GrammarError
from obligations.domain.grammar import parse, read_date
from obligations.domain.plan import OfficeHours
from obligations.domain.wording import as_written

T = TypeVar("T")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_HOURS = re.compile(r"(.+?)\s*[-–]\s*(.+)")
_EMAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\"]+")


class Strict(BaseModel):
    """Input models forbid unknown keys; all their scalars arrive as text. A key left blank is as good as absent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _blank_is_absent(cls, data: Any) -> Any:
        if not isinstance(data, dict) or None not in data.values():
            return data
        defaults = {field.alias or name: field.get_default() for name, field in cls.model_fields.items()}
        return {key: value for key, value in data.items() if value is not None or defaults.get(key) is None}


def wrong(code: str, message: str, fix: str, path: tuple[str | int, ...] = ()) -> PydanticCustomError:
    """An error whose text is ours; `path` leads below the value being read."""
    return PydanticCustomError("office", "{message}", {"code": code, "message": message, "fix": fix, "path": path})


def _reader(read: Callable[[Any], T]) -> Callable[[Any], T]:
    def checked(value: Any) -> T:
        try:
            return read(value)
        except GrammarError as error:
            raise wrong(error.code, error.message, error.fix, error.path) from None

    return checked


def _day(value: Any) -> date:
    return value if isinstance(value, date) else read_date(value)


def _clock(value: Any) -> time:
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise GrammarError("time", f"{as_written(value)} không phải giờ.", "ghi giờ như 08:00")
    return time(int(found[1]), int(found[2]))


def _hours(value: Any) -> OfficeHours:
    found = _HOURS.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise GrammarError("hours", f"{as_written(value)} không phải khoảng giờ.", "ghi như 07:30-11:30")
    first, last = _clock(found[1]), _clock(found[2])
    if last <= first:
        raise GrammarError("hours", f"{as_written(value)}: giờ cuối không sau giờ đầu.", "ghi như 07:30-11:30")
    return OfficeHours(first, last)


def _flag(value: Any) -> bool:
    if value not in ("true", "false"):
        raise GrammarError("flag", f"{as_written(value)} không phải true hay false.", "ghi true hoặc false")
    return bool(value == "true")


def _whole(value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"\d{1,6}", value):
        raise GrammarError("number", f"{as_written(value)} không phải số nguyên.", "ghi một số nguyên, ví dụ 10")
    return int(value)


def _positive(value: Any) -> int:
    if (number := _whole(value)) < 1:
        raise GrammarError("number", f"{as_written(value)} phải từ 1 trở lên.", "ghi một số nguyên từ 1")
    return number


def _deadline(value: Any) -> Form:
    if not isinstance(value, dict):
        raise GrammarError("deadline-form", "hạn phải là các cặp khóa: giá trị.", "ghi như {by: 2022-07-20}")
    return parse(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise GrammarError("text", "{} phải là một dòng chữ.", "viết chữ, đặt trong ngoặc kép nếu có dấu hai chấm")
    return " ".join(value.split())  # a title over two lines is one line: it ends up in a mail's subject


def _id(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", value):
        raise wrong("id", f"mã {value} không hợp lệ.", "chỉ dùng chữ thường không dấu, số và gạch nối")
    return value


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise wrong("email", f"{value} không phải địa chỉ thư điện tử.", "ghi như ten@coquan.example")
    return value


def _words(value: Any) -> Any:
    """One name stands for a list of one."""
    return [value] if isinstance(value, str) else value


def _some(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value:
        raise wrong("empty", "danh sách này không được trống.", "ghi ít nhất một mục")
    return value


Text = Annotated[str, BeforeValidator(_reader(_text)), WithJsonSchema(editor.TEXT)]
Id = Annotated[Text, AfterValidator(_id), WithJsonSchema(editor.ID)]
Email = Annotated[Text, AfterValidator(_email), WithJsonSchema(editor.EMAIL)]
Day = Annotated[date, BeforeValidator(_reader(_day)), WithJsonSchema(editor.DAY)]
Clock = Annotated[time, BeforeValidator(_reader(_clock)), WithJsonSchema(editor.CLOCK)]
Hours = Annotated[OfficeHours, BeforeValidator(_reader(_hours)), WithJsonSchema(editor.HOURS)]
Flag = Annotated[bool, BeforeValidator(_reader(_flag)), WithJsonSchema(editor.FLAG)]
Whole = Annotated[int, BeforeValidator(_reader(_whole)), WithJsonSchema(editor.whole(0))]
Positive = Annotated[int, BeforeValidator(_reader(_positive)), WithJsonSchema(editor.whole(1))]
Deadline = Annotated[Any, BeforeValidator(_reader(_deadline)), WithJsonSchema(DEADLINE)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_words), WithJsonSchema(editor.TEXTS)]
SomeTexts = Annotated[Texts, AfterValidator(_some), WithJsonSchema(editor.SOME_TEXTS)]
