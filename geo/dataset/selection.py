"""Which reports are shown: one filter for the page, the command line, briefs and Python."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TypeVar

import pandas as pd

from geo.columns import ABOUT_PERCENT, MODES
from geo.dataset.assumptions import reaching, read_as
from geo.dataset.dataset import DataSet
from geo.dataset.told_twice import decisions, ids
from geo.tables.counted_legs import ALL, counted
from geo.tables.leg_reports import report_of

Texts = tuple[str, ...]
FACETS = ("origin", "destination", "mode", "cargo", "claimant", "reliability", "credibility")
READINGS = ("apart", "running", "not_running")
MODE_NAMES = {number: name for name, number in MODES.items()}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which reports are shown: of each facet the values that are, an empty tuple being all.

    `mode` holds Rec 19 names, "" for not stated; reliability and credibility hold letters and numbers, "" for not
    graded. What without_claimant and without_report name is switched off: nothing is made of what they say.

    same and separate: the ids of questions (`geo.dataset.told_twice`) which the reader has answered so; "all" stands
    for all that are not named. What is named in both is separate.

    apart: ids of totals that count by themselves, though the table has them as part of another; running and
    not_running: of those whose high holds from their earliest start, or within their own window alone, whatever the
    table says (`geo.dataset.assumptions`); "all" stands for every one. about: how many per cent "about" reaches, up and
    down.
    """

    origin: Texts = ()
    destination: Texts = ()
    mode: Texts = ()
    cargo: Texts = ()
    claimant: Texts = ()
    reliability: Texts = ()
    credibility: Texts = ()
    without_claimant: Texts = ()
    without_report: Texts = ()
    same: Texts = ()
    separate: Texts = ()
    apart: Texts = ()
    running: Texts = ()
    not_running: Texts = ()
    about: int = ABOUT_PERCENT


S = TypeVar("S", bound=Selection)


@dataclass(frozen=True, slots=True, eq=False)
class Selected:
    """The rows of legs and totals that are shown. off: how many reports the switches took away."""

    legs: pd.DataFrame
    totals: pd.DataFrame
    off: int = 0


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that no report has. nearest: one that is like it, or ""; known: those that there are, not all perhaps."""

    field: str
    given: str
    nearest: str
    known: Texts


def column(table: pd.DataFrame, facet: str) -> pd.Series:
    """A facet's values in `table` as text: Rec 19 names for the mode."""
    return table["mode"].map(MODE_NAMES) if facet == "mode" else table[facet].astype(object)


def values(data: DataSet, field: str) -> list[str]:
    """What a field of a selection can name in this data set, sorted."""
    if field in ("same", "separate"):
        return sorted({ALL, *ids(data)})
    if field in READINGS:
        return sorted({ALL, *data.totals["id"].astype(str)})
    if field == "without_report":
        texts = (report_of(table) for table in (data.legs, data.totals))
    else:
        texts = (column(table, field.removeprefix("without_")) for table in (data.legs, data.totals))
    return sorted({str(each) for column_of in texts for each in column_of.unique()})


def select(data: DataSet, selection: Selection) -> Selected:
    """The rows that the selection shows. A total whose whole is not shown stands for itself if it can."""
    kept, off = [], 0
    for table in (data.legs, data.totals):
        shown = table[_shown(table, selection)]
        on = shown[_on(shown, selection)]
        if len(on) < len(shown):
            off += report_of(shown)[~shown.index.isin(on.index)].nunique()
        kept.append(on)
    legs = counted(kept[0], data.tellings, decisions(data, selection.same, selection.separate))
    totals = without_absent_wholes(read_as(kept[1], selection))
    return Selected(reaching(legs, selection.about), reaching(totals, selection.about), off)


def _shown(table: pd.DataFrame, selection: Selection) -> pd.Series:
    keep = pd.Series(True, index=table.index)
    for facet in FACETS:
        if wanted := getattr(selection, facet):
            keep &= column(table, facet).isin(wanted)
    return keep


def _on(table: pd.DataFrame, selection: Selection) -> pd.Series:
    keep = ~table["claimant"].isin(selection.without_claimant)
    if selection.without_report and len(table):
        keep &= ~report_of(table).isin(selection.without_report)
    return keep


def without_absent_wholes(totals: pd.DataFrame) -> pd.DataFrame:
    """`totals` in which a part stands for itself once its whole is filtered away.

    A total that is part of another is never added to it. When the other is not shown, its one remaining part can be
    drawn by itself; of several, which may overlap one another, none is.
    """
    absent = (totals["part_of"] != "") & ~totals["part_of"].isin(set(totals["id"]))
    alone = absent & ~totals["part_of"].where(absent, "").duplicated(keep=False)
    return totals.assign(part_of=totals["part_of"].mask(alone, "")) if alone.any() else totals


def resolved(data: DataSet, selection: S) -> tuple[S, list[Unknown]]:
    """The selection with every value as the reports have it, places by their codes; and what is in no report.

    Case is ignored where nothing has the value as it stands. What is in no report is left out.
    """
    unknown: list[Unknown] = []
    chosen: dict[str, Texts] = {}
    for name in (each.name for each in fields(Selection)):
        wanted = getattr(selection, name)
        if wanted and isinstance(wanted, tuple):
            known = values(data, name)
            codes = _codes(data, known) if name in ("origin", "destination") else {}
            chosen[name] = matched(wanted, known, codes, name, unknown)
    return replace(selection, **chosen), unknown  # type: ignore[arg-type]


def in_less(data: DataSet, selection: S) -> S:
    """A selection of more data, for these: an answer about what is not here is left out, and a claimant or a place who
    is not here says nothing, where none at all would stand for everybody."""
    known, _ = resolved(data, selection)
    return replace(selection, **{name: getattr(known, name) for name in ("same", "separate", *READINGS)})


def _codes(data: DataSet, codes: Sequence[str]) -> Mapping[str, str]:
    """Name -> code, of places; of two with one name neither is meant."""
    frame = data.places.frame
    rows = frame[frame["code"].isin(codes)]
    alone = ~rows["name"].str.casefold().duplicated(keep=False)
    return dict(zip(rows["name"][alone].str.casefold(), rows["code"][alone], strict=True))


def matched(
    wanted: Sequence[str], known: Sequence[str], codes: Mapping[str, str], field: str, unknown: list[Unknown]
) -> Texts:
    """wanted as `known` has it, or as the code of a name in `codes`; what neither has is added to `unknown`."""
    names = []
    folded = {each.casefold(): each for each in known}
    for each in wanted:
        name = each if each in known else folded.get(each.casefold()) or codes.get(each.casefold())
        if name is None:
            near = difflib.get_close_matches(each.casefold(), [*folded, *codes], 1, 0.6)
            nearest = (folded.get(near[0]) or codes[near[0]]) if near else ""
            unknown.append(Unknown(field, each, nearest, tuple(filter(None, known))))
        else:
            names.append(name)
    return tuple(dict.fromkeys(names))
