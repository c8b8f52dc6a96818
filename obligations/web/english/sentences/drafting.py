"""What is drafted from a document, and what is given in one form."""

from __future__ import annotations

WORDS = {
    # Reading a document
    "đang đọc các văn bản khác.": "Other documents are being read.",
    "Đợi một phút rồi thử lại.": "Wait a minute, then try again.",
    "chưa chọn tệp nào.": "No file is chosen.",
    "Chọn một tệp rồi bấm nút đọc.": "Choose a file, then press Read.",
    "không có tệp {}.": "There is no file {}.",
    "Xem lại đường dẫn.": "Look at the path again.",
    "không đọc được {} ({}).": "{} cannot be read ({}).",
    "Xem quyền đọc tệp.": "See the right to read the file.",
    "tệp có mật khẩu hoặc theo định dạng cũ.": "The file has a password or is of an old format.",
    "Lưu lại dạng .docx hoặc .xlsx không mật khẩu.": "Save it as .docx or .xlsx without a password.",
    "tệp {} không đúng định dạng {}.": "The file {} is not of the format {}.",
    "Mở bằng phần mềm văn phòng, lưu lại rồi thử lại.": "Open it in an office program, save it, then try again.",
    "không đọc được loại tệp {}.": "Files like {} cannot be read.",
    "Đưa tệp .txt, .docx, .doc, .pdf, .xlsx, .csv.": "Give a .txt, .docx, .doc, .pdf, .xlsx or .csv file.",
    "tệp nén phình ra quá lớn khi mở.": "The compressed file becomes too large when it is opened.",
    "Không mở tệp này; xin lại tệp gốc từ nơi gửi.": "Do not open this file; ask its sender for the original.",
    "tệp có khai báo XML không được phép.": "The file has XML declarations that are not allowed.",
    "tệp rỗng.": "The file is empty.",
    "Xem lại tệp.": "Look at the file again.",
    "Bỏ ảnh trong tệp hoặc tách thành nhiều tệp.": "Take pictures out of the file, or split it.",
    "văn bản dài hơn {} triệu chữ.": "The document has more than {} million letters.",
    "Tách thành nhiều tệp.": "Split it into several files.",
    "tệp có {} trang, nhiều hơn {}.": "The file has {} pages, more than {}.",
    "Tách phần kế hoạch và phụ lục nhiệm vụ ra tệp riêng.": (
        "Put the plan and the annex with its duties into a file of their own."
    ),
    "đọc tệp quá {} giây.": "Reading the file took more than {} seconds.",
    "Tách tệp thành nhiều phần rồi đọc từng phần.": "Split the file and read its parts.",
    "đọc tệp này cần quá nhiều bộ nhớ.": "Reading this file takes too much memory.",
    "tệp {} hỏng hoặc có mật khẩu, không mở được.": "The {} file is damaged or has a password and cannot be opened.",
    "Mở bằng phần mềm văn phòng, lưu lại bản mới rồi thử lại.": (
        "Open it in an office program, save it as a new file, then try again."
    ),
    "tệp là ảnh quét, không có lớp chữ.": "The file is a scan without text.",
    "Cài Tesseract (gói tesseract-ocr và tesseract-ocr-vie) rồi thử lại, hoặc xin bản có lớp chữ.": (
        "Install Tesseract (packages tesseract-ocr and tesseract-ocr-vie) and try again, or ask for one with text."
    ),
    "tệp .doc kiểu cũ chưa đọc được.": "An old .doc file cannot be read yet.",
    "Cài LibreOffice (gói libreoffice-writer) rồi thử lại, hoặc mở tệp và lưu lại dạng .docx.": (
        "Install LibreOffice (package libreoffice-writer) and try again, or open the file and save it as .docx."
    ),
    "chương trình đọc tệp không chạy xong.": "The program that reads the file did not end.",
    "chương trình đọc tệp báo lỗi.": "The program that reads the file told of an error.",
    "Cài gói tesseract-ocr-vie (tiếng Việt) cho Tesseract.": (
        "Install the package tesseract-ocr-vie (Vietnamese) for Tesseract."
    ),
    "Mở tệp và lưu lại dạng .docx.": "Open the file and save it as .docx.",
    "tệp không phải chữ UTF-8.": "The file is not UTF-8.",
    "Mở bằng trình soạn thảo rồi lưu lại dạng UTF-8 (phông TCVN3, VNI thì chuyển mã sang Unicode trước).": (
        "Open it in an editor and save it as UTF-8 (from TCVN3 or VNI fonts turn it into Unicode first)."
    ),
    "tệp không phải văn bản chữ.": "The file is no text.",
    "Đưa tệp .docx, .pdf, .xlsx hoặc .txt.": "Give a .docx, .pdf, .xlsx or .txt file.",
    "văn bản có dấu độ mật (Mật, Tối mật, Tuyệt mật).": "The document is marked as secret (Mật, Tối mật, Tuyệt mật).",
    "Không đưa tài liệu mật vào hệ thống này; nhập nhiệm vụ bằng tay theo quy định bảo vệ bí mật nhà nước.": (
        "Keep secret documents out of this system; enter duties by hand as the rules on state secrets say."
    ),
    # A draft under review
    "chưa có kế hoạch nào mang số này.": "There is no plan of this number yet.",
    "Lưu thành kế hoạch mới.": "Save it as a new plan.",
    "{}.yaml viết theo cách riêng, không sửa tự động được.": (
        "{}.yaml is written in a way of its own and cannot be changed here."
    ),
    "Mở tệp ấy ở Cấu hình và sửa theo phần khác nhau.": "Open that file in Configuration and change what differs.",
    "tệp sửa ra không đúng như định sửa; chưa ghi gì.": "The file would not say what was meant; nothing was written.",
    "Sửa tay ở Cấu hình.": "Change it by hand in Configuration.",
    "còn {} chỗ khác chưa quyết định.": "{} differences are still to be decided.",
    "Nhận hoặc bỏ từng việc.": "Accept or drop each duty.",
    "chưa nhận chỗ khác nào để ghi.": "No difference is accepted yet.",
    "Nhận việc cần sửa, hoặc xóa bản soạn.": "Accept the duties to change, or delete the draft.",
    "dời hạn thì phải có lý do.": "A deadline is moved only with a reason.",
    "Ghi số văn bản điều chỉnh, hoặc lý do đính chính.": (
        "Give the number of the amending document, or the reason of the correction."
    ),
    "{}.yaml đã đổi từ lúc xem.": "{}.yaml has changed since it was shown.",
    "Xem lại rồi ghi.": "Look at it again, then write it.",
    "việc định gộp không còn trong bản soạn.": "The duty to merge with is no longer in the draft.",
    "Chọn việc khác.": "Choose another duty.",
    "việc {} đã đổi từ lúc gộp.": "Duty {} has changed since it was merged.",
    "Lấy lại việc gộp sau trước, hoặc thêm việc này từ đoạn văn bản.": (
        "Take back what was merged later first, or add this duty from its passage."
    ),
    "bản soạn đã có {} việc.": "The draft has {} duties already.",
    "Lưu phần này trước.": "Save these first.",
    "có người vừa sửa chỗ này ở một cửa sổ khác.": "Somebody has just changed this in another window.",
    "Xem lại rồi làm lại.": "Look at it again, then do it again.",
    "việc này đã bỏ hoặc đã gộp.": "This duty was dropped or merged.",
    "Lấy lại trước.": "Take it back first.",
    "chưa nhận được: {}": "Not accepted: {}",
    "Sửa rồi nhận.": "Change it, then accept it.",
    "bản soạn do một phiên bản khác của chương trình ghi.": "The draft was written by another version of the program.",
    "Xóa bản soạn này rồi đưa văn bản vào lại.": "Delete this draft and give the document again.",
    "bản soạn này không còn: đã lưu thành kế hoạch, hoặc đã xóa.": (
        "This draft is gone: it was saved as a plan, or deleted."
    ),
    "Mở danh sách bản soạn dở; nếu đã lưu thì kế hoạch nằm ở Cấu hình.": (
        "Open the list of drafts; what was saved stands in Configuration."
    ),
    "không ghi được bản soạn ({}).": "The draft cannot be written ({}).",
    "Xem chỗ trống và quyền ghi trên đĩa.": "See the disk's free space and the right to write.",
    "bản soạn đã đổi từ lúc xem.": "The draft has changed since it was shown.",
    "Xem lại rồi lưu.": "Look at it again, then save it.",
    "kế hoạch số {} đã có ở {}.yaml.": "The plan number {} stands in {}.yaml already.",
    "Xem phần khác nhau.": "See what differs.",
    "cấu hình trên đĩa đang có lỗi:": "The configuration on disk has errors:",
    "cấu hình trên đĩa đang có lỗi: {}": "The configuration on disk has an error: {}",
    "Mở Cấu hình, sửa lỗi ấy; bản soạn còn nguyên.": "Open Configuration and mend it; the draft is as it was.",
    "chưa nhận việc nào.": "No duty is accepted.",
    "Nhận ít nhất một việc, hoặc thêm từ đoạn bôi chọn.": "Accept at least one, or add one from a marked passage.",
    "còn {} việc chưa quyết định.": "{} duties are still to be decided.",
    "Nhận, sửa hoặc bỏ từng việc.": "Accept, change or drop each.",
    "phần kế hoạch: {}": "The plan's part: {}",
    "Sửa phần ấy rồi lưu.": "Change that part, then save.",
    "kế hoạch còn lỗi.": "The plan has errors.",
    "Sửa các việc có chữ đỏ rồi lưu lại.": "Change the duties with red words, then save again.",
    "chưa ghi gì, tệp sẽ có lỗi: {}": "Nothing was written, the file would have an error: {}",
    "Sửa tệp ấy, hoặc soạn ở trang web.": "Change that file, or draft it on the pages.",
    "mã kế hoạch {} không hợp lệ.": "{} is no plan id.",
    "Chỉ dùng chữ thường không dấu, số, gạch nối.": "Use small letters without marks, figures and hyphens.",
    "đã có tệp {}.yaml.": "There is a file {}.yaml already.",
    "Chọn mã khác.": "Choose another id.",
    "chưa chọn đoạn nào.": "No passage is chosen.",
    "Bôi chọn trong văn bản, hoặc dán đoạn ấy vào ô.": "Mark it in the document, or paste it into the field.",
    "đoạn dài hơn {} chữ.": "The passage has more than {} letters.",
    "Chọn ngắn lại, vừa một nhiệm vụ.": "Choose less, just one obligation.",
    "không thấy đoạn này trong văn bản.": "This passage is not in the document.",
    "Chép đúng từng chữ như văn bản ghi.": "Copy it letter by letter.",
    "đoạn này có ở {} chỗ.": "This passage stands in {} places.",
    "Chép dài thêm cho đủ phân biệt, hoặc bôi chọn ngay trong văn bản.": (
        "Copy more, so that it is told apart, or mark it in the document."
    ),
    "không có việc này trong bản soạn.": "There is no such duty in the draft.",
    "Tải lại trang.": "Load the page again.",
    "units.yaml chưa có danh sách units: nào để thêm đơn vị vào.": (
        "units.yaml has no list units: to which units could be added."
    ),
    "Thêm mục ấy rồi làm lại.": "Add it, then do it again.",
    "chưa có cấu hình nào đọc được.": "There is no configuration that can be read.",
    "Mở Cấu hình, sửa lỗi ở đó trước.": "Open Configuration and mend its errors first.",
    "chưa chọn làm gì với việc này.": "What to do with this duty is not chosen.",
    "Bấm một nút của việc ấy.": "Press one of its buttons.",
    # Fields
    "hạn viết theo tệp kế hoạch chưa đúng.": "The deadline is not written as in a plan's file.",
    "Ghi như {by: 2022-07-20}.": "Write it as {by: 2022-07-20}.",
    "chưa hiểu thời hạn “{}”.": "The deadline “{}” is not understood.",
    "Ghi như: 20/7/2022; 14h 20/7; trước ngày 20/7; trong 10 ngày làm việc; quý III/2022; ngày 25 hằng tháng.": (
        "Write it as: 20/7/2022; 14h 20/7; trước ngày 20/7; trong 10 ngày làm việc; quý III/2022; ngày 25 hằng tháng."
    ),
    "dài {} chữ, quá {}.": "It has {} letters, more than {}.",
    "chưa có trong danh sách đơn vị: {}.": "Not in the list of units: {}.",
    "Gõ tên khác, hoặc đánh dấu thêm đơn vị; cách nhau bằng dấu chấm phẩy.": (
        "Type another name, or tick to add the unit; a semicolon stands between names."
    ),
    "“{}” là đơn vị nào: {}?": "Which unit is “{}”: {}?",
    "“{}” đã kết thúc trước ngày của văn bản: {}. Có phải đơn vị kế thừa: {}?": (
        "“{}” had ended before the day of the document: {}. Is the unit that carries on meant: {}?"
    ),
    "“{}” đã kết thúc trước ngày của văn bản: {}. Ghi đơn vị khác.": (
        "“{}” had ended before the day of the document: {}. Give another unit."
    ),
    "nhóm “{}” có đơn vị đã kết thúc trước ngày của văn bản: {}. Ghi nhóm, đơn vị khác.": (
        "The group “{}” has units that had ended before the day of the document: {}. Give another group or unit."
    ),
    "chỉ ghi một đơn vị.": "Only one unit stands here.",
    "Ghi các đơn vị còn lại ở phối hợp.": "Put the others under coordinating.",
    "Gõ tên; cách nhau bằng dấu chấm phẩy.": "Type names; a semicolon stands between them.",
    "chưa ghi việc gì.": "What to do is not given.",
    "Ghi ngắn, như: Báo cáo kết quả rà soát.": "Shortly, as: Báo cáo kết quả rà soát.",
    "chưa ghi hạn.": "No deadline is given.",
    "Ghi hạn, hoặc đánh dấu việc thường xuyên.": "Give one, or tick that the duty is a standing one.",
    "chưa ghi tên kế hoạch.": "The plan's title is not given.",
    "Ghi trích yếu của văn bản.": "Give the document's subject.",
    "chưa ghi đơn vị nào.": "No unit is given.",
    "chưa ghi cơ quan ban hành.": "The issuer is not given.",
    "chưa ghi đầu mối theo dõi.": "The overseer is not given.",
    "chưa chọn loại.": "No kind is chosen.",
    "chưa chọn đơn vị nào.": "No unit is chosen.",
    "Đánh dấu trong danh sách, hoặc gõ tên.": "Tick it in the list, or type its name.",
    "không rõ đơn vị nào: {}.": "It is not clear which unit that is: {}.",
    "Gõ tên đầy đủ hoặc tên ngắn, cách nhau bằng dấu chấm phẩy.": (
        "Type full or short names; a semicolon stands between them."
    ),
    "Như: 16h 2/12, hoặc: trong 5 ngày làm việc.": "As: 16h 2/12, or: trong 5 ngày làm việc.",
    "chỉ đạo miệng cần ghi của ai, ở đâu.": "Of an oral instruction give who gave it, and where.",
    "Như: Giám đốc Sở, giao ban 28/11.": "As: Giám đốc Sở, giao ban 28/11.",
    "chưa chọn đơn vị.": "No unit is chosen.",
}
