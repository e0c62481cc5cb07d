"""Which reports a brief shows: its filters, applied to tables. A name that no report has is told with the nearest."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from geo.brief.spec.brief import Brief, Choice
from geo.brief.spec.data import Gathered
from geo.brief.spec.keys import UNSTATED
from geo.columns import DEFAULT_UNIT, MODES
from geo.errors import BriefError
from geo.tables.leg_reports import report_of

FACETS = ("origin", "destination", "mode", "cargo", "claimant")
_MODE_NAMES = {number: name or UNSTATED for name, number in MODES.items()}
MOST_TOLD = 12


def settled(brief: Brief, data: Gathered) -> Brief:
    """The brief with every name as the data have it: codes for names of places, and the spelling of the reports.

    Raises BriefError for one that is in no report.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    tables = (data.legs, data.totals)
    for facet in FACETS:
        values = sorted({str(each) for table in tables for each in _column(table, facet).unique()})
        chosen[facet] = _all(getattr(brief.filters, facet), values, f"filters.{facet}", _names(facet, values, data))
    claimants = sorted({str(each) for table in tables for each in table["claimant"].unique()})
    chosen["without_claimant"] = _all(brief.filters.without_claimant, claimants, "filters.without_claimant", {})
    reports = sorted({str(each) for table in tables for each in report_of(table).unique()})
    chosen["without_report"] = _all(brief.filters.without_report, reports, "filters.without_report", {})
    units = sorted({str(each) or DEFAULT_UNIT for table in tables for each in table["unit"].unique()})
    (unit,) = _all((brief.unit,), units, "unit", {})
    return replace(brief, filters=Choice(**chosen), unit=unit)


def _names(facet: str, codes: Sequence[str], data: Gathered) -> Mapping[str, str]:
    """Name -> code, of places; of two with one name neither is meant."""
    if facet not in ("origin", "destination"):
        return {}
    frame = data.places.frame
    rows = frame[frame["code"].isin(codes)]
    alone = ~rows["name"].str.casefold().duplicated(keep=False)
    return dict(zip(rows["name"][alone].str.casefold(), rows["code"][alone], strict=True))


def _all(wanted: Sequence[str], known: Sequence[str], key: str, names: Mapping[str, str]) -> tuple[str, ...]:
    found = []
    folded = {each.casefold(): each for each in known}
    for each in wanted:
        name = each if each in known else folded.get(each.casefold()) or names.get(each.casefold())
        if name is None:
            near = difflib.get_close_matches(each.casefold(), [*folded, *names], 1, 0.6)
            listed = "; ".join(filter(None, known[:MOST_TOLD])) or "none"
            more = f" … and {len(known) - MOST_TOLD} more" if len(known) > MOST_TOLD else ""
            hint = f"The nearest is {folded.get(near[0]) or names[near[0]]}." if near else f"Known: {listed}{more}."
            raise BriefError(f"{key} {each!r}", "it is not in any report", hint)
        found.append(name)
    return tuple(dict.fromkeys(found))


def shown_by(table: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The rows of legs or totals that the filters leave."""
    keep = ~table["claimant"].isin(choice.without_claimant)
    for facet in FACETS:
        if wanted := getattr(choice, facet):
            keep &= _column(table, facet).isin(wanted)
    if choice.without_report and len(table):
        keep &= ~report_of(table).isin(choice.without_report)
    return table[keep]


def _column(table: pd.DataFrame, facet: str) -> pd.Series:
    return table["mode"].map(_MODE_NAMES) if facet == "mode" else table[facet].astype(object)
