"""Statements that are built once and run thousands of times: compiled once, then given straight to the driver.

SQLAlchemy's own way costs several times what the database takes for a look by index. Its types still bind the values
and read the rows, so that an instant is stored the same whoever writes it. Rows come by name or place, of a change only
`rowcount`; what SQLite finds broken while rows are fetched comes in the driver's own words.
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

    name: str
    at: int | None
    binder: Callable[[Any], Any] | None

    def of(self, values: Mapping[str, Any]) -> Any:
        value = values[self.name] if self.at is None else values[self.name][self.at]
        return self.binder(value) if self.binder else value


class _Form:
    """A statement as the driver takes it, for values of these names and lists of these lengths."""

    def __init__(self, dialect: Dialect, compiled: Any, values: Mapping[str, Any]) -> None:
        expanded = compiled.construct_expanded_state(values)
        self.text: str = expanded.statement
        self._dialect = dialect
        self._columns = compiled._result_columns  # asked itself, the statement would remember, and those made from it
        self._metadata: SimpleResultMetaData | None = None
        self._is_named = expanded.positiontup is None
        self._keys: list[str] = [*(expanded.parameters if self._is_named else expanded.positiontup)]
        self._always: list[Any] = [None] * len(self._keys)
        self._plain: list[tuple[int, str]] = []  # most values go as they are
        self._turned: list[tuple[int, _Place]] = []
        lists = expanded.parameter_expansion
        elements = {key: (name, at) for name, keys in lists.items() for at, key in enumerate(keys)}
        for number, key in enumerate(self._keys):
            name, at = elements.get(key, (key, None))
            bind: BindParameter[Any] = compiled.binds[name]
            place = _Place(name, at, bind.type.dialect_impl(dialect).bind_processor(dialect))
            if name not in values:
                self._always[number] = place.of({name: bind.effective_value})
            elif place.binder or at is not None:
                self._turned.append((number, place))
            else:
                self._plain.append((number, name))

    def arguments(self, values: Mapping[str, Any]) -> Any:
        """The values, each as its type stores it, in the shape that the driver takes."""
        bound = self._always.copy()
        for number, name in self._plain:
            bound[number] = values[name]
        for number, place in self._turned:
            bound[number] = place.of(values)
        return dict(zip(self._keys, bound, strict=True)) if self._is_named else bound

    def result(self, cursor: Any) -> Any:
        """What SQLAlchemy would give: rows, or how many were changed."""
        if not self._columns:
            return Changed(cursor.rowcount)
        if self._metadata is None:
            read = [
                column.type.dialect_impl(self._dialect).result_processor(self._dialect, told[1])
                for column, told in zip(self._columns, cursor.description, strict=True)
            ]
            self._metadata = SimpleResultMetaData([column.keyname for column in self._columns], _processors=read)
        return IteratorResult(self._metadata, iter(cursor))


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
        heard = self._has_events or self.engine._has_events or self._echo
        within = self._trans_context_manager or self.get_nested_transaction()  # which may have ended
        return heard or bool(within) or bool(self.get_execution_options())


class Prepared:
    """One INSERT or UPDATE on one connection and cursor: a delivery runs a few for each message.

    Its values bear the same names each time, and none is a list.
    """

    def __init__(self, connection: Connection, statement: Insert | Update) -> None:
        self._connection = connection
        self._statement = statement
        self._form: _Form | None = None
        self._cursor: Any = None

    def __call__(self, **values: Any) -> int:
        """Run it with the values of its bindparams; how many rows it changed."""
        if self._form is None:
            self._form = _form(self._connection.dialect, self._statement, values, comes_again=True)
            assert self._form is not None, "a statement that only SQLAlchemy can run"  # noqa: S101
        cursor, self._cursor = self._cursor, None  # one that was refused is closed
        self._cursor = _run(self._connection, self._form, values, cursor)
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
    key = (*values, *[len(value) if isinstance(value, list | tuple) else None for value in values.values()])
    if key not in forms and len(forms) < _MOST:
        forms[key] = _compiled(dialect, statement, values)
    return forms.get(key)


def _compiled(dialect: Dialect, statement: Any, values: Mapping[str, Any]) -> _Form | None:
    """None for what names a model, or has something that SQLAlchemy does anew each time."""
    if statement._propagate_attrs or statement.get_execution_options():
        return None
    is_select = isinstance(statement, Select)
    compiled = statement.compile(dialect=dialect, column_keys=None if is_select else [*values])
    is_ordered = not is_select or compiled._ordered_columns
    if compiled.literal_execute_params or compiled.escaped_bind_names or compiled.prefetch or not is_ordered:
        return None
    plain = all(_is_plain(bind, name in values, values.get(name, bind.value)) for name, bind in compiled.binds.items())
    return _Form(dialect, compiled, values) if plain else None


def _is_plain(bind: BindParameter[Any], is_given: bool, value: Any) -> bool:  # noqa: FBT001
    """Whether a value is there, is not told anew each time, and where it is a list, one of plain values."""
    if bind.callable or (bind.required and not is_given):
        return False
    return not bind.expanding or (isinstance(value, list | tuple) and not bind.type._is_tuple_type)
