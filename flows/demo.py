"""`python -m flows.demo`: four years of the configured plans on a fake clock, then Prefect's pages left open.

Everything is real but the clock and the people: the use cases, the database, each check_obligation that had something
to do as a tagged flow run. Its data live in DONDOC_HOME/demo; mail goes into the box there, never to anybody.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import signal
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from socket import create_server
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from flows.environment import DEFAULT_PORT, Place, prepare
from flows.parent import stop_with_parent
from obligations.cases import mishaps
from obligations.cases.app import Settings, utc_now
from obligations.cases.configuring import applying
from obligations.cases.configuring.checking import check
from obligations.cases.configuring.drafts import read_draft
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration

if TYPE_CHECKING:
    from flows.years import Lived

FIRST, LAST = date(2022, 1, 1), date(2026, 1, 31)
AHEAD = "plans/viec-tuan-toi.yaml"
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
    texts = boxed(read_draft(office))
    configuration = check(texts, utc_now().date()).required()
    place = _own_place(office)
    prepare(place)
    # Prefect reads its settings when imported: only now.
    from flows.story import tell  # noqa: PLC0415

    lived = _live(place, texts, configuration, seed)
    _look_ahead(texts, configuration)
    tell(screen, configuration, lived, seed, place if stay else None)
    return _stay(place) if stay else 0


def boxed(texts: Mapping[str, str]) -> dict[str, str]:
    """The office's files, sending into the box whatever they say."""
    office, found = re.subn(r"(?m)^sending:.*$", "sending: box", texts.get("office.yaml", ""))
    return dict(texts) | {"office.yaml": office if found else f"{office}\nsending: box\n"}


def _look_ahead(texts: Mapping[str, str], configuration: Configuration) -> None:
    """One invented plan due next week, applied now: what lies ahead can be seen in Prefect's pages."""
    from flows.inprocess import current_app  # noqa: PLC0415

    now = utc_now()
    plan = next_week(configuration, now.date())
    applying.apply(current_app(), {**texts, AHEAD: plan}, now, by="Văn thư (giả định)")


def next_week(configuration: Configuration, today: date) -> str:
    """A plan file: a few of the office's own units owe a report by Friday of next week."""
    friday = today + timedelta(days=11 - today.weekday())
    there = (unit for unit in configuration.units.values() if (unit.since or today) <= today)
    units = [unit.id for unit in there if unit.contacts and (unit.until or friday) >= friday]
    owner = configuration.office.unit or units[0]
    owing = [unit for unit in units if unit != owner][:FEW] or [owner]
    return AHEAD_PLAN.format(owner=owner, owing=", ".join(owing), today=today, friday=friday)


def _own_place(office: Settings) -> Place:
    """A home of the demonstration's own, emptied; Prefect on its usual port or, where that is taken, a free one."""
    home = office.home / "demo"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700, parents=True)
    os.environ |= {"DONDOC_HOME": str(home), "DONDOC_DATABASE_URL": ""}
    os.environ.setdefault("DONDOC_PREFECT_PORT", str(_port()))
    return Place.from_environment()


def _port() -> int:
    for port in (DEFAULT_PORT, 0):
        try:
            with create_server(("127.0.0.1", port)) as probe:
                return int(probe.getsockname()[1])
        except OSError:
            continue
    return DEFAULT_PORT


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


def _stay(place: Place) -> int:
    from flows.engine import Engine  # noqa: PLC0415
    from flows.inprocess import current_app  # noqa: PLC0415

    screen.print("Nhấn Ctrl-C để dừng.")
    asyncio.run(Engine(current_app(), place).live())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
