"""Units that end and those that carry on: a chain of successors must lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from obligations.config.rings import ring_words, rings
from obligations.config.source import Path, Source
from obligations.domain.errors import Problem
from obligations.domain.plan import Configuration, Unit
from obligations.domain.wording import short_date


def successions(configuration: Configuration, source: Source) -> Iterator[Problem]:
    """Rings of parents or successors; successors that were gone before they could carry on."""
    units = configuration.units
    yield from _rings(
        source, {unit.id: unit.successors for unit in units.values()}, "successor", "kế thừa", "chuyển sang"
    )
    parents = {unit.id: [unit.parent] if unit.parent else [] for unit in units.values()}
    yield from _rings(source, parents, "parent", "cấp trên", "thuộc")
    for index, unit in enumerate(units.values()):
        for place, name in enumerate(unit.successors):
            if name != unit.id and _gone(units[name], unit):
                yield _gone_too_soon(source, ("units", index, "successor", place), units[name], unit)


def _gone(successor: Unit, unit: Unit) -> bool:
    return successor.until is not None and unit.until is not None and successor.until <= unit.until


def _gone_too_soon(source: Source, path: Path, successor: Unit, unit: Unit) -> Problem:
    assert successor.until  # noqa: S101
    message = f"{successor.name} kết thúc ngày {short_date(successor.until)}, chưa kịp kế thừa {unit.name}."
    return source.problem(path, "successor-ended", message, "ghi đơn vị còn hoạt động sau ngày đó, hoặc sửa to")


def _rings(source: Source, links: Mapping[str, Sequence[str]], key: str, what: str, verb: str) -> Iterator[Problem]:
    places = {name: index for index, name in enumerate(links)}
    for ring in rings(links):
        message = f"{what} vòng tròn: {ring_words(ring, verb)}."
        fix = f"sửa {key} của một trong các đơn vị ấy"
        yield source.problem(("units", places[ring[0]], key), "cycle", message, fix)


def unused_successors(configuration: Configuration, source: Source) -> Iterator[Problem]:
    """A successor named without the day from which it carries on: nothing would ever pass to it."""
    for index, unit in enumerate(configuration.units.values()):
        if unit.successors and not unit.until:
            message = f"{unit.name} có successor mà không có to, nên không bao giờ chuyển giao."
            yield source.problem(("units", index, "successor"), "no-end", message, "ghi to: ngày cuối của đơn vị này")
