"""Deliver 2,000 messages with the whole ledger, against smtplib + EmailMessage on one kept connection.

Both talk to the same server on loopback, in one run, in turns; the baseline only builds and sends, it keeps no record.

    python -m bench.deliver [--messages 2000] [--rounds 3]
"""

from __future__ import annotations

import smtplib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.measure import ROUNDS, Line, arguments, in_turns, show, timed
from obligations.cases.app import open_app
from obligations.cases.configuring import applying
from obligations.cases.sending.delivery import deliver
from obligations.cases.settings import Settings
from obligations.config.load import read_folder

MESSAGES = 2000
AT_LEAST = 3.0
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2022, 7, 11, 9, tzinfo=ZONE)
UNIT = "- {{id: u{n}, name: Đơn vị thứ {n}, contacts: [{{name: Đầu mối {n}, email: u{n}@don-vi.example}}]}}\n"
PLAN = """plan: {number: 12/KH-SM, title: Kế hoạch thử, issuer: u0, issued_on: 2022-07-08, overseer: u0}
obligations:
- id: bao-cao
  title: Báo cáo kết quả phong trào thi đua
  responsible: tat-ca
  deadline: {by: 2022-11-25}
  cite: {at: VI.3, stated: chậm nhất ngày 25/11}
"""


def lines(rounds: int = ROUNDS, messages: int = MESSAGES) -> list[Line]:
    """One line, in messages a second."""
    with sink() as port:
        pairs = in_turns(rounds, lambda: ours(port, messages), lambda: baseline(port, messages))
    beside = "smtplib + EmailMessage trên một kết nối, không sổ"
    return [Line(f"giao {messages} thư, có sổ", beside, "thư/s", pairs, ("≥", AT_LEAST))]


@contextmanager
def sink() -> Iterator[int]:
    """The server that takes everything; its port."""
    server = subprocess.Popen([sys.executable, "-m", "bench.sink"], stdout=subprocess.PIPE, text=True)
    assert server.stdout  # noqa: S101
    try:
        yield int(server.stdout.readline())
    finally:
        server.terminate()
        server.wait()


def ours(port: int, messages: int) -> float:
    """Messages a second of one `deliver`: planning, queueing, rendering, sending, recording."""
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "config"
        _configure(folder, port, messages)
        app = open_app(Settings(folder, Path(root) / "home", f"sqlite:///{root}/dondoc.db"))
        applying.apply(app, read_folder(folder), NOW, by="bench")
        with timed() as watch:
            sent = deliver(app, NOW, engine_id="bench").sent
        app.close()
    if sent != messages:
        raise SystemExit(f"gửi được {sent} trên {messages} thư")
    return messages / watch.seconds


def _configure(folder: Path, port: int, messages: int) -> None:
    (folder / "plans").mkdir(parents=True)
    people = ", ".join(f"u{n}" for n in range(messages))
    units = "".join(UNIT.format(n=n) for n in range(messages))
    limits = f"limits: {{per_recipient_day: 5, per_run: {messages}}}\n"
    (folder / "office.yaml").write_text(f"name: Văn phòng\nsending: live\n{limits}", "utf-8")
    (folder / "units.yaml").write_text(
        f"units:\n{units}groups: {{tat-ca: {{name: Tất cả, members: [{people}]}}}}\n", "utf-8"
    )
    (folder / "channels.yaml").write_text(f"email: smtp://127.0.0.1:{port}/?from=nhac@van-phong.example\n", "utf-8")
    (folder / "plans" / "ke-hoach.yaml").write_text(PLAN, "utf-8")


def baseline(port: int, messages: int) -> float:
    """Messages a second of the standard library: an EmailMessage with two bodies each, one connection for all."""
    text = "Kính gửi: Đơn vị.\n\n" + "Nội dung nhắc việc, thời hạn, căn cứ, nơi nhận, đầu mối.\n" * 20
    html = f"<html><body><p>{text}</p></body></html>"
    with timed() as watch, smtplib.SMTP("127.0.0.1", port) as server:
        for n in range(messages):
            message = EmailMessage()
            message["Subject"] = f"[Nhắc việc K1-{n:04}] Báo cáo kết quả phong trào thi đua"
            message["From"], message["To"] = "nhac@van-phong.example", f"Đầu mối {n} <u{n}@don-vi.example>"
            message["Message-ID"], message["Date"] = f"<{n}@van-phong.example>", NOW
            message.set_content(text)
            message.add_alternative(html, subtype="html")
            server.send_message(message)
    return messages / watch.seconds


if __name__ == "__main__":
    chosen = arguments(__doc__, messages=MESSAGES)
    show(lines(chosen.rounds, chosen.messages))
