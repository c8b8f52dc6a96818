"""Prefect's database with its tables, built once for everybody who tests here: ten seconds of CPU for each new server.

What a first start builds by itself is seen by the tests that give it an empty place.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

FILE = "prefect.db"
BUILD = """
import asyncio, sys
from pathlib import Path
from flows.environment import Place, prepare
prepare(Place(Path(sys.argv[1])))
from prefect.server.database import provide_database_interface
asyncio.run(provide_database_interface().create_db())
"""


class PrefectData:
    """The model, in a folder that all processes of one test run see."""

    def __init__(self, shared: Path) -> None:
        self._shared = shared

    def give(self, home: Path) -> None:
        """An office's home in which Prefect has its tables, and nothing in them."""
        model = self._model()
        (home / "prefect").mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy(model, home / "prefect" / FILE)

    def _model(self) -> Path:
        model = self._shared / FILE
        with (self._shared / "prefect.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not model.exists():
                place = self._shared / "prefect-model"
                subprocess.run([sys.executable, "-c", BUILD, str(place)], check=True)
                (place / "prefect" / FILE).rename(model)
        return model
