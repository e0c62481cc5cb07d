"""What a plate says in words: its title and its figures. Its sources are in cited.py, its legend in legend_words.py.

The sentences are those of the page (player/src/words.ts, legend.ts, plate.ts), so that a slide and the screen agree.
"""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np

from geo import formatting
from geo.brief.plate.fonts import tame
from geo.scene import moment
from geo.scene.moment import Amount, Moment
from geo.scene.scene import Scene
from geo.timeline import HOURS_BELOW

MODE_WORDS = {0: "mode not stated", 1: "by sea", 2: "by rail", 3: "by road", 4: "by air"}
_CONTESTED = "contested: "


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
