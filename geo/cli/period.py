"""The days of `--from` and `--to`: a period of whole days, and what each flow moved in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from geo import formatting
from geo.cli.console import shown
from geo.errors import VagueError

if TYPE_CHECKING:
    from geo.reconcile.volumes import Flow


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days, both the first and the last of them: [start, end) in UTC."""

    start: datetime
    end: datetime

    def range_of(self, flow: Flow) -> tuple[float, float]:
        """At least and at most (inf where open) of what a flow moved in them."""
        return flow.periods.between(self.start, self.end)

    def sentence(self, flow: Flow) -> str:
        """ "Between 7 Sept and 1 Oct 2023: 1,001–2,200 containers." """
        from geo.explain.parts import between_words
        from geo.reconcile.explain.rounding import as_said

        low, high = self.range_of(as_said(flow))
        when = between_words(self.start, self.end)
        return f"{when[:1].upper()}{when[1:]}: {formatting.amount(low, low, high, None, flow.scope.unit)}."


def days_of(first: str | None, last: str | None) -> Days | None:
    """The period that two options name; None where neither is given.

    Raises typer.BadParameter for one without the other, for what is no date, and for an end before the start.
    """
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise typer.BadParameter("--from and --to go together: the first and the last day of a period.")
    start, end = _ends("--from", first)[0], end_of("--to", last)
    if start >= end:
        raise typer.BadParameter(f"--to {shown(last)!r} ends before --from {shown(first)!r} begins.")
    return Days(start, end)


def end_of(option: str, words: str) -> datetime:
    """The end of a day. Raises typer.BadParameter for what is no date."""
    return _ends(option, words)[1]


def _ends(option: str, words: str) -> tuple[datetime, datetime]:
    from geo.parsing.dates import read_date

    try:
        found = read_date(words)
    except VagueError as error:
        raise typer.BadParameter(f"{option}: {shown(words)!r} is no day. Write it as 2023-10-01.") from error
    return found.start.astimezone(UTC), found.end.astimezone(UTC)
