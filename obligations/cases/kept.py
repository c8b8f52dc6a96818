"""What was costly to make is kept under a key that says exactly what it was made from.

Nothing here ends by itself or is told to: a key that no longer holds is never asked for again, and of a few the one
that was asked for longest ago goes. One process keeps for itself; another makes its own.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Generic, TypeVar, cast

T = TypeVar("T")
_NOTHING = object()  # None may have been costly to come to


class Kept(Generic[T]):
    """The last few values of something costly, by what they were made from."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of that key, made when it is not there; two who ask at once may both make it."""
        if (found := self._values.get(key, _NOTHING)) is not _NOTHING:
            with suppress(KeyError):  # another thread just let it go
                self._values.move_to_end(key)
            return cast(T, found)
        made = make()
        self.put(key, made)
        return made

    def put(self, key: Hashable, value: T) -> None:
        """Keep what was made elsewhere."""
        self._values[key] = value
        while len(self._values) > self._most:
            self._values.popitem(last=False)
