"""What a document answers of what its sender owes, and when that is plain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from obligations.cases.receiving.matching import (
    ASKS_TIME,
    DAYS_UNCLEAR,
    EARLY,
    MOST_CHOICES,
    NO_RESULT,
    OTHER_KIND,
    OTHER_MATTER,
    PERIOD_UNCLEAR,
    SEVERAL,
    SIGNED_IN_TIME,
    UNDATED,
    UNLIKE,
    Match,
    Owed,
    match,
)
from obligations.cases.receiving.register import Incoming
from obligations.cases.receiving.wording import Rarity
from obligations.domain.periods import Period

YEARLY = [
    Owed(
        f"K1-{year}", ("kh-123", "bao-cao-nam", "so-y-te"), "Báo cáo năm kết quả phong trào thi đua", "báo cáo",
        Period(year, "year", 1), date(year, 11, 25),
        'Phong trào thi đua "Vì người nghèo"', frozenset({"123/KH-UBND"}), date(2022, 7, 8),
    )
    for year in range(2022, 2026)
]  # fmt: skip
REVIEW = replace(
    YEARLY[0],
    code="K1-SK",
    turn=("kh-123", "so-ket", "so-y-te"),
    title="Sơ kết phong trào thi đua ở cơ quan, địa phương",
    product="báo cáo sơ kết",
    period=None,
    due_on=date(2023, 12, 31),
)
CHECK = replace(
    YEARLY[0],
    code="K2-KT",
    turn=("kh-9", "kiem-tra", "so-y-te"),
    title="Xây dựng kế hoạch kiểm tra công vụ",
    product="kế hoạch",
    period=None,
    due_on=date(2022, 12, 15),
    plan_title="Kỷ luật, kỷ cương hành chính",
    numbers=frozenset({"9/KH-SNV"}),
)
ALL = [*YEARLY, REVIEW, CHECK]
ITS_YEAR = "Báo cáo kết quả phong trào thi đua năm 2022"


def answer(subject: str, on: str = "2022-11-21", number: str = "345/BC-SYT", signed: str | None = None) -> Match:
    sent = date.fromisoformat(on)
    incoming = Incoming(1, "Sở Y tế", number, subject, sent, sent, date.fromisoformat(signed) if signed else None)
    return match(incoming, ALL, Rarity({one.title for one in ALL}))


def codes(found: Match) -> list[str]:
    return [one.code for one in found.choices]


@pytest.mark.parametrize(
    ("subject", "code", "number"),
    [
        (ITS_YEAR, "K1-2022", "345/BC-SYT"),
        ("BÁO CÁO KẾT QUẢ PHONG TRÀO THI ĐUA NĂM 2022", "K1-2022", "345/BC-SYT"),
        ("bao cao ket qua phong trao thi dua nam 2022", "K1-2022", "345/BC-SYT"),
        ("V/v báo cáo kết quả phong trào thi đua “Vì người nghèo” năm 2022 của Sở Y tế", "K1-2022", "345/SYT-VP"),
        ("Báo cáo kết quả phong trào thi đua theo Kế hoạch số 123/KH-UBND năm 2022", "K1-2022", "345/BC-SYT"),
        ("Báo cáo kết quả phong trào thi đua năm 2022, nhiệm vụ năm 2023", "K1-2022", "345/BC-SYT"),
        ("Kế hoạch kiểm tra công vụ năm 2022", "K2-KT", "12/KH-SYT"),
        ("Kiểm tra công vụ", "K2-KT", "12/KH-SYT"),  # that it is a plan stands in its number
    ],
)
def test_a_plain_match(subject: str, code: str, number: str) -> None:
    found = answer(subject, number=number)
    assert (codes(found)[0], list(found.doubts), found.is_sure) == (code, [], True)


@pytest.mark.parametrize(
    ("subject", "number", "doubt"),
    [
        (f"V/v xin gia hạn nộp {ITS_YEAR}", "9/SYT-VP", ASKS_TIME),
        (f"V/v đề nghị hướng dẫn mẫu {ITS_YEAR}", "9/SYT-VP", NO_RESULT),
        ("Báo cáo kết quả thực hiện Kế hoạch số 123/KH-UBND năm 2022", "9/BC-SYT", UNLIKE),
        ("Báo cáo kết quả hoạt động và phong trào năm 2022", "9/BC-SYT", UNLIKE),
        ("Tờ trình kết quả phong trào thi đua năm 2022", "12/TTr-SYT", OTHER_KIND),
        ("Báo cáo sơ kết phong trào thi đua của cơ quan năm 2023", "9/BC-SYT", SEVERAL),
    ],
)
def test_what_a_person_must_look_at(subject: str, number: str, doubt: str) -> None:
    found = answer(subject, number=number)
    assert found.choices
    assert doubt in found.doubts


@pytest.mark.parametrize(
    "subject",
    [
        *(f"V/v {words} {ITS_YEAR}" for words in ("chậm nộp", "hoãn", "gửi dự thảo", "thu hồi", "nhắc", "chuẩn bị")),
        f"Dự thảo {ITS_YEAR}",
        f"{ITS_YEAR} (hủy bỏ)",
        "Báo cáo chưa có kết quả phong trào thi đua năm 2022",
        "Báo cáo lý do không thực hiện được phong trào thi đua năm 2022",
        "Báo cáo kết quả phong trào thi đua yêu nước năm 2022",
        "Báo cáo kết quả phong trào thi đua “Dân vận khéo” năm 2022",
        "Báo cáo phong trào thi đua chung sức xây dựng nông thôn mới năm 2022",
        "Báo cáo khó khăn khi thực hiện phong trào thi đua theo Kế hoạch số 123/KH-UBND năm 2022",
        "Báo cáo giải ngân vốn phong trào thi đua theo Kế hoạch số 123/KH-UBND năm 2022",
    ],
)
def test_whoever_says_more_than_the_duty_is_looked_at(subject: str) -> None:
    """A draft, a refusal, another movement, another matter of the same plan."""
    found = answer(subject)
    assert codes(found)[0] == "K1-2022"
    assert OTHER_MATTER in found.doubts or UNLIKE in found.doubts


@pytest.mark.parametrize(
    ("subject", "on", "first", "doubt"),
    [
        ("Báo cáo kết quả phong trào thi đua", "2022-11-21", "K1-2022", PERIOD_UNCLEAR),
        ("Báo cáo kết quả phong trào thi đua", "2023-11-20", "K1-2023", PERIOD_UNCLEAR),
        ("Báo cáo kết quả phong trào thi đua 3 tháng đầu năm 2022", "2022-11-21", "K1-2022", PERIOD_UNCLEAR),
        ("Báo cáo kết quả phong trào thi đua tuần 45 năm 2022", "2022-11-21", "K1-2022", PERIOD_UNCLEAR),
        ("Báo cáo kết quả phong trào thi đua năm 2022 và năm 2023", "2022-11-21", "K1-2022", PERIOD_UNCLEAR),
        ("Báo cáo kết quả phong trào thi đua năm 2025", "2022-11-21", "K1-2025", EARLY),
        (ITS_YEAR, "2022-09-20", "K1-2022", EARLY),
        (ITS_YEAR, "2022-01-10", "K1-2022", EARLY),
    ],
)
def test_the_period_must_be_told_and_its_time_have_come(subject: str, on: str, first: str, doubt: str) -> None:
    found = answer(subject, on)
    assert (codes(found)[0], list(found.doubts)) == (first, [doubt])


def test_what_was_sent_before_its_plan_is_looked_at() -> None:
    owed = replace(CHECK, since=date(2022, 12, 1))
    incoming = Incoming(1, "Sở Y tế", "1/KH-SYT", "Kế hoạch kiểm tra công vụ", date(2022, 11, 30))
    assert list(match(incoming, [owed], Rarity([owed.title])).doubts) == [EARLY]


def test_one_obligation_of_two_units_is_two_duties() -> None:
    other = replace(YEARLY[0], code="K1-KHAC", turn=("kh-123", "bao-cao-nam", "so-y-te-khac"), due_on=date(2023, 6, 1))
    incoming = Incoming(1, "Sở Y tế", "1/BC-SYT", ITS_YEAR, date(2022, 11, 21))
    assert list(match(incoming, [YEARLY[0], other], Rarity([other.title])).doubts) == [SEVERAL]


@pytest.mark.parametrize(
    "subject",
    [
        "Báo cáo kết quả phong trào thi đua năm 2021",
        "Báo cáo kết quả phong trào thi đua quý III/2022",
        "Báo cáo kết quả phong trào thi đua tháng 11 năm 2022",
        "Báo cáo kết quả hoạt động năm 2022",
        "Báo cáo công tác y tế dự phòng",
        "",
    ],
)
def test_another_period_or_matter_is_not_proposed(subject: str) -> None:
    assert codes(answer(subject)) == []


@pytest.mark.parametrize(
    ("kind", "number", "is_told_as_year"),
    [("half-year", 2, True), ("quarter", 4, True), ("month", 12, True), ("half-year", 1, False), ("quarter", 3, False)],
)
def test_the_last_part_of_a_year_is_often_told_as_the_year(kind: str, number: int, is_told_as_year: bool) -> None:  # noqa: FBT001
    """A person says whether it is."""
    owed = replace(YEARLY[0], period=Period(2022, kind, number))  # type: ignore[arg-type]
    incoming = Incoming(1, "Sở Y tế", "1/BC", ITS_YEAR, date(2022, 12, 20))
    found = match(incoming, [owed], Rarity([owed.title]))
    assert (codes(found), list(found.doubts)) == (([owed.code], [PERIOD_UNCLEAR]) if is_told_as_year else ([], []))


@pytest.mark.parametrize(
    ("signed", "on", "doubts"),
    [
        ("2022-11-24", "2022-11-28", [SIGNED_IN_TIME]),
        ("2022-11-26", "2022-11-28", []),
        ("2022-11-24", "2022-11-25", []),
        ("2022-11-24", "2022-11-23", [DAYS_UNCLEAR]),
    ],
)
def test_days_that_do_not_go_together(signed: str, on: str, doubts: list[str]) -> None:
    assert list(answer(ITS_YEAR, on, signed=signed).doubts) == doubts


def test_nothing_is_sent_after_it_came() -> None:
    incoming = Incoming(1, "Sở Y tế", "1/BC-SYT", ITS_YEAR, date(2022, 11, 25), date(2022, 11, 21))
    assert list(match(incoming, ALL, Rarity({one.title for one in ALL})).doubts) == [DAYS_UNCLEAR]


@pytest.mark.parametrize(
    ("title", "subject", "found"),
    [
        ("Báo cáo quý III năm 2022 về giảm nghèo", "Báo cáo giảm nghèo quý III/2022", True),
        ("Báo cáo quý III năm 2022 về giảm nghèo", "Báo cáo giảm nghèo quý II/2022", False),
        ("Báo cáo giảm nghèo", "Báo cáo giảm nghèo năm 2022", True),
        ("Báo cáo giảm nghèo", "Báo cáo giảm nghèo năm 2020", False),
        ("Báo cáo giảm nghèo", "Báo cáo giảm nghèo tháng 12/2022", False),
    ],
)
def test_what_is_owed_once_has_the_period_of_its_title_or_its_year(title: str, subject: str, found: bool) -> None:  # noqa: FBT001
    owed = replace(CHECK, title=title, product="báo cáo")
    incoming = Incoming(1, "Sở Y tế", "1/BC", subject, date(2022, 12, 10))
    assert match(incoming, [owed], Rarity([title])).is_sure is found


def test_what_has_no_date_yet_and_far_more_than_can_be_shown() -> None:
    waiting = [
        replace(YEARLY[0], code=f"K{n}", turn=("kh", str(n), "so-y-te"), period=None, due_on=None) for n in range(9)
    ]
    incoming = Incoming(1, "Sở Y tế", "1/BC", "Báo cáo kết quả phong trào thi đua", date(2022, 11, 21))
    found = match(incoming, waiting, Rarity([YEARLY[0].title]))
    assert (codes(found), set(found.doubts)) == (["K0", "K1", "K2", "K3"], {SEVERAL, UNDATED})
    assert len(codes(found)) == MOST_CHOICES
