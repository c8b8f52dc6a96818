"""What an admin is told of, in words: a channel that is down, a limit, a clock, a flow run or an audit that failed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.sending.limits import PER_DAY, PER_RUN
from obligations.cases.sending.postbox import Post
from obligations.cases.sending.resting import down_for_long
from obligations.cases.upkeep.alerting import alert
from obligations.domain.errors import Refused
from obligations.store.database import reading


def channels(app: App, tried: Collection[str], now: datetime, post: Post | None = None) -> None:
    """Of the channels that were tried in vain, those that have been down for half an hour."""
    if not tried:
        return
    with reading(app.engine) as session:
        down = [state for state in down_for_long(session, now) if state.channel in tried]
        local = applied.required(session).ladders.clockwork.local
    for state in down:
        since = f"{local(state.down_since or now):%H:%M %d/%m/%Y}"
        lines = [
            f"Kênh {state.channel} không gửi được tin nào từ {since}. Câu trả lời gần nhất: {state.reason}",
            "Chưa lượt nhắc nào bị coi là lỗi: tin chờ và tự đi khi kênh thông.",
            "Xem máy chủ của kênh và channels.yaml, rồi gửi thử bằng dondoc send-test.",
        ]
        subject = f"Kênh {state.channel} không thông từ {since}"
        alert(app, f"channel:{state.channel}", subject, lines, now, not_over=state.channel, post=post)


def too_many(app: App, count: int, now: datetime, post: Post | None = None) -> None:
    """A delivery stopped before it sent anything."""
    lines = [
        f"Một lượt sắp gửi {count} tin, quá mức limits.per_run trong office.yaml, nên chưa gửi tin nào.",
        "Xem vì sao nhiều thế bằng dondoc status và dondoc history. Đúng là phải gửi thì chạy dondoc resume;",
        "không đúng thì sửa cấu hình, dondoc apply, rồi mới dondoc resume.",
    ]
    alert(app, f"limit:{PER_RUN}", f"Tạm dừng: {count} tin sắp gửi trong một lượt", lines, now, post=post)


def held_back(app: App, count: int, now: datetime, post: Post | None = None) -> None:
    """Some recipients would get more than their day's share."""
    lines = [
        f"{count} tin chờ đến ngày làm việc sau vì người nhận đã đủ số tin trong ngày (limits.per_recipient_day).",
        "Cần gửi ngay hôm nay thì chạy dondoc resume.",
    ]
    alert(app, f"limit:{PER_DAY}", f"{count} tin chờ vì người nhận đã đủ số tin trong ngày", lines, now, post=post)


def clock_went_back(app: App, refused: Refused, now: datetime, post: Post | None = None) -> None:
    """The machine's clock shows the past: nothing leaves."""
    alert(app, "clock", "Đồng hồ máy sai, đã dừng gửi", [refused.message, refused.fix], now, post=post)


def flow_failed(app: App, flow: str, words: str, now: datetime, *, is_cut_off: bool = False) -> None:
    """A flow run ended otherwise than well; that a stopped machine cut it off is a cause of its own."""
    cause = "cut" if is_cut_off else "flow"
    lines = [f"Luồng {flow} chạy hỏng: {words}", "Xem lượt chạy trong trang Prefect và DONDOC_HOME/loi.log."]
    alert(app, f"{cause}:{flow}", f"Luồng {flow} chạy hỏng", lines, now)


def audit_is_red(app: App, words: str, now: datetime) -> None:
    """What should have reached somebody has not."""
    lines = [words, "Xem lý do từng lượt bằng dondoc history."]
    alert(app, "audit", "Đối chiếu trong ngày có điều cần xem", lines, now)
