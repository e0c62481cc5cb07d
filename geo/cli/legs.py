"""`waybill legs SUMS --flow A>B`: the legs behind the sums of a route, where this machine summed them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.console import (
    KEPT,
    LONGEST_SENTENCE,
    NOTHING,
    SET_ASIDE,
    Heading,
    echo_json,
    ended_in_words,
    list_lines,
    reason_and_hint,
    say,
    shown,
    watched,
)
from geo.columns import DEFAULT_UNIT
from geo.errors import FlowError, UnreadableFile, subject

if TYPE_CHECKING:
    from geo.engine.behind import LegsBehind

LONGEST_WAIT = 3_600.0
NOTES = 5
"""So many files that were left out are named; --json has all."""


def legs(  # noqa: PLR0913, PLR0917 -- what a command line can say, by name
    sums: Annotated[Path, typer.Argument(metavar="SUMS", help="A file that `waybill sum` wrote on this machine.")],
    flow: Annotated[str, typer.Option(metavar="FROM>TO", help="The route: codes or names of places, in quotes.")] = "",
    mode: Annotated[str, typer.Option(help="maritime, rail, road or air; all where left out.")] = "",
    unit: Annotated[str, typer.Option(help="What the legs count.")] = DEFAULT_UNIT,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="First day of a period, with --to.")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Last day of it; it is in it.")] = None,
    claimant: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only what this source (claimant) says; may be repeated.")
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=1, max=LONGEST_WAIT, help="So long files are searched; what was found is then listed.")
    ] = 60,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """List the legs behind the sums of a route: the last 200 to depart, and how many there are in all.

    They are read on DuckDB from the files that were summed, which have to lie where they lay, unchanged. Where that is
    stays on the machine that ran `waybill sum`; the file of sums does not say it.

    Exit code: 0 all files were searched, 1 some were not, 2 nothing could be listed.
    """
    with ended_in_words(_told, "Nothing was changed."):
        from geo.cli.period import days_of
        from geo.engine.behind import legs_behind

        days = days_of(first, last)
        with watched("Looking for legs"):
            found = legs_behind(
                sums,
                flow,
                mode=mode,
                unit=unit,
                start=days.start if days else None,
                end=days.end if days else None,
                claimants=claimant or None,
                seconds=seconds,
            )
        if as_json:
            echo_json(_json(found))
        else:
            _show(found)
        raise typer.Exit(NOTHING if not found.searched else KEPT if found.searched == found.files else SET_ASIDE)


def _show(found: LegsBehind) -> None:
    from geo import formatting

    table = found.table
    named = [name for name in table.columns if name not in ("start", "end", "legs", "low", "best", "high", "file")]
    counts = zip(table["low"], table["best"], table["high"], strict=True)
    amounts = [formatting.ranged(low, best, high, None, near=True) for low, best, high in counts]
    columns = [
        [f"{each:%Y-%m-%d %H:%M}" for each in table["start"]],
        [f"{each:%Y-%m-%d %H:%M}" for each in table["end"]],
        amounts,
        *([shown(str(cell)) for cell in table[name]] for name in named),
        [shown(str(cell)) for cell in table["file"]],
    ]
    headings = [Heading("moves from (UTC)"), Heading("to"), Heading("count", right=True)]
    list_lines(
        [*headings, *(Heading(name, 30) for name in named), Heading("file", 30)], list(zip(*columns, strict=True))
    )
    say(found.sentence)
    for name, why in found.notes[:NOTES]:
        say(shown(f"{name} is left out: {why}.", LONGEST_SENTENCE))
    if len(found.notes) > NOTES:
        say(f"… and {len(found.notes) - NOTES:,} more files; --json names them all.")


def _json(found: LegsBehind) -> dict[str, object]:
    table = found.table.copy()
    for name in ("start", "end"):
        table[name] = [f"{each:%Y-%m-%dT%H:%M:%SZ}" for each in table[name]]
    listed = table.to_dict("records")
    for each in listed:
        each["high"] = None if each["high"] == float("inf") else each["high"]
    notes = [{"file": name, "why": why} for name, why in found.notes]
    return {
        "rows": found.rows,
        "legs": found.legs,
        "files": found.files,
        "searched": found.searched,
        "left_out": notes,
        "listed": listed,
    }


def _told(error: Exception) -> None:
    reason, hint = reason_and_hint(error)
    if isinstance(error, UnreadableFile):
        reason = subject(error.file, error.reason)
    elif isinstance(error, FlowError):
        reason = f"{error.given}: {error.reason}"
    say(shown(f"{reason}. {hint}".strip(), 2 * LONGEST_SENTENCE))
