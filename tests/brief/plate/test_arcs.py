"""Widths, colours and bends of the drawn arcs, and the key that explains them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from geo.brief.plate.arc_layers import CASING, inked
from geo.brief.plate.arcs import BARB, TAPER_FROM, TAPER_SHARE, Arcs, arcs
from geo.brief.plate.figure import compose
from geo.brief.plate.palettes import LOOKS
from geo.brief.plate.panel import largest_port, port_radii
from geo.brief.plate.plate import Plate, read_frame
from geo.brief.plate.projection import MapView, Projection, fitted
from geo.scene.moment import Moment, at
from geo.scene.scene import Scene
from geo.scene.view import Bounds

BOX = (0.0, 0.0, 900.0, 600.0)


def across(outline: np.ndarray) -> np.ndarray:
    """Distance between the two sides of each ribbon (n, 2m + 3, 2), at the m points before its head."""
    half = outline.shape[1] // 2 - 1
    return np.linalg.norm(outline[:, :half] - outline[:, -half:][:, ::-1], axis=-1)


def drawn_arcs(scene: Scene, view: MapView, held: Moment | None = None) -> Arcs:
    """At the scene's end."""
    held = held or at(scene, scene.seconds)
    return arcs(scene, held, view, port_radii(scene, held))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("frame", ["16:9", "a4-portrait", "640x360", "180x120mm@300"])
def test_drawn_widths_are_those_of_the_style(wider: Scene, frame: str, share: float) -> None:
    t = wider.seconds * share
    drawn = compose(Plate(wider, (t,), frame=read_frame(frame)))
    held, found = at(wider, t), drawn.panels[0].arcs
    assert set(found.corridor) == set(np.flatnonzero((held.best > 0) | (held.high > 0)))
    body = np.maximum(wider.style.width(held.best[found.corridor]), wider.style.floor)
    full = found.taper == 1.0
    assert full.any(axis=1).all()
    low = np.minimum(wider.style.per_unit * held.low[found.corridor], body)
    for widths, wanted in ((found.body, body), (found.low, low)):
        seen = across(found.outline(widths))
        assert np.allclose(seen[full], np.broadcast_to(wanted[:, None], seen.shape)[full])
        assert (seen <= wanted[:, None] + 1e-9).all()
    closed = ~found.open
    high = np.maximum(wider.style.per_unit * held.high[found.corridor][closed], body[closed])
    seen = across(found.outline(found.high))[closed]
    assert np.allclose(seen[full[closed]], np.broadcast_to(high[:, None], seen.shape)[full[closed]])
    assert np.array_equal(found.contested, held.contested[found.corridor])


def test_the_key_is_the_style_s_own(article: Scene) -> None:
    drawn = compose(Plate(article, (article.seconds,)))
    assert drawn.legend == tuple(article.style.legend())
    assert drawn.factor == 1.0


def test_small_multiples_share_one_scale_and_one_key(article: Scene) -> None:
    moments = tuple(article.seconds * part / 4 for part in (1, 2, 3, 4))
    drawn = compose(Plate(article, moments))
    assert drawn.legend == tuple((volume, px * drawn.factor) for volume, px in article.style.legend())
    for t, panel in zip(moments, drawn.panels, strict=True):
        best = at(article, t).best[panel.arcs.corridor]
        assert np.allclose(panel.arcs.body, article.style.width(best) * drawn.factor)
        assert panel.view.scale == pytest.approx(drawn.panels[0].view.scale)


@pytest.mark.parametrize("bow", [1, -1])
def test_an_arc_runs_from_origin_to_the_ring_of_its_destination_and_bows_to_its_side(article: Scene, bow: int) -> None:
    view = fitted(Bounds(129, 41, 133, 44), BOX)
    scene = replace(article, corridors=replace(article.corridors, bow=np.array([bow], np.int8)))
    found = drawn_arcs(scene, view)
    places, c = article.places, article.corridors
    ends = [view.place(places.lon[rows], places.lat[rows])[0] for rows in (c.origin, c.destination)]
    assert np.allclose(found.centre[0, 0], ends[0])
    radius = port_radii(scene, at(scene, scene.seconds))[c.destination[0]]
    assert np.linalg.norm(found.tip[0] - ends[1]) == pytest.approx(radius, rel=0.1)
    chord = ends[1] - ends[0]
    # To the left of travel, with y down, is (dy, -dx); the rise is 2 · ¼ · 0.4 · sin 30° of the chord.
    left = np.array([chord[1], -chord[0]]) / np.linalg.norm(chord)
    aside = (found.centre[0] - ends[0]) @ left
    assert (bow * aside).max() == pytest.approx(0.1 * np.linalg.norm(chord), rel=0.01)
    assert (bow * aside >= -1e-9).all()
    assert np.allclose(np.linalg.norm(found.normal, axis=-1), 1)


def test_direction_is_seen_without_colour(wider: Scene) -> None:
    found = compose(Plate(wider, (wider.seconds,))).panels[0].arcs
    body = across(found.outline(found.body))
    wide = found.body > 4
    assert wide.any()
    assert np.allclose(body[wide, 0], TAPER_FROM * found.body[wide])
    assert (np.diff(body[wide], axis=1) >= -1e-9).all()
    assert (found.taper[:, -1] == 1.0).all()
    assert TAPER_SHARE < 0.5
    for row in range(found.corridor.size):
        left, tip, right = found.head(found.body, row)
        assert np.linalg.norm(left - right) == pytest.approx(found.body[row] + 2 * BARB)
        ahead = (tip - (left + right) / 2) @ (found.centre[row, -1] - found.centre[row, -2])
        assert ahead > 0


def test_a_rim_goes_around_the_arc_and_leaves_the_halo_on_the_map(article: Scene) -> None:
    found = drawn_arcs(article, fitted(Bounds(129, 41, 133, 44), BOX))
    drawn = inked(found, article.corridors.mode, LOOKS["light"])
    assert drawn.part[0] == "casing"
    # Out along one edge and back along the other: what the halo covers is taken off.
    outer = shapely.area(shapely.polygons(found.outline(found.high, beyond=CASING)[0]))
    halo = shapely.area(shapely.polygons(drawn.polygons[drawn.part.index("halo")]))
    length = float(np.linalg.norm(np.diff(found.centre[0], axis=0), axis=1).sum())
    assert shapely.area(shapely.polygons(drawn.polygons[0])) == pytest.approx(outer - halo)
    assert outer - halo > 1.9 * CASING * length


def test_two_modes_between_two_places_have_lanes_of_their_own(article: Scene) -> None:
    c = article.corridors
    two = np.array([0, 0])
    pair = replace(
        c, id=np.array(["a", "b"], object), origin=c.origin[two], destination=c.destination[two],
        mode=np.array([1, 2], np.uint8), reconciled=c.reconciled[two], counted=c.counted[two],
        contested=c.contested[two], inside=c.inside * 2, bow=np.array([1, 2], np.int8),
    )  # fmt: skip
    held = at(article, article.seconds)
    doubled = replace(held, low=held.low[two], best=held.best[two], high=held.high[two], contested=held.contested[two])
    found = drawn_arcs(replace(article, corridors=pair), fitted(Bounds(129, 41, 133, 44), BOX), doubled)
    middle = found.centre[:, found.centre.shape[1] // 2]
    assert np.linalg.norm(middle[0] - middle[1]) > 5


def test_colour_goes_from_pale_to_full(article: Scene) -> None:
    ink = LOOKS["light"]
    found = drawn_arcs(article, fitted(Bounds(129, 41, 133, 44), BOX))
    certain = replace(found, low=found.body, high=found.body)
    drawn = inked(certain, article.corridors.mode, ink)
    colours = drawn.colours[[part == "body" for part in drawn.part]]
    full, pale = (np.array(colour) / 255 for colour in (ink.mode[1], ink.pale))
    away = np.linalg.norm(colours[:, :3] - full, axis=1)
    assert np.allclose(colours[-1, :3], full, atol=0.01)
    assert np.allclose(colours[0, :3], pale * 0.75 + full * 0.25, atol=0.01)
    assert (np.diff(away) <= 1e-9).all()


def test_a_contested_arc_is_dashed_and_an_open_one_fades(article: Scene) -> None:
    found = drawn_arcs(article, fitted(Bounds(129, 41, 133, 44), BOX))
    length = float(np.linalg.norm(np.diff(found.centre[0], axis=0), axis=1).sum())

    def made(part: str, **facts: np.ndarray) -> np.ndarray:
        drawn = inked(replace(found, **facts), article.corridors.mode, LOOKS["light"])
        return drawn.colours[[each == part for each in drawn.part]]

    yes, zero = np.array([True]), np.array([0.0])
    dashed = made("body", contested=yes, low=zero, high=found.body)
    assert len(dashed) == round(length / 20) + 1  # with the head
    opened = made("halo", open=yes, low=zero)
    assert ((opened[:, 3] > 0) & (opened[:, 3] < 0.1)).sum() == 6


def test_an_arc_over_the_edge_of_a_world_map_is_drawn_on_both_sides(article: Scene) -> None:
    places = replace(article.places, lon=np.array([170.0, -170.0]), lat=np.array([10.0, 20.0]))
    scene = replace(article, places=places)
    held = at(scene, scene.seconds)
    world = replace(fitted(Bounds(-179, -60, 179, 70), BOX), projection=Projection(0.0, 0.0, world=True))
    found = drawn_arcs(scene, world, held)
    assert found.corridor.tolist() == [0, 0]
    # Each is as short as the 20° between the ends, not as long as the 340° the other way.
    assert (np.linalg.norm(found.centre[:, -1] - found.centre[:, 0], axis=-1) < 120).all()
    regional = drawn_arcs(scene, fitted(Bounds(168, 5, 192, 25), BOX), held)
    assert regional.corridor.tolist() == [0]
    assert regional.centre[0, 0, 0] < regional.centre[0, -1, 0]
    assert (regional.centre >= 0).all()


def test_the_rings_of_many_places_are_smaller() -> None:
    """As in player/tests/labels.test.ts."""
    assert [largest_port(places) for places in (0, 1, 2, 40, 160)] == [11.0, 11.0, 11.0, 11.0, 7.0]
    assert largest_port(330) == pytest.approx(5.785, abs=5e-4)
    assert largest_port(10**6) > 3.0
