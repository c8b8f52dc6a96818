"""What people look at: how duties stand, what happened, the office's tables. Nothing is written."""
