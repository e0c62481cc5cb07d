"""What a plate says in words: title, figures, sources, and the meanings of its legend.

The sentences are those of the page (player/src/words.ts, legend.ts, plate.ts), so that a slide and the screen agree.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from geo import formatting
from geo.arrays import Mask
from geo.brief.plate.fonts import tame
from geo.safe_text import web_link
from geo.scene import moment
from geo.scene.moment import Amount, Moment
from geo.scene.scene import Scene
from geo.timeline import HOURS_BELOW

MODE_WORDS = {0: "mode not stated", 1: "by sea", 2: "by rail", 3: "by road", 4: "by air"}
_CONTESTED = "contested: "
NOBODY = "Source not named"
MOST_NUMBERS = 3
"""Of reports that are told on one line."""


def _in_hours(scene: Scene) -> bool:
    return scene.seconds < HOURS_BELOW


def moment_words(scene: Scene, t: float) -> str:
    """The day whose end a moment is, or the minute in a scene of hours: midnight closes the day before."""
    if _in_hours(scene):
        return formatting.minute(scene.start + timedelta(seconds=t))
    return formatting.day(scene.start + timedelta(seconds=math.ceil(t) - 1 if t > 0 else 0))


def stretch_words(scene: Scene, t: float, window: float | None) -> str:
    """ "by 2 Nov 2023", "between 4 Oct and 2 Nov 2023", "on 31 Oct 2023", "before 1 Aug 2023".

    Inside a day "by 12:00 UTC on 2 Nov 2023".
    """
    if t <= 0:
        return f"before {moment_words(scene, 0)}"
    since, end = (scene.start + timedelta(seconds=each) for each in (t - (window or t), t))
    last = moment_words(scene, t) if _in_hours(scene) else formatting.closing(end)
    if window is None or t <= window:
        return f"by {formatting.closing(end) if formatting.closes_day(end) else last}"
    if _in_hours(scene):
        return f"between {formatting.minute(since)} and {last}"
    first = formatting.day(since) if formatting.closes_day(since) else formatting.closing(since)
    if first == last:
        return f"on {last}"
    return f"between {first[:-5] if first[-5:] == last[-5:] else first} and {last}"


def units(unit: str) -> str:
    return tame(formatting.units(unit), 40)


def several(count: int, one: str) -> str:
    return f"{formatting.number(count)} {one if count == 1 else one + 's'}"


def corridor_name(scene: Scene, corridor: int) -> str:
    ends = (scene.corridors.origin[corridor], scene.corridors.destination[corridor])
    return " → ".join(tame(str(scene.places.name[place]), 60) for place in ends)


def sentence(scene: Scene, held: Moment, t: float, window: float | None) -> str:
    """ "Rason → Vladivostok: about 2,000 containers by 2 Nov 2023, as reported".

    Routes are not added up here: nobody reported such a sum. Of several the one is told that carried most, if any did.
    """
    when = stretch_words(scene, t, window)
    only = only_one(scene, held)
    subject = corridor_name(scene, only) if only >= 0 else ""
    if held.visible == held.apart or (scene.lead >= 0 and held.total.high == 0):
        nothing = f"{'0' if held.zero.any() else 'no'} {units(scene.unit)} reported {when}"
        return f"{subject}: {nothing}" if subject else f"{nothing[:1].upper()}{nothing[1:]}"
    unit = tame(scene.unit, 40)
    if subject:
        said = held.total.said(unit, near=True).replace(_CONTESTED, "contested, ")
        said += _sides(scene, held, only, t, window)
        return f"{subject}: {said} {when}, {summed(scene, held, only) or 'as reported'}"
    routes = f"{several(held.visible - held.apart, 'route')} {when}"
    most = _most(scene, held)
    if most < 0:
        return f"{routes}, as reported"
    said = f"{corridor_name(scene, most)}: {held.amount(most).said(unit, near=True)}"
    said += _sides(scene, held, most, t, window)
    return f"{routes}, most on {said}, {summed(scene, held, most) or 'as reported'}"


def _sides(scene: Scene, held: Moment, corridor: int, t: float, window: float | None) -> str:
    """ " (Seoul: 6,030–7,370; Washington: more than 10,000)" of a contested corridor; "" of any other."""
    if not held.contested[corridor]:
        return ""
    sides = [(tame(name), low, high) for name, low, high in moment.sides(scene, corridor, t, window)]
    told = formatting.sides(sides)
    return f" ({told})" if told else ""


def _most(scene: Scene, held: Moment) -> int:
    """The counted corridor that carried more than any other, whatever is true of their ranges; -1 where none did."""
    low = np.where(scene.corridors.counted, held.low, -1.0)
    most = int(low.argmax())
    others = scene.corridors.counted & (np.arange(low.size) != most)
    return most if low[most] > held.high[others].max(initial=0.0) else -1


def summed(scene: Scene, held: Moment, corridor: int = -1) -> str:
    """ "the sum of listed voyages" where a figure adds up several legs, which nobody else has; else "".

    corridor: the one that the figure is of; of all that are counted by default.
    """
    if scene.lead >= 0:
        return ""
    of = scene.corridors.counted & ((held.best > 0) | (held.high > 0))
    if corridor >= 0:
        of = np.arange(of.size) == corridor
    if np.count_nonzero(of[scene.legs.corridor]) == 1 and not np.diff(scene.spread.offsets)[of].any():
        return ""
    return f"the sum of listed {formatting.units(formatting.leg_name(scene.corridors.mode[of].tolist()))}"


def subject(scene: Scene) -> str:
    """What a scene is about, without a figure: "Rason → Vladivostok: containers, as reported"."""
    only = scene.lead if scene.lead >= 0 else 0 if scene.corridors.id.size == 1 else -1
    what = corridor_name(scene, only) if only >= 0 else tame(scene.title)
    return f"{what}: {units(scene.unit)}, as reported"


def only_one(scene: Scene, held: Moment) -> int:
    """The corridor that the words tell, or the single one that carries anything; -1 where they tell of several."""
    if scene.lead >= 0 or scene.corridors.id.size == 1:
        return max(scene.lead, 0)
    shown = np.flatnonzero(scene.corridors.counted & ((held.best > 0) | (held.high > 0)))
    return int(shown[0]) if shown.size == 1 else -1


def behind(scene: Scene, held: Moment) -> list[int]:
    """Rows of the reports that add to what is shown, or bound it; a report of zero is one of them."""
    shown, reports = (held.best > 0) | (held.high > 0) | held.zero, scene.reports
    return [row for row, of in enumerate(reports.corridors_of) if reports.drawn[row] and shown[of].any()]


def figures(scene: Scene, held: Moment, largest: int = 0) -> str:
    """ "1,800–2,200 containers · 1 route · 2 reports · 2 sources". largest: how many routes are drawn; 0 is all.

    A sum over legs is called one.
    """
    rows = behind(scene, held)
    claimants = {str(scene.reports.claimant[row]) for row in rows} - {""}
    sums = summed(scene, held) if held.visible > held.apart else ""
    parts = [
        held.total.said(tame(scene.unit, 40)) + (f", {sums}" if sums else ""),
        routes(held, largest),
        several(len(rows), "report"),
        sources_counted(len(claimants), of=len(rows)),
    ]
    return " · ".join(parts)


def sources_counted(count: int, *, of: int) -> str:
    """ "2 sources", and in words where none of so many reports names one."""
    return several(count, "source") if count or not of else "no source named"


def routes(held: Moment, largest: int = 0) -> str:
    """ "7 routes", "7 routes; the figure covers 6", "the 10 largest of 38 routes shown", "7 routes, 2 more at 0"."""
    covered = formatting.number(held.visible - held.apart) if held.visible > held.apart else "none"
    routes = several(held.visible, "route")
    if 0 < largest < held.visible:
        routes = f"the {formatting.number(largest)} largest of {routes} shown"
    if zero := int(np.count_nonzero(held.zero)):
        routes = f"{routes}, {formatting.number(zero)} more at 0" if held.visible else f"{several(zero, 'route')} at 0"
    return routes + (f"; the figure covers {covered}" if held.apart else "")


def range_words(amount: Amount) -> str:
    """The range alone: "1,800–2,200", "≥ 1,001", "contested: 6,030–10,001 or more"."""
    return formatting.ranged(amount.low, amount.best, amount.high, amount.top)


@dataclass(frozen=True, slots=True)
class Cited:
    """numbers as on the page's cards (row + 1): several where they share a line.

    urls: of each number, "" where there is no web address.
    """

    numbers: tuple[int, ...]
    text: str
    urls: tuple[str, ...]

    @property
    def url(self) -> str:
        """The address that the whole line leads to; "" where its reports have several."""
        return self.urls[0] if len(set(self.urls)) == 1 else ""


def sources(scene: Scene, rows: list[int]) -> list[Cited]:
    """Claimant, outlet and date of each report, and what it says."""
    found = []
    for row, who in zip(rows, _speakers(scene, rows), strict=True):
        summary = tame(str(scene.reports.summary[row]))
        text = f"{who}{f': {summary}' if summary else ''}"
        found.append(Cited((row + 1,), tame(text), (_address(scene, row),)))
    return found


def brief_sources(scene: Scene, rows: list[int]) -> list[Cited]:
    """Date and claimant alone, the date first so that it is never cut; reports that share them share a line: "1, 2"."""
    shared: dict[str, list[int]] = {}
    for row in rows:
        claimant, said_on = (tame(str(column[row]), 160) for column in (scene.reports.claimant, scene.reports.said_on))
        shared.setdefault(", ".join(filter(None, (said_on, claimant or NOBODY))), []).append(row)
    found = []
    for who, of in shared.items():
        for first in range(0, len(of), MOST_NUMBERS):
            part = of[first : first + MOST_NUMBERS]
            urls = tuple(_address(scene, row) for row in part)
            found.append(Cited(tuple(row + 1 for row in part), who, urls))
    return found


def claimant_sources(scene: Scene, rows: list[int], *, years: bool) -> list[Cited]:
    """A line for each claimant with all its reports: from the date of the first to that of the last, or their years."""
    shared: dict[str, list[int]] = {}
    for row in rows:
        shared.setdefault(tame(str(scene.reports.claimant[row]), 160) or NOBODY, []).append(row)
    found = []
    for who, of in shared.items():
        dates = [tame(str(scene.reports.said_on[row]), 160) for row in of]
        told = [date.rpartition(" ")[2] if years else date for date in dates if date]
        span = ("–" if years else " to ").join(dict.fromkeys([*told[:1], *told[-1:]]))
        urls = tuple(_address(scene, row) for row in of)
        found.append(Cited(tuple(row + 1 for row in of), ", ".join(filter(None, (who, span))), urls))
    return found


def _address(scene: Scene, row: int) -> str:
    """Where a line of the sources leads; "" for what is no link."""
    link = web_link(str(scene.reports.url[row]))
    return link.address if link else ""


def _speakers(scene: Scene, rows: list[int]) -> list[str]:
    found, reports = [], scene.reports
    for row in rows:
        claimant, outlet, said_on = (
            tame(str(column[row]), 160) for column in (reports.claimant, reports.outlet, reports.said_on)
        )
        told = (claimant, "" if outlet == claimant else outlet, said_on)
        found.append(", ".join(filter(None, told)) or NOBODY)
    return found


@dataclass(frozen=True, slots=True)
class Used:
    """What of the drawing's language a plate uses.

    main: the mode of its widest arc, whose colour the key has. section: low, best and high, in px of the scene's style,
    of the widest arc at the last moment that has a range with an upper limit; None where none has one. routes: what
    routes are, in words; "" where none is drawn.
    """

    modes: tuple[int, ...]
    main: int
    arcs: bool
    section: tuple[float, float, float] | None
    doubt: bool
    open: bool
    contested: bool
    areas: bool
    routes: str = ""


def used(scene: Scene, moments: list[Moment]) -> Used:
    """From what is drawn at the plate's moments."""
    modes: set[int] = set()
    doubt = opened = contested = False
    ever = np.zeros(scene.corridors.id.size, bool)
    widest, main = 0.0, int(scene.corridors.mode[0]) if scene.corridors.mode.size else 0
    for held in moments:
        shown = (held.best > 0) | (held.high > 0)
        if shown.any() and held.best.max() > widest:
            widest, main = float(held.best.max()), int(scene.corridors.mode[int(held.best.argmax())])
        ever |= shown
        modes |= set(scene.corridors.mode[shown].tolist())
        finite = np.isfinite(held.high)
        doubt |= bool(((held.low < held.best - 1e-9) | (finite & (held.high > held.best + 1e-9)))[shown].any())
        opened |= bool((~finite)[shown].any())
        contested |= bool(held.contested.any())
    return Used(
        modes=tuple(sorted(modes)) or tuple(sorted(set(scene.corridors.mode.tolist()))),
        main=main,
        arcs=bool(widest > 0 or opened or doubt),
        section=_section(scene, moments[-1]) if moments else None,
        doubt=doubt,
        open=opened,
        contested=contested,
        areas=bool((scene.places.radius_km > 0).any()),
        routes=routes_words(scene, ever),
    )


def routes_words(scene: Scene, shown: Mask) -> str:
    """What the lines along the sea are; "" where none of what is shown has a route."""
    paths = scene.paths
    if paths is None or not (paths.routed & shown).any():
        return ""
    words = ROUTE
    if (paths.routed & shown & (scene.corridors.mode == 0)).any():
        words += "; between two ports also where no mode is stated"
    if paths.overlap:
        words += "; crowded ones overlap, narrower than their sum"
    if paths.left:
        smaller = f"{formatting.number(paths.left)} of the smaller ones"
        words += f"; {smaller} {'is an arc' if paths.left == 1 else 'are arcs'}"
    return words


def _section(scene: Scene, held: Moment) -> tuple[float, float, float] | None:
    bounded = np.flatnonzero(np.isfinite(held.high) & (held.high > held.low) & (held.high > 0))
    if not bounded.size:
        return None
    row = bounded[held.high[bounded].argmax()]
    best = float(scene.style.width(held.best[row]))
    low, high = (float(scene.style.per_unit * each[row]) for each in (held.low, held.high))
    return min(low, best), best, max(high, best)


OPEN = "Faded edge: no upper limit reported"
CONTESTED = "Dashed: sources contradict one another"
AREA = "Outlined area: a country or region was named, not a port"
ROUTE = "Indicative sea route, not observed"
DIRECTION = "Point of the arrow = destination"
DOUBT = ("At most", "Best estimate", "At least")


def key_title(scene: Scene) -> str:
    return f"Width = {units(scene.unit)}"


def floor_words(scene: Scene) -> str:
    """Which volumes are drawn wider than they are; "" where none is."""
    style = scene.style
    few = style.floor / style.per_unit if style.per_unit > 0 else 0.0
    if few <= 1:
        return ""
    return f"Below {formatting.counted(formatting.number(few), tame(scene.unit, 40))}: minimum width"


def base_map(layers: Collection[str]) -> list[str]:
    """Whose view the borders are, and whose the names, of what a map shows."""
    borders = "borders: Natural Earth by way of visionscarto, dashed where atlases differ"
    return [borders] * ("borders" in layers) + ["city names: GeoNames"] * ("names" in layers)


def sea_routes(told: Used) -> list[str]:
    """What the small type says of routes."""
    return ["sea routes: indicative, not observed"] * bool(told.routes)
