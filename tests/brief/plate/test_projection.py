"""Which projection is chosen, where it puts things, and the scale bar and north arrow that are true in it."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.brief.plate import basemap
from geo.brief.plate.basemap import arrow_lean, scale_bar
from geo.brief.plate.projection import choose, extent, fitted, north_at
from geo.errors import BriefError
from geo.scene.scene import Scene
from geo.scene.view import Bounds
from tests.examples import examples

BOX = (20.0, 30.0, 920.0, 630.0)
extents = st.builds(
    lambda west, south, wide, tall: Bounds(west, south, west + wide, min(south + tall, 89.9)),
    st.floats(-180, 180),
    st.floats(-85, 80),
    st.floats(0.01, 359),
    st.floats(0.01, 150),
)


@pytest.mark.parametrize(
    ("window", "world", "lon", "lat"),
    [
        (Bounds(129, 41, 133, 44), False, 131.0, 42.5),
        (Bounds(-10, 35, 30, 60), False, 10.0, 47.5),
        (Bounds(170, 50, 190, 65), False, 180.0, 57.5),
        (Bounds(175, -45, 245, 40), False, -150.0, -2.5),
        (Bounds(-120, -40, 140, 60), True, 10.0, 0.0),
        (Bounds(-10, -40, 150, 65), True, 70.0, 0.0),
        (Bounds(100, -40, 300, 60), True, -160.0, 0.0),
        (Bounds(-180, 30, 180, 70), True, 0.0, 0.0),
        (Bounds(-180, 70, 180, 90), False, 0.0, 90.0),
        (Bounds(-157, 68, 120, 89.5), False, -18.5, 90.0),
        (Bounds(-170, -90, 170, -60), False, 0.0, -90.0),
    ],
)
def test_the_projection_fits_the_extent(window: Bounds, world: bool, lon: float, lat: float) -> None:
    found = choose(window)
    assert found.world is world
    assert (found.lon % 360, found.lat) == (lon % 360, lat)
    assert ("Equal Earth" if world else "Lambert azimuthal equal-area") in found.words


@examples(60)
@given(extents)
def test_any_extent_lies_in_the_box_and_comes_back(window: Bounds) -> None:
    view = fitted(window, BOX)
    assert math.isfinite(view.scale)
    assert view.scale > 0
    lon = np.array([window.west, window.east, (window.west + window.east) / 2])
    lat = np.array([window.south, window.north, (window.south + window.north) / 2])
    px = view.place(view.projection.near(lon), lat)
    if not view.projection.world:
        assert (px >= np.array([BOX[0], BOX[1]]) - 1e-6).all()
        assert (px <= np.array([BOX[2], BOX[3]]) + 1e-6).all()
        back = view.where(px)
        assert np.allclose(back[:, 1], lat, atol=1e-6)
        turned = np.abs((back[:, 0] - lon + 180) % 360 - 180)
        assert (turned * np.cos(np.radians(lat)) < 1e-5).all()
    west, south, east, north = view.region()
    assert -90 <= south <= north <= 90
    assert 0 <= east - west <= 360


def test_around_a_pole_nothing_is_cut_and_the_pole_is_named() -> None:
    view = fitted(Bounds(-157, 68, 120, 89.5), BOX)
    assert view.projection.words.endswith("centred on the North Pole, 18.5° W downward")
    assert choose(Bounds(-170, -90, 170, -60)).words.endswith("centred on the South Pole, 0° E upward")
    px = view.place(view.projection.near(np.array([120.0, -156.8, 33.1])), np.array([89.5, 71.3, 69.0]))
    assert (px > np.array([BOX[0], BOX[1]])).all()
    assert (px < np.array([BOX[2], BOX[3]])).all()


def test_what_lies_beyond_the_globe_is_told_from_it() -> None:
    view = fitted(Bounds(-120, -60, 140, 80), BOX)
    parts = shapely.union_all(basemap.beyond(view, np.zeros(0, object)))
    outside, inside = shapely.points([BOX[0] + 1, BOX[1] + 1]), shapely.points([470.0, 330.0])
    assert parts.covers(outside)
    assert not parts.intersects(inside)
    assert not shapely.union_all(basemap.beyond(view, np.array([shapely.buffer(outside, 9)]))).covers(outside)


def test_an_extent_over_the_antimeridian_is_one_piece() -> None:
    view = fitted(Bounds(170, 50, 190, 65), BOX)
    a, b = view.place(np.array([179.9, -179.9]), np.array([57.0, 57.0]))
    assert 0 < b[0] - a[0] < 10
    path, scale = basemap.land(view)
    assert scale == "50m"
    shown = np.asarray(path.vertices)
    # Chukotka lies on both sides of it, with no cut along it.
    along = [(math.hypot(*(q - p)), p, q) for p, q in pairwise(shown)]
    meridian = view.projection.forward(np.array([180.0, 180.0]), np.array([66.0, 68.0]))
    x = meridian[:, 0]
    cut = [p for d, p, q in along if d > 50_000 and min(x) - 2 < p[0] < max(x) + 2 and min(x) - 2 < q[0] < max(x) + 2]
    assert not cut


@pytest.mark.parametrize("window", [Bounds(129, 41, 133, 44), Bounds(-10, 35, 30, 60), Bounds(-120, -40, 140, 60)])
def test_the_scale_bar_is_true_at_the_middle(window: Bounds) -> None:
    view = fitted(window, BOX)
    bar = scale_bar(view, 130.0)
    assert bar is not None
    assert bar.px <= 130.0
    middle, half = np.array([(BOX[0] + BOX[2]) / 2, (BOX[1] + BOX[3]) / 2]), np.array([bar.px / 20, 0.0])
    # A tenth of the bar, since a long one already feels the projection.
    ends = view.where(np.array([middle - half, middle + half]))
    ground = float(Geod(ellps="WGS84").inv(*ends[0], *ends[1])[2])
    assert ground == pytest.approx(bar.metres / 10, rel=0.01)
    lead = float(f"{bar.metres:e}".split("e")[0])
    assert lead in (1.0, 2.0, 5.0)


def test_north_is_drawn_only_where_one_arrow_is_true() -> None:
    near, far = fitted(Bounds(130, 42, 132, 43), BOX), fitted(Bounds(0, 30, 60, 70), BOX)
    lean = arrow_lean(near, 900.0)
    assert lean == pytest.approx(north_at(near, 900.0, BOX[1] + 34.0))
    assert 0 < abs(lean or 0) < 4
    assert arrow_lean(far, 900.0) is None
    assert arrow_lean(fitted(Bounds(-120, -40, 140, 60), BOX), 900.0) is None


def test_land_is_projected_once_for_one_extent() -> None:
    view = fitted(Bounds(129, 41, 133, 44), BOX)
    assert basemap.land(view)[0] is basemap.land(view)[0]
    assert basemap.land(view)[1] == "10m"


def test_a_country_does_not_make_a_map_of_two_ports_one_of_the_continent(wider: Scene) -> None:
    assert wider.places.radius_km.max() > 1_000
    found = extent(wider)
    assert found.width < 90
    assert not choose(found).world


def test_a_box_without_room_for_a_map_is_refused_in_words() -> None:
    with pytest.raises(BriefError, match="no room for a map"):
        fitted(Bounds(130.0, 42.0, 132.0, 44.0), (10.0, 10.0, 200.0, 5.0))
