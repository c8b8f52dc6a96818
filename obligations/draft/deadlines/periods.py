"""The words of what recurs: *hằng tháng*, *02 lần/năm*, *mỗi tuần 2 số* (B5). Each is a token `r` of the lexicon."""

from __future__ import annotations

from obligations.draft.deadlines.readers import read_recurring
from obligations.draft.deadlines.word import EVERY, NO_NAME, SPELT, Word

# What is counted of each period.
_THINGS = r"(?:số|tin|bài|tin, bài|tin bài|buổi|lượt|cuộc|chuyên mục|chuyên đề|lớp|hội nghị|ngày|mô hình|công trình)"
_TIMES = "0?[2-4]|hai|ba|bốn"
PERIODS = (
    Word(
        "r",
        rf"{EVERY} (?P<n>0?2|0?3|0?6|hai|ba|sáu)? ?(?P<unit>ngày(?: làm việc)?|tuần|tháng|quý|năm)(?: (?:ít nhất )?(?:0?1|một) (?:lần|kỳ|đợt))?(?! \d)",
        read_recurring,
        "B5",
    ),
    Word("r", rf"{EVERY} (?P<unit>tháng|quý|năm|tuần) (?:ít nhất )?(?P<times>{_TIMES}) lần", read_recurring, "B5"),
    Word(
        "r",
        rf"(?:ít nhất )?(?:0?1|một) (?:lần|kỳ|đợt|báo cáo|lớp|cuộc|buổi|hội nghị|phiên|khóa) ?(?:/|mỗi|trong|một|hằng|hàng)(?: một)? ?(?P<unit>ngày|tuần|tháng|quý|năm){NO_NAME}",
        read_recurring,
        "B5",
    ),
    Word(
        "r",
        rf"(?:ít nhất )?(?P<times>{_TIMES}) lần ?(?:/|mỗi|trong|một) ?(?P<unit>tuần|tháng|quý|năm){NO_NAME}",
        read_recurring,
        "B5",
    ),
    Word(
        "r",
        rf"{EVERY} (?P<unit>tuần|tháng|quý|năm){NO_NAME} (?:có |đăng |phát |ít nhất |tối thiểu )*\d\d? (?:{_THINGS}|kỳ|đợt|phiên)(?! (?:trong|thứ))",
        read_recurring,
        "B5",
    ),
    Word(
        "r",
        rf"(?P<times>{_TIMES}) (?:đợt|kỳ|phiên) ?(?:/|mỗi|trong một|một) ?(?P<unit>tuần|tháng|quý|năm)",
        read_recurring,
        "B5",
    ),
    # How many of each period: due by its end.
    Word(
        "r",
        rf"(?:ít nhất |tối thiểu )?\d\d? {_THINGS} ?(?:/|mỗi|trong một|một) ?(?P<unit>tuần|tháng|quý|năm)",
        read_recurring,
        "B5",
    ),
    Word("r", rf"(?P<times>{_TIMES}) ngày (?:/ ?|mỗi |trong |một )?(?P<unit>tháng)(?! ?\d)", read_recurring, "B5"),
    Word("r", rf"{EVERY} (?P<unit>học kỳ|vụ)(?: (?:ít nhất )?\d\d? lần)?", read_recurring, "B5"),
    Word("r", r"(?:ít nhất )?\d\d? lần ?(?:/|mỗi|trong|một) ?(?P<unit>học kỳ|vụ)", read_recurring, "B5"),
    Word(
        "r",
        rf"(?P<n>\d\d?|{SPELT})? ?(?P<unit>ngày|tuần|tháng|quý|năm) ?(?:/ ?| )(?:0?1 |một )?lần(?! thứ)",
        read_recurring,
        "B5",
    ),
    Word("r", r"chu kỳ (?P<n>\d\d?) (?P<unit>tháng|quý|năm|tuần)", read_recurring, "B5"),
    Word(
        "r",
        r"định kỳ (?:theo )?(?P<n>\d\d?|hai|ba|sáu)? ?(?P<unit>ngày|tuần|tháng|quý|năm)(?: ?(?:/|một) ?(?:0?1 |một )?lần)?(?! ?\d)(?!,? (?:cuối|đầu|sau|trước))",
        read_recurring,
        "B5",
    ),
    Word("r", r"\(tháng\)", lambda _: {"kind": "month"}, "B5"),
)
