"""Figures that are no count of what was moved, in rows that have no other: rates, shares, capacities, forecasts."""

from __future__ import annotations

from collections.abc import Iterable

from geo.matching.not_counted import not_counted
from geo.matching.shapes.rows import listed
from geo.matching.shapes.shape import Shape

NAME = "other-figures"
RULE = (
    "As legs its figures would be added up as if so much had been moved in each row. Add a column that says how many "
    "were moved, or load a file that does. Where each row is one voyage, take them as legs, and count voyages."
)


def other_figures(headers: Iterable[str]) -> Shape | None:
    """What such a table is; None where no header says that its figures are something else."""
    told = {header: what for header in headers if (what := not_counted(header))}
    if not told:
        return None
    header = next(iter(told))
    return Shape(NAME, f"Nothing in the file says how many were moved: {listed([header])} is {told[header]}.", RULE)
