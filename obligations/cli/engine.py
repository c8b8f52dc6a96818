"""tick, up, doctor, demo: making the clock work. Prefect runs in children of its own; this door never imports it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from socket import create_server
from typing import Annotated

import typer

from obligations.cases.app import App
from obligations.cases.clock import utc_now
from obligations.cases.reminding.agenda import next_at
from obligations.cases.sending import pausing
from obligations.cases.sending.delivery import Delivered, deliver
from obligations.cases.upkeep.inspecting import inspect
from obligations.cases.writing import office_mail
from obligations.cli.names import telephone_lines
from obligations.cli.opening import opened, settings, tell_draft, zone
from obligations.cli.options import Config, Json
from obligations.cli.output import people, print_json, say, working
from obligations.cli.parent import keep_alive, run
from obligations.cli.stopping import when_asked

PATIENCE = timedelta(minutes=5)
CHILDREN = {
    "Tiến trình lịch nhắc": [sys.executable, "-m", "flows"],
    "Trang theo dõi": [sys.executable, "-m", "obligations.web"],
}
PORTS = {"DONDOC_PREFECT_PORT": 4200, "DONDOC_WEB_PORT": 8000}


def add_to(app: typer.Typer) -> None:
    app.command("tick")(tick)
    app.command("up")(up)
    app.command("doctor")(doctor)
    app.command("demo")(demo)


def tick(config: Config = None, json: Json = False) -> None:
    """Làm một lượt: xếp lịch, gửi nhắc, kiểm tra; không cần Prefect."""
    with opened(config) as app, working("Đang gửi nhắc…"):
        with when_asked() as stop:
            office_mail.post(app, utc_now())
            delivered = _deliver(app, stop)
        audited = inspect(app, utc_now()).audited
        coming = next_at(app)
        local = zone(app)
        pause, still = pausing.current(app), pausing.told(app)
        tell_draft(app)
        telephone = telephone_lines(app)
    if json:
        print_json({"delivered": asdict(delivered), "audited": asdict(audited), "paused": pause and asdict(pause)})
        return
    people.print(
        f"Đã gửi {delivered.sent} tin; sẽ gửi lại {delivered.retry}; không gửi được {delivered.failed}; "
        f"chưa rõ {delivered.unknown}; thôi gửi {delivered.cancelled}."
    )
    people.print(
        f"Kiểm tra trong ngày: {audited.expected} lượt dự kiến = {audited.sent} đã gửi + {audited.failed} lỗi "
        f"+ {audited.waiting} đang chờ."
    )
    for line in (*still, *telephone):
        say(line)
    if coming and not pause:
        people.print(f"Lượt kế tiếp: {coming.astimezone(local):%H:%M %d/%m/%Y}.")


def _deliver(app: App, stop: Callable[[], bool]) -> Delivered:
    """One delivery, and more for some minutes while channels take only so many a minute (`max_per_minute`)."""
    end = utc_now() + PATIENCE
    total = again = deliver(app, utc_now(), engine_id=f"tick:{os.getpid()}", clock=utc_now, stop=stop)
    while again.throttled and again.next_try_at and again.next_try_at < end and not stop():
        _wait_until(again.next_try_at, stop)
        again = deliver(app, utc_now(), engine_id=f"tick:{os.getpid()}", clock=utc_now, stop=stop)
        total = replace(again, **{name: getattr(total, name) + getattr(again, name) for name in _ENDS})
    return total


_ENDS = ("sent", "retry", "failed", "unknown", "cancelled")


def _wait_until(at: datetime, stop: Callable[[], bool]) -> None:
    """Sleep, or less when asked to stop."""
    while not stop() and (left := (at - utc_now()).total_seconds()) > 0:
        time.sleep(min(left, 0.2))


def up(config: Config = None) -> None:
    """Chạy hệ thống: trang theo dõi, lịch nhắc, gửi thư, cho đến khi dừng bằng Ctrl-C."""
    with opened(config) as app:  # a broken database is told here, once, and not by a child that restarts for ever
        tell_draft(app)
    raise typer.Exit(keep_alive(CHILDREN, _environment(config)))


def doctor(config: Config = None, json: Json = False) -> None:
    """Xem hệ thống đang chạy có khỏe không."""
    command = [sys.executable, "-m", "flows.doctor", *(["--json"] if json else [])]
    raise typer.Exit(run(command, _environment(config)) or 0)


def demo(
    config: Config = None,
    seed: Annotated[int, typer.Option("--seed", help="Hạt giống cho các đơn vị giả định.")] = 2022,
    stay: Annotated[bool, typer.Option("--stay/--no-stay", help="Giữ các trang mở sau khi chạy xong.")] = True,
) -> None:
    """Sống thử bốn năm 2022–2025 với năm kế hoạch mẫu; dữ liệu riêng, không chạm dữ liệu cơ quan."""
    command = [sys.executable, "-m", "flows.demo", "--seed", str(seed), *([] if stay else ["--no-stay"])]
    ports = {name: os.environ.get(name) or str(_free_port(usual)) for name, usual in PORTS.items()}
    code = run(command, _environment(config) | ports)
    if stay and code == 0:
        own = settings(config).of_the_demonstration().to_environment()
        code = keep_alive(CHILDREN, {**os.environ, **ports, **own})
    raise typer.Exit(code or 0)


def _environment(config: Path | None) -> dict[str, str]:
    return {**os.environ, **settings(config).to_environment()}


def _free_port(usual: int) -> int:
    """The usual port or, where that is taken, a free one."""
    try:
        with create_server(("127.0.0.1", usual)):
            return usual
    except OSError:
        with create_server(("127.0.0.1", 0)) as probe:
            return int(probe.getsockname()[1])
