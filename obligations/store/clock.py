"""The database's own clock: leases must not trust any machine's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class DatabaseSeconds(FunctionElement[int]):
    """Whole seconds since 1970 by the database's clock, at the moment of the statement."""

    type = BigInteger()
    inherit_cache = True


@compiles(DatabaseSeconds, "sqlite")
def _on_sqlite(element: DatabaseSeconds, compiler: SQLCompiler, **options: Any) -> str:
    return "CAST(strftime('%s', 'now') AS INTEGER)"


@compiles(DatabaseSeconds, "postgresql")
def _on_postgresql(element: DatabaseSeconds, compiler: SQLCompiler, **options: Any) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) AS BIGINT)"
