"""A whole ledger in one file: every table as JSON lines in a zip, from one snapshot; it goes back onto either database.

`manifest.json` says of which revision the tables are, what type each column has, how many rows there are and their
SHA-256. Values are text that both databases read alike: days and instants in ISO 8601 (UTC), bytes in Base64.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import AutoString

from obligations.store.migrate import revision_of
from obligations.store.tables import METADATA
from obligations.store.types import UtcDateTime

FORMAT = 1
MANIFEST = "manifest.json"
BATCH = 500
Progress = Callable[[str, int, int], None]  # table, rows done of all tables, rows in all
# By the tag that stands in the manifest.
_TYPES: dict[str, TypeEngine[Any]] = {
    "integer": BigInteger(),
    "boolean": Boolean(),
    "text": String(),
    "day": Date(),
    "instant": UtcDateTime(),
    "bytes": LargeBinary(),
    "json": JSON(),
}


def quiet(table: str, done: int, rows: int) -> None:
    """Nobody watches."""


def dump(connection: Connection, archive: zipfile.ZipFile, about: dict[str, Any], progress: Progress = quiet) -> None:
    """Write every table, in an order in which they can be read back; `about` goes into the manifest.

    The connection must be in a transaction that sees one state of the database throughout.
    """
    counts = {table.name: _count(connection, table) for table in METADATA.sorted_tables}
    tables, done, rows = [], 0, sum(counts.values())
    for table in METADATA.sorted_tables:
        digest = hashlib.sha256()
        with archive.open(_member(table.name), "w", force_zip64=True) as member:
            for line in _lines(connection, table):
                digest.update(line)
                member.write(line)
                done += 1
                if done % BATCH == 0:
                    progress(table.name, done, rows)
        columns = {column.name: _tag(column) for column in table.columns}
        entry = {"name": table.name, "columns": columns, "rows": counts[table.name], "sha256": digest.hexdigest()}
        tables.append(entry)
    progress("", rows, rows)
    manifest = {"format": FORMAT, **about, "revision": revision_of(connection), "tables": tables}
    archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))


class Damaged(Exception):
    """The archive is not one of ours, or not what was written."""


def read_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """What stands in the archive. Damaged when it is no backup; its format may be newer than FORMAT."""
    try:
        manifest = json.loads(archive.read(MANIFEST))
        known = isinstance(manifest["format"], int) and {table["name"] for table in manifest["tables"]}
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise Damaged(str(error)) from None
    if not known:
        raise Damaged(MANIFEST)
    return dict(manifest)


def verify(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Damaged unless every table is just as it was written: read before anything is replaced."""
    try:
        for table in manifest["tables"]:
            digest, rows = hashlib.sha256(), 0
            with archive.open(_member(table["name"])) as member:
                for line in member:
                    digest.update(line)
                    rows += 1
            if digest.hexdigest() != table["sha256"] or rows != table["rows"]:
                raise Damaged(table["name"])
    except (KeyError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise Damaged(str(error)) from None


def load(
    connection: Connection, archive: zipfile.ZipFile, manifest: dict[str, Any], progress: Progress = quiet
) -> None:
    """Insert every row into the empty tables of the archive's own revision, within the caller's transaction."""
    done, rows = 0, sum(table["rows"] for table in manifest["tables"])
    for described in manifest["tables"]:
        columns: dict[str, str] = described["columns"]
        table = Table(described["name"], MetaData(), *(Column(name, _TYPES[tag]) for name, tag in columns.items()))
        with archive.open(_member(table.name)) as member:
            while batch := list(islice(member, BATCH)):
                connection.execute(insert(table), [_row(json.loads(line), columns) for line in batch])
                done += len(batch)
                progress(table.name, done, rows)
        if connection.dialect.name == "postgresql" and columns.get("id") == "integer" and described["rows"]:
            connection.execute(
                _COUNT_ON, {"named": table.name, "last": connection.scalar(select(func.max(table.c.id)))}
            )
    progress("", rows, rows)


_COUNT_ON = text("SELECT setval(pg_get_serial_sequence(:named, 'id'), :last)")  # the next row's number


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Each row as a JSON list, one a line; a few hundred are in memory at a time."""
    tags = [_tag(column) for column in table.columns]
    query = select(table).order_by(*table.primary_key.columns)
    for row in connection.execution_options(stream_results=True).execute(query).yield_per(BATCH):
        values = [_plain(value, tag) for value, tag in zip(row, tags, strict=True)]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _row(values: Sequence[Any], columns: dict[str, str]) -> dict[str, Any]:
    return {name: _read(value, tag) for value, (name, tag) in zip(values, columns.items(), strict=True)}


def _plain(value: Any, tag: str) -> Any:
    if value is None:
        return None
    match tag:
        case "instant":
            return value.astimezone(UTC).isoformat()
        case "day":
            return value.isoformat()
        case "bytes":
            return base64.b64encode(value).decode("ascii")
    return value


def _read(value: Any, tag: str) -> Any:
    if value is None:
        return None
    match tag:
        case "instant":
            return datetime.fromisoformat(value)
        case "day":
            return date.fromisoformat(value)
        case "bytes":
            return base64.b64decode(value)
    return value


def _tag(column: Column[Any]) -> str:
    """The manifest's word for a column's type; UtcDateTime comes before the types that it stands for."""
    kinds = (
        (UtcDateTime, "instant"),
        (Date, "day"),
        (Boolean, "boolean"),
        (Integer, "integer"),
        (LargeBinary, "bytes"),
        (JSON, "json"),
        ((String, AutoString), "text"),
    )
    return next(tag for kind, tag in kinds if isinstance(column.type, kind))


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
