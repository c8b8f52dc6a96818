"""The deadline grammar as a JSON Schema, for editors only: obligations.domain.grammar is what decides.

It marks unknown keys, two forms at once and values of the wrong shape; it never refuses what the grammar takes.
"""

from __future__ import annotations

from typing import Any

from obligations.config.editor_types import CLOCK, DAY, TEXT, whole
from obligations.domain.grammar import FORMS

_PERIOD: dict[str, Any] = {
    "type": ["string", "integer"],
    "minimum": 1900,
    "maximum": 2199,
    "pattern": r"^\s*(19|20|21)\d\d(-Q[1-4]|-H[12]|-(0[1-9]|1[0-2]))?\s*$",
}
_IN_QUARTER = {
    "type": "object",
    "required": ["month", "day"],
    "properties": {"month": whole(1, 3), "day": {"type": ["integer", "string"]}},
    "additionalProperties": False,
}
_HALVES = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}
_DAY_OF_PERIOD = {"anyOf": [{"type": ["string", "integer"]}, _IN_QUARTER, _HALVES]}
_COUNT = whole(1, 9_999)
_VALUES: dict[str, tuple[Any, str]] = {
    "by": (
        _DAY_OF_PERIOD,
        "chậm nhất ngày: 2022-07-20; với every: 25, last, 11-25, {month: 3, day: 15}, [06-15, 12-15]",
    ),
    "before": (_DAY_OF_PERIOD, "trước ngày, tháng, quý, năm: 2022-07-20, 2022-07, 2022-Q3, 2022; với every: như by"),
    "within": (_PERIOD, "trong tháng, quý, 6 tháng, năm: 2022-07, 2022-Q3, 2022-H1, 2022"),
    "start": (DAY, "từ ngày: chỉ để ghi trong thư, hạn không tính từ đó"),
    "at": (CLOCK, "trước giờ: 14:00; đi cùng by"),
    "every": ({"enum": ["month", "quarter", "half-year", "year"]}, "hằng tháng, quý, 6 tháng, năm"),
    "from": ({"anyOf": [_PERIOD, DAY]}, "kỳ đầu tiên: 2022, 2022-Q3; với rrule: ngày bắt đầu"),
    "to": ({"anyOf": [_PERIOD, DAY]}, "kỳ cuối cùng: 2025, 2025-Q4; với rrule: ngày cuối"),
    "offset": (whole(0, 1), "1: ngày ấy nằm ở kỳ sau"),
    "after": (TEXT, "tính từ: issued (ngày ban hành), mã một nhiệm vụ, hoặc event:tên-sự-kiện"),
    "days": (_COUNT, "số ngày, kể từ ngày liền sau"),
    "working_days": (_COUNT, "số ngày làm việc, kể từ ngày liền sau"),
    "months": (_COUNT, "số tháng"),
    "rrule": ({"type": "string"}, "quy tắc lặp RFC 5545: FREQ=WEEKLY;BYDAY=FR"),
}
DEADLINE: dict[str, Any] = {
    "type": "object",
    "properties": {key: {**value, "description": meaning} for key, (value, meaning) in _VALUES.items()},
    "additionalProperties": False,
    "anyOf": [{"required": [form], "propertyNames": {"enum": list(keys)}} for form, keys in FORMS.items()],
}
