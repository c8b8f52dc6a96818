"""The tree of a document: header, items under their headings, receivers and signature left out, appendices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from obligations.draft.document import Document, Table
from obligations.draft.structure.joining import Passage, passages
from obligations.draft.structure.markers import DEPTH
from obligations.draft.text import fold, lax
from obligations.draft.units.mentions import subject, whole

_RECEIVERS = re.compile(lax(r"\W*nơi nhận ?:?"))
_APPENDIX = re.compile(
    lax(
        r"\W*(?:phụ lục|phụ biểu|biểu phân công|bảng phân công|danh mục nhiệm vụ|biểu tổng hợp nhiệm vụ)(?: số)?(?: (?P<label>\d{1,2}|[ivx]{1,4}))?(?![^\W\d_])"
    )
)
_ATTACHED = re.compile(lax(r"\W*(?:kế hoạch|chương trình|đề án|phương án|quy chế|quy định|lộ trình|nội quy)(?!\w)"))
_LAST = re.compile(r"\./\.?\W*$")
_FAR_IN = 6  # passages before which no receivers stand


@dataclass(frozen=True)
class Item:
    """A passage in its place: the labels that lead to it and the passages above it, nearest last."""

    passage: Passage
    path: tuple[str, ...]
    above: tuple[Passage, ...]
    appendix: str = ""

    @property
    def at(self) -> str:
        """How the place is cited: `III.2.a`, `PL1.3`."""
        return ".".join(part for part in (self.appendix, *self.path) if part)


@dataclass(frozen=True)
class Placed:
    """A table and where it stands."""

    table: Table
    path: tuple[str, ...]
    appendix: str
    above: tuple[Passage, ...] = ()


@dataclass
class Outline:
    head: list[Passage] = field(default_factory=list)
    head_tables: list[Table] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    tables: list[Placed] = field(default_factory=list)


@dataclass
class _Walk:
    stack: list[Passage] = field(default_factory=list)
    appendix: str = ""
    appendices: int = 0
    is_over: bool = False
    in_title: bool = False
    seen: int = 0

    def _end_charge(self) -> None:
        kinds = [one.marker.kind for one in self.stack]
        if "" in kinds:
            del self.stack[kinds.index("") :]

    def place(self, passage: Passage) -> Item:
        kind = passage.marker.kind
        if kind:
            kinds = [one.marker.kind for one in self.stack]
            if kind in kinds:
                del self.stack[kinds.index(kind) :]
            else:
                nested = (
                    kind == "part" and "roman" in kinds and passage.marker.label == "A"
                )  # II. …, A. …, B. …, III. …
                depth = DEPTH["roman" if nested else kind]
                while self.stack and DEPTH[self.stack[-1].marker.kind] > depth:
                    self.stack.pop()
        else:
            while self.stack and self.stack[-1].marker.kind in ("dash", "plus"):
                self.stack.pop()
        if not kind:
            self._end_charge()
        above = tuple(self.stack)
        labels = tuple(one.marker.label for one in (*above, *((passage,) if kind else ())) if one.marker.label)
        if kind or _charges(passage):
            self.stack.append(passage)
        return Item(passage, labels, above, self.appendix)


_AS_FOLLOWS = ("như sau:", "sau đây:")
_OPENING = 200  # letters


def _charges(passage: Passage) -> bool:
    """*Giao Sở Nội vụ:*, *Các đơn vị báo cáo như sau:* without a number: who owes what the letters and dashes say."""
    opens = passage.text.endswith(_AS_FOLLOWS) and len(passage.text) < _OPENING and subject(passage.body) is not None
    return opens or (passage.text.endswith(":") and whole(passage.body) is not None)


def outline(document: Document) -> Outline:
    """The outline of a document that was read."""
    found = passages(document)
    result = Outline()
    body = _start(found)
    for part in found[:body]:
        if isinstance(part, Table):
            result.head_tables.append(part)
        else:
            result.head.append(part)
    _walk(document, found[body:], result)
    return result


def _start(found: list[Passage | Table]) -> int:
    """Where the header ends: at the first sentence, Kính gửi, or numbered item."""
    for place, part in enumerate(found):
        if isinstance(part, Passage) and is_body(part) and not _is_title(found, place):
            return place
        if isinstance(part, Table) and len(part.rows) > 2 and len(part.rows[0]) > 2:
            return place
    return len(found)


_TYPES = re.compile(
    lax(
        r"\W*(?:kế hoạch|quyết định|thông báo|chỉ thị|công điện|hướng dẫn|chương trình|phương án|đề án|kết luận|nghị quyết)\W*"
    )
)


def _is_title(found: list[Passage | Table], place: int) -> bool:
    """Whether it stands right under the line that names the document's type, and cites nothing."""
    before = found[place - 1] if place else None
    part = found[place]
    if not isinstance(before, Passage) or not isinstance(part, Passage) or part.marker.kind:
        return False
    return (
        bool(_TYPES.fullmatch(before.text))
        and not part.text.startswith(("căn cứ", "kính gửi"))
        and len(part.text) < 400
    )


_BEGINS = re.compile(
    lax(
        r"(?:căn cứ|thực hiện|kính gửi|theo đề nghị|để |nhằm |trên cơ sở|xét đề nghị|triển khai thực hiện (?:quyết định|kế hoạch|chỉ thị|công văn|nghị quyết)|ngày .{3,40}, (?:tại|đồng chí|chủ tịch|ubnd))"
    )
)
_NO_BODY = re.compile(lax(r"(?:số ?:|v/v|về việc|độc lập|cộng hòa)"))


def is_body(passage: Passage) -> bool:
    """Whether a passage belongs to the body: what comes before is number, names, date, title."""
    text = passage.text
    if _NO_BODY.match(text):
        return False
    if passage.marker.kind in ("roman", "arabic", "article", "part"):
        return True
    if _BEGINS.match(text) and (len(text) > 60 or text.startswith(("kính gửi", "căn cứ"))):
        return not passage.folded.shown[: min(40, len(text))].isupper()
    return len(text) > 160 and text.rstrip().endswith((".", ":", ";")) and not passage.folded.shown.isupper()


def _walk(document: Document, parts: Iterable[Passage | Table], result: Outline) -> None:
    walk = _Walk()
    for part in parts:
        if isinstance(part, Table):
            _place_table(document, part, walk, result)
            continue
        walk.seen += 1
        if label := _appendix(part, walk):
            walk.appendix, walk.is_over, walk.stack = label, False, []
            continue
        if walk.is_over and _is_attached(part):
            walk.appendix, walk.is_over, walk.in_title, walk.stack = "", False, True, []
        walk.in_title = walk.in_title and not is_body(part)
        if _RECEIVERS.match(part.text) and walk.seen > 1:
            walk.is_over = True
        if walk.is_over or walk.in_title:
            continue
        result.items.append(walk.place(part))


def _is_attached(passage: Passage) -> bool:
    """Whether a document that a decision issues begins there: its type in capitals, under the signature."""
    return passage.folded.shown.isupper() and bool(_ATTACHED.match(passage.text))


def _appendix(passage: Passage, walk: _Walk) -> str:
    found = _APPENDIX.match(passage.text)
    shown = passage.folded.shown
    if not found or len(shown) > 160 or not (shown[:7].isupper() or walk.is_over or passage.is_heading):
        return ""
    if passage.marker.kind and not passage.is_heading:
        return ""
    if shown.rstrip().endswith((".", ";")):
        return ""
    walk.appendices += 1
    label = (found["label"] or "").upper()
    return f"PL{label}" if label else "PL" if walk.appendices == 1 else f"PL{walk.appendices}"


_FOOT_COLUMNS = 3


def _place_table(document: Document, table: Table, walk: _Walk, result: Outline) -> None:
    heads = dict.fromkeys(table.rows[0]) if table.rows else {}  # a merged cell stands in each column that it covers
    # The foot has the receivers beside the signature; in a wider table they are a column's head.
    if len(heads) <= _FOOT_COLUMNS and any(_RECEIVERS.match(fold(document.text, (cell,)).text) for cell in heads):
        walk.is_over = True
        return
    above = tuple(walk.stack)
    labels = tuple(one.marker.label for one in above if one.marker.label)
    result.tables.append(Placed(table, labels, walk.appendix or ("PL" if walk.is_over else ""), above))


def sections(items: Iterable[Item]) -> Iterator[tuple[Item, Item | None]]:
    """Each item with the one after it."""
    listed = list(items)
    for place, item in enumerate(listed):
        yield item, listed[place + 1] if place + 1 < len(listed) else None
