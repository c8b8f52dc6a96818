"""Who owes: the clause itself, its opening phrase, the heading over it, the purpose after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from obligations.draft.assembling.clauses import Clause, label_of
from obligations.draft.deadlines.finding import find
from obligations.draft.deadlines.resolving import Resolved
from obligations.draft.structure.outline import Item as Place
from obligations.draft.text import Folded, lax
from obligations.draft.units.mentions import Mention, names, reach, starts_name, subject, whole
from obligations.draft.units.people import persons
from obligations.draft.units.roles import roles
from obligations.draft.units.words import VERB

_FOR = re.compile(lax(r",? ?(?<!\w)để "))
_GIVES = re.compile(lax(r"[:,] ?(?:đồng ý |thống nhất )?(?:giao|yêu cầu|đề nghị)(?: cho)? "))
# Whom the office over it sets to work: the duty stays the office's.
_HIRED = re.compile(
    lax(
        r"\W*(?:(?:yêu cầu|đôn đốc|chỉ đạo|vận động|hướng dẫn|nhắc nhở) (?:các |từng |mỗi )?(?:nhà thầu|đơn vị (?:thi công|tư vấn|cung cấp|giám sát)|tư vấn|"
        r"chủ (?:cơ sở|hộ|phương tiện|nhà|mỏ|tàu|rừng|trọ)|hộ (?:dân|gia đình|kinh doanh|sản xuất|vi phạm)|cơ sở (?:sản xuất|kinh doanh|vi phạm|chưa)|doanh nghiệp|tổ chức, cá nhân|người dân)"
        r"|phân công (?:các )?(?:thành viên|cán bộ|công chức|viên chức|giáo viên|đại biểu|đảng viên|cấp ủy viên|người))(?!\w)"
    )
)
_CHARGES = re.compile(lax(r"(?:giao|phân công|yêu cầu|đề nghị)(?!\w)"))
_MATTER = 100  # how far the matter before a colon goes
_ASIDE = re.compile(r" (?:\([^()]{1,80}\) )?")  # *Tổ giúp việc (do Văn phòng làm tổ trưởng) xây dựng …*
_BRACKET = re.compile(r"\((?P<inner>[^()]+)\)")
# A name in brackets after one of these tells more of whom it goes to.
_TO_WHOM = re.compile(lax(r"(?:gửi|về|báo cáo|trình|nộp|qua|phối hợp với)(?!\w)[^,;:]{0,50}$"))
_OPENING = re.compile(
    lax(
        r"(?:căn cứ|thực hiện (?:công văn|công điện|kế hoạch|chỉ thị|nghị quyết|quyết định|thông báo|ý kiến|văn bản)|tiếp theo|phúc đáp|trên cơ sở|trước|về|đối với|chậm nhất|hằng|hàng|định kỳ|mỗi|trong|từ|đến|vào|ngày|quý|tháng|năm|sau|theo|để|ngoài ra|đồng thời|riêng|khi|cùng với|bên cạnh)(?!\w)"
    )
)
_BY = re.compile(r"(?:^|[ ,(])do ")
_DOES = re.compile(
    lax(r" ?(?:chủ trì|thực hiện|phụ trách|đảm nhận|tổ chức|chịu trách nhiệm|tham mưu|xây dựng|trình)(?!\w)")
)


def is_hired(line: Folded) -> bool:
    """*Yêu cầu nhà thầu tăng ca*: who acts is not who owes."""
    return bool(_HIRED.match(line.text))


def is_title(place: Place, after: Place | None) -> bool:
    """A heading: the names or the matter of what stands under it."""
    passage = place.passage
    text = passage.body.text
    if passage.is_heading or passage.folded.shown.isupper():
        return True
    if passage.marker.kind in ("", "dash", "plus") or len(text) > 140 or text.endswith((".", ";")):
        return (
            whole(passage.body) is not None and len(text) < 140 and after is not None and after.above[-1:] == (passage,)
        )
    if after is None or not after.above or after.above[-1] is not passage:
        return whole(passage.body) is not None
    return whole(passage.body) is not None or text.endswith(":") or len(text) < 90


def owner_of(headings: Sequence[Folded]) -> tuple[str, ...]:
    """The offices that the nearest heading names, alone or at the beginning of *… có trách nhiệm:*."""
    for line in reversed(headings):
        if named := persons(line):
            return named
        if found := whole(line):
            return tuple(names(line, found))
        opened = subject(line)
        if opened and (line.text.rstrip().endswith(":") or len(line.text) < 200):
            return tuple(names(line, opened))
    return ()


def subject_of(line: Folded) -> tuple[str, ...]:
    """Who acts in a clause: at its beginning, after an opening phrase, after *giao*."""
    if named := persons(line):
        return named
    found = subject(line)
    if found is None:
        return _after_opening(line) or _charged(line) or _after_matter(line)
    return tuple(names(line, found)) if found.end - found.start < len(line.text) - 3 else ()


def following_owner(clause: Clause, after: Sequence[Clause]) -> tuple[str, ...]:
    """Who acts in what comes next, where a clause names nobody; whom another sentence charges has his own matter."""
    for one in after:
        if found := subject_of(one.line):
            is_other = (
                one.sentence != clause.sentence and _CHARGES.match(one.line.text) and VERB.match(clause.line.text)
            )
            return () if is_other else found
    return ()


def _after_opening(line: Folded) -> tuple[str, ...]:
    for joint in re.finditer(r"[,:] ", line.text[:160]):
        rest = line.cut(joint.end(), len(line.text))
        inner = subject(rest) if _opens(line.text[: joint.start()]) else None
        if inner and inner.end < len(rest.text) - 3:  # what acts, not the end of a list: "… của đơn vị, địa phương"
            return tuple(names(rest, inner))
    return _after_deadline(line)


def _after_deadline(line: Folded) -> tuple[str, ...]:
    """*Chậm nhất 17 giờ ngày 20/6 các đơn vị gửi …*: who acts follows the day without a sign."""
    stated = find(line.text, line.shown)
    if not stated or line.text[: stated[0].start].strip(" -,"):
        return ()
    rest = line.cut(min(stated[0].end + 1, len(line.text)), len(line.text))
    inner = subject(rest) if starts_name(rest, 0) else None
    return tuple(names(rest, inner)) if inner and VERB.match(rest.text, inner.end + 1) else ()


def _charged(line: Folded) -> tuple[str, ...]:
    """*Về kiến nghị của Sở X: Giao Sở Y …*: who is charged, whatever is spoken of before."""
    for giving in _GIVES.finditer(line.text):
        rest = line.cut(giving.end(), len(line.text))
        if starts_name(rest, 0) and (inner := subject(rest)):
            return tuple(names(rest, inner))
    return ()


def _after_matter(line: Folded) -> tuple[str, ...]:
    """*Tuần lễ đọc sách: các trường tổ chức …*: the matter, then who acts in it."""
    joint = re.search(": ", line.text[:_MATTER])
    if not joint or label_of(line):
        return ()
    rest = line.cut(joint.end(), len(line.text))
    inner = subject(rest) if starts_name(rest, 0) else None
    does = _ASIDE.match(rest.text, inner.end) if inner else None
    if not inner or not does or not VERB.match(rest.text, does.end()):
        return ()
    return tuple(names(rest, inner))


def bracketed(line: Folded) -> tuple[tuple[str, ...], bool]:
    """*… (Phòng X chủ trì, xong trong quý I)*: whom the brackets charge, and whether with more than a name."""
    dated = [one.start for one in find(line.text, line.shown)]
    for bracket in _BRACKET.finditer(line.text):
        start, end = bracket.span("inner")
        if not starts_name(line, start):
            continue
        limit = min((place for place in dated if place > start), default=end)
        inner = line.cut(start, min(limit, end))
        reached = reach(inner, 0)
        rest = line.text[start + (reached or 0) : end].strip(" ,:;-")
        is_end = not line.text[bracket.end() :].strip(" .;,")
        stands_apart = line.text[: start - 1].rstrip().endswith(".")
        is_charge = rest or stands_apart or not _TO_WHOM.search(line.text[: start - 1])
        if reached and (_DOES.match(rest) or (is_end and is_charge)):
            return tuple(names(inner, Mention(0, reached))), bool(rest) or stands_apart
    return (), False


def doer_of(line: Folded) -> tuple[str, ...]:
    """*…, do Sở X chủ trì*: an act that nobody was named for names its doer after it."""
    for agent in _BY.finditer(line.text):
        end = reach(line, agent.end()) if starts_name(line, agent.end()) else None
        if end and _DOES.match(line.text, end):
            return tuple(names(line, Mention(agent.end(), end)))
    return ()


def _opens(text: str) -> bool:
    """*Căn cứ tình hình thực tiễn, các sở …*, *Trước ngày 5/6, Sở …*: an opening phrase before who acts."""
    return bool(_OPENING.match(text))


def chain(
    line: Folded, dated: list[Resolved], who: tuple[str, ...]
) -> Iterator[tuple[Folded, tuple[str, ...], list[Resolved]]]:
    """`gửi A trước X để B báo cáo C trước Y`: what stands after *để* with a day of its own is B's (or A's)."""
    for purpose in _FOR.finditer(line.text):
        first = [one for one in dated if one.end <= purpose.start() + 1]
        second = [one for one in dated if one.start >= purpose.end() - 1]
        if not first or not second or len(first) + len(second) < len(dated):
            continue
        piece, rest = line.cut(0, purpose.start()), line.cut(purpose.end(), len(line.text))
        owner = _next_owner(piece, rest, who)
        yield piece, who, first
        yield rest, owner, second
        return
    yield line, who, dated


def _next_owner(piece: Folded, rest: Folded, who: tuple[str, ...]) -> tuple[str, ...]:
    if starts_name(rest, 0) and (found := subject(rest)):
        return tuple(names(rest, found))
    recipient = roles(piece).submit_to
    return (_BRACKET.sub("", recipient).strip(),) if recipient else who
