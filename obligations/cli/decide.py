"""return, extend, waive, reopen, reassign, urge, event: what the secretariat decides, each with its document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated

import typer

from obligations.cases.answering import anchoring, decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.decisions import Decision
from obligations.cases.app import App
from obligations.cases.clock import utc_now
from obligations.cli.assignment import Document, Note, Period, Unit, What, day_option, show
from obligations.cli.names import Names
from obligations.cli.opening import recording, today
from obligations.cli.options import By, Config, Json, who
from obligations.cli.output import print_json, say
from obligations.domain.wording import table_date

On = Annotated[date | None, day_option("--on", "Ngày có hiệu lực (mặc định hôm nay).")]


def add_to(app: typer.Typer) -> None:
    app.command("return")(send_back)
    app.command("extend")(extend)
    app.command("reassign")(reassign)
    app.command("event")(event)
    for name, decide, words in _PLAIN:
        app.command(name, help=words)(_plain(decide))


_PLAIN: tuple[tuple[str, Callable[[App, Address, Decision, datetime], int], str], ...] = (
    ("waive", decisions.waive, "Ghi đơn vị không phải thực hiện việc này nữa."),
    ("reopen", decisions.reopen, "Mở lại việc đã ghi nhầm là gửi, hoàn thành, miễn hoặc dừng."),
    ("disown", decisions.disown, "Ghi đơn vị báo việc này không thuộc nhiệm vụ của mình."),
    ("urge", decisions.urge, "Ghi đã có công văn đôn đốc việc này."),
)


def _plain(decide: Callable[[App, Address, Decision, datetime], int]) -> Callable[..., None]:
    """A command for a decision that has nothing besides its day, document and note."""

    def command(
        what: What,
        unit: Unit = None,
        period: Period = None,
        on: On = None,
        document: Document = None,
        note: Note = None,
        by: By = None,
        config: Config = None,
        json: Json = False,
    ) -> None:
        with recording(config) as app:
            decision = _decision(app, on, by, document, note)
            show(app, decide(app, Address.parse(what, unit, period), decision, utc_now()), json=json)

    return command


def _decision(app: App, on: date | None, by: str | None, document: str | None, note: str | None) -> Decision:
    return Decision(on or today(app), who(by), document, note)


def send_back(
    what: What,
    unit: Unit = None,
    period: Period = None,
    to: Annotated[date | None, day_option("--to", "Hạn gửi lại (bỏ trống: giữ hạn cũ).")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Lỗi hình thức: ngày gửi lần đầu vẫn được tính.")] = False,
    on: On = None,
    document: Document = None,
    note: Note = None,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Đề nghị bổ sung kết quả đã gửi; việc lại được nhắc."""
    with recording(config) as app:
        address, decision = Address.parse(what, unit, period), _decision(app, on, by, document, note)
        done = decisions.send_back(app, address, decision, utc_now(), resubmit_by=to, keep=keep)
        show(app, done, json=json)


def extend(
    what: What,
    unit: Unit = None,
    period: Period = None,
    to: Annotated[date | None, day_option("--to", "Hạn mới; đúng hạn kế hoạch là bỏ gia hạn.")] = None,
    granted_by: Annotated[
        str | None, typer.Option("--granted-by", metavar="TÊN", help="Ai cho gia hạn; bỏ trống: mới là đề nghị.")
    ] = None,
    refuse: Annotated[bool, typer.Option("--refuse", help="Không đồng ý đề nghị đang chờ.")] = False,
    on: On = None,
    document: Document = None,
    note: Note = None,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Ghi đề nghị gia hạn, cho gia hạn, hoặc không đồng ý; hạn gốc được giữ để thống kê."""
    if refuse == (to is not None):
        raise typer.BadParameter("ghi --to NGÀY, hoặc --refuse")
    with recording(config) as app:
        address, decision = Address.parse(what, unit, period), _decision(app, on, by, document, note)
        if to is None:
            done = decisions.refuse_extension(app, address, decision, utc_now())
        else:
            done = decisions.extend(app, address, decision, utc_now(), to=to, granted_by=granted_by)
        show(app, done, json=json)


def reassign(
    what: What,
    unit: Unit = None,
    period: Period = None,
    to: Annotated[str, typer.Option("--to", metavar="ĐƠN-VỊ", help="Đơn vị thực hiện tiếp.")] = "",
    on: On = None,
    document: Document = None,
    note: Note = None,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Giao việc cho đơn vị khác thực hiện tiếp; việc vẫn đứng ở dòng của đơn vị cũ."""
    if not to:
        raise typer.BadParameter("ghi --to ĐƠN-VỊ")
    with recording(config) as app:
        decision = _decision(app, on, by, document, note)
        done = decisions.reassign(app, Address.parse(what, unit, period), decision, utc_now(), to=to)
        show(app, done, json=json)


def event(
    plan: Annotated[str, typer.Argument(metavar="KẾ-HOẠCH")],
    name: Annotated[str, typer.Argument(metavar="SỰ-KIỆN")],
    on: Annotated[date | None, day_option("--on", "Ngày của sự kiện.")] = None,
    document: Document = None,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Ghi ngày của sự kiện mà hạn tính từ đó (after: event:TÊN)."""
    if on is None:
        raise typer.BadParameter("ghi --on NGÀY")
    with recording(config) as app:
        dated = anchoring.date_event(app, plan, name, on, utc_now(), by=who(by), document=document)
        if json:
            print_json({"plan": plan, "event": name, "on": on, "dated": dated})
            return
        say(f"{Names.applied(app).plan(plan)}: {name} ngày {table_date(on)}; {len(dated)} việc có hạn theo mốc này.")
        for line in dated:
            say(f"{line.code}: {f'hạn {table_date(line.due_on)}' if line.due_on else 'chờ mốc'}.", indent=2)
