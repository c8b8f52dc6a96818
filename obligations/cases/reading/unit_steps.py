"""What happened to a duty, in the words in which a unit may read it: its own answers, the office's, the letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any

from sqlalchemy import Row

from obligations.domain.facts import Facts
from obligations.domain.plan import Configuration
from obligations.domain.wording import clock, short_date
from obligations.texts.duty import numbered

_OF_THE_UNIT = ("submitted", "extension_asked", "acknowledged", "disowned")


@dataclass(frozen=True)
class Step:
    """One line. `at` is local; `by` who answered for the unit, empty for what the office did; `event` its number."""

    at: datetime
    words: str
    note: str = ""
    by: str = ""
    event: int = 0


def steps(
    events: Sequence[Row[Any]], letters: Iterable[Row[Any]], configuration: Configuration, zone: tzinfo
) -> Iterator[Step]:
    """Newest first."""
    told = [*_of_events(events, configuration, zone)]
    told += [Step(letter.started_at.astimezone(zone), "Đã gửi thư nhắc") for letter in letters]
    yield from sorted(told, key=lambda step: (step.at, step.event), reverse=True)


def _of_events(events: Sequence[Row[Any]], configuration: Configuration, zone: tzinfo) -> Iterator[Step]:
    facts = Facts()
    for event in events:
        said = _SAY.get(event.kind)
        if said is not None:
            words = said(event, facts, configuration)
            by = event.by if event.kind in _OF_THE_UNIT else ""
            note = event.payload.get("note") or ""
            yield Step(event.recorded_at.astimezone(zone), words, note, by, event.id)
        facts.tell(event)


def _given(event: Row[Any], _: Facts, __: Configuration) -> str:
    due = event.payload.get("due_on")
    again = "Giao việc" if "code" in event.payload else "Đã có ngày của mốc"
    return f"{again}, hạn {_until(event)}" if due else f"{again}, chờ mốc để tính hạn"


def _until(event: Row[Any]) -> str:
    """*hết ngày 30/11/2026*, *trước 16 giờ 00 ngày 30/11/2026*."""
    at = event.payload.get("due_at")
    before = f"trước {clock(time.fromisoformat(at))}" if at else "hết"
    return f"{before} ngày {_day(event.payload['due_on'])}"


def _moved(event: Row[Any], _: Facts, __: Configuration) -> str:
    due = event.payload.get("due_on")
    return f"Đổi hạn, nay {_until(event)}" if due else "Đổi hạn, nay chờ mốc"


def _submitted(event: Row[Any], _: Facts, __: Configuration) -> str:
    paper = f" {numbered(event.document)}" if event.document else " kết quả"
    return f"Đã gửi{paper}, ngày {short_date(event.effective_on)}"


def _returned(event: Row[Any], _: Facts, __: Configuration) -> str:
    by = event.payload.get("resubmit_by")
    return f"Đề nghị bổ sung, gửi lại hết ngày {_day(by)}" if by else "Đề nghị bổ sung"


def _extended(event: Row[Any], _: Facts, __: Configuration) -> str:
    return f"Gia hạn đến hết ngày {_day(event.payload['to'])}"


def _refused(_: Row[Any], before: Facts, __: Configuration) -> str:
    return "Việc vẫn thuộc đơn vị" if before.disowned_on else "Không đồng ý gia hạn"


def _reassigned(event: Row[Any], _: Facts, configuration: Configuration) -> str:
    unit = configuration.units.get(event.payload["to"])
    return f"Giao {unit.name if unit else event.payload['to']} thực hiện tiếp"


def _acknowledged(event: Row[Any], _: Facts, __: Configuration) -> str:
    expected = event.payload.get("expected_on")
    return f"Đã tiếp nhận, dự kiến gửi ngày {_day(expected)}" if expected else "Đã tiếp nhận"


def _said(words: str) -> Callable[[Row[Any], Facts, Configuration], str]:
    def say(event: Row[Any], _: Facts, __: Configuration) -> str:
        return f"{words} theo {numbered(event.document)}" if event.document else words

    return say


_SAY: dict[str, Callable[[Row[Any], Facts, Configuration], str]] = {
    "due_set": _given,
    "due_moved": _moved,
    "submitted": _submitted,
    "confirmed": _said("Văn phòng đã ghi nhận hoàn thành"),
    "returned": _returned,
    "extension_asked": lambda event, _, __: f"Đơn vị xin gia hạn đến hết ngày {_day(event.payload['to'])}",
    "extended": _extended,
    "extension_refused": _refused,
    "waived": _said("Không phải thực hiện"),
    "stopped": _said("Dừng thực hiện"),
    "reopened": _said("Mở lại việc"),
    "reassigned": _reassigned,
    "acknowledged": _acknowledged,
    "urged": _said("Đã có công văn đôn đốc"),
    "disowned": lambda _, __, ___: "Đơn vị báo không thuộc nhiệm vụ",
}


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text))
