"""A scan through the real Tesseract; without it, its Vietnamese or a font these skip by name, or fail where required."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import textwrap
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from obligations.domain.errors import Refused
from obligations.draft.drafting import draft
from obligations.draft.model import Draft
from obligations.draft.reading.files import read
from tests.unit.draft import papers

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
PAGE, MARGIN, LINE = (1654, 2339), 120, 43  # dots: A4 at 200 to the inch
LETTERS, LINES = 72, 50  # of a line, of a page


@pytest.fixture(scope="module")
def tesseract() -> None:
    program = shutil.which("tesseract")
    languages = subprocess.run([program, "--list-langs"], capture_output=True, check=False).stdout if program else b""
    if b"vie" in languages.split() and FONT.exists():
        return
    if "tesseract" in os.environ.get("DONDOC_TESTS_REQUIRE", "").split(","):
        pytest.fail("tesseract with its Vietnamese, and DejaVu, are required and not installed")
    pytest.skip("tesseract with its Vietnamese, or DejaVu, is not installed")


def scan(text: str) -> bytes:
    """A PDF of pictures: the text as it is printed, laid on the glass a little aslant."""
    lines = [line for one in text.split("\n") for line in textwrap.wrap(one, LETTERS) or [""]]
    font = ImageFont.truetype(str(FONT), 38)
    pages = []
    for start in range(0, len(lines), LINES):
        page = Image.new("L", PAGE, 255)
        pen = ImageDraw.Draw(page)
        for place, line in enumerate(lines[start : start + LINES]):
            pen.text((MARGIN, MARGIN + place * LINE), line, font=font, fill=0)
        pages.append(page.rotate(0.4, fillcolor=255))
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return stream.getvalue()


def told(found: Draft) -> list[tuple[tuple[str, ...], object]]:
    return [(item.responsible, item.deadline) for item in found.of("obligation")]


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("paper", [papers.DECISION, papers.LETTER], ids=["decision", "letter"])
def test_a_scan_gives_what_its_text_gives(paper: str) -> None:
    """Who and when, the number and the day, each quote a span of what was read."""
    scanned, typed = draft(read("a.pdf", scan(paper))), draft(read("a.txt", paper.encode()))
    assert told(scanned) == told(typed) != []
    assert (scanned.header.number, scanned.header.issued_on) == (typed.header.number, typed.header.issued_on)
    assert scanned.header.title == typed.header.title


def test_a_scan_whose_pages_are_damaged_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It opens and none of its pages can be drawn: one line, no traceback."""
    monkeypatch.setattr(shutil, "which", lambda _: "tesseract")
    stream = io.BytesIO()
    Image.new("L", (20, 20), 255).save(stream, "PDF")
    damaged = re.sub(rb"/Kids \[ \d+ 0 R", b"/Kids [ 99 0 R", stream.getvalue())
    with pytest.raises(Refused, match="PDF hỏng"):
        read("a.pdf", damaged)
