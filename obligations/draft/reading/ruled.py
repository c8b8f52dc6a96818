"""Tables drawn with rules: a page's lines and thin boxes become cells by pdfplumber's geometry."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_THIN = 3.0  # points: a box thinner than that is a rule
_NEAR = 3.0
_SHORT = 6.0
MAX_EDGES = 3_000


def _plainly(function: Any, *kinds: type) -> Any:
    """A function of pdfium with plain addresses for its typed pointers: two thirds of the time of a call."""
    return ctypes.cast(function, ctypes.CFUNCTYPE(*kinds))


_object_at = _plainly(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_type_of = _plainly(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, place: tuple[float, float]) -> bool:
        return self.left <= place[0] <= self.right and self.bottom <= place[1] <= self.top


@dataclass(frozen=True)
class Grid:
    """A table: its rows of cells; a merged cell stands in each place that it covers."""

    box: Box
    rows: tuple[tuple[Box, ...], ...]

    def holds(self, place: tuple[float, float]) -> bool:
        return self.box.holds(place)


def grids(page: pypdfium2.PdfPage) -> list[Grid]:
    """The ruled tables of a page with at least two columns and two rows."""
    edges = list(_edges(page))
    if len(edges) < 6 or len(edges) > MAX_EDGES:
        return []
    # Loads all of pdfminer, for most files in vain.
    from pdfplumber.table import (  # noqa: PLC0415
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    merged = merge_edges(edges, _NEAR, _NEAR, _NEAR, _NEAR)
    cells = intersections_to_cells(edges_to_intersections(merged, _NEAR, _NEAR))
    found = [_grid(table) for table in cells_to_tables(cells)]
    return [grid for grid in found if len(grid.rows) > 1 and len(grid.rows[0]) > 1]


def _grid(cells: list[tuple[float, float, float, float]]) -> Grid:
    boxes = [Box(left, -bottom, right, -top) for left, top, right, bottom in cells]
    lefts = sorted({round(box.left) for box in boxes})
    tops = sorted({round(box.top) for box in boxes}, reverse=True)
    rows = []
    for top in tops:
        row = [next((box for box in boxes if box.holds((left + 2, top - 2))), None) for left in lefts]
        kept = [box for box in row if box]
        if kept:
            rows.append(tuple(box or kept[0] for box in row))
    whole = Box(
        min(b.left for b in boxes), min(b.bottom for b in boxes), max(b.right for b in boxes), max(b.top for b in boxes)
    )
    return Grid(whole, tuple(rows))


def _edges(page: pypdfium2.PdfPage) -> Iterator[dict[str, Any]]:
    """Rules as pdfplumber's edges: y counts downwards there, so it is negated."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    boxes = ctypes.byref(left), ctypes.byref(bottom), ctypes.byref(right), ctypes.byref(top)
    # Some programs write every letter as an object of its own: thousands a page are passed over here.
    raw = ctypes.cast(page.raw, ctypes.c_void_p)
    for place in range(min(pdfium.FPDFPage_CountObjects(page), MAX_EDGES * 4)):
        shape = _object_at(raw, place)
        if _type_of(shape) == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPageObj_GetBounds(
            ctypes.cast(shape, pdfium.FPDF_PAGEOBJECT), *boxes
        ):
            yield from _sides(left.value, bottom.value, right.value, top.value)


def _sides(left: float, bottom: float, right: float, top: float) -> Iterator[dict[str, Any]]:
    wide, high = right - left, top - bottom
    if high <= _THIN and wide > _SHORT:
        yield _edge("h", left, right, (top + bottom) / 2, (top + bottom) / 2)
    elif wide <= _THIN and high > _SHORT:
        yield _edge("v", (left + right) / 2, (left + right) / 2, bottom, top)
    elif wide > _SHORT and high > _SHORT:
        yield _edge("h", left, right, top, top)
        yield _edge("h", left, right, bottom, bottom)
        yield _edge("v", left, left, bottom, top)
        yield _edge("v", right, right, bottom, top)


def _edge(orientation: str, left: float, right: float, bottom: float, top: float) -> dict[str, Any]:
    return {
        "orientation": orientation,
        "object_type": "line",
        "x0": left,
        "x1": right,
        "top": -top,
        "bottom": -bottom,
        "width": right - left,
        "height": top - bottom,
    }
