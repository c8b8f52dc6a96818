"""The live engine under kill -9: `python -m tests.killing --kills 200`.

`dondoc up` runs with mail flowing; at random moments the worker, or everything, is killed and started again. At the end
what was owed is compared with what a real mail server got: nothing lost, nothing twice but the same bytes of a message
whose first end nobody knew. The ledger is a file; with DONDOC_TESTS_ON=postgresql a database on a real server.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Table, func, select

from obligations.cases.configuring import applying
from obligations.cases.reminding.agenda import next_at
from obligations.config.load import read_folder
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.e2e.engine import DONDOC, child_of
from tests.ledgers import CHOSEN, Ledgers
from tests.mailbox import Pipelining
from tests.offices import Office, obligation
from tests.ports import free_port

UNITS, DUTIES = 40, 3
STARTING_SECONDS, FLOWING_SECONDS, WAIT_SECONDS, SETTLING_SECONDS = 16.0, 3.0, 120.0, 900.0
AMID_MAIL = 0.75  # how many of the moments lie amid the mail; the others anywhere, most while the engine starts
CODE = re.compile(r"K\d+-\d{4,}")
OFFICE = """
name: Văn phòng Sở Mẫu
unit: don-vi-0
sending: live
office_hours: [00:00-23:59]
limits: {per_recipient_day: 100000, per_run: 100000}
"""
PLAN = """
plan: {{number: 1/KH, title: Kế hoạch thử, issuer: don-vi-0, issued_on: {day}, overseer: don-vi-0}}
obligations:
"""
_assignment: Table = METADATA.tables["assignment"]
_message: Table = METADATA.tables["message"]
_attempt: Table = METADATA.tables["attempt"]
_carried: Table = METADATA.tables["reminder_message"]
_reminder: Table = METADATA.tables["reminder"]


@dataclass
class Box(Pipelining):
    """What a mail server took: (address, Message-ID, digest of the bytes, codes in the text), in order."""

    took: list[tuple[str, str, str, frozenset[str]]] = field(default_factory=list)
    seconds: float = 0.03

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        await asyncio.sleep(self.seconds)
        message = message_from_bytes(content, policy=policy.default)
        body = message.get_body(("plain",))
        assert body is not None
        codes = frozenset(CODE.findall(body.get_content()))
        digest = hashlib.sha256(content).hexdigest()
        self.took.append((envelope.rcpt_tos[0], str(message["Message-ID"]), digest, codes))
        await asyncio.sleep(self.seconds)
        return "250 2.0.0 taken"


class Killed:
    """An office whose engine is killed again and again; each time it has new duties to tell of."""

    def __init__(self, root: Path, dice: random.Random, ledger: str | None) -> None:
        self.dice = dice
        self.box = Box()
        self.port = free_port()
        self.office = Office(root / "config", root / "home", ledger)
        self.log = root / "up.log"
        self.environment = os.environ | {
            "DONDOC_CONFIG": str(root / "config"),
            "DONDOC_HOME": str(root / "home"),
            "DONDOC_DATABASE_URL": ledger or "",
            "DONDOC_PREFECT_PORT": str(free_port()),
            "DONDOC_WEB_PORT": str(free_port()),
        }
        self.given = 0
        self.day = datetime.now(UTC).date()  # of one plan, also past midnight
        units = "".join(
            f"- id: don-vi-{n}\n  name: Đơn vị {n}\n  relation: internal\n"
            f"  contacts: [{{name: Người {n}, role: focal, email: nguoi-{n}@don-vi.example}}]\n"
            for n in range(UNITS)
        )
        members = ", ".join(f"don-vi-{n}" for n in range(UNITS))
        self.office.write("units.yaml", f"units:\n{units}groups: {{tat-ca: {{name: Tất cả, members: [{members}]}}}}\n")
        self.office.write("office.yaml", OFFICE)
        self.office.write("channels.yaml", f"email: smtp://127.0.0.1:{self.port}/?from=nhac@so-mau.example\n")
        self.office.write("policies.yaml", "lien: {days: all}\n")

    def give(self) -> None:
        """New duties for everybody; their notices are owed at once."""
        self.given += DUTIES
        due = self.day + timedelta(days=60)
        duties = [
            obligation(f"viec-{n}", f"{{by: {due}}}", responsible="[tat-ca]", more="policy: lien")
            for n in range(self.given)
        ]
        self.office.write("plans/ke-hoach.yaml", PLAN.format(day=self.day) + "".join(duties))
        applying.apply(self.office.app, read_folder(self.office.folder), datetime.now(UTC), by="thư ký")

    @contextmanager
    def up(self) -> Iterator[subprocess.Popen[bytes]]:
        with self.log.open("ab") as out:
            process = subprocess.Popen(
                [DONDOC, "up"], env=self.environment, stdout=out, stderr=out, start_new_session=True
            )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)

    def kill_once(self, up: subprocess.Popen[bytes]) -> Literal["worker", "everything"] | None:
        """Wait for a random moment, then kill the worker alone or everything; None: no worker was there."""
        known = len(self.box.took)
        self.give()
        if self.dice.random() < AMID_MAIL:
            end = time.monotonic() + WAIT_SECONDS
            while len(self.box.took) == known and time.monotonic() < end:
                time.sleep(0.02)
            time.sleep(self.dice.uniform(0, FLOWING_SECONDS))
        else:
            time.sleep(self.dice.uniform(0.2, STARTING_SECONDS))
        if self.dice.random() < 0.5:
            os.killpg(up.pid, signal.SIGKILL)
            return "everything"
        try:
            os.kill(child_of(up.pid, "flows"), signal.SIGKILL)
        except (AssertionError, ProcessLookupError):  # its parent is about to start it again
            return None
        return "worker"

    def waits(self) -> int:
        """Messages and rungs that have not ended."""
        with reading(self.office.app.engine) as session:
            open_ = select(func.count()).where(_message.c.state.in_(("queued", "started")))
            waiting: int = session.execute(open_).scalar_one()
        coming = next_at(self.office.app)
        return waiting + (coming is not None and coming <= datetime.now(UTC))

    def wrong(self) -> list[str]:
        """Every difference between what was owed and what arrived."""
        with reading(self.office.app.engine) as session:
            owed = {row.code: row.unit for row in session.execute(select(_assignment.c.code, _assignment.c.unit))}
            doubtful = select(_message.c.message_id).join(_attempt, _attempt.c.message_id == _message.c.id)
            unknown = set(session.execute(doubtful.where(_attempt.c.outcome == "unknown")).scalars())
        arrived: dict[str, set[str]] = {}
        times: dict[str, list[str]] = {}
        for address, message_id, digest, codes in self.box.took:
            times.setdefault(message_id, []).append(digest)
            for code in codes:
                arrived.setdefault(code, set()).add(message_id)
                if address != f"nguoi-{owed[code].removeprefix('don-vi-')}@don-vi.example":
                    return [f"{code} went to {address}"]
        found = [f"{code} never arrived" for code in owed if code not in arrived]
        found += [f"{code} arrived in {len(ids)} messages" for code, ids in arrived.items() if len(ids) > 1]
        for message_id, digests in times.items():
            if len(digests) > 1 and (len(set(digests)) > 1 or len(digests) > 2 or message_id not in unknown):
                found.append(f"{message_id} arrived {len(digests)} times, in {len(set(digests))} versions")
        return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2022)
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dondoc-killing-") as folder, ExitStack() as until:
        ledger = until.enter_context(Ledgers(until).new(CHOSEN))
        killed = Killed(Path(folder), random.Random(asked.seed), ledger)  # noqa: S311  # a play, not a secret
        server = Controller(killed.box, hostname="127.0.0.1", port=killed.port)
        server.start()
        try:
            _live(killed, asked.kills)
        finally:
            server.stop()
        wrong = killed.wrong()
        ids = [message_id for _, message_id, _, _ in killed.box.took]
        for sentence in wrong[:20]:
            print(sentence)
        print(
            f"{asked.kills} kills, {killed.given * UNITS} notices owed, {len(ids)} mails arrived, "
            f"{len(ids) - len(set(ids))} of them again (byte-identical unknowns), {len(wrong)} wrong, "
            f"{time.monotonic() - began:.0f} s"
        )
    return 1 if wrong else 0


def _live(killed: Killed, kills: int) -> None:
    done = 0
    while done < kills:
        with killed.up() as up:
            while done < kills:
                gone = killed.kill_once(up)
                done += gone is not None
                print(f"kill {done}: {gone}, {len(killed.box.took)} mails so far", file=sys.stderr, flush=True)
                if gone == "everything":
                    break
    with killed.up():
        end = time.monotonic() + SETTLING_SECONDS
        while killed.waits() and time.monotonic() < end:
            time.sleep(2)
    killed.office.close()


if __name__ == "__main__":
    sys.exit(main())
