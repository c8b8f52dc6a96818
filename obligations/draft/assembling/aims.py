"""Aims: *phấn đấu …*, *tỷ lệ … đạt 80% trong năm*. Their day is no duty's; a paper about aims is one like any other."""

from __future__ import annotations

import re

from obligations.draft.deadlines.resolving import Resolved
from obligations.draft.text import lax
from obligations.draft.units.words import VERB

DONE = re.compile(r"(?:hoàn thành|xong|kết thúc|hoàn tất|đạt|phải)")
_STRIVES = re.compile(r"phấn đấu")
_AIM = re.compile(
    r"(?:phấn đấu|(?<!chương trình )mục tiêu|(?<!hoàn thành )(?<!hoàn thành các )(?<!hoàn thành 100% )(?<!hoàn thành toàn bộ )chỉ tiêu|tỷ lệ|định hướng|tầm nhìn|kế hoạch giai đoạn|lộ trình)"
)
# What is done with a paper, or a figure, that says what is aimed at.
_DEALS = re.compile(
    r"(?<!\w)(?:xây dựng|ban hành|giao|phân bổ|phân khai|rà soát|điều chỉnh|công bố|thẩm định|phê duyệt|(?<!chương )(?<!công )(?<!quy )(?<!lộ )(?<!tờ )trình|lập|cập nhật|báo cáo|cụ thể hóa|đăng ký|"
    r"hướng dẫn|hoàn thiện|tổng hợp|thống kê|khảo sát|xác định|đề xuất|thông báo|công khai|niêm yết|tham mưu|bổ sung|sửa đổi|kiểm tra|giám sát|đánh giá|"
    r"sơ kết|tổng kết|lồng ghép|đưa|chốt|phổ biến|quán triệt|góp ý|lấy ý kiến|ký giao|thống nhất|thông qua|hoàn chỉnh|soạn thảo|soạn)(?!\w)[^;:.()]{0,80}$"
)
# What raises the figure itself, or says how high: *giảm tỷ lệ …*, *… đạt 90%*.
_LEVEL = re.compile(
    lax(r"(?<!\w)(?:nâng|giảm|tăng|hạ|kéo|đạt|duy trì|bảo đảm|đảm bảo|lên|xuống|trên|dưới)(?!\w)|\d[\d.,]* ?%")
)
_FIGURE = re.compile(r"mục tiêu|chỉ tiêu|tỷ lệ")  # what may be so and so high; a *lộ trình* is but a paper
# *Để đạt mục tiêu đề ra, …*: what is aimed at is said first, then what is to be done for it.
_PURPOSE = re.compile(lax(r"(?:để|nhằm|vì|căn cứ|theo|trên cơ sở|bám sát|gắn với)(?!\w)"))


# A share or a figure that stands first, under a heading of aims: *100% hộ được cấp nước trước ngày …*.
_MEASURED = re.compile(lax(r"\W*(?:(?:có |trên |ít nhất |tối thiểu )*\d[\d.,]* ?%|tỷ lệ|số )"))


def is_measured(text: str) -> bool:
    """Whether a clause begins with how much is to be reached."""
    return _MEASURED.match(text) is not None


def is_strict(one: Resolved) -> bool:
    """A day named after trước, chậm nhất: nobody says it of an aim alone."""
    return (
        one.form is not None and ("before" in one.form or "by" in one.form) and not one.weak and "start" not in one.form
    )


def is_aim(one: Resolved, text: str) -> bool:
    """Whether a clause says what is aimed at by that day, rather than what is to be done."""
    before = text[: one.start]
    aim = _AIM.search(before)
    if not aim or (is_strict(one) and DONE.search(before)) or _is_set_off(one, text):
        return False
    return _STRIVES.search(before) is not None or not (_is_dealt_with(before, aim) or _is_purpose(before, aim))


def _is_set_off(one: Resolved, text: str) -> bool:
    """*Cụ thể hóa các chỉ tiêu …, hoàn thành trong năm 2026*: the act is due, whatever it deals with."""
    before = text[: one.start]
    is_done = DONE.match(text, one.start) or re.search(r"[,;] (?:hoàn thành|xong) $", before)
    return bool(is_done and re.search(r"[,;] (?:\w+ \w+ )?$", before) and not before.startswith("phấn đấu"))


def _is_dealt_with(before: str, aim: re.Match[str]) -> bool:
    """*Ban hành lộ trình …*, *công bố tỷ lệ …*: the aim is the matter of a paper."""
    act = _DEALS.search(before[: aim.start()])
    told = len(before) if _FIGURE.match(aim[0]) else aim.end()
    return act is not None and not _LEVEL.search(before, act.start(), told)


def _is_purpose(before: str, aim: re.Match[str]) -> bool:
    """The aim stands in an opening phrase; after its comma something is done that names no figure."""
    if not _PURPOSE.match(before):
        return False
    _, comma, rest = before[aim.end() :].partition(", ")
    return bool(comma and VERB.search(rest) and not _AIM.search(rest) and not _LEVEL.search(rest))
