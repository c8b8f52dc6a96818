"""JSON Schemas of the configuration files, so that an editor lists the keys and marks a slip while it is typed.

They are made from the loader's own models; the loader decides, an editor only helps.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from obligations.config.meanings import MEANINGS
from obligations.config.office_schema import CalendarIn, ChannelsIn, OfficeIn, PoliciesIn, UnitsIn
from obligations.config.plan_schema import PlanFileIn
from obligations.domain.errors import Refused, reason

KINDS: dict[str, tuple[type[BaseModel], str]] = {
    "plan": (PlanFileIn, "Kế hoạch: plans/<mã kế hoạch>.yaml"),
    "office": (OfficeIn, "Cơ quan: office.yaml"),
    "units": (UnitsIn, "Đơn vị: units.yaml"),
    "channels": (ChannelsIn, "Kênh gửi: channels.yaml"),
    "policies": (PoliciesIn, "Lịch nhắc: policies.yaml"),
    "calendar": (CalendarIn, "Ngày nghỉ: calendar.yaml"),
}
OURS = "Do dondoc schema viết; mỗi lần chạy lệnh ấy tệp này được viết lại."
Schema = dict[str, Any]
_NULL = {"type": "null"}


def schemas() -> dict[str, Schema]:
    """Each kind of file's schema (JSON Schema draft 7) by the name of the file it is kept in."""
    return {f"{kind}.schema.json": _schema(model, title) for kind, (model, title) in KINDS.items()}


def _schema(model: type[BaseModel], title: str) -> Schema:
    made = model.model_json_schema()
    parts: Schema = made.pop("$defs", {})
    _explain(made, MEANINGS.get(model.__name__, {}))
    for name, part in parts.items():
        _explain(part, MEANINGS[name])
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "$comment": OURS, "title": title}
    return {**head, **_bare(made), "$defs": _bare(parts)}


def _explain(part: Schema, meanings: dict[str, str]) -> None:
    """A model's schema with each key's meaning in words; a key that may be absent may be blank, too."""
    part.pop("description", None)
    if "patternProperties" in part:
        part["additionalProperties"] = False
    required = part.get("required", [])
    for key, value in part.get("properties", {}).items():
        part["properties"][key] = {"description": meanings[key], **_taken(value, optional=key not in required)}


def _taken(value: Schema, *, optional: bool) -> Schema:
    """What a key takes. Draft 7 reads nothing beside a $ref, so that one stands alone in its list."""
    default = value.pop("default", None)
    shown = {"default": default} if default and isinstance(default, str | bool) else {}
    kinds = [kind for kind in value.get("anyOf", [value]) if kind != _NULL]
    if optional or "$ref" in kinds[0]:
        return {**shown, "anyOf": [*kinds, *([_NULL] if optional else [])]}
    return {**shown, **value}


def _bare(part: Any) -> Any:
    """Without the titles that only repeat a key or a class."""
    if isinstance(part, dict):
        return {key: _bare(value) for key, value in part.items() if key != "title" or not isinstance(value, str)}
    return [_bare(one) for one in part] if isinstance(part, list) else part


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into a folder, all or none; their paths. Refused where that cannot be, or a name is taken."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in schemas():
            _free(folder / name)
        return _write(folder)
    except OSError as error:
        raise Refused("unwritable", f"không ghi được vào {folder} ({reason(error)}).", "Chọn thư mục khác.") from None


def _free(path: Path) -> None:
    """Refuse a name that somebody else's file bears."""
    try:
        ours = json.loads(path.read_bytes()).get("$comment") == OURS
    except FileNotFoundError:
        return
    except (ValueError, AttributeError, IsADirectoryError):
        ours = False
    if not ours:
        raise Refused("not-ours", f"{path} không phải do lệnh này viết, không ghi đè.", "Chọn thư mục khác.")


def _write(folder: Path) -> list[Path]:
    """Everything is written aside first, so that a full disk leaves the old files as they were."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".schema-") as aside:
        for name, schema in schemas().items():
            text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
            Path(aside, name).write_text(text, "utf-8")
        paths = [folder / name for name in schemas()]
        for path in paths:
            Path(aside, path.name).replace(path)
    return paths
