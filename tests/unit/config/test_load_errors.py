"""Every kind of bad input is refused whole, with its file, line, column, code, what is wrong and what to write.

Each row spoils one place of a good office: in `file` the words `old` become `new`, where « marks the place that the
message must name.
"""

from __future__ import annotations

import pytest

from obligations.cases.configuring.checking import check
from tests.unit.config.base_office import CALENDAR_FILE as CALENDAR
from tests.unit.config.base_office import CHANNELS_FILE as CHANNELS
from tests.unit.config.base_office import OFFICE_FILE as OFFICE
from tests.unit.config.base_office import PLAN_FILE as PLAN
from tests.unit.config.base_office import POLICIES_FILE as POLICIES
from tests.unit.config.base_office import TEXTS, TODAY, edited, helpful, loaded, spoil
from tests.unit.config.base_office import UNITS_FILE as UNITS

BROKEN = [
    (OFFICE, "name: Văn phòng", "name: Văn phòng«: Sở", "yaml"),
    (UNITS, "- id: so-xay-dung\n  name", "- id: so-xay-dung\n«\tname", "yaml"),
    (PLAN, "[cac-so]\n  deadline:", "[cac-so\n  deadline«:", "yaml"),
    (PLAN, "  title: Kế hoạch thử", "  title: Kế hoạch thử\n  «title: Kế hoạch khác", "duplicate-key"),
    (
        UNITS,
        "  cac-so: {name: Các sở",
        "  cac-so: {name: Khác, members: [so-y-te]}\n  «cac-so: {name: Các sở",
        "duplicate-key",
    ),
    (CHANNELS, "cham:", "«email:", "duplicate-key"),
    (PLAN, "title: Kế hoạch thử", "title: «*quan trọng*", "yaml-alias"),
]
UNKNOWN_KEYS = [
    (OFFICE, "language: vi", "«langauge: vi", "unknown-key"),
    (OFFICE, "name: Tết}", "«nmae: Tết}", "unknown-key"),
    (OFFICE, "  admin:", "  «admins:", "unknown-key"),
    (OFFICE, "{per_recipient_day: 5", "{«per_day: 5", "unknown-key"),
    (UNITS, "groups:", "«group:", "unknown-key"),
    (UNITS, "  short_name: SYT", "  «shortname: SYT", "unknown-key"),
    (UNITS, "    role: focal", "    «chuc-danh: focal", "unknown-key"),
    (UNITS, "to: 2022-08-05}", "«till: 2022-08-05, to: 2022-08-05}", "unknown-key"),
    (UNITS, "members: [so-y-te, so-xay-dung]", "members: [so-y-te], «ghi-chu: x", "unknown-key"),
    (CHANNELS, "max_per_minute: 20", "«per_minute: 20", "unknown-key"),
    (POLICIES, "  late: newest", "  «lates: newest", "unknown-key"),
    (POLICIES, "{at: [1, 2], unit", "{«on: x, at: [1, 2], unit", "unknown-key"),
    (POLICIES, "to: leader, approve: true", "to: leader, «approved: true", "unknown-key"),
    (CALENDAR, "days_off:", "«day_off:", "unknown-key"),
    (CALENDAR, "{year: 2022,", "{year: 2022, «note: x,", "unknown-key"),
    (PLAN, "  kind: ke-hoach", "  «kindd: ke-hoach", "unknown-key"),
    (PLAN, "obligations:", "«duties: []\nobligations:", "unknown-key"),
    (PLAN, "  product: báo cáo", "  «products: báo cáo", "unknown-key"),
    (PLAN, "{at: I.2}", "{at: I.2, «page: 3}", "unknown-key"),
    (PLAN, "{name: Chị Mai,", "{name: Chị Mai, «fax: 1,", "unknown-key"),
    (PLAN, "review: {every: quarter}", "review: {every: quarter, «by: 15}", "unknown-key"),
    (PLAN, "{by: 2022-07-20}", "{by: 2022-07-20, «gio: 8}", "unknown-key"),
]
MISSING = [
    (OFFICE, "name: Văn phòng Sở Mẫu\n", "«", "missing-key"),
    (OFFICE, "name: Văn phòng Sở Mẫu\n", "name:«\n", "missing-key"),
    (OFFICE, "{from: 2023-01-20, to", "«{to", "missing-key"),
    (UNITS, "- id: so-xay-dung\n  name", "- «name", "missing-key"),
    (UNITS, "- id: so-xay-dung\n  name: Sở Xây dựng", "- «id: so-xay-dung", "missing-key"),
    (UNITS, "  - name: Anh Bình\n    role", "  - «role", "missing-key"),
    (UNITS, "{name: Các sở, ", "«{", "missing-key"),
    (UNITS, ", members: [so-y-te, so-xay-dung]", "", "missing-key"),
    (CHANNELS, '{url: "smtp://127.0.0.1:26/?from=nhac@so-mau.example", ', "«{", "missing-key"),
    (POLICIES, "- {overdue: 4, unit", "- «{unit", "missing-key"),
    (CALENDAR, "{year: 2022, document", "«{document", "missing-key"),
    (CALENDAR, "{on: 2022-09-01, name", "«{name", "missing-key"),
    (PLAN, "  title: Kế hoạch thử\n", "", "missing-key"),
    (PLAN, "  issuer: van-phong\n", "", "missing-key"),
    (PLAN, "  overseer: van-phong\n", "", "missing-key"),
    (PLAN, "  number: 12/KH-SM\n", "", "missing-key"),
    (PLAN, "- id: ban-hanh\n  title", "- «title", "missing-key"),
    (PLAN, "- id: ban-hanh\n  title: Ban hành kế hoạch", "- «id: ban-hanh", "missing-key"),
    (PLAN, "  responsible: [so-y-te, so-xay-dung]\n", "", "missing-key"),
    (PLAN, "  deadline: {by: 2022-07-20}\n", "", "missing-key"),
    (PLAN, "  cite: {at: I.2}\n", "", "missing-key"),
    (PLAN, "  cite: {at: I.2}\n", "  cite:\n", "missing-key"),
    (PLAN, "{at: I.2}", "«{stated: hằng năm}", "missing-key"),
    (PLAN, "  review: {every: quarter}\n", "", "missing-key"),
    (PLAN, "{name: Chị Mai, phone", "«{phone", "missing-key"),
]
NAMES = [
    (PLAN, "responsible: [cac-so]", "responsible: [«cac-xo]", "unknown-unit"),
    (PLAN, "responsible: van-phong", "responsible: «van-fong", "unknown-unit"),
    (PLAN, "coordinating: [van-phong]", "coordinating: [van-phong, «so-la]", "unknown-unit"),
    (PLAN, "submit_to: van-phong", "submit_to: «cac-so", "unknown-unit"),
    (PLAN, "overseer: van-phong", "overseer: «so-la", "unknown-unit"),
    (PLAN, "issuer: van-phong", "issuer: «so-la", "unknown-unit"),
    (
        PLAN,
        "standing:\n- id: tuyen-truyen\n  title: Tuyên truyền\n  responsible: [cac-so]",
        "standing:\n- id: tuyen-truyen\n  title: Tuyên truyền\n  responsible: [«so-la]",
        "unknown-unit",
    ),
    (UNITS, "members: [so-y-te, so-xay-dung]", "members: [so-y-te, «so-xay]", "unknown-unit"),
    (UNITS, "members: [so-y-te, so-xay-dung]", "members: «so-xay", "unknown-unit"),
    (UNITS, "successor: so-y-te", "successor: «so-moi", "unknown-unit"),
    (UNITS, "successor: so-y-te", "successor: [so-y-te, «so-moi]", "unknown-unit"),
    (UNITS, "parent: van-phong", "parent: «ubnd", "unknown-unit"),
    (OFFICE, "unit: van-phong", "unit: «van-fong", "unknown-unit"),
    (OFFICE, "secretariat: [van-phong.focal]", "secretariat: [«van-phong.fokal]", "unknown-contact"),
    (OFFICE, "own_leadership: [van-phong.leader]", "own_leadership: [van-phong.leader, «ai-do]", "unknown-contact"),
    (OFFICE, "admin: [van-phong.focal]", "admin: «ai-do", "unknown-contact"),
    (PLAN, "policy: gap", "policy: «gapp", "unknown-policy"),
    (UNITS, "channels: [email, manual]", "channels: «[email, zalo]", "unknown-channel"),
    (UNITS, "channels: [email, manual]", 'channels: «[{zalo: "123"}]', "unknown-channel"),
    (PLAN, "collects: [bao-cao-nam]", "collects: [«bao-cao]", "unknown-obligation"),
    (PLAN, "after: ban-hanh", "after: «ban-hang", "unknown-obligation"),
    (PLAN, "after: ban-hanh", "after: «tuyen-truyen", "unknown-obligation"),
]
TWICE = [
    (UNITS, "- id: so-cu", "- {id: «so-y-te, name: x}\n- id: so-cu", "duplicate-id"),
    (UNITS, "groups:\n", "groups:\n  «so-y-te: {name: x, members: so-xay-dung}\n", "duplicate-id"),
    (UNITS, "  - name: Anh Bình\n", "  - id: «van-phong.focal\n    name: Anh Bình\n", "duplicate-id"),
    (
        PLAN,
        "standing:\n",
        "- {id: «ban-hanh, title: x, responsible: so-y-te, deadline: {by: 2022-07-20}, cite: {at: I}}\nstanding:\n",
        "duplicate-id",
    ),
    (
        PLAN,
        "standing:\n",
        "standing:\n- {id: tuyen-truyen, title: x, responsible: so-y-te, review: {every: year}, cite: {at: II}}\n",
        "duplicate-id",
    ),
    (PLAN, "id: tuyen-truyen", "id: «ban-hanh", "duplicate-id"),
]
DATES = [
    (PLAN, "issued_on: 2022-07-08", "issued_on: «31/02/2022", "date"),
    (PLAN, "issued_on: 2022-07-08", "issued_on: «2022-02-31", "impossible-date"),
    (PLAN, "{by: 2022-07-20}", "{by: «2022-02-31}", "impossible-date"),
    (PLAN, "by: 11-25", "by: «02-30", "impossible-date"),
    (UNITS, "to: 2024-12-31", "to: «2024-02-30", "impossible-date"),
    (CALENDAR, "on: 2022-09-01", "on: «2022-09-31", "impossible-date"),
    (OFFICE, "{from: 2023-01-20", "{from: «2023-13-20", "impossible-date"),
    (UNITS, "to: 2024-12-31", "from: 2025-01-01\n  to: «2024-12-31", "to-before-from"),
    (OFFICE, "to: 2023-01-26", "to: «2023-01-19", "to-before-from"),
    (UNITS, "to: 2022-08-05", "to: «2022-07-31", "to-before-from"),
    (PLAN, "from: 2022, to: 2023", "from: 2022, to: «2021", "to-before-from"),
    (PLAN, "{by: 2022-07-20}", "{by: 2022-07-20, «days: 3}", "two-forms"),
    (PLAN, "{by: 2022-07-20}", "{«by: 2022-07-20, before: 2022-08-01}", "two-forms"),
    (PLAN, "{by: 2022-07-20}", "«{}", "deadline-form"),
    (PLAN, "{by: 2022-07-20}", "«2022-07-20", "deadline-form"),
    (PLAN, "{by: 2022-07-20}", "«[by, 2022-07-20]", "deadline-form"),
    (PLAN, "{by: 2022-07-20}", "{after: «ban-hanh, days: 1}", "cycle"),
    (PLAN, "{by: 2022-07-20}", "{after: «tong-hop, days: 1}", "cycle"),
    (PLAN, "  overseer: van-phong", "  «in_hand_on: 2022-07-09\n  overseer: van-phong", "two-forms"),
    (
        PLAN,
        "{by: 2022-07-20}\n",
        "{by: 2022-07-20}\n  fixed_by: «{document: 3/TB, due: 2022-07-25, period: 2024}\n",
        "unknown-period",
    ),
    (PLAN, "from: 2022, to: 2023}\n", "from: 2022, to: 2023}\n  done: «{on: 2022-07-08, document: 3/TB}\n", "done"),
    (PLAN, "{by: 2022-07-20}\n", "{by: 2022-07-20}\n  moved: «{}\n", "moved"),
    (PLAN, "{by: 2022-07-20}\n", "{by: 2022-07-20}\n  moved: «{correction: a, amended_by: b}\n", "moved"),
]
VALUES = [
    (OFFICE, "time_zone: Asia/Ho_Chi_Minh", "time_zone: «Asia/Sai_Gon", "time-zone"),
    (OFFICE, "time_zone: Asia/Ho_Chi_Minh", "time_zone: «../etc/passwd", "time-zone"),
    (OFFICE, "sending: box", "sending: «gui-that", "sending"),
    (OFFICE, "sending: box", "sending: «redirect:khong-phai-thu", "sending"),
    (OFFICE, "public_url: null", "public_url: «nhacviec.example", "public-url"),
    (OFFICE, "language: vi", "language: «fr", "value"),
    (OFFICE, "before_reading: day-before", "before_reading: «truoc", "value"),
    (OFFICE, "on_time_by: sent", "on_time_by: «arrived", "value"),
    (OFFICE, "[07:30-11:30,", "[«07:30,", "hours"),
    (OFFICE, "[07:30-11:30,", "[«7h30-11h30,", "time"),
    (OFFICE, "[07:30-11:30,", "[«11:30-07:30,", "hours"),
    (OFFICE, "[07:30-11:30,", "[«07:30-25:00,", "time"),
    (OFFICE, "[07:30-11:30, 13:00-16:30]", "«[]", "empty"),
    (OFFICE, "name_late_in_group: false", "name_late_in_group: «khong", "flag"),
    (OFFICE, "per_run: 500", "per_run: «0", "number"),
    (OFFICE, "per_run: 500", "per_run: «-5", "number"),
    (OFFICE, "per_run: 500", "per_run: «nhiều", "number"),
    (OFFICE, "unit: van-phong", "unit: «Văn phòng", "id"),
    (UNITS, "id: so-xay-dung", "id: «Sở Xây dựng", "id"),
    (UNITS, "groups:\n", "groups:\n  «Các sở: {name: x, members: so-y-te}\n", "id"),
    (UNITS, "  - name: Anh Bình\n", "  - id: «Anh Bình\n    name: Anh Bình\n", "id"),
    (UNITS, "relation: internal", "relation: «noi-bo", "value"),
    (UNITS, "    role: focal", "    role: «truong-phong", "value"),
    (UNITS, "email: dau-moi@so-y-te.example", "email: «dau-moi.so-y-te.example", "email"),
    (UNITS, "email: dau-moi@so-y-te.example", 'email: «"a@b.example, c@d.example"', "email"),
    (UNITS, "members: [so-y-te, so-xay-dung]", "members: []", "empty-group"),
    (CHANNELS, "smtp://127.0.0.1:25/", "«mail-cua-tinh/", "channel-url"),
    (CHANNELS, "smtp://127.0.0.1:25/", "«khongco://127.0.0.1/", "channel-url"),
    (CHANNELS, "smtp://127.0.0.1:25/", "«smtps://ai:mat-khau@thu.example:465/", "channel-url"),
    (CHANNELS, "smtp://127.0.0.1:25/", "«smtp://127.0.0.1:99999/", "channel-url"),
    (CHANNELS, '"smtp://127.0.0.1:26/', '«"smtp://ai:${MAT_KHAU}@thu.example:25/', "channel-url"),
    (CHANNELS, "max_per_minute: 20", "max_per_minute: «0", "number"),
    (POLICIES, "send_at: 08:00", "send_at: «8 giờ", "time"),
    (POLICIES, "days: working", "days: «weekdays", "value"),
    (POLICIES, "notice: true", "notice: «co", "flag"),
    (POLICIES, "before: [10, 3, 0]", "before: [10, «ba, 0]", "number"),
    (POLICIES, "before: [10, 3, 0]", "before: [10, «-3, 0]", "number"),
    (POLICIES, "{at: [1, 2], unit: working_day}", "«{unit: working_day}", "overdue"),
    (POLICIES, "{at: [1, 2], unit: working_day}", "«{at: [1], every: 3, times: 2}", "overdue"),
    (POLICIES, "{at: [1, 2], unit: working_day}", "«{every: 3}", "overdue"),
    (POLICIES, "{at: [1, 2], unit: working_day}", "{at: [«0], unit: working_day}", "number"),
    (POLICIES, "overdue: 3, unit: working_day}", "overdue: 3, unit: «week}", "value"),
    (POLICIES, "to: leader", "to: «minister", "value"),
    (POLICIES, "late: newest", "late: «first", "value"),
    (CALENDAR, "year: 2022", "year: «1822", "number"),
    (CALENDAR, "year: 2022", "year: «22222", "number"),
    (PLAN, "kind: ke-hoach", "kind: «kehoach", "value"),
    (PLAN, "every: quarter", "every: «week", "value"),
    (PLAN, "every: year", "every: «week", "every"),
    (PLAN, "id: ban-hanh\n", "id: «Ban hành\n", "id"),
    (PLAN, "responsible: [cac-so]\n  deadline", "responsible: «[]\n  deadline", "empty"),
]
TYPES = [
    (OFFICE, "name: Văn phòng Sở Mẫu", "name: «[Văn phòng]", "text"),
    (OFFICE, "name: Văn phòng Sở Mẫu", "name: «{a: b}", "text"),
    (OFFICE, "sending: box", "sending: «[box]", "text"),
    (OFFICE, "language: vi", "language: «[vi]", "value"),
    (OFFICE, "limits: {per_recipient_day: 5, per_run: 500}", "limits: «500", "mapping"),
    (OFFICE, "limits: {per_recipient_day: 5, per_run: 500}", "waits: {send_seconds: «241}", "send-seconds"),
    (OFFICE, "limits: {per_recipient_day: 5, per_run: 500}", "waits: {request: «0}", "number"),
    (
        OFFICE,
        (
            "recipients:\n  secretariat: [van-phong.focal]\n  own_leadership: [van-phong.leader]\n"
            "  admin: [van-phong.focal]"
        ),
        "recipients: «van-phong.focal",
        "mapping",
    ),
    (OFFICE, "quiet:\n- {from: 2023-01-20, to: 2023-01-26, name: Tết}", "quiet: «2023-01-20", "list"),
    (OFFICE, "- {from: 2023-01-20, to: 2023-01-26, name: Tết}", "- «2023-01-20", "mapping"),
    (OFFICE, "office_hours: [07:30-11:30, 13:00-16:30]", "office_hours: «07:30-11:30", "list"),
    (OFFICE, "admin: [van-phong.focal]", "admin: «{a: b}", "list"),
    (UNITS, "  name: Sở Xây dựng", "  name: «{vi: Sở Xây dựng}", "text"),
    (UNITS, "aliases: [Sở YT]", "aliases: [«[Sở YT]]", "text"),
    (UNITS, "parent: van-phong", "parent: «[van-phong]", "text"),
    (UNITS, "to: 2024-12-31", "to: «[2024-12-31]", "date"),
    (UNITS, "channels: [email, manual]", "channels: «email", "list"),
    (UNITS, "channels: [email, manual]", "channels: [email, «[manual]]", "mapping"),
    (UNITS, "channels: [email, manual]", "channels: [email, {zalo: «[1]}]", "text"),
    (UNITS, "groups:\n  cac-so: {name: Các sở, members: [so-y-te, so-xay-dung]}", "groups: «[cac-so]", "mapping"),
    (UNITS, "  cac-so: {name: Các sở, members: [so-y-te, so-xay-dung]}", "  cac-so: «[so-y-te]", "mapping"),
    (UNITS, "members: [so-y-te, so-xay-dung]", "members: [so-y-te, «null]", "text"),
    (CHANNELS, "email: smtp://127.0.0.1:25/?from=nhac@so-mau.example", "email: «[smtp]", "mapping"),
    (POLICIES, "before: [10, 3, 0]", "before: «10", "list"),
    (POLICIES, "overdue: {at: [1, 2], unit: working_day}", "overdue: «[1, 2]", "mapping"),
    (POLICIES, "gap:\n  before: [1]", "gap: «[1]", "mapping"),
    (CALENDAR, "confirmed:\n- {year: 2022, document: 1/TB}", "confirmed: «2022", "list"),
    (CALENDAR, "- {year: 2022, document: 1/TB}", "- «2022", "mapping"),
    (PLAN, "title: Kế hoạch thử", "title: «[Kế hoạch thử]", "text"),
    (PLAN, "basis: [1/QĐ]", "basis: «{a: 1/QĐ}", "list"),
    (
        PLAN,
        "contact: {name: Chị Mai, phone: 0900 000 001, email: van-phong@so-mau.example}",
        "contact: «Chị Mai",
        "mapping",
    ),
    (PLAN, "responsible: [cac-so]\n  deadline", "responsible: «{nhom: cac-so}\n  deadline", "list"),
    (PLAN, "responsible: [cac-so]\n  deadline", "responsible: [«[cac-so]]\n  deadline", "text"),
    (PLAN, "cite: {at: I.2}", "cite: «I.2", "mapping"),
    (PLAN, "review: {every: quarter}", "review: «quarter", "mapping"),
    (PLAN, "policy: gap", "policy: «[gap]", "text"),
    (PLAN, "{by: 2022-07-20}", "{by: «[2022-07-20]}", "date"),
    (PLAN, "issued_on: 2022-07-08", "issued_on: «{ngay: 8}", "date"),
]


def test_the_office_that_the_rows_spoil_is_good() -> None:
    found = loaded(TEXTS)
    assert not found.errors
    assert not found.warnings
    assert found.configuration is not None


@pytest.mark.parametrize(
    ("file", "old", "new", "code"), [*UNKNOWN_KEYS, *MISSING, *NAMES, *TWICE, *DATES, *VALUES, *TYPES, *BROKEN]
)
def test_bad_input_is_refused_with_its_place(file: str, old: str, new: str, code: str) -> None:
    """File, line, column, code, and words that say what is wrong and what to write instead."""
    texts, place = spoil(file, old, new)
    found = loaded(texts)
    assert found.configuration is None
    assert [(one.file, one.code) for one in found.errors] == [(file, code)], found.errors
    assert place is None or (found.errors[0].line, found.errors[0].column) == place, found.errors
    assert found.errors[0].line > 0
    assert helpful(found.errors[0]), str(found.errors[0])


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (OFFICE, "name: Văn phòng Sở Mẫu\n", "", "thiếu khóa name. → thêm name:"),
        (OFFICE, "name: Văn phòng Sở Mẫu\n", "name:\n", "name đang để trống. → ghi giá trị sau name:"),
        (UNITS, "  name: Sở Xây dựng", "  name:", "name đang để trống. → ghi giá trị sau name:"),
    ],
)
def test_a_key_left_blank_is_told_from_one_that_is_missing(file: str, old: str, new: str, said: str) -> None:
    (one,) = loaded(spoil(file, old, new)[0]).errors
    assert f"{one.message} → {one.fix}" == said


@pytest.mark.parametrize("name", ["office.yaml", "units.yaml"])
def test_a_missing_file_is_told_by_name(name: str) -> None:
    """The other files may be absent; these two may not."""
    found = loaded({file: text for file, text in TEXTS.items() if file != name})
    assert [(one.file, one.line, one.column, one.code) for one in found.errors] == [(name, 1, 1, "missing-file")]
    assert helpful(found.errors[0])


def test_the_other_files_may_be_absent() -> None:
    """Policies are then the shipped ones, the calendar the public holidays, and the box needs no channel."""
    texts = edited((PLAN, "  policy: gap\n", ""))
    found = loaded({name: texts[name] for name in (OFFICE, UNITS, PLAN)})
    assert not found.errors


@pytest.mark.parametrize("name", ["office.yaml", "units.yaml", PLAN])
def test_an_empty_file_says_what_is_missing(name: str) -> None:
    found = loaded({**TEXTS, name: ""})
    assert {(one.file, one.line, one.column, one.code) for one in found.errors} == {(name, 1, 1, "missing-key")}


@pytest.mark.parametrize("name", list(TEXTS))
@pytest.mark.parametrize("text", ["- một\n- hai\n", "chỉ một câu\n"])
def test_a_file_that_is_no_mapping_is_refused(name: str, text: str) -> None:
    found = loaded({**TEXTS, name: text})
    assert [(one.file, one.code) for one in found.errors] == [(name, "mapping")]
    assert helpful(found.errors[0])


def test_no_unit_at_all_is_refused() -> None:
    found = loaded({**TEXTS, UNITS: "units: []\n"})
    assert [(one.file, one.line, one.column, one.code) for one in found.errors] == [(UNITS, 1, 8, "empty")]


@pytest.mark.parametrize(
    "name", ["Ke-hoach.yaml", "kế-hoạch.yaml", "ke hoach.yaml", "ke_hoach.yaml", "-a.yaml", "ke-hoach.yml"]
)
def test_a_plan_file_with_a_bad_name_is_refused(name: str) -> None:
    """The file's name is the plan's id, for ever: only small letters, digits and hyphens, and .yaml."""
    found = loaded({**TEXTS, f"plans/{name}": TEXTS[PLAN]})
    assert [(one.file, one.line, one.column, one.code) for one in found.errors] == [
        (f"plans/{name}", 1, 1, "plan-name")
    ]
    assert helpful(found.errors[0])


def test_every_without_from_needs_the_issue_day() -> None:
    """With no issue day nobody knows the first period: from: is then required."""
    undated = (PLAN, "  issued_on: 2022-07-08", "  issued_on:\n  in_hand_on: 2022-07-09")
    found = loaded(edited(undated, (PLAN, ", from: 2022, to: 2023", ", to: 2023")))
    assert [(one.code, one.line) for one in found.errors] == [("from-required", 24)]
    assert "from" in found.errors[0].fix
    assert not loaded(edited(undated)).errors, "from: stands in the plan"


def test_a_duty_given_to_a_unit_that_had_ended_is_an_error_that_names_the_successor() -> None:
    """The unit is named where the duty names it, or the group that holds it."""
    texts = edited((UNITS, "to: 2024-12-31", "to: 2022-06-30"), (PLAN, "[so-y-te, so-xay-dung]", "[so-y-te, so-cu]"))
    found = loaded(texts)
    assert [(one.file, one.line, one.column, one.code) for one in found.errors] == [(PLAN, 18, 26, "unit-ended")]
    assert "30/6/2022" in found.errors[0].message
    assert "25/11/2022" in found.errors[0].message
    assert "so-y-te" in found.errors[0].fix

    in_group = edited(
        (UNITS, "to: 2024-12-31", "to: 2022-07-07"), (UNITS, "[so-y-te, so-xay-dung]", "[so-y-te, so-cu]")
    )
    assert [(one.line, one.column, one.code) for one in loaded(in_group).errors] == [(13, 17, "unit-ended")]


@pytest.mark.parametrize("end", ["2022-07-08", "2022-09-30", "2023-06-30"])
def test_a_duty_that_runs_past_its_units_end_is_a_warning_that_names_the_successor(end: str) -> None:
    """Whoever ends after the plan was issued, before its first due date too: the successor carries it on."""
    texts = edited((UNITS, "to: 2024-12-31", f"to: {end}"), (PLAN, "[so-y-te, so-xay-dung]", "[so-y-te, so-cu]"))
    found = loaded(texts)
    assert not found.errors
    assert [(one.file, one.line, one.column, one.code) for one in found.warnings] == [(PLAN, 18, 26, "unit-ends")]
    assert "so-y-te" in found.warnings[0].fix


def test_a_duty_due_on_its_units_last_day_is_no_fault() -> None:
    texts = edited((UNITS, "to: 2024-12-31", "to: 2023-11-25"), (PLAN, "[so-y-te, so-xay-dung]", "[so-y-te, so-cu]"))
    found = loaded(texts)
    assert not found.errors
    assert not found.warnings


def test_a_deadline_before_the_issue_day_is_one_warning() -> None:
    """However many periods lie before it, the plan is told once."""
    found = loaded(edited((PLAN, "{by: 2022-07-20}", "{by: 2022-07-07}"), (PLAN, "from: 2022, to", "from: 2020, to")))
    assert not found.errors
    assert [(one.code, one.line) for one in found.warnings] == [("before-issued", 14), ("before-issued", 23)]
    assert "07/7/2022" in found.warnings[0].message
    assert all(helpful(one) for one in found.warnings)


def test_a_standing_duty_with_a_question_is_a_warning_that_shows_it() -> None:
    found = loaded(edited((PLAN, "  review: {every: quarter}", "  review: {every: quarter}\n  question: Ai chủ trì?")))
    assert [(one.code, one.line, one.column) for one in found.warnings] == [("question", 36, 13)]
    assert "Ai chủ trì?" in found.warnings[0].message


def test_a_plan_with_no_day_at_all_is_a_warning() -> None:
    found = loaded(edited((PLAN, "  issued_on: 2022-07-08\n", "  issued_on:\n")))
    assert [one.code for one in found.warnings] == ["no-date"]


def test_a_recurrence_that_owes_nothing_is_a_warning() -> None:
    found = loaded(
        edited((PLAN, "{every: year, by: 11-25, from: 2022, to: 2023}", "{every: year, by: 01-10, from: 2030}"))
    )
    assert [one.code for one in found.warnings] == ["no-period"]


def test_letters_that_really_leave_without_an_admin_are_a_warning() -> None:
    """Nobody would hear that a channel refuses everybody."""
    live = edited((OFFICE, "sending: box", "sending: live"))
    assert not loaded(live).warnings
    admin = next(line for line in live[OFFICE].splitlines(keepends=True) if line.startswith("  admin:"))
    found = loaded({**live, OFFICE: live[OFFICE].replace(admin, "")})
    assert [(one.file, one.code) for one in found.warnings] == [(OFFICE, "no-admin")]
    assert "recipients chưa có admin" in found.warnings[0].message
    assert helpful(found.warnings[0])
    assert not loaded(edited((OFFICE, admin, ""))).warnings  # into the box nothing leaves


def test_a_secret_that_this_machine_lacks_is_a_warning() -> None:
    """Another machine may have it; what else is wrong with the address is still an error."""
    url = "smtps://ai:${MAT_KHAU_THU}@thu.example:465/?from=a@b.example"
    texts = {**TEXTS, CHANNELS: f"email: {url}\n"}
    found = loaded(texts)
    assert not found.errors
    assert [(one.file, one.line, one.column, one.code) for one in found.warnings] == [
        (CHANNELS, 1, 8, "channel-secret")
    ]
    assert "MAT_KHAU_THU" in str(found.warnings[0])
    assert not check(texts, TODAY, environ={"MAT_KHAU_THU": "x"}).warnings
    broken = {**TEXTS, CHANNELS: f"email: {url.replace(':465', ':99999')}\n"}
    assert [one.code for one in loaded(broken).errors] == ["channel-url"]


def test_a_password_in_the_file_is_never_repeated_on_the_screen() -> None:
    found = loaded({**TEXTS, CHANNELS: "email: smtps://ai:Bi-Mat-9@thu.example:465/?from=a@b.example\n"})
    assert [one.code for one in found.errors] == ["channel-url"]
    assert "Bi-Mat-9" not in str(found.errors[0])
    assert "${" in str(found.errors[0])


def test_faults_in_several_files_are_told_together_in_order() -> None:
    """A clerk mends them in one go: by file, line and column."""
    found = loaded(
        edited(
            (OFFICE, "language: vi", "language: fr"),
            (UNITS, "relation: internal", "relation: x"),
            (PLAN, "kind: ke-hoach", "kind: x"),
            (PLAN, "every: quarter", "every: x"),
        )
    )
    assert [(one.file, one.code) for one in found.errors] == [
        (OFFICE, "value"),
        (PLAN, "value"),
        (PLAN, "value"),
        (UNITS, "value"),
    ]
    assert found.errors == sorted(found.errors)


def test_a_misspelt_name_is_met_with_the_one_that_was_meant() -> None:
    assert "cac-so" in loaded(edited((PLAN, "[cac-so]", "[cac-xo]"))).errors[0].fix
    assert "language" in loaded(edited((OFFICE, "language: vi", "langauge: vi"))).errors[0].fix
    assert "product" in loaded(edited((PLAN, "  product:", "  products:"))).errors[0].fix


@pytest.mark.parametrize("cut", ["năm 2022", "quý III, năm 2022"])
def test_a_sentence_cut_by_commas_is_told_with_its_remedy(cut: str) -> None:
    """Unquoted, `stated: ngày 20/7, năm 2022` would lose half of the plan's words: refused, and mended for them."""
    [problem] = loaded(edited((PLAN, "stated: ngày 20/7", f"stated: ngày 20/7, {cut}"))).errors
    assert problem.code == "unknown-key"
    assert f"“{cut.partition(',')[0]}” đứng riêng sau dấu phẩy" in problem.message
    assert problem.fix == f'đặt cả câu trong ngoặc kép: stated: "ngày 20/7, {cut}"'


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("{rrule: FREQ=WEEKLY;BYDAY=MO,TU,FR}", 'rrule: "FREQ=WEEKLY;BYDAY=MO,TU,FR"'),
        ("{rrule: FREQ=WEEKLY;BYDAY=MO,FR, at: '16:00'}", 'rrule: "FREQ=WEEKLY;BYDAY=MO,FR"'),
    ],
)
def test_a_rule_cut_by_commas_is_told_with_its_remedy(written: str, whole: str) -> None:
    """What is told to write is read well."""
    [problem] = loaded(edited((PLAN, "{by: 2022-07-20}", written))).errors
    assert "đứng riêng sau dấu phẩy" in problem.message
    assert problem.fix == f"đặt cả câu trong ngoặc kép: {whole}"
    assert not loaded(edited((PLAN, "{by: 2022-07-20}", f"{{{whole}, to: 2022-12-31}}"))).errors


@pytest.mark.parametrize("written", ["{by: 2022-07-20, ghi-chu: }", "{every: month, by: 25, form: }", "{tu: , by: 25}"])
def test_a_blank_key_that_a_deadline_has_not_is_no_piece_of_a_sentence(written: str) -> None:
    [problem] = loaded(edited((PLAN, "{by: 2022-07-20}", written))).errors
    assert (problem.code, "không có trong ngữ pháp hạn" in problem.message) == ("unknown-key", True)
    assert "một trong: every" in problem.fix


def test_a_units_name_where_its_id_belongs_is_met_with_the_id() -> None:
    """A clerk writes the name; the answer says which code stands for it."""
    [problem] = loaded(edited((PLAN, "[so-y-te, so-xay-dung]", "[Sở Y tế, so-xay-dung]"))).errors
    assert problem.fix == "ghi mã: so-y-te"


def test_a_unit_that_can_only_be_rung_up_is_a_warning() -> None:
    """Nobody should find out at the deadline that no mail ever left."""
    by_hand = "phone: 0232 000 000\n    channels: [manual]"
    found = loaded(edited((UNITS, "channels: [email, manual]", by_hand)))
    assert [one.code for one in found.warnings] == ["by-telephone"]


def test_a_unit_that_nobody_can_be_written_to_at_is_a_warning_until_it_has_ended() -> None:
    contacts = "\n  contacts: [{name: Chị Yến, role: focal, email: dau-moi@so-xay-dung.example}]"
    found = loaded(edited((UNITS, contacts, "")))
    [warning] = found.warnings
    assert (warning.code, warning.file) == ("no-contact", "units.yaml")
    assert warning.message.startswith("1 đơn vị có việc mà không có đầu mối")
    assert "Sở Xây dựng" in warning.message
    assert not loaded(edited((UNITS, contacts, "\n  to: 2022-07-07\n  successor: so-y-te"))).warnings
