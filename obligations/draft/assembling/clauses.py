"""Paragraphs are cut into clauses: at a full stop and at a semicolon, never inside a date, a number or a list of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from obligations.draft.text import Folded, lax
from obligations.draft.units.mentions import whole
from obligations.draft.units.words import HEAD

_STOP = re.compile(r"\.(?=\s|$)|[!?](?=\s)|;|\./\.?")
# *Giám sát chuyên đề …. (Ủy ban Kiểm tra)*: who does it stands behind the full stop.
_CHARGE = re.compile(r"\s*\([^()]*\)\W*$")
_NEW = re.compile(r"\s*[\"'(]?\s*(?P<first>\S)")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:tp|tx|ts|pgs|gs|ths|bs|ks|cn|đ/c|v\.v|tt|kt|tm|q|p|h|stt|[a-zđ])$")


@dataclass(frozen=True)
class Clause:
    """A clause of a paragraph: its place in the paragraph's folded line; `sentence` counts full stops before it."""

    line: Folded
    sentence: int
    is_first: bool = False


def clauses(line: Folded) -> list[Clause]:
    """The clauses of a folded paragraph, in order."""
    cut: list[Clause] = []
    start, sentence = 0, 0
    for end, is_stop in _ends(line):
        part = line.cut(start, end)
        if part.text.strip():
            cut.append(Clause(_trimmed(part), sentence, not cut))
        start = end + 1
        sentence += is_stop
    return cut


def _ends(line: Folded) -> Iterator[tuple[int, bool]]:
    start = 0
    for stop in _STOP.finditer(line.shown):
        place = stop.start()
        if stop[0] == "." and not _begins_anew(line.shown, stop.end()):
            continue
        if stop[0] == "." and _CHARGE.match(line.shown, stop.end()):
            continue
        if stop[0] == "." and _ABBREVIATION.search(line.text, max(0, place - 8), place):
            continue
        if stop[0] == ";" and _is_inside_names(line, start, place):
            continue
        if _depth(line.text, start, place) > 0 and stop[0] in ".;" and ")" in line.text[place : place + 200]:
            continue
        yield place, stop[0] != ";"
        start = place + 1
    yield len(line.text), True


def _begins_anew(shown: str, place: int) -> bool:
    """After a full stop: a capital, a figure, or the end."""
    found = _NEW.match(shown, place)
    return not found or not found["first"].islower()


def _is_inside_names(line: Folded, start: int, place: int) -> bool:
    """A; B *đăng ký …*: a list of offices parted by semicolons."""
    part = _trimmed(line.cut(start, place))
    after = place + 2
    return bool(part.text) and after < len(line.text) and bool(HEAD.match(line.text, after)) and whole(part) is not None


def _depth(text: str, start: int, end: int) -> int:
    return text.count("(", start, end) - text.count(")", start, end)


def _trimmed(part: Folded) -> Folded:
    start, end = 0, len(part.text)
    while start < end and part.text[start] in " -,;:.":
        start += 1
    while end > start and part.text[end - 1] in " ,;":
        end -= 1
    return part.cut(start, end)


_CHECKS = "kiểm tra|giám sát|thanh tra|khảo sát|thẩm định|tập huấn"
_LABEL = re.compile(
    lax(
        r"(?:(?P<owner>(?:cơ quan|đơn vị|bộ phận|người|cá nhân)? ?(?:chủ trì|thực hiện|đầu mối|chịu trách nhiệm|được giao)(?: thực hiện| chính| tham mưu)?|phân công(?: thực hiện)?|trách nhiệm(?: thực hiện| chính| chủ trì)?"
        rf"|chủ thể(?: {_CHECKS})?)"
        r"|(?P<help>(?:cơ quan|đơn vị|bộ phận)? ?phối hợp(?: thực hiện)?|(?:cơ quan|đơn vị|bộ phận) tham mưu(?:, giúp việc| giúp việc)?)"
        rf"|(?P<time>(?:dự kiến )?(?:địa điểm(?:,| và) )?(?:thời gian|thời hạn|tiến độ|hạn|thời điểm|hoàn thành)(?: (?:hoàn thành|thực hiện|tổ chức|gửi|báo cáo|xong|dự kiến|cuối|chót|và địa điểm|tiến hành|triển khai|diễn ra|ban hành|{_CHECKS}))*)"
        r"|(?P<product>(?:dự kiến )?(?:sản phẩm|kết quả)(?: (?:đầu ra|dự kiến|cần đạt|thực hiện|hoàn thành|đạt được))?)"
        rf"|(?P<task>(?:nội dung|nhiệm vụ|công việc)(?: công việc| nhiệm vụ| thực hiện| cụ thể| {_CHECKS})?)"
        r"|(?P<place>(?:địa điểm|thành phần|kinh phí|hình thức|đối tượng|phạm vi|phương pháp|mốc thời gian|thời kỳ|niên độ)"
        rf"(?: (?:thực hiện|tổ chức|tham gia|tham dự|làm việc|được|{_CHECKS}))*)) ?:"
    )
)


def label_of(line: Folded) -> tuple[str, Folded] | None:
    """`Thời gian hoàn thành: …`: which label, and what stands after it."""
    found = _LABEL.match(line.text)
    if not found or found.lastgroup is None:
        return None
    kind = next(name for name, value in found.groupdict().items() if value is not None)
    return kind, _trimmed(line.cut(found.end(), len(line.text)))
