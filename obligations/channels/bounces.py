"""Delivery status notifications (RFC 3464): what a mail server says later of a message that it had accepted.

Pure: bytes in, a Bounce or None out. Anybody may have written what arrives in a mailbox. So the little that is needed
of MIME (RFC 2045, 2046) is read here, in one pass and to a limit, where the standard library's parser takes minutes
over a hostile header; and the caller must know the Message-ID as one of ours before it acts on a bounce.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from obligations.channels.message import one_line

LONGEST: Final = 1 << 18  # bytes looked at: the report stands before the message that it returns
_MOST_PARTS: Final = 20
_MOST_FIELDS: Final = 200
_LONGEST_FIELD: Final = 2000
_BOUNDARY: Final = re.compile(r'\bboundary\s*=\s*(?:"([^"]{1,200})"|([^\s";]{1,200}))', re.IGNORECASE)
_FIELD: Final = re.compile(r"([!-9;-~]{1,76})[ \t]*:(.*)")
_STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_MESSAGE_ID: Final = re.compile(r"<[^<>\s]{1,200}@[^<>\s]{1,200}>")
_TYPE: Final = re.compile(r"[\w.-]{1,40}\s*;\s*")  # `rfc822; a@b.example`, `smtp; 550 no`
_BAD_NEWS: Final = ("failed", "delayed")  # the other actions: delivered, relayed, expanded
_RETURNED: Final = ("message/rfc822", "text/rfc822-headers")

_Fields = Mapping[str, str]  # by name in small letters; the first of a name counts


@dataclass(frozen=True)
class Bounce:
    """One recipient's fate.

    `message_id` is our message's ("<x@y>"), empty when the report does not name it; `recipient` the address that
    failed; `action` failed (given up) or delayed (still being tried); `status` as in RFC 3463 ("5.1.1"), `diagnostic`
    the last server's own words in one line.
    """

    message_id: str
    recipient: str
    action: str
    status: str
    diagnostic: str

    @property
    def permanent(self) -> bool:
        """Whether the next message would fail, too: given up for a reason of class 5, not for want of time."""
        return self.action == "failed" and self.status.startswith("5.")


def read_bounce(raw: bytes) -> Bounce | None:
    """The bad news in a mail, None when it is anything else: a reply, a receipt, good news, a bounce of another form.

    A report about several recipients gives the first who failed, else the first who is delayed.
    """
    head, body = _split(raw[:LONGEST].decode("utf-8", "replace").replace("\r\n", "\n"))
    kind, boundary = _content(head)
    if kind != "multipart/report" or not boundary:
        return None
    line = re.compile(rf"\n--{re.escape(boundary)}(?:--)?[ \t]*(?=\n|\Z)")
    parts = [_split(part[1:]) for part in line.split(f"\n{body}", _MOST_PARTS)[1:]]
    message_id = _message_id(head, parts)
    fates = [
        fate
        for part_head, part in parts
        if _content(part_head)[0] == "message/delivery-status"
        for group in part.split("\n\n", _MOST_PARTS)
        if (fate := _fate(_fields(group), message_id))
    ]
    return min(fates, key=lambda fate: _BAD_NEWS.index(fate.action), default=None)


def _fate(group: _Fields, message_id: str) -> Bounce | None:
    """One recipient's group of fields (RFC 3464, 2.3); None for the message's own group and for good news."""
    recipient = _value(group, "final-recipient") or _value(group, "original-recipient")
    action = _value(group, "action").lower()
    if not recipient or action not in _BAD_NEWS:
        return None
    status = _STATUS.search(_value(group, "status"))
    return Bounce(
        message_id=message_id,
        recipient=recipient.strip("<>"),
        action=action,
        status=status.group() if status else ("5.0.0" if action == "failed" else "4.0.0"),
        diagnostic=_value(group, "diagnostic-code"),
    )


def _message_id(head: _Fields, parts: list[tuple[_Fields, str]]) -> str:
    """Of the message that is returned, whole or its headers; else of what the report says it answers (Exchange)."""
    for part_head, part in parts:
        if _content(part_head)[0] in _RETURNED:
            found = _MESSAGE_ID.search(_split(part)[0].get("message-id", ""))
            if found:
                return found.group()
    answered = _MESSAGE_ID.findall(f"{head.get('references', '')} {head.get('in-reply-to', '')}")
    return answered[-1] if answered else ""


def _value(group: _Fields, name: str) -> str:
    """A field in one safe line without the type that may stand before its value; empty when it is missing."""
    line = one_line(group.get(name, ""))
    typed = _TYPE.match(line)
    return line[typed.end() :] if typed else line


def _content(head: _Fields) -> tuple[str, str]:
    """(content type in small letters, boundary), either empty."""
    value = head.get("content-type", "")
    found = _BOUNDARY.search(value)
    return value.partition(";")[0].strip().lower(), (found.group(1) or found.group(2)) if found else ""


def _split(message: str) -> tuple[_Fields, str]:
    """The headers of a message or of a part, and what follows them. Without headers a part begins with its own \\n."""
    if message.startswith("\n"):
        return {}, message[1:]
    head, _, body = message.partition("\n\n")
    return _fields(head), body


def _fields(block: str) -> _Fields:
    """Header fields, unfolded (RFC 5322, 2.2.3). What is no field is passed over."""
    fields: dict[str, str] = {}
    name = ""
    for line in block.split("\n", _MOST_FIELDS)[:_MOST_FIELDS]:
        if line[:1] in (" ", "\t"):
            if name and len(fields[name]) < _LONGEST_FIELD:
                fields[name] += line[:_LONGEST_FIELD]
            continue
        found = _FIELD.match(line[:_LONGEST_FIELD])
        name = found.group(1).lower() if found else ""
        if name in fields:
            name = ""
        elif found:
            fields[name] = found.group(2).strip()
    return fields
