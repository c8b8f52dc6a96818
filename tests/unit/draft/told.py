"""A plan of one sentence, and what its draft tells of it."""

from __future__ import annotations

from obligations.draft.drafting import draft
from obligations.draft.model import Draft, Item
from obligations.draft.reading.files import read

HEAD = (
    "UBND HUYỆN MƯỜNG LA\nSố: 31/KH-UBND\n\nMường La, ngày 05 tháng 3 năm 2025\n\nKẾ HOẠCH\nCông tác y tế năm 2025\n\n"
)


def drafted(body: str, heading: str = "II. NHIỆM VỤ") -> Draft:
    return draft(read("x.txt", f"{HEAD}{heading}\n\n1. {body}\n".encode()))


def dated(body: str) -> list[Item]:
    return list(drafted(body).of("obligation"))


def asked(body: str, heading: str = "II. NHIỆM VỤ") -> list[str]:
    found = drafted(body, heading)
    return [found.stated(item) for item in found.of("question")]
