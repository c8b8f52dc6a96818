"""Instants that stand in an address: when something was saved, to be taken back."""

from __future__ import annotations

from datetime import UTC, datetime


def instant(text: str) -> datetime | None:
    """The instant meant; None for what is none, has no zone, or lies beyond the calendar."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
