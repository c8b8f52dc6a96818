"""The database: tables, the engine with its sessions, migrations. SQLite for one office, PostgreSQL for more."""
