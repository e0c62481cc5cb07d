"""Names of the base map, its layers, areas and the locator on plates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import shapely

from geo.brief.plate.area_shapes import anchored
from geo.brief.plate.base_names import Obstacles, place_base
from geo.brief.plate.basemap import globe
from geo.brief.plate.figure import Drawn, compose
from geo.brief.plate.fonts import fonts_for
from geo.brief.plate.palettes import LOOKS
from geo.brief.plate.plate import Frame, Plate
from geo.brief.plate.projection import fitted
from geo.errors import BriefError
from geo.scene.scene import Scene
from geo.scene.view import Bounds
from geo.sea import areas
from tests.brief.conftest import Leg
from tests.contrast import contrast


@pytest.fixture(scope="module")
def whole(wider: Scene) -> Drawn:
    return compose(Plate(wider, (float(wider.seconds),), frame=Frame(1280, 720)))


def groups(drawn: Drawn) -> set[str]:
    return {name for name, _ in drawn.sheet.texts} | {
        str(child.get_gid()) for group in drawn.sheet.figure.artists for child in group.get_children()
    }


def test_names_meet_neither_one_another_nor_what_is_drawn(whole: Drawn) -> None:
    (panel,) = whole.panels
    assert len(panel.names) > 8
    boxes = [name.box for name in panel.names]
    for place, box in enumerate(boxes):
        assert not any(box.meets(other) for other in boxes[place + 1 :])
        assert not any(box.meets(each.box) for each in panel.placed)


def test_an_ocean_is_named_once(of_legs: Callable[[list[Leg]], Scene]) -> None:
    scene = of_legs([("Yokohama", "Los Angeles", 10, "maritime", "Desk", (35.4, 139.6), (33.7, -118.2))])
    (panel,) = compose(Plate(scene, (float(scene.seconds),), frame=Frame(1280, 720))).panels
    told = [" ".join(name.lines) for name in panel.names]
    assert told.count("North Pacific Ocean") == 1


def test_what_is_drawn_is_not_named_twice(whole: Drawn) -> None:
    (panel,) = whole.panels
    told = {" ".join(name.lines).replace("\u2009", "").casefold() for name in panel.names}
    assert not told & {"russia", "north korea", "vladivostok"}


def test_a_country_is_named_where_the_map_shows_it(article: Scene) -> None:
    drawn = compose(Plate(article, (float(article.seconds),), frame=Frame(1280, 720)))
    told = {" ".join(name.lines).replace("\u2009", "") for name in drawn.panels[0].names}
    assert {"CHINA", "RUSSIA", "NORTH KOREA"} <= told


@pytest.mark.parametrize("layers", [(), ("borders",), ("names",), ("names", "borders", "graticule")])
def test_layers_are_drawn_as_they_are_asked_for(article: Scene, layers: tuple[str, ...]) -> None:
    drawn = compose(Plate(article, (float(article.seconds),), frame=Frame(1280, 720), layers=layers))
    here = groups(drawn)
    assert ("map-borders" in here) == ("borders" in layers)
    assert ("map-graticule" in here) == ("graticule" in layers)
    assert bool(drawn.panels[0].names) == ("names" in layers)
    said = " ".join(drawn.layout.small.lines)
    assert ("visionscarto" in said) == ("borders" in layers)
    assert ("GeoNames" in said) == ("names" in layers)


def test_a_layer_that_is_none_is_refused(article: Scene) -> None:
    with pytest.raises(BriefError, match="layers are names, borders, graticule"):
        Plate(article, (0.0,), layers=("rivers",))


def test_a_close_map_has_a_globe_unless_it_is_switched_off(article: Scene) -> None:
    plate = Plate(article, (float(article.seconds),), frame=Frame(1280, 720))
    assert "map-locator" in groups(compose(plate))
    assert "map-locator" not in groups(compose(replace(plate, locator=False)))
    wide = replace(plate, view=Bounds(60.0, 0.0, 170.0, 60.0))
    assert "map-locator" not in groups(compose(wide))


@pytest.mark.parametrize("look", ["light", "dark", "grey"])
def test_land_and_sea_are_told_apart_in_every_look(look: str) -> None:
    ink = LOOKS[look]  # type: ignore[index]
    assert contrast(ink.sea, ink.land) >= 1.25
    for name in (ink.country, ink.city, ink.water, ink.label):
        assert contrast(name, ink.land) >= 4.5
        assert contrast(name, ink.sea) >= 4.5
    for mode in ink.mode.values():
        assert contrast(mode, ink.land) >= 3
        assert contrast(mode, ink.sea) >= 3


def test_an_arc_ends_in_the_part_of_an_area_that_the_map_shows(wider: Scene) -> None:
    row = wider.places.code.tolist().index("RU")
    view = fitted(Bounds(128.0, 41.0, 136.0, 46.0), (0.0, 0.0, 900.0, 600.0))
    there = anchored(wider, view)
    x, y = view.place(there.places.lon[row : row + 1], there.places.lat[row : row + 1])[0]
    assert 0 < x < 900
    assert 0 < y < 600
    spot = shapely.points(there.places.lon[row], there.places.lat[row])
    assert areas.shape_of("RU", None).distance(spot) < 0.05
    points = np.flatnonzero(wider.places.radius_km == 0)
    assert (there.places.lon[points] == wider.places.lon[points]).all()
    world = fitted(Bounds(20.0, 20.0, 170.0, 75.0), (0.0, 0.0, 900.0, 600.0))
    assert anchored(wider, world) is wider


@pytest.mark.parametrize("middle", range(-180, 180, 45))
def test_no_name_goes_over_the_edge_of_the_globe(middle: int) -> None:
    view = fitted(Bounds(-180.0, -80.0, 180.0, 84.0), (0.0, 0.0, 1000.0, 560.0))
    view = replace(view, projection=replace(view.projection, lon=float(middle)))
    assert view.projection.world
    ground = shapely.make_valid(shapely.polygons(globe(view)))
    placed = place_base(view, fonts_for(["A"]), Obstacles([], np.zeros((0, 2)), []), 13.0)
    assert len(placed) > 10
    for each in placed:
        assert ground.contains(shapely.box(each.box.left, each.box.top, each.box.right, each.box.bottom)), each.lines
