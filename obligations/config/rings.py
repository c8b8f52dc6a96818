"""Names that lead to one another in a ring: duties that wait, plans that replace, units that hand over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

_SHOWN = 5


def rings(links: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Each ring once, beginning at its first name in the order of `links`. Linear, and without recursion.

    >>> list(rings({"a": ["b"], "b": ["c"], "c": ["b"]}))
    [['b', 'c']]
    """
    order = {name: number for number, name in enumerate(links)}
    done: set[str] = set()
    for start in links:
        walk, ways = [start], [iter(links[start])]
        on_walk = {start}
        while ways and start not in done:
            following = next(ways[-1], None)
            if following is None:
                ways.pop()
                left = walk.pop()
                on_walk.discard(left)
                done.add(left)
            elif following in on_walk:
                ring = walk[walk.index(following) :]
                first = min(range(len(ring)), key=lambda place: order[ring[place]])
                yield ring[first:] + ring[:first]
            elif following in links and following not in done:
                walk.append(following)
                on_walk.add(following)
                ways.append(iter(links[following]))


def ring_words(ring: Sequence[str], verb: str) -> str:
    """`a chờ b chờ a`; the middle of a long ring is left out."""
    shown = [*ring] if len(ring) <= _SHOWN else [*ring[: _SHOWN - 1], "…", ring[-1]]
    return f" {verb} ".join([*shown, ring[0]])
