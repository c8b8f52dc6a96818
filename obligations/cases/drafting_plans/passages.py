"""A passage that a person marked or pasted, found in the document as an exact span."""

from __future__ import annotations

import re

from obligations.domain.errors import Refused
from obligations.draft.text import Span

LONGEST = 10_000
_BETWEEN = r"[\s|]+"  # lines and cells may have been pasted as one line


def find_passage(text: str, passage: str, near: int | None = None) -> Span:
    """Where the passage stands, white space aside; of several places the one nearest to `near`.

    Refused where it stands nowhere, or in several places and nothing says which.
    """
    words = re.split(_BETWEEN, passage.strip(" \t\r\n|"))
    if not words[0]:
        raise Refused("no-passage", "chưa chọn đoạn nào.", "Bôi chọn trong văn bản, hoặc dán đoạn ấy vào ô.")
    if len(passage) > LONGEST:
        raise Refused("long-passage", f"đoạn dài hơn {LONGEST} chữ.", "Chọn ngắn lại, vừa một nhiệm vụ.")
    found = [Span(*one.span()) for one in re.finditer(_BETWEEN.join(map(re.escape, words)), text)]
    if not found:
        raise Refused("no-passage", "không thấy đoạn này trong văn bản.", "Chép đúng từng chữ như văn bản ghi.")
    if near is None and len(found) > 1:
        fix = "Chép dài thêm cho đủ phân biệt, hoặc bôi chọn ngay trong văn bản."
        raise Refused("many-passages", f"đoạn này có ở {len(found)} chỗ.", fix)
    return min(found, key=lambda one: abs(one.start - (near or 0)))
