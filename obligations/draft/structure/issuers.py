"""Whose office it is: names in capitals above a document's number, as they are written in a sentence."""

from __future__ import annotations

import re

from obligations.draft.text import lax

_PLACE = re.compile(r"(?:nhân dân|UBND) ((?:tỉnh|huyện|thị xã|thành phố|quận|xã|phường) .+)", re.IGNORECASE)
_OVER = re.compile(lax(r"(?:ủy ban nhân dân|hội đồng nhân dân|đảng ủy|(?P<party>(?:tỉnh|huyện|thành|thị|quận) ủy)) ?"))
# What acts for a body named above it: Ban Thường trực Ủy ban MTTQ Việt Nam xã.
_STANDS_FOR = re.compile(lax(r"(?:ban )?(?:thường trực|thường vụ|chấp hành|cán sự đảng)"))
_PROPER = {
    "mặt trận tổ quốc": "Mặt trận Tổ quốc",
    "mttq": "MTTQ",
    "tncs": "TNCS",
    "lhpn": "LHPN",
    "việt nam": "Việt Nam",
    "hồ chí minh": "Hồ Chí Minh",
    "liên đoàn lao động": "Liên đoàn Lao động",
    "hội nông dân": "Hội Nông dân",
    "hội cựu chiến binh": "Hội Cựu chiến binh",
    "liên hiệp phụ nữ": "Liên hiệp Phụ nữ",
}
_LEVELS = lax("tỉnh|huyện|thị xã|thành phố|quận|xã|phường|thị trấn")
_SAYS_WHERE = re.compile(rf"(?:Đảng ủy|Chi bộ|Đảng bộ) (?:{_LEVELS}) .", re.IGNORECASE)  # whatever stands over it
_OFFICE_OF_BOTH = "Văn phòng HĐND và UBND"
# Two offices on one line: UBND XÃ X - VĂN PHÒNG HĐND VÀ UBND.
_BESIDE = re.compile(lax(r" [-–] (?=(?:văn phòng|phòng|sở|ban|trung tâm|chi cục) )"), re.IGNORECASE)
_UBND = re.compile(r"\bubnd\b", re.IGNORECASE)


def written_out(names: list[str]) -> str:
    """`UBND TỈNH X`, `SỞ NỘI VỤ` is *Sở Nội vụ tỉnh X*; `ỦY BAN NHÂN DÂN`, `TỈNH X` is one name."""
    if not names:
        return ""
    own = [_name(part) for one in names for part in _BESIDE.split(one)]
    last = own[-1]
    if re.match(_LEVELS, last.lower()) and len(own) > 1:
        return f"{own[-2]} {last[0].lower()}{last[1:]}"
    if len(own) > 1 and _STANDS_FOR.fullmatch(last.lower()):
        return f"{last} {written_out(names[:-1])}"
    above = " ".join(own[:-1])
    if (party := re.search(r"\b(?:Tỉnh|Huyện|Thành|Thị|Quận) ủy .+", above)) and not _SAYS_WHERE.match(last):
        return f"{last} {party[0]}"
    if place := _PLACE.search(above):
        owner = " Ủy ban nhân dân " if last == "Văn phòng" else " "
        return f"{last}{owner}{place[1][0].lower()}{place[1][1:]}"
    return last


def _name(shouted: str) -> str:
    """A name in capitals as it is written in a sentence."""
    text = " ".join(_UBND.sub("Ủy ban nhân dân", shouted).lower().split())
    if text.startswith("văn phòng h"):
        return _OFFICE_OF_BOTH  # of the council and the committee: one office, always written short
    found = _OVER.match(text)
    head, rest = (text[: found.end()].strip(), text[found.end() :]) if found else ("", text)
    level = re.match(rf"(?:{_LEVELS}) ", rest)
    if found and found["party"]:
        rest = rest.title()
    elif level:
        rest = level[0] + rest[level.end() :].title()
    elif rest:
        office = re.match(lax(r"(?:sở|phòng|ban|bộ|chi cục|trung tâm|cục|văn phòng) "), rest)
        rest = f"{office[0].capitalize()}{rest[office.end() :].capitalize()}" if office else rest.capitalize()
    return f"{head.capitalize()} {rest}".strip() if head else _with_capitals(rest[:1].upper() + rest[1:])


def _with_capitals(name: str) -> str:
    """Of the Front, a union: the names in it, and the place at its end."""
    lower = name.lower()
    for plain, proper in _PROPER.items():
        if (place := lower.find(plain)) >= 0:
            name = name[:place] + proper + name[place + len(plain) :]
    if len(lower) != len(name) or not any(plain in lower for plain in _PROPER):
        return name
    level = re.search(rf"(?<!\w)(?:{_LEVELS}) ", lower)
    return name[: level.end()] + name[level.end() :].title() if level else name
