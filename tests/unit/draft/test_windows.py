"""Days that figures are of and days that they are due by: the one is no deadline, the other is never lost."""

from __future__ import annotations

import pytest

from tests.unit.draft.told import dated, drafted


@pytest.mark.parametrize(
    ("body", "deadline"),
    [
        ("Trạm Y tế cung cấp số liệu trước ngày 20/4/2025.", {"before": "2025-04-20"}),
        ("Trạm Y tế đối chiếu xong số liệu chậm nhất ngày 20/4/2025.", {"by": "2025-04-20"}),
        ("Trạm Y tế niêm yết số liệu trong quý III/2025.", {"within": "2025-Q3"}),
        ("Trạm Y tế giải quyết các kiến nghị phát sinh trước ngày 30/6/2025.", {"before": "2025-06-30"}),
        ("Trạm Y tế gỡ các vướng mắc phát sinh trong tháng 5/2025.", {"within": "2025-05"}),
        ("Trạm Y tế cập nhật số liệu vào ngày 25 hằng tháng.", {"every": "month", "by": "25", "to": "2025-12"}),
        ("Trạm Y tế cập nhật số liệu hằng ngày, trước 16 giờ.", {"rrule": "FREQ=DAILY", "at": "16:00", "to": "2025-12-31"}),
        ("Trạm Y tế chốt số liệu trước ngày 14/4/2025.", {"before": "2025-04-14"}),
        ("Số liệu gửi về Trạm Y tế trước ngày 20/4/2025.", {"before": "2025-04-20"}),
        # Of when, then by when.
        ("Trạm Y tế nộp số liệu tính đến ngày 31/3/2025 trước ngày 10/4/2025.", {"before": "2025-04-10"}),
        ("Trạm Y tế báo cáo các ca phát sinh trong tháng 4/2025 trước ngày 05/5/2025.", {"before": "2025-05-05"}),
        ("Trạm Y tế báo cáo kết quả từ ngày 15/12/2024 đến ngày 14/6/2025 trước ngày 20/6/2025.", {"before": "2025-06-20"}),
        ("Trạm Y tế báo cáo kết quả (từ ngày 15/12/2024 đến ngày 14/6/2025) trước ngày 20/6/2025.", {"before": "2025-06-20"}),
    ],
)  # fmt: skip
def test_a_noun_takes_no_deadline_away(body: str, deadline: object) -> None:
    """*Số liệu*, *phát sinh* before the words of a deadline are the matter of an act."""
    assert [item.deadline for item in dated(body)] == [deadline]


@pytest.mark.parametrize(
    "body",
    [
        "Trạm Y tế báo cáo số liệu tính đến ngày 31/5/2025.",
        "Trạm Y tế báo cáo các ca phát sinh vào ngày 20/4/2025.",
        "Số liệu chốt trước ngày 14/4/2025.",
        "Quá thời hạn nêu trên (ngày 20/4/2025), trạm nào không gửi thì coi như thống nhất.",
        "Quá ngày 20/4/2025, trạm nào không gửi thì coi như thống nhất.",
    ],
)
def test_what_figures_are_of_and_what_has_lapsed_is_not_due(body: str) -> None:
    """Nothing is owed by it."""
    assert not drafted(body).of("obligation")
    assert not drafted(body).of("question")


def test_a_stretch_of_work_stays_beside_its_report() -> None:
    """An act of its own stands before the second day."""
    found = dated("Trạm Y tế khám từ ngày 10/4/2025 đến ngày 14/4/2025, báo cáo kết quả trước ngày 20/4/2025.")
    assert [item.deadline for item in found] == [{"start": "2025-04-10", "by": "2025-04-14"}, {"before": "2025-04-20"}]
