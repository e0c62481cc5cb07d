"""`waybill sum FILE…`: legs that one process cannot hold, summed by corridor and step of time on an engine."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.console import (
    KEPT,
    LONGEST_SENTENCE,
    SET_ASIDE,
    counted,
    ended_in_words,
    reason_and_hint,
    say,
    shown,
    tell,
    watched,
)
from geo.errors import UnreadableFile, subject

if TYPE_CHECKING:
    from geo.engine.sums import Session, Summed

SECONDS = {"h": 3_600, "d": 86_400, "w": 604_800}
LISTED = 10
"""So many reasons are told; all are in the file beside the output."""


class EngineName(StrEnum):
    """What adds up."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def sum_(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…",
            help="Parquet or CSV files of legs in Waybill's own columns: paths, quoted patterns, fsspec addresses.",
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT.parquet", help="The file of sums, for `waybill load`.")
    ],
    engine: Annotated[EngineName, typer.Option(help="On this machine, or on a cluster.")] = EngineName.DUCKDB,
    master: Annotated[
        str | None, typer.Option(metavar="URL", help="Spark's master; this machine where left out.")
    ] = None,
    every: Annotated[str, typer.Option(metavar="LENGTH", help="A step of time: 12h, 1d or 2w.")] = "1d",
    force: Annotated[bool, typer.Option("--force", help="Replace the output.")] = False,
    legs: Annotated[
        bool,
        typer.Option(
            "--legs/--no-legs", help="Remember on this machine where the legs lie, so that they can be listed by route."
        ),
    ] = True,
) -> None:
    """Sum legs by corridor and step of time, on DuckDB or Apache Spark, for more than one process holds.

    The output is a file of legs in which each row is a sum: `waybill load` takes it, and the map, Evidence, briefs and
    Python show it. The legs stay where they are. Rows that cannot be taken are counted by reason beside the output.

    What is finished lies in OUT.parquet.parts; after Ctrl+C, or with more files, only the rest is done.

    Exit code: 0 all rows counted, 1 some set aside, 2 nothing was written.
    """
    with ended_in_words(_told, "Files that were finished are kept: the same command does the rest."):
        step = _seconds(every)
        if master is not None and engine is not EngineName.SPARK:
            raise typer.BadParameter("--master is Spark's: give it with --engine spark.")
        if output.suffix.lower() != ".parquet":
            raise typer.BadParameter(f"-o {shown(str(output))!r}: sums are written as Parquet; name it OUT.parquet.")
        from geo.engine.sums import add_up

        with _session(engine, output, master) as session, watched("Summing") as progress:
            found = add_up(files, output, session, step, replace=force, progress=progress)
        _show(found)
        if legs:
            _remember(found)
        raise typer.Exit(SET_ASIDE if any(each.set_aside for each in found.outcomes) else KEPT)


def _session(engine: EngineName, output: Path, master: str | None) -> AbstractContextManager[Session]:
    if engine is EngineName.SPARK:
        from geo.engine import spark

        return spark.session(master or spark.LOCAL)
    from geo.engine import duck
    from geo.engine.sums import parts_of

    return duck.session(parts_of(output) / "spill")


def _remember(found: Summed) -> None:
    """Keeps where the legs lie on this machine; without that the sums are as good."""
    from geo.engine import whereabouts

    try:
        whereabouts.remember(found.path, found.files)
    except OSError as error:
        say(f"Where the legs lie cannot be remembered ({shown(str(error), LONGEST_SENTENCE)}): they cannot be listed.")
        return
    tell(
        "This machine remembers where these legs lie, and the file does not say it. To list those of a route: "
        f'`waybill legs {shown(found.path.name)} --flow "FROM>TO"`, or select it on the map.'
    )


def _seconds(text: str) -> int:
    found = re.fullmatch(r"([1-9][0-9]{0,3})([hdw])", text.strip())
    if not found:
        raise typer.BadParameter(f"--every {shown(text)!r}: a length of time such as 12h, 1d or 2w.")
    return int(found[1]) * SECONDS[found[2]]


def _show(found: Summed) -> None:
    rows = sum(each.rows for each in found.outcomes)
    aside = sum(each.set_aside for each in found.outcomes)
    kept = f" ({found.kept:,} of them done before)" if found.kept else ""
    tell(
        f"{counted(len(found.outcomes), 'file')}{kept}, {counted(rows, 'row')}: {counted(found.legs, 'leg')} in "
        f"{counted(found.sums, 'sum')}, {shown(str(found.path), LONGEST_SENTENCE)}. "
        f"To see them: `waybill load {shown(found.path.name)}`."
    )
    tell("Every row counts: movements told twice, and shipments that several legs carry, are not looked for here.")
    if found.rejected is None:
        return
    say(f"{counted(aside, 'row')} set aside, by reason in {shown(str(found.rejected), LONGEST_SENTENCE)}:")
    by_reason: dict[tuple[str, str], int] = {}
    for each in found.outcomes:
        for reason, number in each.aside:
            key = reason.column, reason.rule
            by_reason[key] = by_reason.get(key, 0) + number
    for (column, rule), number in sorted(by_reason.items(), key=lambda each: (-each[1], each[0]))[:LISTED]:
        say(f"  {number:,}: {shown(f'{column}: {rule}' if column else rule, LONGEST_SENTENCE)}.")


def _told(error: Exception) -> None:
    reason, hint = reason_and_hint(error)
    if isinstance(error, UnreadableFile):
        reason = subject(error.file, error.reason)
    elif isinstance(error, FileExistsError):
        reason, hint = f"{error.filename}: it is there already", "Give another name, or --force to replace it."
    say(shown(f"{reason}. {hint}".strip(), 2 * LONGEST_SENTENCE))
