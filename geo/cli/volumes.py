"""`waybill volumes [FILE…]`: what overlapping reports say together, and where they cannot all be right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli import comparison
from geo.cli.console import (
    KEPT,
    LONGEST_SENTENCE,
    NOTHING,
    SET_ASIDE,
    echo_json,
    ended_in_words,
    reason_and_hint,
    say,
    shown,
    watched,
)
from geo.cli.data_input import (
    About,
    Apart,
    Claimants,
    DataGiven,
    FilesGiven,
    Same,
    Separate,
    data_input,
    refuse_unknown,
    selection_of,
)
from geo.cli.options import SINCE, Options, with_options
from geo.columns import ABOUT_PERCENT

if TYPE_CHECKING:
    from geo.cli.reports import Report
    from geo.dataset.dataset import DataSet
    from geo.dataset.selection import Selected, Selection


@with_options
def volumes(  # noqa: PLR0913, PLR0917 -- what a command line can say, by name
    options: Options,
    files: FilesGiven = None,
    claimant: Claimants = None,
    data: DataGiven = None,
    same: Same = None,
    separate: Separate = None,
    apart: Apart = None,
    about: About = ABOUT_PERCENT,
    first: Annotated[
        str | None,
        typer.Option("--from", metavar="DAY", help="First day of a period to tell the volumes of, with --to."),
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="Last day of that period; it is in it.")
    ] = None,
    compare: Annotated[str | None, typer.Option(metavar="A,B", help=comparison.HELP)] = None,
    since: Annotated[str | None, typer.Option(metavar="IMPORT", help=SINCE)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """Reconcile totals and itemised legs: the tightest range that all of them allow, flow by flow.

    Totals are never added up. Where reports cannot all be right, the smallest sets of them that disagree are named.
    With neither files nor --data it is the founding article.

    Exit code: 0 all rows kept, 1 some set aside (the volumes lack what they say), 2 a file cannot be read.
    """
    reports: list[Report] = []

    def told(error: Exception) -> None:
        reason, hint = reason_and_hint(error)
        say(shown(f"{reason}. {hint}".strip(), LONGEST_SENTENCE))
        if as_json:
            echo_json({"flows": [], "files": reports})

    with ended_in_words(told, "Nothing was changed."):
        from geo.cli import flows, told_twice
        from geo.cli.period import days_of
        from geo.cli.since import added, changed, changes_json, tell_changes
        from geo.reconcile.reconcile import reconcile

        days = days_of(first, last)
        spans = comparison.spans_of(compare) if compare is not None else None
        if spans and (days or since is not None):
            raise typer.BadParameter("--compare names its days by itself: give it without --from, --to and --since.")
        given = data_input(files or [], data or [], options, reports, as_json=as_json)
        if given is None:
            if as_json:
                echo_json({"flows": [], "files": reports})
            raise typer.Exit(NOTHING)
        asked = added(since, given, named=bool(files or data)) if since is not None else None
        whole = (asked.given if asked else given).data()
        chosen = replace(selection_of(whole, claimant, same, separate, apart), about=about)
        if asked and not as_json:
            tell_changes(asked.name, changed(asked, chosen, days, options.unit or ""))
            raise typer.Exit(SET_ASIDE if given.aside else KEPT)
        wanted = _chosen(whole, chosen, options.unit or "")
        with watched("Reconciling") as told_so_far:
            found = reconcile(wanted.totals, wanted.legs, whole.places, told_so_far)
        if as_json:
            twice = told_twice.as_json(whole, chosen)
            told_of = flows.volumes_json(found, whole.names, days) | {"told_twice": twice, "files": reports}
            told_of |= comparison.as_json(whole, wanted, found, spans) if spans else {}
            echo_json(told_of | (changes_json(asked, chosen, days, options.unit or "") if asked else {}))
        elif spans:
            comparison.show(whole, wanted, found, spans)
        else:
            flows.show_volumes(found, wanted, whole.names, days)
            told_twice.tell_unanswered(whole, chosen)
        raise typer.Exit(SET_ASIDE if given.aside else KEPT)


def _chosen(data: DataSet, selection: Selection, unit: str) -> Selected:
    """What is selected, of this unit. Raises typer.BadParameter for a unit that no report has."""
    from geo.dataset.selection import Selected, select
    from geo.parsing import unit_name

    kept = select(data, selection)
    if not unit:
        return kept
    wanted = unit_name(unit)
    if wanted not in data.units:
        refuse_unknown("--unit", "unit", wanted, data.units)
    legs, totals = (table[table["unit"] == wanted] for table in (kept.legs, kept.totals))
    return Selected(legs, totals)
