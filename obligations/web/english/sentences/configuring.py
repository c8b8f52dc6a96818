"""The configuration, the machine, and what pages say themselves."""

from __future__ import annotations

WORDS = {
    # Why a date moves or a duty ends, what to beware of
    "sửa lỗi: {=}": "a correction: {=}",
    "điều chỉnh theo {=}": "amended by {=}",
    "{=} ấn định": "set by {=}",
    "lịch nghỉ thay đổi": "the calendar of days off changed",
    "chưa ghi lý do": "no reason given",
    "khôi phục bản {#}": "back to version {#}",
    "chờ mốc → {#}": "waiting for its event → {#}",
    "{#} → chờ mốc": "{#} → waiting for its event",
    "{#} việc: chưa rõ kết quả, không gửi nhắc, chờ người điền": (
        "{#} assignments: result unknown, no reminders, somebody has to fill it in"
    ),
    "{=}: {}, còn {#} ngày làm việc ({=})": "{=}: {}, {#} working days left ({=})",
    "{=}: {}, còn {#} ngày làm việc ({#} đơn vị)": "{=}: {}, {#} working days left ({#} units)",
    # Contacts of one unit
    "units.yaml đang có phần sửa chưa áp dụng.": "units.yaml has a change that is not applied yet.",
    "Vào Cấu hình: áp dụng hoặc bỏ phần sửa ấy, rồi sửa đầu mối ở đây.": (
        "Apply or drop it in Configuration, then change the contacts here."
    ),
    "chưa đổi gì.": "Nothing is changed yet.",
    "Sửa một ô, hoặc ghi đầu mối mới, rồi bấm lại.": "Change a field or fill in a new contact, then press again.",
    "đầu mối của đơn vị này viết theo cách mà biểu mẫu không sửa được an toàn.": (
        "This unit's contacts are written in a way that a form cannot change safely."
    ),
    "Sửa units.yaml trong Cấu hình.": "Edit units.yaml in Configuration.",
    "có người vừa đổi đầu mối của đơn vị này.": "Somebody has just changed this unit's contacts.",
    "Đối chiếu từng ô với dòng “đang ghi” dưới ô ấy, sửa lại nếu cần rồi bấm Xem trước.": (
        "Compare each field with the line under it that says what stands now, correct it and press Preview."
    ),
    # Files of the configuration
    "{} đã đổi từ khi mở.": "{} has changed since it was opened.",
    "{} không còn trên đĩa.": "{} is no longer on disk.",
    "Xem hai bản, giữ những gì cần rồi lưu lại.": "Look at both, keep what is needed, then save again.",
    "{} chưa áp dụng lần nào.": "{} was never applied.",
    "Sửa tiếp, hoặc xóa bản nháp.": "Go on with it, or delete the draft.",
    "{} không xóa được.": "{} cannot be deleted.",
    "Xóa nội dung không cần trong tệp.": "Delete what is not needed in the file.",
    "{} đã từng áp dụng, không xóa được.": "{} was applied once and cannot be deleted.",
    "Kế hoạch hết hiệu lực thì ghi plan.ended: {on, by, reason}, hoặc replaces ở kế hoạch thay nó.": (
        "Of a plan that has ended write plan.ended: {on, by, reason}, or replaces in the plan that replaces it."
    ),
    "không có tệp cấu hình {}.": "There is no configuration file {}.",
    "Tệp sửa được: {}, {}<mã kế hoạch>.yaml.": "Files that can be changed: {}, {}<plan id>.yaml.",
    "{} là liên kết ra ngoài thư mục cấu hình.": "{} is a link that leads out of the configuration folder.",
    "Sửa tệp ấy ở nơi của nó.": "Change that file in its own place.",
    "{} không phải UTF-8.": "{} is not UTF-8.",
    "Lưu lại tệp dạng UTF-8 bằng trình soạn thảo trên máy chủ.": "Save it as UTF-8 with an editor on the server.",
    "không ghi được {} ({}).": "{} cannot be written ({}).",
    "Xem quyền ghi và chỗ trống trên đĩa; tệp cũ còn nguyên.": (
        "See the right to write and the disk's free space; the old file is as it was."
    ),
    "không mở được thư mục cấu hình {} ({}).": "The configuration folder {} cannot be opened ({}).",
    "không có thư mục cấu hình {}.": "There is no configuration folder {}.",
    "{} có quá {} tệp, không phải thư mục cấu hình.": ("{} has more than {} files and is no configuration folder."),
    "{} (và {} lỗi khác)": "{} (and {} other errors)",
    # Applying
    "chưa áp dụng cấu hình nào.": "No configuration was applied yet.",
    "chưa có bản nào trước bản đang dùng.": "There is no version before the one in force.",
    "có người vừa áp dụng bản {}.": "Somebody has just applied version {}.",
    "Xem lại thay đổi rồi làm lại.": "Look at the changes again, then do it again.",
    "không khôi phục được bản {}: {}": "Version {} cannot be restored: {}",
    "Bản đang dùng giữ nguyên. Cần lại nội dung cũ thì sửa tệp theo bản ấy rồi áp dụng.": (
        "The version in force stands. If its content is wanted, change the files after that version, then apply."
    ),
    "bản nháp đã đổi từ lúc xem.": "The draft has changed since it was shown.",
    "Xem lại thay đổi rồi áp dụng.": "Look at the changes again, then apply.",
    "nội dung hoặc cấu hình đã đổi từ lúc xem.": "The content or the configuration has changed since it was shown.",
    "Xem lại rồi bấm Áp dụng.": "Look at it again, then press Apply.",
    "bản nháp {}.": "The draft {}.",
    "dời hạn đã ghi sổ: {}": "moves recorded deadlines: {}",
    "bỏ việc đang theo dõi: {}": "leaves out what is followed: {}",
    "đổi done của việc đang theo dõi: {}": "changes done of what is followed: {}",
    "Bỏ done; kết quả thì ghi ở đầu việc ấy.": "Take done out; record the result on the duty itself.",
    "Ghi lý do của lần này cạnh deadline: moved: {correction: lý do} nếu là sửa lỗi, "
    "moved: {amended_by: số văn bản} nếu có văn bản điều chỉnh.": (
        "Give the reason beside deadline: moved: {correction: lý do} where it mends a mistake, "
        "moved: {amended_by: số văn bản} where a document amends it."
    ),
    "moved đang ghi là của lần dời trước.": "moved as it stands is of an earlier move.",
    "Khôi phục before_reading trong office.yaml: đổi cách hiểu “trước ngày” là dời mọi hạn như vậy.": (
        "Put before_reading in office.yaml back: to read “trước ngày” otherwise moves every such deadline."
    ),
    "Giữ tệp của kế hoạch; hết hiệu lực thì ghi plan.ended: {on, by, reason}, hoặc replaces ở kế hoạch thay nó.": (
        "Keep the plan's file; if it has ended write plan.ended: {on, by, reason}, or replaces in the plan after it."
    ),
    "Giữ nhiệm vụ và ghi ended: {on, by, reason}; nếu chỉ đổi mã thì ghi was: mã cũ ở nhiệm vụ mang mã mới.": (
        "Keep it and write ended: {on, by, reason}; if only its id changed write was: the old id at the new one."
    ),
    "không đổi được mã {} thành {}: {} đã là mã của việc khác.": (
        "The id {} cannot become {}: {} is another obligation's already."
    ),
    "Đổi thành một mã chưa dùng trong kế hoạch ấy.": "Take an id that is not used in that plan.",
    "{} đang có đầu việc nhưng không còn trong units.yaml.": "{} has duties but is no longer in units.yaml.",
    "Giữ đơn vị trong units.yaml; đơn vị đã kết thúc thì ghi to: ngày kết thúc và successor: đơn vị kế thừa.": (
        "Keep the unit in units.yaml; of one that has ended write to: its last day, and successor: who follows."
    ),
    "không có phiên bản cấu hình {}.": "There is no version {} of the configuration.",
    "Xem danh sách phiên bản.": "See the list of versions.",
    "cấu hình đang áp dụng không có nhiệm vụ {}/{}.": "The configuration in force has no obligation {}/{}.",
    # The machine
    "không đọc được {} (không phải chữ).": "{} cannot be read (it is no text).",
    "Xem quyền đọc, hoặc xóa tệp ấy.": "See the right to read it, or delete that file.",
    "Xem quyền đọc tệp ấy.": "See the right to read that file.",
    "{} ngắn hơn {} ký tự.": "{} is shorter than {} characters.",
    "Đặt một chuỗi ngẫu nhiên dài hơn.": "Set a longer random text.",
    "không tạo được thư mục dữ liệu {} ({}).": "The data folder {} cannot be made ({}).",
    "Đặt DONDOC_HOME là một thư mục mà tài khoản này ghi được.": (
        "Set DONDOC_HOME to a folder that this account may write."
    ),
    "không vào được cơ sở dữ liệu {} ({}).": "The database {} cannot be reached ({}).",
    "mất liên lạc với cơ sở dữ liệu ({}).": "The database went out of reach ({}).",
    "{} là biến của chính hệ thống, địa chỉ kênh không được dùng đến": (
        "{} is a variable of the system itself, no channel's address may use it"
    ),
    "đặt bí mật của kênh ở biến mang tên khác": "keep the channel's secret in a variable of another name",
    "mất liên lạc với cơ sở dữ liệu (không trả lời).": "The database went out of reach (no answer).",
    "Lỗi bên trong chương trình: {}. Chi tiết: {}": "An error inside the program: {}. Details: {}",
    "Lỗi bên trong chương trình: {}. Chi tiết: không ghi được nhật ký lỗi": (
        "An error inside the program: {}. Details: the log of errors cannot be written"
    ),
    "Chạy lại khi máy chủ trả lời.": "Try again when the server answers.",
    "sổ bận: chương trình khác giữ quá 30 giây; chưa ghi gì.": (
        "The ledger is busy: another program kept it for more than 30 seconds; nothing was recorded."
    ),
    "Chờ một phút rồi làm lại; vẫn thế thì báo quản trị.": "Wait a minute and try again; if it lasts, tell an admin.",
    "đĩa chứa sổ đã đầy; chưa ghi gì.": "The disk of the ledger is full; nothing was recorded.",
    "Dọn chỗ trống rồi thử lại.": "Make room and try again.",
    "tệp sổ hỏng.": "The ledger's file is damaged.",
    "Báo quản trị khôi phục từ bản sao lưu gần nhất.": "Tell an admin to restore the newest backup.",
    "đĩa chứa sổ không đọc, ghi được.": "The disk of the ledger cannot be read or written.",
    "Xem đĩa và quyền của tệp sổ, rồi thử lại.": "See the disk and the rights of the ledger's file, then try again.",
    "không mở hoặc không ghi được tệp cơ sở dữ liệu {}.": "The database file {} cannot be opened or written.",
    "Xem quyền ghi và chỗ trống trên đĩa; nếu tệp hỏng thì khôi phục từ bản sao lưu.": (
        "See the right to write and the disk's free space; restore a backup if the file is damaged."
    ),
    "Xem DONDOC_DATABASE_URL, và máy chủ cơ sở dữ liệu đã chạy chưa.": (
        "See DONDOC_DATABASE_URL, and whether the database server runs."
    ),
    "DONDOC_DATABASE_URL không hợp lệ.": "DONDOC_DATABASE_URL is not valid.",
    "một lần gửi không được chờ {#} giây.": "one try at sending may not take {#} seconds.",
    "ghi từ 1 đến {#}": "write 1 to {#}",
    "Ghi như postgresql://nguoi-dung@may-chu/dondoc hoặc sqlite:////thu-muc/dondoc.db.": (
        "Write it as postgresql://user@server/dondoc or sqlite:////folder/dondoc.db."
    ),
    "dữ liệu do phiên bản dondoc mới hơn tạo ra.": "The data were made by a newer version of dondoc.",
    "không có quyền": "no right to",
    "không có nơi đó": "no such place",
    "một phần đường dẫn không phải thư mục": "a part of the path is no folder",
    "đó là một thư mục": "it is a folder",
    "đã có một tệp cùng tên": "there is a file of that name",
    "đĩa chỉ cho đọc": "the disk is read-only",
    "đĩa đầy": "the disk is full",
    "tên quá dài": "the name is too long",
    "lỗi {}": "error {}",
    # Pages
    "Giá trị không đọc được: {}.": "This cannot be read: {}.",
    "Quay lại và nhập lại.": "Go back and type it again.",
    "Có giá trị không ghi được vào sổ.": "Something cannot be written into the ledger.",
    "Lỗi bên trong chương trình.": "An error inside the program.",
    "Báo quản trị; chi tiết ở tệp loi.log.": "Tell an admin; the file loi.log has more.",
    "Yêu cầu không thực hiện được ({}).": "This cannot be done ({}).",
    # What pages say where the words name a command
    "Ghi nhầm thì mở lại ở mục Mở lại (ghi nhầm) trên trang của việc rồi ghi lại.": (
        "If that was a mistake, reopen it under Reopen (recorded by mistake) on the duty's page, then record it again."
    ),
    "Xem mọi lỗi ở trang Cấu hình.": "See all errors in Configuration.",
    "Khai báo kênh ấy trong channels.yaml, ở trang Cấu hình.": (
        "Declare that channel in channels.yaml, in Configuration."
    ),
    "Báo quản trị chỉnh lại đồng hồ máy chủ.": "Ask an admin to set the server's clock right.",
    "Mở lại việc trước, ở mục Mở lại (ghi nhầm) trên trang của việc.": (
        "Reopen it first, under Reopen (recorded by mistake) on the duty's page."
    ),
    "Báo quản trị nâng cấp chương trình trên máy chủ.": "Ask an admin to upgrade the program on the server.",
    "Tìm việc ở Bảng theo dõi.": "Look for it on the Tracking board.",
    "Mở lại trang để xem những việc cần gọi.": "Open the page again to see the calls to make.",
    "Báo quản trị: chương trình đang chỉ vào một thư mục cấu hình khác.": (
        "Tell an admin: the program is pointed at another configuration folder."
    ),
    "Ghi ngày của mốc ở trang của kế hoạch.": "Record the day of its event on the plan's page.",
    "Sửa tệp rồi áp dụng, ở trang Cấu hình.": "Change the files, then apply, in Configuration.",
    "Mở lại việc trước, nếu cần, ở mục Mở lại (ghi nhầm) trên trang của việc.": (
        "Reopen it first, if need be, under Reopen (recorded by mistake) on the duty's page."
    ),
    "Xem lại cấu hình rồi áp dụng, ở trang Cấu hình.": "Look over the configuration, then apply, in Configuration.",
    "Mở lại trang Chờ duyệt để xem những thư đang giữ.": "Open Approvals again to see what is held.",
    "Ghi kết quả trước, ở mục Đơn vị đã gửi kết quả trên trang của việc.": (
        "Record the result first, under The unit has sent its result on the duty's page."
    ),
    "Sửa tệp ấy ở trang Cấu hình.": "Change that file in Configuration.",
}
