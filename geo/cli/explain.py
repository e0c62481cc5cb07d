"""`waybill explain [FILE…] --flow A>B`: why a figure is what it is, down to the reports and what is assumed of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

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
    tell,
    watched,
)
from geo.cli.data_input import About, Apart, Claimants, DataGiven, FilesGiven, Same, Separate, data_input, selection_of
from geo.cli.options import Options, with_options
from geo.columns import ABOUT_PERCENT

if TYPE_CHECKING:
    from datetime import datetime

    from geo.cli.reports import Report
    from geo.explain.routes import Grounds


@with_options
def explain(  # noqa: PLR0913, PLR0917 -- what a command line can say, by name
    options: Options,
    files: FilesGiven = None,
    flow: Annotated[str, typer.Option(metavar="FROM>TO", help="The route: codes or names of places, in quotes.")] = "",
    mode: Annotated[str, typer.Option(help="maritime, rail, road or air, where the route has several.")] = "",
    at: Annotated[
        str | None, typer.Option(metavar="DAY", help="All that moved by the end of this day; the last, if left out.")
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="First day of a period, with --to.")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Last day of it; it is in it.")] = None,
    data: DataGiven = None,
    claimant: Claimants = None,
    same: Same = None,
    separate: Separate = None,
    apart: Apart = None,
    about: About = ABOUT_PERCENT,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """Explain a figure: the sum of each bound, the reports in it with their words, and what is assumed of them.

    It is the figure that `waybill volumes`, the page and the pictures give of this route at that moment. A route that
    no report speaks of is answered with those that there are. With neither files nor --data it is the founding article.

    Exit code: 0 all rows kept, 1 some set aside (the figure lacks what they say), 2 nothing could be explained.
    """
    reports: list[Report] = []

    def told(error: Exception) -> None:
        reason, hint = reason_and_hint(error)
        given = f"{error.given}: " if hasattr(error, "given") else ""
        say(shown(f"{given}{reason}. {hint}".strip(), 4 * LONGEST_SENTENCE))
        if as_json:
            echo_json({"explanation": None, "files": reports})

    with ended_in_words(told, "Nothing was changed."):
        from geo.cli.period import days_of, end_of
        from geo.explain.explain import explained
        from geo.explain.routes import Grounds

        days = days_of(first, last)
        if at is not None and days:
            raise typer.BadParameter("--at is a day and --from with --to a period: give one of them.")
        given = data_input(files or [], data or [], options, reports, as_json=as_json)
        if given is None:
            if as_json:
                echo_json({"explanation": None, "files": reports})
            raise typer.Exit(NOTHING)
        whole = given.data()
        chosen = replace(selection_of(whole, claimant, same, separate, apart), about=about)
        with watched("Reconciling") as told_so_far:
            grounds = Grounds.of(whole, chosen, told_so_far)
        scope = grounds.route(flow, mode, options.unit or "")
        if days:
            why = explained(grounds, scope, days.end, days.start)
        else:
            why = explained(grounds, scope, end_of("--at", at) if at else _last(grounds))
        if as_json:
            echo_json({"explanation": why.as_json(), "files": reports})
        else:
            for line in why.lines():
                tell(line)
        raise typer.Exit(SET_ASIDE if given.aside else KEPT)


def _last(grounds: Grounds) -> datetime:
    """The end of the data, at which pictures stand. Raises SceneError where nothing is dated."""
    from datetime import timedelta

    from geo.errors import SceneError

    span = grounds.data.span
    if span is None:
        raise SceneError("No report here is dated, or their dates lie too far apart. Say which day with --at.")
    return span.start + timedelta(seconds=span.seconds)
