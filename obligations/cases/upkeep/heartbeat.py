"""The heartbeat (nhịp báo): a sign of life that leaves only from a finished audit, for whoever watches from outside.

Always a file, DONDOC_HOME/nhip; and a message over a channel where office.yaml names one: an address of a monitor that
raises the alarm when it hears nothing for a day. It proves that the audit ran, not that all is well.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from obligations.cases import applied, mishaps
from obligations.cases.app import App
from obligations.cases.sending.outbox import domain
from obligations.cases.sending.postbox import Post, Postbox
from obligations.cases.upkeep.auditing import Audited
from obligations.channels import Outgoing
from obligations.domain.errors import Refused, reason
from obligations.domain.plan import Configuration, Heartbeat

FILE = "nhip"
# Where `tick` runs every few minutes the file says so each time; a monitor need not hear it as often.
TOLD_EVERY = timedelta(hours=1)


def beat(app: App, found: Audited, now: datetime, *, post: Post | None = None) -> str | None:
    """Leave the sign of life of an audit that has just finished; what went wrong with it, None when nothing did.

    The file's first line is the newest audit, its second when the monitor was told last.
    """
    in_force = applied.current(app)
    file = app.settings.home / FILE
    told, trouble = _told_at(file), None
    if in_force.configuration.office.heartbeat and not (told and timedelta() <= now - told < TOLD_EVERY):
        trouble = _tell(app, in_force.configuration, found, now, post)
        told = told if trouble else now
    words = _words(found, in_force.ladders.clockwork.local(now))
    return _write(file, f"{words}\n{told.isoformat() if told else ''}".rstrip()) or trouble


def _tell(app: App, configuration: Configuration, found: Audited, now: datetime, post: Post | None) -> str | None:
    """Over the channel that office.yaml names."""
    heartbeat = configuration.office.heartbeat
    if heartbeat is None:
        return None
    opened = post or Postbox(configuration, app.settings.home)
    try:
        return _send(opened, heartbeat, _outgoing(configuration, heartbeat, _words(found, now), now))
    except Exception as error:  # noqa: BLE001 - a monitor out of reach must not undo the audit
        return str(error) if isinstance(error, Refused) else mishaps.keep(error, app.settings.home)
    finally:
        opened.close()


def _told_at(file: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(file.read_text("utf-8").splitlines()[1])
    except (OSError, ValueError, IndexError):
        return None


def _words(found: Audited, local: datetime) -> str:
    counts = f"{found.expected} dự kiến = {found.sent} đã gửi + {found.failed} lỗi + {found.waiting} đang chờ"
    return f"{local.isoformat(timespec='seconds')} {counts}"


def _write(file: Path, words: str) -> str | None:
    """Whole or not at all: a monitor may read it this moment."""
    scratch = file.with_name(f".{file.name}.tam")
    try:
        scratch.write_text(f"{words}\n", "utf-8")
        scratch.replace(file)
    except OSError as error:
        return f"không ghi được {file} ({reason(error)})"
    return None


def _outgoing(configuration: Configuration, heartbeat: Heartbeat, words: str, now: datetime) -> Outgoing:
    message_id = f"<nhip.{now:%Y%m%dT%H%M%S%f}@{domain(configuration)}>"
    return Outgoing(message_id, heartbeat.to, "", "[Hệ thống nhắc việc] Nhịp báo", words, None, now, None)


def _send(post: Post, heartbeat: Heartbeat, out: Outgoing) -> str | None:
    channel = post.channel(heartbeat.channel)
    answer = channel.send(heartbeat.to, channel.freeze(out))
    if answer.outcome == "sent":
        return None
    return f"nhịp báo không đi được qua kênh {heartbeat.channel}: {answer.stage} {answer.answer}"
