"""A letter's pieces, each with its two forms: plain text and HTML say the same because both come from here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import escape

_CELL = "border: 1px solid #999; padding: 6px 8px; text-align: left; vertical-align: top"
_LABEL = f'<th scope="row" style="{_CELL}; width: 9em; font-weight: normal; color: #444">'
_NARROW = _CELL.replace("6px 8px", "4px 5px")
_HEAD = f'<th scope="col" style="{_NARROW}; font-weight: bold">'
_TABLE = '<table style="border-collapse: collapse; width: 100%; margin: 0 0 14px">'
_WIDE = '<div style="overflow-x: auto; font-size: 14px">'  # on a telephone a table moves, not the page
_SHEET = '<div style="border: 1px solid #999; padding: 4px 14px; margin: 0 0 18px">'
_RULE = "-" * 60
_ADDRESS = "overflow-wrap: anywhere"  # long, on a telephone


@dataclass(frozen=True)
class Para:
    text: str

    def as_text(self) -> str:
        return self.text

    def as_html(self) -> str:
        return f"<p>{escape(self.text)}</p>"


@dataclass(frozen=True)
class Link:
    """An address to open, with what it is for."""

    words: str
    address: str

    def as_text(self) -> str:
        return f"{self.words}:\n{self.address}"

    def as_html(self) -> str:
        address = escape(self.address)
        return f'<p>{escape(self.words)}:<br>\n<a href="{address}" style="{_ADDRESS}">{address}</a></p>'


@dataclass(frozen=True)
class Heading:
    text: str

    def as_text(self) -> str:
        return self.text.upper()

    def as_html(self) -> str:
        return f'<h2 style="font-size: 16px; margin: 18px 0 6px; text-transform: uppercase">{escape(self.text)}</h2>'


@dataclass(frozen=True)
class Points:
    """A list of sentences, numbered."""

    items: tuple[str, ...]

    def as_text(self) -> str:
        return "\n".join(f"{number}. {item}" for number, item in enumerate(self.items, 1))

    def as_html(self) -> str:
        inner = "".join(f'<li style="margin: 0 0 6px">{escape(item)}</li>' for item in self.items)
        return f'<ol style="padding-left: 1.6em; margin: 0 0 14px">{inner}</ol>'


@dataclass(frozen=True)
class Card:
    """One duty: labelled values, readable on a telephone. Its `number` where a letter has several."""

    rows: tuple[tuple[str, str], ...]
    number: int | None = None

    def as_text(self) -> str:
        lines = [f"{label}: {_ended(value)}" for label, value in self.rows]
        if self.number is None:
            return "\n".join(lines)
        (_, code), (_, name), *_ = self.rows
        return "\n".join([f"{self.number}. {code} – {_ended(name)}", *(f"   {line}" for line in lines[2:])])

    def as_html(self) -> str:
        rows = "".join(
            f'<tr>{_LABEL}{escape(label)}</th><td style="{_CELL}">{escape(value)}</td></tr>'
            for label, value in self.rows
        )
        return f"{_TABLE}{rows}</table>"


@dataclass(frozen=True)
class Table:
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def as_text(self) -> str:
        return "\n".join(" | ".join(row) for row in (self.heads, *self.rows))

    def as_html(self) -> str:
        heads = "".join(f"{_HEAD}{escape(head)}</th>" for head in self.heads)
        body = "".join(f"<tr>{self._cells(row)}</tr>" for row in self.rows)
        return f"{_WIDE}{_TABLE}<tr>{heads}</tr>{body}</table></div>"

    @staticmethod
    def _cells(row: tuple[str, ...]) -> str:
        return "".join(f'<td style="{_NARROW}">{escape(cell)}</td>' for cell in row)


@dataclass(frozen=True)
class Sheet:
    """A document inside a letter: a draft to be taken over as it stands."""

    title: str
    blocks: tuple[Block, ...]

    def as_text(self) -> str:
        return f"{_RULE}\n{self.title.upper()}\n\n{text_of(self.blocks)}\n{_RULE}"

    def as_html(self) -> str:
        title = f'<p style="color: #444; font-size: 14px; text-transform: uppercase">{escape(self.title)}</p>'
        return f"{_SHEET}{title}{html_of(self.blocks)}</div>"


Block = Para | Link | Heading | Points | Card | Table | Sheet


def text_of(blocks: Iterable[Block]) -> str:
    """Plain text, a blank line between pieces."""
    return "\n\n".join(_filled(block.as_text() for block in blocks))


def html_of(blocks: Iterable[Block]) -> str:
    """HTML: whatever an office or a unit wrote is escaped, here and nowhere else."""
    return "\n".join([block.as_html() for block in blocks])


def _filled(texts: Iterable[str]) -> Iterator[str]:
    return (text for text in texts if text)


def _ended(value: str) -> str:
    return value if value.endswith((".", "!", "?", "…")) else f"{value}."
