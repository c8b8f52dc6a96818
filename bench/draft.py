"""Draft 100 dense pages, beside five such pages twenty times: the time of a page must not grow with the document.

Every task names an office and most a time, far more of them than in a real plan, and no two clauses are alike. A page
is 2,500 letters, as of Times New Roman 13. What `dondoc draft` adds is its start and the matching of names.

    python -m bench.draft [--pages 100] [--rounds 3]
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice, product

from bench.measure import ROUNDS, Line, arguments, in_turns, show, timed
from obligations.draft.drafting import draft
from obligations.draft.reading.files import read

PAGES, PART, LETTERS = 100, 5, 2_500
AT_MOST = 1.3
HEAD = """ỦY BAN NHÂN DÂN
TỈNH MẪU
Số: 12/KH-UBND
Mẫu, ngày 08 tháng 7 năm 2022
KẾ HOẠCH
Thực hiện nhiệm vụ năm 2022 - 2025
"""
OFFICES = ("Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "Ban Dân tộc", "Văn phòng UBND tỉnh", "Ủy ban nhân dân các huyện")
TASKS = (
    "chủ trì, phối hợp với {other} rà soát quy trình số {n}, báo cáo UBND tỉnh trước ngày {day:02}/{month:02}/2023.",
    "tổng hợp kết quả nội dung {n} của các đơn vị, gửi {other} chậm nhất ngày {day} tháng {month} hằng năm.",
    "xây dựng dự thảo văn bản thứ {n}; trong quý III/2024 trình Chủ tịch UBND tỉnh ban hành văn bản {n}.",
    "định kỳ hằng quý (trước ngày {day} của tháng cuối quý) báo cáo tình hình thực hiện chỉ tiêu {n} về {other}.",
    "thường xuyên kiểm tra, đôn đốc việc thực hiện mục {n} tại cơ sở, kịp thời tháo gỡ khó khăn, vướng mắc.",
    "trong thời hạn {day} ngày làm việc kể từ ngày ban hành Kế hoạch này, hoàn thành hồ sơ số {n} gửi {other}.",
)


def lines(pages: int = PAGES, rounds: int = ROUNDS) -> list[Line]:
    """One line: seconds to draft them all."""
    whole, part = text(pages), text(PART)
    pairs = in_turns(rounds, lambda: _seconds(whole, 1), lambda: _seconds(part, pages // PART))
    return [Line(f"soạn {pages} trang dày việc", f"{PART} trang, {pages // PART} lần", "s", pairs, ("≤", AT_MOST))]


def text(pages: int) -> bytes:
    """A plan of that many pages."""
    told = HEAD
    for paragraph in _paragraphs():
        if len(told) > pages * LETTERS:
            return told.encode()
        told += paragraph
    raise AssertionError


def _paragraphs() -> Iterator[str]:
    """`1. Sở Nội vụ`, then its tasks, without an end."""
    tasks, days = cycle(TASKS), cycle(product(range(1, 13), range(5, 26)))
    for n, (office, other) in enumerate(cycle(product(OFFICES, OFFICES[1:])), 1):
        yield f"{n}. {office}\n"
        for letter, task, (month, day) in zip("abcde", islice(tasks, 5), islice(days, 5), strict=True):
            yield f"{letter}) {office} {task.format(other=other, n=f'{n}{letter}', day=day, month=month)}\n"


def _seconds(content: bytes, times: int) -> float:
    with timed() as watch:
        for _ in range(times):
            draft(read("ke-hoach.txt", content))
    return watch.seconds


if __name__ == "__main__":
    found = arguments(__doc__, pages=PAGES)
    show(lines(found.pages, found.rounds))
