"""Who is meant: how far a name reaches, who is charged, who does it where nobody stands at the beginning."""

from __future__ import annotations

import pytest

from obligations.draft.assembling.owners import bracketed, doer_of, owner_of, subject_of
from obligations.draft.text import Folded, Span, fold
from obligations.draft.units.roles import roles


def folded(words: str) -> Folded:
    return fold(words, (Span(0, len(words)),))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        # A name that is complete ends before any word in lower case, be it known as a verb or not.
        ("Sở Y tế in tờ rơi cho các trạm", ["Sở Y tế"]),
        ("Sở Kế hoạch và Đầu tư xây dựng danh mục dự án", ["Sở Kế hoạch và Đầu tư"]),
        ("Sở Giao thông vận tải: kẻ lại vạch sơn", ["Sở Giao thông vận tải"]),
        ("Hội Nông dân tỉnh gom vỏ bao thuốc", ["Hội Nông dân tỉnh"]),
        ("Trường Chính trị tỉnh, Sở Nội vụ khai giảng lớp", ["Trường Chính trị tỉnh", "Sở Nội vụ"]),
        ("Ban QLDA đầu tư xây dựng công trình giao thông huyện bàn giao mặt bằng",
         ["Ban QLDA đầu tư xây dựng công trình giao thông huyện"]),
        # What only looks like an end.
        ("UBND các huyện ven biển tổ chức trực", ["UBND các huyện ven biển"]),
        ("Sở Y tế và Công an tỉnh kiểm tra", ["Sở Y tế", "Công an tỉnh"]),
        ("Liên đoàn Lao động thành phố Tân Hải gửi danh sách", ["Liên đoàn Lao động thành phố Tân Hải"]),
        ("Ủy ban bầu cử xã niêm yết danh sách", ["Ủy ban bầu cử xã"]),
        # Offices by their part in the work.
        ("Các cơ quan chủ trì báo cáo tiến độ", ["Các cơ quan chủ trì"]),
        ("Các đơn vị chủ trì, phối hợp với nhà thầu", ["Các đơn vị"]),
        ("Ban Quản lý dự án các công trình dân dụng tỉnh khởi động lại gói thầu",
         ["Ban Quản lý dự án các công trình dân dụng tỉnh"]),
        ("Đảng đoàn HĐND tỉnh, Ban cán sự đảng UBND tỉnh lo kinh phí",
         ["Đảng đoàn HĐND tỉnh", "Ban cán sự đảng UBND tỉnh"]),
        ("Căn cứ nhiệm vụ được giao, trong tháng 3 ban hành kế hoạch của đơn vị, địa phương", []),
        ("Các cơ quan, tổ chức trên địa bàn nộp lưu tài liệu", ["Các cơ quan, tổ chức"]),
        ("Khoa Cơ khí, Khoa Điện soạn đề cương", ["Khoa Cơ khí", "Khoa Điện"]),
        ("Các đơn vị được giao chủ trì giải trình nguyên nhân chậm", ["Các đơn vị được giao chủ trì"]),
        ("Các cơ quan được phân công phụ trách tiêu chí về y tế gửi minh chứng",
         ["Các cơ quan được phân công phụ trách tiêu chí về y tế"]),
        ("Sở Y tế được giao chủ trì lập đề án", ["Sở Y tế"]),
        ("Các phòng, ban tự chấm điểm thi đua", ["Các phòng, ban"]),
        ("Công chức Tư pháp - Hộ tịch lập sổ", ["Công chức Tư pháp - Hộ tịch"]),
        ("Các chủ hồ kiểm tra đập", ["Các chủ hồ"]),
        ("Trung tâm Giáo dục thường xuyên huyện mở lớp", ["Trung tâm Giáo dục thường xuyên huyện"]),
        # Quân is no quận.
        ("Ban Chỉ huy Quân sự huyện phát lệnh", ["Ban Chỉ huy Quân sự huyện"]),
        ("Phòng Văn hóa và Thông tin kẻ vẽ pa nô", ["Phòng Văn hóa và Thông tin"]),
        # Who asks does not owe; who deals with a request does.
        ("UBND tỉnh yêu cầu Sở Nội vụ rà soát biên chế", ["Sở Nội vụ"]),
        ("UBND tỉnh yêu cầu rà soát biên chế", []),
        ("Sở Tư pháp thẩm định đề nghị xây dựng nghị quyết", ["Sở Tư pháp"]),
        ("Phòng Kinh tế tổ chức hội chợ hoa xuân", ["Phòng Kinh tế"]),
        ("Tổ chức Hội chợ hoa xuân tại sân vận động: khai mạc", []),
        ("Về việc chuẩn bị kỳ họp: Thường trực HĐND xã gửi giấy mời", ["Thường trực HĐND xã"]),
        # Who is charged, whatever is spoken of before.
        ("Về đề xuất của Sở Tài chính: Giao Sở Công Thương nghiên cứu", ["Sở Công Thương"]),
        ("Đồng ý với đề nghị của Thanh tra tỉnh, giao Công an tỉnh xác minh", ["Công an tỉnh"]),
        # Persons, with their posts or without; a post alone is as before.
        ("Bà Vũ Thị Lan, Trưởng ban: đặt hoa", ["Bà Vũ Thị Lan"]),
        ("Phân công ông Đỗ Minh thuê loa và anh Lê Tú lo điện", ["ông Đỗ Minh"]),
        ("Hai anh Phan Bá Lộc và Y Thắng gác cổng", ["Phan Bá Lộc", "Y Thắng"]),
        ("Ông Giám đốc Sở gọi điện", []),
        ("Giao đồng chí Mai Văn Bền lo nước uống", ["đồng chí Mai Văn Bền"]),
        ("Giao các đồng chí Mai Văn Bền, Hà Thị Út lo nước uống", ["Mai Văn Bền", "Hà Thị Út"]),
        ("Giao đồng chí Phó Trưởng ban Thường trực chuẩn bị nước uống", ["Phó Trưởng ban Thường trực"]),
        # The matter, then who acts in it.
        ("Tuần lễ đọc sách: các thư viện trưng bày sách mới", ["các thư viện"]),
        ("Thư ký hội đồng gửi biên bản", ["Thư ký hội đồng"]),
        ("Các cơ quan, đơn vị nêu tại phần Kính gửi gửi số liệu", ["Các cơ quan, đơn vị nêu tại phần Kính gửi"]),
        ("Các đơn vị có tên tại mục Kính gửi rà soát trụ sở", ["Các đơn vị có tên tại mục Kính gửi"]),
        ("Các xã chưa nộp báo cáo năm 2023 (thời hạn là tháng 01) phải nộp", ["Các xã chưa nộp báo cáo năm 2023"]),
        ("Các phòng còn chậm công khai khẩn trương thực hiện", ["Các phòng còn chậm công khai"]),
        ("Các đơn vị chưa gửi báo cáo", ["Các đơn vị"]),
        ("LĐLĐ tỉnh tổ chức chợ Tết", ["LĐLĐ tỉnh"]),
        ("BTV Đảng ủy phường họp đánh giá", ["BTV Đảng ủy phường"]),
        ("BHXH huyện và HND xã rà soát danh sách", ["BHXH huyện", "HND xã"]),
        ("Ban Giao thông thu hồi tạm ứng", ["Ban Giao thông"]),
        ("Chủ tịch UBND xã giao 3 km mặt bằng", ["Chủ tịch UBND xã"]),
        ("Ban QLDA lập bảng tiến độ", ["Ban QLDA"]),
        ("Ban Chỉ đạo giải phóng mặt bằng tỉnh họp", ["Ban Chỉ đạo giải phóng mặt bằng tỉnh"]),
        ("Sở Tài chính, vào các ngày 01 và 16 tổng hợp", ["Sở Tài chính"]),
        ("Tiểu ban Nội dung tổng hợp số liệu", ["Tiểu ban Nội dung"]),
        ("Hạt Quản lý đường bộ sơn lại vạch kẻ", ["Hạt Quản lý đường bộ"]),
        ("Kế hoạch số hóa: Tổ giúp việc (do Văn phòng làm tổ trưởng) xây dựng dự thảo", ["Tổ giúp việc"]),
        ("Các thôn tổng vệ sinh đường làng", ["Các thôn"]),
    ],
)  # fmt: skip
def test_who_acts(words: str, names: list[str]) -> None:
    """The names of the offices that a clause gives its act to, as written."""
    assert list(subject_of(folded(words))) == names


@pytest.mark.parametrize(
    ("words", "recipient"),
    [
        ("Chuẩn bị tờ trình, trình HĐND tỉnh tại kỳ họp tháng 7", "HĐND tỉnh"),
        ("Hoàn chỉnh hồ sơ trình HĐND tỉnh, gửi Sở Tư pháp thẩm định trước ngày 5/6", "Sở Tư pháp"),
        ("Hoàn chỉnh hồ sơ trình HĐND tỉnh trước ngày 5/6", "HĐND tỉnh"),
        ("Thu, nộp Quỹ Phòng, chống thiên tai trước ngày 30/6", None),
        ("Giao nộp vào Lưu trữ lịch sử tỉnh tài liệu đã chỉnh lý, báo cáo qua Chi cục Văn thư", "Chi cục Văn thư"),
        ("Cử đầu mối, thông tin về Sở Nội vụ", "Sở Nội vụ"),
        ("Gửi dự thảo đến Tổng Liên đoàn Lao động Việt Nam", "Tổng Liên đoàn Lao động Việt Nam"),
        ("Gửi phiếu chấm để Ban Thi đua tổng hợp", "Ban Thi đua"),
        ("Lập biểu, trình lãnh đạo Ban trước ngày 5/6", "lãnh đạo Ban"),
        ("Nộp bài về Sở trong 05 ngày", "Sở"),
        ("Gửi hồ sơ về LĐLĐ tỉnh (qua Ban Tài chính) trước 5/6", "LĐLĐ tỉnh (qua Ban Tài chính)"),
        ("Gửi họ tên về Sở Nội vụ (qua thư điện tử noivu@a.vn) trước 5/6", "Sở Nội vụ"),
        ("Đăng ký số suất với TLĐ trước 5/6", "TLĐ"),
        ("Nộp phiếu về công đoàn cấp trên trực tiếp trước 5/6", "công đoàn cấp trên trực tiếp"),
        ("Báo cáo tiến độ kiểm kê với Giám đốc Sở vào thứ Hai", "Giám đốc Sở"),
        ("Nộp phiếu về Sở Tài chính (đồng gửi Kho bạc tỉnh) trước 5/6", "Sở Tài chính"),
        ("Trình Trưởng Ban Tổ chức duyệt xong trước 5/6", "Trưởng Ban Tổ chức"),
        ("Gửi Huyện đoàn nhu cầu tình nguyện viên", "Huyện đoàn"),
        ("Báo cáo kết quả kiểm tra phối hợp với Sở Nội vụ", None),
    ],
)
def test_who_receives(words: str, recipient: str | None) -> None:
    """Where the result goes by the day: not where a paper ends, not a fund."""
    assert roles(folded(words)).submit_to == recipient


def test_the_doer_named_at_the_end() -> None:
    """*do … chủ trì* names who acts; *do* of a cause names nobody."""
    assert doer_of(folded("Rà soát quy hoạch, do Sở Xây dựng chủ trì")) == ("Sở Xây dựng",)
    assert doer_of(folded("Số vụ cháy tăng do Sở Xây dựng chậm kiểm tra")) == ()


def test_a_kind_said_once_for_several_offices() -> None:
    """`các Sở: A, B` is Sở A and Sở B; a matter that has a comma of its own stays whole."""
    names = subject_of(folded("Giao các Sở: Nội vụ, Văn hóa, Thể thao và Du lịch và Xây dựng rà soát định mức"))
    assert names == ("Sở Nội vụ", "Sở Văn hóa, Thể thao và Du lịch", "Sở Xây dựng")


@pytest.mark.parametrize(
    ("words", "names", "is_told"),
    [
        ("Sơn lại cổng chào (Phòng Kinh tế chủ trì, xong trước 10/5)", ("Phòng Kinh tế",), True),
        ("Thay biển tên đường (Phòng Kinh tế - quý II)", ("Phòng Kinh tế",), True),
        ("Dọn kênh (Đoàn xã: hai buổi)", ("Đoàn xã",), True),
        ("Trực cổng (Đoàn xã)", ("Đoàn xã",), False),
        ("Báo cáo gửi Văn phòng Tỉnh ủy trước ngày 20. (Văn phòng Đảng ủy)", ("Văn phòng Đảng ủy",), True),
        # Whom it goes to, through whom, what a name is short for.
        ("Gửi danh sách về Sở Nội vụ (Phòng Công chức)", (), False),
        ("Gửi về Sở (qua Phòng Công chức) trước 10/5", (), False),
        ("Dự thảo quy chế (lần hai)", (), False),
    ],
)
def test_whom_the_brackets_charge(words: str, names: tuple[str, ...], is_told: bool) -> None:  # noqa: FBT001
    """Who does it, in brackets at the end of what is to be done."""
    assert bracketed(folded(words)) == (names, is_told)


def test_a_heading_names_whose_part_stands_under_it() -> None:
    """`Trách nhiệm của …`; a person with a post."""
    assert owner_of([folded("Trách nhiệm của các đơn vị được thanh tra")]) == ("các đơn vị được thanh tra",)
    assert owner_of([folded("Ông Cao Văn Sáu, Phó Trưởng ban")]) == ("Ông Cao Văn Sáu",)
