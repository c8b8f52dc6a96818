"""Mutated documents: `python -m tests.fuzz_drafts --inputs 100000 --seed 1`. No crash, no hang, no quote outside the text.

Mutations are those that scanners, converters and people make: lost marks, spaces and lines, joined pages, cut words,
pieces of other documents, figures changed; bytes of Word, PDF and Excel files flipped or cut.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date

from obligations.cases.drafting_plans.plan_text import plan_text
from obligations.cases.drafting_plans.proposing import propose
from obligations.config.load import load
from obligations.domain.errors import Refused
from obligations.domain.grammar import parse
from obligations.draft.drafting import draft
from obligations.draft.model import Draft
from obligations.draft.reading.files import read
from obligations.draft.text import bare
from tests.unit.config.base_office import OFFICE, UNITS
from tests.unit.draft import files, papers
from tests.unit.draft.test_reading import HEAD, TABLE

TEXTS = (papers.DECISION, papers.CONCLUSION, papers.LABELLED, papers.WRAPPED, papers.LETTER)
SLOW = 5.0  # seconds for one small document
_BITS = (
    "trước ngày 30/2", "hằng tháng", "quý IV/", "kể từ ngày", "\x00", "\n\n", "|a|b|\n|-|-|\n", "1.", "a)", "Điều 9.", "(", ")", ";", "..", "năm 20", "Phụ lục\n",
    "Nơi nhận:\n", "ngày ngày", "0/0/0000", "31/11", "&agrave;", "<br>", "**", "\u0300", "\u200b", "Kính gửi:", "từ ngày 5/5 đến", "mùng 3 Tết", "99/99", "sau khi",
    "và năm", "6 tháng,", "STT\tNội dung\tThời hạn\n", "giờ ngày 1/1/2024", "Thời gian:", "Chủ trì:", "để Sở A báo cáo trước ngày 5/6", "năm 9999", "ngày 1/1/0001",
)  # fmt: skip
Mutation = Callable[[str, random.Random], str]


def _cut(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.randrange(60) :]


def _insert(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(_BITS) + text[place:]


def _join(text: str, chance: random.Random) -> str:
    other = chance.choice(TEXTS)
    place = chance.randrange(len(other))
    return text[: chance.randrange(len(text) + 1)] + other[place:]


def _repeat(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    piece = text[start : start + chance.randrange(1, 80)]
    return text[:start] + piece * chance.randrange(2, 12) + text[start:]


def _unmark(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + bare(text[start : start + 200]) + text[start + 200 :]


def _swap(text: str, chance: random.Random) -> str:
    letters = list(text)
    for _ in range(chance.randrange(1, 6)):
        if letters:
            letters[chance.randrange(len(letters))] = chance.choice(" \n.,;:-/0123456789ađẬ“|\t")
    return "".join(letters)


def _decompose(text: str, _: random.Random) -> str:
    return unicodedata.normalize("NFD", text)


MUTATIONS: tuple[Mutation, ...] = (_cut, _insert, _insert, _join, _repeat, _unmark, _swap, _swap, _decompose)


def _bytes(content: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.randrange(1, 8)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt[: chance.randrange(1, len(spoilt))]) if chance.random() < 0.3 else bytes(spoilt)


def check(found: Draft) -> None:
    """What must hold of any draft: quotes in the text, deadlines in the grammar, each item with an id of its own."""
    size = len(found.document.text)
    assert len({item.id for item in found.items}) == len(found.items)
    for item in found.items:
        assert 0 <= item.quote.start < item.quote.end <= size, item
        assert item.stated is None or 0 <= item.stated.start < item.stated.end <= size, item
        assert (item.deadline is not None) == (item.kind == "obligation"), item
        if item.deadline is not None:
            parse(item.deadline)
    propose(found, None, date(2024, 1, 1))


def check_file(found: Draft) -> None:
    """The plan file is YAML of the grammar: nothing is wrong with it but units that are not there yet."""
    today = date(2024, 1, 1)
    plan = plan_text(propose(found, None, today))
    loaded = load({"office.yaml": OFFICE, "units.yaml": UNITS, "plans/a.yaml": plan}, today)
    wrong = [problem for problem in loaded.errors if problem.code != "unknown-unit"]
    assert not wrong, wrong[0]


def one(chance: random.Random, originals: Sequence[tuple[str, bytes]]) -> str:
    """One input; what came of it: `drafted` or `refused`."""
    if chance.random() < 0.9:
        text = chance.choice(TEXTS)
        for _ in range(chance.randrange(1, 8)):
            text = chance.choice(MUTATIONS)(text, chance)[:20_000]
        name, content = "a.txt", text.encode("utf-8", "replace")
    else:
        name, content = chance.choice(originals)
        content = _bytes(content, chance)
    try:
        found = draft(read(name, content))
    except Refused as refused:
        assert "\n" not in str(refused)
        return "refused"
    check(found)
    if chance.random() < 0.05:
        check_file(found)
    return "drafted"


def originals() -> list[tuple[str, bytes]]:
    """A sound file of each kind."""
    word = files.word([*HEAD, *papers.DECISION.splitlines()], TABLE)
    return [
        ("a.docx", word),
        ("a.xlsx", files.workbook([*([line] for line in HEAD), *TABLE])),
        ("a.pdf", files.pdf([files.page(papers.LETTER)])),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sound, came, slowest = originals(), {"drafted": 0, "refused": 0}, 0.0
    for number in range(given.inputs):
        seed = given.seed * 10_000_000 + number
        started = time.process_time()
        try:
            came[one(random.Random(seed), sound)] += 1
        except Exception:
            print(f"input {seed} of `one`: repeat it with random.Random({seed})", file=sys.stderr)
            raise
        spent = time.process_time() - started
        slowest = max(slowest, spent)
        assert spent < SLOW, f"input {seed} took {spent:.1f} s of this process"
        if number % 1000 == 999:
            print(f"{number + 1} inputs, {came}, slowest {slowest:.2f} s", flush=True)
    print(f"{given.inputs} inputs, {came}, slowest {slowest:.2f} s")


if __name__ == "__main__":
    main()
