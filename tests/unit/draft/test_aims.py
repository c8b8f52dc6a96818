"""Aims, feasts and what is told of the time before: whose day is a duty's, and who owes where others are set to work."""

from __future__ import annotations

import pytest

from obligations.draft.drafting import draft
from obligations.draft.model import Draft
from obligations.draft.reading.files import read

HEAD = "UBND XÃ TÂN THÀNH\nSố: 5/KH-UBND\nTân Thành, ngày 02 tháng 3 năm 2024\nKẾ HOẠCH\nlàm đường\n\n"


def drafted(body: str, head: str = HEAD) -> Draft:
    return draft(read("van-ban.txt", (head + body).encode()))


def dues(found: Draft) -> list[str]:
    return [str(next(iter((item.deadline or {}).values()))) for item in found.of("obligation")]


@pytest.mark.parametrize(
    ("line", "deadlines"),
    [
        # A paper about aims is a paper.
        ("Lập lộ trình thay đèn đường trong quý II/2024.", ["2024-Q2"]),
        ("Giao chỉ tiêu trồng cây cho các thôn trong tháng 4/2024.", ["2024-04"]),
        ("Niêm yết tỷ lệ thu phí từng thôn trong tháng 6/2024.", ["2024-06"]),
        ("Rà soát quy hoạch, định hướng mở đường trong quý III/2024.", ["2024-Q3"]),
        ("Soạn lộ trình đạt mục tiêu đường sáng đến năm 2030, trình HĐND xã trong tháng 7/2024.", ["2024-07"]),
        ("Rút vốn Chương trình mục tiêu quốc gia trong quý III/2024 để thanh toán.", ["2024-Q3"]),
        # Said first, for its sake; then what is done.
        ("Để đạt mục tiêu đường sáng, lắp đặt 40 bóng đèn trong tháng 8/2024.", ["2024-08"]),
        # What is aimed at stays an aim.
        ("Tỷ lệ đường có đèn đạt 80% trong năm 2024.", []),
        ("Rà soát hộ nợ phí, giảm tỷ lệ nợ xuống 3% trong quý III/2024.", []),
        ("Phấn đấu thu 60% phí đường trong quý II/2024.", []),
        ("Đăng ký thi đua, phấn đấu vượt chỉ tiêu trong quý III/2024.", []),
        # A feast has its day, an act another.
        ("Tặng quà hộ nghèo nhân dịp Tết Trung thu trước ngày 15/9/2024.", ["2024-09-15"]),
        ("Cắt băng khánh thành cầu chào mừng ngày Quốc khánh chậm nhất ngày 31/8/2024.", ["2024-08-31"]),
        ("Phát động làm đường chào mừng Đại hội từ ngày 05/3 đến ngày 30/6/2024.", ["2024-06-30"]),
        ("Tặng quà thương binh nhân ngày 27/7/2024.", []),
        ("Trao thưởng nhân dịp kỷ niệm ngày mở đường 10/10/2024.", []),
        # Parts of months open and end a stretch.
        ("Rải đá từ giữa tháng 3 đến hết tháng 5.", ["2024-05-31"]),
        ("Rải nhựa từ ngày 10/4 đến cuối tháng 6/2024.", ["2024-06-30"]),
        # Which meeting, not when; which week, and at what hour.
        ("Trải nhựa xong trước kỳ họp giữa năm 2024 của HĐND xã.", []),
        ("Gửi báo cáo tuần trước 11 giờ thứ Sáu.", ["FREQ=WEEKLY;BYDAY=FR"]),
        ("Hằng tháng, chậm nhất ngày mùng 5, gửi sổ thu.", ["month"]),
        ("Trồng cây từ đầu tháng 8 đến giữa tháng 9/2024.", ["2024-09-15"]),
    ],
)
def test_whose_day_it_is(line: str, deadlines: list[str]) -> None:
    """An act's, an aim's or a feast's."""
    assert dues(drafted(f"1. Phòng Kinh tế\n- {line}\n")) == deadlines


def test_a_stretch_between_parts_of_months() -> None:
    """Civil Code 146 gives both ends; of a week's there is none, and it is asked."""
    (item,) = drafted("1. Phòng Kinh tế rải đá từ giữa tháng 3 đến hết tháng 5/2024.\n").of("obligation")
    assert item.deadline == {"by": "2024-05-31", "start": "2024-03-15"}
    assert dues(drafted("1. Phòng Kinh tế rải đá từ tuần đầu tháng 4 đến hết tháng 5/2024.\n")) == []


def test_what_a_directive_tells_of_the_time_before_asks_for_nothing() -> None:
    """What was, what is forecast; what is asked for follows."""
    found = drafted(
        "Thời gian qua, đường thôn hỏng nhiều, trong đó có 04 tuyến mới sửa năm 2023. Dự báo mưa kéo dài từ giữa tháng 5 "
        "đến hết tháng 7, nhiều đoạn đường sẽ ngập.\n\nChủ tịch UBND xã yêu cầu:\n\n1. Phòng Kinh tế vá xong ổ gà trước ngày 30/4/2024.\n",
        HEAD.replace("KH-UBND", "CT-UBND").replace("KẾ HOẠCH\nlàm đường", "CHỈ THỊ\nVề việc giữ đường mùa mưa"),
    )
    assert dues(found) == ["2024-04-30"]
    assert found.of("question") == ()


@pytest.mark.parametrize(
    "line",
    [
        "Kiểm tra bến bãi; yêu cầu chủ cơ sở che chắn xong trong tháng 4/2024.",
        "Rà soát nhà trọ; hướng dẫn các hộ gia đình mở lối thoát trước ngày 30/4/2024.",
        "Đo tải trọng xe; đôn đốc doanh nghiệp sửa cân trước ngày 30/4/2024.",
    ],
)
def test_whom_an_office_sets_to_work_does_not_owe_for_it(line: str) -> None:
    """Owners of premises, households and firms are seen to by the office of the heading."""
    (item,) = drafted(f"1. Phòng Kinh tế\n- {line}\n").of("obligation")
    assert item.responsible == ("Phòng Kinh tế",)


@pytest.mark.parametrize(
    ("line", "owners"),
    [
        # Who is told off to a matter does it; what follows the semicolon is the office's again.
        (
            "Phân công thành viên theo dõi từng thôn; mở sổ góp đường trước ngày 30/4/2024.",
            [("Phòng Kinh tế",)],
        ),
        # An act that nobody is named for is not owed by whom another sentence charges.
        (
            "Khánh thành cầu, hoàn thành trong quý II/2024. Giao Tổ Tư vấn xã viết diễn văn trước ngày 05/4/2024.",
            [("Phòng Kinh tế",), ("Tổ Tư vấn xã",)],
        ),
        ("Ban Công tác Mặt trận các thôn dọn đường trước ngày 30/4/2024.", [("Ban Công tác Mặt trận các thôn",)]),
        ("Các hộ kinh doanh cát lắp bạt xe trước ngày 30/4/2024.", [("Các hộ kinh doanh cát",)]),
        ("Các khu dân cư tổ chức Ngày hội từ ngày 01/11 đến ngày 18/11/2024.", [("Các khu dân cư",)]),
        ("Thống kê cơ sở Tân Hòa in biểu mẫu trước ngày 30/4/2024.", [("Thống kê cơ sở Tân Hòa",)]),
        ("Thống kê số hộ góp đất trước ngày 30/4/2024.", [("Phòng Kinh tế",)]),
        ("Chi bộ các thôn sinh hoạt chuyên đề trong tháng 5/2024.", [("Chi bộ các thôn",)]),
        ("Các cơ sở giáo dục vẽ vạch dừng xe trước ngày 30/4/2024.", [("Các cơ sở giáo dục",)]),
    ],
)
def test_who_owes_beside_others(line: str, owners: list[tuple[str, ...]]) -> None:
    """Under the heading of an office."""
    found = drafted(f"1. Phòng Kinh tế\n- {line}\n")
    assert [item.responsible for item in found.of("obligation")] == owners


def test_whom_another_sentence_charges_has_not_what_came_before() -> None:
    """Without a heading's office it is the issuer's, and asked about."""
    found = drafted("1. Lễ khánh thành\na) Treo cờ, xong trong quý II/2024. Giao Tổ Tư vấn xã viết diễn văn.\n")
    (item,) = found.of("obligation")
    assert item.responsible == ("Ủy ban nhân dân xã Tân Thành",)
    assert "responsible" in item.inferred


def test_a_share_under_a_heading_of_aims_is_one() -> None:
    """`100% … trước ngày …` is to be reached; what is done by a day under the same heading is a duty."""
    found = drafted(
        "I. MỤC TIÊU\n1. 100% hộ có số nhà trước ngày 31/12/2024.\n"
        "2. Phòng Kinh tế gắn xong biển số nhà trước ngày 30/11/2024.\n"
    )
    assert dues(found) == ["2024-11-30"]


def test_more_helpers_after_a_semicolon() -> None:
    """`Phối hợp: A; B.` names both."""
    found = drafted(
        "1. Kiểm tra cầu treo.\n- Chủ trì: Phòng Kinh tế.\n- Phối hợp: Công an xã; Ban Thanh tra nhân dân.\n- Thời gian: tháng 5/2024.\n"
    )
    assert [item.coordinating for item in found.items] == [("Công an xã", "Ban Thanh tra nhân dân")]


def test_the_whole_commune_owes_what_it_is_called_to() -> None:
    """`Toàn xã` acts; what is told of it does not."""
    (item,) = drafted("1. Toàn xã ra quân dọn đường vào sáng thứ Bảy hằng tuần.\n").of("obligation")
    assert item.responsible == ("Toàn xã",)
    assert dues(drafted("1. Toàn xã có 12 tuyến đường.\n")) == []


def test_those_who_advise_are_named_by_it() -> None:
    """`Các cơ quan tham mưu, giúp việc …`: the act comes after."""
    (item,) = drafted("1. Các cơ quan tham mưu, giúp việc Đảng ủy soạn đề cương trước ngày 30/4/2024.\n").of(
        "obligation"
    )
    assert item.responsible == ("Các cơ quan tham mưu, giúp việc Đảng ủy",)


def test_labels_of_an_inspection() -> None:
    """Who inspects and when; whom, how and of which years is no task of its own."""
    found = drafted(
        "1. Kiểm tra việc thu phí đường đối với 03 thôn.\n- Chủ thể kiểm tra: Phòng Kinh tế.\n- Nội dung kiểm tra: sổ thu.\n"
        "- Đối tượng kiểm tra: Trưởng các thôn.\n- Niên độ kiểm tra: từ năm 2022 đến năm 2023.\n"
        "- Mốc thời gian kiểm tra: từ ngày 01/7/2023 đến thời điểm kiểm tra.\n- Thời gian kiểm tra: Quý II/2024.\n"
        "- Cơ quan tham mưu: Văn phòng UBND xã.\n"
    )
    (item,) = found.items
    assert (item.responsible, item.coordinating) == (("Phòng Kinh tế",), ("Văn phòng UBND xã",))
    assert item.deadline == {"within": "2024-Q2"}
    assert found.quote(item).startswith("Kiểm tra việc thu phí")


def test_where_several_reports_go_may_be_said_last() -> None:
    """`Báo cáo nhanh …; báo cáo tổng kết … về Sở X`: both are sent there; what another office does is not."""
    both = drafted(
        "1. Trưởng các thôn\n- Báo cáo nhanh trước ngày 05/6/2024; báo cáo tổng kết trước ngày 10/11/2024 về Phòng Kinh tế.\n"
    )
    assert [item.submit_to for item in both.of("obligation")] == ["Phòng Kinh tế", "Phòng Kinh tế"]
    one = drafted(
        "1. Trưởng các thôn\n- Vá xong ổ gà trước ngày 05/6/2024; báo cáo tổng kết trước ngày 10/11/2024 về Phòng Kinh tế.\n"
    )
    assert [item.submit_to for item in one.of("obligation")] == [None, "Phòng Kinh tế"]


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("Trong quá trình thực hiện, định kỳ rà soát, điều chỉnh Kế hoạch.", True),
        ("Trên đây là Kế hoạch làm đường; định kỳ đánh giá kết quả để điều chỉnh.", True),
        ("Trong quá trình thực hiện, chế độ thông tin định kỳ theo quy định hiện hành.", False),
        ("Trong quá trình thực hiện, định kỳ mỗi quý sẽ có thông tin.", False),
    ],
)
def test_a_closing_sentence_may_recur(line: str, asks: bool) -> None:  # noqa: FBT001
    """*Định kỳ* before an act is asked about, whoever is to do it."""
    found = drafted(f"1. Phòng Kinh tế theo dõi việc làm đường.\n\n{line}\n")
    assert [item.doubts for item in found.of("question")] == ([("định kỳ nhưng không nêu kỳ và ngày",)] if asks else [])
