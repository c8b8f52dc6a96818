"""A deadline that the grammar does not allow, as whoever types one into a form meets it."""

from __future__ import annotations

WORDS = {
    "kế hoạch chưa có ngày ban hành nên không biết kỳ đầu tiên.": (
        "The plan has no day of issue, so its first period is not known."
    ),
    "ghi thêm from: kỳ đầu tiên phải thực hiện": "add from: the first period that is owed",
    "kế hoạch chưa có ngày ban hành nên không biết quy tắc lặp bắt đầu từ ngày nào.": (
        "The plan has no day of issue, so the first day of the rule is not known."
    ),
    "ghi thêm from: ngày bắt đầu, ví dụ 2022-07-08": "add from: the first day, as 2022-07-08",
    "quy tắc lặp cho quá {} ngày mỗi năm.": "The rule gives more than {} days a year.",
    "bớt ngày trong quy tắc, hoặc dùng every": "take days out of the rule, or use every",
    "hạn chưa thuộc dạng nào.": "The deadline is of no known form.",
    "dùng đúng một trong: by, before, within, every, after, rrule": (
        "use just one of: by, before, within, every, after, rrule"
    ),
    "khóa {} không có trong ngữ pháp hạn.": "A deadline has no key {}.",
    "{} không đi cùng {}.": "{} does not go with {}.",
    "mỗi nhiệm vụ một hạn: bỏ {} hoặc {}; hai hạn thì tách hai nhiệm vụ": (
        "one deadline an obligation: leave out {} or {}; two deadlines are two obligations"
    ),
    "với {} chỉ dùng {}": "with {} only {} is used",
    "by và before không đi cùng nhau.": "by and before do not go together.",
    "giữ lại một": "keep one",
    "to sớm hơn from.": "to is earlier than from.",
    "đổi lại thứ tự hai kỳ": "change the order of the two periods",
    "đổi lại thứ tự hai ngày": "change the order of the two days",
    "quý không có tháng thứ {}.": "A quarter has no month {}.",
    "month: 1, 2 hoặc 3": "month: 1, 2 or 3",
    "{}: {} không dùng được với every: {}.": "{}: {} is of no use with every: {}.",
    "ghi {}": "write {}",
    "ngày {} không có.": "There is no day {}.",
    "{} không phải tháng-ngày.": "{} is no month and day.",
    "ghi tháng-ngày, ví dụ 11-25": "write the month and the day, as 11-25",
    "tháng ghi trước: {}-{}": "the month comes first: {}-{}",
    "sửa lại ngày": "mend the day",
    "hai ngày không nằm đúng hai nửa năm.": "The two days are not one in each half of the year.",
    "ngày đầu ở tháng 7–12, ngày sau ở tháng 1–6": "the first in the months 7–12, the other in 1–6",
    "ngày đầu ở tháng 1–6, ngày sau ở tháng 7–12": "the first in the months 1–6, the other in 7–12",
    "{}: {} nhỏ hơn chu kỳ {}.": "{}: {} is less than a period of {}.",
    "ghi kỳ như {} hoặc 2022": "write a period as {} or 2022",
    "ghi kỳ như 2022": "write a period as 2022",
    "{}: {} không phải một kỳ.": "{}: {} is no period.",
    "chỉ dùng offset: 1": "only offset: 1 is used",
    "at chỉ đi cùng by.": "at goes only with by.",
    "ghi by: và at:": "write by: and at:",
    "at: {} không phải giờ.": "at: {} is no time of day.",
    "ghi giờ như 14:00": "write the time as 14:00",
    "ngày bắt đầu sau hạn.": "The first day is after the deadline.",
    "đổi lại start hoặc hạn": "change start or the deadline",
    "by, before, within không đi cùng nhau.": "by, before and within do not go together.",
    "{}: {} không hợp lệ.": "{}: {} is not valid.",
    "ghi một số nguyên từ 1 đến 9999": "write a whole number from 1 to 9999",
    "ghi issued, mã một nhiệm vụ, hoặc event:ten-su-kien": "write issued, an obligation's id, or event:name",
    "after cần đúng một số đếm.": "after needs just one count.",
    "ghi days, working_days hoặc months": "write days, working_days or months",
    "rrule phải là một dòng.": "rrule is one line.",
    "ghi như FREQ=WEEKLY;BYDAY=FR": "write it as FREQ=WEEKLY;BYDAY=FR",
    "quy tắc lặp không cho ngày nào.": "The rule gives no day.",
    "sửa lại quy tắc hoặc from, to": "change the rule, or from and to",
    "{} không phải ngày đầy đủ.": "{} is no whole day.",
    "ghi năm-tháng-ngày, ví dụ 2022-07-20": "write year-month-day, as 2022-07-20",
    "{}: năm {} không hợp lý.": "{}: the year {} makes no sense.",
    "ghi một năm từ {} đến {}": "write a year from {} to {}",
    "quy tắc lặp {} không hợp lệ.": "The rule {} is not valid.",
    "ngày cuối ghi ở to:, giờ ghi ở at:": "the last day stands in to:, the time in at:",
    "viết theo RFC 5545, ví dụ FREQ=WEEKLY;BYDAY=FR": "write it as RFC 5545 says, as FREQ=WEEKLY;BYDAY=FR",
    "bắt đầu bằng FREQ= và một trong: {}": "begin it with FREQ= and one of: {}",
    "quy tắc lặp không dùng {}.": "A rule does not use {}.",
}
