"""A deadline typed in words that cannot be read; what to type instead stays in the words that are read."""

from __future__ import annotations

WORDS = {
    # A day
    "ngày {#} là {}, không phải {}.": "{#} is a {}, not a {}.",
    "Sửa thứ hoặc sửa ngày.": "Correct the weekday or the day.",
    "thời hạn này đã qua.": "This deadline has passed.",
    "Đúng là ngày ấy thì ghi đủ, như: 25/11/2022.": "If it is that day, write it whole, as: 25/11/2022.",
    "chưa rõ ngày của tháng nào.": "The month of the day is not said.",
    "Ghi như: 25/12/2022; ngày 25 hằng tháng.": "Write it as: 25/12/2022; ngày 25 hằng tháng.",
    "chưa rõ là ngày nào.": "It is not clear which day is meant.",
    "Ghi như: 31/12/2022; cuối tháng 12/2022; ngày cuối hằng tháng.": (
        "Write it as: 31/12/2022; cuối tháng 12/2022; ngày cuối hằng tháng."
    ),
    "chưa nêu thứ mấy trong tuần.": "The day of the week is not said.",
    "Ghi như: thứ Sáu tuần này; thứ Sáu hằng tuần.": "Write it as: thứ Sáu tuần này; thứ Sáu hằng tuần.",
    "đây là ngày bắt đầu, chưa phải hạn.": "This is the first day, not the last.",
    "Ghi như: từ 1/12 đến 15/12/2022; trước ngày 15/12/2022.": (
        "Write it as: từ 1/12 đến 15/12/2022; trước ngày 15/12/2022."
    ),
    "khoảng thời gian này chưa rõ ngày đầu, ngày cuối.": "The first and the last day of this span are not clear.",
    "Ghi như: từ 1/12 đến 15/12/2022.": "Write it as: từ 1/12 đến 15/12/2022.",
    "ngày đầu và ngày cuối chưa rõ của năm nào.": "The years of the first and the last day are not clear.",
    "Ghi đủ, như: từ 1/12/2022 đến 15/1/2023.": "Write them whole, as: từ 1/12/2022 đến 15/1/2023.",
    # An hour
    "đã có giờ mà còn ghi “trước” ở ngày, chưa rõ hạn là ngày nào.": (
        "There is an hour and “trước” before the day: it is not clear which day is meant."
    ),
    "Ghi như: 16h 2/12/2022, hoặc: trước ngày 2/12/2022.": "Write it as: 16h 2/12/2022, or: trước ngày 2/12/2022.",
    "có giờ mà chưa có ngày.": "There is an hour without a day.",
    "Ghi như: 16h 2/12/2022; 16h ngày 25 hằng tháng.": "Write it as: 16h 2/12/2022; 16h ngày 25 hằng tháng.",
    "mới nêu buổi, chưa nêu giờ.": "The part of the day is said, but no hour.",
    "Ghi như: 16h 2/12/2022; 16h thứ Sáu hằng tuần.": "Write it as: 16h 2/12/2022; 16h thứ Sáu hằng tuần.",
    "“{=}” không phải một giờ trong ngày.": "“{=}” is no hour of the day.",
    "Ghi như: 16h 2/12/2022; 4 giờ chiều 2/12/2022.": "Write it as: 16h 2/12/2022; 4 giờ chiều 2/12/2022.",
    "“{=}” chưa rõ là sáng hay chiều.": "“{=}” may be in the morning or in the afternoon.",
    "Ghi như: {=}h 2/12/2022; {=}h 2/12/2022.": "Write it as: {=}h 2/12/2022; {=}h 2/12/2022.",
    # A count
    "thời hạn không đếm theo giờ được.": "Deadlines are not counted in hours.",
    "Ghi giờ và ngày, như: 16h 2/12/2022.": "Write the hour and the day, as: 16h 2/12/2022.",
    "thời hạn đếm theo ngày không kèm giờ.": "A deadline that is counted in days has no hour.",
    "Ghi ngày cuối cùng, như: 16h 2/12/2022.": "Write the last day, as: 16h 2/12/2022.",
    "thời hạn quá dài.": "The deadline is too far off.",
    "thời hạn phải từ 1 ngày trở lên.": "A deadline is of one day or more.",
    "Ghi như: trong 10 ngày làm việc.": "Write it as: trong 10 ngày làm việc.",
    "ở đây thời hạn chỉ đếm được từ ngày ban hành văn bản, không đếm được từ mốc khác.": (
        "Here a deadline is counted only from the document's day of issue, not from anything else."
    ),
    "Ghi ngày cuối, như: 15/12/2022; chưa biết ngày ấy thì ghi trong tệp kế hoạch, như: after: event:ket-luan.": (
        "Write the last day, as: 15/12/2022; where it is not known yet, write in the plan's file, as: "
        "after: event:ket-luan."
    ),
    # A period
    "không có tháng {#}.": "There is no month {#}.",
    "Ghi như: tháng 12/2022.": "Write it as: tháng 12/2022.",
    "“đến {}” chưa rõ là hết hay trước kỳ ấy.": "It is not clear whether {} counts, or only the days before it.",
    "Ghi “đến hết” hoặc “trước”, như: đến hết tháng 12/2022.": (
        "Write “đến hết” or “trước”, as: đến hết tháng 12/2022."
    ),
    "chưa rõ của quý nào.": "It is not clear which quarter is meant.",
    "Ghi như: ngày 15 tháng cuối hằng quý; 15/12/2022.": "Write it as: ngày 15 tháng cuối hằng quý; 15/12/2022.",
    # What recurs
    "“hằng ngày” chưa rõ có tính ngày nghỉ không.": "“hằng ngày” does not say whether days off count.",
    "Ghi các thứ, như: thứ Hai, thứ Tư và thứ Sáu hằng tuần.": (
        "Write the weekdays, as: thứ Hai, thứ Tư và thứ Sáu hằng tuần."
    ),
    "“hằng tuần” chưa nêu thứ mấy.": "“hằng tuần” does not say which day of the week.",
    "Ghi như: thứ Sáu hằng tuần.": "Write it as: thứ Sáu hằng tuần.",
    "Ghi như: ngày 25 hằng tháng.": "Write it as: ngày 25 hằng tháng.",
    "không phải tháng nào cũng có ngày {#}, nên không ghi chung nhiều ngày được.": (
        "Not every month has a day {#}, so several days cannot be written together."
    ),
    "Tách thành từng việc, như: ngày 30 hằng tháng.": "Part them into tasks, as: ngày 30 hằng tháng.",
    "chưa rõ tháng nào của quý: đầu, giữa hay cuối.": "The month of the quarter is not said: đầu, giữa or cuối.",
    "Ghi như: ngày 15 tháng cuối hằng quý.": "Write it as: ngày 15 tháng cuối hằng quý.",
    "chỉ ghi chung được hai ngày, mỗi nửa năm một ngày.": (
        "Only two days can be written together, one in each half of the year."
    ),
    "Ghi như: 15/6 và 15/12 hằng năm; còn lại tách thành từng việc.": (
        "Write it as: 15/6 và 15/12 hằng năm; part the others into tasks."
    ),
    "“trước ngày cuối” chưa rõ là ngày nào.": "It is not clear which day “trước ngày cuối” means.",
    "Ghi như: ngày cuối hằng tháng; ngày 25 hằng tháng.": "Write it as: ngày cuối hằng tháng; ngày 25 hằng tháng.",
    "việc định kỳ phải dừng ở cuối một kỳ, mà ngày ấy ở giữa {}.": (
        "What recurs ends with a period, and that day is in the midst of {}."
    ),
    "Ghi “đến hết” và kỳ cuối cùng, như: đến hết tháng 12/2022.": (
        "Write “đến hết” and the last period, as: đến hết tháng 12/2022."
    ),
    "chưa hiểu lặp lại đến bao giờ.": "Until when it recurs is not understood.",
    "Ghi như: ngày 25 hằng tháng đến hết tháng 12/2022.": "Write it as: ngày 25 hằng tháng đến hết tháng 12/2022.",
}
