"""Whether a deadline's words in their clause set a duty: citations, windows of data, targets, the past do not (B4, B7, B9)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from obligations.draft.assembling.aims import DONE, is_aim, is_measured, is_strict
from obligations.draft.assembling.late import PAST, is_past, too_late
from obligations.draft.assembling.stages import NAMES_STAGE, ends_stage
from obligations.draft.assembling.telling import is_of_law
from obligations.draft.assembling.windows import has_lapsed, is_window, tells_of
from obligations.draft.deadlines.resolving import Resolved
from obligations.draft.deadlines.scope import Scope
from obligations.draft.text import lax
from obligations.draft.units.words import HEAD, VERB

_CITED = re.compile(
    r"(?:quyết định|nghị quyết|nghị định|thông tư|chỉ thị|công văn|công điện|kế hoạch số|tờ trình|biên bản|luật|báo cáo số|văn bản số|thông báo số|hướng dẫn số|hợp đồng|kết luận|bản tin)[^,;]{0,80}$"
)
# Which duties are spoken of: "các nhiệm vụ đến hạn trong quý IV".
_NAMED = re.compile(
    r"(?:các|những|mọi|số|\d+) (?:nhiệm vụ|công việc|nội dung|văn bản|hồ sơ|đề án|dự án)[\w ]{0,30} (?:đến hạn|có hạn|có thời hạn|quá hạn|phát sinh|còn tồn|tiếp nhận|được giao)(?: hoàn thành)? ?$"
)
_FEAST = re.compile(r"(?:kỷ niệm[^,;]{0,60}|nhân (?:ngày|dịp|tháng)[^,;]{0,60}|chào mừng[^,;]{0,60})[^,;]*$")
_HOLIDAY = re.compile(r"(?:lịch nghỉ|nghỉ (?:tết|lễ|hè|học)|(?<!hết )hiệu lực)[^,;]*$")
# Words that a feast's own day does not take: *nhân dịp Tết, xong trước ngày …*, with the comma or without.
_OWN_DAY = re.compile(
    lax(r"(?:xong|hoàn thành|kết thúc|trước|chậm|muộn|không|trong|đến hết|từ (?:ngày|tháng)|vào ngày)(?!\w)")
)
# What is not to be put off till then, and how long a body or a permit lasts.
_AVOIDED = re.compile(r"(?:không để|tránh|hạn chế|không) [^,;]{0,40}(?:dồn|tồn đọng|ùn|kéo dài|sang|chậm)[^,;]{0,30}$")
_LASTS = re.compile(
    r"(?:thời gian|thời hạn) (?:hoạt động|tồn tại|làm việc|sử dụng|cho phép|hiệu lực|biệt phái|trưng tập|áp dụng|bảo hành)[^,;]{0,60}$|(?:có giá trị|được giữ nguyên|được kéo dài) $"
)
_WEATHER = re.compile(
    r"(?:khả năng|dự báo|rét đậm|mưa lớn|bão số|tâm bão|áp thấp nhiệt đới|độ vĩ|sức gió|nắng nóng|thời tiết|không khí lạnh)"
)
_SESSION = re.compile(
    r"(?:trình|báo cáo|xem xét|cho ý kiến|thông qua)[^;]{0,80} (?:tại|trong|vào) (?:phiên|kỳ|cuộc) họp[\w ]{0,25} $"
)
# *Trình kỳ họp chuyên đề, dự kiến khai mạc ngày 20/8*: when others sit.
_SITS = re.compile(
    r"(?:trình|tại|phục vụ|cho|trước)[^;]{0,60}(?:kỳ|phiên) họp[^;]{0,60}(?:khai mạc|diễn ra|tổ chức|họp)(?: vào)? $"
)
_MEETING = re.compile(r"(?:kỳ|phiên) họp(?: thường lệ| thường kỳ)? $")  # *kỳ họp giữa năm 2026* is which, not when
# *Tiến độ: 31/8*, *đợt 1 ngày 20/7*.
_LEADS = re.compile(
    r"(?:hoàn thành|xong|kết thúc|bế mạc|hoàn tất|tiến độ|thời gian|dự kiến|hạn|(?:đợt|lần|kỳ|lớp|vòng|khóa|bước) (?:\d{1,2}|[ivx]{1,4}|thứ \w+|một|hai|ba))[: ]*$"
)
_SENDS = re.compile(r"(?<!\w)(?:gửi|nộp|trình|báo cáo|lập hồ sơ|quyết toán)(?!\w)")
_FINISHED = re.compile(r"(?<!\w)(?:hoàn thành|hoàn tất|xong|phải|kết thúc)(?!\w)")
_HELD = re.compile(
    r"(?:tổ chức|khai mạc|bế mạc|diễn ra|phát động|ra quân|họp|tiến hành|tập huấn|khởi công|khánh thành|làm việc|thi|gửi|báo cáo|nộp|trình)"
)
# Works and openings, which no report or plan of a month is: *khởi công cầu tháng 4/2025, bàn giao tháng 9/2025*.
_BUILDS = re.compile(
    r"(?<!\w)(?:khởi công|bàn giao|khánh thành|nghiệm thu|thông xe|thông tuyến|khai mạc|bế mạc|khai trương|ra quân|đưa vào (?:sử dụng|khai thác|vận hành)|hoàn thành)(?: (?!báo cáo|kế hoạch|chỉ tiêu|kết quả|số liệu|nhiệm vụ)\w+){0,8} ?$"
)
_PERIODIC = re.compile(
    r"(?:báo cáo|sơ kết|tổng kết|kiểm tra|giám sát|đánh giá|rà soát|giao ban|họp|thống kê|kiểm điểm|tổng hợp|cập nhật|công khai|tổ chức|đối thoại|quyết toán|đối chiếu|phát động|cung cấp)"
)
_ATTRIBUTED = re.compile(
    r"(?:kế hoạch|chương trình|dự toán|kinh phí|ngân sách|chỉ tiêu|quỹ|nguồn|mục tiêu|nhiệm vụ|hoạt động|(?<!phát động )(?<!phát động phong trào )thi đua|khen thưởng|kinh tế - xã hội|công tác|bình quân|tăng trưởng|xếp loại|danh mục|vốn|kế hoạch [\w\s,&-]{1,60}) ?$"
)
_GROUNDS = re.compile(
    r"\W*(?:căn cứ|thực hiện|theo|tiếp theo|triển khai|trên cơ sở|để|nhằm|phúc đáp|xét|(?:trong )?(?:thời gian|những năm|năm|các năm) (?:qua|gần đây|vừa qua)|"
    r"hiện nay|hiện tại|tuy nhiên|bên cạnh đó|song|nhìn chung|dự báo|từ đầu năm|tính đến|qua (?:theo dõi|kiểm tra|rà soát|nắm|công tác)|trong \d+ tháng|trước tình hình)(?!\w)"
)
_REQUEST = re.compile(r"(?<!\w)(?:đề nghị|yêu cầu|giao(?! ban)|thông báo|báo cáo|gửi)(?!\w)(?! (?:của|tại|số))")
# Things that bear a date: "cuộc họp ngày 12/9" is a name, "tổ chức hội nghị ngày 12/9" a duty.
_DATED_NOUN = re.compile(
    r"(?:(?:tại|theo|sau|kết luận|nội dung|của) [^,;]{0,40}(?:họp|hội nghị|làm việc)|văn bản|ý kiến|thông báo|báo cáo|lịch|mẫu|danh sách|bầu cử|nhân|dịp|mừng|số [^,; ]{1,30}) ?$"
)
# *Được gia hạn đến …*, *lùi thời hạn từ … sang …*: the new day.
_MOVED = re.compile(
    lax(
        r"(?<!\w)(?:gia hạn|lùi|dời|kéo dài|điều chỉnh|chuyển) (?:(?:thời gian|thời hạn|thời điểm|tiến độ|hạn|lịch)(?: \w+){0,6}? ?)?(?:thêm )?(?:từ (?:ngày )?[\d/.-]+ ?)?(?:đến|sang|tới|thành|vào)?(?: hết)?(?: ngày)? ?$"
    )
)
_DUE = re.compile(lax(r" ?(?:thì )?(?:phải|là) (?:xong|hoàn thành|hoàn tất|kết thúc|hạn)(?!\w)"))
# *(Phòng X - quý III)*: who, then when.
_CHARGED = re.compile(r"\(([^()]+?)[,;:-] ?$")
# *Lễ hội năm 2025 diễn ra từ …*: what was, of a year that is over.
_WAS = re.compile(r"năm (\d{4})[\w ]{0,20} (?:diễn ra|đã|được tổ chức|tổ chức từ)(?!\w)")
_AT_LEAST = re.compile(r"(?:ít nhất|tối thiểu) \d")
# *Mở 05 lớp đào tạo nghề …*: an act and how many of it; shares and sums of money are aims.
_MANY = re.compile(
    rf"{VERB.pattern}(?<!giảm)(?<!tăng)(?<!đạt)(?: \w+){{0,2}}? (?:(?:ít nhất|tối thiểu|từ) )?\d{{1,3}}(?![\d.,/%-])(?! ?(?:%|tỷ|triệu|nghìn|ngày|tháng|năm|giờ|điểm|lần))[^,;:.]{{0,60}}$"
)
_FOR_WHOM = re.compile(r" ?(?:trên địa bàn|tại|ở|trong toàn|thuộc)(?!\w)")
_ADVERB = re.compile(r"(?:^|(?:,|định kỳ|và|đồng thời|ít nhất|tối thiểu|theo định kỳ|:|\() ?)$")


# Questions that even an aim leaves: how long before an event something is to be sent, in which week a meeting is.
_ASKED_ANYWHERE = ("count-back", "before-event", "week-of-each")


def keep(found: Iterable[Resolved], text: str, scope: Scope, *, goals: bool, in_cell: bool = False) -> list[Resolved]:
    """Those of a clause's deadlines that set a duty. `goals`: the clause stands under aims and criteria."""
    told = found if in_cell else [too_late(one, text, scope) for one in found]
    kept = [one for one in told if _sets(one, text, scope, goals=goals, in_cell=in_cell)]
    said_twice = {
        id(one) for one, other in pairwise(kept) if _names_report(one, other, text) or tells_of(one, other, text)
    }
    return [one for one in kept if id(one) not in said_twice]


def _names_report(one: Resolved, other: Resolved, text: str) -> bool:
    """*6 tháng cuối năm gửi chậm nhất ngày 10/12*, *hằng quý, vào ngày làm việc cuối*: which report, then its day."""
    if one.rule == "each" and other.form is None:
        return not text[one.end : other.start].strip(" ,")
    is_part = one.weak and one.form is not None and "within" in one.form
    is_day = other.form is not None and not other.weak and bool({"by", "before"} & other.form.keys())
    return is_part and is_day and not re.search(r"[,;:(]", text[one.end : other.start])


def _sets(one: Resolved, text: str, scope: Scope, *, goals: bool, in_cell: bool) -> bool:
    if is_past(one, scope):
        return False
    if in_cell:
        return True
    before, after = text[: one.start], text[one.end :]
    if _is_no_deadline(one, before, text, scope):
        return False
    if one.form is None and one.doubt:
        return _asks(one, before, after, text, goals=goals)
    if is_aim(one, text) or (goals and is_measured(text)):
        return False
    is_sent = one.form is not None and "after" in one.form and _SENDS.search(before)
    if goals and not (is_strict(one) or is_sent or (one.is_recurrence and not one.weak)):
        return False
    if one.rule == "stage":
        return ends_stage(one, text)
    if one.rule == "years-window" or (one.rule == "parts-window" and "năm" in text[one.start : one.end][:8]):
        return not NAMES_STAGE.search(before)
    if one.form and "within" in one.form and PAST.search(before) and not DONE.match(text, one.start):
        return False
    return _bears(one, before, after, text) if one.weak else True


def _asks(one: Resolved, before: str, after: str, text: str, *, goals: bool) -> bool:
    """Whether what a person must decide is a duty's; among aims, only where somebody acts."""
    if goals and not (one.rule in _ASKED_ANYWHERE and VERB.search(before)):
        return False
    return _is_said(one, before, after, text) if one.rule == "each" else _is_asked(one, before, after, text)


def _is_no_deadline(one: Resolved, before: str, text: str, scope: Scope) -> bool:
    """Windows of figures, feasts, weather, *hôm nay là ngày …*."""
    if one.rule.startswith("edge") and _MEETING.search(before):
        return True
    if _NAMED.search(before) or _LASTS.search(before) or (one.rule.startswith("edge") and _AVOIDED.search(before)):
        return True
    if is_of_law(one, text):
        return True
    if one.weak and _SITS.search(before):
        return True
    if (was := _WAS.search(before)) and scope.issued_on and int(was[1]) < scope.issued_on.year:
        return True
    if is_window(one, text) or has_lapsed(one, text) or _HOLIDAY.search(before):
        return True
    if _FEAST.search(before) and not _OWN_DAY.match(text, one.start):
        return True
    if _WEATHER.search(text) and ("window" in one.rule or (one.weak and not one.is_recurrence)):
        return True
    return text.startswith("là ", one.start) and not re.search(r"hạn|thời gian|muộn nhất|chậm nhất", before)


def asked_for(found: Iterable[Resolved], text: str) -> list[Resolved]:
    """Of an opening paragraph that tells its grounds, only what stands after a request: *… đề nghị các đơn vị …*."""
    if not _GROUNDS.match(text):
        return list(found)
    request = _REQUEST.search(text)
    return [one for one in found if request and one.start > request.start()]


def _is_said(one: Resolved, before: str, after: str, text: str) -> bool:
    """*10 ngày một lần* can be nothing else; *hằng tuần* may belong to a noun."""
    return bool(re.search(r"lần|\d", text[one.start : one.end])) or _is_adverb(before, after)


def _is_asked(one: Resolved, before: str, after: str, text: str) -> bool:
    if one.rule == "count-alone":
        return bool(DONE.match(text, one.start) or VERB.search(before) or VERB.search(after[:40])) and not PAST.search(
            before
        )
    if one.rule == "bare-lunar":  # as a feast's name has: *đêm rằm tháng Giêng*
        return bool(_HELD.search(before)) and not _DATED_NOUN.search(before)
    return not (one.rule in ("date", "fixed", "bare-date") and _CITED.search(before))


def _bears(one: Resolved, before: str, after: str, text: str) -> bool:
    """Whether its clause makes a deadline of words that need not be one."""
    if one.is_recurrence:
        return _is_adverb(before, after, text[one.start : one.end])
    charged = _CHARGED.search(before)
    if _MOVED.search(before) or (charged and HEAD.match(charged[1]) and after.lstrip().startswith(")")):
        return True
    if PAST.search(text) or _CITED.search(before):
        return False
    begins = not before.strip(" -:,(")
    acts = bool(VERB.match(after.lstrip(" ,:-")) or re.match(r" ?[,:]", after))
    if (begins and acts and not text.startswith(("đến ", "tới "))) or _is_due(before, after):
        return True
    if one.rule.startswith("until"):
        goes_on_till = not after.strip(" .,;)/") and VERB.search(before)
        return bool(goes_on_till or DONE.search(before[-60:]) or DONE.match(after.lstrip(" ,")))
    if before.rstrip().endswith((":", " -")) and not after.strip(" .,;/"):
        return True  # a schedule: what, then when
    if _LEADS.search(before) or _is_built(one, before, after, text):
        return True
    if before.rstrip().endswith("(") and after.lstrip().startswith(")"):
        return True
    if one.rule in ("bare-date", "bare-days"):
        named = re.match(r"(?:ngày|lúc|hồi|\d{1,2} ?giờ)", text[one.start :])
        return bool(
            named
            and _HELD.search(before)
            and re.search(r"[\w:] ?$", before)
            and not re.search(r"ngày \D", before[-40:])
            and not _DATED_NOUN.search(before)
        )
    return False


def _is_built(one: Resolved, before: str, after: str, text: str) -> bool:
    """*Khởi công cầu tháng 4/2025, …*: a month with its year at the end of a work's words."""
    is_month = one.rule == "bare-parts" and re.search(r"\d{4}", text[one.start : one.end])
    return bool(is_month and _BUILDS.search(before) and re.match(r" ?(?:[,;.)]|$)", after))


def _is_due(before: str, after: str) -> bool:
    """*31/8 phải xong*; *…, tháng 12 tổng kết …*; *đến 31/8, 100% … hoàn thành*: its sentence makes it a day to be kept."""
    if (not before.strip(" -:,(") and _FINISHED.search(after)) or _SESSION.search(before):
        return True
    return bool(_DUE.match(after) or (before.endswith((", ", "; ", ": ")) and VERB.match(after.lstrip(" "))))


def _is_adverb(before: str, after: str, said: str = "") -> bool:
    """*Hằng quý, báo cáo* and *sơ kết hằng năm* recur; *kế hoạch hằng năm* is a name."""
    if _ATTRIBUTED.search(before):
        return False
    if "lần" in said or said.startswith("định kỳ"):
        return True  # no noun takes these
    if not before.strip() or _ADVERB.search(before):
        return not re.match(r" ?,? ?\d+ năm|(?: của| và 5)", after)
    if VERB.match(after.lstrip(" ,")):
        return True
    at_end = not after.strip(" .,;:)/") or re.match(
        r" ?(?:về|gửi|cho|theo quy định về báo cáo|,|\(|để|với|và|đến|có)", after
    )
    return bool(
        (at_end and (_PERIODIC.search(before) or _is_quota(before, said)))
        or ((at_end or _FOR_WHOM.match(after)) and _MANY.search(before.rstrip()))
    )


def _is_quota(before: str, said: str) -> bool:
    """*Kết nạp ít nhất 35 đảng viên mỗi năm*, *mở 01 lớp/năm*: an act and how many of it."""
    return bool(VERB.match(before.lstrip(" -:")) and (re.search(r"\d", said) or _AT_LEAST.search(before)))
