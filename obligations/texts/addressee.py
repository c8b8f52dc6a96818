"""Whom a letter to a person is addressed to: by office and unit, the unit by its full name."""

from __future__ import annotations

import re

from obligations.domain.plan import Contact, Unit

_COMRADE = re.compile(r"\A(đồng chí|đ/c)\s+", re.IGNORECASE)
_OFFICE = re.compile(
    r"(phó |quyền )?(tổng giám đốc|giám đốc|chủ tịch|bí thư|chánh văn phòng|chánh thanh tra|chi cục trưởng|cục trưởng|"
    r"trưởng ban|trưởng phòng|hiệu trưởng|viện trưởng|thủ trưởng|chỉ huy trưởng)( thường trực)?",
    re.IGNORECASE,
)


def addressee(contact: Contact, unit: Unit) -> str:
    """*Đồng chí Giám đốc Sở Khoa học và Công nghệ*: the unit by its full name, once."""
    name = _COMRADE.sub("", contact.name.strip())
    if unit.name in name:
        return f"Đồng chí {name}"
    if unit.short_name in name:
        return f"Đồng chí {name.replace(unit.short_name, unit.name)}"
    between = " " if _OFFICE.fullmatch(name) else ", "
    return f"Đồng chí {name}{between}{unit.name}"
