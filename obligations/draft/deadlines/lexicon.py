"""The words of deadlines, each a token of one letter: the rules (`rules.py`) are patterns over these letters.

Sources are the groups of expressions B1 to B9 that the documents in hand were read for; each row names its own.
"""

from __future__ import annotations

from obligations.draft.deadlines.periods import PERIODS
from obligations.draft.deadlines.readers import (
    THIS,
    YEARS,
    read_blank,
    read_count,
    read_date,
    read_date_months,
    read_days,
    read_days_listed,
    read_edge,
    read_edge_month,
    read_half,
    read_hour,
    read_inner,
    read_month,
    read_next,
    read_quarter,
    read_stage,
    read_weekday,
)
from obligations.draft.deadlines.word import EVERY, SPELT, Word

_DAY = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<m>0?[1-9]|1[0-2])"
_DAYS = rf"(?<![\d.,/-])(?:ngày )?(?P<open>\d{{1,2}})(?: ?- ?| (?:đến|tới|và) (?:ngày )?){_DAY}"
_YEAR = r"(?P<y>\d{4})(?!\d)"
_SEP = " ?[/.-] ?"
_LATER_YEAR = f"(?:{_SEP}(?P<y>\\d{{4}})(?!\\d)|,? năm (?P<y2>\\d{{4}})(?!\\d))"
_NOT_FIGURES = r"(?![\d%]|[.,/-]\d)"
# What a figure like 12/14 counts, where no date stands.
_COUNTED = (
    r"(?! ?(?:tiêu chí|chỉ tiêu|xã|phường|huyện|thôn|bản|hộ|đơn vị|hồ sơ|thủ tục|người|trường|lớp|giờ|ngày|tháng|năm(?! (?:sau|liền|kế|tiếp))|lần|"
    r"tuổi|đại biểu|phiếu|điểm|km|ha|tấn|%|đồng|tỷ|triệu|nội dung|nhiệm vụ|cơ quan|dịch vụ|chuyên đề|công trình|dự án))"
)


# Where a list of days of the month is over: what comes next is no other day and no month of theirs.
_LIST_ENDS = rf"(?= (?:các|{EVERY}) tháng|\s*(?:[).;]|$)|,(?! ?(?:\d|tháng|ngày))|(?:,| và|, và) ngày (?:cuối|làm việc cuối)| (?:báo cáo|gửi|nộp|tổng hợp|họp|cập nhật|công khai)(?!\w))"
_NEXT = r"(?: sau| kế tiếp| tiếp theo| liền kề sau| liền kề| liền sau)"
WORDS = (
    # B9.10: the number of a document is no date, and a date after it belongs to it.
    Word(
        "v",
        r"(?:số(?: hiệu)?:? ?)?\d+[a-z]? ?(?:/ ?\d{4} ?)?[/-] ?[A-ZĐ][A-ZĐa-z]*(?:[&A-Za-zĐđ]*)(?: ?[-/] ?[A-ZĐ][\wĐ&.]*)*",
        source="B9",
    ),
    Word(
        "L",
        r"(?:ngày )?(?:mùng|mồng) \d\d? ?(?:tháng (?:giêng|chạp|\d+ âm lịch)|tết(?: nguyên đán)?(?: (?:giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý) \w+)?|âm lịch)|(?:ngày )?\d\d? ?(?:tháng )?(?:giêng|chạp)\b|(?:ngày )?rằm tháng \w+|giao thừa|(?:ngày |mùng |mồng )?\d\d?(?: ?[/.-] ?| tháng )\d\d?(?: ?[/.-] ?\d{4}|,? năm \d{4})? ?(?:\((?:âm lịch|âl)\)|âm lịch|âl(?![^\W\d_]))",
        source="B8",
    ),
    Word(
        "H",
        r"(?:(?:lúc|hồi) )?(?P<h>[01]?\d|2[0-4]) ?(?:giờ|h(?![^\W\d_])|[:g](?=\d\d)) ?(?P<min>[0-5]\d)?(?: ?(?:phút|ph|p)(?![^\W\d_])|['’′])?(?: (?:buổi )?(?P<part>sáng|trưa|chiều|tối|đêm)(?![^\W\d_]))?",
        read_hour,
        "B1",
    ),
    Word("H", r"(?:buổi )?trưa(?= (?:ngày|thứ|chủ nhật|mùng|\d))", lambda _: {"hour": "12:00"}, "B1", strict=True),
    Word("D", rf"(?:ngày )?{_DAY} tháng {_MONTH},? ?năm {_YEAR}", read_date, "B1"),
    Word("D", rf"(?:ngày )?{_DAY} tháng {_MONTH},? ?năm (?P<y>\d{{1,3}})(?!\d)", read_date, "B9"),
    Word("D", rf"(?:(?:ngày(?: làm việc)?|mùng|mồng) )?{_DAY}{_SEP}{_MONTH}{_SEP}{_YEAR}", read_date, "B1"),
    Word("D", rf"(?:ngày )?{_DAY}[/-]{_MONTH},? năm {_YEAR}", read_date, "B1"),
    Word("D", rf"ngày {_DAY}{_SEP}{_MONTH}{_SEP}(?P<y>\d{{1}}|\d{{3}}|\d{{5,}})(?!\d)", read_date, "B9"),
    Word("D", rf"(?:ngày )?{_DAY}/{_MONTH}/(?P<y>\d{{2}})(?![\d/])", read_date, "B9"),
    Word("D", rf"(?:ngày(?: mùng| mồng)?|mùng|mồng) {_DAY} tháng {_MONTH}(?!\d)", read_date, "B1"),
    Word("D", rf"{_DAY} tháng {_MONTH}(?! tuổi)(?!\d)", read_date, "B1"),
    Word(
        "E",
        rf"ngày {_DAY} (?:các )?tháng {_MONTH}(?P<more>(?:(?:,| và|, và) ?(?:tháng )?(?:0?[1-9]|1[0-2])(?![\d/]))+)(?=\s*(?:[.;)]|$)| (?:{EVERY}|của|về|gửi|báo cáo)(?!\w)|, \D)",
        read_date_months,
        "B5",
    ),
    Word("D", rf"(?:ngày|mùng|mồng) {_DAY} ?[/.-] ?{_MONTH}{_NOT_FIGURES}", read_date, "B1"),
    Word("D", rf"(?<![\d.,/-]){_DAY}[/-]{_MONTH}{_NOT_FIGURES}{_COUNTED}", read_date, "B1"),
    Word(
        "W",
        rf"{_DAYS}(?:{_SEP}{_MONTH}{_SEP}{_YEAR})",
        read_days,
        "B4",
    ),
    Word(
        "W",
        rf"{_DAYS} tháng {_MONTH},? năm {_YEAR}",
        read_days,
        "B4",
    ),
    # The day of the paper, with its date beside it.
    Word("D", rf"(?:ngày )?hôm nay,? ?\(?(?:ngày )?{_DAY}/{_MONTH}(?:/{_YEAR})?\)?", read_date, "B1"),
    Word("~", r"(?:tức|nghĩa)(?: là)?(?= (?:ngày|trước|chậm|hết|\d))", source="B6"),
    Word("o", r"(?:ngày )?hôm nay", source="B1"),
    Word("D", r"ngày ?(?:\.{2,}|…+|_{2,})[\d./…_ ]*(?:tháng ?[\d.…_]+)?(?: ?năm ?[\d.…_]+)?", read_blank, "B9"),
    Word("D", r"ngày ?(?:/ ?\d{0,2} ?/ ?20\d\d|tháng \d{1,2},? ?năm 20\d\d)(?!\d)", read_blank, "B9"),
    # A day or a month that no calendar has: 32/4/2026, 15/13/2026.
    Word("D", rf"ngày \d{{1,2}}{_SEP}\d{{1,2}}{_SEP}20\d\d(?!\d)", read_blank, "B9"),
    Word("M", rf"(?:các |t)?(?:tháng )?(?<![\d.,/-]){_MONTH}{_SEP}{_YEAR}", read_month, "B3"),
    Word(
        "M",
        rf"(?:các )?tháng {_MONTH}(?P<more>(?:(?:,| và|, và) ?(?:tháng )?(?:0?[1-9]|1[0-2])(?![\d/]))+)?(?:{_LATER_YEAR})?(?! tuổi)(?![\d])",
        read_month,
        "B3",
    ),
    Word("M", rf"tháng {_MONTH}(?P<more> ?- ?(?:0?[1-9]|1[0-2])){_LATER_YEAR}", read_month, "B4"),
    Word(
        "Q",
        rf"(?:các )?(?:quý|q\.) ?(?P<q>iii|ii|iv|i|111|11|1v|[1-4])(?![\w])(?P<more>(?:(?:,| và|, và| ?-) ?(?:quý )?(?:iii|ii|iv|i|[1-4])(?![\w]))+)?(?:{_LATER_YEAR})?",
        read_quarter,
        "B3",
    ),
    Word(
        "Q",
        r"(?<!kỳ )(?<!khóa )(?<!mục )(?<![\w./-])(?P<q>iii|ii|iv|i)(?P<more>)/(?P<y>20\d\d)(?![\d/-])",
        read_quarter,
        "B9",
        strict=True,
    ),
    # A month or a quarter that no year has: tháng 13/2026, quý V/2026.
    Word("M", r"tháng (?:1[3-9]|[2-9]\d|0?0)(?:/| năm )20\d\d(?!\d)", read_blank, "B9"),
    Word("Q", r"quý (?:vi?|[05-9])(?:/| năm )20\d\d(?!\d)", read_blank, "B9"),
    Word("S", rf"(?:(?:0?6|sáu) tháng|nửa) (?P<which>đầu|cuối) năm(?: {_YEAR})?", read_half, "B3"),
    *PERIODS,
    Word(
        "q",
        rf"(?:của )?(?:các )?tháng (?P<which>cuối cùng|cuối|đầu tiên|đầu|giữa|thứ (?:nhất|hai|ba|[1-3]))(?: của| trong)?(?: (?:mỗi|hằng|hàng|từng))? (?P<unit>quý|kỳ(?: báo cáo)?|(?<=cuối)(?! ?\d))(?P<next>{_NEXT})?",
        read_inner,
        "B5",
    ),
    Word(
        "q",
        r"(?:của )?tháng (?:của )(?P<which>cuối|đầu)(?: của)? (?P<unit>quý|kỳ(?: báo cáo)?)(?P<next> sau)?",
        read_inner,
        "B9",
    ),
    Word(
        "l",
        r"ngày (?P<edge>làm việc (?:cuối|đầu)|cuối|đầu)(?: cùng| tiên)?(?: của)?(?= (?:tháng|quý|năm|mỗi|hằng|hàng|từng|kỳ))",
        read_edge,
        "B5",
    ),
    Word(
        "k",
        r"(?P<edge>nửa đầu|nửa cuối|tuần (?:thứ )?\w+(?: tiên| cùng)?|thượng tuần|trung tuần|hạ tuần|(?:những|\d\d?|mười|năm) ngày (?:đầu|cuối)|(?:đầu tiên|cuối cùng)(?= (?:của )?(?:tháng|mỗi|hằng|hàng))|đầu|giữa|cuối)(?: của)?(?= (?:tháng|quý|năm|tuần|mùa|kỳ|mỗi|hằng|hàng)\b)(?! tháng (?:cuối|đầu))",
        read_edge,
        "B3",
        strict=True,
    ),
    Word("n", rf"(?:của )?(?P<unit>tháng|quý|năm|kỳ){_NEXT}", read_next, "B5", strict=True),
    Word("6", r"(?:0?6|sáu) tháng(?! ?(?:kể từ|tính từ|sau khi|liên tục|tuổi|/|một lần))", source="B5"),
    Word("9", r"(?:0?9|chín) tháng(?: đầu năm)?(?! ?(?:kể từ|tính từ|sau khi|liên tục|tuổi))", source="B5"),
    Word(
        "M",
        rf"(?<!\d )(?<!các )(?<!những )tháng (?P<edge>đầu|cuối)(?: tiên| cùng)?(?: của)? năm {_YEAR}",
        read_edge_month,
        "B3",
        strict=True,
    ),
    Word(
        "G",
        rf"(?:giai đoạn |(?:các |từ )?năm )?(?<!học )(?<!kỳ )(?<!khóa )(?<![\d./-])(?P<open>20\d\d) ?(?:-|đến) ?(?:năm )?{_YEAR}(?![/.-]\d)",
        read_stage,
        "B4",
        strict=True,
    ),
    Word("Y", rf"năm {_YEAR}", lambda found: {"year": int(found["y"]), "broken": int(found["y"]) not in YEARS}, "B3"),
    Word("D", rf"(?:ngày )?{_DAY} tháng này", lambda found: {"day": int(found["d"]), "kind": THIS}, "B1"),
    Word("M", "tháng này", lambda _: {"kind": THIS}, "B3", strict=True),
    Word("Q", "quý này", lambda _: {"kind": THIS}, "B3", strict=True),
    Word("Y", r"năm nay", lambda _: {"broken": False}, "B3"),
    Word("A", r"(?:cả |trọn |0?1 |một )?năm(?! (?:thứ|học|liên tục|tuổi))(?![\w])", source="B5", strict=True),
    Word(
        "c",
        rf"(?<![\d.,/])(?P<n>\d{{1,3}}|{SPELT})(?: ?\((?:\w+ ?){{1,3}}\))? ?(?P<unit>ngày làm việc|ngày|tuần|tháng|giờ)(?! ?(?:tuổi|liên tục|lần)| \d{{1,2}}[/.-]\d| \d{{1,2}} tháng)",
        read_count,
        "B6",
    ),
    Word(
        "N",
        rf"(?:(?:các|hai|ba|0[23]) )?(?:ngày(?: mùng| mồng)?|mùng|mồng) {_DAY}(?![\d%]|[.,/-]\d)(?! (?:tết|tháng \d))",
        lambda found: {"day": int(found["d"])},
        "B5",
    ),
    Word(
        "N",
        rf"(?<![\d.,/-]){_DAY}(?= (?:của )?(?:{EVERY} tháng|tháng cuối (?:quý|kỳ))(?!\w))",
        lambda found: {"day": int(found["d"])},
        "B9",
    ),
    Word(
        "N",
        rf"(?:(?:các|hai|ba|0[23]) )?(?:ngày|mùng|mồng) {_DAY}(?P<more>(?:(?:,| và|, và) ?(?:ngày )?\d{{1,2}})+)(?: của)?{_LIST_ENDS}",
        read_days_listed,
        "B5",
    ),
    # The last working day of a week has no word for its day.
    Word(
        "j",
        rf"ngày làm việc cuối(?: cùng)?(?: của| trong)? (?:{EVERY} )?tuần",
        lambda _: {"number": 4},
        "B5",
    ),
    # A week of each month, said after the month.
    Word(
        "K",
        r"tuần (?:thứ (?:nhất|hai|ba|tư|[1-4])|đầu(?: tiên)?|cuối(?: cùng)?)(?! (?:của )?(?:tháng|quý|năm|mỗi|hằng|hàng))",
        source="B5",
    ),
    Word("V", r"(?:(?:đầu|giữa|cuối) )?(?:tuần (?:này|tới|sau)|(?:tháng|quý) tới)", source="B3"),
    Word(
        "J",
        r"tại (?:kỳ|phiên) họp (?:thường lệ |thường kỳ )?(?:giữa năm|cuối năm|đầu năm|gần nhất|tới|tiếp theo)",
        source="B6",
    ),
    # A report of the week names its recurrence itself.
    Word(
        "U",
        r"(?:báo cáo|giao ban|họp|sinh hoạt) tuần(?! (?:này|tới|sau|trước(?! (?:\d|ngày|thứ|giờ))|thứ|đầu|cuối|lễ|\d))",
        source="B5",
    ),
    Word(
        "w",
        r"(?:(?:các|những|hai|0?2) )?(?:(?:buổi )?(?:sáng|chiều) )?(?:ngày )?(?:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật)(?![\w])",
        read_weekday,
        "B5",
        strict=True,
    ),
    Word("m", r"(?:của )?tháng(?! ?\d)", source="B5", strict=True),
    Word(
        "Z",
        r"(?:của )?quý(?! ?(?:iii|ii|iv|i|\d)\b)(?! (?:sở|cơ quan|đơn vị|vị|ban|phòng|đại))",
        source="B5",
        strict=True,
    ),
    Word("u", r"(?:kể )?từ nay(?: cho)?(?: đến| tới)?(?: hết(?= năm(?! \d)))?", source="B1"),
    Word("s", r"sớm nhất(?: (?:là|vào))*", source="B2"),
    # An event that is named without ngày; before "b", which is as long.
    Word(
        "B",
        r"(?:(?:xong|hoàn thành|chậm nhất) )?trước(?= (?:tết|mùa (?:mưa|bão|lũ|khô|cháy)|kỳ họp|phiên họp|năm học mới|khai giảng)(?!\w))",
        source="B6",
    ),
    Word(
        "B",
        r"(?:(?:xong|hoàn thành) )?trước khi(?= (?:bước vào |vào |đến |kết thúc |bắt đầu |khai mạc |diễn ra |tổ chức |tiến hành )?(?:mùa|tết|năm học|học kỳ|kỳ họp|vụ|kỳ thi|kỳ nghỉ|đại hội|bầu cử|cuộc bầu cử|ngày bầu cử|lễ|khai giảng|năm kế hoạch)(?!\w))",
        source="B6",
    ),
    Word(
        "b",
        r"(?:(?:xong|hoàn thành|kết thúc|chậm nhất|muộn nhất|đến|tới|hạn|thời hạn) )*trước(?: thời điểm| (?:dịp )?(?:nghỉ )?lễ(?= (?:ngày )?\d)| dịp(?= (?:ngày )?\d))?(?! (?:mắt|hết|khi|đây|tiên|mặt|pháp luật))",
        source="B1",
    ),
    Word(
        "B",
        r"(?:(?:xong|hoàn thành|kết thúc|chậm nhất|muộn nhất) )?trước (?P<kind>khi|ngày|thời điểm)(?= (?!tháng \d|thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])(?!\w)|chủ nhật|(?:làm việc )?(?:cuối|đầu)(?: cùng| tiên)?(?: của)? (?:tháng|quý|năm(?! học)|mỗi|hằng|hàng))[^\W\d])",
        lambda found: {"kind": "khi" if found["kind"] == "khi" else "ngày"},
        "B6",
    ),
    Word("=", r"(?:trong )?cùng ngày(?! ?\d)", source="B1"),
    Word(
        "t",
        r"(?:xong |hoàn thành |kết thúc )?(?:(?:chậm|muộn|trễ) nhất(?: là)?|không (?:muộn|chậm|trễ|quá)(?: hơn| quá)?|không (?:để|được|kéo dài)(?: \w+){0,3}? quá(?= ngày \d)|hạn (?:chót|cuối|nộp|gửi)(?: là)?|thời hạn(?: là)?|đến hết|cho đến hết|hết(?= (?:ngày|tháng|quý|năm \d))|trong(?= (?:(?:buổi )?(?:sáng |trưa |chiều |tối |đêm ))?ngày)|đúng(?= (?:vào )?ngày)|trước (?:buổi )?(?:chiều tối|chiều|tối|đêm)(?= (?:ngày|mùng|\d))|xong)(?: (?:vào|trong|đến|sau|hết|là))*",
        source="B2",
    ),
    Word("t", r"là(?: vào| trước| hết)?(?= ngày \d)", source="B2"),
    # To the end of a day's work, or of the day.
    Word(
        "t",
        r"(?:(?:trước |đến )?(?:khi )?(?:hết|kết thúc) (?:giờ|thời gian) (?:làm việc|hành chính)(?: của)?|trước (?:hoặc trong|hết)|cuối(?: (?:giờ|buổi))?(?: (?:chiều|làm việc))?)(?= ngày \d)",
        source="B2",
    ),
    Word("t", r"(?:ít nhất|tối thiểu)(?: là)?(?= \d\d? (?:ngày|tuần)(?!\w))", source="B6"),
    Word(
        "i",
        r"(?:(?:xong|hoàn thành|thực hiện) )?(?:(?:trong |vào |ngay )+(?:buổi )?(?:sáng|trưa|chiều|tối|đêm)(?= (?:ngày|mùng|\d))|trong vòng|trong thời hạn|trong thời gian|ngay trong|trong|vào lúc|vào dịp(?= (?:ngày )?\d\d?/\d\d?)|vào)",
        source="B3",
    ),
    Word("f", r"(?:bắt đầu |kể )?từ", source="B4"),
    Word("e", r"(?:cho )?(?:đến|tới)(?! nay)", source="B4"),
    Word("a", r"(?:(?:kể|tính) (?:cả )?từ|(?:ngay )?sau khi|từ khi|sau ngày|từ lúc|trước khi)", source="B6"),
    Word("g", r"sau(?! (?:đó|đây|này|cùng|khi))", source="B6", strict=True),
    Word("z", r"định kỳ", source="B5"),
    Word("&", r",|(?<!\w)(?:và|hoặc)(?!\w)", source="B5"),
    Word(";", r";", source="B5"),
    Word("-", r"-", source="B4"),
    Word("(", r"\(", source="B8"),
    Word(")", r"\)", source="B8"),
    Word(":", r":", source="B3"),
)
