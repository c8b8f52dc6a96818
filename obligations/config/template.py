"""`init`: a small office to start from, with one duty due soon so that its first reminder can be seen."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from string import Template

from obligations.config.json_schema import write_schemas
from obligations.domain.errors import Refused, reason

FILES = ("office.yaml", "units.yaml", "channels.yaml", "policies.yaml", "calendar.yaml", "plans/ke-hoach-mau.yaml")
SCHEMAS = "schemas"
FIRST_DUE = timedelta(days=3)


def write_template(folder: Path, today: date) -> list[Path]:
    """Write the sample files, and their schemas for editors, into a new or empty folder; their paths.

    Refused when something is there already.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Refused("not-empty", f"{folder} đã có tệp, không ghi đè.", "Chọn một thư mục mới.")
        return _write(folder, today)
    except OSError as error:
        raise Refused("unwritable", f"không ghi được vào {folder} ({reason(error)}).", "Chọn thư mục khác.") from None


def _write(folder: Path, today: date) -> list[Path]:
    days = {"issued_on": today.isoformat(), "due_on": (today + FIRST_DUE).isoformat(), "year": str(today.year)}
    written = []
    source = resources.files("obligations.config") / "template"
    for name in FILES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template((source / name).read_text("utf-8")).substitute(days), "utf-8")
        written.append(path)
    return [*written, *write_schemas(folder / SCHEMAS)]
