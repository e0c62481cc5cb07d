"""Names of the base map: countries, seas and cities where there is room, never over what is drawn.

Its rule is that of player/src/base-labels.ts, largest first; of the same names, in `geo.sea.basemap`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.brief.plate.basemap import bent, clipped, globe
from geo.brief.plate.fonts import Fonts
from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import Ink
from geo.brief.plate.projection import MapView, true_scale
from geo.brief.plate.sheet import Group, Sheet
from geo.sea import basemap
from geo.sea.basemap import Kind, MapName

LEADING = 1.2
CITY_REACH = 74.0
"""Layout px from one city to the next larger one, from which it is named."""
_FITS = {"country": 0.85, "sea": 1.1}
"""Of its width that a name may take up of what bears it."""
_MOST_CITIES = 60
_DOT, _GAP, _CLEAR, _MARGIN, _SAME = 1.9, 4.0, 2.0, 4.0, 14.0
_EDGE, _LEAST_ROOM = 40.0, 34.0
"""Layout px: a country's own place counts as seen so far from the edge, and so much room it must have elsewhere."""
_LEAST_AREA = 4 * _LEAST_ROOM**2
_THIN_SPACE = "\u2009"


@dataclass(frozen=True, slots=True)
class BaseName:
    """A name in its box. x, y: the point that bears it, layout px."""

    kind: Kind
    lines: tuple[str, ...]
    box: Box
    align: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, eq=False)
class Obstacles:
    """What names keep clear of. taken: boxes; curves: points on arcs (n, 2); drawn: names and spots of drawn places."""

    taken: Sequence[Box]
    curves: NDArray[np.float64]
    drawn: Sequence[tuple[str, float, float]]


def draw_base_names(
    sheet: Sheet, group: Group, view: MapView, ink: Ink, around: Obstacles, *, size: float
) -> tuple[BaseName, ...]:
    """The names that find room. -> them."""
    placed = place_base(view, sheet.fonts, around, size)
    turn = np.linspace(0.0, 2 * np.pi, 17)
    colours = {"country": ink.country, "sea": ink.water, "city": ink.city}
    for each in placed:
        if each.kind == "city":
            dot = np.array([each.x, each.y]) + _DOT * np.column_stack([np.cos(turn), np.sin(turn)])
            sheet.polygon(group, dot, fill=ink.city)
        x = {"left": each.box.left, "right": each.box.right, "center": (each.box.left + each.box.right) / 2}[each.align]
        for row, line in enumerate(each.lines):
            sheet.text(
                group, x, each.box.top + row * size * LEADING, line, size=size, colour=colours[each.kind],
                align=each.align, halo=None if each.kind == "sea" else ink.land, italic=each.kind == "sea",
            )  # fmt: skip
    return tuple(placed)


def place_base(view: MapView, fonts: Fonts, around: Obstacles, size: float) -> list[BaseName]:
    """Where each name stands that finds room, in the order of the names."""
    per_km = true_scale(view) * 1000.0
    frame = Box(view.left, view.top, view.right, view.bottom).grown(-_MARGIN)
    used, placed, cities = list(around.taken), [], 0
    names = _in_view(view, per_km)
    spots = view.place(view.projection.near(np.array([name.lon for name in names])), np.array([n.lat for n in names]))
    drawn, named = {name for name, _, _ in around.drawn}, set[str]()
    on_map = _on_map(view, frame)
    for name, (x, y) in zip(names, spots.tolist(), strict=True):
        if not (frame.left < x < frame.right and frame.top < y < frame.bottom) or name.text in drawn:
            continue
        if name.kind == "sea" and name.text in named:  # an ocean has a point on either side of the antimeridian
            continue
        if name.kind == "city" and (
            name.reach * per_km < CITY_REACH
            or cities >= _MOST_CITIES
            or any(each.meets(Box(x, y, x, y).grown(_DOT)) for each in used)
            or _covers(Box(x, y, x, y).grown(_DOT + 1), around.curves)
            or any(abs(x - a) < _SAME and abs(y - b) < _SAME for _, a, b in around.drawn)
        ):
            continue
        for option in _options(name, x, y, name.reach * per_km, fonts, size):
            taken = any(option.box.meets(each) for each in used)
            if on_map(option.box) and not taken and not _covers(option.box, around.curves):
                used += [option.box.grown(_CLEAR)] + ([Box(x, y, x, y).grown(_DOT + 1)] if name.kind == "city" else [])
                placed.append(option)
                named.add(name.text)
                cities += name.kind == "city"
                break
    return placed


def _on_map(view: MapView, frame: Box) -> Callable[[Box], bool]:
    """Whether all of a name stands on the map: within its frame, and on the globe where that ends inside the frame."""
    if not view.projection.world:
        return frame.holds
    ground = shapely.buffer(shapely.make_valid(shapely.polygons(globe(view))), -_MARGIN)
    shapely.prepare(ground)
    return lambda box: (
        frame.holds(box)
        and bool(shapely.contains_properly(ground, shapely.box(box.left, box.top, box.right, box.bottom)))
    )


def _options(name: MapName, x: float, y: float, room: float, fonts: Fonts, size: float) -> Iterator[BaseName]:
    """The ways in which a name may stand, the best first."""
    if name.kind == "city":
        wide, tall, reach = fonts.width(name.text, size) * 1.02, size * LEADING, _DOT + _GAP
        corners = [("left", x + reach, y - tall / 2), ("right", x - reach - wide, y - tall / 2)]
        corners += [("left", x + reach - 2, y - tall), ("left", x + reach - 2, y)]
        corners += [("center", x - wide / 2, y - reach - tall), ("center", x - wide / 2, y + reach)]
        for align, left, top in corners:
            yield BaseName("city", (name.text,), Box(left, top, left + wide, top + tall), align, x, y)
        return
    # A sea's name that is moved far lies on land.
    step = min(room * 0.22, 60.0) if name.kind == "country" else min(room * 0.06, 16.0)
    shifts = sorted(((a, b) for a in (0.0, -step, step) for b in (0.0, -step, step)), key=lambda s: float(np.hypot(*s)))
    for lines in _splits(name, fonts):
        wide = max(fonts.width(line, size) for line in lines) * (1.02 if name.kind == "sea" else 1.0)
        tall = len(lines) * size * LEADING
        if wide > room * _FITS[name.kind] or tall > room:
            continue
        for dx, dy in shifts:
            left, top = x + dx - wide / 2, y + dy - tall / 2
            yield BaseName(name.kind, lines, Box(left, top, left + wide, top + tall), "center", x, y)


def _splits(name: MapName, fonts: Fonts) -> list[tuple[str, ...]]:
    """A name in one line, or in two about as long as one another; two names of one sea stand below one another."""
    if " / " in name.text:
        first, second = name.text.split(" / ", 1)
        return [(f"{first} /", second)]
    words = name.text.split(" ")
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    found: list[tuple[str, ...]] = [(name.text,)]
    found += sorted(cuts, key=lambda lines: max(map(len, lines)))[:1]
    return [tuple(spaced(line, fonts) for line in lines) for lines in found] if name.kind == "country" else found


def spaced(text: str, fonts: Fonts) -> str:
    """Capitals with air between them, where the fonts have a space so thin."""
    wide = (2 * _THIN_SPACE).join(text.upper())
    return wide if fonts.settable(wide) == wide else text.upper()


def _covers(box: Box, points: NDArray[np.float64]) -> bool:
    if not len(points):
        return False
    x, y = points[:, 0], points[:, 1]
    return bool(((x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)).any())


def _in_view(view: MapView, per_km: float) -> list[MapName]:
    """All names, with each country where most of it is seen, if its own place is outside the view."""
    inner = Box(view.left, view.top, view.right, view.bottom).grown(-_EDGE)
    names, frame, region = basemap.names(), basemap.countries(), view.region()
    countries = [name for name in names if name.kind == "country"]
    spots = view.place(
        view.projection.near(np.array([name.lon for name in countries])), np.array([name.lat for name in countries])
    )
    unseen = {
        name.text: name
        for name, (x, y) in zip(countries, spots.tolist(), strict=True)
        if not (inner.left < x < inner.right and inner.top < y < inner.bottom)
    }
    moved: dict[MapName, MapName] = {}
    box = shapely.box(view.left, view.top, view.right, view.bottom)
    for text, shape in zip(frame["name"], frame.geometry, strict=True):
        name = unseen.get(text)
        found = _widest_room(view, shape, region, box) if name is not None and shape is not None else None
        if name is not None and found is not None:
            lon, lat, px = found
            moved[name] = replace(name, lon=lon, lat=lat, reach=min(name.reach, 2.4 * px / per_km))
    return [moved.get(name, name) for name in names]


def _widest_room(
    view: MapView, shape: shapely.Geometry, region: tuple[float, float, float, float], box: shapely.Geometry
) -> tuple[float, float, float] | None:
    """The middle of the largest circle in the part of a shape that a map shows: lon, lat, radius in layout px."""
    parts = clipped([shape], region, shapely.GeometryType.POLYGON)
    if not len(parts):
        return None
    metres = bent(parts, view.projection)
    px = shapely.transform(metres, view.at)
    # Most countries show too little for a name already by the box around them, which is found at once.
    left, top, right, bottom = shapely.total_bounds(px)
    wide, tall = min(right, view.right) - max(left, view.left), min(bottom, view.bottom) - max(top, view.top)
    if min(wide, tall) <= 0 or wide * tall < _LEAST_AREA:
        return None
    seen = shapely.intersection(shapely.make_valid(shapely.union_all(shapely.make_valid(px))), box)
    if seen.area < _LEAST_AREA:
        return None
    circle = shapely.maximum_inscribed_circle(shapely.simplify(seen, 1.0), tolerance=4.0)
    if circle.length < _LEAST_ROOM:
        return None
    lon, lat = view.where(shapely.get_coordinates(circle)[:1])[0]
    return float(lon), float(lat), float(circle.length)
