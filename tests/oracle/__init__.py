"""Which reminders an office must have recorded and sent, worked out day by day from what people did.

It shares no code with what it checks: of the engine it takes the configuration as loaded, the due dates, and whether a
day is worked. `expect(stories, book)` gives the rows that must stand in the ledger, `compare` holds the ledger against
them, `broken_promises` holds what really left against promises that know nothing of the ladder.
"""

from tests.oracle.book import Book, Delivery, Departure, Duty, Fact, Recorded, Story, Version
from tests.oracle.departing import broken_promises
from tests.oracle.expecting import Expectation, Expected, expect
from tests.oracle.roster import roster
from tests.oracle.verdict import compare

__all__ = [
    "Book",
    "Delivery",
    "Departure",
    "Duty",
    "Expectation",
    "Expected",
    "Fact",
    "Recorded",
    "Story",
    "Version",
    "broken_promises",
    "compare",
    "expect",
    "roster",
]
