"""A small invented office for tests: one secretariat, units that owe, an outsider that never does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from obligations.cases.app import App, open_app
from obligations.cases.configuring import applying
from obligations.cases.settings import Settings
from obligations.config.load import read_folder

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PLAN = """
plan: {{number: 12/KH-SM, title: Kế hoạch thử, issuer: van-phong, issued_on: {issued_on}, overseer: van-phong}}
obligations:
{obligations}
"""
UNITS = """
units:
- id: van-phong
  name: Văn phòng Sở Mẫu
  relation: internal
  contacts:
  - {name: Chị Mai, role: focal, email: van-phong@so-mau.example, phone: 0900 000 001}
  - {name: Giám đốc, role: leader, email: giam-doc@so-mau.example}
- id: so-y-te
  name: Sở Y tế
  relation: peer
  contacts:
  - {name: Anh Bình, role: focal, email: dau-moi@so-y-te.example}
  - {name: Giám đốc Sở Y tế, role: leader, email: giam-doc@so-y-te.example}
- id: so-xay-dung
  name: Sở Xây dựng
  relation: peer
  contacts: [{name: Chị Lan, role: focal, email: dau-moi@so-xay-dung.example}]
- id: so-ngoai-cuoc
  name: Sở Ngoài cuộc
  contacts: [{name: Người ngoài, role: focal, email: dau-moi@ngoai-cuoc.example}]
groups:
  cac-so: {name: Các sở, members: [so-y-te, so-xay-dung]}
"""
OFFICE = """
name: Văn phòng Sở Mẫu
unit: van-phong
sending: {sending}
recipients: {{secretariat: [van-phong.focal], own_leadership: [van-phong.leader], admin: [van-phong.focal]}}
"""


def obligation(id_: str, deadline: str, *, responsible: str = "cac-so", more: str = "") -> str:
    """One obligation as YAML; `deadline` and `more` are YAML in flow style."""
    extra = f"\n  {more}" if more else ""
    return (
        f"- id: {id_}\n  title: Việc {id_}\n  responsible: {responsible}\n"
        f"  deadline: {deadline}\n  cite: {{at: I.1, stated: theo kế hoạch}}{extra}\n"
    )


def at(text: str) -> datetime:
    """A local instant: `2022-07-11 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@dataclass
class Office:
    """A configuration folder and its database."""

    folder: Path
    home: Path
    database_url: str | None = None
    _app: App | None = field(default=None, repr=False)

    def write(self, name: str, text: str) -> Office:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return self

    def plan(self, *obligations: str, issued_on: str = "2022-07-08", name: str = "ke-hoach") -> Office:
        return self.write(f"plans/{name}.yaml", PLAN.format(issued_on=issued_on, obligations="".join(obligations)))

    def sending(self, how: str, channels: str = "") -> Office:
        self.write("channels.yaml", channels or "email: smtp://127.0.0.1:25/?from=nhac@so-mau.example\n")
        return self.write("office.yaml", OFFICE.format(sending=how))

    @property
    def app(self) -> App:
        if self._app is None:
            url = self.database_url or f"sqlite:///{self.home / 'dondoc.db'}"
            self._app = open_app(Settings(self.folder, self.home, url))
        return self._app

    def apply(self, when: str) -> applying.Outcome:
        return applying.apply(self.app, read_folder(self.folder), at(when), by="thư ký")

    def close(self) -> None:
        if self._app:
            self._app.close()


def new_office(root: Path, database_url: str | None = None) -> Office:
    """An office that writes into its box, with no plan yet."""
    office = Office(root / "config", root / "home", database_url)
    return office.sending("box").write("units.yaml", UNITS)
