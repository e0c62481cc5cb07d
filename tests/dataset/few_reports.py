"""A data set of two legs and a total, for tests of what is shown of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.dataset.dataset import DataSet
from geo.gazetteer.places import Places, place_frame

PLACES = Places(
    place_frame(pd.DataFrame({"code": ["RUVVO", "KPRJN"], "name": ["Vladivostok", "Rason"]}), np.zeros(2), np.zeros(2))
)


def table(*rows: tuple[str, str, int, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["origin", "destination", "mode", "cargo", "claimant", "unit"])
    return frame.assign(reliability="", credibility="", outlet="", said_on=pd.NaT, url="")


LEGS = table(("KPRJN", "RUVVO", 1, "", "A", ""), ("RUVVO", "KPRJN", 2, "coal", "B", "wagon"))
TOTALS = table(("KPRJN", "RUVVO", 0, "coal", "A", "wagon")).assign(id="one", part_of="")


def data(legs: pd.DataFrame = LEGS, totals: pd.DataFrame = TOTALS) -> DataSet:
    return DataSet("key", "title", legs, totals, pd.DataFrame(), PLACES, {})
