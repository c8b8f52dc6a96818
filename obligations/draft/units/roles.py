"""Phối hợp, gửi về, báo cáo, trình: who helps and who receives, in a folded sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from obligations.draft.text import Folded, lax
from obligations.draft.units.mentions import Mention, names, reach, starts_name
from obligations.draft.units.words import HEAD

_HELP = re.compile(lax(r"(?<!\w)(?:phối hợp(?: chặt chẽ)?(?: cùng)?(?: với)?|cùng với|phối hợp cùng|cùng) "))
_SEND = re.compile(
    lax(
        r"(?<!\w)(?:báo cáo (?:tiến độ|kết quả|tình hình|số liệu) [\w ]{1,30}?(?<!hợp\s)với|gửi(?: (?:báo cáo|kết quả|danh sách|số liệu|hồ sơ|văn bản))?(?: về| đến| cho)?|trình|(?:giao )?nộp(?: về| cho| vào| lưu vào)?|bàn giao [\w ]{0,30}?cho|chuyển(?: cho| đến| về)?|báo cáo(?: kết quả| tình hình| nhanh| giải trình)?(?: thực hiện)?(?: về| với| cho| lên| đến)?|"
        r"tham mưu(?: cho| giúp)?|đề nghị|kiến nghị|(?:quyết toán|đăng ký) [\w, ]{0,40}?với|cung cấp [\w ]{0,30}?cho|(?:thông )?qua|về|đến|cho) "
    )
)
_WEAK = re.compile(lax(r"(?:(?:thông )?qua|về|đến|cho|đề nghị|kiến nghị) $"))
# Who gets a copy, in brackets behind who receives.
_COPIED = re.compile(lax(r" ?\((?:đồng (?:thời )?(?:gửi|kính gửi)|và gửi|gửi kèm)(?!\w)"))
# Through which office it goes belongs to who receives; by which mail or telephone does not.
_QUA = re.compile(
    lax(
        r" ?\((?!b/c|để b|(?:(?:gửi )?(?:qua|theo|bằng|vào) )?(?:địa chỉ|hộp thư|thư|thư điện tử|email|e-mail|mail|zalo|fax|điện thoại|đt|số điện thoại|đường|hệ thống|phần mềm|trục|cổng|bưu điện)(?!\w))[^()]{2,80}\)"
    )
)
_VIA = re.compile(lax(r" (?:\()?(?:qua|thông qua) "))
_PURPOSE = re.compile(lax(r" để (?!b/c)"))
# Where a paper goes in the end is part of its name; where it is sent by the day comes after.
_PAPER = re.compile(lax(r"(?:nghị quyết|tờ trình|hồ sơ|đề án|văn bản|nội dung|báo cáo|dự thảo) $"))
_GATHERS = re.compile(
    lax(r"(?<!\w)để (?=(?:văn phòng|phòng|sở|ban|ubnd|ủy ban|bộ|trung tâm|thường trực|cơ quan)(?!\w))")
)
_POST = re.compile(lax(r"(?:lãnh đạo|giám đốc|chủ tịch|thủ trưởng|chánh|trưởng) "))
_OVER = re.compile(lax(r"(?:công đoàn|cấp ủy|tổ chức đảng|cơ quan|đơn vị|đoàn|hội) cấp trên(?!\w)"))
_FUND = re.compile(lax("quỹ(?!\\w)"))
_ACTS = re.compile(lax(r"tham mưu(?: cho| giúp)? $"))


@dataclass(frozen=True)
class Roles:
    coordinating: tuple[str, ...] = ()
    submit_to: str | None = None


def roles(line: Folded) -> Roles:
    """Coordinating units and the recipient of a sentence. The last recipient named for sending wins over who is advised."""
    return Roles(tuple(_coordinating(line)), _recipient(line))


def _coordinating(line: Folded) -> list[str]:
    found: list[str] = []
    for helper in _HELP.finditer(line.text):
        start = helper.end()
        if starts_name(line, start) or HEAD.match(line.text, start):
            end = reach(line, start)
            if end and end > start:
                found += [name for name in names(line, Mention(start, end)) if name not in found]
    return found


def _recipient(line: Folded) -> str | None:
    best: tuple[int, str] | None = None
    purpose = _PURPOSE.search(line.text)
    for sender in _SEND.finditer(line.text, 0, purpose.start() if purpose else len(line.text)):
        start = sender.end()
        is_copy = line.text.endswith(("(đồng ", "(đồng kính "), 0, sender.start())
        if is_copy or (not starts_name(line, start) and not _is_post(line, start)):
            continue
        end = reach(line, start)
        if not end or end <= start:
            continue
        name = _first(line, start, end)
        if sender[0].startswith("nộp") and _FUND.match(name.lower()):
            continue  # money is paid there, no result is received
        is_named = sender[0].startswith("trình") and _PAPER.search(line.text[: sender.start()])
        rank = 1 if is_named or _ACTS.search(sender[0]) else 0 if _WEAK.fullmatch(sender[0]) else 2
        if rank == 0 and not _is_sent(line.text, sender.start()):
            continue
        if best is None or rank > best[0]:
            best = rank, name
    return best[1] if best else _gatherer(line)


def _is_post(line: Folded, place: int) -> bool:
    """*lãnh đạo Sở*, *công đoàn cấp trên*: a post, and who stands over one, may be written without a capital."""
    if _OVER.match(line.text, place):
        return True
    post = _POST.match(line.text, place)
    return bool(post and line.shown[post.end() : post.end() + 1].isupper())


def _gatherer(line: Folded) -> str | None:
    """*gửi báo cáo để Văn phòng Sở tổng hợp*: who is to gather it receives it."""
    gathering = _GATHERS.search(line.text)
    if not gathering or not _is_sent(line.text, gathering.start()) or not starts_name(line, gathering.end()):
        return None
    end = reach(line, gathering.end())
    is_gatherer = end and re.match(lax(" (?:tổng hợp|theo dõi|thẩm định|xem xét)(?!\\w)"), line.text[end:])
    return _first(line, gathering.end(), end) if end and is_gatherer else None


def _is_sent(text: str, place: int) -> bool:
    """*về Sở Nội vụ* receives where something is sent or reported before it."""
    return bool(
        re.search(
            lax(
                r"(?:gửi|báo cáo|nộp|chuyển|trả|thông báo|thông tin|bàn giao|khai báo|quyết toán|phản ánh|cung cấp|đăng ký)"
            ),
            text[:place],
        )
    )


def _first(line: Folded, start: int, end: int) -> str:
    name = names(line, Mention(start, end))[0]
    stop = start + len(name)
    found = _QUA.match(line.text, stop)
    if found and not _COPIED.match(line.text, stop):
        return line.shown[start : found.end()]
    return name
