"""A text to paste into the chat group of all contacts."""

from __future__ import annotations

from obligations.domain.wording import SHORT_WEEKDAYS, short_date
from obligations.texts.occasion import Occasion
from obligations.texts.overview import Line


def paste(at: Occasion, line: Line, *, names_late: bool) -> str:
    """Before the deadline it counts and thanks; after it, it names the late where the office wants that."""
    moment = f"{at.now:%H:%M} {SHORT_WEEKDAYS[at.today.weekday()]} {short_date(at.today)}"
    sender = "đơn vị đã gửi mà chưa thấy phản hồi xin nhắn số văn bản. Trân trọng!"
    receiver = line.duty.submit_to or line.duty.overseer
    if at.today <= line.due_on:
        return (
            f"Kính gửi các đồng chí đầu mối: hạn gửi “{line.duty.name}” về {receiver} là hết {line.chat_day}. "
            f"Đến {moment} đã nhận {line.tally.share}, xin cảm ơn. "
            f"Các đơn vị còn lại quan tâm gửi sớm; {sender}"
        )
    names = f": {'; '.join(line.named)}" if names_late else ""
    soon = f"{at.closing:%H:%M} {SHORT_WEEKDAYS[at.next_working_day.weekday()]} {short_date(at.next_working_day)}"
    return (
        f"Đến {moment} còn {line.tally.lacking} đơn vị chưa ghi nhận được “{line.duty.name}” "
        f"(hạn {line.chat_day}){names}. "
        f"Đề nghị gửi về {receiver} trước {soon}; {sender}"
    )
