"""How a due date came about: the plan's words, the rule, the days that mattered."""

from __future__ import annotations

from obligations.web.english.sentences.ladder import DAYS

WORDS = {
    "Mục {=} ghi “{=}”": "Section {=} says “{=}”",
    "Mục {=}": "Section {=}",
    # A fixed day
    "từ ngày {#}": "from {#}",
    "trước ngày {#}": "before {#}",
    "trước ngày {#}, tức hết ngày {#}": "before {#}, so by the end of {#}",
    "cơ quan quy định hết ngày đó vẫn tính đúng hạn": "by this office's rule that whole day is still in time",
    "ngày {#}": "on {#}",
    "chậm nhất ngày {#}": "on {#} at the latest",
    "chậm nhất {#} ngày {#}": "at {#} on {#} at the latest",
    "trước {#} ngày {#}": "before {#} on {#}",
    "văn bản {=} ấn định ngày {#}": "document {=} sets {#}",
    # A period
    "quý I năm {#}": "quarter I of {#}",
    "quý II năm {#}": "quarter II of {#}",
    "quý III năm {#}": "quarter III of {#}",
    "quý IV năm {#}": "quarter IV of {#}",
    "tháng {#} năm {#}": "month {#} of {#}",
    "trước {}, tức hết ngày liền trước ngày đầu {}": "before {}, so by the end of the day before the first day of {}",
    "trong {}: ngày cuối": "within {}: its last day",
    "kế hoạch chỉ nêu năm, chưa nêu ngày": "the plan gives only the year, no day",
    "kế hoạch không nêu ngày, lấy ngày cuối kỳ": "the plan gives no day, so the period's last one",
    "kế hoạch không nêu ngày, lấy ngày cuối kỳ của kỳ sau": "the plan gives no day, so the next period's last one",
    "kỳ sau": "in the next period",
    "tháng không có ngày {#} nên lấy ngày cuối tháng (Điều 148.3 BLDS)": (
        "the month has no day {#}, so its last one (Civil Code, article 148.3)"
    ),
    # A count (and below)
    "chưa có ngày nên chưa tính được hạn": "its day is not known, so neither is the deadline",
    "không tính thứ Bảy, Chủ nhật": "Saturdays and Sundays left out",
    "không tính thứ Bảy, Chủ nhật, có tính ngày làm bù {=}": "Saturdays and Sundays left out, but {=} is worked",
    "không tính ngày nghỉ lễ {=}": "the holidays {=} left out",
    "không tính ngày nghỉ lễ {=}, có tính ngày làm bù {=}": "the holidays {=} left out, but {=} is worked",
    "hết ngày {#} là ngày nghỉ ({}), kết thúc ở ngày làm việc tiếp theo (Điều 148.5)": (
        "its end {#} is a day off ({}), so it ends on the next working day (article 148.5)"
    ),
    # A rule
    "lặp lại theo quy tắc {=}": "repeated by the rule {=}",
    "lặp lại theo quy tắc {=} trước {#}": "repeated by the rule {=} before {#}",
    # What the calendar adds (and below)
    "năm {#} theo lịch dự kiến": "{#} by an expected calendar",
}
_COUNTED = {
    "1 ngày": "1 day",
    "1 ngày làm việc": "1 working day",
    "1 tháng": "1 month",
    "{#} ngày": "{#} days",
    "{#} ngày làm việc": "{#} working days",
    "{#} tháng": "{#} months",
}
_FROM = {
    "ngày ban hành": "the day of issue",
    "sự kiện {=}": "the event {=}",
    "khi hoàn thành {=}": "the completion of {=}",
}
for _span, _english in _COUNTED.items():
    for _anchor, _its in _FROM.items():
        WORDS[f"{_span} kể từ {_anchor};"] = f"{_english} from {_its};"
        WORDS[f"{_span} kể từ {_anchor} {{#}}, tính từ ngày tiếp theo (Điều 147 BLDS)"] = (
            f"{_english} from {_its} {{#}}, counted from the next day (Civil Code, article 147)"
        )
for _day, _its in DAYS.items():
    for _named in ("", " ({=})"):
        WORDS[f"{_day}{_named} là ngày nghỉ, hạn giữ nguyên, nhắc vào ngày làm việc trước đó"] = (
            f"{_its}{_named} is a day off: the deadline stays, the reminder leaves on the working day before"
        )
