"""Files and embedded data sets -> all their totals and legs as two tables, whatever order they are named in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import typer

from geo import data_folder
from geo.cli.console import LONGEST_SENTENCE, counted, say, shown
from geo.cli.file_input import DataName
from geo.tables.read import read

if TYPE_CHECKING:
    from geo.gazetteer.places import Places
    from geo.problems import Problem
    from geo.tables.read import Reading

FIRST = 3
"""So many problems of a file are told; `waybill check` lists them all."""
_REPORTED = ("totals", "legs")
_WHERE_READ = ["row", "geometry"]
"""Columns in which one report may differ from itself: its line, and a line drawn anew between the same places."""


FILES = {
    DataName.FOUNDING: ("totals.csv", "legs.csv"),
    DataName.WIDER: ("wider/totals.csv", "wider/legs.csv"),
}


@dataclass(frozen=True, eq=False)
class Reported:
    """Totals and legs as `geo.columns` has them, and the gazetteer with the places that files brought."""

    totals: pd.DataFrame
    legs: pd.DataFrame
    places: Places

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Place code -> name as shown."""
        frame = self.places.frame
        return dict(zip(frame["code"], frame["name"], strict=True))


def embedded(sets: Sequence[DataName], places: Places) -> list[Reading]:
    """What comes with Waybill. Raises UnreadableFile where it is not installed whole."""
    return [read(data_folder.path(name), places=places) for each in sets for name in FILES[each]]


def refuse_other(file: Path, kind: str) -> None:
    """Says no to a file that reports no shipments. Raises typer.BadParameter."""
    if kind not in _REPORTED:
        hint = "name it with --places" if kind == "places" else "leave it out"
        raise typer.BadParameter(f"{shown(str(file))} holds {kind}, and volumes come from totals and legs; {hint}")


def gathered(readings: Sequence[Reading], places: Places) -> Reported:
    """The tables of all readings, one under the other.

    A file named twice counts once, and so does a total that two files give word for word under one id. Two different
    totals under one id are two reports: the later, by the files' SHA-256, gets a number.
    """
    once = {(each.kind, each.sha256): each for each in readings}
    ordered = [once[key] for key in sorted(once)]
    totals = _stacked([_own_table(each) for each in ordered if each.kind == "totals"], _empty("totals"))
    legs = _stacked([each.table for each in ordered if each.kind == "legs"], _empty("legs"))
    own = [each.own_places for each in ordered if len(each.own_places)]
    if own:
        rows = pd.concat(own, ignore_index=True).drop_duplicates("code")
        places = places.plus(gpd.GeoDataFrame(rows, geometry="geometry", crs=own[0].crs))
    return Reported(_one_id_one_report(totals), legs, places)


def _own_table(reading: Reading) -> pd.DataFrame:
    return reading.table.assign(file=reading.sha256)


def _empty(kind: str) -> pd.DataFrame:
    table = read(data_folder.path(f"{kind}.csv"), kind).table.iloc[:0]  # type: ignore[arg-type]  # one of two kinds
    return table.assign(file="") if kind == "totals" else table


def _stacked(frames: list[pd.DataFrame], empty: pd.DataFrame) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else empty


def _one_id_one_report(totals: pd.DataFrame) -> pd.DataFrame:
    """Totals with ids that are unique; what is part of a total stays part of that of its own file."""
    same = [name for name in totals.columns if name not in (*_WHERE_READ, "file")]
    first = totals.drop_duplicates(same)
    turn = first.groupby("id").cumcount()
    named = first["id"].where(turn == 0, first["id"] + " (" + (turn + 1).astype(str) + ")")
    of_content = dict(zip(_keys(first[same]), named, strict=True))
    own = dict(
        zip(zip(totals["file"], totals["id"], strict=True), map(of_content.get, _keys(totals[same])), strict=True)
    )
    parents = [own.get(pair, pair[1]) for pair in zip(first["file"], first["part_of"], strict=True)]
    return first.assign(id=named, part_of=pd.Series(parents, first.index, dtype="str")).drop(columns="file")


def _keys(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    # NaT differs from itself, and its text does not.
    return list(frame.astype("str").itertuples(index=False, name=None))


def chosen(reported: Reported, claimants: Sequence[str], unit: str) -> Reported:
    """What these claimants say, of this unit; all of it where none is named.

    Raises typer.BadParameter for one that says nothing here, with all who do.
    """
    totals, legs = reported.totals, reported.legs
    if claimants:
        known = _known(totals, legs, "claimant")
        wanted = {_found(each, known, "--claimant", "claimant") for each in claimants}
        totals, legs = (table[table["claimant"].isin(wanted)] for table in (totals, legs))
    if unit:
        from geo.parsing.vague import unit_name

        wanted_unit = _found(unit_name(unit), _known(totals, legs, "unit"), "--unit", "unit")
        totals, legs = (table[table["unit"] == wanted_unit] for table in (totals, legs))
    return Reported(totals, legs, reported.places)


def _known(totals: pd.DataFrame, legs: pd.DataFrame, column: str) -> list[str]:
    return sorted({*totals[column], *legs[column]} - {""})


def _found(given: str, known: Sequence[str], option: str, what: str) -> str:
    folded = {name.casefold(): name for name in known}
    if (name := folded.get(given.strip().casefold())) is not None:
        return name
    named = "; ".join(shown(each) for each in known) or "none"
    raise typer.BadParameter(f"{option}: no report here has the {what} {shown(given)!r}. Known: {named}")


def tell_set_aside(file: Path, reading: Reading) -> None:
    """Says which rows count nowhere, and why, beside the output."""
    aside = len(reading.set_aside)
    if not aside:
        return
    said = f"{aside:,} of {counted(reading.rows, 'row')} set aside and not counted in the volumes"
    say(f"{shown(str(file))}: {said}.")
    wrong = [problem for problem in reading.problems if problem.severity == "set aside"]
    for problem in wrong[:FIRST]:
        say(f"  line {problem.row}, {_sentence(problem)}")
    say(f"  `waybill check {shown(str(file))}` lists them all.")


def _sentence(problem: Problem) -> str:
    where = f"{shown(problem.column)}: " if problem.column else ""
    given = f"{shown(problem.given)!r}: " if problem.given else ""
    return shown(f"{where}{given}{problem.rule}. {problem.hint}", LONGEST_SENTENCE)
