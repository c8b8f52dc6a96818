"""Prefect's runs brought into line with an applied configuration: the first time, and with nothing changed.

python -m bench.reconcile [--rounds 3] [--obligations 500] [--units 40]
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bench.large import UNITS, office, texts
from bench.measure import ROUNDS, Line, Pair, arguments, show, timed
from bench.prefect_server import prefect_server
from obligations.cases.configuring import applying

OBLIGATIONS = 500
AT_MOST = 0.05


def lines(rounds: int = ROUNDS, obligations: int = OBLIGATIONS, units: int = UNITS) -> list[Line]:
    """One line, in seconds; each round has an office and a Prefect of its own."""
    now = datetime.now(UTC)
    draft = texts(obligations, units, due=lambda n: (now + timedelta(days=60 + n * 7 % 700)).date())
    pairs = tuple(_round(draft, now) for _ in range(rounds))
    return [Line(f"lập lịch lại {obligations} nhiệm vụ, không đổi gì", "lần đầu", "s", pairs, ("≤", AT_MOST))]


def _round(draft: Mapping[str, str], now: datetime) -> Pair:
    """Seconds: unchanged, first."""
    with prefect_server(), office() as app:
        from flows.deployments import ensure_pool  # noqa: PLC0415 - Prefect reads its settings when imported
        from flows.inprocess import quick_runs  # noqa: PLC0415
        from flows.reconcile import bring_into_line  # noqa: PLC0415

        applying.apply(app, draft, now, by="bench")
        with quick_runs() as client:
            ensure_pool(client)
            with timed() as first:
                made = bring_into_line(client, app, now)
            with timed() as again:
                applying.extend(app, now)
                kept = bring_into_line(client, app, now)
    if (kept.kept, kept.created, kept.removed) != (made.created, 0, 0):
        raise SystemExit(f"lần đầu: {made}; lần sau: {kept}")
    return again.seconds, first.seconds


if __name__ == "__main__":
    chosen = arguments(__doc__, obligations=OBLIGATIONS, units=UNITS)
    show(lines(chosen.rounds, chosen.obligations, chosen.units))
