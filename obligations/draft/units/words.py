"""The words that office names begin with, and the verbs that duties begin with."""

from __future__ import annotations

import re

from obligations.draft.text import lax

# A head makes a name where it is written with a capital, or stands after "các", "mỗi".
HEADS = (
    "ủy ban nhân dân|ủy ban mặt trận tổ quốc|ủy ban mttq|ủy ban|ubmttq|ubnd|ub mttq|hđnd|hội đồng nhân dân|thường trực|mặt trận tổ quốc|mặt trận|mttq|văn phòng|"
    "sở|bộ(?! (?:tiêu|câu|phận|chỉ số|luật|hồ|máy|thủ|quy|mã|dữ|tài|sách|ảnh|đề|công cụ|nhận|ba))|cục|chi cục|tổng cục|vụ(?! (?:việc|án|mùa|đông|xuân|hè))|phòng(?!,? (?:chống|ngừa|tránh|dịch|cháy|bệnh|học|họp|thủ))|"
    "ban(?! (?:hành|đêm|ngày|đầu|công(?! tác)))|tiểu ban|trung tâm(?! (?:của|là))|công an|quân sự|bộ chỉ huy|ban chỉ huy|biên phòng|thanh tra(?= (?:sở|tỉnh|huyện|bộ|thành phố|thị xã|chính phủ|nhà nước|xây|giao|lao|y)\\b)|kiểm toán nhà nước|kho bạc|bảo hiểm xã hội|ngân hàng|"
    "thuế|hải quan|hội(?! (?:nghị|thi|thảo|đàm|viên|họp|trường|chợ|diễn|thao|tụ|nhập|ý|chẩn|trại))|hiệp hội|liên hiệp|liên đoàn|liên minh|tỉnh đoàn|huyện đoàn|thành đoàn|thị đoàn|quận đoàn|xã đoàn|đoàn(?! (?:viên|kết|thể))|đoàn thể|công đoàn(?! viên)|"
    "báo(?! (?:cáo|chí|hiệu|động|giá|tường))|tạp chí|đài|cổng|thông tấn xã|trường(?! hợp)|khoa(?! (?:học|giáo|trương))|bộ môn|học viện|viện(?! (?:dẫn|trợ|phí))|bệnh viện|trạm|đồn|hạt|đội(?! ngũ)|tổ(?! (?:chức|quốc|tiên|hợp|dân))|"
    "xã(?! hội)|phường|huyện|thị xã|thành phố|thị trấn|quận|thôn|bản(?! (?:tin|đồ|án|thảo|ghi|sao|cam|kế|thân|chất|sắc|đăng))|tổ dân phố|cơ quan|đơn vị|địa phương|sở, (?:ban, )?ngành|"
    "doanh nghiệp|hợp tác xã|chủ (?:đầu tư|rừng|hồ|đập|cơ sở|tàu|phương tiện)|công chức(?!, viên)|nhà thầu|nhà đầu tư|nhà trường|giáo viên|giảng viên|viên chức|hội đồng|tổng liên đoàn|tập đoàn|tổng công ty|công ty|điện lực|bưu điện|bưu cục|viễn thông|tòa án|viện kiểm sát|thi hành án|quỹ|thư viện|bảo tàng|nhà (?:văn hóa|thiếu nhi|xuất bản|máy)|khu |"
    # Written short, as units sign themselves: Liên đoàn Lao động, Hội Nông dân, Ban Thường vụ, Bảo hiểm xã hội, …
    "lđlđ|tlđ|hnd|hội lhpn|hccb|cđcs|btv|bcđ|btc|bqlda|bql|bhxh|nhcsxh|kbnn|vksnd|tand|ttyt|"
    "thủ trưởng|chủ tịch|phó chủ tịch|giám đốc|phó giám đốc|trưởng|phó trưởng|chánh văn phòng|chánh thanh tra|bí thư|người đứng đầu|lãnh đạo|hiệu trưởng|phó (?:hiệu trưởng|bí thư|chánh|tổ trưởng|cục trưởng|chi cục trưởng)|cục trưởng|chi cục trưởng|tổ trưởng|kế toán trưởng|"
    "tổ chức (?:chính trị|đoàn(?! (?:kiểm|công|giám|liên))|hội(?! (?:nghị|thi|thảo|chợ|họp|diễn|thao|đàm|trại))|đảng|tín|xã)|cấp ủy|tập thể (?=ban|lãnh đạo|thường|cấp ủy|chi|đảng|ubnd)|đảng ủy|đảng đoàn|đảng bộ|chi bộ|huyện ủy|tỉnh ủy|thành ủy|thị ủy|ngành|phòng, ban|ban, ngành|khối|cụm|thành viên|thường vụ|ban thường vụ|thư ký|văn thư|hộ |đồng chí|chuyên viên|bộ phận(?! (?:nhân|dân))|cấp (?:tỉnh|huyện|xã|ủy|trên|hội(?! (?:nghị|thi))|công đoàn)|tỉnh(?=, thành)|chính quyền|ngành|"
    "(?:(?<=các )|(?<=mỗi )|(?<=từng ))(?:hộ (?:kinh doanh|gia đình|dân|sản xuất|chăn nuôi)|khu (?:phố|dân cư|công nghiệp|kinh tế|tập thể)|chủ nguồn thải|"
    "cơ sở (?:giáo dục|y tế|khám|đào tạo|dạy nghề|trợ giúp|lưu trú|đoàn|hội))|thống kê (?:cơ sở|tỉnh|thành phố)|cấp (?:bộ đoàn|bộ hội)|toàn (?:tỉnh|huyện|thành phố|thị xã|xã|phường|thị trấn|ngành|đảng bộ|trường|cơ quan|đơn vị|thôn|khu phố)"
)
PLURAL = "(?:các|cac|mỗi|từng|toàn thể|những|tất cả các|một số|hệ thống)"
HEAD = re.compile(rf"(?:{PLURAL} )?(?:{HEADS})(?!\w)")
PLURAL_START = re.compile(rf"{PLURAL} (?:{HEADS})(?!\w)")
# Heads that take a purpose into their name: Đoàn kiểm tra, Hội đồng đánh giá, Ban Chỉ đạo xây dựng nông thôn mới.
TAKES_PURPOSE = re.compile(
    lax(
        r"(?:^|, |; | và |ban )(?:hội đồng|đoàn|tổ|tổ công tác|tổ giúp việc|ban|tiểu ban|ban quản lý|ban quản lý dự án|ban chỉ đạo|ban chỉ huy|ban tổ chức|ban vận động|văn phòng điều phối|quỹ|trung tâm|phòng|bộ phận|chi cục|cơ quan|đội|trạm|hạt|nhà máy|viện|hội|dự án|chương trình|công tác|hội đồng phối hợp|cơ quan thường trực) $"
    )
)
VERBS = (
    "chủ trì|phối hợp|xây dựng|tham mưu|rà soát|tổ chức(?= (?:hội nghị|hội thi|hội thảo|hội chợ|hội họp|hội diễn|hội thao|hội đàm|hội trại|đoàn kiểm tra|đoàn công tác|đoàn giám sát|đoàn liên ngành))|tổ chức(?! (?:chính trị|đoàn|hội|đảng|tín dụng|xã hội|cơ sở))|triển khai|hướng dẫn|ban hành|trình|báo cáo|tổng hợp|gửi|nộp|lập|hoàn thành|hoàn thiện|kiểm tra|giám sát|theo dõi|đôn đốc|thực hiện|phân công|bố trí|"
    "cân đối|thẩm định|đánh giá|chỉ đạo|đăng ký|đề xuất|kiến nghị|công bố|công khai|niêm yết|cập nhật|khảo sát|thống kê|sơ kết|tổng kết|tuyên truyền|vận động|phát động|phát hiện|mở|(?<!bầu )cử|tiếp nhận|"
    "bàn giao(?! thông)|nghiệm thu|khởi công|thi công|sửa chữa|mua sắm|cấp phát|cấp(?! (?:tỉnh|huyện|xã|ủy|trên|dưới|cơ sở|thành|phường|học|bộ|thôn|thị|quận|phòng|sở))|phân bổ|quyết toán|giải ngân|thanh toán|đấu thầu|lựa chọn|phê duyệt|ký|nhập|khai báo|quản lý|vận hành|duy trì|tăng cường|đẩy mạnh|tiếp tục|"
    "nâng cấp|nâng cao|chuẩn bị|rút ngắn|số hóa|chấm điểm|xếp hạng|xếp loại|bình xét|khen thưởng|xử lý|khắc phục|giải quyết|trả lời|thông báo|cung cấp|chia sẻ|kết nối|tích hợp|tập huấn|đào tạo|bồi dưỡng|tham gia|tiến hành|"
    "kiện toàn|thành lập|sắp xếp|lồng ghép|huy động|hỗ trợ|bảo đảm|đảm bảo|phát huy|bám sát|phản ánh|đăng tải|đăng|mời|họp|thăm|tặng|trao|trồng|tiêm|diệt|phun|xóa|thay thế|tự kiểm tra|tự đánh giá|thanh tra|kiểm kê|kê khai|"
    "nghiên cứu|biên soạn|phát hành|phổ biến|quán triệt|cụ thể hóa|chủ động|tích cực|khẩn trương|kịp thời|nghiêm túc|chịu trách nhiệm|làm|đưa|giao(?! thông)|nhận|xác minh|xác nhận|chuyển|tháo gỡ|đối chiếu|"
    "yêu cầu|đề nghị|kiểm điểm|tái cấu trúc|cắt giảm|đơn giản hóa|ứng phó|ngăn chặn|thường trực|trực(?! (?:thuộc|tiếp|tuyến|quan))|củng cố|giới thiệu|biểu dương|xem xét|quyết định|ưu tiên|sử dụng|điều phối|điều chỉnh|bổ sung|lấy ý kiến|góp ý|hiệp thương|"
    "căn cứ|rà soát|khai thác|ứng dụng|cải tạo|di dời|dời(?! (?:đi|đô))|giải phóng|thu hồi|đền bù|cắm|đo đạc|cài đặt|thử nghiệm|nhân rộng|đối thoại|liên hệ|khởi động|khai mạc|bế mạc|ra quân|truyền thông|tổng rà soát|tự rà soát|giúp|xuất bản|sưu tầm|trưng bày|"
    "tư vấn|khám|điều trị|kiểm định|kiểm soát|phân loại|thu gom|tổng vệ sinh|tổng dọn|tổng kiểm tra|tổng kiểm kê|vệ sinh|dọn|sàng lọc|lưu trữ|chỉnh lý|bảo quản|tiêu hủy|chốt|rút kinh nghiệm|kết thúc|bắt đầu|hoàn tất|xác định|đề ra|nắm bắt|thông qua|tháo dỡ|bảo trì|bảo dưỡng|nạo vét|tu bổ|gia cố|lắp đặt|trang bị|"
    "in ấn|in|tăng|giảm|điều chuyển|điều động|luân chuyển|chi trả|chi(?! (?:bộ|cục|nhánh|phí|tiết|hội|đoàn|ủy))|thu thập|thu nộp|thu(?! (?:hút|nhập|ngân|mua|đông))|hoàn trả|tập trung|tập hợp|tuyển dụng|tuyển chọn|bổ nhiệm|xét duyệt|xét|"
    "thẩm tra|nhắc nhở|phê bình|cảnh báo|công nhận|treo|dán|cung ứng|dự trữ|bình ổn|quảng bá|thí điểm|truy thu|đối soát|tạm dừng|chấm dứt|chấp hành|ký kết|kết nạp|giữ gìn|chăm sóc|chăm lo|gặp mặt|đón tiếp|chọn|viết|dựng|thuê|mua|xây|"
    "cắt tỉa|lấy mẫu|phân phối|phân tích|thiết kế|thiết lập|thay mặt|ủy quyền|quyên góp|chấn chỉnh|điều tra|trấn áp|tuần tra|soạn thảo|soạn|phát sóng|phát(?! (?:triển|thanh))|chú trọng|quan tâm|lưu ý|nắm chắc|nắm|sớm|nhanh chóng|chấp thuận|"
    "áp dụng|phòng ngừa|truy quét|sơ tán|di chuyển|khoanh vùng|tạo|tạo điều kiện|đo|quét|vẽ|gắn|lắp|đặt|tính toán|tra cứu|nghiêm cấm|phục vụ|chạy thử|đẩy nhanh|khánh thành|gia hạn|"
    "định hướng|hoàn chỉnh|nuôi cấy|trao đổi|cam kết|phát dọn|tu sửa|đóng góp|ủng hộ|tuyên dương|tôn vinh|biểu diễn|thắp hương|thảo luận|tọa đàm|giao lưu|ôn tập|diễn tập|huấn luyện|"
    "sơ tuyển|xét tuyển|thi tuyển|phúc khảo|chấm thi|coi thi|in sao|ra đề|dự giờ|cấp đổi|gieo cấy|thu hoạch|tiêm phòng|khử khuẩn|cách ly|truy vết|phản biện|chất vấn|tiếp xúc cử tri|tiếp dân|tiếp công dân|"
    "san lấp|lắp dựng|hoàn công|trích đo|đăng tin|đưa tin|tường thuật|tiếp sóng|tiếp âm|đỡ đầu|tinh giản|sáp nhập|giải thể|hợp nhất|chuyển giao|bốc thăm|chứng thực|làm sạch|đồng bộ|sao lưu|phân khai|"
    "chỉnh trang|rào chắn|san gạt|lát|vá|cứng hóa|bê tông hóa|thau rửa|súc rửa|chặt hạ|tựu trường|khai giảng|bế giảng|giúp đỡ|đấu nối|đóng điện|thông xe|hạ ngầm|thông tuyến|vận chuyển|khôi phục|tái đàn|khử trùng|tiêu độc|cứu trợ|tổng duyệt|sơ duyệt|tiếp thu|giải trình|tạm ứng|tất toán|phân luồng|phấn đấu|"
    "sinh hoạt (?:chuyên đề|chính trị|chi bộ|tổ)|kiểm đếm|kêu gọi|cưỡng chế|chằng chống|tích trữ|điều tiết|phát quang|thông tắc|sơn(?= (?:lại|kẻ|sửa|mới|vạch))|khơi thông|chuẩn hóa|khóa sổ|ứng trực|ghi hình|hạch toán|chấm công"
)
_ALL = sorted(dict.fromkeys(re.split(r"\|(?![^()]*\))", VERBS)), key=len, reverse=True)
# A verb of two syllables is known even where the space after it was lost (hoàn thànhsố hóa).
VERB = re.compile(
    r"(?<!\w)(?:" + "|".join(lax(one) if " " in one.split("(")[0] else f"{one}(?!\\w)" for one in _ALL) + ")"
)
# Verbs that are also the matter of an office; before another verb they end its name (Trung tâm Kiểm định xây dựng lập …).
NOMINAL = re.compile(
    r"(?:xây dựng|quản lý|lưu trữ|truyền thông|vệ sinh|đào tạo|bồi dưỡng|kiểm soát|điều trị|đăng ký|tư vấn|thanh tra|kiểm định|cấp cứu|khám|điều phối|hỗ trợ|vận hành|thu hồi|tiếp nhận)"
)
# "Các cơ quan chủ trì báo cáo tiến độ": their part in the work tells which offices are meant.
PART = re.compile(lax(r"(?:cơ quan|đơn vị) (?:chủ trì|phối hợp|thực hiện)$"))
# "Các đơn vị được giao chủ trì nội dung …": which of them are meant; then comes what they do.
_PARTS = lax("được (?:giao|phân công)(?: nhiệm vụ)? (?:chủ trì|phụ trách|theo dõi|tham mưu|thực hiện)")
_CONTENTS = lax(
    r"(?:thực hiện )?(?:các |từng )?(?:nội dung|nhiệm vụ|tiêu chí|chỉ tiêu|lĩnh vực|đề án|chương trình)(?!\w)"
)
CHARGED = re.compile(rf"{_PARTS}(?:(?: {_CONTENTS}[\w ]{{0,40}}?)(?= {VERB.pattern})|(?= (?!{_CONTENTS})[^\W\d]))")
# "Các đơn vị tại mục Kính gửi": whom a letter is addressed to.
_BODY = r"(?:cơ quan|đơn vị|địa phương|sở|phòng|ban|ngành|đoàn thể|hội|tổ chức|doanh nghiệp|cá nhân|xã|phường|thị trấn|liên quan|trực thuộc)"
ADDRESSED = re.compile(
    lax(
        rf"(?:các|từng|mỗi|những) {_BODY}(?:(?:,| và|, các| và các)? {_BODY}){{0,6}},? (?:(?:có tên|được nêu|đã nêu|nêu|ghi) )?(?:(?:tại|ở|trong|như) )?(?:(?:mục|phần) )?[\"“']?kính gửi[\"”']?(?: (?:nêu )?trên)?(?!\w)"
    )
)
# "Các đơn vị chưa gửi báo cáo năm 2023 phải hoàn thành …": which of them must.
LACKING = re.compile(
    rf"{PLURAL} (?:{HEADS})[\w, ]{{0,40}}? (?:chưa|còn) [^;:.()]{{3,120}}?(?=(?: \([^()]*\))?,? {lax('(?:phải|cần|có trách nhiệm|khẩn trương|nghiêm túc)')}(?!\w))"
)
# "Các cơ quan, tổ chức": beside offices it is a noun.
BODIES = re.compile(lax(r"(?:cơ quan|đơn vị|ngành|đoàn thể|doanh nghiệp)(?:,| và) $"))
# "Các cơ quan tham mưu, giúp việc Đảng ủy": what they are for is their name.
ADVISERS = re.compile(
    lax(r"(?:các |các ban, )?(?:cơ quan|ban|bộ phận|tổ|đơn vị) (?:chuyên trách )?tham mưu(?:,| và)? giúp việc(?!\w)")
)
# What ends a subject as a verb does.
STOPS = re.compile(
    r"(?<!\w)(?:theo|trên cơ sở|có trách nhiệm|trong phạm vi|(?<!giáo dục )thường xuyên|tự(?= (?:chấm|đánh|rà|kiểm|tổ|xây|bố|kê|cân|giác|nguyện|chịu|khắc|sắp))|định kỳ|(?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm)|mỗi (?:tuần|tháng|quý|năm)|phải|(?<!hậu )cần|được giao|được phân công|là|trước|chậm nhất|muộn nhất|"
    r"trong (?:ngày|tháng|quý|năm|vòng|thời)|trong(?= \d)|từ (?:ngày|tháng|quý|năm|nay)|đến (?:ngày|hết|tháng)|vào (?:các )?(?:ngày|tháng|quý|năm|đầu|cuối|thứ)|có(?! liên quan| thu| yếu)|không|chưa|sẽ|đang|đã|tại(?= (?:kỳ|phiên|cuộc) họp)|nếu|khi|để|do|với|(?<!mặt )bằng|cùng(?: với)?(?= (?:công an|quân sự|phòng|sở|ban|văn phòng|ubnd|ủy ban|hội|đoàn|trung tâm|chi cục|thanh tra|mặt trận|viện|tòa|trạm|trường|các) )|nhằm|nhân dịp|và (?:gửi|báo cáo|trình|tổng hợp)|cho|kết quả|tình hình|tiến độ|danh sách|số liệu|về|(?<!tổ giúp )việc|nhu cầu|duyệt(?= (?:xong|trước|nội dung))|(?<!tiểu ban )nội dung|dự thảo|hồ sơ|đề cương|qua|thời gian|thời hạn)(?![\w])"
)
ATTRIBUTE = re.compile(
    lax(
        r"(?:được|bị|có|do|để|cho|sau khi|đã|về|việc|an toàn|công tác|đang|phục vụ|dự án|dự án đầu tư|trách nhiệm|chức năng|các|những|mỗi|và công tác|qlda|qlda đầu tư) $"
    )
)
# "Đề nghị UBND …": who asks is not who owes.
ASKS = re.compile(
    lax(
        r"(?:(?:ubnd|ủy ban nhân dân|chủ tịch|giám đốc|sở|phòng|ban|bộ)[\w ]{0,60}? )?(?:trân trọng )?(?:đề nghị|yêu cầu|(?<!bàn\s)giao(?! (?:\d|thông|dịch|lưu|ban (?:vào|tuần|tháng|quý|hằng|hàng|mỗi|định|với|báo|trực)))|phân công|ủy quyền|kính đề nghị|đồng ý giao|thống nhất giao)(?: cho)?(?: đồng chí| các đồng chí)? "
    )
)
# Names that the law writes out: after one, a word in lower case is what the office does, whatever verb it is.
_MATTERS = (
    "y tế|nội vụ|tài chính|tư pháp|công thương|xây dựng|giao thông vận tải|giáo dục và đào tạo|khoa học và công nghệ|kế hoạch và đầu tư|"
    "nông nghiệp và môi trường|nông nghiệp và phát triển nông thôn|tài nguyên và môi trường|thông tin và truyền thông|văn hóa, thể thao và du lịch|"
    "văn hóa và thể thao|du lịch|ngoại vụ|lao động - thương binh và xã hội|lao động, thương binh và xã hội|dân tộc và tôn giáo|quốc phòng|công an|ngoại giao"
)
_LEVELS = "tỉnh|huyện|thị xã|thành phố|quận|xã|phường|thị trấn|đặc khu"
# Of a district or commune; words that a company's or a hospital's phòng goes on from are left out.
_OF_DISTRICT = (
    "nội vụ|tư pháp|văn hóa và thông tin|văn hóa, khoa học và thông tin|văn hóa - xã hội|giáo dục và đào tạo|tài chính - kế hoạch|"
    "tài nguyên và môi trường|nông nghiệp và môi trường|nông nghiệp và phát triển nông thôn|kinh tế và hạ tầng|kinh tế, hạ tầng và đô thị|"
    "lao động - thương binh và xã hội|dân tộc và tôn giáo|quản lý đô thị"
)
# What goes on with a name all the same: another name, the place or kind of the office, a word made with the level.
_GOES_ON = rf"và|các|có|của|cấp|thuộc|trực thuộc|tại|nơi|ở|liên quan|cũ|mới|nêu|nói|này|khác|hội|ủy|đoàn|đội|viên|sự|y|nhân|khu|biên giới|ven|vùng|miền|trọng điểm|{_LEVELS}"
MATTER = re.compile(lax(f"(?:{_MATTERS})(?!\\w)"))
# "Các Sở: Y tế, Tài chính": the kind once, then what each deals with.
SPREAD = re.compile(lax(r"(?:các |cac )(?P<kind>sở|bộ|phòng|ban|huyện|xã|phường|trường|cục|chi cục) ?: ?"))
CLOSED = re.compile(
    rf"(?<!\w)(?:{lax(f'(?:sở|bộ) (?:{_MATTERS})')}|{lax(f'phòng (?:{_OF_DISTRICT})')}|{lax('(?:tỉnh|thành|huyện|thị|quận) ủy')}|{lax(f'(?:{_LEVELS})')}(?<!quan))(?= (?!(?:{_GOES_ON})(?!\w))[^\W\d_])"
)
# Kinds that a proper name follows; after it a word in lower case is what the office does.
PLACED = re.compile(
    rf"(?<!\w)(?:{_LEVELS}|thôn|bản|ấp|khu phố|tiểu học|thcs|thpt|trung học cơ sở|trung học phổ thông|mầm non|mẫu giáo)(?= )"
)
GOES_ON = re.compile(rf" (?:{_GOES_ON})(?!\w)")
