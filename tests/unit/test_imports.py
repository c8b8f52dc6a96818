"""Imports go one way. The rules know no exception."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted([*ROOT.glob("obligations/**/*.py"), *ROOT.glob("flows/**/*.py")])
DOORS = ("flows", "obligations.cli", "obligations.web")
# What each layer may import of ours, besides itself.
BELOW = {
    "flows": {"obligations.cases", "obligations.domain"},
    "obligations.cli": {"obligations.replay", "obligations.cases", "obligations.domain"},
    "obligations.web": {"obligations.cases", "obligations.domain"},
    "obligations.replay": {
        "obligations.cases",
        "obligations.store",
        "obligations.channels",
        "obligations.domain",
    },
    "obligations.cases": {
        "obligations.store",
        "obligations.channels",
        "obligations.config",
        "obligations.draft",
        "obligations.texts",
        "obligations.domain",
    },
    "obligations.store": {"obligations.domain"},
    "obligations.channels": {"obligations.domain"},
    "obligations.config": {"obligations.domain"},
    "obligations.texts": {"obligations.domain"},
    "obligations.draft": {"obligations.domain"},
    "obligations.domain": set(),
}
# The one layer (or door) that may know a library.
ONLY_IN = {
    "prefect": {"flows"},
    "uvicorn": {"flows", "obligations.web"},
    "fastapi": {"obligations.web"},
    "starlette": {"obligations.web"},
    "argon2": {"obligations.cases"},
    "httpx": {"flows", "obligations.cases"},
    "apprise": {"obligations.channels"},
    "yaml": {"obligations.config"},
    "pydantic": {"obligations.config"},
    "holidays": {"obligations.config"},
    "jinja2": {"obligations.texts", "obligations.web"},
    "alembic": {"obligations.store"},
    "sqlmodel": {"obligations.store", "obligations.cases", "obligations.replay"},
    "sqlalchemy": {"obligations.store", "obligations.cases", "obligations.replay"},
    "typer": {"obligations.cli"},
    "rich": {"obligations.cli", "flows"},
    "pdfplumber": {"obligations.draft"},
    "pypdfium2": {"obligations.draft"},
    "docx": {"obligations.draft"},
    "openpyxl": {"obligations.draft"},
}
PURE = {"dateutil"}
CLOCKS = {("datetime", "now"), ("date", "today"), ("datetime", "utcnow"), ("datetime", "today"), ("time", "time")}


def layer(name: str) -> str:
    """The layer a module belongs to: `obligations.cases`, `flows`."""
    parts = name.split(".")
    return parts[0] if parts[0] == "flows" else ".".join(parts[:2])


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides its direction"
            assert node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_imports_only_what_lies_below_it(path: Path) -> None:
    """Doors know use cases, use cases know the layers, the layers know the domain; never sideways, never up."""
    own = layer(module_name(path))
    if own == "obligations":
        return  # the package itself, which imports nothing
    ours = {layer(name) for name in imports(path) if name.split(".")[0] in ("obligations", "flows")}
    assert ours - {own} <= BELOW[own]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_library_stays_in_its_layer(path: Path) -> None:
    """Each library has one home; the domain has only dateutil."""
    own = layer(module_name(path))
    for name in imports(path):
        top = name.split(".")[0]
        assert own in ONLY_IN.get(top, {own}), f"{name} in {own}"
        if own == "obligations.domain":
            assert top in PURE | {"obligations"} or top in sys.stdlib_module_names, name


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_the_clock_is_read_only_at_the_doors(path: Path) -> None:
    """Time is a parameter: the doors call utc_now, whose one definition reads the clock."""
    own = module_name(path)
    tree = ast.parse(path.read_text("utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    read = {(f.value.id, f.attr) for f in calls if isinstance(f, ast.Attribute) and isinstance(f.value, ast.Name)}
    if own != "obligations.cases.clock":
        assert not read & CLOCKS
    asked = any(isinstance(f, ast.Name) and f.id == "utc_now" for f in calls)
    assert not asked or layer(own) in DOORS or own == "obligations.cases.mishaps"


def test_every_layer_is_in_the_rules() -> None:
    """A new folder must say where it stands."""
    assert {layer(module_name(path)) for path in MODULES} - {"obligations"} <= BELOW.keys()


def loaded_with(name: str) -> set[str]:
    """Our modules that are loaded when one of them is: what each imports at its top."""
    paths = {module_name(path): path for path in MODULES}
    known, waiting = {name}, [name]
    while waiting:
        top = ast.parse(paths[waiting.pop()].read_text("utf-8")).body
        nodes = [node for node in top if isinstance(node, ast.ImportFrom)]
        named = {f"{node.module}.{alias.name}" for node in nodes for alias in node.names} | {n.module for n in nodes}
        new = {one for one in named if one in paths} - known
        known |= new
        waiting += new
    return known


def test_the_command_line_starts_without_the_commands() -> None:
    """Each is loaded when it is asked for: not the database, not the forms of the configuration, not the readers."""
    loaded = {layer(name) for name in loaded_with("obligations.cli.main")}
    assert loaded <= {"obligations", "obligations.cli", "obligations.cases", "obligations.domain", "obligations.store"}
    heavy = {"obligations.cases.app", "obligations.store.database", "obligations.cli.opening"}
    assert not heavy & loaded_with("obligations.cli.main")


def test_the_draft_of_a_plan_is_made_without_a_database() -> None:
    """And its help without the readers of documents, which take longer to load than all the rest."""
    assert "obligations.cases.drafting_plans.proposing" in loaded_with("obligations.cli.drafting")
    assert "obligations.store.database" not in loaded_with("obligations.cli.drafting")
    assert "obligations.draft.drafting" not in loaded_with("obligations.cli.draft")
