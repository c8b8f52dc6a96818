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
from obligations.cases.answering import authorizing, decisions
from obligations.cases.ledger import owing
from obligations.cases.reading.audit_trail import KINDS
from obligations.cases.reading.flow_runs import _FATES, _ROWS
from obligations.cases.reading.words import (
    _RUNGS,
    _WHOLE_RUNGS,
    EVENTS,
    OUR_NOTES,
    STATES,
    Ours,
    noted,
    period_words,
    rung_words,
)
from obligations.cases.reminding import planner
from obligations.cases.sending import limits, outbox, rerouting, verdicts
from obligations.domain import holding, ladder, settling
from obligations.domain.classes import CLASS_WORDS, OUTSIDE
from obligations.web import english as areas
from obligations.web import pages
from obligations.web.english import WORDS, english
from tests.offices import Office
from tests.web.conftest import Open, faults, fits, picture
from tests.web.leftover import Leftover
from tests.web.lived import CONFIG, shipped
from tests.web.site import Site

TEMPLATES = Path(pages.__file__).parent / "templates"
ALIKE = 2  # so many pages of one kind are looked at


@pytest.fixture
def bureau(ledger: str | None, tmp_path: Path) -> Iterator[Office]:
    folder = Path(shutil.copytree(CONFIG, tmp_path / "config"))
    office = folder / "office.yaml"
    office.write_text(
        office.read_text("utf-8").replace("public_url: null", "public_url: https://nhac.example"), "utf-8"
    )
    made = shipped(tmp_path / "home", folder, ledger)
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


@pytest.mark.parametrize("words", sorted({*EVENTS.values(), *KINDS.values()}))
def test_what_was_recorded_is_told_as_past(words: str) -> None:
    """*Gia hạn* is a button too: there it is *Extend*."""
    assert f"đã ghi: {words}" in WORDS


def whys() -> Iterator[str]:
    """Why a reminder waits, ended or did not leave: the constants of the source that stand in its column."""
    for module in (
        holding,
        ladder,
        settling,
        owing,
        planner,
        authorizing,
        decisions,
        limits,
        outbox,
        rerouting,
        verdicts,
    ):
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, str) and re.search(r"[à-ỹđ]", value):
                yield value


@pytest.mark.parametrize("words", sorted({*whys(), *OUR_NOTES, *STATES.values()}))
def test_every_state_and_why_has_its_english(words: str) -> None:
    assert words in WORDS


def test_notes_of_people_stand_as_they_wrote_them() -> None:
    mixed = pages._mixed("en")
    assert mixed(("hạn 3/1/2023", Ours("hết ngày 03/01/2023"), noted("đã gọi điện"), noted("đã gọi anh Bình"))) == (
        "hạn 3/1/2023; the end of 03/01/2023; telephoned; đã gọi anh Bình"
    )
    assert mixed((noted("khôi phục bản 3"), noted("khôi phục bản in"))) == "back to version 3; khôi phục bản in"
    assert pages._mixed("vi")((Ours("phiên bản 3"), "x"), ", ") == "phiên bản 3, x"


def kind(path: str) -> str:
    """Pages of one kind: `/viec/K1-0001` and `/viec/K1-0002`."""
    place, _, query = path.partition("?")
    parts = place.split("/")
    return "/".join(parts[:2] + ["*"] * len(parts[2:])) + "?".join(sorted(re.findall(r"(\w+)=", query)))


def test_what_pages_fill_in_has_its_english(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """States, kinds, titles of tables: every page is followed by its links, an admin's and a unit's, in English."""
    client = site.client("quan-tri")
    missing: set[str] = set()
    left: set[str] = set()
    leftover = Leftover(site.office.app)

    def noting(words: str) -> str:
        said = english(words)
        if said == words and words not in WORDS and re.search(r"[^\W\d_]{2}", words):
            missing.add(words)
        return said

    monkeypatch.setattr(pages, "english", noting)
    token = links.issue(site.office.app, next(iter(applied.current(site.office.app).configuration.units)), site.clock())
    client.cookies.set("dondoc_lang", "en")
    queue = deque(["/?loai=all", f"/d/{token}", "/don-vi-toi"])
    seen, met = Counter(map(kind, queue)), set(queue)
    while queue:
        answer = client.get(queue.popleft())
        if answer.status_code != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        left |= leftover.of(answer.text)
        for target in map(unescape, re.findall(r'href="(/[^"#]*)"', answer.text)):
            if seen[kind(target)] < ALIKE and target not in met and not target.startswith("/static"):
                queue.append(target)
                met.add(target)
                seen[kind(target)] += 1
    assert seen["/viec/*"] == ALIKE
    assert seen["/quan-tri/*"] == ALIKE
    assert missing == set()
    assert sorted(left) == []


@pytest.mark.parametrize("path", ["/?loai=all", "/cho-duyet", "/lich-su-chay", "/viec/K3-0030", "/quan-tri/dau-vet"])
def test_a_page_in_english_fits(opened: Open, path: str) -> None:
    page = opened("/", "quan-tri")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Tracking board").wait_for()
    page.goto(path)
    picture(page, f"english{path.replace('/', '-').partition('?')[0]}")
    assert page.locator("html").get_attribute("lang") == "en"
    assert fits(page)
    assert faults(page) == []
