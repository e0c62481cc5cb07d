"""Some cells of a region by themselves, as if they were one: what is said of exactly these, and nothing around them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from geo.evidence.reconciling.region import Load, Region

Cells = tuple[int, ...]


def alone(region: Region, cells: Cells, start: int) -> Region:
    """A region with one cell (0) and one scope (0): every report on exactly these cells, and the legs inside them.

    start: when the first report on them says that it began, epoch seconds. Sources keep their rows.
    """
    same = scopes_of(region, cells)
    return Region(
        scopes=region.scopes[:1],
        flows=(0,),
        cells=(frozenset({0}),),
        onward=0,
        beginning=region.beginning,
        sources=region.sources,
        bounds=tuple(replace(each, scope=0) for each in region.bounds if each.scope in same),
        loads=tuple(
            Load(each.source, 0, each.start, each.end, each.low, each.high)
            for each in region.loads
            if each.cell in cells
        ),
        goals=tuple(replace(each, scope=0) for each in region.goals if each.scope in same),
        own=(frozenset(range(len(region.sources))),),
        started=(start,),
    )


def scopes_of(region: Region, cells: Collection[int]) -> frozenset[int]:
    """The scopes (rows) that hold exactly these cells."""
    around = frozenset[int].intersection(*(region.cells[cell] for cell in cells)) if cells else frozenset[int]()
    return frozenset(row for row in around if len(region.inside(row)) == len(cells))
