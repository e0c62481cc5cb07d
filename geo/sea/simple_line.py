"""A line that does not cross itself: what it goes around for nothing is left out.

The network has no point where two of its edges cross, so that its shortest way may lead around a small loop of them.
"""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np
import shapely
from pyproj import Geod

from geo.arrays import Floats

_GEOD = Geod(ellps="WGS84")
_Node = tuple[float, ...]


def simple(line: Floats) -> Floats:
    """Vertices [n, 2] in continuous longitudes -> the same, or the shortest way along them from first to last, where
    the line crosses, touches or doubles itself."""
    whole = shapely.linestrings(line)
    if shapely.is_simple(whole):
        return line
    pieces = [shapely.get_coordinates(part) for part in shapely.get_parts(shapely.node(whole))]
    at: dict[_Node, list[Floats]] = {}
    for piece in pieces:
        for way in (piece, piece[::-1]):
            at.setdefault(tuple(way[0]), []).append(way)
    ways = _shortest(at, tuple(line[0]), tuple(line[-1]))
    return np.vstack([ways[0][:1], *(way[1:] for way in ways)]) if ways else line


def _shortest(at: dict[_Node, list[Floats]], begin: _Node, end: _Node) -> list[Floats]:
    """The pieces of the shortest way from one node to another, in their order; at: those that begin at each node."""
    waiting: list[tuple[float, int, _Node, list[Floats]]] = [(0.0, 0, begin, [])]
    done: set[_Node] = set()
    number = 0
    while waiting:
        far, _, node, ways = heappop(waiting)
        if node == end:
            return ways
        if node in done:
            continue
        done.add(node)
        for way in at.get(node, []):
            number += 1
            heappush(waiting, (far + float(_GEOD.line_length(*way.T)), number, tuple(way[-1]), [*ways, way]))
    return []
