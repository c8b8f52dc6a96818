"""A few values of a plan's text are changed, and nothing else of it."""

from __future__ import annotations

import pytest
import yaml

from obligations.config.amending import Amendment, Unfit, amended, extended

PLAN = """\
plan: {number: 1/KH, title: Kế hoạch}  # đầu
obligations:
# việc đầu
- id: dau   # mã
  title: Việc đầu
  deadline: {by: 2022-07-20}   # hạn
  # ghi chú của người
  cite: {at: I.1, stated: x}

- id: sau
  title: "Việc: sau"
  deadline:
    every: year
    by: 11-25

  # trước căn cứ
  cite:
    at: I.2
# sau hết
standing:
- {id: khac}
"""


def test_only_the_values_named_change() -> None:
    """Comments, blank lines, other values stay, each in its place."""
    text = amended(PLAN, [Amendment("dau", {"deadline": "{by: 2022-08-01}", "cite": "{at: I.1}"})])
    assert text == PLAN.replace("{by: 2022-07-20}", "{by: 2022-08-01}").replace("{at: I.1, stated: x}", "{at: I.1}")


def test_a_new_key_stands_after_the_deadline() -> None:
    text = amended(PLAN, [Amendment("sau", {"deadline": "{before: 2023}", "moved": "{amended_by: 9/KH}"})])
    said = yaml.load(text, yaml.BaseLoader)["obligations"][1]  # noqa: S506
    assert (said["deadline"], said["moved"], said["cite"]) == (
        {"before": "2023"},
        {"amended_by": "9/KH"},
        {"at": "I.2"},
    )
    assert "  # trước căn cứ\n" in text


def test_new_duties_come_last_before_what_follows() -> None:
    text = amended(PLAN, [], ["# “lời văn”\n- id: moi\n  title: Mới", "- id: nua\n  title: Nữa"])
    said = yaml.load(text, yaml.BaseLoader)  # noqa: S506
    assert [one["id"] for one in said["obligations"]] == ["dau", "sau", "moi", "nua"]
    assert said["standing"] == [{"id": "khac"}]
    assert text.startswith(PLAN.partition("# sau hết")[0])


def test_a_list_set_in_and_duties_in_braces() -> None:
    """The margin is the list's own; a file without a last line end is one, too."""
    flow = "obligations:\n  - {id: a, deadline: {by: x}, cite: {at: I}}"
    text = amended(flow, [Amendment("a", {"deadline": "{by: y}", "moved": "{correction: z}"})], ["- id: b\n  title: B"])
    said = yaml.load(text, yaml.BaseLoader)["obligations"]  # noqa: S506
    assert said[0] == {"id": "a", "deadline": {"by": "y"}, "moved": {"correction": "z"}, "cite": {"at": "I"}}
    assert said[1] == {"id": "b", "title": "B"}


@pytest.mark.parametrize(
    "text", ["", "obligations: []", "obligations: [{id: dau}]", "obligations:\n- id: khac\n", "- x"]
)
def test_what_only_a_person_should_change(text: str) -> None:
    with pytest.raises(Unfit):
        amended(text, [Amendment("dau", {"deadline": "{by: 2022-08-01}"})])


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("units:\n- {id: a} # một\n\n# nhóm\ngroups:\n", "units:\n- {id: a} # một\n- {id: b}\n\n# nhóm\ngroups:\n"),
        ("units:\n  - id: a\n    name: A", "units:\n  - id: a\n    name: A\n  - {id: b}"),
        ("groups:\nunits:\n- a:\n  - id: x\n", "groups:\nunits:\n- a:\n  - id: x\n- {id: b}\n"),
        ("units:\n- a: |\n    x\n\ngroups:\n", "units:\n- a: |\n    x\n\n- {id: b}\ngroups:\n"),
        ("units: [{id: a}, ]  # hết\n", "units: [{id: a}, {id: b}, ]  # hết\n"),
        ("units: [\n  {id: a},  # một\n]\n", "units: [\n  {id: a}, {id: b},  # một\n]\n"),
        ("units: []\ngroups: {}\n", "units: [{id: b}]\ngroups: {}\n"),
        ("units:  # trống\ngroups: {}\n", "units:  # trống\n- {id: b}\ngroups: {}\n"),
        ("units:", "units:\n- {id: b}"),
    ],
)  # fmt: skip
def test_an_entry_comes_last_in_the_list_however_that_is_laid_out(text: str, after: str) -> None:
    found = extended(text, "units", ["{id: b}"])
    assert found == after
    assert yaml.load(found, yaml.BaseLoader)["units"][-1] == {"id": "b"}  # noqa: S506


@pytest.mark.parametrize("text", ["", "groups: {}\n", "units: ~\n", "units: {a: b}\n", "units: [\n", "- a\n"])
def test_where_no_list_stands_nothing_is_put(text: str) -> None:
    with pytest.raises(Unfit):
        extended(text, "units", ["{id: b}"])
