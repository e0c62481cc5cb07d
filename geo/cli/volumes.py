"""`waybill volumes [FILE…]`: what overlapping reports say together, and where they cannot all be right."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from geo.cli.console import (
    KEPT,
    LONGEST_SENTENCE,
    NOTHING,
    SET_ASIDE,
    ended_in_words,
    reason_and_hint,
    say,
    say_refused,
    shown,
    stage,
    watched,
)
from geo.cli.options import APART, SAME, SEPARATE, DataName, Options, with_options
from geo.data_folder import FOUNDING
from geo.parsing.quantity import ABOUT_PERCENT, MOST_ABOUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.cli.file_input import Gazetteer
    from geo.cli.reports import Report
    from geo.dataset.dataset import DataSet
    from geo.dataset.selection import Selected, Selection
    from geo.tables.read import Reading


@with_options
def volumes(  # noqa: PLR0913, PLR0917 -- what a command line can say, by name
    options: Options,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE…]", help="Files of totals and legs, in any form that `waybill check` reads."),
    ] = None,
    claimant: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only what this source (claimant) says; may be repeated.")
    ] = None,
    data: Annotated[
        list[DataName] | None,
        typer.Option(help="A data set that comes with Waybill, with the files or instead of them."),
    ] = None,
    same: Annotated[list[str] | None, typer.Option(metavar="ID|all", help=SAME)] = None,
    separate: Annotated[list[str] | None, typer.Option(metavar="ID|all", help=SEPARATE)] = None,
    apart: Annotated[list[str] | None, typer.Option(metavar="ID|all", help=APART)] = None,
    about: Annotated[
        int, typer.Option(min=0, max=MOST_ABOUT, metavar="PERCENT", help="How far “about” reaches, up and down.")
    ] = ABOUT_PERCENT,
    first: Annotated[
        str | None,
        typer.Option("--from", metavar="DAY", help="First day of a period to tell the volumes of, with --to."),
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="Last day of that period; it is in it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """Reconcile totals and itemised legs: the tightest range that all of them allow, flow by flow.

    Totals are never added up. Where reports cannot all be right, the smallest sets of them that disagree are named.
    With neither files nor --data it is the founding article.

    Exit code: 0 all rows kept, 1 some set aside (the volumes lack what they say), 2 a file cannot be read.
    """
    reports: list[Report] = []
    sets = data or ([] if files else [DataName(FOUNDING)])

    def told(error: Exception) -> None:
        reason, hint = reason_and_hint(error)
        say(shown(f"{reason}. {hint}".strip(), LONGEST_SENTENCE))
        if as_json:
            _echo({"flows": [], "files": reports})

    with ended_in_words(told, "Nothing was changed."):
        from geo.cli import flows, told_twice
        from geo.cli.file_input import gazetteer
        from geo.cli.period import days_of
        from geo.dataset.dataset import data_set
        from geo.dataset.parts import of_bundled, of_reading
        from geo.reconcile.reconcile import reconcile

        days = days_of(first, last)
        known = gazetteer(options)
        readings = [_one(file, options, known, reports, as_json=as_json) for file in files or []]
        taken = [reading for reading in readings if reading is not None]
        if len(taken) < len(readings):
            if as_json:
                _echo({"flows": [], "files": reports})
            raise typer.Exit(NOTHING)
        bundled = [part for each in sets for part in of_bundled(each)]
        whole = data_set([*bundled, *(of_reading(each, each.sha256) for each in taken)], places=known.places)
        chosen = replace(_selection(whole, claimant, same, separate, apart), about=about)
        wanted = _chosen(whole, chosen, options.unit or "")
        found = reconcile(wanted.totals, wanted.legs, whole.places)
        if as_json:
            twice = told_twice.as_json(whole, chosen)
            _echo(flows.volumes_json(found, whole.names, days) | {"told_twice": twice, "files": reports})
        else:
            flows.show_volumes(found, wanted, whole.names, days)
            told_twice.tell_unanswered(whole, chosen)
        raise typer.Exit(SET_ASIDE if any(len(reading.set_aside) for reading in taken) else KEPT)


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
    from geo.cli.reports import report, report_of_nothing, show_unagreed, tell_set_aside, unagreed

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


def _selection(data: DataSet, *named: Sequence[str] | None) -> Selection:
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
        _refuse_unknown(f"--{each.field}", kinds.get(each.field, "movement told twice"), each.given, each.known)
    return selection


def _chosen(data: DataSet, selection: Selection, unit: str) -> Selected:
    """What is selected, of this unit. Raises typer.BadParameter for a unit that no report has."""
    from geo.dataset.selection import Selected, select
    from geo.parsing import unit_name

    kept = select(data, selection)
    if not unit:
        return kept
    wanted = unit_name(unit)
    if wanted not in data.units:
        _refuse_unknown("--unit", "unit", wanted, data.units)
    legs, totals = (table[table["unit"] == wanted] for table in (kept.legs, kept.totals))
    return Selected(legs, totals)


def _refuse_unknown(option: str, what: str, given: str, known: Sequence[str]) -> NoReturn:
    named = "; ".join(shown(each) for each in known) or "none"
    raise typer.BadParameter(f"{option}: no report here has the {what} {shown(given)!r}. Known: {named}")


def _echo(told: Report) -> None:
    # Infinity and NaN are no JSON: better a fault here than a file that other programs refuse.
    typer.echo(json.dumps(told, allow_nan=False))
