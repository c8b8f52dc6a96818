"""Names of offices in a folded sentence: where a name begins, how far it reaches, how a list of them is parted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from obligations.draft.text import Folded, lax
from obligations.draft.units.words import (
    ADDRESSED,
    ADVISERS,
    ASKS,
    ATTRIBUTE,
    BODIES,
    CHARGED,
    CLOSED,
    GOES_ON,
    HEAD,
    LACKING,
    MATTER,
    NOMINAL,
    PART,
    PLACED,
    PLURAL_START,
    SPREAD,
    STOPS,
    TAKES_PURPOSE,
    VERB,
)

_END = re.compile(r"[;:.()]")
_LEAD = re.compile(
    lax(
        r"(?:riêng |đối với |(?:trách nhiệm|nhiệm vụ)(?:, quyền hạn)? của (?=các |đoàn |sở |phòng |ban |văn phòng |ủy ban |ubnd |tổ |trung tâm )|ngoài ra,? |đồng thời,? |về phía |trong đó,? |các cơ quan, đơn vị gồm:? )+"
    )
)
_TAIL = re.compile(
    lax(
        r"(?:[ ,;:.\-]|(?<!\w)(?:và|có liên quan|liên quan|cùng|để|về|gồm|thì|nêu trên|trên địa bàn(?: tỉnh| huyện| xã| thành phố)?|biết)(?!\w))+$"
    )
)
_WORD = re.compile(r" (\w+)")
_QUA = re.compile(r" ?\([^()]{1,80}\)")
_ASKING = re.compile(
    lax(r" ?(?:trân trọng |kính )?(?:đề nghị|yêu cầu|giao|phân công|ủy quyền|đồng ý|thống nhất)(?!\w)")
)
_MOST = 160
# What no office is made for: after *Ban Chỉ đạo*, *Hội đồng*, *các phòng, ban* it is what they do.
_NEVER_PURPOSE = re.compile(
    lax(
        r"(?:gửi|trình|nộp|báo cáo(?! viên)|họp|ban hành|hoàn thành|hoàn thiện|chủ trì|ký|công bố|sơ kết|tổng kết|đề nghị|đề xuất|mời|bố trí|tiếp tục|xem xét|quyết định|thống nhất|thông qua|kết thúc|rút kinh nghiệm|thông báo)(?!\w)"
    )
)
_COMMON = re.compile(lax(r"(?:phòng|sở|khoa), ban $"))
_LISTS = re.compile(lax(r" (?:bảng|danh sách|hồ sơ|dự toán|kế hoạch|biểu|báo cáo|phương án)(?!\w)"))
_TEAM = re.compile(lax(r"(?:tổ|đoàn) công tác $"))
_PAPERS = re.compile(lax(r"(?:hướng dẫn|báo cáo|thông báo|đề xuất|quyết định|kiến nghị)(?!\w)"))
# *Trung tâm Kiểm định xây dựng* báo cáo: offices of building; of others *xây dựng hướng dẫn* is what they do.
_BUILDS = re.compile(
    lax(
        r"(?:đầu tư|kiểm định|quản lý|chất lượng|trật tự|vật liệu|thi công|tư vấn|hoạt động|quy hoạch|giám định|kinh tế|công trình) $"
    )
)
_PLURAL = re.compile(rf"(?<!\w){PLURAL_START.pattern}")


@dataclass(frozen=True)
class Mention:
    """A name, or list of names, in a folded sentence."""

    start: int
    end: int


def starts_name(line: Folded, place: int) -> bool:
    """Whether a name of an office begins there: a head with a capital, or after *các*, *mỗi*."""
    if not HEAD.match(line.text, place):
        return False
    return line.shown[place].isupper() or bool(PLURAL_START.match(line.text, place))


def subject(line: Folded) -> Mention | None:
    """Who acts in a sentence, where it says so at its beginning."""
    skipped = _skip(line.text)
    found = _acting(line, skipped)
    if found is None and skipped:
        # *Sở Tư pháp thẩm định đề nghị xây dựng …*: it is not asked, it deals with what others ask.
        found = _acting(line, 0)
        if found and _ASKING.match(line.text, found.end):
            return None
    return found


def _acting(line: Folded, start: int) -> Mention | None:
    if not HEAD.match(line.text, start) or _is_verb(line, start):
        return None
    end = reach(line, start)
    return Mention(start, end) if end is not None and end > start else None


def _skip(text: str) -> int:
    """Past what may stand before the name: *Đề nghị*, *Giao*, *Riêng*."""
    place = 0
    for pattern in (_LEAD, ASKS, _LEAD):
        if found := pattern.match(text, place):
            place = found.end()
    return place


def _is_verb(line: Folded, place: int) -> bool:
    found = VERB.match(line.text, place)
    head = HEAD.match(line.text, place)
    if not found or not head or found.end() < head.end() or head[0].startswith("thanh tra"):
        return False
    is_standing = head[0] == "thường trực" and line.shown[head.end() + 1 : head.end() + 2].isupper()
    return not is_standing  # Thường trực HĐND xã is an office, thường trực sẵn sàng an act


def reach(line: Folded, start: int, most: int = _MOST) -> int | None:
    """Where a name or list of names ends: before a verb, a word that ends it, or a sign. None: a mere noun."""
    head = HEAD.match(line.text, start)
    if not head:
        return None
    if which := ADDRESSED.match(line.text, start) or LACKING.match(line.text, start):
        return which.end()
    end = min(len(line.text), start + most)
    spread = SPREAD.match(line.text, start)
    for sign in _END.finditer(line.text, spread.end() if spread else head.end(), end):
        if sign[0] != ";" or not HEAD.match(line.text, sign.end() + 1):
            end = sign.start()
            break
    advisers = ADVISERS.match(line.text, start)
    first = advisers.end() if advisers else head.end()
    if stop := STOPS.search(line.text, first, end):
        end = stop.start()
        if PLURAL_START.match(line.text, start) and (told := CHARGED.match(line.text, end)):
            return told.end()
    end = _closed(line, start, end)
    for verb in VERB.finditer(line.text, first, end):
        if _is_act(line, start, verb):
            end = verb.start()
            break
    return _trimmed(line, start, end)


def _trimmed(line: Folded, start: int, end: int) -> int:
    """Without what only joins a name to the words after it."""
    while (tail := _TAIL.search(line.text, start, end)) and tail.start() < end:
        end = tail.start()
    return end


def _closed(line: Folded, start: int, end: int) -> int:
    """Where a name that is complete ends: *Sở Y tế* in tài liệu, *Hội Nông dân tỉnh* vận động. Of several offices, no."""
    if not line.shown[start].isupper():
        return end
    for whole_name in CLOSED.finditer(line.text, start, end):
        follows = line.shown[whole_name.end() + 1]
        if follows.islower() and not _PLURAL.search(line.text, start, whole_name.end()):
            return whole_name.end()
    return _placed(line, start, end)


def _placed(line: Folded, start: int, end: int) -> int:
    """Where the name of a place ends the office's: *UBND thành phố Cao Phong* chỉnh trang, *UBND phường 5* vá."""
    for place in PLACED.finditer(line.text, start, end):
        stop = place.end()
        while (word := _WORD.match(line.text, stop)) and (line.shown[word.start(1)].isupper() or word[1].isdigit()):
            stop = word.end()
        goes_on = GOES_ON.match(line.text, stop) or not line.shown[stop + 1 : stop + 2].islower()
        if stop > place.end() and stop < end and not goes_on and not _PLURAL.search(line.text, start, stop):
            return stop
    return end


def _is_act(line: Folded, start: int, verb: re.Match[str]) -> bool:
    """Whether a verb begins the act, rather than standing in a name (Đoàn kiểm tra, Sở Kế hoạch và Đầu tư)."""
    if line.shown[verb.start()].isupper():
        return False
    before, word = line.text[start : verb.start()], verb[0]
    is_purpose = TAKES_PURPOSE.search(before) and not _NEVER_PURPOSE.match(word) and not _COMMON.search(before)
    is_public = word in ("lập", "trình") and before.endswith("công ")
    makes_lists = word == "lập" and _LISTS.match(line.text, verb.end())
    is_named_for = is_purpose or is_public or (ATTRIBUTE.search(before[-20:]) and not _TEAM.search(before))
    if is_named_for and not makes_lists:
        return False
    if word == "tổ chức" and BODIES.search(before):
        return False
    if word == "xây dựng" and _PAPERS.match(line.text, verb.end() + 1) and not _BUILDS.search(before):
        return True
    is_doubled = VERB.match(line.text, verb.end() + 1)
    if is_doubled and (PART.search(before + word) or (NOMINAL.fullmatch(word) and before.count(" ") > 1)):
        return False
    inside = before.rstrip().rsplit(" ", 1)[-1] if before.strip() else ""
    return not (inside in (",", "và") and _in_name(before, word))


_PAIRS = re.compile(lax(r"(?:phòng,?|xúc tiến|dịch vụ|thương mại|khuyến) $"))


def _in_name(before: str, _: str) -> bool:
    return bool(_PAIRS.search(before))


def names(line: Folded, mention: Mention) -> list[str]:
    """The names of a list as written. Joined names stay one where they are one list (*các sở, ban, ngành*)."""
    found: list[str] = []
    for start, end in _parts(line, mention):
        spread = SPREAD.match(line.text, start, end)
        found += _spread(line, spread, end) if spread else [line.shown[start:end]] if end > start else []
    return found


def _spread(line: Folded, spread: re.Match[str], end: int) -> list[str]:
    """*Các Sở: Y tế, Văn hóa, Thể thao và Du lịch*: each matter under the kind of office said before them."""
    kind = line.shown[spread.start("kind") : spread.end("kind")]
    found: list[str] = []
    place = spread.end()
    while place < end:
        matter = MATTER.match(line.text, place, end)
        joint = _JOINT.search(line.text, matter.end() if matter else place, end)
        stop = joint.start() if joint else end
        found.append(f"{kind[:1].upper()}{kind[1:]} {line.shown[place:stop].strip()}")
        place = joint.end() if joint else end
    return found


def _parts(line: Folded, mention: Mention) -> Iterator[tuple[int, int]]:
    start = mention.start
    for cut, after in _cuts(line, mention):
        yield start, cut
        start = after
    yield start, mention.end


_JOINT = re.compile(r" ?; ?(?:và )?|, (?:và )?| và ")
_LEVEL = re.compile(
    lax(r"(?:huyện|thị xã|thành phố|xã|phường|thị trấn|quận|ban|ngành|đơn vị|địa phương|đoàn thể|tổ chức)")
)


def _cuts(line: Folded, mention: Mention) -> Iterator[tuple[int, int]]:
    for joint in _JOINT.finditer(line.text, mention.start, mention.end):
        if ";" in joint[0] or _is_new_name(line, joint.end(), mention):
            yield joint.start(), joint.end()


def _is_new_name(line: Folded, place: int, mention: Mention) -> bool:
    """After a comma or *và*: a capital head (and not the same head's list), or a plural of its own."""
    if place >= mention.end or not starts_name(line, place):
        return False
    before = line.text[mention.start : place]
    first = HEAD.match(line.text, place)
    word = first[0] if first else ""
    if PLURAL_START.match(line.text, place):
        return not _is_same_list(before, word)
    # Sở Văn hóa, Thể thao: a capital inside a name is no head; a head after "Sở Kế hoạch và" would be.
    if re.search(lax(r"văn phòng (?:hđnd|hội đồng nhân dân|đoàn đbqh)[\w, ]* và $"), before[-60:]):
        return False  # Văn phòng HĐND và UBND is one office
    return not (before.rstrip().endswith("và") and word in ("bộ", "ban", "khu ", "ngành"))


def _is_same_list(before: str, word: str) -> bool:
    """*Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội* is one list, as *các sở, các ngành* is."""
    return bool(re.search(lax(r"(?:mặt trận tổ quốc|mttq)[^;]* và $"), before)) and "tổ chức" in word


def whole(line: Folded) -> Mention | None:
    """The list that a heading or cell is, if it is nothing else."""
    start = _skip(line.text)
    if not HEAD.match(line.text, start):
        return None
    end = reach(line, start, len(line.text) + 1)
    if end is None:
        return None
    rest = _QUA.sub("", line.text[end:])
    return Mention(start, end) if not rest.strip(" ,;:.-") else None


def listed(line: Folded) -> list[str]:
    """The names of a cell: lines, semicolons and lists."""
    mention = Mention(0, len(line.text.rstrip(" .;:,")))
    return [name.strip(" .;:,-") for name in names(line, mention) if name.strip(" .;:,-")]


def longest(line: Folded, place: int, known: Sequence[str]) -> int:
    """The end of the longest known name that begins there, or `place`."""
    ends = [place + len(name) for name in known if line.text.startswith(name, place)]
    return max(ends, default=place)
