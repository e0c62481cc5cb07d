"""Why a figure is what it is, as one piece: as data, as JSON and as lines for a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from geo import formatting
from geo.explain.parts import Bound, CitedReport, CountedLeg, Json, Reading, SideRange, iso, plain
from geo.explain.words import leg_line, report_lines, side_lines
from geo.gazetteer.scopes import Scope
from geo.reconcile.explain.explanations import MODE_NAMES, WIDER
from geo.safe_text import legible

MOST_LEGS = 10
"""Legs listed for a reader; JSON has all."""
MOST_SIDES = 8
"""Sides, and contradictions."""
NO_SOURCE_SAYS = "Assumed, and no source says it:"
_BREAKS = re.compile(r"[\r\n\t]+")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a figure is what it is.

    name      the route as shown
    start     where a period begins, None for everything before `end`
    words     the figure with its unit: "1,001–2,200 containers"
    when      "by 1 Oct 2023", "between 7 Sept and 1 Oct 2023"
    best      the smoothest course through a cumulative range, or the best figures of legs; None of a flow's period
    itemised  whether it is a sum of legs, of which no total speaks
    tightest  False where the range may be wider than the reports allow
    sides     where the sources contradict each other by then
    conflicts sentences that name what cannot hold together
    legs      the itemised legs that the terms count, or the first of them; legs_counted says how many there are
    """

    scope: Scope
    name: str
    start: datetime | None
    end: datetime
    words: str
    when: str
    low: Bound
    high: Bound
    best: float | None
    itemised: bool
    tightest: bool
    sides: tuple[SideRange, ...] = ()
    conflicts: tuple[str, ...] = ()
    reports: tuple[CitedReport, ...] = ()
    readings: tuple[Reading, ...] = ()
    legs: tuple[CountedLeg, ...] = ()
    legs_counted: int = 0

    def as_json(self) -> Json:
        """All of it as JSON, strictly: what is open is null."""
        scope = self.scope
        return {
            "origin": scope.origin,
            "destination": scope.destination,
            "mode": MODE_NAMES[scope.mode] or None,
            "unit": scope.unit,
            "name": self.name,
            "when": self._when_json(),
            "words": self.words,
            "low": self.low.as_json(),
            "high": self.high.as_json(),
            "best": None if self.best is None else plain(self.best),
            "itemised": self.itemised,
            "tightest": self.tightest,
            "contested": bool(self.sides),
            "sides": [side.as_json() for side in self.sides],
            "conflicts": list(self.conflicts),
            "reports": [asdict(each) for each in self.reports],
            "assumptions": [asdict(each) for each in self.readings],
            "legs": [each.as_json() for each in self.legs],
            "legs_counted": self.legs_counted,
        }

    def _when_json(self) -> Json:
        if self.start is None:
            return {"before": iso(self.end)}
        return {"from": iso(self.start), "before": iso(self.end)}

    def lines(self) -> Iterator[str]:
        """Plain text, a line each; texts of files in it are made legible, and break no line."""
        return (legible(_BREAKS.sub(" ", line)) for line in self._lines())

    def __str__(self) -> str:
        """The same as `waybill explain` prints it."""
        return "\n".join(self.lines())

    def _lines(self) -> Iterator[str]:
        yield self.name
        yield f"{self.words[:1].upper()}{self.words[1:]} {self.when}."
        if not self.tightest:
            yield WIDER
        yield f"  {self.low.sentence}"
        yield f"  {self.high.sentence}"
        if self.best is not None and not self.itemised and self.low.figure != self.high.figure:
            yield f"  The smoothest course through the range gives {formatting.number(self.best)}."
        yield from self._contradictions()
        if self.readings:
            yield NO_SOURCE_SAYS
            yield from (f"  {each.sentence}" for each in self.readings)
        if self.legs:
            yield "Counted in it:"
            yield from (f"  {leg_line(leg, self.scope.unit)}" for leg in self.legs[:MOST_LEGS])
            yield from _more(self.legs_counted - min(len(self.legs), MOST_LEGS), "legs")
        if self.reports:
            yield "Reports:"
            for each in self.reports:
                yield from report_lines(each)

    def _contradictions(self) -> Iterator[str]:
        if not self.sides:
            return
        yield "Not all sources can be right. What each side allows:"
        for side in self.sides[:MOST_SIDES]:
            yield from side_lines(side, self.sides, self.scope.unit)
        yield from _more(len(self.sides) - MOST_SIDES, "sides")
        yield from (f"  {sentence}" for sentence in self.conflicts[:MOST_SIDES])
        yield from _more(len(self.conflicts) - MOST_SIDES, "contradictions")


def _more(count: int, things: str) -> Iterator[str]:
    if count > 0:
        yield f"  … and {count:,} more {things}; --json has them all."
