"""The pages of an invented office, served for real on loopback, with a clock that a test sets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
import uvicorn

from obligations.cases.access import users
from obligations.web.app import create_app
from tests.offices import Office, at
from tests.ports import free_port

PASSWORD = "mật khẩu dài để thử"
PEOPLE = {"xem": "viewer", "thu-ky": "secretariat", "quan-tri": "admin"}
NOW = "2022-11-28 08:30"


@dataclass
class Site:
    """A running server. `now` is what its clock says, in local words; `url` has no slash at its end."""

    office: Office
    port: int = field(default_factory=free_port)
    now: str = NOW

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def clock(self) -> datetime:
        return at(self.now).astimezone(UTC)

    def person(self, name: str) -> None:
        """An account of one of PEOPLE, made when first asked for."""
        if all(one.name != name for one in users.everybody(self.office.app)):
            users.add(self.office.app, name, PEOPLE[name], PASSWORD, self.clock(), by="thử", full_name=f"Người {name}")

    def client(self, name: str | None = None) -> httpx.Client:
        """A browser without a screen, logged in as one of PEOPLE or nobody; it says where it comes from as one does."""
        client = httpx.Client(base_url=self.url, headers={"Origin": self.url}, timeout=30)
        if name:
            self.person(name)
            answer = client.post("/dang-nhap", data={"name": name, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
        return client


@contextmanager
def serving(office: Office, now: str = NOW) -> Iterator[Site]:
    """The pages of an office, until the block ends."""
    site = Site(office, now=now)
    config = uvicorn.Config(
        create_app(office.app, clock=site.clock), host="127.0.0.1", port=site.port, log_level="error", access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        thread.join(0.01)
    try:
        yield site
    finally:
        server.should_exit = True
        thread.join(10)
