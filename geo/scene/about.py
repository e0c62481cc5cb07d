"""Where "about" may be said of a range: a source has said it, and no other gave a range of ±10 % by itself."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.arrays import Mask
from geo.dataset.assumptions import as_wide_as_about
from geo.scene.reports import DrawnRows


def said_about(legs: pd.DataFrame, totals: pd.DataFrame, drawn: DrawnRows, count: int) -> Mask:
    """Of `count` corridors, those whose range, where it is ±10 %, is what "about" was read as: (count,)."""
    said, stated = np.zeros(count, bool), np.zeros(count, bool)
    for table, rows, corridors in (
        (legs, drawn.legs, drawn.leg_corridors),
        (totals, drawn.totals, drawn.total_corridors),
    ):
        if not len(table):
            continue
        own, without = as_wide_as_about(table)
        said[corridors[own[rows]]] = True
        stated[corridors[without[rows]]] = True
    return said & ~stated
