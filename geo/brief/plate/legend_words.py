"""What a plate's legend says: what of the drawing's language it uses, and the sentence for each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from geo import formatting
from geo.arrays import Mask
from geo.brief.plate import captions
from geo.brief.plate.fonts import tame
from geo.scene.moment import Moment
from geo.scene.scene import Scene

OPEN = "Faded edge: no upper limit reported"
CONTESTED = "Dashed: sources contradict one another"
AREA = "Outlined area: a country or region was named, not a port"
ROUTE = "Indicative sea route, not observed"
DIRECTION = "Point of the arrow = destination"
DOUBT = ("At most", "Best estimate", "At least")


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


def key_title(scene: Scene) -> str:
    return f"Width = {captions.units(scene.unit)}"


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
