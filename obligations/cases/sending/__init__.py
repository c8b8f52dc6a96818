"""From rows to messages that left: outbox, claims, channels that rest, addresses that refuse."""
