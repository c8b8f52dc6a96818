"""What the secretariat follows and lets go: approvals, plans, units, the journal, figures, the calendar, pastes."""
