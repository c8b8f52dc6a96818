"""English for whoever switches to it: no word of a page is left behind."""

from __future__ import annotations

import re
import shutil
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from jinja2 import Environment, nodes

from obligations.cases import applied
from obligations.cases.access import links
from obligations.cases.reading.flow_runs import _FATES, _ROWS
from obligations.cases.reading.words import _RUNGS, _WHOLE_RUNGS, period_words, rung_words
from obligations.domain.classes import CLASS_WORDS, OUTSIDE
from obligations.web import english as areas
from obligations.web import pages
from obligations.web.english import WORDS, english
from tests.offices import Office
from tests.web.conftest import Open, faults, fits, picture
from tests.web.lived import CONFIG, shipped
from tests.web.site import Site

TEMPLATES = Path(pages.__file__).parent / "templates"
ALIKE = 2  # so many pages of one kind are looked at


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Office]:
    folder = Path(shutil.copytree(CONFIG, tmp_path / "config"))
    office = folder / "office.yaml"
    office.write_text(
        office.read_text("utf-8").replace("public_url: null", "public_url: https://nhac.example"), "utf-8"
    )
    made = shipped(tmp_path / "home", folder)
    yield made
    made.close()


def written() -> Iterator[str]:
    """Every word that a template itself gives to `_`."""
    environment = Environment(autoescape=True)
    for path in TEMPLATES.rglob("*.html"):
        for call in environment.parse(path.read_text("utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "_":
                yield from (one.value for one in call.args if isinstance(one, nodes.Const))


def test_every_word_of_every_template_has_its_english() -> None:
    words = set(written())
    assert len(words) > 300
    assert words - WORDS.keys() == set()


def test_a_word_stands_in_one_area() -> None:
    """Two areas that say the same say it from `common`; no area quietly changes another's English."""
    found = Counter(
        words for area in iter_modules(areas.__path__) for words in import_module(f"{areas.__name__}.{area.name}").WORDS
    )
    assert [words for words, count in found.items() if count > 1] == []


def test_the_english_holds_what_the_vietnamese_holds() -> None:
    """Places for numbers, the tags, and the stop of a sentence."""
    for words, said in WORDS.items():
        for held in (r"(?<!\$)\{[^}]*\}", r"</?[a-z]+>"):
            assert re.findall(held, words) == re.findall(held, said), words
        assert said.endswith(".") or not words.endswith("."), words


@pytest.mark.parametrize("words", [*CLASS_WORDS.values(), *OUTSIDE.values()])
def test_every_class_has_its_english(words: str) -> None:
    assert english(words) != words


def test_numbers_and_dates_are_carried_over() -> None:
    assert english("Quá hạn 12 ngày làm việc") == "Overdue by 12 working days"
    assert english("Đến hạn ngày 25/11/2022 (thứ Sáu)") == "Due on 25/11/2022"
    assert english("Không ai viết câu này 3 lần") == "Không ai viết câu này 3 lần"


@pytest.mark.parametrize(
    "words",
    [
        *map(rung_words, [*_WHOLE_RUNGS, *(f"{kind}-3" for kind in _RUNGS)]),
        *(f"3 {fate}" for fate in sorted({*_FATES.values(), *_ROWS.values()})),
        *map(period_words, ["2022", "2022-H1", "2022-H2", *(f"2022-Q{one}" for one in range(1, 5)), "2022-07"]),
    ],
)
def test_rungs_what_came_of_them_and_periods_have_their_english(words: str) -> None:
    assert not re.search(r"[à-ỹđ]", english(words).lower())


def kind(path: str) -> str:
    """Pages of one kind: `/viec/K1-0001` and `/viec/K1-0002`."""
    place, _, query = path.partition("?")
    parts = place.split("/")
    return "/".join(parts[:2] + ["*"] * len(parts[2:])) + "?".join(sorted(re.findall(r"(\w+)=", query)))


def test_what_pages_fill_in_has_its_english(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """States, kinds, titles of tables: every page is followed by its links, an admin's and a unit's, in English."""
    missing: set[str] = set()

    def noting(words: str) -> str:
        said = english(words)
        if said == words and words not in WORDS and re.search(r"[^\W\d_]{2}", words):
            missing.add(words)
        return said

    monkeypatch.setattr(pages, "english", noting)
    token = links.issue(site.office.app, next(iter(applied.current(site.office.app).configuration.units)), site.clock())
    client = site.client("quan-tri")
    client.cookies.set("dondoc_lang", "en")
    queue = deque(["/?loai=all", f"/d/{token}", "/don-vi-toi"])
    seen, met = Counter(map(kind, queue)), set(queue)
    while queue:
        answer = client.get(queue.popleft())
        if answer.status_code != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        for target in map(unescape, re.findall(r'href="(/[^"#]*)"', answer.text)):
            if seen[kind(target)] < ALIKE and target not in met and not target.startswith("/static"):
                queue.append(target)
                met.add(target)
                seen[kind(target)] += 1
    assert seen["/viec/*"] == ALIKE
    assert seen["/quan-tri/*"] == ALIKE
    assert missing == set()


@pytest.mark.parametrize("path", ["/?loai=all", "/cho-duyet", "/lich-su-chay"])
def test_a_page_in_english_fits(opened: Open, path: str) -> None:
    page = opened("/", "quan-tri")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Tracking board").wait_for()
    page.goto(path)
    picture(page, f"english{path.replace('/', '-').partition('?')[0]}")
    assert page.locator("html").get_attribute("lang") == "en"
    assert fits(page)
    assert faults(page) == []
