"""`dondoc schema`, at the keyboard."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from obligations.config.json_schema import schemas


def dondoc(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "obligations.cli.main", *map(str, words)], capture_output=True, text=True, check=False
    )


def test_schema_writes_one_file_for_each_kind_and_says_how_to_use_them(tmp_path: Path) -> None:
    shown = dondoc("schema", tmp_path / "schemas")
    assert shown.returncode == 0, shown.stderr
    assert "# yaml-language-server: $schema=../schemas/plan.schema.json" in shown.stdout
    assert {path.name for path in (tmp_path / "schemas").iterdir()} == schemas().keys()


def test_schema_for_a_program_is_one_document(tmp_path: Path) -> None:
    created = json.loads(dondoc("schema", tmp_path, "--json").stdout)["created"]
    assert [Path(path).name for path in created] == list(schemas())


def test_schema_leaves_somebody_elses_file(tmp_path: Path) -> None:
    (tmp_path / "plan.schema.json").write_text("{}", "utf-8")
    refused = dondoc("schema", tmp_path, "--json")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"]["code"] == "not-ours"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.schema.json"]
    assert "Traceback" not in refused.stderr
