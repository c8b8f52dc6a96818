"""Eighteen months of a register, day by day: nothing is plainly wrong, most of what counts is found."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Table, select

from obligations.cases.configuring import applying
from obligations.cases.receiving.proposing import Proposal, propose
from obligations.cases.receiving.recording import record
from obligations.cases.receiving.register import Incoming
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.days import day
from tests.incoming_register import LINES, Answer
from tests.offices import Office, at

CONFIG = Path(__file__).parents[2] / "config"
_assignment: Table = METADATA.tables["assignment"]
_a = _assignment.c


@pytest.fixture
def shipped(tmp_path: Path) -> Iterator[Office]:
    office = Office(Path(shutil.copytree(CONFIG, tmp_path / "config")), tmp_path / "home")
    office.apply("2022-07-08 15:00")
    yield office
    office.close()


def code_of(office: Office, answer: Answer) -> str:
    plan, obligation, unit, period = answer
    where = (_a.plan == plan, _a.obligation == obligation, _a.unit == unit, _a.period == period)
    with reading(office.app.engine) as session:
        return str(session.execute(select(_a.code).where(*where)).scalar_one())


def found_as(found: Proposal | None, code: str | None) -> str:
    """How a document of that answer was met."""
    codes = [one.code for one in found.duties] if found else []
    if found and found.is_sure:
        return "plain" if codes[0] == code else "plainly wrong"
    if code is None:
        return "offered" if found else "quiet"
    return "first" if codes[:1] == [code] else "offered" if code in codes else "missed"


def test_a_whole_register_at_once(shipped: Office) -> None:
    """Given only at its end, with every duplicate and near miss beside what it is like: nothing is plainly wrong."""
    applying.extend(shipped.app, at("2023-12-31 09:00"))
    rows = [
        Incoming(line, sender, number, subject, day(came), day(came), day(signed))
        for line, (came, sender, number, signed, subject, _, _) in enumerate(LINES, 1)
    ]
    found = propose(shipped.app, rows, at("2023-12-31 16:00"))
    for one in found.rows:
        answer = LINES[one.incoming.line - 1][5]
        assert not one.is_sure or (answer and one.duties[0].code == code_of(shipped, answer)), one


def test_a_clerk_s_register(shipped: Office) -> None:
    """Each document as it comes, what it answers recorded before the next: results, near misses, other matters."""
    met: Counter[tuple[str, str]] = Counter()
    wrong = []
    extended = date.min
    for line, (came, sender, number, signed, subject, answer, sort) in enumerate(LINES, 1):
        now = at(f"{day(came)} 16:00")
        if (day(came) - extended).days > 25:
            applying.extend(shipped.app, now)
            extended = day(came)
        incoming = Incoming(line, sender, number, subject, day(came), day(came), day(signed))
        proposals = propose(shipped.app, [incoming], now)
        kind = sort.partition(":")[0]
        code = code_of(shipped, answer) if answer and kind == "result" else None
        how = found_as(next(iter(proposals.rows), None), code)
        met[kind, how] += 1
        wrong += [number] if how == "plainly wrong" else []
        if code:
            record(shipped.app, [(code, incoming)], now, by="văn thư")
    assert wrong == []
    results = {how: count for (kind, how), count in met.items() if kind == "result"}
    assert results["plain"] >= 9, met
    assert results["plain"] + results["first"] >= 39, met
    assert results.get("missed", 0) <= 1, met
    assert met["other matter", "offered"] == met["no unit", "offered"] == 0, met
