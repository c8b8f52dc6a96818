"""`dondoc draft`: the plan file loads, proposed units can be added, the same document again is a difference."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from obligations.cases.configuring.checking import check_folder
from obligations.cli.main import app
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
