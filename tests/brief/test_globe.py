"""On a map of the whole globe nothing is drawn where there is no globe: measured from the picture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

from geo.brief.formats.images import pixels
from geo.brief.plate import basemap
from geo.brief.plate.figure import Drawn, compose
from geo.brief.plate.labels import Box
from geo.brief.plate.plate import Plate, read_frame
from geo.brief.plate.projection import MapView
from geo.scene.scene import Scene
from tests.brief.conftest import Leg

ROUND = [*range(-180, 180, 40)]
LEGS: list[Leg] = [
    (f"{lat} {a}", f"{lat} {b}", 900, "maritime", "X", (lat, a), (lat, b))
    for lat in (65, -55)
    for a, b in zip(ROUND, ROUND[1:] + ROUND[:1], strict=True)
]
"""Around the globe, so that some goes over the edge of any map of it."""


def beyond(view: MapView) -> shapely.Geometry:
    return shapely.union_all(basemap.beyond(view, np.zeros(0, object)))


def covered(drawn: Drawn, scene: Scene) -> shapely.Geometry:
    """What stands on paper rightly: rings of places at the edge, names and the scale bar."""
    view = drawn.panels[0].view
    spots = view.place(view.projection.near(scene.places.lon), scene.places.lat)
    boxes = [each.box.grown(5) for each in drawn.text_boxes()] + [Box(0, view.bottom - 50, 2_000, view.bottom)]
    texts = [shapely.box(box.left, box.top, box.right, box.bottom) for box in boxes]
    return shapely.union_all([*texts, *shapely.buffer(shapely.points(spots), 14)])


def test_no_arc_shows_beyond_the_globe(of_legs: Callable[[list[Leg]], Scene]) -> None:
    scene = of_legs(LEGS)
    drawn = compose(Plate(scene, (scene.seconds,), frame=read_frame("4:3")))
    [panel] = drawn.panels
    assert panel.view.projection.world
    centres = shapely.points(panel.arcs.centre.reshape(-1, 2))
    where = beyond(panel.view).buffer(-3).difference(covered(drawn, scene))
    spots = shapely.get_coordinates(centres[where.covers(centres)])
    assert len(spots) > 10
    picture = pixels(drawn)
    scale = picture.width / drawn.sheet.width
    assert {picture.getpixel((int(x * scale), int(y * scale))) for x, y in spots} == {(255, 255, 255)}


def test_no_arc_shows_at_the_edge_of_the_map_s_box(of_legs: Callable[[list[Leg]], Scene]) -> None:
    """Where box and paper each cover a part of a pixel, a dotted line stood beside the globe."""
    scene = of_legs(LEGS)
    for frame in ("16:9", "4:3", "1501x871"):
        drawn = compose(Plate(scene, (scene.seconds,), frame=read_frame(frame)))
        view = drawn.panels[0].view
        picture = np.asarray(pixels(drawn))
        scale = picture.shape[1] / drawn.sheet.width
        free = shapely.buffer(beyond(view), -0.5).difference(covered(drawn, scene))
        for x in (view.left, view.right):
            rows = np.arange(view.top, view.bottom, 0.5)
            rows = rows[
                shapely.contains_xy(free, np.full(rows.size, np.clip(x, view.left + 0.1, view.right - 0.1)), rows)
            ]
            assert rows.size > 100
            for column in range(int(x * scale) - 2, int(x * scale) + 3):
                assert (picture[(rows * scale).astype(int), column] == 255).all(), (frame, x)
