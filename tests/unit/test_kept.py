"""What was costly to make is kept as long as it is asked for."""

from __future__ import annotations

from obligations.cases.kept import Kept


def test_of_a_few_the_one_asked_for_longest_ago_goes() -> None:
    made: list[str] = []

    def make(name: str) -> str:
        made.append(name)
        return name.upper()

    kept: Kept[str] = Kept(2)
    for name in ("a", "b", "a", "c", "a", "b"):
        assert kept.get(name, lambda name=name: make(name)) == name.upper()  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]


def test_none_is_kept_like_anything() -> None:
    made: list[int] = []
    kept: Kept[None] = Kept(2)
    for _ in range(3):
        kept.get("key", lambda: made.append(1))
    assert made == [1]


def test_what_was_made_elsewhere_is_not_made_again() -> None:
    kept: Kept[int] = Kept(2)
    kept.put("key", 7)
    assert kept.get("key", lambda: 1 // 0) == 7
