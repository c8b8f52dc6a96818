"""The shape of office, units, channels, policies and calendar files. Input only: the engine sees obligations.domain."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, RootModel, WithJsonSchema, model_validator

from obligations.config.editor_types import OrText, whole
from obligations.config.fields import (
    Clock,
    Day,
    Email,
    Flag,
    Hours,
    Id,
    Positive,
    Strict,
    Text,
    Texts,
    Whole,
    wrong,
)

LONGEST_SEND_SECONDS = 60  # whoever ends the engine waits a little longer for the message under way
_SENDING = re.compile(r"box|live|redirect:[^@\s]+@[^@\s]+")


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError):
        raise wrong("time-zone", f"không có múi giờ {value}.", "ghi Asia/Ho_Chi_Minh") from None
    return value


def _sending(value: str) -> str:
    if not _SENDING.fullmatch(value):
        raise wrong("sending", f"sending: {value} không hợp lệ.", "ghi box, live hoặc redirect:dia-chi@coquan.example")
    return value


def _public_url(value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"https?://[^\s/]+.*", value):
        raise wrong("public-url", f"{value} không phải địa chỉ trang.", "ghi như https://nhacviec.coquan.example")
    return value.rstrip("/") if value else None


def _send_seconds(value: int) -> int:
    if value > LONGEST_SEND_SECONDS:
        fix = f"ghi từ 1 đến {LONGEST_SEND_SECONDS}"
        raise wrong("send-seconds", f"một lần gửi không được chờ {value} giây.", fix)
    return value


class SpanIn(Strict):
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    name: Text = ""

    @model_validator(mode="after")
    def _ordered(self) -> SpanIn:
        if self.last < self.first:
            raise wrong("to-before-from", "to sớm hơn from.", "đổi lại hai ngày", ("to",))
        return self


class RecipientsIn(Strict):
    secretariat: Texts = ()
    own_leadership: Texts = ()
    admin: Texts = ()


class LimitsIn(Strict):
    per_recipient_day: Positive = 5
    per_run: Positive = 500


class WaitsIn(Strict):
    request: Positive = 3
    give_up: Positive = 5
    short_notice: Positive = 5
    audit_hours: Positive = 26
    send_seconds: Annotated[Positive, AfterValidator(_send_seconds)] = 60


class HeartbeatIn(Strict):
    channel: Text
    to: Text = ""


class OfficeIn(Strict):
    name: Text
    unit: Id | None = None
    language: Literal["vi", "en"] = "vi"
    time_zone: Annotated[Text, AfterValidator(_zone)] = "Asia/Ho_Chi_Minh"
    public_url: Annotated[Text | None, AfterValidator(_public_url)] = None
    sending: Annotated[Text, AfterValidator(_sending)] = "box"
    before_reading: Literal["day-before", "full-day"] = "day-before"
    on_time_by: Literal["sent", "received", "signed"] = "sent"
    office_hours: tuple[Hours, ...] | None = Field(default=None, min_length=1)
    quiet: tuple[SpanIn, ...] = ()
    name_late_in_group: Flag = False
    recipients: RecipientsIn = RecipientsIn()
    limits: LimitsIn = LimitsIn()
    waits: WaitsIn = WaitsIn()
    heartbeat: HeartbeatIn | None = None


def _channel_of_contact(value: Any) -> Any:
    """A bare name stands for a channel whose address is the contact's own."""
    return {value: None} if isinstance(value, str) else value


ContactChannel = Annotated[dict[str, Text | None], BeforeValidator(_channel_of_contact), OrText()]


class ContactIn(Strict):
    id: Annotated[Text, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")] | None = None
    name: Text
    role: Literal["focal", "deputy", "van-thu", "leader"] = "focal"
    email: Email | None = None
    phone: Text | None = None
    away: tuple[SpanIn, ...] = ()
    channels: tuple[ContactChannel, ...] | None = None


class UnitIn(Strict):
    id: Id
    name: Text
    short_name: Text | None = None
    aliases: Texts = ()
    parent: Id | None = None
    relation: Literal["internal", "subordinate", "peer", "independent", "superior"] = "peer"
    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")
    successor: Texts = ()
    decision: Text | None = None
    contacts: tuple[ContactIn, ...] = ()

    @model_validator(mode="after")
    def _ordered(self) -> UnitIn:
        if self.first and self.last and self.last < self.first:
            raise wrong("to-before-from", "to sớm hơn from.", "đổi lại hai ngày", ("to",))
        return self


class GroupIn(Strict):
    name: Text
    members: Texts


class UnitsIn(Strict):
    units: tuple[UnitIn, ...] = Field(min_length=1)
    groups: dict[str, GroupIn] = Field(default_factory=dict)


class ChannelIn(Strict):
    url: Text
    max_per_minute: Positive | None = None


def _channel(value: Any) -> Any:
    return {"url": value} if isinstance(value, str) else value


class ChannelsIn(RootModel[dict[str, Annotated[ChannelIn, BeforeValidator(_channel), OrText()]]]):
    pass


_CountUnit = Literal["working_day", "day"]


class OverdueIn(Strict):
    """`{at: [1, 2]}` or `{every: 3, times: 10}`; days after the due date in `unit`."""

    at: tuple[Positive, ...] | None = None
    every: Positive | None = None
    times: Positive | None = None
    unit: _CountUnit = "working_day"

    @model_validator(mode="after")
    def _one_way(self) -> OverdueIn:
        repeated = self.every is not None and self.times is not None
        if (self.at is not None) == repeated or (not repeated and (self.every or self.times)):
            raise wrong("overdue", "cần at, hoặc every và times.", "ghi {at: [1, 2]} hoặc {every: 3, times: 10}")
        return self

    @property
    def counts(self) -> tuple[int, ...]:
        if self.at is not None:
            return tuple(sorted(set(self.at)))
        return tuple((self.every or 1) * n for n in range(1, (self.times or 0) + 1))


class LetterIn(Strict):
    overdue: Positive
    unit: _CountUnit = "working_day"


class EscalateIn(Strict):
    overdue: Positive
    unit: _CountUnit = "working_day"
    to: Literal["overseer", "leader", "own_leadership"]
    approve: Flag = False


class ReviewIn(Strict):
    every: Positive
    unit: _CountUnit = "working_day"
    times: Positive = 5


class PolicyIn(Strict):
    """Missing keys are chuan's; a key set to null switches that part off."""

    send_at: Clock = Field(default=None)  # type: ignore[assignment]  # absent is told by model_fields_set
    days: Literal["working", "all"] = "working"
    notice: Flag = True
    before: tuple[Whole, ...] = ()
    overdue: OverdueIn | None = None
    letter: LetterIn | None = None
    escalate: tuple[EscalateIn, ...] = ()
    review: ReviewIn | None = None
    late: Literal["newest", "all", "none"] = "newest"


class PoliciesIn(RootModel[dict[Id, PolicyIn]]):
    pass


class YearIn(Strict):
    year: Annotated[Positive, Field(ge=1900, le=2199), WithJsonSchema(whole(1900, 2199))]
    document: Text | None = None


class DayOffIn(Strict):
    on: Day
    name: Text = "ngày nghỉ"
    document: Text | None = None


class WorkedIn(Strict):
    on: Day
    name: Text = ""
    document: Text | None = None


class CalendarIn(Strict):
    confirmed: tuple[YearIn, ...] = ()
    days_off: tuple[DayOffIn, ...] = ()
    worked_days: tuple[WorkedIn, ...] = ()
