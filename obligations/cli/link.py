"""link, contact: the units' own page — its address, what opens it, and what a unit asks to change about its contact."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from obligations.cases import applied
from obligations.cases.access import links
from obligations.cases.access.links import UnitLink
from obligations.cases.answering import contacts
from obligations.cases.app import App
from obligations.cases.clock import utc_now
from obligations.cli.opening import opened, zone
from obligations.cli.options import By, Config, Json, who
from obligations.cli.output import Column, print_json, print_table, say
from obligations.domain.errors import Refused
from obligations.domain.plan import Unit

UnitId = Annotated[str, typer.Argument(metavar="ĐƠN-VỊ")]


def add_to(app: typer.Typer) -> None:
    app.command("link")(link)
    app.command("contact")(contact)


def link(
    unit: UnitId,
    revoke: Annotated[int | None, typer.Option("--revoke", metavar="SỐ", help="Thu hồi liên kết số này.")] = None,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Liên kết mà đơn vị mở trang của mình; thu hồi một liên kết."""
    with opened(config) as app:
        known = _unit(app, unit)
        if revoke is not None:
            _refuse_another(app, unit, revoke)
            links.revoke(app, revoke, utc_now(), by=who(by))
        base = applied.current(app).configuration.office.public_url
        address = (
            links.address(base, links.issue(app, unit, utc_now(), by=who(by))) if base and revoke is None else None
        )
        found = [one for one in links.all_links(app) if one.unit == unit]
        if json:
            print_json({"unit": unit, "address": address, "links": found})
            return
        _show(app, known, address, found, has_pages=base is not None)


def _show(app: App, unit: Unit, address: str | None, found: list[UnitLink], *, has_pages: bool) -> None:
    if address:
        say(f"{unit.name}: ai có liên kết này trả lời thay đơn vị.")
        say(address, indent=2)
    elif not has_pages:
        say("Chưa có liên kết: office.yaml không ghi public_url.")
    here, now = zone(app), utc_now()
    columns = (Column("Số", number=True), Column("Cấp lúc"), Column("Hết hạn"), Column("Tình trạng"))
    rows = [(one.id, one.issued_at.astimezone(here), one.expires.astimezone(here), _state(one, now)) for one in found]
    print_table(f"Liên kết của {unit.short_name}", columns, rows, empty="Chưa cấp liên kết nào.")


def _state(one: UnitLink, now: datetime) -> str:
    if one.revoked:
        return "đã thu hồi"
    return "đang mở" if one.is_open(now) else "hết hạn"


def contact(unit: UnitId, by: By = None, config: Config = None, json: Json = False) -> None:
    """Bỏ qua đề nghị đổi đầu mối đang chờ của đơn vị."""
    with opened(config) as app:
        known = _unit(app, unit)
        contacts.set_aside(app, unit, utc_now(), by=who(by))
        if json:
            print_json({"unit": unit, "waiting": None})
            return
        say(f"{known.name}: đã bỏ qua đề nghị đổi đầu mối; thư vẫn gửi theo units.yaml.")


def _unit(app: App, unit: str) -> Unit:
    found = applied.current(app).configuration.units.get(unit)
    if found is None:
        raise Refused("no-unit", f"không có đơn vị {unit}.", "Xem mã đơn vị trong units.yaml.")
    return found


def _refuse_another(app: App, unit: str, number: int) -> None:
    """A link of another unit, or none, is not revoked by a slip."""
    if all((one.id, one.unit) != (number, unit) for one in links.all_links(app)):
        raise Refused("no-link", f"{unit} không có liên kết số {number}.", f"Xem dondoc link {unit}.")
