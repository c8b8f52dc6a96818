"""Days on which a document changed a plan: an assumed day fixed, a date amended, a plan ended; and what then leaves.

The engine runs each day at 07:31, 08:01 and 11:01; rungs leave at 08:00.
"""

from __future__ import annotations

from collections.abc import Callable

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, confirm, submit
from tests.days import day, given, instant, left, live, rungs, states, whys
from tests.letterbox import Read, mails
from tests.offices import Office, at, obligation

ASSUMED = "tạm tính"
FIXED = "fixed_by: {document: 9/CV, due: 2022-11-30, period: 2022}"
AMENDED = "moved: {amended_by: 20/KH-SM}"
ENDED = "ended: {on: 2022-07-15, by: 45/QĐ-SM, reason: hết nguồn}"


def yearly(office: Office, when: str, *more: str) -> None:
    """A report of both departments each year, on no stated day, with a third that coordinates."""
    lines = "\n  ".join(("policy: chuan", "coordinating: [so-ngoai-cuoc]", *more))
    office.plan(obligation("bao-cao", "{every: year, from: 2022, to: 2023}", more=lines)).apply(instant(when))


def recorded(office: Office, when: str, unit: str) -> dict[str, Callable[[], None]]:
    """A unit's report of 2022 comes and is recorded."""
    report, on, now = Address(None, "ke-hoach", "bao-cao", unit, "2022"), day(when[:10]), at(instant(when))

    def record() -> None:
        submit(office.app, report, Submission(on), now, by="Mai")
        confirm(office.app, report, on, now, by="Mai")

    return {when: record}


def letters_to(office: Office, address: str) -> list[Read]:
    return [mail for mail in mails(office) if mail.to == address]


# -- fixed ----------------------------------------------------------------------------------------------------------


def test_a_document_fixes_a_day_that_was_assumed(office: Office) -> None:
    """Assumed Saturday 31/12/2022; by a document of Tuesday 01/11/2022 it is Wednesday 30/11/2022.

    Sunday 20/11 and Sunday 27/11 are Fridays 18 and 25/11. Sở Xây dựng, whose report was recorded in October, and the
    coordinating unit are not told; of the year's last days nothing leaves.
    """
    yearly(office, "03/10/2022 09:00")
    live(office, "03/10/2022", "31/10/2022", recorded(office, "14/10/2022 10:30", "so-xay-dung"))
    yearly(office, "01/11/2022 10:30", FIXED)
    live(office, "01/11/2022", "06/01/2023")
    assert left(office) == [
        ("03/10/2022 11:01", "notice", "so-y-te.focal"),
        ("01/11/2022 11:01", "notice", "so-y-te.focal"),
        ("18/11/2022 08:01", "before-10", "so-y-te.focal"),
        ("25/11/2022 08:01", "before-3", "so-y-te.focal"),
        ("30/11/2022 08:01", "before-0", "so-y-te.focal"),
        ("01/12/2022 08:01", "overdue-1", "so-y-te.focal"),
        ("02/12/2022 08:01", "overdue-2", "so-y-te.focal"),
    ]
    assert rungs(office, unit="so-xay-dung") == [("03/10/2022", "notice"), ("14/10/2022", "recorded")]
    assert rungs(office, audience="coordinating") == [("03/10/2022", "notice")]
    assert rungs(office, audience="overseer") == [("01/12/2022", "overseer-1")]
    assert rungs(office, audience="reviewer") == [("05/12/2022", "letter-3")]
    assert whys(office) == {"leader-4": "chờ rà sổ", "own_leadership-8": "chờ rà sổ"}
    first, fixed, *later = letters_to(office, "dau-moi@so-y-te.example")
    assert ASSUMED in first.text
    assert fixed.subject == "[Đổi hạn K1-0001] Việc bao-cao, năm 2022, hạn mới hết ngày 30/11/2022 (thứ Tư)"
    assert "ngày cụ thể được ấn định, theo văn bản số 9/CV" in fixed.text
    assert not any(ASSUMED in letter.text for letter in (fixed, *later))


def test_a_day_fixed_for_one_period_leaves_the_other_assumed(office: Office) -> None:
    """Fixed on Monday 21/11/2022: ten days before, Friday 18/11, lies back. Recorded on Monday 28/11.

    Of 2023, due on Sunday 31/12/2023 still, rungs leave on 21, 28 and 29/12 and on Tuesday 02/01/2024.
    """
    yearly(office, "03/10/2022 09:00")
    live(office, "03/10/2022", "20/11/2022")
    yearly(office, "21/11/2022 10:30", FIXED)
    deeds = recorded(office, "28/11/2022 10:30", "so-xay-dung") | recorded(office, "28/11/2022 10:40", "so-y-te")
    live(office, "21/11/2022", "28/11/2022", deeds)
    live(office, "18/12/2023", "02/01/2024")
    assert rungs(office) == [
        ("03/10/2022", "notice"),
        ("21/11/2022", "notice"),
        ("25/11/2022", "before-3"),
        ("28/11/2022", "recorded"),
        ("21/12/2023", "before-10"),
        ("28/12/2023", "before-3"),
        ("29/12/2023", "before-0"),
        ("02/01/2024", "overdue-1"),
    ]
    said = [ASSUMED in letter.text for letter in letters_to(office, "dau-moi@so-y-te.example")]
    assert said == [True, False, False, False, True, True, True, True]


# -- amended --------------------------------------------------------------------------------------------------------


def test_a_date_that_a_document_amends_is_walked_to_its_end(office: Office) -> None:
    """Due Friday 29/07/2022, on Wednesday 20/07 amended to Friday 12/08: of the old date nothing leaves any more."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00", more="coordinating: [so-xay-dung]")
    live(office, "11/07/2022", "19/07/2022")
    given(office, "{by: 2022-08-12}", "20/07/2022 10:30", more=f"coordinating: [so-xay-dung]\n  {AMENDED}")
    live(office, "20/07/2022", "18/08/2022")
    assert left(office) == [
        ("11/07/2022 11:01", "notice", "so-y-te.focal"),
        ("19/07/2022 08:01", "before-10", "so-y-te.focal"),
        ("20/07/2022 11:01", "notice", "so-y-te.focal"),
        ("02/08/2022 08:01", "before-10", "so-y-te.focal"),
        ("09/08/2022 08:01", "before-3", "so-y-te.focal"),
        ("12/08/2022 08:01", "before-0", "so-y-te.focal"),
        ("15/08/2022 08:01", "overdue-1", "so-y-te.focal"),
        ("16/08/2022 08:01", "overdue-2", "so-y-te.focal"),
    ]
    assert rungs(office, audience="coordinating") == [("11/07/2022", "notice")]
    assert rungs(office, audience="overseer") == [("15/08/2022", "overseer-1")]
    assert rungs(office, audience="reviewer") == [("17/08/2022", "letter-3")]
    assert whys(office) == {"leader-4": "chờ rà sổ"}
    moved = letters_to(office, "dau-moi@so-y-te.example")[2]
    assert "trước đây là hết ngày 29/7/2022 (thứ Sáu), nay là hết ngày 12/8/2022 (thứ Sáu)" in moved.text
    assert "điều chỉnh kế hoạch, theo văn bản số 20/KH-SM" in moved.text


# -- ended ----------------------------------------------------------------------------------------------------------


def test_an_end_that_is_learned_of_late_silences_everybody(office: Office) -> None:
    """Due Wednesday 20/07/2022; on Tuesday 26/07 leader-4 is held; on the 27th it is said to have ended on 15/07."""
    given(office, "{by: 2022-07-20}", "11/07/2022 09:00")
    live(office, "11/07/2022", "27/07/2022", hours=("07:31", "08:01"))
    assert whys(office) == {"leader-4": "chờ rà sổ"}
    told = [mail.subject for mail in mails(office)]
    given(office, "{by: 2022-07-20}", "27/07/2022 10:30", more=ENDED)
    live(office, "27/07/2022", "05/08/2022")
    assert [mail.subject for mail in mails(office)] == told
    assert states(office)[-1] == ("leader-4", "skipped", "không phải thực hiện nữa")
    assert "own_leadership-8" not in [rung for rung, _, _ in states(office)], "of Monday 01/08 there is not even a row"
