"""The office's words for what stands in the ledger: kinds of events, states, rungs. Shared by commands and pages."""

from __future__ import annotations

import re
from datetime import date

from obligations.cases.answering.batches import TAKEN_BACK
from obligations.cases.answering.calling import CALLED
from obligations.cases.configuring.comparing import NOT_IN_GROUP
from obligations.cases.configuring.reasons import RESTORED
from obligations.domain.due import ONCE
from obligations.domain.periods import Period
from obligations.domain.wording import table_date


class Ours(str):
    """Words of our own that stand among what people and servers wrote: a page may say them in another language."""

    __slots__ = ()


EVENTS = {
    "activated": "Đưa vào theo dõi",
    "due_set": "Ghi hạn",
    "unknown": "Chưa rõ kết quả",
    "submitted": "Đơn vị gửi",
    "confirmed": "Ghi nhận",
    "checked": "Rà sổ văn bản đến",
    "approved": "Duyệt thư báo lên",
    "bounced": "Địa chỉ không nhận thư",
    "restored": "Địa chỉ lại nhận thư",
    "paused": "Tạm dừng gửi",
    "resumed": "Gửi tiếp",
    "due_moved": "Dời hạn",
    "returned": "Đề nghị bổ sung",
    "extension_asked": "Đề nghị gia hạn",
    "disowned": "Báo không thuộc đơn vị",
    "contact_changed": "Báo đổi đầu mối",
    "extended": "Gia hạn",
    "extension_refused": "Không đồng ý đề nghị",
    "waived": "Miễn thực hiện",
    "stopped": "Dừng",
    "reopened": "Mở lại",
    "reassigned": "Giao đơn vị khác",
    "renamed": "Đổi mã nhiệm vụ",
    "acknowledged": "Đơn vị tiếp nhận",
    "urged": "Công văn đôn đốc",
    "anchored": "Ghi ngày sự kiện",
    "members": "Đổi đơn vị thực hiện",
    "user_added": "Thêm tài khoản",
    "user_changed": "Đổi tài khoản",
    "link_issued": "Cấp liên kết cho đơn vị",
    "link_revoked": "Thu hồi liên kết",
    "resent": "Gửi lại",
}
STATES = {
    "planned": "đã lên lịch",
    "held": "chờ duyệt",
    "superseded": "gộp vào lượt khác",
    "skipped": "bỏ qua",
    "failed": "không gửi được",
    "sent": "đã gửi",
    "unknown": "chưa rõ đã đi chưa",
    "queued": "chờ gửi",
    "started": "đang gửi",
    "cancelled": "thôi gửi",
    "retry": "sẽ gửi lại",
    "address_bad": "địa chỉ không nhận",
    "channel_down": "kênh không thông",
    "resent": "gửi lại, do",
}
_RUNGS = {
    "before": "trước hạn {} ngày",
    "overdue": "quá hạn {} ngày làm việc",
    "letter": "dự thảo công văn, quá hạn {} ngày",
    "overseer": "báo đầu mối theo dõi, quá hạn {} ngày",
    "leader": "báo lãnh đạo đơn vị, quá hạn {} ngày",
    "own_leadership": "báo lãnh đạo cơ quan, quá hạn {} ngày",
    "review": "nhắc ghi nhận sau {} ngày",
}
_WHOLE_RUNGS = {
    "notice": "giao việc",
    "before-0": "đúng ngày đến hạn",
    "returned": "đề nghị bổ sung",
    "after-break": "sau kỳ nghỉ",
    "recorded": "báo đã ghi nhận",
    "sheet": "phiếu theo dõi",
    "checklist": "danh mục việc thường xuyên",
    "alert": "báo người quản trị",
}


OUR_NOTES = (TAKEN_BACK, CALLED, NOT_IN_GROUP)
_OF_A_ROLLBACK = re.compile(RESTORED.format(r"\d+"))


def noted(note: str) -> str:
    """A note as it stands in the ledger: a person's, or one of those that are written for whoever wrote none."""
    return Ours(note) if note in OUR_NOTES or _OF_A_ROLLBACK.fullmatch(note) else note


def rung_words(rung: str | None) -> str:
    """`before-10` as people say it."""
    if not rung:
        return ""
    kind, _, days = rung.rpartition("-")
    return _WHOLE_RUNGS.get(rung) or _RUNGS.get(kind, rung).format(days)


def period_words(period: str | None) -> str:
    """A period as people say it: *quý IV/2026*, *tháng 7/2022*, *6 tháng đầu năm 2023*; none for what is owed once."""
    if period in (None, "", ONCE):
        return ""
    try:
        return Period.parse(str(period)).short_words
    except ValueError:
        return table_date(date.fromisoformat(str(period)))  # of an rrule: the due date itself
