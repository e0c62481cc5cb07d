"""`waybill load FILE…`: check files, and keep them in the library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.console import (
    KEPT,
    LONGEST_SENTENCE,
    NOTHING,
    SET_ASIDE,
    counted,
    ended_in_words,
    reason_and_hint,
    say,
    shown,
    stage,
    tell,
    watched,
    which,
)
from geo.cli.options import Options, with_options
from geo.errors import LibraryError, subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.cli.file_input import Understood
    from geo.cli.reports import Report
    from geo.dataset.told_twice import Overlap
    from geo.library import Import, Library


@with_options
def load(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Files to keep, as `waybill check` takes them.")],
    options: Options,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON list.")] = False,
) -> None:
    """Read files and keep them in the library.

    Each is kept with its original, its mapping, its rows and its problems.

    A mapping that you agreed to is saved, and offered for files with the same headers. The library is the folder of
    WAYBILL_LIBRARY, or lies in your data folder.

    Exit code: 0 all rows kept, 1 some set aside (they are in the library too), 2 a file was not kept.
    """
    reports: list[Report] = []
    codes = [_one(file, options, reports, as_json=as_json) for file in files]
    if as_json:
        typer.echo(json.dumps(reports))
    raise typer.Exit(max(codes))


def _one(file: Path, options: Options, reports: list[Report], *, as_json: bool) -> int:
    """Loads one file; what comes of it goes to reports, or to the reader. Gives the exit code."""
    from geo.cli.reports import report_of_nothing

    def told(error: Exception) -> None:
        reason, hint = reason_and_hint(error)
        reports.append({**report_of_nothing(file, options, reason, hint), "import": None})
        if not as_json:
            # Of the library's folder it is said, not of the file, that it is full or cannot be read.
            about = shown(str(which(error, file)), LONGEST_SENTENCE)
            sentence = shown(f"{reason}. {hint}".strip(), LONGEST_SENTENCE)
            say(f"{about} was not kept. {sentence}" if isinstance(error, LibraryError) else subject(about, sentence))

    try:
        before = " Files before it were." if reports else ""
        with ended_in_words(told, f"Nothing of {shown(str(file))} was kept.{before}"):
            return _kept(file, options, reports, show=not as_json)
    except typer.Exit as ended:
        if ended.exit_code != NOTHING:
            raise
        return NOTHING


def _kept(file: Path, options: Options, reports: list[Report], *, show: bool) -> int:
    from geo.cli import told_twice
    from geo.cli.file_input import gazetteer, taken, understand
    from geo.cli.reports import looked_at, report, report_of_nothing, show_reading, show_unagreed
    from geo.cli.unagreed import unagreed
    from geo.library import Library

    library = Library.open()
    with watched(file.name) as progress:
        known = gazetteer(options)
        understood = understand(file, options, known.places, stage(progress, 0, 0.4))
        if not understood.agreed:
            reports.append({**report_of_nothing(file, options, *unagreed(understood), understood), "import": None})
            if show:
                show_unagreed(understood)
            return NOTHING
        reading = taken(understood, known.places, stage(progress, 0.4, 0.7))
        made = library.keep(reading, file, file.name, places=known.given, progress=stage(progress, 0.7, 1))
    if made.withdrawn:
        library.restore(made.id, "loaded again")
    saved = _save_mapping(library, understood)
    twins = [each.id for each in library.twins(made)]
    overlaps = told_twice.earlier_imports(library, made.id) if reading.kind == "legs" else []
    already = [
        {"import": other, "rows": each.shared, "whole": each.contains, "revised": each.revised}
        for each, other, _ in overlaps
    ]
    told: Report = {"import": made.id, "again": made.again, "twins": twins, "already": already}
    found = looked_at(reading)
    reports.append(report(understood, reading, found) | told)
    if show:
        show_reading(understood, reading, found, known.places)
        _show_import(made, twins, saved=saved)
        _show_overlaps(overlaps)
    return SET_ASIDE if len(reading.set_aside) else KEPT


def _show_overlaps(overlaps: Sequence[tuple[Overlap, str, str]]) -> None:
    for each, other, name in overlaps:
        tell(
            f"{each.shared:,} of {counted(each.rows, 'row')} are already in {shown(name)}, and count once."
            + (f" To replace it: `waybill library withdraw {other}`." if each.contains else "")
        )
        if each.revised:
            tell(
                f"{counted(each.revised, 'row')} with other figures for the same route, day and source may correct "
                f"rows of {shown(name)}: low counts each once, high holds both. If so, withdraw the earlier file: "
                f"`waybill library withdraw {other}`."
            )


def _save_mapping(library: Library, understood: Understood) -> bool:
    """Keeps a mapping that somebody agreed to; one of our own names alone needs no keeping."""
    if understood.proposal.own:
        return False
    try:
        there = library.mapping_for(understood.sheet.header)
    except LibraryError:
        there = None  # The one that is saved now counts in place of a damaged one.
    if there != understood.mapping:
        try:
            library.save_mapping(understood.sheet.header, understood.mapping)
        except LibraryError as error:  # The file itself is kept.
            say(f"Its mapping was not saved. {shown(str(error), LONGEST_SENTENCE)}")
            return False
    return True


def _show_import(made: Import, twins: list[str], *, saved: bool) -> None:
    if made.again:
        tell(f"Already kept as {made.id}, on {made.made:%Y-%m-%d %H:%M} UTC; nothing was added.")
    else:
        tell(f"Kept as {made.id}.")
    if made.withdrawn:
        tell("It had been withdrawn and is now restored.")
    for twin in twins:
        tell(
            f"The same file is also loaded as {twin}, read differently. "
            f"To withdraw that one: `waybill library withdraw {twin}`."
        )
    if saved:
        tell("Its mapping is saved for files with the same headers.")
