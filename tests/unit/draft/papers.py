"""Documents of our own, each of another kind of writing. Offices, numbers and places are invented."""

DECISION = """\
UBND TỈNH HẢI LĂNG
SỞ XÂY DỰNG
-------
Số: 812/QĐ-SXD

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hải Lăng, ngày 14 tháng 3 năm 2024

QUYẾT ĐỊNH
Về việc giao nhiệm vụ kiểm tra chất lượng công trình

GIÁM ĐỐC SỞ XÂY DỰNG

Căn cứ Luật Xây dựng ngày 18 tháng 6 năm 2014;
Căn cứ Quyết định số 20/2022/QĐ-UBND ngày 06/5/2022 của UBND tỉnh quy định chức năng, nhiệm vụ của Sở;

QUYẾT ĐỊNH:

Điều 1. Giao nhiệm vụ kiểm tra chất lượng công trình cho các phòng, đơn vị như sau:
1. Phòng Quản lý chất lượng xây dựng lập danh mục công trình phải kiểm tra trước ngày 05 tháng 4 năm 2024; trước ngày 10 của tháng đầu quý sau báo cáo Giám đốc Sở kết quả kiểm tra của quý trước.
2. Thanh tra Sở phối hợp với Phòng Quản lý chất lượng xây dựng kiểm tra việc khắc phục tồn tại, hoàn thành trong thời hạn 15 ngày kể từ ngày ký Quyết định này.
3. Giao Trung tâm Kiểm định xây dựng cập nhật kết quả thí nghiệm vào ngày 10 và ngày 25 hằng tháng.

Điều 2. Chế độ báo cáo
1. Các chủ đầu tư báo cáo Sở Xây dựng về tiến độ khắc phục trước 16 giờ 30 phút ngày thứ Sáu hằng tuần.
2. Phòng Kinh tế và Hạ tầng các huyện báo cáo Sở Xây dựng định kỳ 6 tháng (trước ngày 15/6) và năm (trước ngày 15/12).

Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng, Trưởng các phòng chuyên môn chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 3;
- Lưu: VT, QLCL.

GIÁM ĐỐC
"""

CONCLUSION = """\
UBND HUYỆN ĐÔNG KHÊ
VĂN PHÒNG
Số: 58/TB-VP

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đông Khê, ngày 03 tháng 6 năm 2024

THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban tháng 6

Ngày 31/5/2024, Chủ tịch UBND huyện chủ trì họp giao ban. Sau khi nghe báo cáo, Chủ tịch UBND huyện kết luận:

1. Đồng ý với nội dung báo cáo của Phòng Tài chính - Kế hoạch. Tính đến ngày 25/5, toàn huyện đã giải ngân 41% kế hoạch vốn.
2. Giao Phòng Tài nguyên và Môi trường chủ trì, phối hợp với UBND thị trấn Đông Khê hoàn thành việc kiểm đếm đất tại khu tái định cư, báo cáo Chủ tịch UBND huyện trước ngày 20/6/2024.
3. Yêu cầu Ban Quản lý dự án huyện:
- Đẩy nhanh tiến độ thi công cầu Nà Lạn, thông xe kỹ thuật trước ngày 2/9;
- Báo cáo tiến độ vào chiều thứ Hai hằng tuần.
4. UBND các xã, thị trấn rà soát hộ nghèo, gửi kết quả về Phòng Lao động - Thương binh và Xã hội chậm nhất ngày 28/6/2024 để Phòng Lao động - Thương binh và Xã hội tổng hợp, trình UBND huyện trước ngày 05/7/2024.
5. Phòng Giáo dục và Đào tạo chuẩn bị điều kiện cho năm học mới; sửa chữa xong 06 phòng học trong đầu quý III.
6. Văn phòng HĐND và UBND huyện theo dõi, đôn đốc việc thực hiện Thông báo này./.

Nơi nhận:
- Như trên;
- Lưu: VT.
"""

LABELLED = """\
ỦY BAN NHÂN DÂN
PHƯỜNG TÂN THÀNH
Số: 21/KH-UBND

Tân Thành, ngày 09 tháng 01 năm 2025

KẾ HOẠCH
Cải cách hành chính năm 2025

Căn cứ Kế hoạch số 05/KH-UBND ngày 03/01/2025 của UBND thành phố, UBND phường ban hành Kế hoạch như sau:

I. MỤC TIÊU
1. Phấn đấu trước ngày 31/12/2025, 100% hồ sơ được số hóa.

II. NHIỆM VỤ
1. Niêm yết danh mục thủ tục hành chính tại trụ sở.
- Đơn vị chủ trì: Bộ phận Một cửa.
- Đơn vị phối hợp: Công chức Tư pháp - Hộ tịch.
- Thời gian hoàn thành: trước ngày 20/01/2025.
- Sản phẩm: bảng niêm yết.
2. Khảo sát mức độ hài lòng của người dân.
- Đơn vị chủ trì: Văn phòng UBND phường.
- Thời gian thực hiện: quý II và quý IV/2025.
3. Tự kiểm tra việc giải quyết thủ tục.
- Đơn vị chủ trì: Văn phòng UBND phường.
- Thời gian thực hiện: thường xuyên.
4. Công tác khác
a) Nội dung: Rà soát quy trình nội bộ.
b) Trách nhiệm thực hiện: Các bộ phận; công chức phường.
c) Thời hạn: Từ tháng 4 - 6/2025.
d) Nội dung: Chấm điểm chỉ số cải cách hành chính.
đ) Thời hạn: trong tháng cuối năm 2025.
5. Tập huấn sử dụng phần mềm một cửa. Đơn vị chủ trì: Bộ phận Một cửa. Thời gian: từ ngày 03/3/2025 đến ngày 07/3/2025.
"""

WRAPPED = """\
BỘ CHỈ HUY QUÂN SỰ TỈNH                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 310/KH-BCH                                  Độc lập - Tự do - Hạnh phúc

                                     Hải Lăng, ngày 02 tháng 12 năm 2024

                                KẾ HOẠCH
              Tuyển quân và huấn luyện dự bị động viên năm 2025

I. NHIỆM VỤ CỦA CÁC CƠ QUAN

1. Ban Chỉ huy Quân sự các huyện, thành phố lập danh sách công dân trong độ
tuổi gọi nhập ngũ, gửi Bộ Chỉ huy Quân sự tỉnh trước ngày 15/12; tổ chức khám
sức khỏe từ ngày 20/12/2024 đến ngày 10/01/2025, bảo đảm đủ chỉ tiêu được giao
cho từng xã, phường, thị trấn theo Quyết định số 99/QĐ-BQP ngày 11/11/2024.

2. Phòng Tham mưu

- Tổng hợp kết quả khám tuyển, báo cáo Tư lệnh Quân khu trong vòng 05 ngày làm
việc sau khi kết thúc đợt khám.

- Trước ngày 25 hằng tháng tổng hợp quân số dự bị động viên gửi về Bộ Chỉ huy
Quân sự tỉnh.

3. Phòng Hậu cần - Kỹ thuật bảo đảm quân trang, nghiệm thu đợt 1 trước tháng
02/2025, đợt 2 trong quý I/2025.
"""

LETTER = """\
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 455/SGDĐT-VP
V/v báo cáo số liệu đầu năm học

Hải Lăng, ngày 05 tháng 9 năm 2024

Kính gửi:
- Phòng Giáo dục và Đào tạo các huyện, thành phố;
- Các trường trung học phổ thông.

Thực hiện Công văn số 3311/BGDĐT-KHTC ngày 28/8/2024 của Bộ Giáo dục và Đào tạo, Sở Giáo dục và Đào tạo đề nghị các đơn vị báo cáo số liệu đầu năm học 2024-2025 như sau:

1. Nhập số liệu vào hệ thống từ ngày 10/9 đến hết ngày 30/9/2024.
2. Gửi báo cáo bằng văn bản về Sở (qua Văn phòng) trước ngày 05/10/2024. Số liệu chốt đến hết ngày 30/9/2024.
3. Báo cáo đột xuất khi có yêu cầu.
4. Cử 01 cán bộ dự tập huấn, tổ chức vào lúc 08 giờ 00 ngày 12/9/2024 tại Hội trường Sở.

Hạn cuối nộp hồ sơ bổ sung là ngày 15/10/2024. Mọi vướng mắc liên hệ Văn phòng Sở./.

Nơi nhận:
- Như trên;
- Lưu: VT, VP.
"""

ISSUED = """\
UBND HUYỆN KỲ SƠN
Số: 904/QĐ-UBND

Kỳ Sơn, ngày 11 tháng 10 năm 2023

QUYẾT ĐỊNH
Về việc ban hành Kế hoạch phát triển cây dược liệu giai đoạn 2023 - 2025

CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phát triển cây dược liệu.
Điều 2. Quyết định có hiệu lực từ ngày ký./.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.

CHỦ TỊCH
Lầu Bá Tểnh

KẾ HOẠCH
Phát triển cây dược liệu giai đoạn 2023 - 2025
(Kèm theo Quyết định số 904/QĐ-UBND ngày 11/10/2023)

I. NHIỆM VỤ
1. Phòng Nông nghiệp và Phát triển nông thôn kiểm tra vườn giống trước ngày 20 tháng 11 hằng năm.
2. UBND các xã lập danh sách hộ trồng trong vòng 15 ngày kể từ ngày Kế hoạch được ban hành.

Nơi nhận:
- UBND các xã.
"""

PARTY = """\
HUYỆN ỦY KỲ SƠN
BAN DÂN VẬN
*
Số 14-KH/BDVHU

Kỳ Sơn, ngày 06 tháng 3 năm 2023

KẾ HOẠCH
công tác dân vận năm 2023 và những năm tiếp theo

Thực hiện Chương trình số 20-CTr/HU, ngày 02-02-2023 của Huyện ủy về công tác cuối năm 2023, Ban Dân vận xây dựng kế hoạch như sau:

I- NHIỆM VỤ

1- Khối Dân vận các xã gửi danh sách mô hình về Ban Dân vận trước ngày 30-4-2023.

2- Tổ Tổng hợp của Ban báo cáo Thường trực Huyện ủy trước ngày 20 hằng tháng.
"""

TO_SEVERAL = """\
UBND TỈNH HẢI LĂNG
Số: 77/UBND-KT
V/v rà soát giá dịch vụ

Hải Lăng, ngày 09 tháng 5 năm 2024

Kính gửi:
- Các Sở: Tài chính, Văn hóa, Thể thao và Du lịch;
- UBND các huyện.

Thực hiện Thông báo số 12/TB-BTC ngày 06/5/2024 về giá dịch vụ đến hết năm 2024, UBND tỉnh đề nghị các đơn vị rà soát, gửi kết quả trước ngày 31/5/2024 như sau:

1. Nêu rõ căn cứ tính giá.
"""

SCHEDULE = """\
ỦY BAN NHÂN DÂN
XÃ TÂN THÀNH
Số: 33/KH-UBND

Tân Thành, ngày 10 tháng 4 năm 2023

KẾ HOẠCH
Kiểm tra, tuyên truyền phòng cháy, chữa cháy

I. ĐỐI TƯỢNG, THỜI GIAN
1. Chi bộ Trường Tiểu học, Chi bộ Trạm Y tế: quý II-2023.

II. THỰC HIỆN
1. Phòng Văn hóa - Xã hội mở lớp tập huấn ngày 16 và 17/5/2023; treo băng rôn nhân ngày 04/10.
2. Đài Truyền thanh xã phát tin về phòng cháy đến ngày 30/6/2023.
3. Công an xã báo cáo kết quả trực trước 9 giờ ngày 20/5/2023. Văn phòng UBND xã tổng hợp, trình Chủ tịch trước 15 giờ cùng ngày.
4. Các thôn; tổ dân phố báo cáo tình hình vào thứ Sáu hằng tuần; thời gian báo cáo đến hết tháng 6/2023.
"""
