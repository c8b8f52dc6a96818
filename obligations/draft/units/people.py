"""Persons who are charged by name: *Ông Nguyễn Văn A, Phó Trưởng ban: …*."""

from __future__ import annotations

import re

from obligations.draft.text import Folded, lax
from obligations.draft.units.words import HEAD

_ASKED = re.compile(lax(r"(?:giao|phân công|đề nghị|yêu cầu)(?: cho)? "))
_TITLE = re.compile(
    lax(r"(?:(?P<many>hai|ba|các|những) )?(?:ông|bà|anh|chị|cô|thầy|đ/c|bác sĩ|kỹ sư|luật sư) ") + r"(?<= )"
)  # CÔNG TÁC is no cô
_COMRADE = re.compile(lax(r"(?P<many>các )?đồng chí "))  # elsewhere a head of its own (words.py), its post with it
_WORD = re.compile(r"[^\W\d_]+")
_JOINT = re.compile(lax(r",? và |, |; ?"))
_LEAST, _MOST = 2, 5  # syllables of a name


def persons(line: Folded, start: int = 0) -> tuple[str, ...]:
    """Who is named at that place, as written; nothing where only an office or a post is."""
    asked = _ASKED.match(line.text, start)
    place = asked.end() if asked else start
    found: list[str] = []
    is_many = False
    while True:
        title = _TITLE.match(line.text, place) or (_COMRADE.match(line.text, place) if asked else None)
        if not title and not is_many:
            break
        is_many = is_many or bool(title and title["many"])
        begin = title.end() if title else place
        end = _name_end(line, begin)
        if end is None:
            break
        found.append(line.shown[begin if is_many else place : end])
        joint = _JOINT.match(line.text, end)
        if not joint:
            break
        place = joint.end()
    return tuple(found)


def _name_end(line: Folded, start: int) -> int | None:
    """Where two to five words with capitals end; a post (Phó Trưởng ban, Giám đốc Sở) is no name."""
    if HEAD.match(line.text, start):
        return None
    place, count = start, 0
    while count < _MOST:
        word = _WORD.match(line.shown, place)
        if not word or not word[0][0].isupper():
            break
        end, count = word.end(), count + 1
        if line.shown[end : end + 1] != " ":
            break
        place = end + 1
    return end if count >= _LEAST else None
