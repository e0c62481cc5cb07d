"""A range stands by its own arc, or a leader line leads to it, or it is left out: measured from what was drawn."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
import shapely

from geo.brief.plate.arcs import Arcs
from geo.brief.plate.figure import Drawn, compose
from geo.brief.plate.labels import Box, Label, Placed, Ribbons, place
from geo.brief.plate.plate import PRESETS, Plate, read_frame
from geo.scene.scene import Scene
from tests.brief.conftest import Composed, Leg

PORTS = {
    "Hong Kong": (22.3, 114.2),
    "Shanghai": (31.2, 121.5),
    "Incheon": (37.5, 126.6),
    "Pusan": (35.1, 129.0),
    "Kobe": (34.7, 135.2),
    "Yokohama": (35.4, 139.6),
    "Nakhodka": (42.8, 132.9),
}
MODES = ("maritime", "rail", "road", "air")
WORLD: list[Leg] = [
    ("Shanghai", "Rotterdam", 3000, "maritime", "A", (31.2, 121.5), (51.95, 4.05)),
    ("Santos", "Shanghai", 1000, "maritime", "B", (-23.9, -46.3), (31.2, 121.5)),
    ("Los Angeles", "Shanghai", 2000, "maritime", "B", (33.7, -118.2), (31.2, 121.5)),
]


def crowd() -> list[Leg]:
    """Every pair of ports, each way, of nearly one size: arcs that lie over and beside one another."""
    pairs = list(itertools.permutations(PORTS, 2))
    return [(a, b, 300 - n, MODES[n % 4], f"C{n}", PORTS[a], PORTS[b]) for n, (a, b) in enumerate(pairs)]


@pytest.fixture(scope="module")
def crowded(of_legs: Callable[[list[Leg]], Scene]) -> Scene:
    """Every pair of ports at once."""
    return of_legs(crowd())


@pytest.fixture(scope="module")
def worldwide(of_legs: Callable[[list[Leg]], Scene]) -> Scene:
    """Three arcs around the globe."""
    return of_legs(WORLD)


def bodies(found: Arcs) -> dict[int, shapely.Geometry]:
    """Of every corridor, in one outline of all its copies."""
    held: dict[int, list[shapely.Geometry]] = {}
    for row, corridor in enumerate(found.corridor):
        line = shapely.linestrings(found.centre[row])
        held.setdefault(int(corridor), []).append(shapely.buffer(line, found.body[row] / 2, cap_style="flat"))
    return {corridor: shapely.union_all(shapes) for corridor, shapes in held.items()}


def check(drawn: Drawn) -> list[Placed]:
    """The ranges on all maps, each of which says what it is of."""
    every = []
    for panel in drawn.panels:
        view, shapes = panel.view, bodies(panel.arcs)
        frame = shapely.box(view.left, view.top, view.right, view.bottom)
        for each in panel.placed:
            if each.leader is not None:
                assert frame.covers(shapely.linestrings(each.leader)), each.label.lines
            if each.label.corridor < 0:
                continue
            own, box = each.label.corridor, shapely.box(each.box.left, each.box.top, each.box.right, each.box.bottom)
            others = [shape for corridor, shape in shapes.items() if corridor != own]
            nearest = min((shapely.distance(box, shape) for shape in others), default=np.inf)
            if each.leader is None:
                assert shapely.distance(box, shapes[own]) + 2 < nearest, each.label.lines
            else:
                line = shapely.linestrings(each.leader)
                assert nearest > 2, each.label.lines
                assert shapely.distance(shapely.points(each.leader[0]), shapes[own]) < 1, each.label.lines
                assert not any(line.intersects(shape) for shape in others), each.label.lines
            every.append(each)
    told = [each.label.corridor for each in every]
    assert len(drawn.panels) > 1 or len(told) == len(set(told))
    return every


@pytest.mark.parametrize("frame", [*PRESETS, "640x360"])
@pytest.mark.parametrize("share", [0.6, 1.0])
def test_ranges_of_the_wider_set_stand_by_their_own_arcs(
    frame: str, share: float, wider: Scene, composed: Composed
) -> None:
    assert check(composed(Plate(wider, (wider.seconds * share,), frame=read_frame(frame))))


@pytest.mark.parametrize("frame", PRESETS)
def test_ranges_in_a_crowd_are_left_out_rather_than_misplaced(frame: str, crowded: Scene) -> None:
    check(compose(Plate(crowded, (crowded.seconds,), frame=read_frame(frame))))


@pytest.mark.parametrize("frame", PRESETS)
def test_an_arc_over_the_edge_of_the_globe_has_its_range_once_and_its_leader_on_the_map(
    frame: str, worldwide: Scene
) -> None:
    found = check(compose(Plate(worldwide, (worldwide.seconds,), frame=read_frame(frame))))
    assert len(found) == 3


def test_ribbons_know_whose_body_is_near(worldwide: Scene) -> None:
    found = compose(Plate(worldwide, (worldwide.seconds,))).panels[0].arcs
    ribbons = Ribbons(found)
    x, y = (float(each) for each in found.centre[0, 20])
    spot, own = (x, y, x, y), int(found.corridor[0])
    other = next(int(each) for each in found.corridor if each != own)
    assert ribbons.distance(spot, own) == 0
    assert not ribbons.others_near(spot, own, 1.0)
    assert ribbons.others_near(spot, other, 1.0)
    assert ribbons.others_on(((x, y), (x, y + 5)), other, 1.0)
    assert ribbons.distance(spot, worldwide.corridors.id.size + 1) == np.inf


def test_a_range_that_no_place_tells_apart_is_left_out() -> None:
    y = np.arange(0.0, 300.0, 6.0)
    centre = np.stack([np.column_stack([np.linspace(0, 400, 9), np.full(9, each)]) for each in y])
    normal = np.broadcast_to(np.array([0.0, -1.0]), centre.shape)
    width, no = np.full(len(y), 3.0), np.zeros(len(y), bool)
    taper = np.ones(centre.shape[:2])
    ribbons = Ribbons(Arcs(np.arange(len(y)), centre, normal, centre[:, -1], taper, width, width, width, no, no))
    label = Label(("1,800–2,200",), 200, 150, 1.5, (80,), 12, bold=True, corridor=25, across=((0.0, -1.0),))
    assert place([label], Box(0, 0, 400, 300), [], [], np.zeros((0, 2)), ribbons) == []
