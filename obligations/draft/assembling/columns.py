"""Tables of tasks: which column says what, by the words of their heads, in any order, or by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from obligations.draft.deadlines.finding import find
from obligations.draft.text import Folded, Span, fold, lax
from obligations.draft.units.mentions import whole

_COLUMNS = (
    ("number", lax(r"(?:stt|tt|số tt|số thứ tự|no\.?|mã(?: số)?(?: (?:việc|nv|nhiệm vụ|công việc))?)")),
    ("status", lax(r"(?:tình trạng|trạng thái|tình hình)(?: .*)?")),
    ("help", lax(r".*(?:phối hợp|cùng thực hiện).*")),
    (
        "to",
        lax(
            r"(?:nơi|đơn vị|cơ quan) (?:nhận|tiếp nhận)(?: .*)?|(?:nộp|gửi|báo cáo|trình) (?:về|cho|đến|lên)(?: .*)?|cấp (?:trình|quyết định|phê duyệt|thông qua|ban hành|có thẩm quyền)(?: .*)?"
        ),
    ),
    (
        "start",
        lax(r"(?:thời (?:gian|điểm|hạn) |ngày |tháng )?(?:bắt đầu|khởi công|khởi động)(?: .*)?|từ(?: ngày| tháng)?"),
    ),
    (
        "time",
        lax(
            r"(?:đến|tới)(?: ngày| tháng)?|.*(?:kết thúc|thời (?:gian|hạn|điểm)|tiến độ|hoàn thành|^hạn|hạn (?:xử lý|chót|cuối)|ngày chậm nhất|chậm nhất|mốc|lộ trình|kỳ hạn).*"
        ),
    ),
    (
        "owner",
        lax(
            r".*(?:chủ trì|thực hiện|phụ trách|chịu trách nhiệm|đầu mối|trách nhiệm|phân công|đơn vị|cơ quan|người|bộ phận|phòng, ban).*"
        ),
    ),
    ("product", lax(r".*(?:sản phẩm|kết quả|đầu ra).*")),
    ("basis", lax(r".*(?:căn cứ|văn bản giao|ghi chú|cơ sở).*")),
    ("task", lax(r".*(?:nhiệm vụ|nội dung|công việc|hoạt động|việc|tên|chỉ tiêu|giải pháp|báo cáo|dự án).*")),
)
_TASK_FIRST = re.compile(
    lax(
        r"(?:tên )?(?:nội dung|nhiệm vụ|công việc|hoạt động|các nội dung|các nhiệm vụ|nội dung công việc|nội dung nhiệm vụ|nội dung thực hiện|nhiệm vụ cụ thể|nhiệm vụ thực hiện|việc thực hiện)(?: [\w,/ ]{0,40})?"
    )
)
ORDINAL = re.compile(r"[\s(]*(?:\d{1,2}|[A-Z])[\s).]*")  # in a row of column numbers under the header
# Days and places that set no duty, whatever their cells look like.
_OTHER = re.compile(
    lax(
        r"ngày (?:ký|ban hành|sinh|giao|nhận|đến|bắt đầu)|bắt đầu|đối tượng|địa điểm|nơi|thành phần|căn cứ|văn bản|ghi chú|số"
    )
)


@dataclass(frozen=True)
class Columns:
    places: dict[str, int]
    header: int

    def cell(self, row: Sequence[Span], name: str) -> Span | None:
        place = self.places.get(name)
        return row[place] if place is not None and place < len(row) else None


def columns_of(text: str, rows: Sequence[Sequence[Span]], *, within: int = 6) -> Columns | None:
    """The columns of a table of tasks; None for any other table."""
    for number, row in enumerate(rows[:within]):
        heads = _heads(text, row)
        places = _places(heads)
        if "task" in places and ("time" in places or "owner" in places):
            under = _heads(text, rows[number + 1]) if number + 1 < len(rows) else []
            if _goes_under(heads, under, places["task"]):
                heads = [low or top for low, top in zip(under, heads, strict=True)]
                places, number = _places(heads), number + 1  # noqa: PLW2901
            return Columns(_completed(text, rows[number + 1 :], heads, places), number)
    return None


def _completed(
    text: str, rows: Sequence[Sequence[Span]], heads: Sequence[str], places: dict[str, int]
) -> dict[str, int]:
    """With a column that its head does not tell: the times or the offices that most of its cells are."""
    for name, tells in (("time", _is_time), ("owner", _is_office)):
        if name in places:
            continue
        free = [at for at, head in enumerate(heads) if at not in places.values() and not _OTHER.match(head)]
        told = next((at for at in free if _mostly(tells, [fold(text, (row[at],)) for row in rows])), None)
        if told is not None:
            return {**places, name: told}
    return places


def _mostly(tells: Callable[[Folded], bool], cells: Sequence[Folded]) -> bool:
    filled = [cell for cell in cells if cell.text and not ORDINAL.fullmatch(cell.shown)]
    return len(filled) > 1 and 2 * sum(map(tells, filled)) > len(filled)


def _is_time(cell: Folded) -> bool:
    said = sum(one.end - one.start for one in find(cell.text, cell.shown))
    return 2 * said > len(cell.text)


def _is_office(cell: Folded) -> bool:
    return whole(cell) is not None


def _heads(text: str, row: Sequence[Span]) -> list[str]:
    return [fold(text, (cell,)).text.strip(" .:()") for cell in row]


def _goes_under(heads: Sequence[str], under: Sequence[str], task: int) -> bool:
    """A header of two rows: *Phân công* over *Chủ trì* and *Phối hợp*; what is merged stands in both, or is empty."""
    if len(under) != len(heads) or under[task] not in ("", heads[task]):
        return False
    fresh = [low for low, top in zip(under, heads, strict=True) if low not in ("", top)]
    return bool(fresh) and all(any(re.fullmatch(pattern, low) for _, pattern in _COLUMNS) for low in fresh)


def _places(heads: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, head in enumerate(heads):
        if not head or len(head) > 80:
            continue
        if "task" not in places and _TASK_FIRST.fullmatch(head):
            places["task"] = place
            continue
        for name, pattern in _COLUMNS:
            if re.fullmatch(pattern, head):
                places.setdefault(name, place)
                break
    return places
