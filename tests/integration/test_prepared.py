"""A statement that comes again goes straight to the driver; nobody can tell but by the clock."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Select,
    bindparam,
    event,
    func,
    insert,
    literal_column,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.exc import IntegrityError, InvalidRequestError, OperationalError, StatementError

from obligations.store import prepared
from obligations.store.database import open_database, reading, writing
from obligations.store.tables import METADATA
from tests.offices import Office

EIGHT = datetime(2022, 7, 11, 1, 0, 0, 250, tzinfo=UTC)
NINE = datetime(2022, 7, 11, 2, tzinfo=UTC)
EVENT, CHANNEL = METADATA.tables["event"], METADATA.tables["channel_state"]
_e, _c = EVENT.c, CHANNEL.c
KINDS: BindParameter[Any] = bindparam("kinds", expanding=True)


@pytest.fixture
def kept(office: Office) -> Office:
    """With four events and two channels."""
    told = [
        {
            "plan": "",
            "kind": kind,
            "effective_on": date(2022, 7, 11),
            "recorded_at": at,
            "by": "Mai",
            "payload": payload,
        }
        for kind, at, payload in (
            ("paused", EIGHT, {"note": "Tết"}),
            ("resumed", NINE, {}),
            ("paused", NINE, {"n": [1, 2]}),
            ("checked", NINE, {}),
        )
    ]
    with writing(office.app.engine) as session:
        session.connection().execute(insert(EVENT), told)
        session.connection().execute(insert(CHANNEL), [_channel("email", EIGHT), _channel("zalo", None)])
    return office


def _channel(name: str, down_since: datetime | None) -> dict[str, Any]:
    return {"channel": name, "down_since": down_since, "down_until": None, "failures": 1, "reason": "421"}


EVERYTHING = select(EVENT).order_by(_e.id)
SINCE = select(_e.kind, _e.recorded_at.label("at"), _e.payload).where(_e.recorded_at >= bindparam("since"))
OF_KINDS = select(_e.id, _e.kind).where(_e.kind.in_(KINDS)).order_by(_e.id.desc()).limit(2)
FIXED = select(func.count(), func.max(_e.recorded_at)).where(_e.kind.in_(("paused", "resumed")), _e.document.is_(None))
IN_PAIRS = select(_e.id).where(tuple_(_e.kind, _e.by).in_(bindparam("pairs", expanding=True))).order_by(_e.id)
WORDS: Select[Any] = select(text("1 AS one"), literal_column("'a'").label("a"))
ABSENT = select(CHANNEL).order_by(_c.channel)


@contextmanager
def _plainly(office: Office) -> Iterator[Connection]:
    """The same database, asked SQLAlchemy's own way."""
    engine = open_database(office.app.engine.url.render_as_string(hide_password=False))
    engine._connection_cls = Connection
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.mark.parametrize(
    ("statement", "values", "expected"),
    [
        (EVERYTHING, {}, 4),
        (SINCE, {"since": EIGHT}, 4),
        (SINCE, {"since": NINE}, 3),
        (OF_KINDS, {"kinds": ["paused"]}, 2),
        (OF_KINDS, {"kinds": ("paused", "checked")}, 2),
        (OF_KINDS, {"kinds": ["checked"]}, 1),
        (OF_KINDS, {"kinds": []}, 0),
        (OF_KINDS, {"kinds": {"checked"}}, 1),
        (IN_PAIRS, {"pairs": [("paused", "Mai"), ("checked", "Hoa")]}, 2),
        (FIXED, {}, 1),
        (ABSENT, {}, 2),
        (WORDS, {}, 1),
    ],
)
def test_rows_are_those_of_sqlalchemy(kept: Office, statement: Select[Any], values: Any, expected: int) -> None:
    """Instants, days, JSON, nothing at all; lists as long as they are, each time anew."""
    with _plainly(kept) as connection:
        plain = [*connection.execute(statement, values)]
    assert len(plain) == expected
    for _ in range(3):
        rows = _rows(kept, statement, values)
        assert [_told(row) for row in rows] == [_told(row) for row in plain]


def test_lists_that_have_no_length_are_not_taken_for_one_another(kept: Office) -> None:
    for kinds, expected in (({"checked"}, 1), ({"checked", "resumed"}, 2), (dict.fromkeys(["paused", "resumed"]), 2)):
        for _ in range(3):
            assert len(_rows(kept, OF_KINDS, {"kinds": kinds.keys() if isinstance(kinds, dict) else kinds})) == expected


def test_a_value_that_is_told_anew_is_asked_each_time(kept: Office) -> None:
    kinds = iter(("paused", "checked", "resumed"))
    statement = select(func.count()).where(_e.kind == bindparam("kind", callable_=lambda: next(kinds)))
    assert [_rows(kept, statement, {})[0][0] for _ in range(3)] == [2, 1, 1]


def _rows(office: Office, statement: Select[Any], values: Any) -> list[Row[Any]]:
    with reading(office.app.engine) as session:
        return [*session.execute(statement, values)]


def _told(row: Row[Any]) -> list[tuple[str, type, Any]]:
    return [(name, type(value), value) for name, value in row._mapping.items()]


def test_it_really_goes_straight(kept: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the second time on: SQLAlchemy's own way is blocked."""
    statement = select(_e.by).where(_e.kind == bindparam("kind"))
    with reading(kept.app.engine) as session:
        session.execute(statement, {"kind": "checked"})
        monkeypatch.setattr(Connection, "execute", None)
        assert session.execute(statement, {"kind": "checked"}).scalars().all() == ["Mai"]
        assert session.execute(statement, {"kind": "gone"}).first() is None
        with pytest.raises(TypeError):
            session.execute(select(_e.by), {})


def test_changes_count_and_are_undone_with_their_transaction(kept: Office) -> None:
    change = update(CHANNEL).where(_c.channel == bindparam("name")).values(failures=bindparam("times"))
    returning = update(CHANNEL).where(_c.failures == bindparam("times")).values(failures=9).returning(_c.channel)
    for times in range(2, 5):
        with writing(kept.app.engine) as session:
            connection = session.connection()
            assert connection.execute(change, {"name": "email", "times": times}).rowcount == 1
            assert connection.execute(change, {"name": "fax", "times": times}).rowcount == 0
            assert connection.execute(returning, {"times": times}).scalars().all() == ["email"]
        with writing(kept.app.engine) as session:
            assert session.connection().execute(change, {"name": "zalo", "times": 7}).rowcount == 1
            session.rollback()
        assert {row.channel: row.failures for row in _rows(kept, ABSENT, {})} == {"email": 9, "zalo": 1}


def test_what_is_made_from_a_known_statement_is_another(kept: Office) -> None:
    change = update(CHANNEL).where(_c.channel == "email").values(failures=bindparam("times"))
    for times in range(2, 5):
        with writing(kept.app.engine) as session:
            session.execute(change, {"times": times})
    returning = change.returning(_c.channel, _c.failures)
    for times in range(5, 8):
        with writing(kept.app.engine) as session:
            assert session.execute(returning, {"times": times}).tuples().all() == [("email", times)]


def test_a_refused_change_is_prepared_still(kept: Office) -> None:
    """A delivery goes on after one message's trouble."""
    change = update(CHANNEL).where(_c.channel == bindparam("name")).values(channel=bindparam("to"))
    with kept.app.engine.connect() as connection:
        prepare = prepared.Prepared(connection, change)
        assert prepare(name="email", to="email") == 1
        for _ in range(2):
            with pytest.raises(IntegrityError):
                prepare(name="email", to="zalo")
            connection.rollback()
            assert prepare(name="email", to="email") == 1
            connection.commit()


def test_nothing_is_written_after_a_savepoint_ended(kept: Office) -> None:
    change = update(CHANNEL).where(_c.channel == "email").values(failures=bindparam("times"))
    with kept.app.engine.connect() as connection:
        for times in (1, 1):
            connection.execute(change, {"times": times})
        with connection.begin_nested() as savepoint:
            savepoint.rollback()
            with pytest.raises(InvalidRequestError):
                connection.execute(change, {"times": 99})
        assert connection.execute(select(_c.failures).where(_c.channel == "email")).scalar() == 1


def test_what_the_statement_does_not_name_is_written_too(kept: Office) -> None:
    """SQLAlchemy sets the columns that are given: which they are differs from time to time."""
    change = update(CHANNEL).where(_c.channel == "email")
    for given in ({"failures": 2}, {"failures": 3}, {"reason": "450"}, {"failures": 4, "reason": ""}):
        with writing(kept.app.engine) as session:
            session.execute(change, given)
        row = next(row for row in _rows(kept, ABSENT, {}) if row.channel == "email")
        assert {name: row._mapping[name] for name in given} == given


def test_a_value_that_is_missing_is_told(kept: Office) -> None:
    statement = select(_e.id).where(_e.kind == bindparam("kind"))
    for values in ({"kind": "checked"}, {"kind": "checked"}, {}):
        with reading(kept.app.engine) as session:
            if values:
                assert len(session.execute(statement, values).all()) == 1
            else:
                with pytest.raises(StatementError):
                    session.execute(statement, values)


def test_refusals_are_in_sqlalchemys_words(kept: Office) -> None:
    change = update(CHANNEL).where(_c.channel == "email").values(channel=bindparam("to"))
    for _ in range(3):
        with writing(kept.app.engine) as session:
            session.execute(change, {"to": "email"})
            with pytest.raises(IntegrityError, match="channel_state"):
                session.execute(change, {"to": "zalo"})
            session.rollback()


def test_a_connection_that_broke_is_replaced(kept: Office) -> None:
    """The driver's connection is closed under it: told once, and the next one is new."""
    for _ in range(2):
        _rows(kept, EVERYTHING, {})
    with reading(kept.app.engine) as session:
        session.connection().connection.driver_connection.close()
        with pytest.raises((OperationalError, StatementError)):
            session.execute(EVERYTHING)
    kept.app.engine.dispose()
    assert len(_rows(kept, EVERYTHING, {})) == 4


def test_whoever_listens_hears_all(kept: Office) -> None:
    heard: list[str] = []

    def hear(_: Any, __: Any, statement: str, *___: Any) -> None:
        heard.append(statement)

    _rows(kept, EVERYTHING, {})
    event.listen(kept.app.engine, "before_cursor_execute", hear)
    for _ in range(3):
        _rows(kept, EVERYTHING, {})
    event.remove(kept.app.engine, "before_cursor_execute", hear)
    assert len(heard) == 3


def test_a_statement_is_forgotten_with_whoever_built_it(kept: Office) -> None:
    def known() -> int:
        gc.collect()
        return sum(map(len, prepared._FORMS.values()))

    before = known()
    for _ in range(50):
        statement = select(_e.id).where(_e.kind == "checked")
        _rows(kept, statement, {})
        _rows(kept, statement, {})
    assert known() <= before + 2, "the last one still has a name, and SQLAlchemy keeps the first"
