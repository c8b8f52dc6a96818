"""The number, letter or dash that an item begins with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["", "part", "roman", "article", "arabic", "dotted", "letter", "dash", "plus"]
DEPTH: dict[str, int] = {
    "part": 0,
    "roman": 1,
    "article": 1,
    "arabic": 2,
    "dotted": 3,
    "": 3,
    "letter": 4,
    "dash": 5,
    "plus": 6,
}
_BULLET = re.compile(r"[-+•·▪●◦▫■□➢✓>] ?")
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("article", re.compile(r"[ĐD]i[ềêe]u (?P<label>\d{1,3}) ?[.:]? ?")),
    (
        "roman",
        re.compile(
            r"(?:(?:Phần|PHẦN|Mục|MỤC|Chương|CHƯƠNG) (?:thứ )?)?(?P<label>X{0,2}(?:IX|IV|V?I{1,3}|V|X)) ?[.)/:-] ?(?=\S)"
        ),
    ),
    ("dotted", re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,3})[.)]? (?!(?:triệu|tỷ|ha|km|giờ|tháng))")),
    (
        "arabic",
        re.compile(
            r"(?:(?:Phần|PHẦN|Mục|MỤC|Khoản) )?(?P<label>\d{1,2}) ?(?:[.)]|/(?=\s|[^\W\d_])|-(?= [^\W\d_]|[A-ZĐ][^\W\d_A-ZĐ])) ?(?=[^\d\s])"
        ),
    ),
    ("letter", re.compile(r"(?P<label>[a-zđ]) ?[.)/] ?(?=\S)")),
    ("part", re.compile(r"(?P<label>[A-E])(?:[.)] (?=\S)| ?- (?=[^\W\d_]))")),
)


@dataclass(frozen=True)
class Marker:
    """`label` as cited (III, 1, a; empty for dashes), `length` how much of the folded line it takes."""

    kind: Kind = ""
    label: str = ""
    length: int = 0


def marker_of(shown: str, label: str) -> Marker:
    """The marker of a folded line as written; `label` is one that the word processor supplies.

    >>> marker_of("a) Phòng Nội vụ", "").label
    'a'
    """
    if label:
        found = _numbered(f"{label.strip()} x")
        return Marker(found.kind, found.label, 0) if found.kind else Marker("dash")
    bullet = _BULLET.match(shown)
    if bullet and bullet.end() < len(shown):
        inner = _numbered(shown[bullet.end() :])
        if inner.kind in ("letter", "arabic", "dotted"):
            return Marker(inner.kind, inner.label, bullet.end() + inner.length)
        return Marker("plus" if shown[0] == "+" else "dash", "", bullet.end())
    return _numbered(shown)


def _numbered(shown: str) -> Marker:
    for kind, pattern in _PATTERNS:
        if found := pattern.match(shown):
            return Marker(kind, found["label"], found.end())
    return Marker()
