"""`dondoc draft`: the plan file loads, proposed units can be added, the same document again is a difference."""

from __future__ import annotations

import json
import stat
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from obligations.cases.configuring.checking import check_folder
from obligations.cases.drafting_plans import saving
from obligations.cli.main import app
from obligations.config.load import Loaded
from obligations.domain.errors import Refused
from tests.unit.config.base_office import OFFICE, TODAY, UNITS
from tests.unit.draft import files, papers

run = CliRunner()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    config = tmp_path / "config"
    (config / "plans").mkdir(parents=True)
    (config / "office.yaml").write_text(OFFICE, "utf-8")
    (config / "units.yaml").write_text(UNITS, "utf-8")
    return config


def paper(folder: Path, text: str) -> Path:
    path = folder.parent / "van-ban.txt"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("text", [papers.DECISION, papers.CONCLUSION, papers.LABELLED, papers.WRAPPED, papers.LETTER])
def test_the_plan_file_loads(folder: Path, text: str) -> None:
    """What draft writes is a plan that check accepts, once its units are there."""
    done = run.invoke(app, ["draft", str(paper(folder, text)), "-o", "moi", "--add-units", "--config", str(folder)])
    assert done.exit_code == 0, done.output
    loaded = check_folder(folder, TODAY)
    assert not loaded.errors
    assert loaded.configuration
    assert loaded.configuration.plans["moi"].obligations


def test_quotes_stand_over_their_duties(folder: Path) -> None:
    """YAML on standard output; each duty under the document's words, questions marked."""
    done = run.invoke(app, ["draft", str(paper(folder, papers.CONCLUSION)), "--config", str(folder)])
    assert done.exit_code == 0
    assert "# “Yêu cầu Ban Quản lý dự án huyện" not in done.stdout
    assert "thông xe kỹ thuật trước ngày 2/9”" in done.stdout
    assert "HỎI" in done.stdout
    assert "deadline: {before: 2024-09-02}" in done.stdout


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_document_is_read_where_no_configuration_is_yet(tmp_path: Path, more: list[str]) -> None:
    """Who only wants to look needs no office; whoever wants a file written is told what to do first."""
    asked = ["draft", str(paper(tmp_path / "config", papers.CONCLUSION)), "--config", str(tmp_path / "config"), *more]
    done = run.invoke(app, asked)
    assert (done.exit_code, "2024-09-02" in done.stdout) == (0, True), done.output
    written = run.invoke(app, [*asked, "-o", "moi"])
    assert isinstance(written.exception, Refused)
    assert "dondoc init" in written.exception.fix
    assert not (tmp_path / "config").exists()


def test_json_has_spans_of_the_text(folder: Path) -> None:
    """A program gets the same, with offsets into the text."""
    path = paper(folder, papers.DECISION)
    done = run.invoke(app, ["draft", str(path), "--json", "--config", str(folder)])
    told = json.loads(done.stdout)
    first = told["obligations"][0]
    start, end = first["cite"]["stated_span"]
    assert papers.DECISION[start:end] == first["cite"]["stated"] == "trước ngày 05 tháng 4 năm 2024"
    assert first["due"] == ["2024-04-04"]
    assert told["difference"] is None


def test_the_same_document_again_is_no_second_plan(folder: Path) -> None:
    """Nothing differs the first time; an amended day, a new duty and a dropped one are told; saving is refused."""
    path = paper(folder, papers.DECISION)
    assert run.invoke(app, ["draft", str(path), "-o", "qd", "--add-units", "--config", str(folder)]).exit_code == 0
    again = run.invoke(app, ["draft", str(path), "--json", "--config", str(folder)])
    assert json.loads(again.stdout)["difference"] == {"plan": "qd", "added": [], "gone": [], "changed": []}
    amended = papers.DECISION.replace("trước ngày 05 tháng 4 năm 2024", "trước ngày 12 tháng 4 năm 2024")
    amended = amended.replace(
        "3. Giao Trung tâm Kiểm định xây dựng cập nhật kết quả thí nghiệm vào ngày 10 và ngày 25 hằng tháng.",
        "3. Văn phòng Sở sửa chữa nhà kho trong tháng 8/2024.",
    )
    told = json.loads(run.invoke(app, ["draft", str(paper(folder, amended)), "--json", "--config", str(folder)]).stdout)
    found = told["difference"]
    assert [change["fields"][0][0] for change in found["changed"]] == ["deadline"]
    assert len(found["added"]) == len(found["gone"]) == 1
    shown = run.invoke(app, ["draft", str(paper(folder, amended)), "--config", str(folder)])
    assert "Thêm:" in shown.stdout
    with pytest.raises(Refused, match="đã có"):
        run.invoke(
            app,
            ["draft", str(path), "-o", "khac", "--config", str(folder)],
            catch_exceptions=False,
            standalone_mode=False,
        )


def swapped(units: str) -> str:
    """The same with groups first, units further in."""
    head, groups = units.split("groups:")
    return f"groups:{groups}{textwrap.indent(head, '  ').replace('  units:', 'units:')}"


@pytest.mark.parametrize("laid_out", [str, swapped, lambda text: text.replace("units:\n", "units:\n\n# đầu\n")])
def test_units_are_added_however_the_file_is_laid_out(folder: Path, laid_out: Callable[[str], str]) -> None:
    """Whole or not at all, under its own rights, nothing left beside it."""
    path = folder / "units.yaml"
    path.write_text(laid_out(UNITS), "utf-8")
    path.chmod(0o640)
    done = run.invoke(app, ["draft", str(paper(folder, papers.DECISION)), "--add-units", "--config", str(folder)])
    assert done.exit_code == 0, done.output
    loaded = check_folder(folder, TODAY)
    assert not loaded.errors
    assert loaded.configuration
    assert "trung-tam-kiem-dinh-xay-dung" in loaded.configuration.units
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(one.name for one in folder.iterdir()) == ["office.yaml", "plans", "units.yaml"]


def refused(folder: Path, *options: str) -> Refused:
    with pytest.raises(Refused) as told:
        run.invoke(
            app,
            ["draft", str(paper(folder, papers.DECISION)), *options, "--config", str(folder)],
            catch_exceptions=False,
            standalone_mode=False,
        )
    return told.value


@pytest.mark.parametrize("units", ["units: [\n", "units: {a: b}\n", f"{UNITS}strange: 1\n"])
def test_units_that_would_be_broken_are_not_written(folder: Path, units: str) -> None:
    """Nor the plan that would need them."""
    (folder / "units.yaml").write_text(units, "utf-8")
    assert refused(folder, "-o", "qd", "--add-units").code in ("units", "plan-errors")
    assert (folder / "units.yaml").read_text("utf-8") == units
    assert not list((folder / "plans").iterdir())


def test_no_file_is_written_over(folder: Path) -> None:
    (folder / "plans/qd.yaml").write_text("plan: {}\n", "utf-8")
    for name in ("qd", "", "../qd", "Q D"):
        assert refused(folder, "-o", name, "--add-units").code in ("plan-exists", "plan-name")
    assert (folder / "units.yaml").read_text("utf-8") == UNITS


def test_a_plan_that_somebody_writes_meanwhile_leaves_the_units_as_they_were(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*asked: Any) -> Loaded:
        (folder / "plans/qd.yaml").write_text("plan: {}\n", "utf-8")
        return check_folder(*asked)

    monkeypatch.setattr(saving, "check_folder", meanwhile)
    assert refused(folder, "-o", "qd", "--add-units").code == "conflict"
    assert (folder / "units.yaml").read_text("utf-8") == UNITS
    assert (folder / "plans/qd.yaml").read_text("utf-8") == "plan: {}\n"


def test_a_secret_document_writes_nothing(folder: Path) -> None:
    """Refused before anything is written."""
    path = folder.parent / "mat.docx"
    path.write_bytes(files.word(["TỐI MẬT", "KẾ HOẠCH"]))
    with pytest.raises(Refused):
        run.invoke(
            app,
            ["draft", str(path), "-o", "mat", "--config", str(folder)],
            catch_exceptions=False,
            standalone_mode=False,
        )
    assert not list((folder / "plans").iterdir())
