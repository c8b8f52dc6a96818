"""Which reminders are due: rungs become rows, held ones are judged and let go."""
