"""What a period counts from: the document's own issue, or an event named by its words (B6)."""

from __future__ import annotations

import re

from obligations.draft.text import bare, lax

_LEAD = re.compile(r"^ ?(?:tu )?(?:(?:ngay|khi|thoi diem|luc|ket thuc|khi co)\b ?)*")
# A decision and the plan that it issues are of one day.
_OWN = {
    "ke-hoach": "kế hoạch",
    "quyet-dinh": "(?:quyết định|kế hoạch)",
    "cong-van": "công văn",
    "thong-bao-ket-luan": "thông báo",
}
_ISSUED = re.compile(lax(r"(?:ngày |khi )?(?:ký|ban hành|được ban hành|phát hành|có hiệu lực(?: thi hành)?)$"))
_THIS = re.compile(
    lax(
        r"(?:ký|ban hành|phát hành|có hiệu lực|được ban hành)(?: thi hành)? ?(?:của )?(?:kế hoạch|quyết định|công văn|văn bản|thông báo|chỉ thị|công điện|chương trình|phương án|đề án)? ?này"
    )
)
_THIS_TOO = re.compile(
    lax(
        r"(?:kế hoạch|quyết định|công văn|văn bản|thông báo|chỉ thị|công điện|chương trình|phương án|đề án) (?:này )?(?:được )?(?:ký|ban hành|phát hành|có hiệu lực)"
    )
)
# Papers, of which only the document itself is of its own day: "kể từ ngày Luật có hiệu lực" is another's.
_PAPER = re.compile(
    lax(
        r"(?<!\w)(?:quyết định|nghị quyết|luật|nghị định|thông tư|chỉ thị|kết luận|hợp đồng|biên bản|kế hoạch|công văn|thông báo|hướng dẫn|quy chế|giấy phép|thỏa thuận)(?!\w)(?! này)"
    )
)
_BARE = re.compile(lax(r"(?:ngày |khi )?(?:được )?(?:ký|ban hành|ký ban hành|ký kết|phát hành)"))
_SIGNS = re.compile(rf"(?<!\w)(?:{lax('ký|ký kết|ban hành|phê duyệt|lập')}) (?:\w+ ){{0,2}}?{_PAPER.pattern}")
_RECEIVED = re.compile(lax("nhận"))
MAX_WORDS = 6


def anchor(words: str, kind: str, before: str = "") -> str:
    """`issued`, or `event:` and the event's words without marks. `words` follow *kể từ*, *sau khi* in folded text.

    >>> anchor(" ngày có thông báo kết luận", "ke-hoach")
    'event:thong-bao-ket-luan'
    """
    words = words.strip(" ,.;:")
    own = _OWN.get(kind, "kế hoạch")
    is_own = re.search(lax(rf"(?:ký|ban hành|phát hành|có hiệu lực)(?: của)? {own}(?: này)?$"), words)
    if not _RECEIVED.search(words):
        if _ISSUED.search(words) and len(words.split()) <= 6 and not _is_of_another(words, own):
            return f"event:{slug(signed[0])}" if (signed := _signed_before(words, before)) else "issued"
        if _THIS.search(words) or is_own:
            return "issued"
        if _THIS_TOO.search(words) and ("này" in words or re.search(lax(own), words)):
            return "issued"
    return f"event:{slug(words)}"


def _signed_before(words: str, before: str) -> re.Match[str] | None:
    """*Ký hợp đồng với bệnh viện, gửi bản sao … kể từ ngày ký*: the paper that the sentence has just made, not the document."""
    return _SIGNS.search(before) if _BARE.fullmatch(words) else None


def _is_of_another(words: str, own: str) -> bool:
    """*Ngày Nghị quyết có hiệu lực* in a plan; what its own kind names, or nothing, is the document."""
    return any(not re.fullmatch(lax(own), paper[0]) for paper in _PAPER.finditer(words))


def slug(words: str, most: int = MAX_WORDS) -> str:
    """A short name of letters, digits and hyphens for an event's or duty's words."""
    plain = _LEAD.sub("", bare(words))
    parts = re.findall(r"[a-z0-9]+", plain) or re.findall(r"[a-z0-9]+", bare(words))
    return "-".join(parts[:most]) or "su-kien"
