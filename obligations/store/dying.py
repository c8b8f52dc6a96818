"""For rehearsals: a process that dies at a commit, before it or after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

Dies = Callable[[], bool]


def dies_at_commits(engine: Engine, dies: Dies, is_after: Dies, death: type[BaseException]) -> None:
    """Make an engine's commits raise `death` whenever `dies` says so; `is_after`: what was committed stays."""
    commit = engine.dialect.do_commit

    def do_commit(connection: Any) -> None:
        if not dies():
            commit(connection)
        elif is_after():
            commit(connection)
            raise death
        else:
            raise death

    engine.dialect.do_commit = do_commit  # type: ignore[assignment, method-assign]
