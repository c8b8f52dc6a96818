"""The pure core: deadlines, calendar, ladder, classes. Standard library and dateutil only; the clock is a parameter."""
