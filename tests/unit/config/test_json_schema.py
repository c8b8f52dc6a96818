"""The schemas for editors: always the models' own, true to the shipped files, never stricter than the loader."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Template
from typing import Any, ClassVar

import jsonschema
import pytest
import yaml

from obligations.config import office_schema, plan_schema
from obligations.config.fields import Strict
from obligations.config.json_schema import KINDS, schemas, write_schemas
from obligations.config.meanings import MEANINGS
from obligations.domain.errors import GrammarError, Refused
from obligations.domain.grammar import parse
from tests.unit.config import test_load_errors as broken
from tests.unit.config.base_office import PLAN_FILE, TEXTS, edited, loaded, spoil
from tests.unit.config.test_load_good import rewritten

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "config"
TEMPLATE = ROOT / "obligations" / "config" / "template"


def kind_of(name: str) -> str:
    return "plan" if name.startswith("plans/") else name.removesuffix(".yaml")


class Old(yaml.SafeLoader):
    """YAML 1.1 as an editor reads it: dates come as texts, 13:00 is a number, yes is true; keys are words."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


Old.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)


class Core(Old):
    """YAML 1.2 (10.3.2), which most editors' language server reads."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]


for tag, pattern, first in (
    ("null", r"^(null|Null|NULL|~|)$", ["n", "N", "~", ""]),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", [*"tTfF"]),
    ("int", r"^[-+]?[0-9]+$", [*"-+0123456789"]),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", [*"-+.0123456789"]),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)
READERS = [Core, Old]


def wrong(name: str, text: str, with_reader: type[yaml.SafeLoader] = Core) -> list[str]:
    """What an editor would mark in a file."""
    schema = schemas()[f"{kind_of(name)}.schema.json"]
    found = jsonschema.Draft7Validator(schema).iter_errors(yaml.load(text, with_reader))  # noqa: S506
    return [f"{error.json_path}: {error.message}" for error in found]


# Made from the models


def test_the_shipped_schemas_are_the_models_own() -> None:
    """config/schemas is what `dondoc schema config/schemas` writes: run it after a change of the models."""
    found = {path.name: json.loads(path.read_text("utf-8")) for path in (SHIPPED / "schemas").iterdir()}
    assert found == schemas()


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_schema_is_a_schema(kind: str) -> None:
    jsonschema.Draft7Validator.check_schema(schemas()[f"{kind}.schema.json"])


def keys_of(model: type[Strict]) -> dict[str, set[str]]:
    own = {model.__name__: {field.alias or name for name, field in model.model_fields.items()}}
    return own | {name: keys for kind in model.__subclasses__() for name, keys in keys_of(kind).items()}


def test_every_key_has_its_meaning_and_every_meaning_its_key() -> None:
    assert office_schema.UnitIn in Strict.__subclasses__()
    assert plan_schema.ObligationIn in Strict.__subclasses__()
    assert {name: set(meanings) for name, meanings in MEANINGS.items()} == {
        name: keys for name, keys in keys_of(Strict).items() if name != "Strict"
    }


def test_an_editor_shows_the_meaning_and_the_choices_of_a_key() -> None:
    unit = schemas()["units.schema.json"]["$defs"]["UnitIn"]["properties"]
    assert "yêu cầu" in unit["relation"]["description"]
    assert "subordinate" in unit["relation"]["anyOf"][0]["enum"]
    every = schemas()["plan.schema.json"]["$defs"]["ObligationIn"]["properties"]["deadline"]["properties"]["every"]
    assert every["enum"] == ["month", "quarter", "half-year", "year"]


# Never stricter than the loader


@pytest.mark.parametrize("with_reader", READERS)
@pytest.mark.parametrize("path", sorted(SHIPPED.rglob("*.yaml")), ids=lambda path: path.stem)
def test_the_shipped_configuration_has_nothing_marked(path: Path, with_reader: type[yaml.SafeLoader]) -> None:
    assert wrong(path.relative_to(SHIPPED).as_posix(), path.read_text("utf-8"), with_reader) == []


@pytest.mark.parametrize("path", sorted(TEMPLATE.rglob("*.yaml")), ids=lambda path: path.stem)
def test_what_init_writes_has_nothing_marked(path: Path) -> None:
    text = Template(path.read_text("utf-8")).substitute(issued_on="2022-07-08", due_on="2022-07-11", year="2022")
    assert wrong(path.relative_to(TEMPLATE).as_posix(), text) == []


@pytest.mark.parametrize("with_reader", READERS)
@pytest.mark.parametrize("style", [None, "'", '"'])
@pytest.mark.parametrize("name", list(TEXTS))
def test_quotes_never_matter_to_a_schema_either(name: str, style: str | None, with_reader: type) -> None:
    """A number, a date, an hour, a flag: bare or in quotes."""
    text = rewritten(TEXTS[name], style) if style else TEXTS[name]
    assert wrong(name, text, with_reader) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("office.yaml", "language: vi", "language:"),
        ("office.yaml", "per_recipient_day: 5", "per_recipient_day: 05"),
        ("office.yaml", "name: Văn phòng Sở Mẫu", "name: 2022"),
        ("office.yaml", "name: Văn phòng Sở Mẫu", "name: true"),
        ("office.yaml", "secretariat: [van-phong.focal]", "secretariat: van-phong.focal"),
        ("units.yaml", "channels: [email, manual]", "channels: [{email: null}, manual]"),
        ("units.yaml", "aliases: [Sở YT]", "aliases: 115"),
        ("channels.yaml", "max_per_minute: 20", "max_per_minute: null"),
        ("policies.yaml", "send_at: 08:00", "send_at: 13:00"),
        ("policies.yaml", "  letter: {overdue: 3, unit: working_day}", "  letter:"),
        ("policies.yaml", "before: [1]", "before: []"),
        ("calendar.yaml", "document: 1/TB", "document: 2450"),
        (PLAN_FILE, "number: 12/KH-SM", "number:"),
        (PLAN_FILE, "number: 12/KH-SM", "source: Tin trên trang"),
        (PLAN_FILE, "basis: [1/QĐ]", "basis: 1/QĐ"),
        (PLAN_FILE, "{at: I.2}", "{at: 1.10, stated: 2022}"),
        (PLAN_FILE, "  product: báo cáo", "  ended: {on: 2023-01-01, by: 12, reason: gộp}"),
        (PLAN_FILE, "  product: báo cáo", "  fixed_by: {document: 3/TB, due: 2022-11-20, period: 2022}"),
        (PLAN_FILE, "  product: báo cáo", "  fixed_by: [{document: 3/TB, due: 2022-11-20, period: 2022}]"),
        (PLAN_FILE, "  product: báo cáo", "  product:\n  moved: {correction: ghi nhầm}"),
        (PLAN_FILE, "obligations:", "obligations: # nhiệm vụ"),
        (PLAN_FILE, "standing:\n", "# standing:\n"),
    ],
)
def test_what_the_loader_takes_is_not_marked(file: str, old: str, new: str) -> None:
    texts = edited((file, old, new))
    if "# standing" in new:
        texts[file] = texts[file].partition("# standing")[0]
    assert not loaded(texts).errors
    assert [wrong(file, texts[file], with_reader) for with_reader in READERS] == [[], []]


FORMS = re.findall(
    r"`(\{(?:by|before|within|start|every|after|rrule).*?\})`", (ROOT / "docs/han.md").read_text("utf-8")
)


@pytest.mark.parametrize("deadline", [*FORMS, *(form.replace(": ", ': "', 1).replace("}", '"}', 1) for form in FORMS)])
def test_every_deadline_of_the_page_is_let_in(deadline: str) -> None:
    """docs/han.md shows every form; a schema must not be stricter than the grammar, with quotes or without."""
    try:
        parse(yaml.load(deadline, yaml.BaseLoader))  # noqa: S506
    except (GrammarError, yaml.YAMLError):
        return  # the quoting of the test broke it; the bare form is tested all the same
    texts = edited((PLAN_FILE, "{by: 2022-07-20}", deadline))
    assert [wrong(PLAN_FILE, texts[PLAN_FILE], with_reader) for with_reader in READERS] == [[], []]


# Strict enough to help

BLANK = ("name:«\n", "  cite:\n")
SHAPES = [row for row in (*broken.UNKNOWN_KEYS, *broken.MISSING) if row[2] not in BLANK and "\n  number" not in row[1]]


@pytest.mark.parametrize(("file", "old", "new", "code"), SHAPES)
def test_an_unknown_or_missing_key_is_marked(file: str, old: str, new: str, code: str) -> None:
    """What the loader refuses for its shape, an editor marks while it is typed."""
    texts, _ = spoil(file, old, new)
    assert loaded(texts).errors[0].code == code
    assert wrong(file, texts[file])


@pytest.mark.parametrize(
    "deadline",
    [
        "{by: 2022-07-20, days: 3}",
        "{every: week}",
        "{every: year, within: 2022}",
        "{after: issued, by: 2022-07-20}",
        "{before: 2022-07-20, at: 14:00}",
        "{gio: 8}",
        "{}",
        "2022-07-20",
        "{within: thang-7}",
        "{after: issued, days: 0}",
        "{every: quarter, by: {month: 4, day: 1}}",
        "{every: half-year, by: [06-15]}",
    ],
)
def test_a_deadline_of_no_form_is_marked(deadline: str) -> None:
    texts = edited((PLAN_FILE, "{by: 2022-07-20}", deadline))
    assert loaded(texts).errors
    assert wrong(PLAN_FILE, texts[PLAN_FILE])


# Written by the command


def test_the_schemas_are_written_and_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "co-quan" / "schemas"
    written = write_schemas(folder)
    assert {path.name: json.loads(path.read_text("utf-8")) for path in written} == schemas()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert write_schemas(folder) == written
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("theirs", [b"{}", b"[]", b'{"$comment": "cua toi"}', b"khong phai JSON", b"\xff"])
def test_somebody_elses_file_is_never_written_over(tmp_path: Path, theirs: bytes) -> None:
    """And then nothing at all is written."""
    (tmp_path / "units.schema.json").write_bytes(theirs)
    with pytest.raises(Refused, match="không ghi đè"):
        write_schemas(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"units.schema.json": theirs}


def test_a_folder_that_bears_a_schemas_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.schema.json").mkdir()
    with pytest.raises(Refused, match="không ghi đè"):
        write_schemas(tmp_path)


@pytest.mark.parametrize("place", ["tep.txt", "tep.txt/schemas", "/proc/schemas"])
def test_where_nothing_can_be_written_is_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "tep.txt").write_text("x", "utf-8")
    with pytest.raises(Refused, match="Chọn thư mục khác"):
        write_schemas(tmp_path / place)
