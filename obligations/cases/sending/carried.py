"""What the claimed messages carry, read for all of them at once and believed only while nobody else has written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from obligations.cases.writing import gathering


class Carried:
    """What each message of one claim carries, as it stands in the transaction that starts the message.

    SQLite says whether another connection has committed since a look (`PRAGMA data_version`), and while the start's
    transaction holds the write lock nobody can: unchanged, the rows are what reading them again would give. Elsewhere,
    and after every change, a message is read alone.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_told_of_changes = connection.dialect.name == "sqlite"
        self._coming: list[int] = []
        self._rows: dict[int, list[Row[Any]]] = {}
        self._linked: dict[int, set[int]] = {}
        self._version: int | None = None

    def expect(self, messages: Iterable[int]) -> None:
        """These are composed next."""
        self._coming = list(messages)
        self.forget()

    def forget(self) -> None:
        """This connection itself changed what others may carry."""
        self._version = None

    def known(self, message: int) -> Sequence[Row[Any]]:
        """What a message carried when it was last read, empty where it was not; to be believed if `still_true`."""
        return self._rows.get(message, ()) if self._version is not None else ()

    def are_apart(self, message: int, other: int) -> bool:
        """Whether a `known` message tells of no duty that the other, too, was ever to tell of."""
        mine = {row.id for row in self.known(message)}
        return bool(mine) and other in self._linked and mine.isdisjoint(self._linked[other])

    def still_true(self) -> bool:
        """Whether what is `known` would be read again; from here on until the start of its message is committed."""
        return self._version is not None and self._version == self._changes()

    def of(self, message: int) -> Sequence[Row[Any]]:
        """The planned reminders of a message with the facts of their assignments; inside its start's transaction."""
        version = self._changes() if self._is_told_of_changes else None
        if version is None or version != self._version:
            self._rows, self._linked, self._version = self._read([message]), {}, version
        elif message not in self._rows:
            coming = {message, *self._coming}
            self._rows, self._linked = self._read(coming), gathering.linked(self._connection, coming)
        return self._rows[message]

    def _read(self, messages: Collection[int]) -> dict[int, list[Row[Any]]]:
        return {one: [] for one in messages} | gathering.carried(self._connection, messages)

    def _changes(self) -> int:
        """SQLite's count of what others committed, which stands still while this transaction has the write lock."""
        if not self._connection.in_transaction():
            self._connection.begin()
        cursor = self._connection.connection.cursor()
        try:
            return int(cursor.execute("PRAGMA data_version").fetchone()[0])
        finally:
            cursor.close()
