"""Faults of the configuration's files: a value, a key, a file as YAML; names, dates and rings; a channel's address."""

from __future__ import annotations

_IDS = "only small letters without marks, digits and hyphens"
# Values and keys
_KEYS = {
    "{} đang để trống.": "{} is left blank.",
    "ghi giá trị sau {}:": "write a value after {}:",
    "thiếu khóa {}.": "The key {} is missing.",
    "thêm {}:": "add {}:",
    "khóa {} không có ở đây.": "There is no key {} here.",
    "xem lại chính tả, hoặc bỏ khóa này": "look at its spelling, or take this key out",
    "có phải {}?": "is it {}?",
    "“{=}” đứng riêng sau dấu phẩy nên bị hiểu là một khóa.": (
        "“{=}” stands by itself after a comma, so it is taken for a key."
    ),
    "đặt cả câu trong ngoặc kép: {=}": "put the whole sentence in quotes: {=}",
    "một trong: {}": "one of: {}",
    "recipients chưa có admin: kênh không thông, luồng chạy hỏng thì không ai được báo.": (
        "recipients has no admin: nobody is told when a channel is down or a flow run fails."
    ),
    "ghi mã đầu mối của quản trị, như admin: [van-phong.focal]": (
        "write the id of the admin's contact, such as admin: [van-phong.focal]"
    ),
    "{} không được trống.": "{} must not be empty.",
    "danh sách này không được trống.": "This list must not be empty.",
    "ghi ít nhất một mục": "write one at least",
    "{} phải là một danh sách.": "{} must be a list.",
    "viết [a, b], hoặc mỗi mục một dòng bắt đầu bằng -": "write [a, b], or one a line, each line beginning with -",
    "{} phải gồm các cặp khóa: giá trị.": "{} must hold pairs of key: value.",
    "viết mỗi cặp một dòng": "write one pair a line",
    "{}: giá trị không hợp lệ.": "{}: the value is not valid.",
    "xem lại giá trị này": "look at this value again",
    "ghi số từ {} trở lên": "write a number from {} up",
    "ghi số không quá {}": "write a number up to {}",
    "{} phải là một dòng chữ.": "{} must be one line of text.",
    "viết chữ, đặt trong ngoặc kép nếu có dấu hai chấm": "write text, in quotes if it has a colon",
    "mã {} không hợp lệ.": "The id {} is not valid.",
    "chỉ dùng chữ thường không dấu, số và gạch nối": f"use {_IDS}",
    "chỉ dùng chữ thường không dấu, số, gạch nối, dấu chấm": (
        "use only small letters without marks, digits, hyphens and dots"
    ),
    "{} không phải giờ.": "{} is no time of day.",
    "ghi giờ như 08:00": "write the time as 08:00",
    "{} không phải khoảng giờ.": "{} is no span of hours.",
    "{}: giờ cuối không sau giờ đầu.": "{}: its end is not after its beginning.",
    "ghi như 07:30-11:30": "write it as 07:30-11:30",
    "{} không phải true hay false.": "{} is neither true nor false.",
    "ghi true hoặc false": "write true or false",
    "{} không phải số nguyên.": "{} is no whole number.",
    "ghi một số nguyên, ví dụ 10": "write a whole number, as 10",
    "{} phải từ 1 trở lên.": "{} must be 1 or more.",
    "ghi một số nguyên từ 1": "write a whole number from 1 up",
    "hạn phải là các cặp khóa: giá trị.": "A deadline must be pairs of key: value.",
    "ghi như {by: 2022-07-20}": "write it as {by: 2022-07-20}",
    "ghi hai ngày [06-15, 12-15]": "write two days, as [06-15, 12-15]",
    "{} không phải địa chỉ thư điện tử.": "{} is no e-mail address.",
    "ghi như ten@coquan.example": "write it as name@office.example",
    "đổi lại hai ngày": "change the order of the two days",
    "cần at, hoặc every và times.": "It needs at, or every and times.",
    "ghi {at: [1, 2]} hoặc {every: 3, times: 10}": "write {at: [1, 2]} or {every: 3, times: 10}",
    "không có múi giờ {}.": "There is no time zone {}.",
    "ghi Asia/Ho_Chi_Minh": "write Asia/Ho_Chi_Minh",
    "ghi box, live hoặc redirect:dia-chi@coquan.example": "write box, live or redirect:address@office.example",
    "{} không phải địa chỉ trang.": "{} is no address of a page.",
    "ghi như https://nhacviec.coquan.example": "write it as https://nhacviec.coquan.example",
    "ghi number: số, ký hiệu; để trống nếu dự thảo chưa có": (
        "write number: the document's number; leave it blank if a draft has none yet"
    ),
    "in_hand_on chỉ dùng khi chưa có issued_on.": "in_hand_on is only used where there is no issued_on.",
    "bỏ in_hand_on": "take in_hand_on out",
    "moved cần đúng một lý do.": "moved needs just one reason.",
    "ghi correction: lý do, hoặc amended_by: số văn bản": (
        "write correction: the reason, or amended_by: the document's number"
    ),
}
# A file, and its YAML
_FILES = {
    "{=}.yaml: {}": "{=}.yaml: {}",
    "{=}.yaml:{=}: {}": "{=}.yaml:{=}: {}",
    "→ {}": "→ {}",
    "thiếu tệp {}.": "The file {} is missing.",
    "viết tệp ấy, theo tệp mẫu của chương trình": "write that file, after the program's sample",
    "tên tệp {} không hợp lệ.": "The file name {} is not valid.",
    "chỉ dùng chữ thường không dấu, số, gạch nối và đuôi .yaml": f"use {_IDS}, and end it with .yaml",
    "tệp này không được dùng.": "This file is not used.",
    "tệp đọc được: {}, plans/<mã kế hoạch>.yaml": "files that are read: {}, plans/<plan id>.yaml",
    "đây không phải tệp thường.": "This is no ordinary file.",
    "thay bằng một tệp YAML": "put a YAML file in its place",
    "không đọc được tệp ({}).": "The file cannot be read ({}).",
    "xem tên tệp và quyền đọc tệp": "see the file's name and the right to read it",
    "tệp không phải UTF-8.": "The file is not UTF-8.",
    "lưu lại tệp dạng UTF-8": "save it as UTF-8",
    "tệp lớn hơn {} MB.": "The file is larger than {} MB.",
    "tệp có hơn {} giá trị.": "The file has more than {} values.",
    "tách thành nhiều kế hoạch": "divide it into several plans",
    "một giá trị dài {} chữ, quá {}.": "A value has {} letters, more than {}.",
    "rút gọn, hoặc tìm dấu ngoặc kép chưa đóng": "shorten it, or look for quotes that were not closed",
    "có ký tự điều khiển không nhìn thấy được (mã {}).": "Here is a control character that nobody sees (code {}).",
    "xóa ký tự ấy, lưu lại tệp dạng UTF-8": "delete it, and save the file as UTF-8",
    "dòng --- mở tài liệu thứ hai trong một tệp.": "The line --- begins a second document in one file.",
    "bỏ dòng ---, hoặc tách thành hai tệp": "take the line --- out, or make two files of it",
    "lồng nhau quá {} lớp.": "More than {} levels, one inside the other.",
    "xem lại ngoặc và thụt đầu dòng": "look at the brackets and the margins",
    "khóa phải là một từ.": "A key must be one word.",
    "thiếu khóa trước dấu hai chấm.": "There is no key before the colon.",
    "viết khóa: giá trị": "write key: value",
    "không dùng << để ghép.": "<< is not used here.",
    "viết đủ các khóa": "write every key",
    "khóa {} đã có ở dòng {}.": "The key {} stands in line {} already.",
    "{}: thiếu dấu cách sau dấu hai chấm.": "{}: a blank is missing after the colon.",
    "viết khóa, dấu hai chấm, dấu cách, giá trị": "write the key, a colon, a blank, the value",
    "{} là ký hiệu riêng của YAML, không dùng ở đây.": "{} is a sign of YAML's own, not used here.",
    "không dùng nhãn {}.": "The tag {} is not used here.",
    "YAML viết sai ở đây.": "This is no YAML.",
    "đặt cả giá trị trong ngoặc kép": "put the whole value in quotes",
    "đặt câu có dấu hai chấm trong ngoặc kép": "put a sentence that has a colon in quotes",
    "thay phím Tab bằng dấu cách": "write blanks instead of tabs",
    "đóng dấu ngoặc kép mở ở dòng {}": "close the quotes that were opened in line {}",
    "thêm dấu cách sau dấu hai chấm": "put a blank after the colon",
    "xem lại thụt đầu dòng: phải thẳng cột với các dòng cùng mục, mục ấy mở ở dòng {}": (
        "check the indentation: it must line up with the other lines of its entry, which begins in line {}"
    ),
    "xem lại ngoặc mở ở dòng {}: thiếu ngoặc đóng hoặc dấu phẩy": (
        "look at the bracket opened in line {}: its end or a comma is missing"
    ),
    "xem lại dấu hai chấm, ngoặc và thụt đầu dòng ở dòng này và dòng trên": (
        "look at colons, brackets and margins in this line and the one above"
    ),
}
# Names
_NAMES = {
    "không có đơn vị hoặc nhóm {}.": "There is no unit or group {}.",
    "không có lịch nhắc {}.": "There is no policy {}.",
    "không có đầu mối {}.": "There is no contact {}.",
    "không có nhiệm vụ {}.": "There is no obligation {}.",
    "không có kênh {}.": "There is no channel {}.",
    "ghi mã: {}": "write its id: {}",
    "ghi mã một nhiệm vụ có ngày của chính kế hoạch này": "write the id of a dated obligation of this same plan",
    "ghi mã đầu mối trong units.yaml, dạng <mã đơn vị>.<role>": (
        "write the id of a contact in units.yaml, as <unit id>.<role>"
    ),
    "ghi mã một kế hoạch trong plans/: tên tệp bỏ đuôi .yaml": (
        "write the id of a plan in plans/: its file name without .yaml"
    ),
    "khai báo trong policies.yaml, hoặc bỏ policy": "declare it in policies.yaml, or take policy out",
    "khai báo trong units.yaml": "declare it in units.yaml",
    "khai báo {} trong channels.yaml": "declare {} in channels.yaml",
    "khai báo kênh ấy trong channels.yaml": "declare that channel in channels.yaml",
    "mã nhóm {} không hợp lệ.": "The group's id {} is not valid.",
    "mã {} vừa là đơn vị vừa là nhóm.": "The id {} is both a unit and a group.",
    "đổi mã nhóm": "give the group another id",
    "nhóm {} không có đơn vị nào.": "The group {} has no unit.",
    "ghi members: [mã đơn vị, …]": "write members: [unit ids, …]",
    "mã đầu mối {} bị trùng.": "The contact's id {} stands twice.",
    "ghi id: khác cho đầu mối này": "write another id: for this contact",
    "mã {} bị trùng.": "The id {} stands twice.",
    "đổi một mã": "change one of them",
    "{=} không có thư điện tử: văn thư phải gọi điện từng lượt nhắc.": (
        "{=} has no e-mail: the clerk must ring up for every reminder."
    ),
    "{} đơn vị có việc mà không có đầu mối, không gửi được lượt nhắc cho ai: {=}.": (
        "{} units owe something and have no contact, their reminders reach nobody: {=}."
    ),
    "ghi đầu mối ở trang Đơn vị, hoặc contacts trong units.yaml": (
        "write a contact on the page Units, or contacts in units.yaml"
    ),
    "ghi thêm email, hoặc để vậy và gọi theo số máy": "add email, or leave it so and ring them up",
    "done chỉ dùng cho việc làm một lần.": "done is only for what is owed once.",
    "tách kỳ đã xong thành nhiệm vụ riêng, hoặc áp dụng rồi ghi nhận từng kỳ": (
        "make what is done an obligation of its own, or apply and then confirm each period"
    ),
    "mã cũ {} vẫn còn trong tệp.": "The old id {} still stands in the file.",
    "bỏ was, hoặc bỏ mã cũ khỏi tệp": "take was out, or the old id",
    "mã cũ {} đã ghi ở nhiệm vụ {}.": "The old id {} is named at the obligation {} already.",
    "mỗi mã cũ chỉ đổi thành một mã: bỏ was ở đây": "an old id becomes one new id only: take was out here",
    "cần người quyết định: {=}": "A person must decide: {=}",
    "hỏi cơ quan ban hành": "ask the office that issued it",
    # Rings: what leads to what (see `_ring`)
    "thay thế vòng tròn: {}.": "Plans that replace one another in a ring: {}.",
    "nhiệm vụ {} lặp lại không có kỳ cuối nên không có ngày hoàn thành để tính hạn.": (
        "Obligation {} recurs without a last period, so it has no day of completion to count from."
    ),
    "ghi to: kỳ cuối của {}, hoặc tính từ event:ten-su-kien": (
        "write to: the last period of {}, or count from event:name"
    ),
    "hạn tính vòng tròn: {}.": "Deadlines that wait for one another in a ring: {}.",
    "tổng hợp vòng tròn: {}.": "Obligations that gather one another in a ring: {}.",
    "kế thừa vòng tròn: {}.": "Units that succeed one another in a ring: {}.",
    "cấp trên vòng tròn: {}.": "Units above one another in a ring: {}.",
    "thay": "replaces",
    "chờ": "waits for",
    "gom": "gathers",
    "chuyển sang": "passes to",
    "thuộc": "belongs to",
    "bỏ replaces ở một trong các kế hoạch ấy": "take replaces out of one of those plans",
    "đổi after của một trong các nhiệm vụ ấy": "change after of one of those obligations",
    "bỏ một mã khỏi collects": "take one id out of collects",
    "sửa successor của một trong các đơn vị ấy": "change successor of one of those units",
    "sửa parent của một trong các đơn vị ấy": "change parent of one of those units",
}
# Dates
_DATES = {
    "{=} kết thúc ngày {}, chưa kịp kế thừa {=}.": "{=} ends on {}, too soon to carry on for {=}.",
    "ghi đơn vị còn hoạt động sau ngày đó, hoặc sửa to": "name a unit that is there after that day, or change to",
    "{=} có successor mà không có to, nên không bao giờ chuyển giao.": (
        "{=} has successor and no to, so nothing will ever pass on."
    ),
    "ghi to: ngày cuối của đơn vị này": "write to: this unit's last day",
    "{=} kết thúc ngày {}, trước hạn đầu tiên {}.": "{=} ends on {}, before the first due date {}.",
    "{=} kết thúc ngày {}, trước kỳ cuối {}.": "{=} ends on {}, before the last period {}.",
    "{} đơn vị kết thúc trước hạn đầu tiên {}: {}.": "{} units end before the first due date {}: {}.",
    "{} đơn vị kết thúc trước kỳ cuối {}: {}.": "{} units end before the last period {}: {}.",
    "giao cho {}": "give it to {}",
    "kế thừa: {}": "carried on by: {}",
    "đơn vị kế thừa": "the unit that follows it",
    "chưa ghi successor": "no successor is named",
    "kết thúc ngày {}, sớm hơn ngày ban hành {}.": "It ends on {}, before the day of issue {}.",
    "xem lại on hoặc issued_on": "look at on or issued_on",
    "hạn {} sớm hơn ngày ban hành {}.": "The due date {} is before the day of issue {}.",
    "hạn {} (và {} kỳ khác) sớm hơn ngày ban hành {}.": (
        "The due date {} (and {} other periods) is before the day of issue {}."
    ),
    "xem lại hạn hoặc issued_on": "look at the deadline or issued_on",
    "nhiệm vụ không có kỳ nào đến hạn.": "The obligation has no period that falls due.",
    "xem lại from, to và ngày ban hành": "look at from, to and the day of issue",
    "nhiệm vụ này có hơn {} kỳ.": "This obligation has more than {} periods.",
    "ghi from, to gần hơn, hoặc chu kỳ thưa hơn": "bring from and to nearer, or take a longer period",
    "nhiệm vụ này không có kỳ {}.": "This obligation has no period {}.",
    "ghi period: một trong {}": "write period: one of {}",
    "kế hoạch chưa có ngày ban hành lẫn ngày nhận.": "The plan has neither a day of issue nor one of receipt.",
    "ghi in_hand_on: ngày cơ quan nhận được": "write in_hand_on: the day on which the office received it",
    "kế hoạch này thay {} nhưng chưa có ngày ban hành: chưa biết thay từ ngày nào.": (
        "This plan replaces {} but has no day of issue: from which day is not known."
    ),
    "ghi issued_on: ngày ban hành, hoặc in_hand_on: ngày nhận được": (
        "write issued_on: the day of issue, or in_hand_on: the day of receipt"
    ),
}
# Channels
_SMTP = "smtp://may-chu.example:25/?from=van-thu@co-quan.example"
_CHANNELS = {
    "máy này chưa có bí mật {} mà kênh {} cần.": "This machine lacks the secret {}, which the channel {} needs.",
    "đặt biến môi trường {}, hoặc {}_FILE trỏ tới tệp chứa giá trị": (
        "set the environment variable {}, or {}_FILE to the file that holds it"
    ),
    "Địa chỉ kênh phải bắt đầu bằng loại kênh và “://”": "A channel's address begins with its kind and “://”",
    f"viết như {_SMTP}": f"write it as {_SMTP}",
    "viết như {=}": "write it as {=}",
    "Apprise không đọc được địa chỉ kênh {}://": "Apprise cannot read the channel's address {}://",
    "xem cách viết địa chỉ của dịch vụ này trong tài liệu Apprise": "see how Apprise's documents write this service",
    "Apprise {} không có loại kênh {}://": "Apprise {} has no channel {}://",
    "viết smtp://, smtps:// hoặc một loại kênh mà Apprise có": "write smtp://, smtps:// or a kind that Apprise has",
    "viết {}, hoặc cài Apprise từ 2.2 trở lên": "write {}, or install Apprise 2.2 or later",
    "Địa chỉ kênh có {}": "The channel's address has {}",
    "chỉ dùng {to} cho người nhận và ${TEN_BIEN} cho bí mật": (
        "only {to} stands for the recipient, and ${TEN_BIEN} for a secret"
    ),
    "Mật khẩu hoặc mã truy cập đang nằm ngay trong địa chỉ kênh": (
        "A password or a token stands in the channel's address itself"
    ),
    "viết tham chiếu ${TEN_BIEN} thay cho nó và đặt giá trị trong biến môi trường đó": (
        "write ${TEN_BIEN} instead, and set that environment variable"
    ),
    "Địa chỉ kênh có “${” mà không có “}”": "The channel's address has “${” and no “}”",
    "viết tham chiếu dạng ${TEN_BIEN}": "write the reference as ${TEN_BIEN}",
    "“${=}” không phải tên biến môi trường": "“${=}” is no environment variable's name",
    "viết dạng ${TEN_BIEN}": "write it as ${TEN_BIEN}",
    "Thiếu bí mật {} mà địa chỉ kênh dùng đến": "The secret {}, which the channel's address uses, is missing",
    "Tệp “{=}” mà {}_FILE trỏ tới là tệp trống": "The file “{=}” that {}_FILE points to is empty",
    "ghi giá trị vào tệp": "write the value into it",
    "Không đọc được tệp “{=}” mà {}_FILE trỏ tới": "The file “{=}” that {}_FILE points to cannot be read",
    "kiểm tra đường dẫn và quyền đọc tệp": "see its path and the right to read it",
    "Giá trị của {} không phải chữ UTF-8": "The value of {} is not UTF-8",
    "đặt lại giá trị đó": "set it again",
    "Mật khẩu đang nằm ngay trong địa chỉ kênh": "The password stands in the channel's address itself",
    "viết tham chiếu ${TEN_BIEN} thay cho mật khẩu và đặt giá trị trong biến môi trường đó": (
        "write ${TEN_BIEN} instead of the password, and set that environment variable"
    ),
    "Mật khẩu sẽ đi qua mạng không mã hoá": "The password would go over the network unencrypted",
    "dùng smtps://… hoặc thêm mode=starttls vào địa chỉ kênh": "use smtps://…, or add mode=starttls to the address",
    "Địa chỉ kênh không đúng dạng": "The channel's address is not well formed",
    "Kênh thư không có tham số “{}”": "A mail channel has no option “{}”",
    "chỉ dùng {}": "use only {}",
    "Thiếu tên máy chủ thư trong địa chỉ kênh": "The mail server's name is missing from the channel's address",
    "“{}” không phải tên máy chủ thư": "“{}” is no mail server's name",
    "Không có chế độ mode={}": "There is no mode={}",
    "chọn mode=insecure, mode=starttls hoặc mode=ssl": "choose mode=insecure, mode=starttls or mode=ssl",
    "Cổng “{}” không hợp lệ": "The port “{}” is not valid",
    "viết một số từ 1 đến 65535, như :25 hay :587": "write a number from 1 to 65535, as :25 or :587",
    "“{}” không phải địa chỉ thư để gửi đi": "“{}” is no address to send from",
    "sửa from= thành dạng ten@co-quan.example": "write from= as name@office.example",
    "Thiếu địa chỉ người gửi trong địa chỉ kênh": "The sender is missing from the channel's address",
    "thêm from=, như ?from=van-thu@co-quan.example": "add from=, as ?from=van-thu@co-quan.example",
}
WORDS = _KEYS | _FILES | _NAMES | _DATES | _CHANNELS
