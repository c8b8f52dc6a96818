"""What never matters in the files of an office: quotes, order of keys, line ends, a byte order mark."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from obligations.cases.configuring.checking import check, check_folder
from obligations.cases.reading.deadlines import deadlines
from obligations.config.load import load, load_folder, read_folder
from obligations.config.template import write_template
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from tests.unit.config.base_office import OFFICE, PLAN, TEXTS, TODAY


def configuration(texts: dict[str, str]) -> Configuration:
    found = load(texts, TODAY)
    assert not found.errors
    assert found.configuration is not None
    return found.configuration


def plain(found: Configuration) -> dict[str, Any]:
    """A configuration as comparable data; a calendar is its rules, not the object."""
    return {**vars(found), "calendar": [vars(found.calendar)[key] for key in ("_off", "_worked", "_confirmed")]}


def rewritten(text: str, style: str | None, order: random.Random | None = None) -> str:
    """The same file with every scalar in one quoting style, keys shuffled on demand."""

    def node(of: yaml.Node) -> yaml.Node:
        if isinstance(of, yaml.ScalarNode):
            return yaml.ScalarNode("tag:yaml.org,2002:str", of.value, style=style)
        if isinstance(of, yaml.SequenceNode):
            return yaml.SequenceNode(of.tag, [node(one) for one in of.value])
        assert isinstance(of, yaml.MappingNode)
        pairs = [(node(key), node(value)) for key, value in of.value]
        if order:
            order.shuffle(pairs)
        return yaml.MappingNode(of.tag, pairs)

    root = yaml.compose(text)
    assert root is not None
    return yaml.serialize(node(root), allow_unicode=True, width=1000)


@pytest.mark.parametrize("style", ["'", '"'])
def test_quotes_never_matter(style: str) -> None:
    """Every key and value quoted gives an equal configuration."""
    quoted = {name: rewritten(text, style) for name, text in TEXTS.items()}
    assert quoted["office.yaml"].count(style) > 50
    assert plain(configuration(quoted)) == plain(configuration(TEXTS))


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_keys_never_matters(seed: int) -> None:
    """Lists keep their order (protocol), mappings have none. Groups and channels are looked up by name."""
    order = random.Random(seed)  # noqa: S311  # nothing secret
    shuffled = {name: rewritten(text, '"', order) for name, text in TEXTS.items()}
    assert plain(configuration(shuffled)) == plain(configuration(TEXTS))


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    """What Notepad saves."""
    for name, text in TEXTS.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    found = load_folder(tmp_path, TODAY)
    assert not found.errors
    assert found.configuration is not None
    assert plain(found.configuration) == plain(configuration(TEXTS))


def test_one_name_stands_for_a_list_of_one() -> None:
    texts = {**TEXTS, "plans/ke-hoach.yaml": PLAN.replace("responsible: [cac-so]", "responsible: cac-so")}
    assert plain(configuration(texts)) == plain(configuration(TEXTS))


def test_a_key_left_blank_is_as_good_as_absent() -> None:
    blank = OFFICE.replace("language: vi", "language:").replace("sending: box", "sending:")
    assert plain(configuration({**TEXTS, "office.yaml": blank})) == plain(configuration(TEXTS))


def test_a_title_over_two_lines_is_one_line() -> None:
    """A title ends up in a mail's subject, which has no second line."""
    folded = PLAN.replace("title: Kế hoạch thử", "title: |\n    Kế hoạch\n    thử")
    assert configuration({**TEXTS, "plans/ke-hoach.yaml": folded}).plans["ke-hoach"].title == "Kế hoạch thử"


@pytest.mark.parametrize("today", [date(2022, 7, 8), date(2024, 2, 29), date(2026, 12, 31), date(2027, 1, 1)])
def test_the_office_that_init_writes_passes_check_on_any_day(tmp_path: Path, today: date) -> None:
    """A first user sees no error and no warning, and a duty that is due soon."""
    write_template(tmp_path / "config", today)
    found = check_folder(tmp_path / "config", today)
    assert not found.errors
    assert not found.warnings
    assert found.configuration is not None
    coming = [row for row in deadlines(found.configuration, today) if row.due_on and row.due_on >= today]
    assert coming[0].due_on is not None
    assert (coming[0].due_on - today).days <= 5


def test_init_never_writes_over_anything(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "ghi-chu.txt").write_text("của tôi", "utf-8")
    with pytest.raises(Refused, match="đã có tệp"):
        write_template(folder, TODAY)
    assert [path.name for path in folder.iterdir()] == ["ghi-chu.txt"]


def test_the_projects_own_five_plans_pass_check() -> None:
    """config/ is delivered: no error, and no warning but what the plans leave open and what ended in 2025."""
    found = check_folder(Path(__file__).parents[3] / "config", date(2022, 7, 8))
    assert not found.errors
    assert {one.code for one in found.warnings} == {"question", "by-telephone", "unit-ends"}
    assert found.configuration is not None
    assert len(found.configuration.plans) == 5


def test_the_reorganisations_of_2025_are_dated() -> None:
    """Who ended says by which document and who carries on; only the districts' work waits to be handed over."""
    found = check_folder(Path(__file__).parents[3] / "config", date(2026, 1, 1)).required()
    ended = [unit for unit in found.units.values() if unit.until]
    assert {unit.until for unit in ended} == {date(2025, 2, 28), date(2025, 6, 30)}
    assert all(unit.decision for unit in ended)
    assert {unit.id for unit in ended if not unit.successors} == {*found.groups["qb-huyen"].members, "tinh-huyen"}
    for unit in ended:
        heirs = [found.units[name] for name in unit.successors]
        assert all((heir.since or unit.until) <= unit.until + timedelta(days=1) for heir in heirs if unit.until)
    begun = [unit for unit in found.units.values() if unit.since]
    assert {unit.since for unit in begun} == {date(2025, 3, 1), date(2025, 7, 1)}
    assert all(unit.contacts and unit.decision for unit in begun)


# Reading the folder


def written(folder: Path, **more: bytes) -> Path:
    for name, text in TEXTS.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    for name, content in more.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258", "latin-1"])
def test_a_file_that_is_not_utf8_is_an_error_with_its_place(tmp_path: Path, encoding: str) -> None:
    """Old Vietnamese editors save other encodings; the place is the first letter that cannot be read."""
    folder = written(tmp_path)
    content = "name: Sở Mẫu\nunit: văn-phòng\n".encode(encoding, "replace")
    (folder / "office.yaml").write_bytes(content)
    found = check_folder(folder, TODAY)
    assert [(one.file, one.code) for one in found.errors] == [("office.yaml", "encoding")]
    assert found.errors[0].line >= 1
    assert "UTF-8" in found.errors[0].fix
    with pytest.raises(Refused, match="UTF-8"):
        read_folder(folder)


def test_the_place_of_a_bad_byte_counts_letters(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "office.yaml").write_bytes("language: vi\nname: Sở".encode() + b"\xff\n")
    found = check_folder(folder, TODAY)
    assert [(one.line, one.column) for one in found.errors] == [(2, 9)]


def test_a_file_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    """A folder in a file's place fails for everybody, the superuser too."""
    folder = written(tmp_path)
    (folder / "calendar.yaml").unlink()
    (folder / "calendar.yaml").mkdir()
    found = check_folder(folder, TODAY)
    assert [(one.file, one.code) for one in found.errors] == [("calendar.yaml", "unreadable")]


def test_files_that_nobody_reads_are_told(tmp_path: Path) -> None:
    """policy.yaml for policies.yaml, a plan one folder too deep: else the office would think them in force."""
    folder = written(tmp_path)
    (folder / "policy.yaml").write_text("chuan: {}\n", "utf-8")
    (folder / "plans" / "2022").mkdir()
    (folder / "plans" / "2022" / "ke-hoach-hai.yaml").write_text(PLAN, "utf-8")
    found = check_folder(folder, TODAY)
    assert not found.errors
    assert [(one.file, one.code) for one in found.warnings] == [
        ("plans/2022/ke-hoach-hai.yaml", "unknown-file"),
        ("policy.yaml", "unknown-file"),
    ]
    assert found.texts.keys() == TEXTS.keys()


def test_the_hidden_files_of_editors_and_systems_are_passed_over(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "plans" / "._ke-hoach.yaml").write_bytes(b"\x00\x05\x16\x07")
    (folder / "plans" / ".#ke-hoach.yaml").symlink_to("nobody@nowhere.1234")
    assert not check_folder(folder, TODAY).warnings


def test_no_folder_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="dondoc init"):
        check_folder(tmp_path / "khong-co", TODAY)


def test_checking_the_stored_texts_gives_what_checking_the_folder_gave(tmp_path: Path) -> None:
    """apply stores the texts whole: what the engine loads later is what was checked."""
    folder = written(tmp_path)
    assert read_folder(folder) == TEXTS
    stored = check(read_folder(folder), TODAY, environ={})
    assert stored.configuration is not None
    assert plain(stored.configuration) == plain(configuration(TEXTS))
