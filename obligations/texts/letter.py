"""A letter to one recipient: its parts, its subject, its two bodies, and its short form for a chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import escape

from obligations.texts.blocks import Block, Heading, html_of, text_of
from obligations.texts.occasion import Foot, Occasion, Part

CHAT_LENGTH = 2000  # characters: what Zalo takes, the narrowest of the usual services
_BODY = (
    "font-family: 'Times New Roman', serif; font-size: 16px; line-height: 1.45; color: #111; "
    "max-width: 46em; margin: 0 auto; padding: 12px"
)
_FOOT = "border-top: 1px solid #999; padding-top: 8px; color: #444; font-size: 14px"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


class Rendered(NamedTuple):
    """`html` is None where there is only text."""

    subject: str
    text: str
    html: str | None


@dataclass(frozen=True)
class Letter:
    """`parts` stand in the order in which they press; `reply_to` is an address."""

    at: Occasion
    parts: tuple[Part, ...]
    reply_to: str | None = None

    @property
    def subject(self) -> str:
        """The first part's, with what else there is."""
        first, *others = self.parts
        return "; ".join([first.subject, *(part.brief for part in others)])

    def render(self) -> Rendered:
        """For a mail: both bodies say the same."""
        blocks = self._blocks()
        return Rendered(self.subject, self._text(blocks), self._html(blocks))

    def short(self) -> Rendered:
        """For a chat: one line for each duty, at most CHAT_LENGTH characters with the subject."""
        verb = "nhắc việc" if any(part.reply for part in self.parts) else "thông tin"
        head = f"{self.at.office} {verb}: {self.at.unit}"
        lines = [line for part in self.parts for line in part.lines()]
        replies = dict.fromkeys(part.reply for part in self.parts if part.reply)
        end = " ".join([*replies, f"Hỏi: {_chat_foot(self.at.foot)}."])
        return Rendered(head, fitting(lines, end, CHAT_LENGTH - len(head) - 2), None)

    def _blocks(self) -> Sequence[Block]:
        if len(self.parts) == 1:
            return self.parts[0].blocks()
        several: list[Block] = []
        for number, part in zip(_ROMAN, self.parts, strict=False):
            several += [Heading(f"{number}. {part.title}"), *part.blocks()]
        return several

    def _text(self, blocks: Sequence[Block]) -> str:
        at = self.at
        return f"Kính gửi: {at.to}.\n\n{text_of(blocks)}\n\n--\nĐầu mối: {at.foot.words}.\n{self.parts[0].foot}\n"

    def _html(self, blocks: Sequence[Block]) -> str:
        at, nature = self.at, escape(self.parts[0].foot)
        return (
            '<!doctype html>\n<html lang="vi">\n<head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<title>{escape(at.office)}</title></head>\n<body style="{_BODY}">\n'
            f"<p>Kính gửi: <strong>{escape(at.to)}</strong>.</p>\n{html_of(blocks)}\n"
            f'<p style="{_FOOT}">Đầu mối: {_html_foot(at.foot)}.<br>\n{nature}</p>\n</body>\n</html>\n'
        )


def fitting(lines: Sequence[str], end: str, longest: int, more: int = 0) -> str:
    """The lines and the end in so many characters; lines that do not fit, and `more` beyond them, are counted."""
    kept = list(lines)
    while True:
        left = len(lines) - len(kept) + more
        text = "\n".join([*kept, *([f"… và {left} nội dung khác."] if left else []), end])
        if len(text) <= longest or not kept:
            return text
        kept.pop()


def _html_foot(foot: Foot) -> str:
    words = escape(foot.words)
    if not foot.email:
        return words
    email = escape(foot.email)
    return f'{words.removesuffix(email)}<a href="mailto:{email}">{email}</a>'


def _chat_foot(foot: Foot) -> str:
    return " ".join(part for part in (foot.name, foot.phone or foot.email) if part)
