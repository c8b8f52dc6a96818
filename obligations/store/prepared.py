"""Statements that are built once and run thousands of times: compiled once, then given straight to the driver.

SQLAlchemy's own way costs several times what the database takes for a look by index. What comes out is the same: its
types still bind the values and read the rows, so that an instant is stored the same whoever writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, Connection, Delete, Dialect, Insert, IteratorResult, Select, Update
from sqlalchemy.engine.result import SimpleResultMetaData

Statement = Select[Any] | Insert | Update | Delete
_KNOWN = (Select, Update, Delete)
_MOST = 32  # forms of one statement


class Changed(NamedTuple):
    """What became of a change."""

    rowcount: int


class _Place(NamedTuple):
    """Where a value goes: that of a name, or one of the list of that name."""

    key: str
    name: str
    at: int | None
    binder: Callable[[Any], Any] | None

    def of(self, values: Mapping[str, Any]) -> Any:
        value = values[self.name] if self.at is None else values[self.name][self.at]
        return self.binder(value) if self.binder else value


class _Form:
    """A statement as the driver takes it, for values of these names and lists of these lengths."""

    def __init__(self, dialect: Dialect, statement: Statement, compiled: Any, values: Mapping[str, Any]) -> None:
        expanded = compiled.construct_expanded_state(values)
        self.text: str = expanded.statement
        self._order: list[str] | None = expanded.positiontup
        self._dialect = dialect
        self._columns = _columns(statement)
        self._metadata: SimpleResultMetaData | None = None
        self._always: dict[str, Any] = {}
        self._turned: list[_Place] = []  # most values go as they are
        lists = expanded.parameter_expansion
        elements = {key: (name, at) for name, keys in lists.items() for at, key in enumerate(keys)}
        for key in expanded.parameters:
            name, at = elements.get(key, (key, None))
            bind: BindParameter[Any] = compiled.binds[name]
            place = _Place(key, name, at, bind.type.dialect_impl(dialect).bind_processor(dialect))
            if name not in values:
                self._always[key] = place.of({name: bind.effective_value})
            elif place.binder or key != name:
                self._turned.append(place)

    def arguments(self, values: Mapping[str, Any]) -> Any:
        """The values, each as its type stores it, in the shape that the driver takes."""
        bound = {**self._always, **values, **{place.key: place.of(values) for place in self._turned}}
        return bound if self._order is None else [bound[key] for key in self._order]

    def result(self, cursor: Any) -> Any:
        """What SQLAlchemy would give: rows, or how many were changed."""
        if self._columns is None:
            return Changed(cursor.rowcount)
        if self._metadata is None:
            read = [
                column.type.dialect_impl(self._dialect).result_processor(self._dialect, told[1])
                for column, told in zip(self._columns, cursor.description, strict=True)
            ]
            self._metadata = SimpleResultMetaData([told[0] for told in cursor.description], _processors=read)
        return IteratorResult(self._metadata, iter(cursor))


def _columns(statement: Statement) -> list[Any] | None:
    """What its rows consist of; None where it returns none."""
    if isinstance(statement, Select):
        return [*statement.selected_columns]
    return [*statement.exported_columns] or None


class Straight(Connection):
    """A connection that knows a statement again: whoever runs the very same object a second time built it once.

    Whatever else comes goes SQLAlchemy's way, as everything does where somebody listens.
    """

    def execute(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        form = None
        if isinstance(statement, _KNOWN) and not (execution_options or self._is_special()):
            values = {} if parameters is None else parameters
            form = _form(self.dialect, statement, values) if isinstance(values, dict) else None
        if form is None:
            return super().execute(statement, parameters, execution_options=execution_options)
        return form.result(_run(self, form, values))

    def _is_special(self) -> bool:
        return bool(self.get_execution_options()) or self._has_events or self.engine._has_events


class Prepared:
    """One INSERT or UPDATE on one connection and cursor: a delivery runs a few for each message."""

    def __init__(self, connection: Connection, statement: Insert | Update) -> None:
        self._connection = connection
        self._statement = statement
        self._form: Any = None
        self._cursor: Any = None

    def __call__(self, **values: Any) -> int:
        """Run it with the values of its bindparams; how many rows it changed."""
        if self._form is None:
            self._form = _form(self._connection.dialect, self._statement, values, comes_again=True)
        self._cursor = _run(self._connection, self._form, values, self._cursor)
        return int(self._cursor.rowcount)


def _run(connection: Connection, form: _Form, values: Mapping[str, Any], cursor: Any = None) -> Any:
    """The cursor that ran it, inside the transaction that SQLAlchemy keeps, with its own words for a refusal."""
    if not connection.in_transaction():
        connection.begin()
    arguments = form.arguments(values)
    try:
        cursor = cursor or connection.connection.cursor()
        return cursor.execute(form.text, arguments)
    except connection.dialect.loaded_dbapi.Error as error:
        connection._handle_dbapi_exception(error, form.text, arguments, cursor, None)


_Forms = dict[tuple[Any, ...], _Form | None]
_FORMS: dict[Any, WeakKeyDictionary[Statement, _Forms]] = {}


def _form(
    dialect: Dialect, statement: Statement, values: Mapping[str, Any], *, comes_again: bool = False
) -> _Form | None:
    """How the driver takes a statement that comes again; None at its first time, and where only SQLAlchemy knows."""
    language = (dialect.name, dialect.driver, dialect.server_version_info)
    if (known := _FORMS.get(language)) is None:
        known = _FORMS[language] = WeakKeyDictionary()
    if (forms := known.get(statement)) is None:
        forms = known[statement] = {}
        if not comes_again:
            return None
    key = (*values, *[len(value) for value in values.values() if isinstance(value, list | tuple)])
    if key not in forms and len(forms) < _MOST:
        forms[key] = _compiled(dialect, statement, values)
    return forms.get(key)


def _compiled(dialect: Dialect, statement: Any, values: Mapping[str, Any]) -> _Form | None:
    """None for what names a model, asks SQLAlchemy for something special, or lacks a value."""
    if statement._propagate_attrs or statement.get_execution_options():
        return None
    compiled = statement.compile(dialect=dialect, column_keys=None if isinstance(statement, Select) else [*values])
    lacks = any(bind.required and name not in values for name, bind in compiled.binds.items())
    if lacks or compiled.literal_execute_params or compiled.escaped_bind_names:
        return None
    return _Form(dialect, statement, compiled, values)
