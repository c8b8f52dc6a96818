"""The board's first page over 200,000 assignments, against a bare FastAPI page with the same table.

Ours is the whole page as a person of the office gets it: who is logged in, counts by class, filters, rows told from
their events, when each was last reminded, what an admin should look at. The bare page knows no one and tells nothing:
it renders as many columns of the same fifty assignments from one indexed query of SQLAlchemy core. Each is served by
uvicorn in a process of its own and asked over one open connection. The first answers are not counted: what they made
is kept while nothing is recorded. The second line says how far a slow answer lies from a usual one; the last line, how
long the first look takes after each of some answers was recorded, when everything is counted and told anew.

    python -m bench.board [--rounds 3] [--obligations 5000] [--units 40]
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from bench.large import OBLIGATIONS, UNITS, texts
from bench.measure import ROUNDS, Line, arguments, show
from obligations.cases.access import sessions, users
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit_all
from obligations.cases.app import open_app
from obligations.cases.configuring import applying
from obligations.cases.settings import Settings
from obligations.store.tables import METADATA
from obligations.web.guard import COOKIE

APPLIED = datetime(2022, 7, 11, 2, tzinfo=UTC)
NOW = datetime(2023, 6, 1, 2, tzinfo=UTC)  # a third of the duties is overdue by then
ANSWERED, SENT_ON = 1000, date(2023, 5, 31)
NAME, PASSWORD = "bench", "mat khau chi de do"  # of a database that is thrown away
WARM, ASKED, RECORDED = 20, 200, 10
ROWS = 50
START_SECONDS = 60
LOOPBACK = "127.0.0.1"
AT_LEAST, AT_MOST = 0.6, 2.0
_a = METADATA.tables["assignment"].c


@dataclass(frozen=True)
class _Figures:
    """Seconds of every answer."""

    seconds: Sequence[float]

    @property
    def per_second(self) -> float:
        return len(self.seconds) / sum(self.seconds)

    @property
    def p50(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1]


def lines(rounds: int = ROUNDS, obligations: int = OBLIGATIONS, units: int = UNITS) -> list[Line]:
    """Answers a second of both pages; the slow answers of ours beside its usual ones."""
    with TemporaryDirectory(prefix="dondoc-bench-") as root:
        folder = Path(root)
        cookie = _fill(folder, obligations, units)
        with _served("board", folder) as ours, _served("bare", folder) as bare:
            measured = [(_ask(ours, cookie), _ask(bare, cookie)) for _ in range(rounds)]
            anew = [_ask_anew(ours, cookie, folder, turn) for turn in range(rounds)]
    what = f"bảng theo dõi, trang đầu của {obligations * units}"
    speeds = tuple((mine.per_second, other.per_second) for mine, other in measured)
    firsts = tuple((seconds * 1000, other.p50 * 1000) for seconds, (_, other) in zip(anew, measured, strict=True))
    tails = tuple((mine.p95 * 1000, mine.p50 * 1000) for mine, _ in measured)
    return [
        Line(what, "trang FastAPI trần, cùng bảng, một truy vấn theo chỉ mục", "trang/s", speeds, ("≥", AT_LEAST)),
        Line(f"{what}: p95", "p50 của chính nó", "ms", tails, ("≤", AT_MOST)),
        Line(f"{what}: ngay sau khi có việc vừa ghi", "p50 của trang trần", "ms", firsts),
    ]


def _fill(folder: Path, obligations: int, units: int) -> str:
    """An applied office in which some have answered; the cookie of one who may read it."""
    app = open_app(settings(folder))
    try:
        files = texts(obligations, units)
        for name, written in files.items():  # the board compares the draft on disk with what is followed
            file = folder / "config" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(written, "utf-8")
        applying.apply(app, files, APPLIED, by="bench")
        with app.engine.connect() as connection:
            codes = connection.execute(select(_a.code).order_by(_a.due_on, _a.id).limit(ANSWERED)).scalars().all()
        submit_all(app, [Address(code=code) for code in codes[::2]], Submission(SENT_ON), NOW, by="bench")
        users.add(app, NAME, "viewer", PASSWORD, NOW, by="bench")
        return sessions.open_session(app, NAME, PASSWORD, NOW)
    finally:
        app.close()


def settings(folder: Path) -> Settings:
    return Settings(folder / "config", folder / "home", f"sqlite:///{folder}/dondoc.db")


@contextmanager
def _served(which: str, folder: Path) -> Iterator[int]:
    """One of the two pages in a process of its own; its port."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "bench.board_pages", which, str(folder), str(port)]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})
    try:
        _wait_for(process, port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((LOOPBACK, port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"trang để đo không mở được ở cổng {port}")


def _ask(port: int, cookie: str) -> _Figures:
    """The page again and again over one connection."""
    with closing(http.client.HTTPConnection(LOOPBACK, port)) as connection:
        seconds = [_seconds(connection, cookie) for _ in range(WARM + ASKED)]
    return _Figures(seconds[WARM:])


def _ask_anew(port: int, cookie: str, folder: Path, turn: int) -> float:
    """The median of the first looks after each of some answers, recorded by another process as a clerk's are."""
    app = open_app(settings(folder))
    try:
        with app.engine.connect() as connection:
            waiting = select(_a.code).where(_a.phase == "open").order_by(_a.due_on.desc(), _a.id).limit(RECORDED)
            codes = connection.execute(waiting).scalars().all()
        with closing(http.client.HTTPConnection(LOOPBACK, port)) as asking:
            seconds = []
            for code in codes:
                submit_all(app, [Address(code=code)], Submission(SENT_ON), NOW, by=f"bench {turn}")
                seconds.append(_seconds(asking, cookie))
    finally:
        app.close()
    return statistics.median(seconds)


def _seconds(connection: http.client.HTTPConnection, cookie: str) -> float:
    """Of one answer, which must be the whole table."""
    start = time.perf_counter()
    connection.request("GET", "/", headers={"Cookie": f"{COOKIE}={cookie}"})
    answer = connection.getresponse()
    body = answer.read()
    seconds = time.perf_counter() - start
    if answer.status != 200 or body.count(b"<tr>") != ROWS + 1:
        raise SystemExit(f"trang để đo trả lời {answer.status}, {body.count(b'<tr>')} dòng")
    return seconds


if __name__ == "__main__":
    chosen = arguments(__doc__, obligations=OBLIGATIONS, units=UNITS)
    show(lines(chosen.rounds, chosen.obligations, chosen.units))
