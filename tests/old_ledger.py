"""The ledger of a small invented office in July 2022, as the code of the first tables (revision 0001) wrote it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

from sqlalchemy import Engine

from obligations.store import backup
from obligations.store.migrate import migrate

REVISION = "0001"
ROWS = Path(__file__).parent / "integration" / "old" / "ledger_0001.json"
UNTIL = "2022-07-27 09:00"  # the last thing that was recorded


def write_archive(file: Path) -> Path:
    """A backup of it, as that version would have written one."""
    tables = []
    with zipfile.ZipFile(file, "w") as archive:
        for table in json.loads(ROWS.read_text("utf-8")):
            content = b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in table["rows"])
            archive.writestr(f"tables/{table['name']}.jsonl", content)
            digest = hashlib.sha256(content).hexdigest()
            tables.append({**table, "rows": len(table["rows"]), "sha256": digest})
        about = {"format": 1, "version": "0.1.0", "made_at": "2022-07-27T02:00:00+00:00", "revision": REVISION}
        archive.writestr(backup.MANIFEST, json.dumps({**about, "tables": tables}))
    return file


def fill(engine: Engine, scratch: Path) -> None:
    """Make the first tables in an empty database and put its rows there."""
    migrate(engine, REVISION)
    with zipfile.ZipFile(write_archive(scratch / "so-cu.zip")) as archive, engine.begin() as connection:
        backup.load(connection, archive, backup.read_manifest(archive))
