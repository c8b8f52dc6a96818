"""What the words of a document's title tell: the periods it names, its kind, how much of a duty's title it says."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile, pairwise

from obligations.domain.periods import Kind, Period
from obligations.draft.text import Span, bare, fold
from obligations.draft.units.matching import key

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# What bears a year and is no period: a day, years from … to …, a horizon.
_NO_PERIOD = re.compile(
    r"ngay \d{1,2} (?:thang )?\d{1,2} (?:nam )?20\d\d"
    r"|(?:giai doan|thoi ky|nhiem ky|nam hoc|trong)? ?(?:tu )?(?:nam )?20\d\d (?:den |den nam )?20\d\d"
    r"|(?:den|dinh huong|tam nhin)(?: het)?(?: den)? nam 20\d\d"
)
_PERIOD = re.compile(
    r"\b(?:quy (?P<quarter>iv|i{1,3}|[1-4])|(?:0?6|sau) thang(?P<half> dau| cuoi)?"
    r"|(?P<nine>(?:0?9|chin) thang(?: dau)?)|thang (?P<month>\d{1,2}))\b(?: nam)?(?: (?P<year>20\d\d))?"
    r"|\bnam (?P<alone>20\d\d)"
)
_PART_OF_A_YEAR = re.compile(r"\b(?:thang|quy|tuan|dot|ky|giua|dau|cuoi|ngay|i{1,3}|iv)\b")
_NEXT = re.compile(r"\b(?:phuong huong|nhiem vu|ke hoach|chuong trinh|du kien|giai phap)\b")
_KINDS = {
    "bc": "báo cáo",
    "kh": "kế hoạch",
    "ttr": "tờ trình",
    "qd": "quyết định",
    "ct": "chương trình",
    "hd": "hướng dẫn",
    "tb": "thông báo",
    "dk": "đăng ký",
    "ds": "danh sách",
    "pa": "phương án",
    "da": "đề án",
}
REPORT = "báo cáo"
_KIND = {re.compile(rf"\b{bare(words)}\b"): words for words in _KINDS.values()}
# As a title shortens words of a duty; how names of units are shortened is another matter.
_SHORT = {
    "bc": "báo cáo",
    "kh": "kế hoạch",
    "pttđ": "phong trào thi đua",
    "tđkt": "thi đua khen thưởng",
    "ntm": "nông thôn mới",
    "cchc": "cải cách hành chính",
}
# Syllables of words that stand in the titles of every matter: they tell little, and are no matter of their own.
_COMMON_WORDS = (
    "báo cáo kết quả năm quý tháng tuần kỳ giai đoạn thực hiện tổ chức triển khai công tác tình hình nhiệm vụ phương "
    "hướng việc về v của các cơ quan đơn vị địa phương trong ở và theo trên địa bàn tỉnh huyện xã phường thị thành phố "
    "sở ban ngành số ngày đầu cuối hằng hàng ubnd ủy nhân dân văn bản gửi nộp xây dựng lập hành trọng tâm"
)
_COMMON = frozenset(_COMMON_WORDS.split())
# Whoever sends a document chooses its title: neither pattern goes back over a long run of figures.
_NUMBER = re.compile(r"(?<!\d)\d++[\w.-]*+/[\w&./-]*[\w&]")
_DATE = re.compile(r"[\d/.-]+")
_PLAN_NUMBER = re.compile(r"(\d+)/KH-")
_MARKS = re.compile(r"\d++[^/-]*+(?:/(?P<kind>[^\W\d_]+)-|-(?P<of_party>[^\W\d_]+)/)")  # 45/BC-SYT, 45-BC/HU
_ASIDE = re.compile(r"\([^)]*\)")
_BRACKETS = re.compile(r"[()]")
_ALONE, _LIGHT, _PLAIN = 0.4, 0.25, 0.6
# Documents that answer nothing: they ask for something, call to something, or hand something on.
_ASKS_TIME = re.compile(
    r"\b(?:xin|de nghi)(?: phep)?(?: duoc)? (?:gia han|lui|cham|hoan)\b|\b(?:gia han|lui) thoi (?:han|gian)\b"
)
_NO_RESULT = re.compile(
    r"(?:v v |ve viec )?(?:giay moi|moi (?:hop|du|tham du)|de nghi (?:huong dan|cung cap|giai dap|cho y kien|gop y)"
    r"|xin y kien|lay y kien|hoi y kien|don doc|yeu cau|thong bao (?:lich|hoan|nghi)|sao gui|tra lai"
    r"|cu (?:can bo|nguoi))\b.*"
)


@dataclass(frozen=True)
class Named:
    """The periods that a title names, in its order.

    `is_clear`: the first is what it reports on, any other what is planned for; nothing else is said of time.
    """

    periods: tuple[Period, ...]
    is_clear: bool


def numbers_in(text: str) -> frozenset[str]:
    """Document numbers that stand in a text, as `123/KH-UBND`, however they are spaced and in which case.

    Without leading zeros: `05/BC` and `5/BC` are one. A day is no number.
    """
    found = _NUMBER.findall(re.sub(r"\s*([/-])\s*", r"\1", text))
    return frozenset(one.upper().lstrip("0") for one in found if not _DATE.fullmatch(one))


def cites(subject: str, numbers: Collection[str]) -> bool:
    """Whether a title names one of these documents: by its number, or as *Kế hoạch 123*."""
    if numbers_in(subject) & frozenset(numbers):
        return True
    said = _folded(subject)
    short = (found for found in map(_PLAN_NUMBER.match, numbers) if found)
    return any(re.search(rf"\b(?:ke hoach|kh) (?:so )?{found[1]}\b(?! (?:kh|\d))", said) for found in short)


def periods_in(subject: str) -> Named:
    """What a title says of periods; one without a year is of the next year named, nine months are their last quarter's.

    >>> [one.label for one in periods_in("Báo cáo quý III, nhiệm vụ quý IV năm 2023").periods]
    ['2023-Q3', '2023-Q4']
    """
    text = _NO_PERIOD.sub(" ", _folded(subject))
    found = list(_PERIOD.finditer(text))
    periods = [_period(match, _year(found[place:])) for place, match in enumerate(found)]
    is_clear = None not in periods and not _PART_OF_A_YEAR.search(_PERIOD.sub(" ", text))
    if len(found) > 1:
        is_clear = is_clear and bool(_NEXT.search(text[found[0].end() : found[1].start()]))
    return Named(tuple(dict.fromkeys(filter(None, periods))), is_clear)


def _year(rest: Sequence[re.Match[str]]) -> int | None:
    """The first year from here on."""
    return next((int(year) for match in rest if (year := match["year"] or match["alone"])), None)


def _period(match: re.Match[str], year: int | None) -> Period | None:
    kind: Kind
    if match["alone"]:
        kind, number = "year", 1
    elif match["quarter"]:
        kind, number = "quarter", _QUARTERS[match["quarter"]]
    elif match["nine"]:
        kind, number = "quarter", 3
    elif match["month"]:
        kind, number = "month", int(match["month"])
    else:
        kind, number = "half-year", 2 if match["half"] == " cuoi" else 1
    return Period(year, kind, number) if year and 1 <= number <= 12 else None


def kind_of(number: str, subject: str) -> str:
    """What sort of document it is, by its number or its first words: *báo cáo*, *kế hoạch*; "" where neither tells."""
    marks = _MARKS.match(number.strip())
    by_number = _KINDS.get(key(marks["kind"] or marks["of_party"])) if marks else None
    begins = _folded(subject).removeprefix("v v ").removeprefix("ve viec ")
    return by_number or next((words for pattern, words in _KIND.items() if pattern.match(begins)), "")


@lru_cache(maxsize=8192)
def kinds_in(words: str) -> frozenset[str]:
    """The sorts of documents that a duty speaks of."""
    return frozenset(kind for pattern, kind in _KIND.items() if pattern.search(_folded(words)))


def _folded(text: str) -> str:
    """A text as patterns read it, without marks; what stands in brackets counts: *năm 2022 (quý III)*."""
    return key(_BRACKETS.sub(" ", text))


def asks_for_time(subject: str) -> bool:
    """Whether it asks for a later deadline, and so is no result."""
    return bool(_ASKS_TIME.search(_folded(subject)))


def is_no_result(subject: str) -> bool:
    """Whether it asks, invites or hands on, and so is no result."""
    return bool(_NO_RESULT.fullmatch(_folded(subject)))


@lru_cache(maxsize=8192)  # a duty's title is held against every document of its unit
def syllables(text: str) -> tuple[str, ...]:
    """A text's syllables with their marks, short forms written out."""
    words = re.findall(r"[^\W_]+", fold(text, (Span(0, len(text)),)).text)
    return tuple(syllable for word in words for syllable in _SHORT.get(word, word).split())


@lru_cache(maxsize=8192)
def title_syllables(title: str) -> tuple[str, ...]:
    """Those of a duty's title; what stands in brackets is said aside."""
    return syllables(_ASIDE.sub(" ", title))


def beside(said: Sequence[str], *known: Sequence[str]) -> int:
    """How many syllables say something of their own, neither known from elsewhere nor such as stand in every title."""
    told = _COMMON.union(*known)
    if all(map(str.isascii, said)):
        told |= frozenset(map(bare, told))
    return sum(one not in told and not _is_figure(one) for one in said)


def says_head(title: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the first word of a title that tells something is said: *sơ kết*, *vận động*."""
    head = list(dropwhile(lambda one: one in _COMMON or _is_figure(one), title))[:2]
    return {*head} <= {*said} or {*map(bare, head)} <= {*said}


def _is_figure(syllable: str) -> bool:
    return syllable.isdigit() or syllable in _QUARTERS


class Rarity:
    """How much a syllable tells: what stands in every second title tells little, what stands in one tells much."""

    def __init__(self, titles: Iterable[str]) -> None:
        told = [frozenset(title_syllables(title)) for title in titles]
        self._titles = len(told)
        self._count = Counter(one for title in told for one in title)

    def of(self, syllable: str) -> float:
        if syllable in _COMMON:
            return _LIGHT
        return _PLAIN + 0.5 * math.log((2 + self._titles) / (1 + self._count[syllable]))

    def share(self, title: Sequence[str], said: Sequence[str]) -> float:
        """How much of a title is said, 0 to 1, each syllable by its weight.

        Most words are two syllables: one that is said without its neighbour is perhaps another word. What is typed
        without marks is held against the title without its own.
        """
        if not title:
            return 0.0
        pairs, alone = frozenset(pairwise(said)), frozenset(said)
        shown = [bare(one) for one in title] if all(map(str.isascii, said)) else title
        found = [one in pairs for one in pairwise(shown)]
        told, whole = 0.0, sum(map(self.of, title))
        for place, (before, after) in enumerate(zip([False, *found], [*found, False], strict=True)):
            told += self.of(title[place]) * (1.0 if before or after else _ALONE if shown[place] in alone else 0.0)
        return told / whole
