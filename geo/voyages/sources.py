"""Sources that differ on one voyage: on its dates, or on how much it carried; and voyages that are told twice.

What may be one movement told twice is found with the data set (`geo.dataset.told_twice`) and asked of the reader; here
it is listed as long as nobody has answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import numpy as np
import pandas as pd

from geo.arrays import DAY, NOT_A_TIME, Ints
from geo.columns import DEFAULT_UNIT
from geo.dataset import told_twice
from geo.dataset.dataset import DataSet
from geo.dataset.told_twice import Answers
from geo.voyages.ends import Legs
from geo.voyages.finding import MOST_LISTED, Finding, Found
from geo.voyages.ships import Sailings, overlapping
from geo.voyages.words import Words

SAME_VOYAGE = ("depart", "depart_last", "arrive_first", "arrive")


def findings(legs: Legs, sailings: Sailings, words: Words) -> Found:
    """Dates that differ, and figures that differ where no ship tells the voyages apart."""
    told, notes = [], []
    for what, found in (("dates", _dates(legs, sailings, words)), ("figures", _figures(legs, sailings, words))):
        own = list(islice(found, MOST_LISTED + 1))
        told += own[:MOST_LISTED]
        if len(own) > MOST_LISTED:
            notes.append(f"The first {MOST_LISTED} voyages on whose {what} sources differ are listed; there are more.")
    return Found(tuple(told), tuple(notes))


def _dates(legs: Legs, sailings: Sailings, words: Words) -> Iterator[Finding]:
    """Voyages of one ship between the same ends that overlap and have different dates, each from another source."""
    claimant = legs.table["claimant"].to_numpy(object)
    for one, two in overlapping(legs, sailings):
        a, b = int(sailings.row[one]), int(sailings.row[two])
        if (legs.origin[a], legs.destination[a]) != (legs.origin[b], legs.destination[b]):
            continue
        leaves = _meet(legs.depart, legs.depart_last, a, b)
        if leaves and _meet(legs.arrive_first, legs.arrive_last, a, b):
            continue
        rows = sailings.legs(one, two)
        speakers = [set(claimant[rows[sailings.of[rows] == each]]) for each in (one, two)]
        if not speakers[0].isdisjoint(speakers[1]):
            continue
        what = "arrival" if leaves else "departure"
        yield Finding(
            "sources differ",
            legs.labels(rows),
            f"{words.source(a)} and {words.source(b)} differ on the {what} of {words.ship(a)}, {words.route(a)}: "
            f"{words.left(a)} to {words.arrived(a)}, or {words.left(b)} to {words.arrived(b)}.",
        )


def _meet(first: Ints, last: Ints, one: int, other: int) -> bool:
    return bool(first[one] <= last[other] and first[other] <= last[one])


def _figures(legs: Legs, sailings: Sailings, words: Words) -> Iterator[Finding]:
    """Legs with the same ends and days, one of each source, whose ranges have nothing in common."""
    table = legs.table
    frame = pd.DataFrame(
        {
            **{name: getattr(legs, name) for name in ("origin", "destination", *SAME_VOYAGE, "mode")},
            "unit": table["unit"].replace("", DEFAULT_UNIT).to_numpy(object),
            "source": table["claimant"].to_numpy(object),
            "ship": np.where(sailings.of >= 0, sailings.ship[sailings.of], 0) if sailings.ship.size else 0,
            "shipment": table["shipment"].to_numpy(object),
        }
    )
    keys = [name for name in frame.columns if name not in ("source", "ship", "shipment")]
    known = (legs.depart != NOT_A_TIME) & (legs.depart_last - legs.depart < DAY) & (table["claimant"] != "").to_numpy()
    known &= (legs.arrive == NOT_A_TIME) | (legs.arrive_last - legs.arrive_first < DAY)
    frame = frame[known & frame.duplicated(keys, keep=False).to_numpy(bool)]
    if not len(frame):
        return
    number = frame.groupby(keys, sort=False).ngroup().to_numpy()
    low, high = (table[f"containers_{end}"].to_numpy(np.float64)[frame.index] for end in ("low", "high"))
    by = frame.assign(low=low, high=high).groupby(number, sort=False)
    differs = (
        (by["low"].max() > by["high"].min()) & (by["source"].nunique() > 1) & (by.size() == by["source"].nunique())
    )
    # A ship that all name, or that tells two of them apart, is looked at elsewhere.
    differs &= (by["ship"].min() == 0) & (by["ship"].nunique() <= 2)
    for each in np.flatnonzero(differs.reindex(range(int(number.max()) + 1)).to_numpy(bool)).tolist():
        rows = frame.index[number == each].to_numpy(np.int64)
        if len({text for text in frame["shipment"][rows] if text}) > 1:
            continue
        says = "; ".join(f"{words.source(row)}, {words.amount(row)}" for row in rows.tolist())
        yield Finding(
            "sources differ",
            legs.labels(rows),
            f"{words.voyage(int(rows[0]))}: {says}. If that is one voyage, they differ; not all of them name the ship.",
        )


def of_questions(data: DataSet, answers: Answers, shown: pd.Index, names: Mapping[str, str]) -> list[Finding]:
    """What may be one movement or voyage told twice, as long as nobody has answered; of the legs that are shown."""
    found = []
    for each in told_twice.questions(data, answers.same, answers.separate):
        if each.answer or not set(each.legs) <= set(shown):
            continue
        unit = str(data.legs.loc[each.legs[0], "unit"])
        sentence = f"{told_twice.sentence(each, data, names)} {told_twice.outcome(each, unit)}"
        found.append(Finding("told twice" if each.group == "movement" else "sources differ", each.legs, sentence))
    return found
