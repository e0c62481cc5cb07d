"""What does not fit in the voyages of one file, as warnings about its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo import formatting
from geo.problems import Problem, Problems, to_frame
from geo.tables.read import Reading
from geo.tables.rules import TOO_FAST

if TYPE_CHECKING:
    from geo.voyages.finding import Finding, Kind

MOST_ROWS = 200_000
"""Of a larger file the voyages are not compared: it would take as long as all else."""
MOST_LINES = 5
"""So many other lines are named beside a row."""
COMPARED = ("arrive", "vessel", "imo", "mmsi", "claimant")
"""Where none of these columns of ours says anything there is nothing to find: without an arrival there is no speed, and
without a ship or a source no two rows tell of one voyage."""
RULES: Mapping[Kind, tuple[str, str, str]] = {
    "too fast": ("arrive", TOO_FAST[0], "Check both dates, both places and the mode."),
    "closed": ("arrive", "a ship takes a way that is open", "Check both dates and both places."),
    "two places": ("vessel", "a ship is in one place at a time", "Check the ship, the dates and the places."),
    "two voyages": ("vessel", "a ship is on one voyage at a time", "Check the ship and the dates."),
    "sources differ": (
        "claimant",
        "sources agree on one voyage",
        "All are kept. Correct those that you know better.",
    ),
}
"""Our column, what is allowed, and what to do. Voyages told twice are asked about with the file's other questions."""


def with_voyages(reading: Reading) -> tuple[Problems, tuple[str, ...]]:
    """The problems of a file with the warnings about its voyages, by line; and what was not looked at, in sentences."""
    if reading.kind != "legs" or not reading.kept or not reading.says(*COMPARED):
        return reading.problems, ()
    if reading.kept > MOST_ROWS:
        return reading.problems, (f"Voyages are compared in files of up to {formatting.number(MOST_ROWS)} rows.",)
    from geo.dataset.dataset import data_set
    from geo.dataset.parts import of_reading
    from geo.voyages.findings import findings

    data = data_set([of_reading(reading, reading.file)], places=reading.places)
    found = findings(data)
    lines = data.legs["row"]
    warned = [each for one in found.findings if one.kind in RULES for each in _warnings(one, lines, reading)]
    if not warned:
        return reading.problems, found.notes
    new = to_frame(warned)
    # What the reading says of a speed is said again with the reckoning.
    fast = set(new["row"][new["rule"] == TOO_FAST[0]])
    old = reading.problems.frame
    kept = old[~((old["rule"] == TOO_FAST[0]) & old["row"].isin(fast)).to_numpy(bool)].astype(new.dtypes)
    both = pd.concat([kept, new], ignore_index=True)
    return Problems(both.iloc[np.argsort(both["row"], kind="stable")]), found.notes


def _warnings(found: Finding, lines: pd.Series, reading: Reading) -> Iterator[Problem]:
    column, rule, advice = RULES[found.kind]
    rows = [int(lines[label]) for label in found.legs]
    given = reading.cells(column, np.array(rows, np.int64))
    for row, text in zip(rows, given, strict=True):
        others = sorted({each for each in rows if each != row})
        yield Problem(row, column, text, rule, f"{found.sentence}{_beside(others)} {advice}", "warning")


def _beside(lines: list[int]) -> str:
    """ " See line 3." """
    if not lines:
        return ""
    named = ", ".join(f"{line:,}" for line in lines[:MOST_LINES])
    more = f" and {len(lines) - MOST_LINES:,} more" if len(lines) > MOST_LINES else ""
    return f" See {'line' if len(lines) == 1 else 'lines'} {named}{more}."
