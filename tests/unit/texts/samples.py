"""An invented duty, unit and office, from which each test of a letter makes its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from obligations.texts.duty import Duty, Tally
from obligations.texts.item import Item
from obligations.texts.letter import Letter
from obligations.texts.occasion import Foot, Occasion
from obligations.texts.overview import Line
from obligations.texts.unit import Duties

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DUTY = Duty(
    title="Báo cáo phong trào thi đua",
    period="2022",
    plan_kind="ke-hoach",
    plan_title="Phong trào thi đua",
    plan_number="123/KH-UBND",
    plan_source=None,
    plan_issued_on=date(2022, 7, 8),
    plan_issuer="UBND tỉnh",
    overseer="Sở Nội vụ",
    place="VI.3",
    stated="chậm nhất ngày 25/11 hàng năm",
    assumed=False,
    product="báo cáo",
    submit_to="Sở Nội vụ",
    form_file="",
)
ITEM = Item(
    code="K7-0871",
    duty=DUTY,
    due_on=date(2022, 11, 25),
    due_at=None,
    day_off=None,
    last_working_day=date(2022, 11, 25),
    working_days=9,
    rung="before-10",
    rung_on=date(2022, 11, 15),
    is_late=False,
)
OVERDUE = replace(ITEM, rung="overdue-1", rung_on=date(2022, 11, 28), working_days=-1)
AT = Occasion(
    to="Sở Khoa học và Công nghệ",
    unit="Sở Khoa học và Công nghệ",
    unit_short="Sở KH&CN",
    relation="peer",
    office="Sở Nội vụ",
    now=datetime(2022, 11, 15, 8, 0, tzinfo=ZONE),
    closing=time(16, 30),
    next_working_day=date(2022, 11, 16),
    foot=Foot("đ/c Mai", "0232 000 000", "mai@so-noi-vu.example"),
)
MISSING = ("Sở Tư pháp", "Sở Y tế", "Sở Xây dựng")
LINE = Line(DUTY, date(2022, 11, 25), None, 1, Tally("Báo cáo phong trào thi đua, năm 2022", 37, 40, MISSING), MISSING)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def duty(item: Item, **changes: Any) -> Item:
    """The item with other words of its plan."""
    return replace(item, duty=replace(item.duty, **changes))


def occasion(now: str = "2022-11-15T08:00", **changes: Any) -> Occasion:
    return replace(AT, now=moment(now), **changes)


def letter(*items: Item, now: str = "2022-11-15T08:00", **changes: Any) -> Letter:
    """To a unit about its duties."""
    at = occasion(now, **changes)
    return Letter(at, (Duties(at, items or (ITEM,)),))
