"""A short plan of our own, two pages long, that a small office drafts from. Offices and numbers are invented."""

from __future__ import annotations

NOTICE = """\
SỞ MẪU
Số: 77/KH-SM

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hải Lăng, ngày 21 tháng 11 năm 2022

KẾ HOẠCH
Chuẩn bị hội nghị tổng kết năm 2022

I. NHIỆM VỤ

1. Sở Y tế lập danh sách đại biểu của ngành, gửi Văn phòng Sở Mẫu trước ngày 10 tháng 12 năm 2022.

2. Sở Xây dựng chủ trì, phối hợp với Sở Y tế báo cáo Văn phòng Sở Mẫu kết quả chậm nhất ngày 15 tháng 12 năm 2022.

3. Ban Thi đua chuẩn bị hồ sơ khen thưởng, hoàn thành trước ngày 20 tháng 12 năm 2022.

4. Sở Y tế tổ chức tập huấn trong tuần đầu tháng 12.

\f
II. TỔ CHỨC THỰC HIỆN

1. Các sở báo cáo Văn phòng Sở Mẫu tiến độ trước ngày 25 hằng tháng, từ tháng 11 năm 2022 đến tháng 3 năm 2023.

2. Văn phòng Sở Mẫu theo dõi, đôn đốc việc thực hiện Kế hoạch này./.

Nơi nhận:
- Như trên;
- Lưu: VT.
"""
