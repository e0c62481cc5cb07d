"""Where names find room."""

from __future__ import annotations

import numpy as np

from geo.brief.plate.labels import Box, Label, place

FRAME = Box(0, 0, 400, 300)
NONE = np.zeros((0, 2))


def _range(others: tuple[tuple[float, float], ...] = ()) -> Label:
    return Label(("1,800–2,200",), 200, 150, 4, (80,), 12, bold=True, corridor=0, others=others)


def test_a_range_keeps_off_other_arcs_by_going_along_its_own() -> None:
    crowd = np.column_stack([np.tile(np.arange(100, 300, 3.0), 20), np.repeat(np.arange(100, 200, 5.0), 67)])
    there = (320.0, 250.0)
    (placed,) = place([_range((there,))], FRAME, [], [], crowd)
    inside = (crowd > (placed.box.left, placed.box.top)) & (crowd < (placed.box.right, placed.box.bottom))
    assert not inside.all(axis=1).any()
    assert abs(placed.box.bottom - there[1]) < 40


def test_where_there_is_room_it_stands_at_the_middle() -> None:
    (placed,) = place([_range(((50.0, 50.0),))], FRAME, [], [], NONE)
    assert placed.box.left == 200 + 4 + 5
