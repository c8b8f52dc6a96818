"""Chép tin Zalo: what the group is told of a day, a week, what is overdue; of one plan, of one group."""

from __future__ import annotations

from datetime import date

import pytest

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.answering.decisions import Decision, extend, reassign
from obligations.cases.writing import group_chat
from obligations.cases.writing.group_chat import Paste, Wanted, paste
from obligations.domain.errors import Refused
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.offices import Office, at, obligation

TUESDAY = "2022-07-26 15:00"
GROUPS = "\n  mot-so: {name: Một sở, members: [so-xay-dung]}\n"


@pytest.fixture
def followed(office: Office) -> Office:
    """Overdue since Monday, due today at 14:00 and to its end, on Sunday, next Monday; another office's plan."""
    office.plan(
        obligation("tre", "{by: 2022-07-25}"),
        obligation("trua", "{by: 2022-07-26, at: '14:00'}", responsible="so-y-te"),
        obligation("hom-nay", "{by: 2022-07-26}"),
        obligation("chu-nhat", "{by: 2022-07-31}", responsible="so-y-te"),
        obligation("tuan-sau", "{by: 2022-08-01}"),
    )
    units = (office.folder / "units.yaml").read_text("utf-8").rstrip()
    office.write("units.yaml", units + GROUPS)
    office.apply("2022-07-11 09:00")
    sent = Submission(date(2022, 7, 25), document="7/BC")
    submit(office.app, Address(None, "ke-hoach", "hom-nay", "so-y-te"), sent, at("2022-07-25 09:00"), by="văn thư")
    return office


def told(office: Office, wanted: Wanted, when: str = TUESDAY) -> Paste:
    return paste(office.app, wanted, at(when))


def test_a_day_a_week_and_what_is_overdue(followed: Office) -> None:
    today = told(followed, Wanted("today"))
    assert "hạn gửi “Việc hom-nay” về Văn phòng Sở Mẫu là hết T3 26/7/2022" in today.text
    assert "đã nhận 01/02, xin cảm ơn" in today.text
    week = told(followed, Wanted("week"))
    assert week.duties == 2
    assert "2. “Việc chu-nhat”" in week.text
    assert told(followed, Wanted("week"), "2022-07-31 09:00").duties == 1  # on a Sunday the week ends
    ahead = told(followed, Wanted("next-days"), "2022-07-31 09:00")
    assert ahead.duties == 2
    assert "“Việc tuan-sau”" in ahead.text
    late = told(followed, Wanted("overdue"))
    assert late.duties == 2  # 14:00 has passed
    assert "1. “Việc tre” gửi về Văn phòng Sở Mẫu (hạn T2 25/7/2022): còn 02/02" in late.text
    assert "2. “Việc trua” gửi về Văn phòng Sở Mẫu (hạn 14 giờ 00 T3 26/7/2022): còn 01/01" in late.text
    assert told(followed, Wanted("today"), "2022-07-26 13:59").duties == 2


def test_who_may_answer_later_is_not_counted_late(followed: Office) -> None:
    """Nor named, where the office names."""
    decision = Decision(date(2022, 7, 25), "thư ký")
    address = Address(None, "ke-hoach", "tre", "so-y-te")
    extend(followed.app, address, decision, at("2022-07-25 09:00"), to=date(2022, 8, 5), granted_by="thư ký")
    office = (followed.folder / "office.yaml").read_text("utf-8")
    followed.write("office.yaml", office + "name_late_in_group: true\n").apply("2022-07-26 14:30")
    assert (
        "“Việc tre” gửi về Văn phòng Sở Mẫu (hạn T2 25/7/2022): còn 01/02 đơn vị chưa ghi nhận được: Sở Xây dựng."
        in (told(followed, Wanted("overdue")).text)
    )


def test_one_group_and_one_plan(followed: Office) -> None:
    mine = told(followed, Wanted("today", "ke-hoach", "mot-so"))
    assert "“Việc hom-nay”" in mine.text
    assert "chưa ghi nhận được kết quả nào" in mine.text
    assert told(followed, Wanted("week", group="mot-so")).duties == 1
    followed.plan(obligation("khac", "{by: 2022-07-26}"), name="ke-hoach-hai").apply("2022-07-26 14:30")
    assert told(followed, Wanted("today")).duties == 2
    assert told(followed, Wanted("today", "ke-hoach-hai")).duties == 1
    with pytest.raises(Refused, match="không có kế hoạch sai"):
        told(followed, Wanted(plan="sai"))
    with pytest.raises(Refused, match="không có nhóm sai"):
        told(followed, Wanted(group="sai"))


def test_a_long_list_is_counted_to_its_end(followed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are late, few are read: the message holds no more."""
    monkeypatch.setattr(group_chat, "TOLD", 1)
    found = told(followed, Wanted("overdue"))
    assert found.duties == 2
    assert "Việc trua" not in found.text
    assert "… và 1 nội dung khác." in found.text


def test_whose_duty_it_is_now_is_asked(followed: Office) -> None:
    """The unit that carries it on; one that ended without a successor is asked nothing."""
    decision = Decision(date(2022, 7, 20), "thư ký")
    reassign(followed.app, Address(None, "ke-hoach", "trua", "so-y-te"), decision, at(TUESDAY), to="so-xay-dung")
    assert "“Việc trua”" in told(followed, Wanted("overdue", group="mot-so")).text
    units = (followed.folder / "units.yaml").read_text("utf-8")
    ended = units.replace("- id: so-xay-dung\n", "- id: so-xay-dung\n  to: 2022-08-01\n")
    followed.write("units.yaml", ended).apply("2022-07-26 15:30")
    after = "2022-08-02 08:00"
    assert told(followed, Wanted("overdue", group="mot-so"), after).text == ""
    text = told(followed, Wanted("overdue"), after).text
    assert "“Việc tre” gửi về Văn phòng Sở Mẫu (hạn T2 25/7/2022): còn 01/01 " in text
    assert "Việc trua" not in text


def test_a_result_of_who_has_ended_counts_as_on_the_board(followed: Office) -> None:
    """It was sent, whoever carries on or not."""
    units = (followed.folder / "units.yaml").read_text("utf-8")
    ended = units.replace("- id: so-y-te\n", "- id: so-y-te\n  to: 2022-07-28\n")
    followed.write("units.yaml", ended).apply("2022-07-26 15:30")
    late = told(followed, Wanted("overdue"), "2022-07-29 08:00").text
    assert "“Việc hom-nay” gửi về Văn phòng Sở Mẫu (hạn T3 26/7/2022): còn 01/02" in late


def test_what_others_oversee_is_theirs_to_remind_of(followed: Office) -> None:
    plan = followed.folder / "plans" / "ke-hoach.yaml"
    plan.write_text(plan.read_text("utf-8").replace("overseer: van-phong", "overseer: so-ngoai-cuoc"), "utf-8")
    followed.apply("2022-07-26 14:30")
    assert told(followed, Wanted("week")).text == ""


def test_nothing_is_recorded(followed: Office) -> None:
    def rows() -> list[int]:
        with reading(followed.app.engine) as session:
            return [len(session.execute(table.select()).all()) for table in METADATA.sorted_tables]

    before = rows()
    told(followed, Wanted("overdue"))
    assert rows() == before
