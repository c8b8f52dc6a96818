"""Text as it was read, and a folded copy to search in: every place of the copy leads back to the original."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# As it is, one letter one place: words with one space between them.
_WORD = r"(?:[0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff,.;:()/%\"'+-](?![\u0300-\u036f]))+"
_RUN = f"{_WORD}(?: {_WORD})*"
_CLUSTER = re.compile(
    _RUN + r"|\s+|&(?:#\d{1,5}|[A-Za-z]{2,8});|</?[a-zA-Z][^<>\n]{0,80}>|.[\u0300-\u036f]*", re.DOTALL
)
_PLAIN_RUN = re.compile(_WORD)
_LETTERS = [chr(one) for one in (*range(0x250), *range(0x1E00, 0x1F00))]
_SPACE_LOST = re.compile(f"[{''.join(filter(str.islower, _LETTERS))}][{''.join(filter(str.isupper, _LETTERS))}]")
_DROPPED = set("*`#_\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_AS = {
    **dict.fromkeys("–—−‐‑‒―", "-"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‘’‚′", "'"),
    "|": " ",
    "\x00": " ",
}
# oà → òa, uỷ → ủy: two ways of writing one syllable. Only at its end, and never after q (quý).
_OLD_TONES = re.compile(r"(?:[oO]([àáảãạèéẻẽẹ])|(?<![qQ])[uU]([ỳýỷỹỵ]))(?![^\W\d_])", re.IGNORECASE)
# A scan's l and O for 1 and 0 in a date: l5/9/2025, 03/ll/2025, tháng 0l.
_ONE = r"[\dlO]{1,2}"
_MISREAD = re.compile(
    rf"(?<![\w/.])(?=[\dlO/. -]*[lO])(?=[lO/. -]*\d)(?:{_ONE} ?[/.-] ?{_ONE} ?[/.-] ?[\dlO]{{4}}|{_ONE}/{_ONE}|{_ONE}/[\dlO]{{4}}|(?<=ngày ){_ONE}|(?<=tháng ){_ONE}|(?<=năm )[\dlO]{{4}})(?![\w/])"
)
_MARKS = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True, order=True)
class Span:
    """A piece of a document's text: `text[start:end]`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, place: int) -> bool:
        return self.start <= place < self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True)
class Folded:
    """A copy of one or more pieces of the text in one line: NFC, one space for any white, no marks of converters.

    `text` is in lower case and `shown` as written, place for place; `starts` and `ends` lead to the original.
    """

    text: str
    shown: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The original of `text[start:end]`, without white space at its ends; empty where there is nothing."""
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        if start >= end:
            place = self.starts[min(start, len(self.starts) - 1)] if self.starts else 0
            return Span(place, place)
        return Span(self.starts[start], self.ends[end - 1])

    def cut(self, start: int, end: int) -> Folded:
        """The same for a part of it."""
        part = slice(start, end)
        return Folded(self.text[part], self.shown[part], self.starts[part], self.ends[part])


def fold(text: str, pieces: Iterable[Span]) -> Folded:
    """Fold the pieces of a text into one line; what lies between two pieces is passed over as white space."""
    shown: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in pieces:
        if shown and shown[-1] != " ":
            _put(" ", piece.start, piece.start, (shown, starts, ends))
        for found in _CLUSTER.finditer(text, piece.start, piece.end):
            _take(found[0], found.start(), found.end(), (shown, starts, ends))
    if shown and shown[-1] == " ":
        for row in (shown, starts, ends):
            row.pop()
    line = _OLD_TONES.sub(_new_tone, "".join(shown))
    line = _MISREAD.sub(_figures, line)
    return Folded(_lower(line), line, tuple(starts), tuple(ends))


def _put(word: str, start: int, end: int, rows: tuple[list[str], list[int], list[int]]) -> None:
    shown, starts, ends = rows
    for letter in word:
        shown.append(letter)
        starts.append(start)
        ends.append(end)


def _take(cluster: str, start: int, end: int, rows: tuple[list[str], list[int], list[int]]) -> None:
    """A run of plain words, white space, or one letter with its marks, an entity or a tag."""
    shown, starts, ends = rows
    if len(cluster) > 1 and _PLAIN_RUN.match(cluster):
        if _SPACE_LOST.search(cluster):
            for place, letter in enumerate(cluster, start):
                _take_one(letter, place, place + 1, rows)
            return
        _part(cluster[0], start, rows)
        shown.extend(cluster)
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))
        return
    _take_one(_plain(cluster), start, end, rows)


def _take_one(word: str, start: int, end: int, rows: tuple[list[str], list[int], list[int]]) -> None:
    shown = rows[0]
    if not word or (word == " " and (not shown or shown[-1] == " ")):
        return
    _part(word[0], start, rows)
    _put(word, start, end, rows)


def _part(first: str, start: int, rows: tuple[list[str], list[int], list[int]]) -> None:
    """cácSở: a space was lost."""
    if first.isupper() and rows[0] and rows[0][-1].islower():
        _put(" ", start, start, rows)


@lru_cache(maxsize=4096)
def _plain(cluster: str) -> str:
    if cluster.isspace() or (cluster[0] == "<" and len(cluster) > 1):
        return " "
    if cluster[0] == "&" and len(cluster) > 1:
        named = html.unescape(cluster)
        return " " if named.isspace() else ("" if named in _DROPPED else _AS.get(named, named))
    first = cluster[0]
    if first in _DROPPED or unicodedata.combining(first):
        return ""  # a mark torn off its letter
    if unicodedata.category(first) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return ""
    return _AS.get(first) or unicodedata.normalize("NFC", cluster)


def _lower(line: str) -> str:
    """Lower case, place for place (a few letters of other tongues would become two)."""
    lower = line.lower()
    return lower if len(lower) == len(line) else "".join(one.lower()[:1] or one for one in line)


def _figures(found: re.Match[str]) -> str:
    return found[0].replace("l", "1").replace("O", "0")


def _new_tone(found: re.Match[str]) -> str:
    first, second = found[0][0], found[0][1]
    letters = unicodedata.normalize("NFD", second)
    mark = next(one for one in letters if one in _MARKS)
    return unicodedata.normalize("NFC", first + mark) + letters.replace(mark, "")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Without diacritics, in lower case; as long as the text where that is NFC."""
    marked = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(one for one in marked if not unicodedata.combining(one))


_SYLLABLE = re.compile(r"(?<!\\)[^\W\d_]+")


@lru_cache(maxsize=1024)
def lax(pattern: str) -> str:
    r"""A pattern whose syllables also match without their tone or all their marks, and whose spaces may be lost.

    >>> re.fullmatch(lax("trước ngày"), "trướcngay") is not None
    True
    """
    parts = re.split("( \\?)", pattern)
    return "".join(part if part == " ?" else _SYLLABLE.sub(_spellings, part.replace(" ", " ?")) for part in parts)


def _spellings(found: re.Match[str]) -> str:
    word = found[0]
    if word.isascii():
        return word
    toneless = "".join(x for x in unicodedata.normalize("NFD", word) if x not in _MARKS)
    spellings = dict.fromkeys((word, unicodedata.normalize("NFC", toneless), bare(word)))
    return f"(?:{'|'.join(spellings)})"
