"""The words by which a clause, or the heading over it, is known to ask for something, or for nothing."""

from __future__ import annotations

import re

from obligations.draft.text import lax

GOALS = re.compile(
    lax(
        r"\W*(?:[\divx]+[.)] ?)*(?:mục (?:tiêu|đích)|yêu cầu|quan điểm|chỉ tiêu|phạm vi|đối tượng|tiêu chí|tiêu chuẩn|hình thức|khen thưởng|kinh phí|sự cần thiết|cơ sở)"
    )
)
SCHEDULE = re.compile(lax(r"(?<!\w)(?:thời gian|tiến độ|lịch|nhiệm vụ)(?!\w)"))
SITUATION = re.compile(
    lax(
        r"\W*(?:[\divx]+[.)] ?)*(?:tình hình|kết quả (?:đạt|thực hiện|công tác)|thực trạng|đặc điểm|đánh giá (?:chung|tình hình)|tồn tại|hạn chế|nguyên nhân|khái quát|bối cảnh|thời kỳ)"
    )
)
CLOSING = re.compile(
    lax(
        r"(?:trên đây là|trong quá trình|quá trình (?:tổ chức|triển khai|thực hiện)|kế hoạch này (?:thay|có hiệu)|quyết định này (?:thay|có hiệu)|nhận được|căn cứ|nơi nhận|kinh phí thực hiện|mọi |chi tiết |thực hiện (?:công văn|quyết định|chỉ thị|nghị quyết|kế hoạch số|công điện|ý kiến|thông báo)|theo đề nghị|(?:yêu cầu|đề nghị) [^.;]{5,150}nghiêm túc (?:thực hiện|triển khai|tổ chức))"
    )
)
# A step that its heading names; who and when stand on labels under it.
STEPS = re.compile(
    lax(r"(?:bước|đợt|giai đoạn|vòng|chặng|hoạt động|nhiệm vụ|nội dung) (?:\d{1,2}|[ivx]{1,4}|thứ \w+)(?!\w)")
)
TO = re.compile(lax(r"\W*kính gửi(?!\w)"))
TERM = re.compile(lax(r"(?:thời gian|thời hạn) (?:báo cáo|thực hiện|áp dụng|duy trì|trực)(?!\w)"))
TRIGGER = re.compile(
    lax(
        r"(?<!\w)(?:khi có|khi (?!đó|nào)|nếu|trường hợp|đột xuất|ngay sau khi|ngay khi|ngay(?= về| cho)|không quá \d+ giờ|trong vòng \d+ giờ)(?!\w)[^,;]{0,80}"
    )
)
PERIODIC_UNSAID = re.compile(lax(r"(?<!\w)định kỳ(?!\w)"))
REPORTS = re.compile(
    lax(r"(?:báo cáo|sơ kết|tổng kết|kiểm tra|đánh giá|kiểm điểm|tổng hợp|rà soát|giao ban|họp|cập nhật|thông tin)")
)
NO_DUTY = re.compile(
    lax(
        r"(?:việc |công tác |phong trào |kinh phí |tổng |số liệu|kỳ số liệu|nội dung|hình thức|địa điểm|thành phần|tỷ lệ|\d|trên \d|100%)"
    )
)
