"""A file as it was named on the command line -> what it is understood to be, and what comes of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from geo import library_folder
from geo.cli.console import LONGEST_SENTENCE, say, shown
from geo.cli.options import ESCAPES, FORMS, Options, pairs
from geo.dataset.answers import Answers, answered
from geo.errors import LibraryError
from geo.files.read import read_sheet
from geo.gazetteer.place_rows import stacked
from geo.gazetteer.places import Places
from geo.matching import count_units, mapping, propose
from geo.matching.mapping import ColumnMap
from geo.matching.shapes import unlocode
from geo.matching.shapes.reshape import reshape
from geo.sheet import Said, Sheet
from geo.tables.read import Reading, take

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.errors import Progress
    from geo.library import Library


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file is taken to be.

    mapping  as it would be applied; it is, where agreed is true
    agreed   the names are ours, or somebody agreed, and nothing is missing
    missing  required columns that nothing fills
    saved    a mapping for these headers is in the library
    """

    file: Path
    sheet: Sheet
    proposal: propose.Proposal
    mapping: ColumnMap
    agreed: bool
    missing: tuple[str, ...]
    saved: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Ours with the places that were given beside it (None: none were)."""

    places: Places
    given: gpd.GeoDataFrame | None


def gazetteer(options: Options) -> Gazetteer:
    """The places of the files named beside the one to read, before those that were loaded into the library, and these
    before our own.

    Raises UnreadableFile.
    """
    frames = _loaded()
    for file in options.places or []:
        reading = _places_of(file, agreed=options.yes)
        if len(reading.set_aside):
            say(f"{shown(str(file))}: {len(reading.set_aside):,} places were set aside. `waybill check` says why.")
        frames.append(stacked([reading.table]))
    if not frames:
        return Gazetteer(Places.load(), None)
    # Places.plus keeps the first of two rows with one code; the file named last is to win.
    given = stacked(frames[::-1]).drop_duplicates("code")
    return Gazetteer(Places.load().plus(given), given)


def _places_of(file: Path, *, agreed: bool) -> Reading:
    """A file of places; its foreign names too are taken as guessed where that is agreed to."""
    sheet = read_sheet(file)
    shape = propose.propose(sheet).shape if agreed else None
    if shape is not None and shape.name == unlocode.NAME:
        sheet = reshape(sheet, shape.name)
    proposal = propose.propose(sheet, "places")
    return take(sheet, "places", mapping=proposal.mapping if agreed and not proposal.missing else None)


def _loaded() -> list[gpd.GeoDataFrame]:
    try:
        library = _library()
        known = library.known_places() if library else ()
    except LibraryError as error:
        say(f"The library cannot be asked for places: {shown(str(error), LONGEST_SENTENCE)}")
        return []
    return [known] if len(known) else []


def _library() -> Library | None:
    """None where nothing was kept yet: then nothing of what reads a library is loaded. Raises LibraryError."""
    if library_folder.is_unused():
        return None
    from geo.library import Library

    return Library.open()


def understand(file: Path, options: Options, places: Places, progress: Progress) -> Understood:
    """Reads a file's cells and settles what its columns are. Raises UnreadableFile, DialectError, MappingError."""
    sheet = read_sheet(file, said=_layout(options), progress=progress)
    proposal = propose.propose(sheet, options.kind.value if options.kind else None, places)
    saved = _saved(sheet.header, options)
    if options.yes:
        begun = saved or proposal.mapping
    else:
        begun = mapping.own_map(sheet.header, options.kind.value if options.kind else proposal.kind)
    agreed = _said(begun, sheet.header, options)
    missing = tuple(count_units.lacking(agreed))
    if mapping.codeless(agreed) and not options.yes:
        missing = (*(name for name in missing if name != "code"), "code")
    # What a file is by its shape is a question, also where its own names are all ours.
    shaped = proposal.shape is not None and saved is None and not options.map
    if (missing or shaped or mapping.arrives_only(agreed)) and not options.yes:
        # Nothing that was guessed is applied; what is shown is what would come of agreeing.
        would_be = _said(saved or proposal.mapping, sheet.header, options)
        return Understood(file, sheet, proposal, would_be, agreed=False, missing=missing, saved=saved is not None)
    return Understood(file, sheet, proposal, agreed, not missing, missing, saved is not None)


def taken(understood: Understood, places: Places, progress: Progress) -> Reading:
    """What comes of the rows, with the mapping agreed to."""
    agreed = understood.mapping
    return take(understood.sheet, agreed.kind, places=places, mapping=agreed, progress=progress)  # type: ignore[arg-type]


def _layout(options: Options) -> Said:
    """What was said about how the file is written."""
    tab = options.delimiter in ("tab", "\\t")
    given: dict[str, str | int | None] = {
        "delimiter": "\t" if tab else options.delimiter,
        "quote": "" if options.quote == "none" else options.quote,
        "escape": ESCAPES[options.escape.value] if options.escape else None,
        "sheet": options.sheet,
        "encoding": options.encoding,
        "header_line": options.header_line,
        "decimal": options.decimal.value if options.decimal else None,
        "shape": options.shape.value if options.shape else None,
    }
    return {name: value for name, value in given.items() if value is not None}


def _said(begun: ColumnMap, headers: Sequence[str], options: Options) -> ColumnMap:
    """A mapping after all that was said about columns, dates and places."""
    dates = pairs(options.dates, "--dates", "depart=day")
    if wrong := [form for form in dates.values() if form not in FORMS]:
        raise typer.BadParameter(
            f"{wrong[0]!r} is not a form of dates; write --dates COLUMN= and one of {', '.join(FORMS)}"
        )
    said = Answers(
        columns=dict(mapping.parse_pair(each) for each in options.map or []),
        fixed=pairs(options.set, "--set", "unit=TEU"),
        dates={column: FORMS[form] for column, form in dates.items()},
        places=pairs(options.place, "--place", '"Razin=42.3, 130.4"'),
    )
    after = answered(begun, headers, said)
    if not options.unit:
        return after
    if not count_units.is_unsaid(after):
        given = options.unit
        raise typer.BadParameter(
            f"the unit is known, so --unit {given} answers nothing; write --set unit={given} to say another"
        )
    return answered(begun, headers, replace(said, unit=options.unit))


def _saved(headers: Sequence[str], options: Options) -> ColumnMap | None:
    try:
        library = _library()
        found = library.mapping_for(headers) if library else None
    except LibraryError as error:
        say(f"The library cannot be asked for a saved mapping: {shown(str(error), LONGEST_SENTENCE)}")
        return None
    return found if found and (options.kind is None or found.kind == options.kind.value) else None
