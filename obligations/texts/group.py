"""A text to paste into the chat group of all contacts."""

from __future__ import annotations

from collections.abc import Sequence

from obligations.domain.classes import Moment
from obligations.domain.wording import SHORT_WEEKDAYS, clock, short_date
from obligations.texts.letter import CHAT_LENGTH, fitting
from obligations.texts.occasion import Occasion
from obligations.texts.overview import Line

_SENDER = "đơn vị đã gửi mà chưa thấy phản hồi xin nhắn số văn bản. Trân trọng!"


def paste(at: Occasion, line: Line, *, names_late: bool) -> str:
    """Before the deadline it counts and thanks; after it, it names the late where the office wants that."""
    if not _is_over(at, line):
        return (
            f"Kính gửi các đồng chí đầu mối: hạn gửi “{line.duty.name}” về {_receiver(line)} là {_until(line)}. "
            f"Đến {_moment(at)} {_received(line)}. "
            f"Các đơn vị còn lại quan tâm gửi sớm; {_SENDER}"
        )
    return (
        f"Đến {_moment(at)} còn {line.tally.lacking} đơn vị chưa ghi nhận được “{line.duty.name}” "
        f"(hạn {_due(line)}){_names(line, names_late)}. "
        f"Đề nghị gửi về {_receiver(line)} trước {_soon(at)}; {_SENDER}"
    )


def pastes(at: Occasion, lines: Sequence[Line], *, names_late: bool, more: int = 0) -> str:
    """One message for several duties, no longer than a chat takes; of one duty alone its own text.

    `more`: how many there are besides.
    """
    if len(lines) == 1 and not more:
        return paste(at, lines[0], names_late=names_late)
    head = f"Kính gửi các đồng chí đầu mối. Đến {_moment(at)}:"
    numbered = [f"{number}. {_brief(at, line, names_late)}" for number, line in enumerate(lines, 1)]
    late = f"Nội dung quá hạn đề nghị gửi trước {_soon(at)}. " if any(_is_over(at, line) for line in lines) else ""
    end = f"{late}Các đơn vị còn lại quan tâm gửi sớm; {_SENDER}"
    return f"{head}\n{fitting(numbered, end, CHAT_LENGTH - len(head) - 1, more)}"


def _brief(at: Occasion, line: Line, names_late: bool) -> str:  # noqa: FBT001
    where = f"“{line.duty.name}” gửi về {_receiver(line)}"
    if _is_over(at, line):
        names = _names(line, names_late)
        return f"{where} (hạn {_due(line)}): còn {line.tally.lacking} đơn vị chưa ghi nhận được{names}."
    return f"{where}, hạn {_until(line)}: {_received(line)}."


def _is_over(at: Occasion, line: Line) -> bool:
    return Moment(at.today, at.now.time()).is_after(line.due_on, line.due_at)


def _received(line: Line) -> str:
    return f"đã nhận {line.tally.share}, xin cảm ơn" if line.tally.received else "chưa ghi nhận được kết quả nào"


def _names(line: Line, names_late: bool) -> str:  # noqa: FBT001
    return f": {'; '.join(line.named)}" if names_late else ""


def _receiver(line: Line) -> str:
    return line.duty.submit_to or line.duty.overseer


def _until(line: Line) -> str:
    return f"{'trước' if line.due_at else 'hết'} {_due(line)}"


def _due(line: Line) -> str:
    """*T6 25/11/2022*, *14 giờ 00 T6 25/11/2022*."""
    return f"{clock(line.due_at)} {line.chat_day}" if line.due_at else line.chat_day


def _moment(at: Occasion) -> str:
    return f"{at.now:%H:%M} {SHORT_WEEKDAYS[at.today.weekday()]} {short_date(at.today)}"


def _soon(at: Occasion) -> str:
    day = at.next_working_day
    return f"{at.closing:%H:%M} {SHORT_WEEKDAYS[day.weekday()]} {short_date(day)}"
