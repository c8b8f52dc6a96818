"""Files that belong together are written all or none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from obligations.config.load import FILES
from obligations.config.writing import NEW, Conflict, fingerprint, write_files
from obligations.domain.errors import Refused
from tests.unit.config.base_office import UNITS

KNOWN, PLAN = frozenset(FILES), "plans/moi.yaml"
BOTH = {"units.yaml": ("units: []\n", fingerprint(UNITS)), PLAN: ("plan: {}\n", NEW)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "units.yaml").write_text(UNITS, "utf-8")
    (tmp_path / "plans").mkdir()
    return tmp_path


def test_both_are_written(folder: Path) -> None:
    write_files(folder, BOTH, KNOWN)
    assert (folder / "units.yaml").read_text("utf-8") == "units: []\n"
    assert (folder / PLAN).read_text("utf-8") == "plan: {}\n"


def test_a_conflict_at_the_second_leaves_the_first(folder: Path) -> None:
    (folder / PLAN).write_text("plan: {title: khác}\n", "utf-8")
    with pytest.raises(Conflict, match=PLAN):
        write_files(folder, BOTH, KNOWN)
    assert (folder / "units.yaml").read_text("utf-8") == UNITS


def test_a_disk_that_is_full_at_the_second_leaves_the_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def full(handle: int) -> None:
        asked.append(handle)
        if len(asked) == 2:
            raise OSError(28, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="đĩa đầy"):
        write_files(folder, BOTH, KNOWN)
    assert (folder / "units.yaml").read_text("utf-8") == UNITS
    assert sorted(path.name for path in folder.rglob("*")) == ["plans", "units.yaml"]
