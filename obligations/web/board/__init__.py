"""The tracking board and the page of one assignment."""
