"""Documents that cannot lie: what is documented is tested, what can be set is documented."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from obligations.cases.access.users import ROLE_WORDS
from obligations.cli.main import PARTS, loaded
from obligations.config import office_schema, plan_schema
from obligations.config.build import public_holidays
from obligations.domain import plan, policy
from obligations.domain.calendar import Calendar
from obligations.domain.deadline import dues
from obligations.domain.due import Reading
from obligations.domain.grammar import parse
from obligations.domain.typed_deadlines import typed_deadline
from obligations.domain.wording import table_date
from obligations.web.english import WORDS
from tests.web.pictures import PICTURES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ROW = re.compile(r"^\| (?P<words>[^|]+) \| `(?P<form>\{.+\})` \| (?P<due>[^|]+) \|$", re.MULTILINE)
FORMS = [(found["form"], found["due"].strip()) for found in ROW.finditer((DOCS / "han.md").read_text("utf-8"))]

# A row of what is typed: wordings between commas, and when each is due.
TYPED = re.findall(r"^\| (`[^{|]+`) \| ([\d/:, ]+) \|$", (DOCS / "han.md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("form", "due"), FORMS)
def test_every_row_of_the_deadline_page_gives_the_date_it_says(form: str, due: str) -> None:
    """docs/han.md is computed again: each form, read against a plan of 08/07/2022, gives just those dates."""
    reading = Reading(Calendar(public_holidays), date(2022, 7, 8))
    found = [one.on for one in dues(parse(yaml.load(form, yaml.BaseLoader)), reading, date(2030, 12, 31))]  # noqa: S506
    assert [table_date(day) if day else "chờ mốc" for day in found] == due.split(", ")


@pytest.mark.parametrize(("samples", "due"), TYPED)
def test_every_deadline_in_words_gives_the_date_it_says(samples: str, due: str) -> None:
    """docs/han.md is typed again on 28/11/2022: each wording of a row comes to the row's first dates."""
    today = date(2022, 11, 28)
    reading = Reading(Calendar(public_holidays), today)
    for words in re.findall("`([^`]+)`", samples):
        found = islice(dues(parse(typed_deadline(words, today)), reading, date(2023, 12, 31)), 2)
        told = [f"{one.at:%H:%M} {table_date(one.on)}" if one.at else table_date(one.on) for one in found]
        assert told == due.split(", "), words


def test_the_deadline_page_shows_every_form() -> None:
    """No form of the grammar is missing from the page."""
    heads = {re.match(r"\{(\w+)", form)[1] for form, _ in FORMS}  # type: ignore[index]
    assert heads == {"by", "before", "within", "start", "every", "after", "rrule"}


def models() -> Iterator[type[BaseModel]]:
    for module in (office_schema, plan_schema):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, BaseModel) and value.__module__ == module.__name__:
                yield value


def test_every_key_of_the_configuration_is_documented() -> None:
    """A key that can be set stands on docs/cau-hinh.md, in code font or in a sample."""
    page = (DOCS / "cau-hinh.md").read_text("utf-8")
    code = " ".join(re.findall(r"`([^`]+)`", page))
    known = set(re.findall(r"[a-z_]+", code))
    keys = {field.alias or name for model in models() for name, field in model.model_fields.items()} - {"root"}
    assert keys - known == set()


@cache
def commands() -> dict[str, Any]:
    """Every command by what is typed: `apply`, `user add`."""
    found: dict[str, Any] = {}
    for name, command in (named for part in PARTS for named in loaded(part).items()):
        parts = getattr(command, "commands", None)
        found |= {f"{name} {part}": one for part, one in parts.items()} if parts else {name: command}
    return found


def test_every_part_of_the_command_line_brings_the_commands_it_is_asked_for() -> None:
    """What `PARTS` does not name is not found; a module that adds commands stands in it."""
    assert {part: tuple(loaded(part)) for part in PARTS} == PARTS
    folder = DOCS.parent / "obligations" / "cli"
    adding = {path.stem for path in folder.glob("*.py") if "\ndef add_to(" in path.read_text("utf-8")}
    assert adding == set(PARTS)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_is_documented(name: str) -> None:
    """docs/lenh.md has a row for each command, with each option of its own."""
    page = (DOCS / "lenh.md").read_text("utf-8")
    row = next((line for line in page.splitlines() if line.startswith(f"| `dondoc {name}")), "")
    assert row, name
    everywhere = {"--config", "--json", "--help"}
    for parameter in commands()[name].params:
        options = {option for option in (*parameter.opts, *parameter.secondary_opts) if option.startswith("--")}
        assert not options or options & everywhere or any(option in row for option in options), options


def options(name: str) -> set[str]:
    known = commands()[name].params
    return {option for parameter in known for option in (*parameter.opts, *parameter.secondary_opts)}


@pytest.mark.parametrize(
    "page",
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
        *sorted(DOCS.rglob("*.md")),
        *sorted((ROOT / "config").rglob("*.yaml")),
        *sorted((ROOT / "obligations/config/template").rglob("*.yaml")),
    ],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_every_command_a_page_names_exists(page: Path) -> None:
    """No page, and no comment of a configuration, tells a clerk to type what is not there."""
    groups = {name.split()[0] for name in commands() if " " in name}
    typed = r"(?<![-s]u )(?<!=)\bdondoc "  # those are the account, or the service, of that name
    text = page.read_text("utf-8")
    assert set(re.findall(rf"{typed}(--[a-z-]+)", text)) <= {"--version", "--help"}
    for name, words in re.findall(rf"{typed}((?:(?:{'|'.join(groups)}) )?[a-z][a-z-]*)([^`\n]*)", text):
        assert name in commands() or name in groups, name
        assert name in groups or set(re.findall(r"--[a-z-]+", words)) <= options(name) | {"--help"}, f"{name}{words}"


UNUSED = {
    key
    for line in (DOCS / "cau-hinh.md").read_text("utf-8").splitlines()
    if line.startswith("|") and "**chưa dùng**" in line
    for key in re.findall(r"`([a-z_]+)`", line.split("|")[1].replace("recipients: ", ""))
}


def attributes_read() -> set[str]:
    """Every attribute that code outside the loader reads."""
    files = [*ROOT.glob("obligations/**/*.py"), *ROOT.glob("flows/**/*.py")]
    trees = [ast.parse(path.read_text("utf-8")) for path in files if "obligations/config" not in path.as_posix()]
    return {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def fields() -> set[str]:
    """Every setting the engine gets from the loader."""
    kept = [value for module in (plan, policy) for value in vars(module).values() if isinstance(value, type)]
    return {field.name for one in kept if is_dataclass(one) for field in dataclass_fields(one)}


def test_a_setting_that_does_nothing_yet_says_so() -> None:
    """What no code reads bears `chưa dùng` on docs/cau-hinh.md, and nothing else does."""
    within = {"per_recipient_day", "per_run", "correction", "amended_by", "reason"}  # told with the key they stand in
    checked = {"question", "standing"}  # `check` makes a warning of them
    derived = {"coordinating"}  # as written; what is read are the units it means
    unread = fields() - attributes_read() - within - checked - derived
    assert unread <= UNUSED
    namesakes = {"basis", "decision", "moved", "ended", "review"}  # names that something else bears too
    assert UNUSED - unread <= namesakes


@pytest.mark.parametrize("name", ["van-phong", "don-vi", "quan-tri"])
def test_what_a_first_day_presses_stands_on_a_page(name: str) -> None:
    """In the pages for people, bold is what one presses and italics where one is: words of the templates, no others."""
    said = re.findall(r"(?<!\*)\*{1,2}([^*\n]+)\*{1,2}", (DOCS / f"{name}.md").read_text("utf-8"))
    assert len(said) > 4
    assert set(said) - WORDS.keys() - set(ROLE_WORDS.values()) == set()


def test_pictures_are_shown_and_small() -> None:
    """Each is of `python -m tests.web.pictures`, and stands on a page."""
    shown = {name for page in DOCS.glob("*.md") for name in re.findall(r"\(hinh/([^)]+)\)", page.read_text("utf-8"))}
    files = [*(DOCS / "hinh").iterdir()]
    assert {path.name for path in files} == shown == {f"{one.name}.png" for one in PICTURES}
    assert [path.name for path in files if path.stat().st_size > 150_000] == []


@pytest.mark.parametrize("page", sorted((ROOT / "config").rglob("*.yaml")), ids=lambda path: path.name)
def test_no_comment_says_that_a_used_setting_is_unused(page: Path) -> None:
    """`chưa dùng` above a key, or beside it, is said of those alone that the documents say it of."""
    for key in re.findall(r"^ *#.*chưa dùng.*\n(?:^ *#.*\n)*^ *(\w+):", page.read_text("utf-8"), re.MULTILINE):
        assert key in UNUSED, key
    for key in re.findall(r"^ *(\w+):.*#.*chưa dùng", page.read_text("utf-8"), re.MULTILINE):
        assert key in UNUSED, key


def test_every_file_that_a_page_names_exists() -> None:
    """`flows/worker.py`, `tests/oracle`, `obligations/store/prepared.py`: in code font, from the top level on."""
    pages = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md")), *DOCS.rglob("*.md")]
    tops = "flows|obligations|config|tests|bench|docs"
    for page in pages:
        for name in re.findall(rf"`((?:{tops})/[^`\s*<…]+)`", page.read_text("utf-8")):
            there = ROOT / name
            assert there.exists() or there.with_suffix(".py").exists(), f"{page.name}: {name}"


def test_links_between_pages_lead_somewhere() -> None:
    """Every relative link points at a file that exists."""
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
