"""What keeps the engine honest: the audit, alarms, the heartbeat, backups, one engine only."""
