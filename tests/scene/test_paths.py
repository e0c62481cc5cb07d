"""Which corridors have routes, where these run, and how those that share a strait lie side by side in it."""

from __future__ import annotations

import csv
import json
import math
import random
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest
import shapely
from pyproj import Geod

import geo
from geo import data_folder
from geo.scene import paths
from geo.scene.build import build_scene, empty_scene
from geo.scene.bundles import SLOWER, breadth, bundled
from geo.scene.paths import with_routes
from geo.scene.scene import Paths, Scene
from geo.scene.stretches import MOST_POINTS, Line
from geo.scene.view import bounds
from geo.scene.wire import to_wire
from geo.sea.coast import land
from geo.sea.graph import network
from geo.sea.great_circle import continuous
from geo.sea.routes import route
from geo.sea.shore import shore

GEOD = Geod(ellps="WGS84")
MODES = {"nothing": 0, "sea": 1, "rail": 2, "air": 4}


def scene_of(make: SimpleNamespace, *ways: str) -> Scene:
    """ "KPRJN>RUVVO" or "KPRJN>RUVVO by rail" each, with 100 containers."""
    rows = []
    for each in ways:
        way, _, mode = each.partition(" by ")
        rows.append(make.leg(way, "2023-09-01", "2023-09-03", 100, mode=MODES[mode or "sea"]))
    return build_scene(make.legs(*rows), make.totals(), make.events(), geo.places.frame)


def routed(make: SimpleNamespace, *ways: str) -> tuple[Scene, Paths]:
    scene = with_routes(scene_of(make, *ways))
    assert scene.paths is not None
    return scene, scene.paths


def line(found: Paths, row: int) -> np.ndarray:
    part = slice(found.offsets[row], found.offsets[row + 1])
    return np.column_stack([found.lon[part], found.lat[part]])


def test_nothing_has_a_route_until_one_is_asked_for(make: SimpleNamespace) -> None:
    assert scene_of(make, "KPRJN>RUVVO").paths is None


def test_what_goes_by_sea_has_a_route_from_place_to_place_and_rail_keeps_its_arc(make: SimpleNamespace) -> None:
    scene, found = routed(make, "KPRJN>RUVVO", "KPRJN>RUVVO by rail", "KPRJN>RUVVO by air")
    by_mode = dict(zip(scene.corridors.mode.tolist(), found.routed.tolist(), strict=True))
    assert by_mode == {1: True, 2: False, 4: False}
    way = line(found, scene.corridors.mode.tolist().index(1))
    for end, code in ((way[0], "KPRJN"), (way[-1], "RUVVO")):
        assert (end[0], end[1]) == (geo.places.fact(code).lon, geo.places.fact(code).lat)
    assert not found.unstated


def test_a_mode_that_nobody_stated_is_taken_for_sea_between_two_ports_alone(make: SimpleNamespace) -> None:
    _, found = routed(make, "KPRJN>RUVVO by nothing")
    assert found.routed.tolist() == [True]
    assert found.unstated
    inland = make.places(A=(130.3, 42.23), B=(131.9, 43.1))
    legs = make.legs(make.leg("A>B", "2023-09-01", None, 1))
    assert not with_routes(build_scene(legs, make.totals(), make.events(), inland)).paths.routed.any()


def test_areas_and_what_no_ship_can_reach_keep_their_arcs(make: SimpleNamespace) -> None:
    places = make.places(A=(130.3, 42.23), B=(131.9, 43.1, 90.0), C=(100.0, 60.0), D=(131.88, 43.1))
    legs = make.legs(*(make.leg(f"A>{end}", "2023-09-01", None, 1, mode=1) for end in "BCD"))
    found = with_routes(build_scene(legs, make.totals(), make.events(), places)).paths
    assert found is not None
    assert found.routed.tolist() == [False, False, True]


def test_a_simplified_route_is_as_long_as_the_route(make: SimpleNamespace) -> None:
    scene, found = routed(make, "KPRJN>RUVVO", "RUNVS>SYTTS", "NLRTM>CNSHA", "RUVVO>USLAX")
    for row, (origin, destination) in enumerate(zip(scene.corridors.origin, scene.corridors.destination, strict=True)):
        way = line(found, row)
        ends = [(scene.places.lon[place], scene.places.lat[place]) for place in (origin, destination)]
        whole = route(*ends)
        assert GEOD.line_length(*way.T) / 1000 == pytest.approx(whole.km, rel=0.01)


def test_lines_are_drawn_over_no_land_but_along_canals_and_rivers() -> None:
    pick = random.Random(11)
    ports = sorted((lon / 1e4, lat / 1e4) for lon, lat in network().berths)
    lines: dict[int, Line] = {}
    for row in range(50):
        ends = pick.sample(ports, 2)
        found = route(ends[0], ends[1], prefer=["corinth", "volga-don", "volga-baltic"])
        parts = [shapely.get_coordinates(part) for part in shapely.get_parts(found.geometry)]
        way = np.vstack(parts)
        way[:, 0] = continuous(way[:, 0])
        lines[row] = way[np.append(True, np.abs(np.diff(way, axis=0)).max(axis=1) > 1e-9)]
    with data_folder.path("passages.csv").open(encoding="utf-8", newline="") as file:
        ways = [each["way"] for each in csv.DictReader(file) if each["way"]]
    canals = shapely.union_all(shapely.buffer(shapely.from_wkt(ways), 0.1))
    polygons = land("10m").geometry.to_numpy()
    land_of_all = shapely.STRtree(polygons)
    fewer = 0
    for row, (points, _) in bundled(lines, np.ones(50), most=3.0)[0].items():
        fewer += len(points) < len(lines[row])
        for turn in (-360.0, 0.0, 360.0):
            outside = shapely.difference(drawn(points + np.array([turn, 0.0])), canals)
            hit = polygons[land_of_all.query(outside, predicate="intersects")]
            # A berth may lie on the very shore.
            assert shapely.length(shapely.intersection(outside, hit)).sum() < 1e-4, (lines[row][0], lines[row][-1])
    assert fewer > 40


def drawn(points: np.ndarray) -> shapely.LineString:
    """As a map draws it: straight in Web Mercator."""
    up = np.arcsinh(np.tan(np.radians(points[:, 1])))
    at = np.unique(np.concatenate([np.linspace(i, i + 1, 20) for i in range(len(points) - 1)]))
    rows = np.arange(len(points))
    lat = np.degrees(np.arctan(np.sinh(np.interp(at, rows, up))))
    return shapely.LineString(np.column_stack([np.interp(at, rows, points[:, 0]), lat]))


def test_over_the_antimeridian_longitudes_go_on_and_the_view_holds_the_route(make: SimpleNamespace) -> None:
    scene, found = routed(make, "RUVVO>USLAX", "USLAX>RUVVO")
    assert np.abs(np.diff(line(found, 0)[:, 0])).max() < 30
    assert line(found, 0)[-1, 0] == pytest.approx(line(found, 1)[0, 0] + 360.0)
    window = bounds(scene)
    assert 100 < window.width < 125
    assert 150 < (window.west + window.east) / 2 < 220
    assert window.north == pytest.approx(found.lat.max())


def test_a_route_around_a_continent_is_in_view(make: SimpleNamespace) -> None:
    scene, found = routed(make, "NLRTM>CNSHA")
    window = bounds(scene)
    lon = window.west + (found.lon + 1e-6 - window.west) % 360.0
    assert (lon <= window.east + 2e-6).all()
    assert window.width < 200


def test_both_ways_of_a_pair_lie_side_by_side_each_on_its_right(make: SimpleNamespace) -> None:
    scene, found = routed(make, "KPRJN>RUVVO", "RUVVO>KPRJN")
    assert np.array_equal(line(found, 0), line(found, 1)[::-1])
    assert found.aside == pytest.approx(np.full(found.aside.size, -50.0))
    assert scene.style.per_unit * 50 == scene.style.full_width / 2


def test_only_the_largest_have_routes_and_the_others_are_counted(
    make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "MOST_ROUTES", 1)
    rows = [
        make.leg("KPRJN>RUVVO", "2023-09-01", None, 5, mode=1),
        make.leg("RUVVO>KPRJN", "2023-09-01", None, 7, mode=1),
    ]
    found = with_routes(build_scene(make.legs(*rows), make.totals(), make.events(), geo.places.frame)).paths
    assert found is not None
    assert (found.routed.tolist(), found.left) == ([False, True], 1)


def test_a_scene_of_nothing_has_no_routes() -> None:
    found = with_routes(empty_scene()).paths
    assert found is not None
    assert (found.offsets.tolist(), found.lon.size) == ([0], 0)


# A trunk along the equator, from which lines leave to the north, straight on, and to the south.
TRUNK = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)]
FORKS = {0: (3.0, 1.0), 1: (3.0, 0.0), 2: (3.0, -1.0)}


@pytest.mark.parametrize("turned", [(), (0,), (1, 2), (0, 1, 2)])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_who_turns_left_lies_left_whichever_way_each_goes(turned: tuple[int, ...], order: tuple[int, ...]) -> None:
    ways = {row: np.array([*TRUNK, FORKS[branch]]) for row, branch in enumerate(order)}
    ways = {row: way[::-1] if row in turned else way for row, way in ways.items()}
    found, overlap = bundled(ways, np.array([3.0, 5.0, 2.0]), most=100.0)
    assert not overlap
    north = {}
    for row, branch in enumerate(order):
        points, aside = found[row]
        on_trunk = points[:, 0] == 0.0
        north[branch] = float(aside[on_trunk][0]) * (-1 if row in turned else 1)
    assert north[0] > north[1] > north[2]
    widths = dict(zip(order, [3.0, 5.0, 2.0], strict=True))
    assert north[0] - north[1] == pytest.approx((widths[0] + widths[1]) / 2)
    assert north[0] + widths[0] / 2 == pytest.approx(5.0)


def _spread(count: int, most: float) -> float:
    ways = {row: np.array([*TRUNK, FORKS[row % 3]]) for row in range(count)}
    found, overlap = bundled(ways, np.full(count, 10.0), most=most)
    assert overlap is (10.0 * count > most)
    middles = [float(aside[0]) for _, aside in found.values()]
    assert len(set(middles)) == count, "no line lies right on another"
    # From edge to edge, had the lines of a crowded bundle no width but their share of it.
    return (max(middles) - min(middles)) * count / (count - 1)


def test_a_bundle_is_as_wide_as_its_sum_while_there_is_room_and_wider_the_more_it_carries_beyond() -> None:
    assert [_spread(count, most=30.0) for count in (2, 3)] == pytest.approx([20.0, 30.0])
    crowded = [_spread(count, most=30.0) for count in (4, 6, 12, 24)]
    assert crowded == sorted(crowded)
    assert min(np.diff(crowded)) > 1.0
    assert all(30.0 < wide < 10.0 * count for wide, count in zip(crowded, (4, 6, 12, 24), strict=True))
    assert breadth(30.0, most=30.0) == 30.0
    assert breadth(3_000.0, most=30.0) == pytest.approx(30.0 * (1 + SLOWER * math.log(100)))


def test_those_that_are_not_to_lie_beside_others_run_in_the_middle_of_their_way() -> None:
    ways = {row: np.array([*TRUNK, FORKS[row]]) for row in range(3)}
    found, overlap = bundled(ways, np.full(3, 10.0), most=100.0, beside={0, 2})
    assert overlap
    assert not found[1][1].any()
    assert [abs(found[row][1][0]) for row in (0, 2)] == [5.0, 5.0]


def test_a_line_alone_lies_on_itself_and_is_simplified() -> None:
    along = np.linspace(-135.0, -95.0, 400)
    way = np.column_stack([along, 5.0 * np.sin(along)])
    points, aside = bundled({7: way}, np.full(8, 1.0), most=10.0)[0][7]
    assert not aside.any()
    assert 30 < len(points) <= MOST_POINTS
    assert np.array_equal(points[[0, -1]], way[[0, -1]])
    assert np.abs(np.interp(along, *points.T) - way[:, 1]).max() < 0.3


def test_a_line_is_not_led_farther_over_land_by_what_of_it_lies_in_a_river() -> None:
    # Down the Elbe and around Jutland: the berth and the river are on land, Jutland is not on its way.
    found = route((9.97, 53.54), (12.6, 55.7), avoid=["kiel"])
    way = np.vstack([shapely.get_coordinates(part) for part in shapely.get_parts(found.geometry)])
    points, _ = bundled({0: way}, np.ones(1), most=3.0)[0][0]
    before, after = shore().km_on_land(np.array([shapely.linestrings(way), drawn(points)], object))
    assert before > 10
    assert after <= before + 1.0


def test_routes_travel_only_where_they_were_asked_for(make: SimpleNamespace) -> None:
    scene = scene_of(make, "KPRJN>RUVVO", "KPRJN>RUVVO by rail")
    plain, sent = to_wire(scene), to_wire(with_routes(scene))
    assert "paths" not in plain
    assert "paths" not in json.loads(str(plain["scene"]))
    assert set(sent) - set(plain) == {"paths"}
    told = json.loads(str(sent["scene"]))
    assert told["paths"] == {"left": 0, "unstated": False, "overlap": False}
    assert told["key"] != json.loads(str(plain["scene"]))["key"]
    table = sent["paths"]
    assert isinstance(table, pa.Table)
    assert {field.name: str(field.type) for field in table.schema} == {
        "corridor": "uint32", "lon": "float", "lat": "float", "aside": "float",
    }  # fmt: skip
    found = with_routes(scene).paths
    assert found is not None
    assert table["lon"].to_numpy() == pytest.approx(found.lon)
    assert set(table["corridor"].to_pylist()) == set(np.flatnonzero(found.routed).tolist())
