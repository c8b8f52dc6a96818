"""Words of the calendar."""

from __future__ import annotations

WORDS = {
    "Cả năm {}": "All of {}",
    "CN": "Sun",
    "Hôm nay": "Today",
    "Không có việc nào đến hạn trong tháng này.": "Nothing is due in this month.",
    "Lịch": "Calendar",
    "Lịch dự kiến: ngày nghỉ, ngày làm bù năm này chưa có văn bản xác nhận; có thì ghi vào calendar.yaml.": (
        "Expected calendar: this year's days off are not announced yet. Enter them into calendar.yaml when they are."
    ),
    "Nghỉ": "Off",
    "Năm": "Year",
    "Năm {}": "Year {}",
    "T2": "Mon",
    "T3": "Tue",
    "T4": "Wed",
    "T5": "Thu",
    "T6": "Fri",
    "T7": "Sat",
    "Tháng": "Month",
    "Tháng {}": "Month {}",
    "Việc đến hạn": "What is due on",
    "chờ ghi nhận": "to be confirmed",
    "hôm nay": "today",
    "làm bù": "worked instead",
    "trong hạn": "in time",
    "và {} nội dung khác": "and {} more",
    "xong quá hạn": "done late",
    "xong đúng hạn": "done in time",
    "{} việc": "{} duties",
    "{} việc dời khỏi ngày này": "{} moved away",
    "{} việc dời đến": "{} moved here",
    "{} việc đến hạn trong năm": "{} duties are due in the year",
    "{} việc đến hạn trong tháng": "{} duties are due in the month",
    "{} đơn vị": "{} units",
    "Ô xám là ngày nghỉ; khung đậm là ngày làm bù; số là số việc đến hạn, “quá” là số việc đang quá hạn.": (
        "Grey is a day off, a bold frame a day worked instead; the number is what is due, “over” what is overdue."
    ),
}
