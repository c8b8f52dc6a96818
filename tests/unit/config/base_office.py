"""A small office as texts, with no error and no warning, and the means to spoil one place of it."""

from __future__ import annotations

from datetime import date

from obligations.cases.configuring.checking import check
from obligations.config.load import Loaded
from obligations.domain.errors import Problem

TODAY = date(2022, 7, 8)

OFFICE = """\
name: Văn phòng Sở Mẫu
unit: van-phong
language: vi
time_zone: Asia/Ho_Chi_Minh
public_url: null
sending: box
before_reading: day-before
on_time_by: sent
office_hours: [07:30-11:30, 13:00-16:30]
quiet:
- {from: 2023-01-20, to: 2023-01-26, name: Tết}
name_late_in_group: false
recipients:
  secretariat: [van-phong.focal]
  own_leadership: [van-phong.leader]
  admin: [van-phong.focal]
limits: {per_recipient_day: 5, per_run: 500}
"""
UNITS = """\
units:
- id: van-phong
  name: Văn phòng Sở Mẫu
  relation: internal
  contacts:
  - {name: Chị Mai, role: focal, email: van-phong@so-mau.example, phone: 0900 000 001}
  - {name: Giám đốc, role: leader, email: giam-doc@so-mau.example}
- id: so-y-te
  name: Sở Y tế
  short_name: SYT
  aliases: [Sở YT]
  parent: van-phong
  from: 2020-01-01
  contacts:
  - name: Anh Bình
    role: focal
    email: dau-moi@so-y-te.example
    away: [{from: 2022-08-01, to: 2022-08-05}]
    channels: [email, manual]
- id: so-xay-dung
  name: Sở Xây dựng
  contacts: [{name: Chị Yến, role: focal, email: dau-moi@so-xay-dung.example}]
- id: so-cu
  name: Sở Cũ
  to: 2024-12-31
  successor: so-y-te
  contacts: [{name: Anh Cũ, role: focal, email: dau-moi@so-cu.example}]
groups:
  cac-so: {name: Các sở, members: [so-y-te, so-xay-dung]}
"""
CHANNELS = """\
email: smtp://127.0.0.1:25/?from=nhac@so-mau.example
cham: {url: "smtp://127.0.0.1:26/?from=nhac@so-mau.example", max_per_minute: 20}
"""
POLICIES = """\
chuan:
  send_at: 08:00
  days: working
  notice: true
  before: [10, 3, 0]
  overdue: {at: [1, 2], unit: working_day}
  letter: {overdue: 3, unit: working_day}
  escalate:
  - {overdue: 4, unit: working_day, to: leader, approve: true}
  review: {every: 2, unit: working_day, times: 5}
  late: newest
gap:
  before: [1]
"""
CALENDAR = """\
confirmed:
- {year: 2022, document: 1/TB}
days_off:
- {on: 2022-09-01, name: Nghỉ bù, document: 1/TB}
worked_days:
- {on: 2022-07-16, document: 2/TB}
"""
PLAN = """\
plan:
  number: 12/KH-SM
  kind: ke-hoach
  title: Kế hoạch thử
  issuer: van-phong
  issued_on: 2022-07-08
  overseer: van-phong
  basis: [1/QĐ]
  contact: {name: Chị Mai, phone: 0900 000 001, email: van-phong@so-mau.example}
obligations:
- id: ban-hanh
  title: Ban hành kế hoạch
  responsible: [cac-so]
  deadline: {by: 2022-07-20}
  cite: {at: I.1, stated: ngày 20/7}
- id: bao-cao-nam
  title: Báo cáo năm
  responsible: [so-y-te, so-xay-dung]
  coordinating: [van-phong]
  submit_to: van-phong
  policy: gap
  product: báo cáo
  deadline: {every: year, by: 11-25, from: 2022, to: 2023}
  cite: {at: I.2}
- id: tong-hop
  title: Tổng hợp
  responsible: van-phong
  collects: [bao-cao-nam]
  deadline: {after: ban-hanh, days: 10}
  cite: {at: I.3}
standing:
- id: tuyen-truyen
  title: Tuyên truyền
  responsible: [cac-so]
  review: {every: quarter}
  cite: {at: II}
"""
OFFICE_FILE, UNITS_FILE, CHANNELS_FILE, POLICIES_FILE, CALENDAR_FILE, PLAN_FILE = (
    "office.yaml",
    "units.yaml",
    "channels.yaml",
    "policies.yaml",
    "calendar.yaml",
    "plans/ke-hoach.yaml",
)
TEXTS = {
    OFFICE_FILE: OFFICE,
    UNITS_FILE: UNITS,
    CHANNELS_FILE: CHANNELS,
    POLICIES_FILE: POLICIES,
    CALENDAR_FILE: CALENDAR,
    PLAN_FILE: PLAN,
}
MARK = "«"


def spoil(file: str, old: str, new: str) -> tuple[dict[str, str], tuple[int, int] | None]:
    """The office with one place spoilt, and the line and column that « marked."""
    assert TEXTS[file].count(old) >= 1, f"{old!r} is not in {file}"
    marked = TEXTS[file].replace(old, new, 1)
    before, found, _ = marked.partition(MARK)
    place = (before.count("\n") + 1, len(before) - before.rfind("\n")) if found else None
    return {**TEXTS, file: marked.replace(MARK, "", 1)}, place


def loaded(texts: dict[str, str]) -> Loaded:
    return check(texts, TODAY, environ={})


def helpful(problem: Problem) -> bool:
    """A clerk can act on it: a sentence, a remedy, no word of the machine's."""
    machine = ("None", "NoneType", "str(", "dict", "tuple", "pydantic", "Traceback", "'[", "'{", "input")
    return bool(problem.message and problem.fix) and not any(word in str(problem) for word in machine)


def edited(*edits: tuple[str, str, str]) -> dict[str, str]:
    """The good office with several places changed."""
    texts = dict(TEXTS)
    for file, old, new in edits:
        assert old in texts[file], f"{old!r} is not in {file}"
        texts[file] = texts[file].replace(old, new, 1)
    return texts
