"""Letters made plain: without the signs that nobody sees, without marks, as an id."""

from __future__ import annotations

import re
import unicodedata

_NOT_OF_ID = re.compile(r"[^a-z0-9]+")


def one_line(text: str) -> str:
    """What was typed or copied as one line, without the invisible signs that come along with copied words."""
    return " ".join("".join(letter for letter in text if letter.isprintable() or letter.isspace()).split())


def unmarked(text: str) -> str:
    """Small letters without marks, single spaces: *Sở Y tế* becomes `so y te`."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


def as_id(text: str, most: int = 50) -> str:
    """Words as an id, cut between words: *Báo cáo năm 2022* becomes `bao-cao-nam-2022`; empty where none is left."""
    found = _NOT_OF_ID.sub("-", unmarked(text)).strip("-")
    if len(found) <= most:
        return found
    return found[: most + 1].rpartition("-")[0] or found[:most]
