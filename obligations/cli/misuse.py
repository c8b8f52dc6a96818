"""The command line's own words in Vietnamese: help, and what is wrong with a command that was typed."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from obligations.domain.errors import Refused

# typer brings its click along since 0.26, so the class of every usage error is named by way of one that it exports.
Misuse: type[Exception] = typer.BadParameter.__mro__[1]
_HEADINGS = {
    "Usage:": "Cách dùng:",
    "Options:": "Tùy chọn:",
    "Arguments:": "Đối số:",
    "Commands:": "Các lệnh:",
    "[OPTIONS]": "[TÙY CHỌN]",
    "COMMAND [ARGS]...": "LỆNH …",
    "Show this message and exit.": "Xem hướng dẫn này.",
}
_NOISE = re.compile(r" ?(<(str|int|path|day)>|\[required\]|\[default: [^\]]*\])")
_FAULTS = (
    (r"No such command '(.*?)'.*", "không có lệnh {0}."),
    (r"No such option:? '?(.*?)'?[. ]*( .*)?", "không có tùy chọn {0}."),
    (r"Option '?(.*?)'? requires an argument.*", "thiếu giá trị sau {0}."),
    (r"Option '?(.*?)'? does not take a value.*", "{0} không nhận giá trị."),
    (r"Missing argument '(.*?)'.*", "thiếu {0}."),
    (r"Missing option '(.*?)'.*", "thiếu tùy chọn {0}."),
    (r"Missing command.*", "chưa ghi lệnh nào."),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*?)\).*", "thừa {0}."),
    (r"Invalid value for '?(.*?)'?: (.*)", "{0}: {1}."),
    (r"Invalid value: (.*)", "{0}."),
)


def translated(text: str) -> str:
    """Help as typer lays it out, in Vietnamese."""
    for english, vietnamese in _HEADINGS.items():
        text = text.replace(english, vietnamese)
    return _NOISE.sub("", text)


class Command(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        return translated(super().get_help(ctx))


class Group(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        return translated(super().get_help(ctx))


class Commands(typer.Typer):
    """A typer whose help speaks Vietnamese."""

    def command(self, name: str | None = None, **options: Any) -> Any:
        return super().command(name, cls=Command, **options)


def explain(error: Exception) -> Refused:
    """A usage error as a refusal: what is wrong, and how to see the right way."""
    command = getattr(getattr(error, "ctx", None), "command_path", "dondoc")
    words = error.format_message() if isinstance(error, typer.BadParameter) else str(getattr(error, "message", error))
    return Refused("misuse", _vietnamese(" ".join(words.split())), f"Gõ {command} --help để xem cách dùng.")


def _vietnamese(words: str) -> str:
    for pattern, sentence in _FAULTS:
        if found := re.fullmatch(pattern, words):
            return sentence.format(*(part or "" for part in found.groups())).replace("..", ".")
    return words
