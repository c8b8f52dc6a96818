"""Rows of a table of tasks become duties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from obligations.domain.deadline import InPeriod, OnDay
from obligations.domain.grammar import parse
from obligations.draft.assembling.calendars import Heading, heading_of
from obligations.draft.assembling.columns import ORDINAL, Columns
from obligations.draft.assembling.items import timed
from obligations.draft.assembling.judging import keep
from obligations.draft.assembling.titles import title_of
from obligations.draft.deadlines.finding import find
from obligations.draft.deadlines.resolving import resolve
from obligations.draft.deadlines.scope import Scope
from obligations.draft.model import Item
from obligations.draft.structure.outline import Placed
from obligations.draft.text import Folded, Span, fold, lax
from obligations.draft.units.mentions import listed
from obligations.draft.units.roles import roles

_STANDING = re.compile(
    lax(
        r"(?:thường xuyên|cả năm|hằng|hàng|liên tục|theo (?:quy định|kế hoạch|yêu cầu|tiến độ|lộ trình)|khi có|sau khi|ngay|đột xuất|khi)"
    )
)
# Round the clock, where the task is to keep watch; elsewhere it is the 24th of July.
_ROUND_THE_CLOCK = re.compile(lax(r"\W*(?:trực )?(?:24 ?/ ?(?:24|7)(?: ?(?:giờ|h))?)\W*"))
_WATCH = re.compile(
    lax(
        r"(?<!\w)(?:trực|vận hành|duy trì|tiếp nhận|ứng trực|bảo đảm|đảm bảo|canh|giám sát|theo dõi|hỗ trợ|tư vấn)(?!\w)"
    )
)
_BARE_YEAR = re.compile(r"(20\d\d)\W*")
_WHOLE_YEAR = re.compile(lax(r"trong năm\W*"))  # cả năm goes on all year: no day
_UNSAID = re.compile(lax(r"(?:báo cáo )?(?:theo )?định kỳ(?: theo quy định)?\W*"))
_FINISHED = re.compile(
    lax(
        r"\W*(?:đã (?!nhắc|đôn đốc|giao|quá|đề nghị)[^\W\d_]|(?:hoàn thành|hoàn tất|xong|kết thúc|hủy|dừng|thôi)(?!\w)|100 ?%)"
    )
)
_DITTO = re.compile(lax(r"\W*(?:n/?t|như \(?trên\)?)\W*|[\"”“″〃]{1,2}"))
_TRIGGER = re.compile(lax(r"(?:khi|sau khi|ngay|đột xuất|theo yêu cầu)"))


def rows_of(text: str, placed: Placed, scope: Scope, columns: Columns, issuer: str = "") -> Iterator[Item]:
    """The duties of a table's rows; title rows give none, an office in a title row is carried."""
    carried: tuple[str, ...] = ()
    heading: Heading | None = None
    above: Sequence[Span] = ()
    for given in placed.table.rows[columns.header + 1 :]:
        row = above = [_as_above(text, cell, above[at : at + 1]) for at, cell in enumerate(given)]
        filled = {cell.of(text): cell for cell in row if len(cell)}.values()
        task = columns.cell(row, "task")
        if task is None or not len(task) or all(ORDINAL.fullmatch(cell.of(text)) for cell in filled):
            continue
        number = columns.cell(row, "number")
        if len([cell for cell in filled if cell != number]) < 2:
            heading = heading_of(fold(text, (task,)), scope)
            named = listed(fold(text, (task,))) if not heading else []
            carried = (
                tuple(named)
                if named and fold(text, (task,)).text.startswith(("sở", "phòng", "ubnd", "ban", "văn phòng", "công an"))
                else ()
            )
            continue
        for item in _row(text, row, placed, scope, columns, carried or ((issuer,) if issuer else ())):
            yield from (
                heading.due(item) if heading and item.kind == "standing" and _is_untimed(text, row, columns) else [item]
            )


def _as_above(text: str, cell: Span, above: Sequence[Span]) -> Span:
    """A cell, or the one above it where it says *nt* (như trên)."""
    return above[0] if above and _DITTO.fullmatch(fold(text, (cell,)).text) else cell


def _is_untimed(text: str, row: Sequence[Span], columns: Columns) -> bool:
    cell = columns.cell(row, "time")
    return cell is None or not fold(text, (cell,)).text


def _row(
    text: str, row: Sequence[Span], placed: Placed, scope: Scope, columns: Columns, carried: tuple[str, ...]
) -> Iterator[Item]:
    task = columns.cell(row, "task")
    if task is None:
        return
    line = fold(text, (task,))
    owner = _names(text, columns.cell(row, "owner"))
    number = columns.cell(row, "number")
    label = fold(text, (number,)).shown.strip(" .") if number else ""
    at = ".".join(part for part in (placed.appendix or (".".join(placed.path) or "PL"), label) if part)
    product = columns.cell(row, "product")
    to = columns.cell(row, "to")
    said = roles(line)
    base = Item(
        "",
        "standing",
        title_of(line, line, None),
        at,
        task,
        owner or carried,
        _names(text, columns.cell(row, "help")) or said.coordinating,
        fold(text, (to,)).shown if to and len(to) else said.submit_to,
        fold(text, (product,)).shown if product else "",
        inferred=() if owner else ("responsible",),
        doubts=() if owner else ("hàng này không nêu đơn vị chủ trì",),
    )
    opens = _opening(text, columns.cell(row, "start"), scope)
    overdue = _is_open(text, columns.cell(row, "status"))
    for item in _timed(text, base, line, columns.cell(row, "time"), scope, overdue=overdue):
        yield _opened(item, opens)


def _opening(text: str, cell: Span | None, scope: Scope) -> date | None:
    """The day that a column of beginnings names, or the first of its month."""
    value = fold(text, (cell,)) if cell else None
    found = resolve(find(value.text, value.shown), value.text, scope) if value else []
    form = parse(found[0].form) if len(found) == 1 and found[0].form else None
    return form.day if isinstance(form, OnDay) else form.period.first if isinstance(form, InPeriod) else None


def _opened(item: Item, opens: date | None) -> Item:
    """With the day from which it may be done, where it has an end of its own after that."""
    form = parse(item.deadline) if item.deadline and "start" not in item.deadline else None
    end = form.day if isinstance(form, OnDay) else form.period.last if isinstance(form, InPeriod) else None
    if not opens or not end or end <= opens or item.deadline is None:
        return item
    return replace(item, deadline={**item.deadline, "start": opens.isoformat()})


def _is_open(text: str, cell: Span | None) -> bool:
    """Whether a tracking sheet says of a row that it is not done: then its day is owed though it is past."""
    status = fold(text, (cell,)).text if cell else ""
    return bool(status) and not _FINISHED.match(status)


def _timed(
    text: str, base: Item, line: Folded, cell: Span | None, scope: Scope, *, overdue: bool = False
) -> Iterator[Item]:
    value = fold(text, (cell,)) if cell else None
    if value and base.responsible and _ROUND_THE_CLOCK.fullmatch(value.text) and _WATCH.search(line.text):
        yield base
        return
    where = value if value and value.text else line
    found = resolve(find(where.text, where.shown), where.text, scope)
    kept = found if overdue and where is value else keep(found, where.text, scope, goals=False, in_cell=where is value)
    dated = [one for one in kept if one.form]
    for one in dated:
        yield timed(base, where, one)
    if value and not dated and scope.is_one_year and _WHOLE_YEAR.fullmatch(value.text):
        whole_year = {"within": str(scope.last)}
        yield replace(base, kind="obligation", deadline=whole_year, stated=cell, inferred=(*base.inferred, "year"))
        return
    if value and not found and (year := _BARE_YEAR.fullmatch(value.text)):
        yield replace(base, kind="obligation", deadline={"within": year[1]}, stated=cell)
        return
    if value and _UNSAID.fullmatch(value.text):
        yield replace(base, kind="question", doubts=("định kỳ nhưng không nêu kỳ và ngày",), stated=cell)
        return
    doubtful = [one for one in kept if one.doubt and not one.noted]
    for one in doubtful:
        yield replace(base, kind="question", stated=where.span(one.start, one.end), doubts=(one.doubt,))
    if dated or doubtful or not base.responsible:
        return
    trigger = value.shown if value and _TRIGGER.match(value.text) else ""
    unclear = bool(value and value.text and not _STANDING.match(value.text) and re.search(r"\d", value.text))
    if unclear and not found:
        yield replace(base, kind="question", doubts=("không hiểu được thời hạn trong ô này",), stated=cell)
    else:
        yield replace(base, trigger=trigger)


def _names(text: str, cell: Span | None) -> tuple[str, ...]:
    """The offices of a cell: each line and each list item one."""
    if cell is None or not len(cell):
        return ()
    found: list[str] = []
    start = cell.start
    for piece in re.split(r"(\n|<br ?/?>)", cell.of(text)):
        line = fold(text, (Span(start, start + len(piece)),))
        start += len(piece)
        stripped = re.match(r"[-+•* ]*", line.text)
        line = line.cut(stripped.end() if stripped else 0, len(line.text))
        found += [name for name in listed(line) if name not in found] if line.text else []
    return tuple(found)
