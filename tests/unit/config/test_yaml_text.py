"""A value that is written on one line is read back as just that, by our reader and by any other."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as some

from obligations.config.parsing import NULLS
from obligations.config.source import Source, read
from obligations.config.yaml_text import flow, scalar
from obligations.domain.plain_letters import one_line


@given(some.text())
def test_a_text_comes_back_on_one_line(text: str) -> None:
    """Among other values of a list, where commas and brackets count."""
    assume(one_line(text) not in NULLS)
    found = read("a.yaml", f"a: [{scalar(text)}, {scalar(text)}]\n")
    assert isinstance(found, Source), found
    assert found.data["a"] == [one_line(text)] * 2


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("123/KH-UBND", "123/KH-UBND"),
        ("Báo cáo (quý)", "Báo cáo (quý)"),
        ("2022-07-20", "2022-07-20"),
        ("16:00", '"16:00"'),
        ("123/KH-UBND # bản 2", '"123/KH-UBND # bản 2"'),
        ("Số: 12/KH", '"Số: 12/KH"'),
        ("No", '"No"'),
        ("- a", '"- a"'),
        ("", '""'),
        ("a\u200b\nb\x00", "a b"),
    ],
)
def test_quotes_stand_where_they_are_needed(text: str, written: str) -> None:
    assert scalar(text) == written


def test_a_deadline_is_one_line() -> None:
    written = flow({"every": "month", "by": ["10", "last"], "at": "16:00"})
    assert written == '{every: month, by: [10, last], at: "16:00"}'
    assert yaml.load(written, yaml.BaseLoader) == {"every": "month", "by": ["10", "last"], "at": "16:00"}  # noqa: S506
