"""Where Prefect lives and how it is set.

Prefect reads its settings from the environment when it is first imported, so a process calls `prepare` before it
imports anything else of this package; this module itself imports nothing of Prefect.
"""

import os
import socket
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from obligations.cases.access.prefect_key import prefect_key
from obligations.cases.settings import Settings
from obligations.cases.upkeep.prefect_pages import runs_page
from obligations.domain.errors import Refused

DEFAULT_PORT = 4200
LOOPBACK = "127.0.0.1"

# Values an admin may set otherwise before starting `dondoc up`.
TUNABLE = {
    # The event persister is SQLite's second writer: fewer, larger batches leave the first one alone.
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "500",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": "30",
    # The proof of every reminder is in our own database; Prefect's run history is kept for more than a year.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(400 * 86_400),
    # Runs go one after the other, so a busy 08:00 is not yet late after Prefect's 15 s.
    "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS": "60",
    "PREFECT_LOGGING_LEVEL": "INFO",
    # Run logs are read in Prefect's pages; the worker tells in one line which run failed.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}
# What would lead the engine to somebody else's server.
FOREIGN = ("PREFECT_API_KEY", "PREFECT_PROFILE", "PREFECT_PROFILES_PATH")


@dataclass(frozen=True)
class Place:
    """One Prefect: its data under `home`/prefect, its API and pages on a loopback port."""

    home: Path
    port: int = DEFAULT_PORT

    @property
    def folder(self) -> Path:
        """Where Prefect keeps its database; deleting it while stopped loses run history and nothing else."""
        return self.home / "prefect"

    @property
    def url(self) -> str:
        """The address an admin opens."""
        return f"http://{LOOPBACK}:{self.port}"

    def runs_url(self, first: datetime, last: datetime) -> str:
        """The page of flow runs between two instants (aware)."""
        return runs_page(self.url, first, last)

    @property
    def api_url(self) -> str:
        """The address the flows and the worker talk to."""
        return f"{self.url}/api"

    @classmethod
    def from_environment(cls) -> "Place":
        """The place that DONDOC_HOME and DONDOC_PREFECT_PORT (default 4200) name.

        Raises:
            Refused: the port is no number between 1 and 65535.
        """
        said = os.environ.get("DONDOC_PREFECT_PORT", str(DEFAULT_PORT))
        if not (said.isdigit() and 0 < int(said) < 65_536):
            raise Refused("bad-port", f"DONDOC_PREFECT_PORT={said!r} không phải là số cổng.", "Ghi một số 1–65535.")
        return cls(Settings.from_environment().home.resolve(), int(said))


def prepare(place: Place, environ: MutableMapping[str, str] = os.environ) -> None:
    """Sets what Prefect will read: its home (made, 0700), addresses, key; nothing sent outside. Safe to repeat."""
    for folder in (place.home, place.folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOREIGN:
        environ.pop(name, None)
    for name, value in TUNABLE.items():
        environ.setdefault(name, value)
    environ.update(
        PREFECT_HOME=str(place.folder),
        PREFECT_API_URL=place.api_url,
        PREFECT_UI_API_URL="/api",
        # Without this a page of any other site, open in the admin's browser, could call the API.
        PREFECT_SERVER_CORS_ALLOWED_ORIGINS=place.url,
        PREFECT_SERVER_ANALYTICS_ENABLED="false",
        DO_NOT_TRACK="1",
    )
    # Other accounts of this machine reach a loopback port, too.
    environ["PREFECT_SERVER_API_AUTH_STRING"] = environ["PREFECT_API_AUTH_STRING"] = prefect_key(place.home, environ)


def engine_id() -> str:
    """Who we are in leases, attempts and Prefect's list of workers: the engine that started, or host and process."""
    return os.environ.get("DONDOC_ENGINE") or f"{socket.gethostname()}:{os.getpid()}"
