"""A small office whose few months hold most of what can happen: Tết, an erratum, an overseer elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

FIRST, LAST = date(2022, 11, 1), date(2023, 3, 20)
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_CALENDAR = Path(__file__).parents[2] / "config" / "calendar.yaml"
_OFFICE = """
name: Văn phòng Sở Mẫu
unit: van-phong
sending: box
limits: {per_recipient_day: 100000, per_run: 100000}
recipients: {secretariat: [van-phong.focal], own_leadership: [van-phong.leader], admin: [van-phong.focal]}
"""
_UNIT = """
- id: {id}
  name: {name}
  relation: {relation}
  contacts:
  - {{name: Đầu mối {name}, role: focal, email: dau-moi@{id}.example}}
  - {{name: Phó {name}, role: deputy, email: pho@{id}.example}}
  - {{name: Lãnh đạo {name}, role: leader, email: lanh-dao@{id}.example}}
"""
_UNITS = ("van-phong", "internal"), ("so-a", "peer"), ("so-b", "peer"), ("phong-c", "internal"), ("so-d", "independent")
_PLAN = """
plan: {{number: {number}, title: Kế hoạch thử, issuer: van-phong, issued_on: 2022-11-02, overseer: {overseer}}}
obligations:
{obligations}
"""
_DUTY = """
- id: {id}
  title: Việc {id}
  responsible: {responsible}
  deadline: {deadline}
  cite: {{at: I.1, stated: theo kế hoạch}}
"""
_ALL = "[so-a, so-b, phong-c, so-d]"


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=_ZONE).astimezone(UTC)


def versions() -> Mapping[datetime, Mapping[str, str]]:
    """The office as it begins, and with the erratum of 12/12/2022, two hours after a reminder left."""
    first = _texts("{by: 2022-12-15}")
    erratum = _texts("{by: 2022-12-16}\n  moved: {correction: gõ nhầm ngày}")
    return {_at("2022-11-03 09:00"): first, _at("2022-12-12 10:05"): erratum}


def _texts(once: str) -> dict[str, str]:
    units = "".join(_UNIT.format(id=name, name=name.upper(), relation=relation) for name, relation in _UNITS)
    duties = [
        _DUTY.format(id="mot-lan", responsible=_ALL, deadline=once),
        _DUTY.format(id="truoc-tet", responsible=_ALL, deadline="{by: 2023-01-31}"),
        _DUTY.format(id="hang-thang", responsible=_ALL, deadline="{every: month, by: 25, from: 2022-11, to: 2023-02}")
        + "  coordinating: [van-phong]\n",
        _DUTY.format(id="sau-do", responsible="[so-a]", deadline="{after: mot-lan, working_days: 10}"),
    ]
    elsewhere = _DUTY.format(id="noi-khac", responsible="[so-a, phong-c]", deadline="{by: 2022-12-30}")
    return {
        "office.yaml": _OFFICE,
        "calendar.yaml": _CALENDAR.read_text("utf-8"),
        "channels.yaml": "email: smtp://127.0.0.1:25/?from=nhac@so-mau.example\n",
        "policies.yaml": "chuan: {send_at: 08:00}\n",
        "units.yaml": f"units:\n{units}",
        "plans/ke-hoach.yaml": _PLAN.format(number="12/KH", overseer="van-phong", obligations="".join(duties)),
        "plans/noi-khac.yaml": _PLAN.format(number="13/KH", overseer="so-b", obligations=elsewhere),
    }
