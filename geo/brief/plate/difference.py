"""A comparison in words: the figures of two moments or periods, and what is known of their difference.

The two ranges are told as they are, and never subtracted: what moved between two moments has a range of its own, and
of two periods one is called larger only where that is proven (`geo.scene.comparison`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo import formatting
from geo.arrays import Mask
from geo.brief.plate import captions
from geo.brief.plate.fonts import tame
from geo.scene.comparison import Comparison, Difference, Order, Stretch
from geo.scene.moment import Amount, Moment
from geo.scene.scene import Scene

_CONTESTED = "contested: "
_ORDERS: dict[Order, str] = {
    "more": "More moved in the second.",
    "less": "Less moved in the second.",
    "same": "As much moved in both.",
    "at least as much": "At least as much moved in the second.",
    "at most as much": "At most as much moved in the second.",
    "unknown": "The ranges do not say which is larger.",
}
_THAN: dict[Order, tuple[str, str]] = {
    "more": ("more moved", "than"),
    "less": ("less moved", "than"),
    "same": ("as much moved", "as"),
    "at least as much": ("at least as much moved", "as"),
    "at most as much": ("at most as much moved", "as"),
}


@dataclass(frozen=True, slots=True)
class RouteDifference:
    """One route of a comparison. corridor: its row in the scene; name: "Rason → Vladivostok"."""

    corridor: int
    name: str
    mode: int
    told: Difference
    sentence: str


def when(scene: Scene, stretch: Stretch) -> str:
    """ "by 2 Nov 2023", "between 4 Oct and 2 Nov 2023"."""
    window = None if stretch.since is None else stretch.until - stretch.since
    return captions.stretch_words(scene, stretch.until, window)


def sentence(scene: Scene, compared: Comparison) -> str:
    """Of what the words tell: "By 7 Sept 2023: 0–1,200 containers. By 2 Nov 2023: 1,800–2,200 containers. In between:
    1,001–2,200 containers."

    Of two periods the last part says which is larger, as far as their ranges prove it.
    """
    held = (compared.first, compared.second, compared.change)
    return _sentence(scene, compared.stretches, compared.total, [bool(each and each.zero.any()) for each in held])


def routes(scene: Scene, compared: Comparison) -> list[RouteDifference]:
    """Each route that carries anything in the first or the second, or is said to carry nothing; the largest first."""
    best = np.maximum(compared.first.best, compared.second.best)
    rows = np.flatnonzero(_carries(compared.first) | _carries(compared.second))
    held = (compared.first, compared.second, compared.change)
    found = []
    for row in rows[np.argsort(-best[rows], kind="stable")].tolist():
        told = compared.of(row)
        said = _sentence(scene, compared.stretches, told, [bool(each and each.zero[row]) for each in held])
        name, mode = captions.corridor_name(scene, row), int(scene.corridors.mode[row])
        found.append(RouteDifference(row, name, mode, told, said))
    return found


def title(scene: Scene, compared: Comparison) -> str:
    """The finding: "Rason → Vladivostok: 1,001–2,200 containers between 7 Sept and 2 Nov 2023, as reported".

    Of two periods which is larger, where that is proven: "…: more moved between 4 Oct and 2 Nov 2023 than between …".
    """
    first, second = compared.stretches
    if compared.change is not None:
        return captions.sentence(scene, compared.change, second.until, second.until - first.until)
    subject = _subject(scene, compared)
    says = next((said for held in (compared.second, compared.first) if (said := captions.summed(scene, held))), "")
    earlier, later = when(scene, first), when(scene, second)
    order = compared.total.order
    if order == "unknown" or not (_carries(compared.first) | _carries(compared.second)).any():
        return f"{subject}: {captions.units(scene.unit)} {earlier} and {later}, {says or 'as reported'}"
    verb, than = _THAN[order]
    return f"{subject}: {verb} {later} {than} {earlier}, {says or 'as reported'}"


def _subject(scene: Scene, compared: Comparison) -> str:
    """The route that the words tell in both; the scene's own title where they tell of several."""
    only = {captions.only_one(scene, held) for held in (compared.first, compared.second) if _carries(held).any()}
    row = only.pop() if len(only) == 1 else -1
    return captions.corridor_name(scene, row) if row >= 0 else tame(scene.title)


def figures(scene: Scene, compared: Comparison, largest: int = 0) -> str:
    """The line under the title: what is known of the difference, and how many routes and reports it rests on."""
    first, second = compared.stretches
    told, counts = compared.total, _counts(scene, compared, largest)
    if compared.change is None:
        known = _known(scene, told).removesuffix(".")
        return " · ".join((f"{_then(scene, told)}: {known[:1].lower()}{known[1:]}", *counts))
    moved = _figure(scene, compared.change.total, zero=bool(compared.change.zero.any()))
    summed = captions.summed(scene, compared.change) if compared.change.visible > compared.change.apart else ""
    span = captions.stretch_words(scene, second.until, second.until - first.until)
    said = f"{_then(scene, told)}; {span} (UTC): {moved}{f', {summed}' if summed else ''}"
    return " · ".join((said, *counts))


def _then(scene: Scene, told: Difference) -> str:
    """ "0–1,200, then 1,800–2,200 containers"."""
    earlier = captions.range_words(told.first)
    return f"{earlier}, then {told.second.said(tame(scene.unit, 40))}".replace(_CONTESTED, "contested ")


def _counts(scene: Scene, compared: Comparison, largest: int) -> list[str]:
    """Routes, reports and sources behind either."""
    both = (compared.first, compared.second)
    rows = sorted({row for held in both for row in captions.behind(scene, held)})
    claimants = {str(scene.reports.claimant[row]) for row in rows} - {""}
    routes = captions.routes(compared.second, largest)
    if compared.change is None:
        carry = int(np.count_nonzero(_carries(both[0]) | _carries(both[1])))
        routes = captions.several(carry, "route")
        if 0 < largest < carry:
            routes = f"the {formatting.number(largest)} largest of {routes} shown"
    return [routes, captions.several(len(rows), "report"), captions.sources_counted(len(claimants), of=len(rows))]


def _sentence(scene: Scene, stretches: tuple[Stretch, Stretch], told: Difference, zeros: list[bool]) -> str:
    parts = []
    for stretch, amount, zero in zip(stretches, (told.first, told.second), zeros[:2], strict=True):
        span = when(scene, stretch)
        parts.append(f"{span[:1].upper()}{span[1:]}: {_figure(scene, amount, zero=zero)}.")
    if stretches[0].since is None and told.change is not None:
        parts.append(f"In between: {_figure(scene, told.change, zero=zeros[2])}.")
    else:
        parts.append(_known(scene, told))
    return " ".join(parts)


def known(scene: Scene, compared: Comparison, told: Difference) -> str:
    """The last part of a sentence alone: "1,001–2,200 in between", or which of two periods is larger."""
    if compared.change is not None and told.change is not None:
        return f"{captions.range_words(told.change)} in between"
    return _known(scene, told).removesuffix(".")


def _known(scene: Scene, told: Difference) -> str:
    """What is known of the difference of two periods."""
    more = told.change.best if told.change is not None else 0.0
    if formatting.number(abs(more)) == "0":
        return _ORDERS[told.order]
    count = formatting.counted(formatting.number(abs(more)), tame(scene.unit, 40))
    return f"{count} {'more' if more > 0 else 'less'} in the second."


def _figure(scene: Scene, amount: Amount, *, zero: bool) -> str:
    if amount.high == 0 and not zero:
        return f"no {captions.units(scene.unit)} reported"
    return amount.said(tame(scene.unit, 40)).replace(_CONTESTED, "contested, ")


def _carries(held: Moment) -> Mask:
    found: Mask = (held.best > 0) | (held.high > 0) | held.zero
    return found
