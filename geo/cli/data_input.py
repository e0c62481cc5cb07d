"""The reports that a command is about: files, sets that come with Waybill and imports, and which of them are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from geo.cli.console import NOTHING, ended_in_words, reason_and_hint, say_refused, shown, stage, watched
from geo.cli.options import APART, SAME, SEPARATE
from geo.columns import MOST_ABOUT
from geo.data_folder import BUNDLED, FOUNDING

if TYPE_CHECKING:
    from geo.cli.file_input import Gazetteer
    from geo.cli.options import Options
    from geo.cli.reports import Report
    from geo.dataset.dataset import DataSet
    from geo.dataset.parts import Part
    from geo.dataset.selection import Selection
    from geo.gazetteer.places import Places
    from geo.library import Import, Library
    from geo.tables.read import Reading

DATA = "A set that comes with Waybill (founding, wider) or an import's id or name; may be repeated."
FilesGiven = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[FILE…]", help="Files of totals and legs, in any form that `waybill check` reads."),
]
DataGiven = Annotated[list[str] | None, typer.Option(metavar="DATA", help=f"With the files or instead of them: {DATA}")]
Claimants = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="Only what this source (claimant) says; may be repeated.")
]
Same = Annotated[list[str] | None, typer.Option(metavar="ID|all", help=SAME)]
Separate = Annotated[list[str] | None, typer.Option(metavar="ID|all", help=SEPARATE)]
Apart = Annotated[list[str] | None, typer.Option(metavar="ID|all", help=APART)]
About = Annotated[
    int, typer.Option(min=0, max=MOST_ABOUT, metavar="PERCENT", help="How far “about” reaches, up and down.")
]
"""What the commands that explain ranges are given, alike in each."""
MOST_KNOWN = 12
"""Imports that a message lists."""


@dataclass(frozen=True, slots=True, eq=False)
class DataInput:
    """What was named. places: the gazetteer with the files of places; aside: whether rows of a file were set aside."""

    parts: tuple[Part, ...]
    places: Places
    aside: bool

    def data(self) -> DataSet:
        """All of it as one."""
        from geo.dataset.dataset import data_set

        return data_set(self.parts, places=self.places)


def data_input(
    files: Sequence[Path], named: Sequence[str], options: Options, reports: list[Report], *, as_json: bool
) -> DataInput | None:
    """Files and data by name; the founding article where neither is given. None where a file cannot be taken.

    reports: gets what came of each file. Raises typer.BadParameter for a name that nothing has.
    """
    from geo.cli.file_input import gazetteer
    from geo.dataset.parts import of_reading

    known = gazetteer(options)
    readings = [_one(file, options, known, reports, as_json=as_json) for file in files]
    taken = [reading for reading in readings if reading is not None]
    if len(taken) < len(readings):
        return None
    sets = list(named) or ([] if files else [FOUNDING])
    parts = [part for each in sets for part in parts_named(each)]
    parts += [of_reading(each, file.name) for file, each in zip(files, taken, strict=True)]
    return DataInput(tuple(parts), known.places, any(len(reading.set_aside) for reading in taken))


def parts_named(name: str) -> list[Part]:
    """The parts of a bundled set, or of an import by its id, the beginning of it, or its name.

    Raises typer.BadParameter where nothing, or more than one import, has the name.
    """
    from geo.dataset.parts import of_bundled, of_import

    if name in BUNDLED:
        return of_bundled(name)
    library, made = import_named(name)
    return [of_import(library, made)]


def import_named(name: str) -> tuple[Library, Import]:
    """An import of the library that is not withdrawn, by its id, the beginning of that, or its name."""
    from geo.library import Library

    library = Library.open()
    kept = [each for each in library.imports() if not each.withdrawn]
    found = [each for each in kept if each.name == name] or [each for each in kept if name and each.id.startswith(name)]
    if len(found) == 1:
        return library, found[0]
    listed = [f"{each.id} ({shown(each.name)})" for each in (found or kept)[:MOST_KNOWN]]
    what = f"{len(found)} imports are called" if found else "no set and no import is called"
    raise typer.BadParameter(f"{what} {shown(name)!r}. Known: {'; '.join([*(() if found else BUNDLED), *listed])}")


def _one(file: Path, options: Options, known: Gazetteer, reports: list[Report], *, as_json: bool) -> Reading | None:
    """What came of one file, told where it is not all of it; None where it cannot be taken at all."""

    from geo.cli.reports import report_of_nothing

    def told(error: Exception) -> None:
        reason, hint = reason_and_hint(error)
        reports.append(report_of_nothing(file, options, reason, hint))
        if not as_json:
            say_refused(error, file)

    try:
        with ended_in_words(told, "Nothing was changed."):
            return _taken(file, options, known, reports, as_json=as_json)
    except typer.Exit as ended:
        if ended.exit_code != NOTHING:
            raise
        return None


def _taken(file: Path, options: Options, known: Gazetteer, reports: list[Report], *, as_json: bool) -> Reading | None:
    from geo.cli.file_input import taken, understand
    from geo.cli.reports import report, report_of_nothing, show_unagreed, tell_set_aside
    from geo.cli.unagreed import unagreed

    with watched(file.name) as progress:
        understood = understand(file, replace(options, unit=None), known.places, stage(progress, 0, 0.6))
        if options.unit and "unit" in understood.missing:
            # Here it is the unit that is wanted; of a file that does not say its own it is that too.
            understood = understand(file, options, known.places, stage(progress, 0, 0.6))
        _refuse_other(file, understood.mapping.kind)
        if not understood.agreed:
            reports.append(report_of_nothing(file, options, *unagreed(understood), understood))
            if not as_json:
                show_unagreed(understood)
            return None
        reading = taken(understood, known.places, stage(progress, 0.6, 1))
    reports.append(report(understood, reading))
    tell_set_aside(file, reading)
    return reading


def _refuse_other(file: Path, kind: str) -> None:
    """Says no to a file that reports no shipments. Raises typer.BadParameter."""
    if kind not in ("totals", "legs"):
        hint = "name it with --places" if kind == "places" else "leave it out"
        raise typer.BadParameter(f"{shown(str(file))} holds {kind}, and volumes come from totals and legs; {hint}")


def selection_of(data: DataSet, *named: Sequence[str] | None) -> Selection:
    """What the claimants say that are named, all where none is, with the answers given.

    named: claimants, movements that are the same, those that are separate, and totals that are no part of another.
    Raises typer.BadParameter for a claimant that says nothing here, a movement that nobody tells of twice, and an id
    that no total has.
    """
    from geo.dataset.selection import Selection, resolved

    claimant, same, separate, apart = (tuple(each.strip() for each in names or ()) for names in named)
    selection, unknown = resolved(data, Selection(claimant=claimant, same=same, separate=separate, apart=apart))
    kinds = {"claimant": "claimant", "apart": "id"}
    for each in unknown:
        refuse_unknown(f"--{each.field}", kinds.get(each.field, "movement told twice"), each.given, each.known)
    return selection


def refuse_unknown(option: str, what: str, given: str, known: Sequence[str]) -> NoReturn:
    """Raises typer.BadParameter: no report has this."""
    named = "; ".join(shown(each) for each in known) or "none"
    raise typer.BadParameter(f"{option}: no report here has the {what} {shown(given)!r}. Known: {named}")
