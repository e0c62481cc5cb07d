"""`waybill check FILE`: which rows of a file can be taken, which cannot, and why. Nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.console import (
    KEPT,
    NOTHING,
    SET_ASIDE,
    ended_in_words,
    loading,
    reason_and_hint,
    say,
    say_refused,
    shown,
    stage,
    watched,
)
from geo.cli.options import Options, with_options

if TYPE_CHECKING:
    from geo.tables.read import Reading


@with_options
def check(
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV or other text, also packed; .xlsx, .ods, .parquet, .json, .geojson, .gpkg, .kml, zipped .shp."
        ),
    ],
    options: Options,
    kept: Annotated[
        Path | None, typer.Option(metavar="OUT.csv", help="Write the accepted rows to this file, in Waybill's columns.")
    ] = None,
    set_aside: Annotated[
        Path | None,
        typer.Option(metavar="OUT.csv", help="Write the rejected rows to this file, to fix and load again."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace existing files.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """Read a file and say which rows cannot be taken, and why.

    Columns with other names than ours are shown with what they may be, and taken so once you agree: --yes, or --map.

    Exit code: 0 all rows kept, 1 some set aside, 2 the file cannot be read or its columns are not agreed.
    """
    with loading():
        from geo.cli.reports import looked_at, report, report_of_nothing, show_reading, show_unagreed
        from geo.cli.unagreed import unagreed

    def told(error: Exception) -> None:
        reason, hint = reason_and_hint(error)
        if as_json:
            typer.echo(json.dumps(report_of_nothing(file, options, reason, hint)))
        else:
            say_refused(error, file)

    with ended_in_words(told, "Nothing was written."):
        with loading():
            from geo.cli.file_input import gazetteer, taken, understand

        outputs = [each for each in (kept, set_aside) if each is not None]
        _refuse(file, outputs, force=force)
        with watched(file.name) as progress:
            with loading():
                places = gazetteer(options).places
            understood = understand(file, options, places, stage(progress, 0, 0.6))
            if not understood.agreed:
                reason, hint = unagreed(understood)
                if as_json:
                    typer.echo(json.dumps(report_of_nothing(file, options, reason, hint, understood)))
                else:
                    show_unagreed(understood)
                raise typer.Exit(NOTHING)
            reading = taken(understood, places, stage(progress, 0.6, 1))
        _write(reading, kept, set_aside, force=force)
        found = looked_at(reading)
        if as_json:
            typer.echo(json.dumps(report(understood, reading, found)))
        else:
            show_reading(understood, reading, found, places)
            for each in outputs:
                say(f"Written: {shown(str(each))}")
        raise typer.Exit(SET_ASIDE if len(reading.set_aside) else KEPT)


def _refuse(file: Path, outputs: list[Path], *, force: bool) -> None:
    """Says no before any work is done to what could not be written, or would write over the file itself."""
    if len({each.absolute() for each in outputs}) < len(outputs):
        raise typer.BadParameter("--kept and --set-aside are the same file; name two")
    for each in outputs:
        if each.exists() and file.exists() and each.samefile(file):
            raise typer.BadParameter(f"{shown(str(each))} is the file that is checked; give another name")
        if not force and (each.exists() or each.is_symlink()):
            raise typer.BadParameter(f"{shown(str(each))} already exists; give another name, or use --force")
        if not each.absolute().parent.is_dir():
            raise typer.BadParameter(
                f"{shown(str(each.absolute().parent))} does not exist or is not a folder; create it first"
            )


def _write(reading: Reading, kept: Path | None, set_aside: Path | None, *, force: bool) -> None:
    from geo.atomic_files import put_files

    files: dict[Path, Iterable[bytes]] = {}
    if kept:
        files[kept] = (part.encode() for part in reading.kept_parts())
    if set_aside:
        files[set_aside] = [reading.set_aside_csv().encode()]
    put_files(files, replace=force)
