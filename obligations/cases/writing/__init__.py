"""What a message says: the ledger read at the moment of sending, handed to `texts`."""
