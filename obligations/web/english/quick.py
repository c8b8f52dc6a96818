"""Words of *Ghi nhận nhanh*."""

from __future__ import annotations

WORDS = {
    "Trên đây là {} việc có hạn gần hôm nay nhất, trong {} việc; lọc theo kế hoạch để thấy việc khác.": (
        "Above are the {} duties due nearest to today, of {}; narrow to a plan to see others."
    ),
    "Chọn việc để ghi kết quả của nhiều đơn vị một lúc": "Choose a duty to record the results of many units at once",
    "Ghi nhận các dòng đã chọn": "Confirm the ticked lines",
    "Ghi nhận nhanh": "Quick entry",
    "Gõ số văn bản rồi Enter xuống dòng dưới; để trống ngày là lấy ngày của dòng trên, dòng đầu là hôm nay. "
    "Ctrl+Enter ghi tất cả.": (
        "Type the number, Enter goes to the next line; an empty day means the line above's, on the first line today. "
        "Ctrl+Enter saves all."
    ),
    "Hoàn tác": "Undo",
    "Không có việc nào đang chờ kết quả.": "No duty waits for a result.",
    "Việc đang chờ kết quả": "Duties that wait for results",
    "Vừa ghi": "Just recorded",
    "kết quả": "results",
    "ghi nhận": "confirmations",
    "đề nghị bổ sung": "returns",
    "gia hạn": "extensions",
    "việc miễn thực hiện": "waivers",
    "Đề nghị bổ sung các dòng đã gửi đã chọn": "Return the ticked lines that were submitted",
    "Gia hạn các dòng chưa gửi đã chọn": "Extend the ticked lines not submitted",
    "Miễn thực hiện các dòng chưa gửi đã chọn": "Waive the ticked lines not submitted",
    "Số văn bản đề nghị": "Document of the request",
    "Lý do gia hạn": "Reason for more time",
    "Lý do miễn": "Reason for waiving",
    "Văn bản miễn": "Document that waives",
}
