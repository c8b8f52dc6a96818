"""Documents that bear a mark of secrecy are not read by this tool: MẬT, TỐI MẬT, TUYỆT MẬT."""

from __future__ import annotations

import re
from collections.abc import Iterable

from obligations.domain.errors import Refused
from obligations.draft.text import Span, bare, fold

_MARK = re.compile(r"\W*(?:do mat ?:? ?)?(?:(?:tuyet|toi) )?mat\W*(?:so ?:? ?\d*)?\W*")
_LINE = re.compile(r"[^\r\n\t|]+")


def refuse_secret(text: str, stamps: Iterable[str] = ()) -> None:
    """Refuse a document one of whose lines, cells or stamps is nothing but a mark of secrecy."""
    for stamp in stamps:
        _check(stamp)
    for found in _LINE.finditer(text):
        if len(found[0]) < 60:
            _check(found[0])


def _check(words: str) -> None:
    if "m" not in words.lower():
        return
    line = fold(words, (Span(0, len(words)),))
    plain = bare(line.text)
    has_mark = _MARK.fullmatch(plain) or any(_MARK.fullmatch(part) for part in re.split(r" {2,}|;", plain))
    if has_mark and (
        "ậ" in line.text or (line.shown.isupper() and plain.split()[-1:] == ["mat"] and len(plain.split()) > 1)
    ):
        fix = "Không đưa tài liệu mật vào hệ thống này; nhập nhiệm vụ bằng tay theo quy định bảo vệ bí mật nhà nước."
        raise Refused("secret", "văn bản có dấu độ mật (Mật, Tối mật, Tuyệt mật).", fix)
