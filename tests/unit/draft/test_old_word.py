"""An old .doc through the real LibreOffice; without it this skips by name, or fails where it is required."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from obligations.cases.drafting_plans.apart import reading_apart
from obligations.draft.drafting import draft
from obligations.draft.reading.files import read
from tests.unit.draft import files, papers


@pytest.fixture
def libreoffice() -> str:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None and "libreoffice" in os.environ.get("DONDOC_TESTS_REQUIRE", "").split(","):
        pytest.fail("LibreOffice is required and not installed")
    return program or pytest.skip("LibreOffice is not installed")


def old_word(program: str, folder: Path, text: str) -> bytes:
    """The text as Word 97 keeps it."""
    source = folder / "a.docx"
    source.write_bytes(files.word(text.split("\n")))
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run([program, home, "--headless", "--convert-to", "doc", source], cwd=folder, check=True, timeout=120)
    return (folder / "a.doc").read_bytes()


def test_an_old_doc_gives_what_its_text_gives(libreoffice: str, tmp_path: Path) -> None:
    """Who and when, the number and the day."""
    old = draft(read("a.doc", old_word(libreoffice, tmp_path, papers.DECISION)))
    typed = draft(read("a.txt", papers.DECISION.encode()))
    told = [[(item.responsible, item.deadline) for item in found.of("obligation")] for found in (old, typed)]
    assert told[0] == told[1] != []
    assert (old.header.number, old.header.issued_on) == (typed.header.number, typed.header.issued_on)


def test_its_process_has_the_memory_that_libreoffice_needs(libreoffice: str, tmp_path: Path) -> None:
    """LibreOffice inherits the limits of the reader that starts it."""
    path = tmp_path / "a.doc"
    path.write_bytes(old_word(libreoffice, tmp_path, papers.DECISION))
    with reading_apart(path) as document:
        assert draft(document()) == draft(read("a.doc", path.read_bytes()))
