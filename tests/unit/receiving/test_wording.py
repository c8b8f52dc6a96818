"""What a document's title tells: periods, kinds, requests; how much of a duty's title it says."""

from __future__ import annotations

from time import process_time

import pytest

from obligations.cases.receiving.wording import (
    Rarity,
    asks_for_time,
    beside,
    cites,
    is_no_result,
    kind_of,
    kinds_in,
    numbers_in,
    periods_in,
    says_head,
    syllables,
    title_syllables,
)


@pytest.mark.parametrize(
    ("subject", "labels"),
    [
        ("Báo cáo kết quả năm 2022", ["2022"]),
        ("Báo cáo năm 2022, phương hướng, nhiệm vụ năm 2023", ["2022", "2023"]),
        ("Báo cáo quý III/2023", ["2023-Q3"]),
        ("Báo cáo quý III, nhiệm vụ trọng tâm quý IV năm 2022", ["2022-Q3", "2022-Q4"]),
        ("Báo cáo 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2023", ["2023-H1", "2023-H2"]),
        ("Báo cáo tháng 11, phương hướng tháng 12 năm 2022", ["2022-11", "2022-12"]),
        ("BÁO CÁO QUÝ 3 NĂM 2023", ["2023-Q3"]),
        ("bao cao quy IV nam 2023", ["2023-Q4"]),
        ("Báo cáo 6 tháng đầu năm 2023", ["2023-H1"]),
        ("Báo cáo sáu tháng cuối năm 2023", ["2023-H2"]),
        ("Báo cáo 06 tháng năm 2023", ["2023-H1"]),
        ("Báo cáo 9 tháng đầu năm 2024", ["2024-Q3"]),
        ("Báo cáo tháng 7/2023, nhiệm vụ tháng 8 năm 2023", ["2023-07", "2023-08"]),
        ("Báo cáo tháng 13/2023", []),
        ("Kế hoạch giai đoạn 2021-2025", []),
        ("Kế hoạch từ năm 2021 đến năm 2025", []),
        ("Chương trình đến năm 2025, định hướng đến năm 2030", []),
        ("thực hiện Kế hoạch số 123/KH-UBND ngày 08/7/2022 của UBND tỉnh", []),
        ("theo Công văn ngày 8 tháng 7 năm 2022", []),
        ("Báo cáo kết quả giai đoạn 2021 - 2025 và năm 2023", ["2023"]),
        ("", []),
    ],
)
def test_the_periods_that_a_title_names(subject: str, labels: list[str]) -> None:
    assert [one.label for one in periods_in(subject).periods] == labels


@pytest.mark.parametrize(
    ("subject", "is_clear"),
    [
        ("Báo cáo kết quả năm 2022", True),
        ("Báo cáo năm 2022, phương hướng, nhiệm vụ năm 2023", True),
        ("Báo cáo quý III, nhiệm vụ trọng tâm quý IV năm 2022", True),
        ("Kế hoạch giai đoạn 2021-2025", True),
        ("Báo cáo kết quả", True),
        ("Báo cáo quý I và quý II năm 2022", False),
        ("Báo cáo quý I, II năm 2022", False),
        ("Báo cáo tháng 10 và 11 năm 2022", False),
        ("Báo cáo 3 tháng đầu năm 2022", False),
        ("Báo cáo 10 tháng năm 2022", False),
        ("Báo cáo tháng mười năm 2022", False),
        ("Báo cáo tuần 45 năm 2022", False),
        ("Báo cáo đợt 1 năm 2022", False),
        ("Báo cáo giữa năm 2022", False),
        ("Báo cáo năm 2022 (quý III)", False),
        ("Báo cáo năm 2022 (tuần 45)", False),
        ("Báo cáo tháng 13/2022", False),
        ("Báo cáo quý III", False),
    ],
)
def test_whether_a_title_is_clear_about_time(subject: str, is_clear: bool) -> None:  # noqa: FBT001
    assert periods_in(subject).is_clear is is_clear


@pytest.mark.parametrize(
    ("number", "subject", "kind"),
    [
        ("345/BC-SYT", "V/v gửi kết quả", "báo cáo"),
        ("345-BC/HU", "", "báo cáo"),
        ("12/KH-UBND", "Thực hiện phong trào", "kế hoạch"),
        ("1234/SYT-VP", "Báo cáo kết quả", "báo cáo"),
        ("1234/SYT-VP", "V/v báo cáo kết quả", "báo cáo"),
        ("1234/SYT-VP", "V/v cử người dự họp", ""),
        ("", "", ""),
    ],
)
def test_the_kind_of_a_document(number: str, subject: str, kind: str) -> None:
    assert kind_of(number, subject) == kind


def test_the_kinds_that_a_duty_speaks_of() -> None:
    assert kinds_in("Báo cáo kết quả thực hiện kế hoạch") == {"báo cáo", "kế hoạch"}
    assert kinds_in("Thăm hỏi hộ nghèo") == set()


@pytest.mark.parametrize(
    ("subject", "asks", "other"),
    [
        ("V/v xin gia hạn nộp báo cáo", True, False),
        ("Đề nghị lùi thời gian báo cáo năm 2022", True, False),
        ("xin phép chậm báo cáo", True, False),
        ("Báo cáo năm 2022 (xin lùi)", True, False),
        ("V/v đề nghị hướng dẫn mẫu báo cáo", False, True),
        ("GIẤY MỜI họp", False, True),
        ("Về việc mời dự hội nghị tổng kết", False, True),
        ("V/v đôn đốc báo cáo", False, True),
        ("Báo cáo kết quả theo yêu cầu tại Công văn 12", False, False),
        ("V/v báo cáo kết quả gia đình văn hóa", False, False),
    ],
)
def test_what_is_no_result(subject: str, asks: bool, other: bool) -> None:  # noqa: FBT001
    assert (asks_for_time(subject), is_no_result(subject)) == (asks, other)


def test_numbers_are_found_however_they_are_typed() -> None:
    said = "Báo cáo thực hiện KH số 123 / kh - ubnd, văn bản 45-KH/TU và 2072/QĐ-UBND."
    assert numbers_in(said) == {"123/KH-UBND", "45-KH/TU", "2072/QĐ-UBND"}
    assert numbers_in("005/BC-SYT ngày 18/11/2022, họp 9/12") == {"5/BC-SYT"}
    assert numbers_in("không số") == frozenset()


@pytest.mark.parametrize(
    ("subject", "is_cited"),
    [
        ("thực hiện Kế hoạch số 123/KH-UBND ngày 08/7/2022", True),
        ("thực hiện KH 123/kh-ubnd", True),
        ("thực hiện Kế hoạch 123 của Ủy ban tỉnh", True),
        ("thực hiện ke hoach so 123", True),
        ("thực hiện Kế hoạch số 1234/KH-UBND", False),
        ("thực hiện Kế hoạch số 123/KH-SYT", False),
        ("123 hộ nghèo", False),
    ],
)
def test_whether_a_plan_is_named(subject: str, is_cited: bool) -> None:  # noqa: FBT001
    assert cites(subject, frozenset({"123/KH-UBND"})) is is_cited


def test_what_a_title_says_beside_the_duty() -> None:
    known = syllables("Báo cáo năm kết quả phong trào thi đua")
    assert beside(syllables("BC kết quả thực hiện PTTĐ năm 2022 trên địa bàn huyện"), known) == 0
    assert beside(syllables("bao cao ket qua phong trao thi dua nam 2022"), known) == 0
    assert beside(syllables("Báo cáo phong trào thi đua chung sức xây dựng nông thôn mới"), known) == 5


TITLES = ("Báo cáo năm kết quả phong trào thi đua", "Báo cáo công tác cải cách hành chính", "Kế hoạch kiểm tra")


@pytest.mark.parametrize(
    ("subject", "least", "most"),
    [
        (TITLES[0], 1.0, 1.0),
        ("BÁO CÁO NĂM KẾT QUẢ PHONG TRÀO THI ĐUA", 1.0, 1.0),
        ("bao cao nam ket qua phong trao thi dua", 1.0, 1.0),
        ("Báo cáo kết quả phong trào thi đua yêu nước năm 2022", 0.9, 0.99),
        ("Báo cáo công tác cải cách hành chính", 0.0, 0.3),
        ("Quả bưởi đua thuyền", 0.0, 0.3),
        ("", 0.0, 0.0),
    ],
)
def test_how_much_of_a_title_is_said(subject: str, least: float, most: float) -> None:
    share = Rarity(TITLES).share(syllables(TITLES[0]), syllables(subject))
    assert least - 1e-9 <= share <= most + 1e-9


@pytest.mark.parametrize(
    ("title", "subject", "is_said"),
    [
        ("Sơ kết phong trào thi đua", "Báo cáo sơ kết", True),
        ("Sơ kết phong trào thi đua", "bao cao so ket", True),
        ("Sơ kết phong trào thi đua", "Báo cáo năm phong trào thi đua", False),
        ("Báo cáo năm kết quả phong trào thi đua", "Báo cáo phong trào", True),
        ("Báo cáo năm", "Tờ trình", True),  # whose words all stand in every title
    ],
)
def test_the_first_word_that_tells_something(title: str, subject: str, is_said: bool) -> None:  # noqa: FBT001
    assert says_head(syllables(title), syllables(subject)) is is_said


def test_what_stands_in_brackets_is_said_aside() -> None:
    assert title_syllables("Báo cáo (qua Sở Nội vụ) năm") == ("báo", "cáo", "năm")
    assert beside(syllables("Báo cáo năm (hủy bỏ)"), title_syllables("Báo cáo năm")) == 2  # of a document it is said
    assert Rarity([]).share((), ("báo",)) == 0


@pytest.mark.parametrize("title", ["1" * 30_000, "1." * 500, "1/" * 15_000, "(" * 1_000, "tu nam 2020 " * 80])
def test_a_long_title_that_a_stranger_chose_is_read_at_once(title: str) -> None:
    """Thirty thousand figures took hours: each run of them was gone over from each of them."""
    began = process_time()
    numbers_in(title)
    kind_of(title, title[:1_000])
    periods_in(title[:1_000])
    assert process_time() - began < 2
