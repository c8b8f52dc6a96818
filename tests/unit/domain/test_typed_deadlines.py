"""Deadlines as people type them: each a form of the grammar, or refused with what to write instead."""

from __future__ import annotations

from datetime import date

import pytest

from obligations.domain.errors import GrammarError
from obligations.domain.grammar import Deadline, parse
from obligations.domain.plain_letters import unmarked
from obligations.domain.typed_deadlines import EXAMPLES, typed_deadline

TODAY = date(2022, 11, 28)  # a Monday


def reads_as(text: str, deadline: Deadline) -> None:
    """And what comes of it is a form of the grammar; marks and capitals do not matter."""
    assert typed_deadline(text, TODAY) == deadline
    assert typed_deadline(unmarked(text), TODAY) == deadline
    assert typed_deadline(text.upper(), TODAY) == deadline
    parse(deadline)


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("2/12/2022", {"by": "2022-12-02"}),
        ("2/12", {"by": "2022-12-02"}),
        ("20/7", {"by": "2023-07-20"}),
        ("mai", {"by": "2022-11-29"}),
        ("chậm nhất ngày 02/12/2022", {"by": "2022-12-02"}),
        ("hết ngày 2/12", {"by": "2022-12-02"}),
        ("trước ngày 20/12/2022", {"before": "2022-12-20"}),
        ("truoc 20/12", {"before": "2022-12-20"}),
        ("ngày 2/12", {"by": "2022-12-02"}),
        ("28/11", {"by": "2022-11-28"}),
        ("30/11/2022", {"by": "2022-11-30"}),
        ("ngày 02 tháng 12 năm 2022", {"by": "2022-12-02"}),
        ("ngày 02 tháng 12", {"by": "2022-12-02"}),
        ("2 tháng 12", {"by": "2022-12-02"}),
        ("chậm nhất ngày 02 tháng 12 năm 2022", {"by": "2022-12-02"}),
        ("trước ngày 02 tháng 12 năm 2022", {"before": "2022-12-02"}),
        ("trước 02/12", {"before": "2022-12-02"}),
        ("trước ngày 1/1", {"before": "2023-01-01"}),
        ("trước ngày 28/11", {"before": "2023-11-28"}),
        ("trước ngày 29/11", {"before": "2022-11-29"}),
        ("trước ngày 1/3/2024", {"before": "2024-03-01"}),
        ("29/2", {"by": "2024-02-29"}),
        ("thứ Sáu", {"by": "2022-12-02"}),
        ("thứ Sáu tuần này", {"by": "2022-12-02"}),
        ("thứ Sáu ngày 2/12", {"by": "2022-12-02"}),
        ("muộn nhất ngày 2/12", {"by": "2022-12-02"}),
        ("không muộn hơn ngày 2/12", {"by": "2022-12-02"}),
        ("hạn chót ngày 2/12", {"by": "2022-12-02"}),
        ("hạn 2/12", {"by": "2022-12-02"}),
        ("xong trước ngày 2/12", {"before": "2022-12-02"}),
        ("hoàn thành trước ngày 2/12", {"before": "2022-12-02"}),
        ("đến hết ngày 2/12", {"by": "2022-12-02"}),
        ("trong ngày 2/12", {"by": "2022-12-02"}),
        ("trong ngày mai", {"by": "2022-11-29"}),
        ("trong ngày hôm nay", {"by": "2022-11-28"}),
        ("hôm nay", {"by": "2022-11-28"}),
        ("trong hôm nay", {"by": "2022-11-28"}),
        ("ngày mai", {"by": "2022-11-29"}),
        ("trước ngày mai", {"before": "2022-11-29"}),
        ("trong ngày", {"by": "2022-11-28"}),
        ("chậm nhất trong ngày 2/12", {"by": "2022-12-02"}),
        ("cuối tháng 12", {"by": "2022-12-31"}),
        ("cuối tháng 12/2022", {"by": "2022-12-31"}),
        ("giữa tháng 12", {"by": "2022-12-15"}),
        ("2022-12-02", {"by": "2022-12-02"}),
        ("02.12.2022", {"by": "2022-12-02"}),
        ("02-12-2022", {"by": "2022-12-02"}),
        ("2/12/22", {"by": "2022-12-02"}),
        ("Trước ngày 5/12/2022.", {"before": "2022-12-05"}),
        ("TRƯỚC NGÀY 5/12/2022", {"before": "2022-12-05"}),
        ("trước  ngày  5 / 12 / 2022", {"before": "2022-12-05"}),
        ("mùng 5/12", {"by": "2022-12-05"}),
        ("đến 2/12", {"by": "2022-12-02"}),
        ("đến ngày 2/12", {"by": "2022-12-02"}),
        ("đến trước ngày 2/12", {"before": "2022-12-02"}),
        ("đến trước 2/12", {"before": "2022-12-02"}),
        ("vào trước ngày 2/12", {"before": "2022-12-02"}),
        ("chậm nhất trước ngày 2/12", {"before": "2022-12-02"}),
        ("là trước ngày 2/12", {"before": "2022-12-02"}),
        ("từ nay đến trước ngày 2/12", {"before": "2022-12-02"}),
        ("mùng 5 tháng 12", {"by": "2022-12-05"}),
        ("chậm nhất là ngày 2/12", {"by": "2022-12-02"}),
        ("phải xong trước ngày 2/12", {"before": "2022-12-02"}),
        ("hạn cuối: 2/12", {"by": "2022-12-02"}),
        ("hạn cuối tháng 12", {"by": "2022-12-31"}),
        ("Hạn chót: trước ngày 2/12.", {"before": "2022-12-02"}),
        ("thứ Sáu tuần sau", {"by": "2022-12-09"}),
        ("trước thứ Sáu", {"before": "2022-12-02"}),
        ("trước thứ Hai", {"before": "2022-12-05"}),
        ("thứ Hai", {"by": "2022-11-28"}),
        ("chủ nhật", {"by": "2022-12-04"}),
        ("thứ 6, ngày 2/12/2022", {"by": "2022-12-02"}),
        ("2/12/2022 (thứ Sáu)", {"by": "2022-12-02"}),
        ("cuối năm 2022", {"by": "2022-12-31"}),
        ("cuối tháng này", {"by": "2022-11-30"}),
        ("giữa tháng 11", {"by": "2023-11-15"}),
        ("từ nay đến 2/12", {"by": "2022-12-02"}),
        ("từ hôm nay đến cuối tháng 12", {"by": "2022-12-31"}),
    ],
)
def test_a_day(text: str, deadline: Deadline) -> None:
    """Without a year it is the next one whose deadline is not past."""
    reads_as(text, deadline)


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("14h 2/12", {"by": "2022-12-02", "at": "14:00"}),
        ("14h30 2/12", {"by": "2022-12-02", "at": "14:30"}),
        ("16h 30/11", {"by": "2022-11-30", "at": "16:00"}),
        ("16h 30-11-2022", {"by": "2022-11-30", "at": "16:00"}),
        ("16 giờ 30/12", {"by": "2022-12-30", "at": "16:00"}),
        ("16h30 30/11", {"by": "2022-11-30", "at": "16:30"}),
        ("trước 14 giờ ngày 2/12/2022", {"by": "2022-12-02", "at": "14:00"}),
        ("2/12/2022 16:30", {"by": "2022-12-02", "at": "16:30"}),
        ("16h mai", {"by": "2022-11-29", "at": "16:00"}),
        ("trước 10h ngày 2/12", {"by": "2022-12-02", "at": "10:00"}),
        ("trước 10h00 ngày 2/12/2022", {"by": "2022-12-02", "at": "10:00"}),
        ("trước 10 giờ ngày 2/12", {"by": "2022-12-02", "at": "10:00"}),
        ("trước 10 giờ 30 ngày 2/12", {"by": "2022-12-02", "at": "10:30"}),
        ("trước 10 giờ 30 phút ngày 2/12/2022", {"by": "2022-12-02", "at": "10:30"}),
        ("trước 10g30 ngày 2/12", {"by": "2022-12-02", "at": "10:30"}),
        ("trước 10:30 ngày 2/12", {"by": "2022-12-02", "at": "10:30"}),
        ("trước 16h, ngày 2/12", {"by": "2022-12-02", "at": "16:00"}),
        ("trước 16h00, ngày 02/12/2022", {"by": "2022-12-02", "at": "16:00"}),
        ("trước 16h thứ Sáu, ngày 2/12", {"by": "2022-12-02", "at": "16:00"}),
        ("16h thứ Sáu", {"by": "2022-12-02", "at": "16:00"}),
        ("trước 16h hôm nay", {"by": "2022-11-28", "at": "16:00"}),
        ("16h chiều nay", {"by": "2022-11-28", "at": "16:00"}),
        ("trước 24h ngày 2/12", {"by": "2022-12-02"}),
        ("trước 24 giờ ngày 2/12", {"by": "2022-12-02"}),
        ("trước 4 giờ chiều ngày 2/12", {"by": "2022-12-02", "at": "16:00"}),
        ("trước 4h chiều ngày 2/12", {"by": "2022-12-02", "at": "16:00"}),
        ("14h ngày 2 tháng 12", {"by": "2022-12-02", "at": "14:00"}),
        ("14 giờ ngày 2/12", {"by": "2022-12-02", "at": "14:00"}),
        ("ngày 2/12 trước 14h", {"by": "2022-12-02", "at": "14:00"}),
        ("ngày 2/12, 14h", {"by": "2022-12-02", "at": "14:00"}),
        ("2/12 lúc 14 giờ 30", {"by": "2022-12-02", "at": "14:30"}),
        ("2/12/2022 14h30", {"by": "2022-12-02", "at": "14:30"}),
        ("chậm nhất 16h ngày 2/12", {"by": "2022-12-02", "at": "16:00"}),
        ("chậm nhất là 16h ngày 2/12", {"by": "2022-12-02", "at": "16:00"}),
        ("16 giờ 30 tháng 12", {"by": "2022-12-30", "at": "16:00"}),
        ("16h00 mai", {"by": "2022-11-29", "at": "16:00"}),
        ("8 giờ sáng mai", {"by": "2022-11-29", "at": "08:00"}),
        ("9h sáng thứ Hai tuần sau", {"by": "2022-12-05", "at": "09:00"}),
        ("2 giờ chiều 2/12", {"by": "2022-12-02", "at": "14:00"}),
        ("8 giờ tối 2/12", {"by": "2022-12-02", "at": "20:00"}),
        ("12 giờ trưa 2/12", {"by": "2022-12-02", "at": "12:00"}),
        ("1 giờ trưa 2/12", {"by": "2022-12-02", "at": "13:00"}),
        ("12 giờ đêm 2/12", {"by": "2022-12-02"}),
        ("8h5 phút 2/12", {"by": "2022-12-02", "at": "08:05"}),
        ("8h 5 phút 2/12", {"by": "2022-12-02", "at": "08:05"}),
        ("02h 2/12", {"by": "2022-12-02", "at": "02:00"}),
        ("trước 16h trong ngày", {"by": "2022-11-28", "at": "16:00"}),
    ],
)
def test_an_hour_of_a_day(text: str, deadline: Deadline) -> None:
    """*Trước* before an hour says no other day; 24 giờ is the end of the day."""
    reads_as(text, deadline)


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("trong 10 ngày làm việc", {"after": "issued", "working_days": "10"}),
        ("10 ngày kể từ ngày ban hành", {"after": "issued", "days": "10"}),
        ("1 tháng", {"after": "issued", "months": "1"}),
        ("2 tuần", {"after": "issued", "days": "14"}),
        ("trong 10 ngày", {"after": "issued", "days": "10"}),
        ("trong vòng 10 ngày", {"after": "issued", "days": "10"}),
        ("trong thời hạn 10 ngày", {"after": "issued", "days": "10"}),
        ("10 ngày", {"after": "issued", "days": "10"}),
        ("trong 5 ngày làm việc", {"after": "issued", "working_days": "5"}),
        ("05 ngày làm việc", {"after": "issued", "working_days": "5"}),
        ("trong 05 ngày làm việc kể từ ngày ban hành", {"after": "issued", "working_days": "5"}),
        ("chậm nhất 5 ngày làm việc", {"after": "issued", "working_days": "5"}),
        ("chậm nhất 05 ngày làm việc kể từ ngày ký", {"after": "issued", "working_days": "5"}),
        ("chậm nhất sau 5 ngày làm việc", {"after": "issued", "working_days": "5"}),
        ("không quá 5 ngày làm việc", {"after": "issued", "working_days": "5"}),
        ("trong 3 tháng", {"after": "issued", "months": "3"}),
        ("trong 1 năm", {"after": "issued", "months": "12"}),
        ("sau 10 ngày", {"after": "issued", "days": "10"}),
        ("tối đa 10 ngày", {"after": "issued", "days": "10"}),
        ("10 ngày kể từ ngày ký ban hành", {"after": "issued", "days": "10"}),
        ("10 ngày, kể từ ngày ban hành kế hoạch này", {"after": "issued", "days": "10"}),
        ("3 ngày làm việc từ ngày giao", {"after": "issued", "working_days": "3"}),
        ("10 ngày sau ngày ký", {"after": "issued", "days": "10"}),
        ("9999 ngày", {"after": "issued", "days": "9999"}),
    ],
)
def test_a_count_from_the_issue(text: str, deadline: Deadline) -> None:
    """The one start that a form knows, said or not."""
    reads_as(text, deadline)


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("trong tháng 12/2022", {"within": "2022-12"}),
        ("tháng 3", {"within": "2023-03"}),
        ("quý III/2023", {"within": "2023-Q3"}),
        ("trước quý II năm 2023", {"before": "2023-Q2"}),
        ("6 tháng đầu năm 2023", {"within": "2023-H1"}),
        ("năm 2023", {"within": "2023"}),
        ("hoàn thành trong tháng 12", {"within": "2022-12"}),
        ("trong tháng 12", {"within": "2022-12"}),
        ("trong tháng 11", {"within": "2022-11"}),
        ("trong tháng 10", {"within": "2023-10"}),
        ("tháng 12 năm 2022", {"within": "2022-12"}),
        ("trong tháng", {"within": "2022-11"}),
        ("trong tháng này", {"within": "2022-11"}),
        ("hết tháng 12", {"within": "2022-12"}),
        ("đến hết tháng 12/2022", {"within": "2022-12"}),
        ("hết năm 2022", {"within": "2022"}),
        ("đến hết năm 2022", {"within": "2022"}),
        ("đến hết năm 2023", {"within": "2023"}),
        ("trước tháng 12", {"before": "2022-12"}),
        ("trước tháng 1/2023", {"before": "2023-01"}),
        ("trước tháng 1", {"before": "2023-01"}),
        ("trước tháng 11", {"before": "2023-11"}),
        ("trước quý I", {"before": "2023-Q1"}),
        ("trước quý IV", {"before": "2023-Q4"}),
        ("trước năm 2023", {"before": "2023"}),
        ("quý 3/2023", {"within": "2023-Q3"}),
        ("Quý III năm 2023", {"within": "2023-Q3"}),
        ("quý IV", {"within": "2022-Q4"}),
        ("quý I", {"within": "2023-Q1"}),
        ("trong quý I năm 2023", {"within": "2023-Q1"}),
        ("QUÝ II/2023", {"within": "2023-Q2"}),
        ("quý II-2023", {"within": "2023-Q2"}),
        ("quý II.2023", {"within": "2023-Q2"}),
        ("q3/2023", {"within": "2023-Q3"}),
        ("6 tháng cuối năm", {"within": "2022-H2"}),
        ("06 tháng đầu năm 2023", {"within": "2023-H1"}),
        ("6 tháng đầu năm", {"within": "2023-H1"}),
        ("trong năm 2022", {"within": "2022"}),
        ("trong năm", {"within": "2022"}),
        ("trong năm nay", {"within": "2022"}),
        ("trong quý này", {"within": "2022-Q4"}),
        ("12/2022", {"within": "2022-12"}),
        ("trước 12/2022", {"before": "2022-12"}),
        ("trong 12/2022", {"within": "2022-12"}),
        ("từ nay đến hết tháng 12", {"within": "2022-12"}),
        ("tháng 12 năm nay", {"within": "2022-12"}),
        ("quý 4 năm nay", {"within": "2022-Q4"}),
        ("6 tháng cuối năm nay", {"within": "2022-H2"}),
        ("hết quý", {"within": "2022-Q4"}),
        ("trước quý II.2023", {"before": "2023-Q2"}),
        ("đến hết quý I", {"within": "2023-Q1"}),
    ],
)
def test_a_period(text: str, deadline: Deadline) -> None:
    """Of those without a year the first whose deadline is not past."""
    reads_as(text, deadline)


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("từ 1/12 đến 15/12", {"start": "2022-12-01", "by": "2022-12-15"}),
        ("từ ngày 01/12 đến ngày 15/12/2022", {"start": "2022-12-01", "by": "2022-12-15"}),
        ("từ 1/12/2022 đến hết 15/12/2022", {"start": "2022-12-01", "by": "2022-12-15"}),
        ("từ 15/12 đến 15/1", {"start": "2022-12-15", "by": "2023-01-15"}),
        ("từ 1/11 đến 15/12", {"start": "2022-11-01", "by": "2022-12-15"}),
        ("hoàn thành từ 1/12 đến 16h ngày 15/12", {"start": "2022-12-01", "by": "2022-12-15", "at": "16:00"}),
        ("từ 1/12 đến trước ngày 15/12/2022", {"start": "2022-12-01", "before": "2022-12-15"}),
        ("từ 1/2 đến 29/2/2024", {"start": "2024-02-01", "by": "2024-02-29"}),
    ],
)
def test_a_window(text: str, deadline: Deadline) -> None:
    """Its first day only opens it, and takes its year from the last."""
    reads_as(text, deadline)


@pytest.mark.parametrize(
    "text",
    [
        "5 ngày làm việc kể từ ngày nhận được văn bản",
        "5 ngày làm việc kể từ khi có kết luận",
        "5 ngày làm việc sau khi có kết luận",
        "10 ngày kể từ ngày 05/12/2022",
        "trong 10 ngày kể từ ngày 05/12/2022",
        "5 ngày làm việc từ ngày 5/12",
        "trong 1 tháng kể từ ngày 31/12/2022",
        "10 ngày kể từ hôm nay",
        "10 ngày kể từ ngày ban hành kế hoạch",
        "10 ngày kể từ ngày ký hợp đồng",
        "10 ngày kể từ ngày giao ban",
    ],
)
def test_a_count_from_another_start_is_refused(text: str) -> None:
    """It would be counted from the wrong day."""
    with pytest.raises(GrammarError) as refused:
        typed_deadline(text, TODAY)
    assert refused.value.code == "anchor"
    assert refused.value.message == "ở đây thời hạn chỉ đếm được từ ngày ban hành văn bản, không đếm được từ mốc khác."
    assert refused.value.fix.startswith("Ghi ngày cuối, như: 15/12/2022; ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("30/2", "không có ngày 30/2."),
        ("14h 31/11", "không có ngày 31/11."),
        ("2/13", "không có ngày 2/13."),
        ("30/2/2023", "không có ngày 30/2/2023."),
        ("tháng 13", "không có tháng 13."),
        ("1/1/1800", "năm 1800 không dùng được."),
        ("tháng 1/1800", "năm 1800 không dùng được."),
        ("năm 1800", "năm 1800 không dùng được."),
        ("thứ Sáu ngày 3/12", "ngày 03/12/2022 là thứ Bảy, không phải thứ Sáu."),
        ("16h thứ Năm, ngày 2/12", "ngày 02/12/2022 là thứ Sáu, không phải thứ Năm."),
        ("thứ Sáu ngày 25/11", "ngày 25/11/2023 là thứ Bảy, không phải thứ Sáu."),
        ("trước thứ Hai tuần này", "thời hạn này đã qua."),
        ("trước hôm nay", "thời hạn này đã qua."),
        ("trước tháng này", "thời hạn này đã qua."),
        ("giữa tháng này", "thời hạn này đã qua."),
        ("6 tháng đầu năm nay", "thời hạn này đã qua."),
        ("trước ngày 2/12 lúc 16h", "đã có giờ mà còn ghi “trước” ở ngày, chưa rõ hạn là ngày nào."),
        ("16h trước ngày 2/12", "đã có giờ mà còn ghi “trước” ở ngày, chưa rõ hạn là ngày nào."),
        ("10h", "có giờ mà chưa có ngày."),
        ("24 giờ", "có giờ mà chưa có ngày."),
        ("16h tháng 12", "có giờ mà chưa có ngày."),
        ("16h30 tháng 12", "có giờ mà chưa có ngày."),
        ("25 giờ", "“25h” không phải một giờ trong ngày."),
        ("trước 10h60 ngày 2/12", "“10h60” không phải một giờ trong ngày."),
        ("16h sáng 2/12", "“16h sáng” không phải một giờ trong ngày."),
        ("24h30 2/12", "“24h30” không phải một giờ trong ngày."),
        ("2h ngày 2/12", "“2h” chưa rõ là sáng hay chiều."),
        ("trong 24 giờ", "thời hạn không đếm theo giờ được."),
        ("sau 48h", "thời hạn không đếm theo giờ được."),
        ("16h, trong 5 ngày làm việc", "thời hạn đếm theo ngày không kèm giờ."),
        ("0 ngày", "thời hạn phải từ 1 ngày trở lên."),
        ("9999 tuần", "thời hạn quá dài."),
        ("999 năm", "thời hạn quá dài."),
        ("đến tháng 12", "“đến tháng 12/2022” chưa rõ là hết hay trước kỳ ấy."),
        ("đến năm 2030", "“đến năm 2030” chưa rõ là hết hay trước kỳ ấy."),
        ("từ tháng 10 đến tháng 12/2022", "khoảng thời gian này chưa rõ ngày đầu, ngày cuối."),
        ("từ 8h ngày 1/12 đến 15/12", "khoảng thời gian này chưa rõ ngày đầu, ngày cuối."),
        ("từ 1/12 đến hết tháng 12", "khoảng thời gian này chưa rõ ngày đầu, ngày cuối."),
        ("từ 15/12 đến 1/12", "ngày đầu và ngày cuối chưa rõ của năm nào."),
        ("từ 1/6/2022 đến hết 31/8", "ngày đầu và ngày cuối chưa rõ của năm nào."),
        ("từ 15/12/2022 đến 15/1/2022", "ngày đầu và ngày cuối chưa rõ của năm nào."),
        ("từ 15/12 đến trước ngày 15/12", "ngày đầu và ngày cuối chưa rõ của năm nào."),
        ("ngày 25", "chưa rõ ngày của tháng nào."),
        ("trước 25", "chưa rõ ngày của tháng nào."),
        ("15", "chưa rõ ngày của tháng nào."),
        ("ngày 5 tháng này", "chưa rõ ngày của tháng nào."),
        ("chiều mai", "mới nêu buổi, chưa nêu giờ."),
        ("sáng 2/12", "mới nêu buổi, chưa nêu giờ."),
        ("cuối tháng", "chưa rõ là ngày nào."),
        ("ngày cuối tháng", "chưa rõ là ngày nào."),
        ("đầu tháng 12", "chưa rõ là ngày nào."),
        ("trước cuối tháng 12", "chưa rõ là ngày nào."),
        ("cuối năm", "chưa rõ là ngày nào."),
        ("cuối quý I/2023", "chưa rõ là ngày nào."),
        ("trong tuần", "chưa nêu thứ mấy trong tuần."),
        ("sau ngày 2/12", "đây là ngày bắt đầu, chưa phải hạn."),
        ("từ ngày 2/12", "đây là ngày bắt đầu, chưa phải hạn."),
        ("ngày 15 tháng cuối quý", "chưa rõ của quý nào."),
    ],
)
def test_what_cannot_be_or_has_two_meanings_is_refused(text: str, message: str) -> None:
    """In one sentence, with what to type instead."""
    with pytest.raises(GrammarError) as refused:
        typed_deadline(text, TODAY)
    assert refused.value.message == message
    assert refused.value.fix


@pytest.mark.parametrize(
    "text",
    [
        "sớm",
        "khi có thể",
        "ngay",
        "ngay sau khi có kết quả",
        "khi có yêu cầu",
        "trước Tết",
        "trong vài ngày",
        "trước hết ngày 2/12",
        "trong trước ngày 2/12",
        "hết trước 2/12",
        "không trước ngày 2/12",
        "trước 30/11 và 2/12",
        "2/12 hoặc 5/12",
        "2/12 nếu kịp",
        "báo cáo 2/12",
        "hết giờ hành chính ngày 2/12",
        "8h-10h ngày 2/12",
        "10h rưỡi ngày 2/12",
        "tối 2/12",
        "đến nay",
        "hôm qua",
        "thứ Sáu tới",
        "trước 10 ngày",
        "10 ngày 2/12",
        "10 ngày nữa",
        "10 ngày hoặc 2/12",
        "16h từ 1/12 đến 15/12",
        "quý V/2022",
        "6 tháng giữa năm 2023",
        "2/12/2022 2/12/2022",
    ],
)
def test_a_word_that_is_not_understood_is_never_dropped(text: str) -> None:
    """Not even where the others make a deadline."""
    with pytest.raises(GrammarError) as refused:
        typed_deadline(text, TODAY)
    assert refused.value.message == f"chưa hiểu thời hạn “{text}”."
    assert refused.value.fix == EXAMPLES


def test_nothing_is_no_deadline() -> None:
    with pytest.raises(GrammarError, match="chưa hiểu thời hạn"):
        typed_deadline("", TODAY)


def test_no_refusal_names_a_key_that_words_do_not_have() -> None:
    """Whoever types words knows no `to:`; the plan's file is named where it is the way out."""
    for text in ("ngày 25 hằng tháng đến 30/12/2022", "thứ Sáu hằng tuần đến mai", "0 ngày", "ngày 32 hằng tháng"):
        with pytest.raises(GrammarError) as refused:
            typed_deadline(text, TODAY)
        assert ": " not in refused.value.message
        assert refused.value.path == ()


def test_a_long_text_is_refused_at_once() -> None:
    for word in ("hạn ", "1/", "thứ Sáu, ", "hằng tháng ", "từ 1/12 đến ", "16h "):
        with pytest.raises(GrammarError):
            typed_deadline(word * 2000 + "x", TODAY)
