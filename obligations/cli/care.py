"""pause, resume, send-test, backup, restore: looking after a system that runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from obligations.cases import applied
from obligations.cases.clock import utc_now
from obligations.cases.sending import pausing, testing
from obligations.cases.sending.pausing import Resumed
from obligations.cases.sending.testing import Tested
from obligations.cases.upkeep import backup as keeping
from obligations.cli.assignment import Note
from obligations.cli.opening import opened, settings, zone
from obligations.cli.options import By, Config, Json, who
from obligations.cli.output import aside, people, print_json, say, working
from obligations.domain.errors import Refused

_STAGES = {
    "connect": "kết nối",
    "ehlo": "chào",
    "starttls": "mã hóa TLS",
    "auth": "đăng nhập",
    "mail": "người gửi",
    "rcpt": "người nhận",
    "data": "nội dung",
    "body": "nội dung",
    "answer": "câu trả lời cuối",
    "notify": "dịch vụ",
    "box": "hộp thử",
}
_OUTCOMES = {
    "retry": "Máy chủ chưa nhận, hẹn gửi lại sau",
    "failed": "Máy chủ không nhận thư này",
    "address_bad": "Máy chủ không nhận địa chỉ này",
    "channel_down": "Kênh không thông",
    "unknown": "Chưa rõ đã tới hay chưa",
}

_File = Annotated[Path, typer.Argument(metavar="FILE")]


def add_to(app: typer.Typer) -> None:
    app.command("pause")(pause)
    app.command("resume")(resume)
    app.command("send-test")(send_test)
    app.command("backup")(backup)
    app.command("restore")(restore)


def pause(note: Note = None, by: By = None, config: Config = None, json: Json = False) -> None:
    """Tạm dừng gửi: lịch nhắc vẫn được xếp, không tin nào đi cho đến khi dondoc resume."""
    actor = who(by)
    with opened(config) as app:
        applied.current(app)  # nothing is followed here: another place is meant
        found = pausing.pause(app, utc_now(), by=actor, note=note)
        words = pausing.sentence(found, zone(app))
    if json:
        print_json({"paused": asdict(found)})
    else:
        say(words)


def resume(by: By = None, config: Config = None, json: Json = False) -> None:
    """Gửi tiếp sau khi tạm dừng hoặc vượt giới hạn; mỗi việc chỉ đi lời nhắc mới nhất, ghi rõ là nhắc muộn."""
    actor = who(by)
    with opened(config) as app:
        found = pausing.resume(app, utc_now(), by=actor)
    if json:
        print_json({"resumed": found.anything, "let_go": found.let_go, "pause": found.pause and asdict(found.pause)})
        return
    for line in _resumed(found):
        say(line)


def _resumed(found: Resumed) -> Iterator[str]:
    if found.pause:
        yield "Đã cho gửi tiếp; tin chờ đi ở lượt gửi kế tiếp (gửi ngay: dondoc tick)."
    if found.let_go:
        yield f"{found.let_go} tin vượt số tin trong ngày của người nhận được đi ở lượt kế tiếp."
    if found.clock:
        yield "Giờ máy hiện nay được coi là đúng."
    if not found.anything:
        yield "Không có gì đang dừng."


def send_test(
    contact: Annotated[str, typer.Argument(metavar="CONTACT", help="Mã đầu mối, hoặc một địa chỉ thư.")],
    channel: Annotated[str | None, typer.Option("--channel", metavar="KÊNH", help="Qua kênh nào.")] = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Gửi ngay một thư thử, vô hại, không ghi sổ; in câu trả lời của máy chủ."""
    with opened(config) as app, working("Đang gửi thử…"):
        found = testing.send_test(app, contact, utc_now(), channel=channel)
    if json:
        print_json(asdict(found))
    else:
        for line in _tested(found):
            say(line)
    if not found.arrived:
        raise typer.Exit(1)


def _tested(found: Tested) -> Iterator[str]:
    """What was tried, then how it ended."""
    where = f"{found.name} ({found.address}) qua kênh {found.channel}"
    if found.sending == "box":
        where = f"{where}; office.yaml ghi sending: box nên thư chỉ vào hộp thử, không đi đâu"
    elif found.sending.startswith("redirect:"):
        where = f"{where}; office.yaml ghi sending: {found.sending} nên thư đến địa chỉ ấy"
    yield f"Gửi thử tới {where}."
    if found.is_draft:
        yield "Chưa áp dụng cấu hình nào nên theo bản nháp trên đĩa."
    if found.arrived:
        yield f"Đã nhận. Câu trả lời: {found.answer or '(không có)'}"
    else:
        yield f"{_OUTCOMES[found.outcome]}, ở bước {_STAGES.get(found.stage, found.stage)}: {found.answer}"


def backup(file: _File, config: Config = None, json: Json = False) -> None:
    """Sao lưu cả sổ vào một tệp mới (.zip), trong khi hệ thống vẫn chạy."""
    with opened(config) as app, _bar("Đang sao lưu") as watch:
        kept = keeping.backup(app, file.absolute(), utc_now(), watch)
    if json:
        print_json({"file": str(kept.file), "rows": kept.rows, "bytes": kept.size})
        return
    say(f"Đã sao lưu {kept.rows} dòng vào {kept.file} ({kept.size} byte) và đọc lại khớp.")
    say("Tệp không có mật khẩu của kênh, nhưng có tên và địa chỉ người: giữ như văn bản nội bộ.")


def restore(
    file: _File,
    yes: Annotated[bool, typer.Option("--yes", help="Thay sổ đang có, không hỏi lại.")] = False,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Khôi phục sổ từ một bản sao lưu; sổ khôi phục bắt đầu ở trạng thái tạm dừng."""
    actor, place = who(by), settings(config)
    held = keeping.look(file)
    made = f"{held.made_at.astimezone(zone()):%H:%M %d/%m/%Y}"
    replace = yes or _agreed(f"Khôi phục {held.rows} dòng, sao lưu lúc {made}, thay cho sổ đang có? (c/k) ")
    with _bar("Đang khôi phục") as watch:
        done = keeping.restore(place, file, utc_now(), by=actor, replace=replace, watch=watch)
    if json:
        before = done.before and str(done.before)
        told = {"made_at": done.made_at, "rows": done.rows, "before": before, "waiting": done.waiting}
        print_json({**told, "dead_links": done.dead_links})
        return
    say(f"Đã khôi phục {done.rows} dòng, sao lưu lúc {made}.")
    if done.before:
        say(f"Sổ trước đó còn ở {done.before}.")
    say("Đang tạm dừng gửi: tin đã gửi sau lúc sao lưu thì sổ này không biết và sẽ gửi lại.")
    say(f"{done.waiting} lượt nhắc đã đến giờ mà chưa ghi là đã gửi: xem dondoc history.")
    say("Ghi lại kết quả đã nhận sau lúc sao lưu rồi mới chạy dondoc resume.")
    say("Mọi người đăng nhập lại. Tài khoản đã đóng, liên kết đã thu hồi sau lúc sao lưu thì đóng, thu hồi lại:")
    say("xem dondoc user list, dondoc link ĐƠN-VỊ, hoặc trang Quản trị.")
    if done.dead_links:
        say(f"Chưa có tệp secret của máy cũ: {done.dead_links} liên kết trong thư đã gửi không mở được nữa.")
        say(f"Chép tệp ấy vào {place.home} trước khi chạy lệnh khác; không còn thì đơn vị chờ liên kết trong thư tới.")


def _agreed(question: str) -> bool:
    """Whether a person at a terminal says yes; elsewhere nobody is asked."""
    if not sys.stdin.isatty():
        return False
    try:
        answer = people.input(question)
    except EOFError:
        return False
    if answer.strip().lower() not in ("c", "có", "co", "y", "yes"):
        raise Refused("not-agreed", "chưa khôi phục gì.")
    return True


@contextmanager
def _bar(what: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error that grows with the rows done."""
    columns = (TextColumn(what), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn())
    with Progress(*columns, console=aside, transient=True) as bar:
        task = bar.add_task("", total=None)

        def watch(_: str, done: int, rows: int) -> None:
            bar.update(task, completed=done, total=rows)

        yield watch
