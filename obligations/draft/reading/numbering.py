"""The numbers that Word writes before list paragraphs: they are in no paragraph's text."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
MAX_LEVELS = 9


class Numbering:
    """Counts a document's lists as Word does."""

    def __init__(self, opened: Any) -> None:
        self._levels: dict[tuple[str, str], tuple[str, str, int]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        self._styles = {style.style_id: style for style in opened.styles if getattr(style, "style_id", None)}
        self._read(opened)

    def _read(self, opened: Any) -> None:
        part = next(
            (
                rel.target_part
                for rel in opened.part.rels.values()
                if rel.reltype.endswith("/numbering") and not rel.is_external
            ),
            None,
        )
        if part is None:
            return
        root = part.element
        for number in root.iterchildren(qn("w:num")):
            abstract = number.find(qn("w:abstractNumId"))
            if abstract is not None:
                self._abstract[number.get(qn("w:numId"))] = abstract.get(qn("w:val"))
        for definition in root.iterchildren(qn("w:abstractNum")):
            for level in definition.iterchildren(qn("w:lvl")):
                key = definition.get(qn("w:abstractNumId")), level.get(qn("w:ilvl"))
                start = _value(level, "w:start")
                self._levels[key] = (
                    _value(level, "w:numFmt"),
                    _value(level, "w:lvlText"),
                    int(start) if start.isdigit() else 1,
                )

    def style_of(self, element: Any) -> str:
        """The name of a paragraph's style."""
        found = element.xpath("./w:pPr/w:pStyle/@w:val")
        style = self._styles.get(found[0]) if found else None
        return str(style.name or "") if style is not None else ""

    def label(self, element: Any) -> str:
        """The number before a paragraph, as `1.` or `a)`; `-` for a bullet, empty where it has none."""
        number, level = self._of(element)
        abstract = self._abstract.get(number)
        kind, pattern, _ = self._levels.get((abstract or "", level), ("", "", 1))
        if not kind or kind == "none" or not level.isdigit() or int(level) >= MAX_LEVELS:
            return ""
        counts = self._count(abstract or "", int(level))
        if kind == "bullet":
            return "-"
        return re.sub(r"%(\d)", lambda found: self._written(abstract or "", counts, int(found[1]) - 1), pattern)

    def _of(self, element: Any) -> tuple[str, str]:
        number = element.xpath("./w:pPr/w:numPr/w:numId/@w:val")
        level = element.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")
        if not number:
            found = element.xpath("./w:pPr/w:pStyle/@w:val")
            style = self._styles.get(found[0]) if found else None
            if style is not None:
                number = style.element.xpath("./w:pPr/w:numPr/w:numId/@w:val")
                level = style.element.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")
        return (number[0] if number else ""), (level[0] if level else "0")

    def _count(self, abstract: str, level: int) -> list[int]:
        counts = self._counts.setdefault(abstract, [self._start(abstract, place) - 1 for place in range(MAX_LEVELS)])
        counts[level] += 1
        for deeper in range(level + 1, MAX_LEVELS):
            counts[deeper] = self._start(abstract, deeper) - 1
        return counts

    def _start(self, abstract: str, level: int) -> int:
        return self._levels.get((abstract, str(level)), ("", "", 1))[2]

    def _written(self, abstract: str, counts: list[int], level: int) -> str:
        if not 0 <= level < MAX_LEVELS:
            return ""
        number = max(counts[level], 1)
        match self._levels.get((abstract, str(level)), ("", "", 1))[0]:
            case "upperRoman":
                return _roman(number)
            case "lowerRoman":
                return _roman(number).lower()
            case "lowerLetter":
                return _LETTERS[(number - 1) % len(_LETTERS)]
            case "upperLetter":
                return _LETTERS[(number - 1) % len(_LETTERS)].upper()
        return str(number)


def _value(level: Any, name: str) -> str:
    found = level.find(qn(name))
    return str(found.get(qn("w:val")) or "") if found is not None else ""


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        while number >= value and len(written) < 12:
            written += letters
            number -= value
    return written
