"""Which plan a title amends."""

from __future__ import annotations

import pytest

from obligations.draft.structure.amends import amends


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        ("Sửa đổi, bổ sung một số nội dung của Kế hoạch số 120/KH-UBND ngày 05/3/2025 của UBND tỉnh", ("120/KH-UBND",)),
        ("V/v điều chỉnh thời hạn báo cáo tại Kế hoạch số 07/KH-SNV", ("07/KH-SNV",)),
        (
            "Về việc gia hạn thực hiện Quyết định số 15/2024/QĐ-UBND và Kế hoạch số 9 /KH-STC",
            ("15/2024/QĐ-UBND", "9/KH-STC"),
        ),
        ("Bo sung Kế hoạch số 31-KH/TU", ("31-KH/TU",)),
        ("Thực hiện Quyết định số 12/QĐ-TTg sửa đổi, bổ sung Quyết định số 10/QĐ-TTg", ()),
        ("Điều chỉnh thời gian tổ chức hội nghị", ()),
        ("", ()),
    ],
)
def test_the_numbers_that_a_title_amends(title: str, numbers: tuple[str, ...]) -> None:
    assert amends(title) == numbers
