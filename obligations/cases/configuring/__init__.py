"""From the draft on disk to what the engine follows: check, compare, forecast, apply."""
