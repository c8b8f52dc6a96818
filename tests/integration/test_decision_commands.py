"""What a clerk decides at a terminal, and of several answered at once: what she types, and what she reads then.

The duty is due on Friday 29/07/2022; she sits at her desk on Monday 18/07 at 10:00.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.integration.test_cli import Desk, desk, events, refusal
from tests.letterbox import one
from tests.offices import ZONE, Office, obligation

__all__ = ["desk"]
MONDAY = "18/07/2022 10:00"
UNIT, OTHER = "dau-moi@so-y-te.example", "dau-moi@so-xay-dung.example"
DUTY = "Việc bao-cao (ke-hoach/bao-cao)"
MINE, THEIRS = f"K1-0001 Sở Y tế: {DUTY}", f"K1-0002 Sở Xây dựng: {DUTY}"
COLUMNS = ("unit", "by", "document")
SIGNED = ("--document", "3/VP", "--by", "Chị Mai")


@pytest.fixture
def seated(office: Office, desk: Desk) -> Desk:
    """Two units owe one report (K1-0001, K1-0002); one of them another thing after a meeting (K1-0003)."""
    office.plan(
        obligation("bao-cao", "{by: 2022-07-29}"),
        obligation("sau-hop", "{after: 'event:hop', working_days: 5}", responsible="so-y-te"),
    ).apply("2022-07-11 09:00")
    return desk.clock("2022-07-18 10:00")


def said(desk: Desk, *words: str) -> str:
    """What a command that was done prints, however wide the terminal."""
    return " ".join(desk.dondoc(*words).ended(0).out.split())


def stands(desk: Desk, code: str) -> str:
    """How `status` prints one duty."""
    [line] = [line for line in desk.dondoc("status").ended(0).out.splitlines() if code in line]
    return " ".join(line.split())


def kept(desk: Desk, kind: str) -> list[tuple[str, str | None, str, str | None]]:
    """(when, unit, who, document) of the events of a kind, as `history` has them."""
    return [
        (f"{datetime.fromisoformat(line['at']).astimezone(ZONE):%d/%m/%Y %H:%M}", *(line[key] for key in COLUMNS))
        for line in desk.dondoc("history", "--json").ended(0).document
        if (line["kind"], line["state"]) == ("event", kind)
    ]


def letter(office: Office, when: str, to: str) -> str:
    return " ".join(one(office, when, to=to).text.split())


def test_a_return_asks_for_the_result_again(office: Office, seated: Desk) -> None:
    """Sent on Friday 15/07/2022, to be sent again by Friday 22/07; on Monday 25/07 that day has passed."""
    seated.dondoc("submit", "K1-0001", "--on", "15/07/2022", "--document", "5/BC").ended(0)
    words = ("return", "K1-0001", "--to", "22/07/2022", "--note", "thiếu phụ lục", *SIGNED)
    returned = f"{MINE}, hạn 29/07/2022. Đề nghị bổ sung trước ngày 22/7/2022."
    assert said(seated, *words) == returned
    assert kept(seated, "returned") == [(MONDAY, "so-y-te", "Chị Mai", "3/VP")]
    known = events(office)
    assert said(seated, *words) == returned
    assert events(office) == known
    told = letter(office, "2022-07-18 10:05", UNIT)
    assert "thiếu phụ lục" in told
    assert "22/7/2022 (thứ Sáu)" in told
    assert stands(seated, "K1-0001") == "K1-0001 Sở Y tế Đề nghị bổ sung trước ngày 22/7/2022"
    assert stands(seated.clock("2022-07-25 09:00"), "K1-0001") == "K1-0001 Sở Y tế Quá hạn bổ sung"


@pytest.mark.parametrize(
    ("keep", "ends"),
    [
        (("--keep",), "Hoàn thành đúng hạn, gửi ngày 15/07/2022, ghi nhận ngày 03/08/2022."),
        ((), "Hoàn thành quá hạn, gửi ngày 03/08/2022, ghi nhận ngày 03/08/2022."),
    ],
    ids=["a fault of form", "a fault of substance"],
)
def test_a_return_keeps_the_first_day_when_she_says_so(seated: Desk, keep: tuple[str, ...], ends: str) -> None:
    """Sent on Friday 15/07/2022 and, returned until Friday 05/08, again on Wednesday 03/08: after Friday 29/07."""
    seated.dondoc("submit", "K1-0001", "--on", "15/07/2022").ended(0)
    seated.dondoc("return", "K1-0001", "--to", "05/08/2022", *keep).ended(0)
    seated.clock("2022-08-03 10:00").dondoc("submit", "K1-0001").ended(0)
    assert said(seated, "confirm", "K1-0001") == f"{MINE}, hạn 29/07/2022. {ends}"


def test_an_extension_is_asked_for_and_refused(seated: Desk) -> None:
    """Without --granted-by it is only asked for: the date stands; refused twice it is refused once."""
    words = ("extend", "K1-0001", "--to", "05/08/2022", "--by", "Anh Bình")
    assert said(seated, *words) == f"{MINE}, hạn 29/07/2022. Đang trình gia hạn."
    assert kept(seated, "extension_asked") == [(MONDAY, "so-y-te", "Anh Bình", None)]
    assert stands(seated, "K1-0001") == "K1-0001 Sở Y tế Đang trình gia hạn"
    no = ("extend", "K1-0001", "--refuse", *SIGNED)
    assert said(seated, *no) == said(seated, *no) == f"{MINE}, hạn 29/07/2022. Mới giao."
    assert kept(seated, "extension_refused") == [(MONDAY, "so-y-te", "Chị Mai", "3/VP")]
    assert refusal(seated.dondoc("extend", "K1-0002", "--refuse", "--json"))["code"] == "not-so"


def test_an_extension_is_granted_and_taken_back(office: Office, seated: Desk) -> None:
    """To Friday 05/08/2022, told with who granted it and its document; the plan's own day takes it back."""
    one(office, "2022-07-18 10:05", to=UNIT)
    seated.clock("2022-07-18 10:10")
    by = ("--granted-by", "Giám đốc Sở Mẫu", "--note", "chờ số liệu", *SIGNED)
    assert said(seated, "extend", "ke-hoach/bao-cao", "so-y-te", "--to", "2022-08-05", *by) == (
        f"{MINE}, hạn 05/08/2022 (hạn gốc 29/07/2022). Mới giao."
    )
    assert kept(seated, "extended") == [("18/07/2022 10:10", "so-y-te", "Chị Mai", "3/VP")]
    shown = said(seated, "status", "--unit", "so-y-te")
    assert f"{DUTY}, hạn 05/08/2022 (hạn gốc 29/07/2022) K1-0001 Sở Y tế Mới giao" in shown
    told = letter(office, "2022-07-18 10:15", UNIT)
    assert "trước đây là hết ngày 29/7/2022 (thứ Sáu), nay là hết ngày 05/8/2022 (thứ Sáu)." in told
    assert "Gia hạn do Giám đốc Sở Mẫu đồng ý, theo văn bản số 3/VP (chờ số liệu)." in told
    seated.clock("2022-07-18 10:20")
    assert said(seated, "extend", "K1-0001", "--to", "29/07/2022", *by) == f"{MINE}, hạn 29/07/2022. Mới giao."
    assert [when for when, *_ in kept(seated, "extended")] == ["18/07/2022 10:10", "18/07/2022 10:20"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("extend", "K1-0001", "--to", "28/07/2022"), "before-plan", "28/7/2022 sớm hơn hạn của kế hoạch."),
        (("extend", "K1-0003", "--to", "28/07/2022"), "no-deadline", "K1-0003 chưa có hạn (chờ mốc)."),
        (("return", "K1-0001"), "nothing-submitted", "K1-0001 chưa có kết quả nào để đề nghị bổ sung."),
        (("reassign", "K1-0001", "--to", "so-la"), "unknown-unit", "không có đơn vị so-la trong units.yaml."),
        (("event", "ke-hoac", "hop", "--on", "14/07/2022"), "no-plan", "không theo dõi kế hoạch ke-hoac."),
        (
            ("event", "ke-hoach", "hopp", "--on", "14/07/2022"),
            "no-event",
            "kế hoạch ke-hoach không có hạn nào tính từ sự kiện hopp.",
        ),
        (("waive", "khac/bao-cao", "so-y-te"), "no-assignment", "không theo dõi kế hoạch khac."),
        (("urge", "ke-hoach/bao-cao"), "address", "chưa ghi đơn vị."),
        (("submit", "K1-0001", "K1-0999"), "no-assignment", "không có mã việc K1-0999."),
        (("submit", "K1-0001", "ke-hoach/bao-cao"), "address", "ke-hoach/bao-cao không phải mã việc."),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    office: Office, seated: Desk, words: tuple[str, ...], code: str, message: str
) -> None:
    """Exit 1, the sentence on standard error with what to do, and nothing recorded, not even of the others named."""
    known = events(office)
    plain = seated.dondoc(*words).ended(1)
    assert plain.out == ""
    assert plain.err.startswith(f"Không thực hiện được: {message}")
    assert len(plain.err.splitlines()) == 1
    error = refusal(seated.dondoc(*words, "--json"))
    assert (error["code"], error["message"]) == (code, message)
    assert events(office) == known


DECISIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("return", "waive", "reopen", "disown", "urge"), ()),
    "extend": ("--to", "05/08/2022"),
    "reassign": ("--to", "so-xay-dung"),
}


@pytest.mark.parametrize("command", [*DECISIONS, "acknowledge"])
def test_an_unknown_code_is_refused(seated: Desk, command: str) -> None:
    error = refusal(seated.dondoc(command, "K1-0999", *DECISIONS.get(command, ()), "--json"))
    assert (error["code"], error["message"]) == ("no-assignment", "không có mã việc K1-0999.")
    assert error["fix"] == "Xem mã việc bằng dondoc status."


@pytest.mark.parametrize("command", [*DECISIONS, "extend --refuse"])
def test_a_decision_of_tomorrow_is_refused(office: Office, seated: Desk, command: str) -> None:
    """On Monday 18/07/2022 nobody has decided anything on Tuesday 19/07."""
    known = events(office)
    words = (*command.split(), "K1-0001", *DECISIONS.get(command, ()), "--on", "19/07/2022")
    error = refusal(seated.dondoc(*words, "--json"))
    assert (error["code"], error["message"]) == ("future", "ngày 19/7/2022 chưa đến.")
    assert error["fix"] == "Hôm nay là 18/7/2022."
    assert events(office) == known


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("extend", "K1-0001"), "ghi --to NGÀY, hoặc --refuse"),
        (("extend", "K1-0001", "--refuse", "--to", "05/08/2022"), "ghi --to NGÀY, hoặc --refuse"),
        (("reassign", "K1-0001"), "ghi --to ĐƠN-VỊ"),
        (("event", "ke-hoach", "hop"), "ghi --on NGÀY"),
        (("return", "K1-0001", "--to", "32/07/2022"), "32/07/2022 không phải ngày"),
    ],
)
def test_a_decision_that_lacks_its_half_is_misuse(seated: Desk, words: tuple[str, ...], says: str) -> None:
    result = seated.dondoc(*words).ended(2)
    assert says in result.err
    assert f"dondoc {words[0]} --help" in result.err


def test_what_was_confirmed_by_mistake_is_reopened(seated: Desk) -> None:
    """On Wednesday 03/08/2022 it is three working days late again: Monday, Tuesday, Wednesday."""
    seated.dondoc("submit", "K1-0002").ended(0)
    seated.dondoc("confirm", "K1-0002").ended(0)
    assert said(seated.clock("2022-08-03 10:00"), "reopen", "K1-0002", *SIGNED) == (
        f"{THEIRS}, hạn 29/07/2022. Quá hạn 3 ngày làm việc."
    )
    assert kept(seated, "reopened") == [("03/08/2022 10:00", "so-xay-dung", "Chị Mai", "3/VP")]
    assert stands(seated, "K1-0002") == "K1-0002 Sở Xây dựng Quá hạn 3 ngày làm việc"


def test_what_is_reassigned_stays_in_its_line_and_another_unit_is_written_to(office: Office, seated: Desk) -> None:
    """From Sở Y tế to Sở Xây dựng, which hears from whom, and under which document; the other hears no more."""
    one(office, "2022-07-18 10:05", to=UNIT)
    seated.clock("2022-07-18 10:10")
    assert said(seated, "reassign", "K1-0001", "--to", "so-xay-dung", *SIGNED) == f"{MINE}, hạn 29/07/2022. Mới giao."
    assert kept(seated, "reassigned") == [("18/07/2022 10:10", "so-y-te", "Chị Mai", "3/VP")]
    assert stands(seated, "K1-0001") == "K1-0001 Sở Y tế Mới giao"
    assert "nhận bàn giao việc “Việc bao-cao” từ Sở Y tế, theo văn bản số 3/VP" in letter(
        office, "2022-07-18 10:15", OTHER
    )
    coming = seated.dondoc("forecast", "--json").ended(0).document
    heard = {row["recipient"] for row in coming if (row["audience"], row["unit"]) == ("unit", "so-y-te")}
    assert heard == {"so-xay-dung.focal"}


def test_a_waiver_holds_from_its_day(seated: Desk) -> None:
    """Decided on Thursday 14/07/2022, recorded on Monday 18/07: owed on the Wednesday, no more on the Thursday."""
    words = ("waive", "ke-hoach/bao-cao", "so-xay-dung", "once", "--on", "14/07/2022", *SIGNED)
    assert said(seated, *words) == f"{THEIRS}, hạn 29/07/2022. Không phải thực hiện."
    assert kept(seated, "waived") == [(MONDAY, "so-xay-dung", "Chị Mai", "3/VP")]
    known_then = ("--known-at", "18/07/2022")
    assert "K1-0002 Sở Xây dựng Mới giao" in said(seated, "status", "--as-of", "13/07/2022", *known_then)
    assert "K1-0002 Sở Xây dựng Không phải thực hiện" in said(seated, "status", "--as-of", "14/07/2022", *known_then)
    row = seated.dondoc("reopen", "K1-0002", "--json").ended(0).document
    assert (row["code"], row["class"], row["state"]) == ("K1-0002", "open_in_time", "Mới giao")


def test_a_letter_that_was_sent_is_told(seated: Desk) -> None:
    """Công văn đôn đốc of Tuesday 02/08/2022, recorded the day after."""
    words = ("urge", "K1-0001", "--on", "02/08/2022", *SIGNED)
    assert said(seated.clock("2022-08-03 10:00"), *words) == f"{MINE}, hạn 29/07/2022. Đã có công văn đôn đốc."
    assert kept(seated, "urged") == [("03/08/2022 10:00", "so-y-te", "Chị Mai", "3/VP")]
    assert stands(seated, "K1-0001") == "K1-0001 Sở Y tế Đã có công văn đôn đốc"


def test_what_is_taken_in_hand_says_when_it_is_expected(seated: Desk) -> None:
    """Monday 25/07/2022, then Wednesday 27/07; to say it again without a day takes none away."""
    for to, shown in (("25/07/2022", "25/7/2022"), ("27/07/2022", "27/7/2022")):
        expected = f"{MINE}, hạn 29/07/2022. Đã tiếp nhận (dự kiến gửi ngày {shown})."
        assert said(seated, "acknowledge", "K1-0001", "--to", to, "--by", "Anh Bình") == expected
        assert said(seated, "acknowledge", "K1-0001") == expected
    assert kept(seated, "acknowledged") == [(MONDAY, "so-y-te", "Anh Bình", None)] * 2
    assert stands(seated, "K1-0001") == "K1-0001 Sở Y tế Đã tiếp nhận (dự kiến gửi ngày 27/7/2022)"


def test_one_document_answers_several_duties(office: Office, seated: Desk) -> None:
    """Nothing to report, signed on Thursday 14/07/2022, received on the Friday: each is printed, kept and confirmed."""
    days = ("--signed", "14/07/2022", "--received", "15/07/2022")
    words = ("submit", "K1-0001", "k1-0002", "--nil", *days, *SIGNED)
    sent = "hạn 29/07/2022. Đã gửi, chờ ghi nhận, gửi ngày 15/07/2022."
    assert said(seated, *words) == f"{MINE}, {sent} {THEIRS}, {sent}"
    assert kept(seated, "submitted") == [(MONDAY, unit, "Chị Mai", "3/VP") for unit in ("so-y-te", "so-xay-dung")]
    known = events(office)
    rows = seated.dondoc(*words, "--json").ended(0).document
    assert [(row["code"], row["submitted_on"]) for row in rows] == [
        ("K1-0001", "2022-07-15"),
        ("K1-0002", "2022-07-15"),
    ]
    assert events(office) == known
    done = "hạn 29/07/2022. Hoàn thành đúng hạn, gửi ngày 15/07/2022, ghi nhận ngày 18/07/2022."
    assert said(seated, "confirm", "K1-0001", "K1-0002") == f"{MINE}, {done} {THEIRS}, {done}"
    told = letter(office, "2022-07-18 10:05", UNIT)
    assert "đã ghi nhận báo cáo không phát sinh của “Việc bao-cao” (K1-0001)" in told
    assert "số 3/VP ngày 14/7/2022, gửi ngày 15/7/2022" in told
    seated.clock("2022-07-18 10:06").dondoc("submit", "K1-0003").ended(0)
    error = refusal(seated.dondoc("submit", "K1-0003", "--nil", "--json"))
    assert error["message"] == "K1-0003 đã ghi là có kết quả gửi, không phải không phát sinh."


def test_an_events_day_is_told_and_corrected(seated: Desk) -> None:
    """Thursday 14/07/2022: five working days on is Thursday 21/07; corrected to the Friday, Friday 22/07."""
    waiting = "Việc sau-hop (ke-hoach/sau-hop)"
    assert f"{waiting}, chờ mốc K1-0003 Sở Y tế Chờ mốc" in said(seated, "status")
    assert said(seated, "event", "ke-hoach", "hop", "--on", "14/07/2022", *SIGNED) == (
        "12/KH-SM: hop ngày 14/07/2022; 1 việc có hạn theo mốc này. K1-0003: hạn 21/07/2022."
    )
    assert kept(seated, "anchored") == [(MONDAY, None, "Chị Mai", "3/VP")]
    assert f"{waiting}, hạn 21/07/2022 K1-0003 Sở Y tế Sắp đến hạn ngày 21/7/2022" in said(seated, "status")
    corrected = seated.dondoc("event", "ke-hoach", "hop", "--on", "2022-07-15", "--json").ended(0).document
    [dated] = corrected.pop("dated")
    assert corrected == {"plan": "ke-hoach", "event": "hop", "on": "2022-07-15"}
    assert (dated["code"], dated["unit"], dated["due_on"]) == ("K1-0003", "so-y-te", "2022-07-22")
    assert stands(seated, "K1-0003") == "K1-0003 Sở Y tế Sắp đến hạn ngày 22/7/2022"
