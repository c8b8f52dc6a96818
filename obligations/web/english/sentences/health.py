"""What the machine's checks answer."""

from __future__ import annotations

WORDS = {
    "Không thấy dondoc up chạy từ {#} {#}": "dondoc up has not been seen running since {#} {#}",
    "Kênh {=} tạm nghỉ đến {#} {#}: {=}": "The channel {=} rests until {#} {#}: {=}",
    "{#} tin chờ vì người nhận đã đủ số tin trong ngày": "{#} messages wait: their recipients had enough for today",
    "Kiểm tra gần nhất: {}": "Last audit: {}",
    "Cấu hình trên đĩa khác bản đang dùng": "The configuration on disk differs from the one in force",
    "sổ này chưa từng có dondoc up chạy": "no dondoc up has run on this ledger yet",
    "{=}, còn chạy lúc {=}": "{=}, alive at {=}",
    "chưa kiểm tra lần nào": "nobody looked yet",
    "{=}: {} đã gửi, {} lỗi, {} đang chờ": "{=}: {} sent, {} failed, {} waiting",
    "{=}, đã quá {#} giờ: {} đã gửi, {} lỗi, {} đang chờ": (
        "{=}, more than {#} hours ago: {} sent, {} failed, {} waiting"
    ),
    "không tạm dừng, các kênh đều thông": "not paused, every channel is open",
    "không có gì chờ quá giờ": "nothing waits past its time",
    "{} lượt đã đến giờ chưa đi, lâu nhất từ {=}": "{} are due and have not left, the oldest since {=}",
    "chưa áp dụng cấu hình nào": "no configuration was applied yet",
    "đã xác nhận năm {=}": "confirmed for {=}",
    "năm {=} chưa có quyết định nghỉ lễ xác nhận: lịch dự kiến": (
        "no decision confirms the days off of {=} yet: the calendar is an expected one"
    ),
    "trên đĩa khác bản đang dùng": "what is on disk differs from what is in force",
    "đúng bản đang dùng": "what is in force",
    "máy chủ {=}, thư viện {=}": "server {=}, library {=}",
    "lượt kế tiếp {=}": "next run at {=}",
    "lịch không sinh ra lượt chạy nào": "the schedules make no runs",
    "chưa từng kết nối": "never connected",
    "kết nối gần nhất cách đây {} giây": "last connected {} seconds ago",
    "chưa có": "none yet",
    "xong {=}:{=}/{=}/{=}": "done {=}:{=}/{=}/{=}",
    "dừng giữa chừng {=}:{=}/{=}/{=}": "crashed {=}:{=}/{=}/{=}",
    "đã hủy {=}:{=}/{=}/{=}": "cancelled {=}:{=}/{=}/{=}",
}
