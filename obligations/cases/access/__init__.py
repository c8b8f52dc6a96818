"""Who may see and do what on the pages: people with a login, units with a link. Every change is an event."""
