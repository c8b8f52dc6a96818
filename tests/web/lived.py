"""The five shipped plans, followed for half a year by an office that answers now and then."""

from __future__ import annotations

import atexit
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, confirm, submit
from obligations.cases.configuring import applying
from obligations.config.load import read_folder
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.life import run
from tests.offices import Office, at

CONFIG = Path(__file__).parents[2] / "config"
_HOMES: dict[str, Path] = {}
_a = METADATA.tables["assignment"].c


def shipped(home: Path, folder: Path = CONFIG, ledger: str | None = None) -> Office:
    """`lived` in a home of its own; as files, what one office.yaml leads to is lived once in a process, and copied."""
    if ledger:
        return lived(home, folder, ledger)
    text = (folder / "office.yaml").read_text("utf-8")
    if text not in _HOMES:
        kept = TemporaryDirectory(prefix="dondoc-lived-")
        atexit.register(kept.cleanup)
        _HOMES[text] = Path(kept.name) / "home"
        lived(_HOMES[text], folder).close()
    shutil.copytree(_HOMES[text], home, dirs_exist_ok=True)
    return Office(folder, home)


def lived(home: Path, folder: Path = CONFIG, ledger: str | None = None) -> Office:
    """The project's own configuration, applied on 11/7/2022; the year's reports of every other unit came in time."""
    office = Office(folder, home, ledger)
    applying.apply(office.app, read_folder(folder), at("2022-07-11 09:00"), by="thư ký")
    run(office, "2022-07-11 09:00")
    with reading(office.app.engine) as session:
        due = select(_a.code).where(_a.due_on.between(date(2022, 11, 1), date(2022, 11, 25))).order_by(_a.id)
        codes = list(session.execute(due).scalars())
    now = at("2022-11-24 15:00")
    for place, code in enumerate(codes[::2]):
        submit(
            office.app,
            Address(code=code),
            Submission(date(2022, 11, 23), document=f"{place + 7}/BC"),
            now,
            by="văn thư",
        )
        if place % 3:
            confirm(office.app, Address(code=code), date(2022, 11, 24), now, by="thư ký")
    run(office, "2022-11-28 08:01")
    return office
