"""Dấu vết: what was done to the office itself: configurations, accounts, links, pauses, the incoming register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, func, or_, select

from obligations.cases import applied
from obligations.cases.access.users import ROLE_WORDS
from obligations.cases.app import App
from obligations.cases.ledger.officebook import DONDOC, OFFICE
from obligations.cases.reading.words import Ours
from obligations.domain.plan import Unit
from obligations.store.database import reading
from obligations.store.tables import METADATA

ROWS = 50
# Which of the office's events there are to look for, in words; `applied` stands in the table of versions.
KINDS = {
    "applied": "Áp dụng cấu hình",
    "user_added": "Thêm tài khoản",
    "user_changed": "Đổi tài khoản",
    "link_issued": "Cấp liên kết",
    "link_revoked": "Thu hồi liên kết",
    "paused": "Tạm dừng gửi",
    "resumed": "Gửi tiếp",
    "checked": "Rà sổ văn bản đến",
    "bounced": "Địa chỉ thư bị trả lại",
    "restored": "Địa chỉ thư nhận lại",
    "resent": "Gửi lại tin nhắn",
}
_event: Table = METADATA.tables["event"]
_version: Table = METADATA.tables["config_version"]


@dataclass(frozen=True)
class Deed:
    """Something done to the office: when, by whom, what (a key of KINDS), and of what, in words (ours are `Ours`)."""

    at: datetime
    by: str
    kind: str
    words: tuple[str, ...]

    @property
    def title(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True)
class Trail:
    """One page, newest first."""

    rows: list[Deed]
    count: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // ROWS))


def audit_trail(app: App, kind: str = "", page: int = 1) -> Trail:
    """A page of what people did, or of all deeds of one kind, the links too that letters took along by themselves."""
    kinds = [one for one in KINDS if not kind or one == kind]
    offset = (page - 1) * ROWS
    chosen = and_(_event.c.plan == OFFICE, _event.c.kind.in_(kinds))
    if not kind:  # each unit's first letter takes a link along: they would bury what people did
        chosen = and_(chosen, or_(_event.c.kind != "link_issued", _event.c.by != DONDOC))
    newest = select(_event).where(chosen).order_by(_event.c.id.desc()).limit(offset + ROWS)
    versions = select(_version.c.id, _version.c.applied_at, _version.c.by).order_by(_version.c.id.desc())
    with reading(app.engine) as session:
        followed = applied.find(session)
        units = followed.configuration.units if followed else {}
        deeds = [
            Deed(row.recorded_at, row.by, row.kind, tuple(_words(row.kind, row.payload, units)))
            for row in session.execute(newest)
        ]
        count = session.execute(select(func.count()).select_from(_event).where(chosen)).scalar_one()
        if "applied" in kinds:
            newest_ones = session.execute(versions.limit(offset + ROWS))
            deeds += [Deed(row.applied_at, row.by, "applied", (Ours(f"phiên bản {row.id}"),)) for row in newest_ones]
            count += session.execute(select(func.count()).select_from(_version)).scalar_one()
    deeds.sort(key=lambda deed: deed.at, reverse=True)
    return Trail(deeds[offset : offset + ROWS], count, page)


def _words(kind: str, payload: Mapping[str, Any], units: Mapping[str, Unit]) -> Iterator[str]:
    """Of whom or what, and how."""
    if kind.startswith("user"):
        yield str(payload.get("user", ""))
        yield from _changes(payload)
    elif kind.startswith("link"):
        unit = payload.get("unit", "")
        yield Ours(f"{units[unit].name if unit in units else unit}, liên kết số {payload.get('link', '')}")
    elif kind in ("bounced", "restored"):
        yield str(payload.get("address") or payload.get("contact") or "")
    elif kind == "resent":
        yield Ours(f"tin số {payload['message']}, {payload['contact']} qua {payload['channel']}")
    elif payload.get("note"):
        yield Ours(payload["note"]) if "backup" in payload else str(payload["note"])


def _changes(payload: Mapping[str, Any]) -> Iterator[str]:
    if role := payload.get("role"):
        yield Ours(f"vai trò {ROLE_WORDS.get(role, role)}")
    if "closed" in payload:
        yield Ours("đóng" if payload["closed"] else "mở lại")
    if "full_name" in payload:
        yield Ours(f"họ tên: {payload['full_name']}")
    if payload.get("password"):
        yield Ours("mật khẩu mới")
