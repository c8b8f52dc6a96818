"""`python -m flows.demo`: four years of the configured plans on a fake clock; `dondoc demo` then opens the pages.

Everything is real but the clock and the people: the use cases, the database, each check_obligation that had something
to do as a tagged flow run. Its data, and the configuration that its pages edit, live in DONDOC_HOME/demo; mail goes
into the box there, never to anybody.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from flows.environment import Place, prepare
from obligations.cases import mishaps
from obligations.cases.answering import answers
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission
from obligations.cases.clock import utc_now
from obligations.cases.configuring import applying
from obligations.cases.configuring.checking import check
from obligations.cases.configuring.drafts import read_draft
from obligations.cases.parent import stop_with_parent
from obligations.cases.reading.status import status
from obligations.cases.settings import Settings
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration

if TYPE_CHECKING:
    from flows.years import Lived

FIRST, LAST = date(2022, 1, 1), date(2026, 1, 31)
AHEAD_ID = "viec-tuan-toi"
AHEAD = f"plans/{AHEAD_ID}.yaml"
CLERK, UNIT = "Văn thư (giả định)", "Đơn vị (giả định)"
FEW = 5
AHEAD_PLAN = """plan:
  title: Kế hoạch giả định để xem việc sắp tới
  number:
  issuer: {owner}
  issued_on: {today}
  overseer: {owner}
obligations:
- id: bao-cao-tuan-toi
  title: Báo cáo giả định tuần tới
  responsible: [{owing}]
  submit_to: {owner}
  product: báo cáo
  deadline: {{by: {friday}}}
  cite: {{at: I, stated: chậm nhất thứ Sáu tuần tới}}
"""
screen = Console(highlight=False, soft_wrap=True)
aside = Console(stderr=True, highlight=False)


def main(arguments: list[str]) -> int:
    """Parse, live, tell, stay. 0: done; 1: refused."""
    parser = argparse.ArgumentParser(prog="dondoc demo")
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--no-stay", action="store_true")
    chosen = parser.parse_args(arguments)
    stop_with_parent()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return _demonstrate(chosen.seed, stay=not chosen.no_stay)
    except Refused as refused:
        aside.print(f"Không thực hiện được: {refused}", markup=False)
        return 1
    except KeyboardInterrupt:
        aside.print("Đã dừng.")
        return 0
    except Exception as error:  # noqa: BLE001  # the last door: say where the details are
        aside.print(mishaps.keep(error), markup=False)
        return 3


def _demonstrate(seed: int, *, stay: bool) -> int:
    office = Settings.from_environment()
    texts = boxed(read_draft(office), web_address())
    configuration = check(texts, utc_now().date()).required()
    place = _own_place(office, texts)
    prepare(place)
    # Prefect reads its settings when imported: only now.
    from flows.story import tell  # noqa: PLC0415
    from flows.visitors import invite  # noqa: PLC0415

    lived = _live(place, texts, configuration, seed)
    owing = _look_ahead(texts, configuration)
    tell(screen, lived, seed)
    if stay:
        invite(screen, place, web_address(), owing)
    return 0


def boxed(texts: Mapping[str, str], url: str) -> dict[str, str]:
    """The office's files, sending into the box whatever they say, with the address of the demonstration's pages."""
    office = texts.get("office.yaml", "")
    for key, value in {"sending": "box", "public_url": url}.items():
        office, found = re.subn(rf"(?m)^{key}:.*$", f"{key}: {value}", office)
        office = office if found else f"{office}\n{key}: {value}\n"
    return dict(texts) | {"office.yaml": office}


def _look_ahead(texts: Mapping[str, str], configuration: Configuration) -> str:
    """One invented plan due next week, applied now: what lies ahead can be seen in Prefect's pages.

    One unit has answered already; the id of the last one, who has not, unless it is the only one.
    """
    from flows.inprocess import current_app  # noqa: PLC0415

    now, app = utc_now(), current_app()
    known = {**texts, AHEAD: next_week(configuration, now.date())}
    _write(app.settings.config_dir, known)
    applying.apply(app, known, now, by=CLERK)
    new = [duty for duty in status(app, now).assignments if duty.plan == AHEAD_ID]
    for duty in new[:1]:  # one waits to be taken note of
        answers.submit(app, Address(duty.code), Submission(now.date(), document="01/BC"), now, by=UNIT)
    return new[-1].unit


def next_week(configuration: Configuration, today: date) -> str:
    """A plan file: a few of the office's own units owe a report by Friday of next week."""
    friday = today + timedelta(days=11 - today.weekday())
    there = (unit for unit in configuration.units.values() if (unit.since or today) <= today)
    units = [unit.id for unit in there if unit.contacts and (unit.until or friday) >= friday]
    owner = configuration.office.unit or units[0]
    owing = [unit for unit in units if unit != owner][:FEW] or [owner]
    return AHEAD_PLAN.format(owner=owner, owing=", ".join(owing), today=today, friday=friday)


def _own_place(office: Settings, texts: Mapping[str, str]) -> Place:
    """A home of the demonstration's own, emptied, with a copy of the configuration."""
    own = office.of_the_demonstration()
    shutil.rmtree(own.home, ignore_errors=True)
    own.home.mkdir(mode=0o700, parents=True)
    shutil.copytree(office.config_dir, own.config_dir)
    _write(own.config_dir, texts)
    os.environ |= own.to_environment()
    return Place.from_environment()


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


def web_address() -> str:
    """Where `dondoc demo` will open the pages."""
    return f"http://127.0.0.1:{os.environ.get('DONDOC_WEB_PORT') or 8000}"


def _live(place: Place, texts: Mapping[str, str], configuration: Configuration, seed: int) -> Lived:
    from flows.inprocess import current_app, drain_logs  # noqa: PLC0415
    from flows.record import recorder  # noqa: PLC0415
    from flows.server import Server  # noqa: PLC0415
    from flows.years import Years, plan_days  # noqa: PLC0415

    server = Server(place)
    server.start()
    try:
        with aside.status("Đang khởi động Prefect (lần đầu mất chừng nửa phút)…"):
            server.wait_until_healthy()
        last = min(LAST, utc_now().date() - timedelta(days=1))
        first = min(plan_days(configuration.plans, FIRST).values(), default=FIRST)
        years = Years(current_app(), texts, configuration, seed)
        with recorder(current_app()) as record, _progress() as bar:
            task = bar.add_task("", total=(last - first).days)
            for day in years.live(first, last, record):
                bar.update(task, completed=(day - first).days, description=f"{day:%d/%m/%Y}")
            bar.update(task, completed=(last - first).days)
            drain_logs()
    finally:
        server.stop()
    return years.lived


def _progress() -> Progress:
    columns = (TextColumn("Sống thử đến {task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    return Progress(*columns, TimeElapsedColumn(), console=aside)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
