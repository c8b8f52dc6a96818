"""Prefect's REST API, read over HTTP by whoever may not import Prefect: the pages, `doctor`. Nothing is changed."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from obligations.cases.access.prefect_key import prefect_key
from obligations.cases.app import App
from obligations.cases.upkeep.engines import newest

POOL = "dondoc"
CHECK = "check_obligation"
WITHIN_SECONDS = 5.0
# As Prefect's API allows in one answer.
MOST = 200
SCHEDULED, PENDING, RUNNING, COMPLETED, FAILED, CANCELLED, CRASHED = (
    "SCHEDULED",
    "PENDING",
    "RUNNING",
    "COMPLETED",
    "FAILED",
    "CANCELLED",
    "CRASHED",
)
OLDEST_LAST, NEWEST_ENDED, SOONEST = "EXPECTED_START_TIME_DESC", "END_TIME_DESC", "EXPECTED_START_TIME_ASC"


class PrefectSilent(Exception):
    """Prefect gave no answer that helps; the message says so in a sentence."""


@dataclass(frozen=True)
class RunsWanted:
    """Which flow runs: of a flow, with all of these tags, in one of these states, expected between two instants."""

    flow: str | None = None
    tags: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    after: datetime | None = None
    before: datetime | None = None

    def body(self) -> dict[str, Any]:
        """The filter as Prefect's API reads it."""
        runs: dict[str, Any] = {}
        if self.tags:
            runs["tags"] = {"all_": list(self.tags)}
        if self.states:
            runs["state"] = {"type": {"any_": list(self.states)}}
        expected = {"after_": self.after, "before_": self.before}
        if between := {name: at.astimezone(UTC).isoformat() for name, at in expected.items() if at}:
            runs["expected_start_time"] = between
        flows = {"flows": {"name": {"any_": [self.flow]}}} if self.flow else {}
        return {"flow_runs": runs, **flows}


class PrefectApi:
    """One Prefect server. Every question raises PrefectSilent where it is not answered within seconds."""

    def __init__(self, url: str, key: str) -> None:
        self.url = url
        guard = f"Basic {b64encode(key.encode()).decode()}"
        # What the environment says of proxies is for the world outside; this one is on loopback.
        self._client = httpx.Client(
            base_url=f"{url}/api/", headers={"Authorization": guard}, timeout=WITHIN_SECONDS, trust_env=False
        )

    def __enter__(self) -> PrefectApi:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def runs(self, wanted: RunsWanted, sort: str, *, limit: int = MOST, offset: int = 0) -> list[dict[str, Any]]:
        """The runs as the API tells them."""
        body = wanted.body() | {"sort": sort, "limit": limit, "offset": offset}
        found: list[dict[str, Any]] = self._ask("POST", "flow_runs/filter", body)
        return found

    def count(self, wanted: RunsWanted) -> int:
        return int(self._ask("POST", "flow_runs/count", wanted.body()))

    def flows(self) -> dict[str, str]:
        """The name of each flow by its id."""
        return {one["id"]: one["name"] for one in self._ask("POST", "flows/filter", {"limit": MOST})}

    def beats(self) -> list[datetime]:
        """When each worker of our pool gave its last sign of life."""
        found = self._ask("POST", f"work_pools/{POOL}/workers/filter", {}, missing=[])
        return [instant(one["last_heartbeat_time"]) for one in found if one.get("last_heartbeat_time")]

    def version(self) -> str:
        return str(self._ask("GET", "admin/version"))

    def _ask(self, method: str, path: str, body: object = None, *, missing: Any = None) -> Any:
        try:
            answer = self._client.request(method, path, json=body)
            if answer.status_code == 404 and missing is not None:
                return missing
            if answer.status_code in (401, 403):
                raise PrefectSilent(f"Prefect ở {self.url} không nhận mật khẩu của sổ này.")
            answer.raise_for_status()
            return answer.json()
        except (httpx.HTTPError, ValueError) as problem:
            raise PrefectSilent(f"Prefect không trả lời ở {self.url} ({_why(problem)}).") from None


def connect(app: App) -> PrefectApi:
    """The Prefect that this ledger's engine started. Raises PrefectSilent where none ever did."""
    engine = newest(app)
    if engine is None:
        raise PrefectSilent("Sổ này chưa từng có dondoc up chạy.")
    return PrefectApi(engine.address, prefect_key(app.settings.home))


def instant(text: str) -> datetime:
    """An instant as the API writes it."""
    return datetime.fromisoformat(text)


def _why(problem: Exception) -> str:
    if isinstance(problem, httpx.TimeoutException):
        return f"quá {WITHIN_SECONDS:.0f} giây"
    if isinstance(problem, httpx.HTTPStatusError):
        return f"mã {problem.response.status_code}"
    return "không kết nối được" if isinstance(problem, httpx.TransportError) else type(problem).__name__
