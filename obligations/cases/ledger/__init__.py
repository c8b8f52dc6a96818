"""The ledger's pen: events are added, rows are told again from them, what is no longer owed is taken back."""
