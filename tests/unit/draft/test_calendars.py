"""What a heading, or a clause before, says for what comes after it: when it is due, who receives it."""

from __future__ import annotations

from obligations.draft.drafting import draft
from obligations.draft.model import Draft
from obligations.draft.reading.files import read


def drafted(text: str) -> Draft:
    return draft(read("x.txt", text.encode()))


def _programme(body: str) -> list[tuple[str, object, tuple[str, ...]]]:
    found = drafted(
        "HUYỆN ỦY TÂN HÒA\nSố 5-CTr/HU\nTân Hòa, ngày 28 tháng 12 năm 2023\nCHƯƠNG TRÌNH\nlàm việc năm 2024\n\n"
        f"I- YÊU CẦU\n\n1. Bám sát nghị quyết.\n\nII- NỘI DUNG\n\n{body}"
    )
    return [
        (item.title[:24], (item.deadline or {}).get("within") or item.kind, item.responsible)
        for item in found.items
        if item.kind != "standing"
    ]


def test_what_stands_under_a_month_is_due_in_it() -> None:
    """Unmarked headings hold till the next; a programme of 2024 that is signed in December 2023 means December 2024."""
    found = _programme(
        "Tháng 01\n1. Cho ý kiến về kế hoạch thu ngân sách (Ban Kinh tế chuẩn bị).\n2. Hội nghị giao quân.\n"
        "Quý II\n1. Nghe báo cáo tiến độ làm cầu.\nTháng 12:\n- Kiểm điểm tập thể, cá nhân.\n\n"
        "III- TỔ CHỨC THỰC HIỆN\n\n1. Văn phòng theo dõi việc thực hiện.\n"
    )
    assert [one[1] for one in found] == ["2024-01", "2024-01", "2024-Q2", "2024-12"]
    assert found[0][2] == ("Ban Kinh tế",)


def test_a_heading_with_a_bracket_and_a_day_of_its_month() -> None:
    """What a bracket beside the month tells of sets no day; *trước ngày 20* is one of that month; who does it stands
    behind the full stop."""
    found = drafted(
        "HUYỆN ỦY TÂN HÒA\nSố 5-CTr/HU\nTân Hòa, ngày 28 tháng 12 năm 2023\nCHƯƠNG TRÌNH\nlàm việc năm 2024\n\n"
        "A- VIỆC THƯỜNG KỲ\n\n1- Ủy ban Kiểm tra nhận đơn khi có phát sinh.\n\nB- VIỆC CỤ THỂ\n\n"
        "Tháng 3 (trọng tâm: bầu trưởng thôn, ngày 17-3-2024)\n\n- Giám sát chi bộ thôn Đông. (Ban Tuyên giáo)\n\n"
        "- Báo cáo quý I gửi Tỉnh ủy trước ngày 20. (Văn phòng Huyện ủy)\n"
    )
    assert [(item.deadline, item.responsible) for item in found.of("obligation")] == [
        ({"within": "2024-03"}, ("Ban Tuyên giáo",)),
        ({"before": "2024-03-20"}, ("Văn phòng Huyện ủy",)),
    ]
    assert [item.at for item in found.of("obligation")] == ["B", "B"]


def test_a_stage_by_its_name() -> None:
    """*A. Giai đoạn chuẩn bị: từ … đến …* under II: its days hold for what has none; III goes on after C."""
    found = drafted(
        "UBND HUYỆN TÂN HÒA\nSố: 9/PA-UBND\nTân Hòa, ngày 07 tháng 3 năm 2025\nPHƯƠNG ÁN\nHội làng năm 2025\n\n"
        "II. CÁC GIAI ĐOẠN\n\nA. Giai đoạn chuẩn bị: từ ngày ký đến hết ngày 31/3/2025\n\n"
        "1. Điện lực Tân Hòa kiểm tra đường dây.\n\nB. Giai đoạn sau hội: phải kết thúc trước ngày 20/4/2025\n\n"
        "1. Phòng Tài chính quyết toán.\n\nIII. PHÂN CÔNG\n\n1. Trạm Y tế\n- Trực cấp cứu đến hết ngày 07/4/2025.\n"
    )
    assert [(item.at, item.deadline) for item in found.of("obligation")] == [
        ("II.A.1", {"by": "2025-03-31"}),
        ("II.B.1", {"before": "2025-04-20"}),
        ("III.1", {"by": "2025-04-07"}),
    ]


def test_who_reports_as_follows() -> None:
    """*Các xã báo cáo như sau:* without a number says who owes the dashes under it."""
    found = drafted(
        "UBND HUYỆN TÂN HÒA\nSố: 9/HD-UBND\nTân Hòa, ngày 07 tháng 3 năm 2025\nHƯỚNG DẪN\nchế độ báo cáo\n\n"
        "I. CHẾ ĐỘ BÁO CÁO\n\nUBND các xã báo cáo như sau:\n\n- Báo cáo tháng: chậm nhất ngày 18 hằng tháng.\n"
    )
    assert [item.responsible for item in found.of("obligation")] == [("UBND các xã",)]


def test_numbered_months_and_what_follows_them() -> None:
    """Months may be numbered themselves; the count over them ends an unmarked one."""
    found = _programme(
        "1. Tháng 3/2024:\n- Thẩm tra hồ sơ cầu.\n- Họp đột xuất khi có bão.\n2. Tháng 4/2024:\n- Mở thầu.\n"
    )
    assert [one[1] for one in found] == ["2024-03", "2024-04"]
    assert (
        _programme(
            "1. Lịch kiểm tra\nTháng 5\na) Kiểm tra kho vật tư.\n2. Tổ chức thực hiện\na) Văn phòng theo dõi việc thực hiện.\n"
        )[1:]
        == []
    )


def test_a_time_before_a_colon_is_that_of_every_clause() -> None:
    """`Tháng 3/2024: …; …`; a step with its days gives them to what stands under it."""
    found = _programme("- Tháng 3/2024: thẩm tra hồ sơ cầu; mở thầu gói đường.\n")
    assert [one[1] for one in found] == ["2024-03", "2024-03"]
    stepped = _programme("1. Đợt 1 (trong tháng 4/2024)\n- Kiểm tra kho vật tư.\n- Kiểm kê máy bơm.\n")
    assert [one[1] for one in stepped] == ["2024-04", "2024-04"]


def test_who_receives_is_said_once_for_several_reports() -> None:
    """After a colon, or before another report of the same sentence; an act of its own goes nowhere."""
    found = drafted(
        "UBND XÃ TÂN THÀNH\nSố: 5/KH-UBND\nTân Thành, ngày 02 tháng 3 năm 2024\nKẾ HOẠCH\nlàm đường\n\n"
        "1. Các thôn báo cáo gửi Phòng Kinh tế: đợt đầu trước ngày 15/4/2024; cả năm trước ngày 05/12/2024.\n"
        "2. Các trường gửi báo cáo sơ kết về Phòng Văn hóa trước ngày 15/5/2024; báo cáo tổng kết trước ngày 15/11/2024.\n"
        "3. Các hội gửi kế hoạch về Phòng Nội vụ trước ngày 15/5/2024; tổ chức ra quân trước ngày 20/5/2024.\n"
    )
    assert [item.submit_to for item in found.of("obligation")] == [
        "Phòng Kinh tế",
        "Phòng Kinh tế",
        "Phòng Văn hóa",
        "Phòng Văn hóa",
        "Phòng Nội vụ",
        None,
    ]


def test_a_sending_without_a_name_goes_where_the_one_before_went() -> None:
    """`…, báo cáo UBND xã trước ngày …; tổng kết, báo cáo trước ngày …`."""
    found = drafted(
        "UBND XÃ TÂN THÀNH\nSố: 5/KH-UBND\nTân Thành, ngày 02 tháng 3 năm 2024\nKẾ HOẠCH\nlàm đường\n\n"
        "1. Phòng Kinh tế sơ kết, báo cáo UBND xã trước ngày 15/6/2024; tổng kết đợt thi công, báo cáo trước ngày 15/12/2024.\n"
    )
    assert [item.submit_to for item in found.of("obligation")] == ["UBND xã", "UBND xã"]


def test_rows_under_a_month_and_rows_with_a_beginning() -> None:
    """A title row of a month gives it to rows without a time; a column of beginnings opens, it is no deadline."""
    head = (
        "UBND XÃ TÂN THÀNH\nSố: 5/KH-UBND\nTân Thành, ngày 02 tháng 3 năm 2024\nKẾ HOẠCH\nlàm đường\n\n1. Phân công\n\n"
    )
    months = drafted(
        head + "| TT | Nội dung | Cơ quan chuẩn bị | Ghi chú |\n|---|---|---|---|\n| | Tháng 7 | | |\n"
        "| 1 | Báo cáo thu ngân sách | Phòng Kinh tế | |\n| | Tháng 8 | | |\n| 2 | Đề án vệ sinh | Phòng Văn hóa | |\n"
    )
    assert [item.deadline for item in months.of("obligation")] == [{"within": "2024-07"}, {"within": "2024-08"}]
    stretches = drafted(
        head + "| TT | Hoạt động | Phụ trách | Thời gian bắt đầu | Thời gian kết thúc |\n|---|---|---|---|---|\n"
        "| 1 | Lấy số tự động | Phòng Kinh tế | 4/2024 | 6/2024 |\n| 2 | Viết phác đồ | Phòng Văn hóa | 15/4/2024 | 15/5/2024 |\n"
    )
    assert [item.deadline for item in stretches.of("obligation")] == [
        {"within": "2024-06", "start": "2024-04-01"},
        {"by": "2024-05-15", "start": "2024-04-15"},
    ]


def test_a_heading_in_capitals_is_nobody() -> None:
    """`CÔNG TÁC TRỌNG TÂM` begins as *cô* does, and names no person."""
    found = drafted(
        "UBND XÃ TÂN THÀNH\nSố: 5/CTr-UBND\nTân Thành, ngày 02 tháng 3 năm 2024\nCHƯƠNG TRÌNH\nnăm 2024\n\n"
        "A. CÔNG TÁC TRỌNG TÂM\n1. Tháng 4\n- Tổ chức giao quân.\n"
    )
    assert [item.responsible for item in found.of("obligation")] == [("Ủy ban nhân dân xã Tân Thành",)]


def test_what_is_sent_after_an_event_is_owed_under_costs_too() -> None:
    """A part on costs holds duties beside its rules."""
    found = drafted(
        "UBND XÃ TÂN THÀNH\nSố: 5/KH-UBND\nTân Thành, ngày 02 tháng 3 năm 2024\nKẾ HOẠCH\nlàm đường\n\n"
        "I. KINH PHÍ\nCác thôn lập hồ sơ hỗ trợ gửi Phòng Kinh tế trong vòng 20 ngày sau khi nghiệm thu đường.\n\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh tế theo dõi việc thực hiện.\n"
    )
    assert [item.deadline for item in found.of("obligation")] == [{"after": "event:nghiem-thu-duong", "days": "20"}]
