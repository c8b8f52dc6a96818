"""Addresses of Prefect's own pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlencode


def runs_page(url: str, first: datetime, last: datetime, tags: Iterable[str] = ()) -> str:
    """Prefect's page of flow runs between two instants (aware); without them it shows the past week only."""
    start, end = (f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z" for at in (first, last))
    named = {"tags": ",".join(tags)} if tags else {}
    return f"{url}/v2/runs?{urlencode({'start': start, 'end': end, **named}, safe=':,')}"


def run_page(url: str, number: str) -> str:
    """Prefect's page of one run."""
    return f"{url}/v2/runs/flow-run/{number}"
