"""The form that gives a task."""
