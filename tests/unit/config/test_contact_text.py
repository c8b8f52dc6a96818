"""One unit's contacts are changed in the text of units.yaml, and nothing else of it."""

from __future__ import annotations

import pytest
import yaml

from obligations.config.amending import Unfit
from obligations.config.contact_text import contacts, places, with_contacts

UNITS = """\
# đơn vị
units:
- id: so-y-te     # mã
  name: Sở Y tế
  contacts:       # theo thứ tự
  - {role: focal, name: "Trần Thị Hương", email: cu@soyte.example, phone: 0900 000 001}   # từ 2022
  - name: Văn thư
    role: van-thu   # sổ
    email: vanthu@soyte.example  # chung

  # đơn vị sau
- {id: thanh-tra, name: Thanh tra Sở}
- id: so-xay-dung
  name: Sở Xây dựng
  relation: peer  # ngang

groups: {}
"""


def test_only_the_values_named_change() -> None:
    text = with_contacts(UNITS, "so-y-te", {0: {"email": "moi@soyte.example"}, 1: {"phone": "0900 2"}}, [])
    wanted = UNITS.replace("cu@soyte.example", "moi@soyte.example")
    assert text == wanted.replace("# chung\n", "# chung\n    phone: 0900 2\n")


def test_a_value_is_taken_away_and_another_put_in_its_place() -> None:
    text = with_contacts(UNITS, "so-y-te", {0: {"email": "", "phone": "", "name": "B: A"}, 1: {"email": ""}}, [])
    assert '  - {role: focal, name: "B: A"}   # từ 2022\n' in text
    assert "    email:  # chung\n" in text
    again = with_contacts(text, "so-y-te", {0: {"email": "x@y.example"}, 1: {"email": "z@y.example"}}, [])
    assert '{role: focal, name: "B: A", email: x@y.example}' in again
    assert "    email: z@y.example  # chung\n" in again


@pytest.mark.parametrize(
    ("unit", "line"),
    [
        ("so-y-te", "# chung\n  - {name: Lê C, role: deputy}\n"),
        ("thanh-tra", "- {id: thanh-tra, name: Thanh tra Sở, contacts: [{name: Lê C, role: deputy}]}\n"),
        ("so-xay-dung", "# ngang\n  contacts:\n  - {name: Lê C, role: deputy}\n"),
    ],
)
def test_a_contact_comes_last_as_the_unit_is_laid_out(unit: str, line: str) -> None:
    text = with_contacts(UNITS, unit, {}, [{"name": "Lê C", "role": "deputy", "email": ""}])
    assert line in text
    found = yaml.load(text, yaml.BaseLoader)["units"]  # noqa: S506
    assert next(one for one in found if one["id"] == unit)["contacts"][-1] == {"name": "Lê C", "role": "deputy"}
    assert all(one in text.splitlines() for one in UNITS.splitlines() if unit not in one)


def test_what_a_form_would_spoil_is_not_plain_and_left_alone() -> None:
    """Addresses of its own under `channels`, a text over several lines."""
    strange = """\
units:
- id: a
  name: A
  contacts:
  - {name: X, channels: [{email: x@a.example}]}
  - name: >
      Y
      Z
  - {name: W, channels: [email], email: w@a.example}
"""
    assert [one.is_plain for one in contacts(strange, "a")] == [False, False, True]
    assert contacts(strange, "a")[0].line == 5
    for place in (0, 1):
        with pytest.raises(Unfit):
            with_contacts(strange, "a", {place: {"email": "q@a.example"}}, [])
    with pytest.raises(Unfit):
        contacts(strange, "b")


def test_a_value_is_found_by_its_place() -> None:
    line = UNITS.splitlines().index(
        '  - {role: focal, name: "Trần Thị Hương", email: cu@soyte.example, phone: 0900 000 001}   # từ 2022'
    )
    column = UNITS.splitlines()[line].index("cu@") + 1
    assert places(UNITS, "so-y-te")[line + 1, column] == (0, "email")
