"""Số, ký hiệu, ngày, cơ quan ban hành, tên loại, trích yếu, căn cứ, Kính gửi (Nghị định 30/2020/NĐ-CP, điều 8)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from obligations.draft.deadlines.readers import YEARS
from obligations.draft.document import Document, Table
from obligations.draft.model import Header
from obligations.draft.structure.issuers import written_out
from obligations.draft.structure.joining import Passage
from obligations.draft.structure.outline import Outline
from obligations.draft.text import Folded, Span, fold, lax
from obligations.draft.units.mentions import listed

_NUMBER = re.compile(lax(r"số ?:? ?") + r"(?P<n>\d{0,6}[a-z]?) ?(?P<sign>[/-] ?[a-zđ][\wđ/&.\- ]*)?", re.IGNORECASE)
_SIGN_END = re.compile(r"\s{1,}(?=[^\s/-])|(?<=[\w]) (?=[A-ZĐ][a-zà-ỹ])")
_DAY = re.compile(
    lax(
        r"(?P<place>[^,;:\d]{2,40}), ?(?:hồi [^,]{3,30}?)?ngày ?(?P<d>\d{1,2})? ?tháng ?(?P<m>\d{1,2})? ?năm ?(?P<y>\d{4})?"
    )
)
# Over an office's own table: Ngày lập bảng: 10/10/2025; Cập nhật đến ngày 05/11/2025.
_KEPT = re.compile(
    lax(
        r"(?:ngày (?:lập|cập nhật|tổng hợp|in|rà soát)(?: [^\d,;.:]{1,20})?|(?:cập nhật|tính|tổng hợp|số liệu)(?: đến| tới)?(?: hết)?(?: ngày)?) ?:? ?(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>20\d\d)"
    )
)
_KINDS = (
    ("ke-hoach", lax("kế hoạch")),
    ("quyet-dinh", lax("quyết định")),
    ("thong-bao-ket-luan", lax("thông báo")),
    ("cong-van", lax("(?:công điện|chỉ thị|hướng dẫn|công văn|tờ trình|giấy mời)")),
    ("ke-hoach", lax("(?:chương trình|phương án|đề án|nghị quyết|kết luận|quy chế|quy định|dự án)")),
)
# In capitals under a decision's subject: who decides.
_DECIDES = re.compile(
    lax(
        r"\W*(?:phó |quyền |q\. ?|tm\. ?)?(?:chủ tịch|chủ nhiệm|chánh|giám đốc|tổng giám đốc|bộ trưởng|thủ tướng|thủ trưởng|"
        r"hiệu trưởng|viện trưởng|(?:chi )?cục trưởng|tổng cục trưởng|tư lệnh|bí thư|trưởng (?:ban|phòng|thôn|ty)|ủy ban|hội đồng|"
        r"ban (?:thường vụ|chấp hành|chỉ đạo|thường trực|quản lý|giám hiệu)|thường trực)(?!\w)"
    )
)
_SUBJECT = re.compile(lax(r"(?:v/v|về việc) ?:? ?"))
_NOT_ISSUER = re.compile(
    lax(r"cộng hòa|độc lập|đảng cộng sản|số ?:|ngày|hỏa tốc|khẩn|thượng khẩn|-{3,}|v/v|dự thảo|\*|_{3,}")
)
_CITED = re.compile(r"(?P<n>\d{1,5}[a-z]?(?:/\d{4})?) ?[/-] ?(?P<s>[A-ZĐ][A-ZĐa-z&]*(?:[-/][A-ZĐ][\wĐ&]*)*)")
_BASIS = re.compile(lax(r"(?:\W*(?:căn cứ|thực hiện|theo))"))
_TO = re.compile(lax(r"\W*kính gửi ?:?"))
_LONG_HEAD = 12
_FOOT = 5
_SHEET = re.compile(lax(r"(?:bảng|biểu|danh mục|sổ|phụ lục)(?!\w)"))


def header(document: Document, found: Outline) -> Header:
    """The header of a document; what it leaves blank stays blank."""
    lines = _lines(document, found)
    kind, title = _kind_and_title(lines)
    number = _number(lines)
    if number and kind == "":
        kind = _kind_of_number(number)
    place, issued_on = _day(lines)
    if issued_on is None and document.is_sheet:
        place, issued_on = _day(_foot(document))
        issued_on = issued_on or _kept_on(lines)
    return Header(
        number=number,
        kind=kind or "ke-hoach",
        title=title or _file_title(document),
        issuer=_issuer(lines),
        place=place,
        issued_on=issued_on,
        basis=tuple(_basis(found)),
        addressees=tuple(_addressees(document, found)),
    )


def _lines(document: Document, found: Outline) -> list[Folded]:
    """The header's lines; its two columns are often the cells of a table."""
    lines: list[Folded] = []
    for table in found.head_tables:
        for row in table.rows:
            for cell in dict.fromkeys(row):
                lines += _cell_lines(document.text, cell)
    lines += [part for passage in found.head for piece in passage.pieces for part in _cell_lines(document.text, piece)]
    return [line for line in lines if line.text]


def _foot(document: Document) -> list[Folded]:
    """The last rows of an office's own table: its place and day stand there, over the signatures."""
    rows = [row for block in document.blocks if isinstance(block, Table) for row in block.rows[-_FOOT:]]
    return [fold(document.text, (cell,)) for row in rows for cell in row if len(cell)]


def _cell_lines(text: str, cell: Span) -> list[Folded]:
    starts = [cell.start, *(cell.start + found.end() for found in re.finditer(r"[\r\n]+", cell.of(text)))]
    ends = [*(start for start in starts[1:]), cell.end]
    return [fold(text, (Span(start, end),)) for start, end in zip(starts, ends, strict=True)]


def _number(lines: Iterable[Folded]) -> str | None:
    for line in lines:
        found = _NUMBER.match(line.shown)
        if found and found["sign"]:
            sign = re.sub(r"\s+", "", _SIGN_END.split(found["sign"].strip(), 1)[0])
            return f"{found['n']}{sign}" if found["n"] else None
    return None


def _kind_of_number(number: str) -> str:
    for mark, kind in (("KH", "ke-hoach"), ("QĐ", "quyet-dinh"), ("TB", "thong-bao-ket-luan")):
        if re.search(rf"[/-]{mark}\b", number):
            return kind
    return "cong-van"


def _day(lines: Iterable[Folded]) -> tuple[str, date | None]:
    for line in lines:
        found = _DAY.search(line.text)
        if not found:
            continue
        place = line.shown[found.start("place") : found.end("place")].strip()
        try:
            day = date(int(found["y"] or 0), int(found["m"] or 0), int(found["d"] or 0))
        except ValueError:
            return place, None
        return place, day if day.year in YEARS else None  # a misprinted year is asked for
    return "", None


def _kept_on(lines: Iterable[Folded]) -> date | None:
    """The day on which an office's own table was last true."""
    for line in lines:
        if (found := _KEPT.search(line.text)) and found["d"]:
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None


def _kind_and_title(lines: list[Folded]) -> tuple[str, str]:
    """The type by its own line and the lines under it; a công văn has *V/v* under its number."""
    for place, line in enumerate(lines):
        for kind, pattern in _KINDS:
            head = re.match(rf"\W*(?:{pattern})(?!\w)", line.text)
            if head and line.shown[: head.end()].isupper() and len(line.text) < 200:
                rest = line.shown[head.end() :].strip(" :-")
                following = [rest] if rest else []
                following += [one.shown for one in _title_lines(lines[place + 1 :])]
                return kind, " ".join(following).strip()
    for place, line in enumerate(lines):
        if found := _SUBJECT.match(line.text):
            words = [line.shown[found.end() :], *(one.shown for one in _subject_lines(lines[place + 1 :]))]
            return "cong-van", "V/v " + " ".join(words).strip()
    for line in lines:
        if _SHEET.match(line.text) and line.shown.isupper():
            return "", line.shown
    return "", ""


def _title_lines(lines: list[Folded]) -> list[Folded]:
    kept: list[Folded] = []
    for line in lines[:6]:
        if _NOT_ISSUER.match(line.text) or _DAY.search(line.text) or not re.search(r"\w", line.text):
            break
        decides = _DECIDES.match(line.text)
        if kept and decides and line.shown[: decides.end()].isupper() and not kept[-1].shown.isupper():
            break
        kept.append(line)
    return kept


def _subject_lines(lines: list[Folded]) -> list[Folded]:
    kept: list[Folded] = []
    for line in lines[:3]:
        if (
            not line.text[0].isalpha()
            or line.shown[0].isupper()
            or _NOT_ISSUER.match(line.text)
            or _DAY.search(line.text)
        ):
            break
        kept.append(line)
    return kept


def _issuer(lines: list[Folded]) -> str:
    """The last office named above the number, with what stands over it where that tells which one."""
    names: list[str] = []
    for line in lines[:_LONG_HEAD]:
        text = line.text
        if re.match(lax(r"số(?: ?:| \d)"), text) and names:
            break
        shown = line.shown
        if cut := re.search(lax(r"cộng hòa xã hội|độc lập ?-|đảng cộng sản"), text):
            shown = shown[: cut.start()]
        elif (
            _NOT_ISSUER.search(text)
            or _SHEET.match(text)
            or any(re.fullmatch(rf"\W*{pattern}\W*", text) for _, pattern in _KINDS)
        ):
            continue
        if shown.strip(" -*_") and shown.isupper():
            names.append(shown.strip(" -*_"))
    return written_out(names)


def _basis(found: Outline) -> list[str]:
    """Numbers of the documents that the opening cites."""
    cited: dict[str, None] = {}
    for item in found.items[:12]:
        if item.passage.marker.kind:
            break
        if _BASIS.match(item.passage.text):
            cited.update(
                dict.fromkeys(
                    f"{one['n']}{_joint(one[0])}{one['s']}" for one in _CITED.finditer(item.passage.folded.shown)
                )
            )
    return list(cited)


def _joint(text: str) -> str:
    return "/" if "/" in text.partition("-")[0] else "-"


def _addressees(document: Document, found: Outline) -> list[str]:
    """The units of *Kính gửi*, on its line and on the dashes under it."""
    names: list[str] = []
    is_open = False
    passages: list[Passage] = [*found.head, *(item.passage for item in found.items)]
    for passage in passages:
        if to := _TO.match(passage.text):
            is_open = True
            rest = passage.folded.cut(to.end(), len(passage.text))
        elif is_open and passage.marker.kind == "dash":
            rest = passage.body
        elif is_open:
            break
        else:
            continue
        names += listed(rest.cut(_lead(rest.text), len(rest.text))) if rest.text.strip(" :") else []
    return names


def _lead(text: str) -> int:
    found = re.match(r"[ :\-]+", text)
    return found.end() if found else 0


def _file_title(document: Document) -> str:
    return re.sub(r"\.\w+$", "", document.name).replace("_", " ")
