"""Parts of an explanation as lines for a reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from geo import formatting
from geo.explain.parts import CitedReport, CountedLeg, SideRange
from geo.safe_text import legible

MOST_WORDS = 600
"""Letters of a quote."""


def side_lines(side: SideRange, sides: Sequence[SideRange], unit: str) -> Iterator[str]:
    """What a side allows, and the sums of its bounds."""
    yield f"  {side_amount(side, unit)} by the figures of {side_name(side, sides)}"
    yield f"    {side.low.sentence}"
    yield f"    {side.high.sentence}"


def side_amount(side: SideRange, unit: str) -> str:
    """ "6,030–7,400 containers"."""
    low, high = side.low.said, side.high.said
    return formatting.amount(low, low, high, None, unit)


def side_name(side: SideRange, sides: Sequence[SideRange]) -> str:
    """A side by the claimants that are not on all of them; by all of its own where there are none."""
    common = set.intersection(*(set(each.claimants) for each in sides))
    own = [name for name in side.claimants if name not in common] or list(side.claimants)
    return ", ".join(legible(name) for name in own)


def leg_line(leg: CountedLeg, unit: str) -> str:
    """ "300 containers, Rason → Vladivostok, 8 Sept 2023 to 12 Sept 2023, Angara"."""
    amount = formatting.amount(leg.low, leg.best, leg.high, None, unit, near=True, about=leg.about)
    departed = formatting.day(datetime.fromisoformat(leg.depart)) if leg.depart else ""
    arrived = formatting.day(datetime.fromisoformat(leg.arrive) - timedelta(microseconds=1)) if leg.arrive else ""
    when = " to ".join(dict.fromkeys(filter(None, (departed, arrived))))
    part = f"{100 * leg.share:.0f} % of {amount}" if leg.share < 1 else amount
    return ", ".join(filter(None, (part, leg.route, when, legible(leg.vessel))))


def report_lines(each: CitedReport) -> Iterator[str]:
    """A report with its id, what was printed, and where."""
    yield f"  {legible(each.id)}: {reported(each)}"
    if each.words.strip():
        yield f"    “{quote(each.words)}”"
    if each.url:
        yield f"    {legible(each.url)}"


def quote(words: str) -> str:
    """What was printed, on one line and not too long."""
    whole = " ".join(words.split())
    return legible(whole[:MOST_WORDS]) + ("…" if len(whole) > MOST_WORDS else "")


def reported(each: CitedReport) -> str:
    """Who said it, where it was printed and when, and what was claimed of which route."""
    outlet = each.outlet if each.outlet != each.claimant else ""
    who = ", ".join(legible(part) for part in (each.claimant, outlet, each.said_on) if part)
    return f"{who}: {legible(each.claim)}, {each.route}"
