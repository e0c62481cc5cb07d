"""Totals that are part of another, once that other is not among them."""

from __future__ import annotations

import pandas as pd


def without_absent_wholes(totals: pd.DataFrame) -> pd.DataFrame:
    """`totals` in which a part stands for itself once its whole is filtered away.

    A total that is part of another is never added to it. When the other is not shown, its one remaining part can be
    drawn by itself; of several, which may overlap one another, none is.
    """
    absent = (totals["part_of"] != "") & ~totals["part_of"].isin(set(totals["id"]))
    alone = absent & ~totals["part_of"].where(absent, "").duplicated(keep=False)
    return totals.assign(part_of=totals["part_of"].mask(alone, "")) if alone.any() else totals
