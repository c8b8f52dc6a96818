"""The end of the engine that the tests of this folder share.

pytest takes files by their names: after this one nobody has to start it once more.
"""

from __future__ import annotations

from flows.server import answers
from tests.flows.conftest import Child


def test_sigterm_ends_everything_within_seconds(engine: Child) -> None:
    """Status 0, and the server is gone with it."""
    assert engine.stop() == 0
    assert not answers(engine.place)
