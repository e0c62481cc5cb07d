"""Routes on plates and slides: where they run, how wide they are, and that every picture says what they are."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
import shapely
from pptx import Presentation

import geo
from geo.brief.formats.slides import save_slides
from geo.brief.pictures import prepared
from geo.brief.plate import legend_words
from geo.brief.plate.arcs import Arcs, arcs
from geo.brief.plate.figure import compose
from geo.brief.plate.panel import port_radii
from geo.brief.plate.plate import PRESETS, Plate
from geo.brief.plate.projection import extent, fitted
from geo.brief.spec.brief import parse_brief
from geo.scene.build import build_scene
from geo.scene.moment import at
from geo.scene.paths import with_routes
from geo.scene.scene import Scene
from geo.scene.view import Bounds
from geo.tables.read import read

BOX = (0.0, 0.0, 1100.0, 520.0)


@pytest.fixture(scope="module")
def routed(article: Scene) -> Scene:
    return with_routes(article)


def scene_of(*rows: str) -> Scene:
    """ "KPRJN,RUVVO,300,maritime" each."""
    legs = "".join(
        f"{origin},{destination},2023-09-01,2023-09-09,{count},{mode}\n"
        for origin, destination, count, mode in (row.split(",") for row in rows)
    )
    head = "origin,destination,depart,arrive,containers,mode\n"
    tables = [
        read(text.encode(), kind, places=geo.places).table
        for kind, text in (
            ("legs", head + legs),
            ("totals", "claimant,said_on,origin,destination,window,quantity\n"),
            ("events", "date,title\n"),
        )
    ]
    return with_routes(build_scene(*tables, geo.places.frame))  # type: ignore[arg-type]


def drawn_on(scene: Scene) -> tuple[Arcs, object]:
    view = fitted(extent(scene), BOX)
    held = at(scene, scene.seconds)
    return arcs(scene, held, view, port_radii(scene, held)), view


def test_a_route_runs_where_the_route_does_from_its_port_to_the_ring_of_the_other(routed: Scene) -> None:
    found, view = drawn_on(routed)
    paths = routed.paths
    assert paths is not None
    line = shapely.linestrings(view.place(view.projection.near(paths.lon), paths.lat))  # type: ignore[attr-defined]
    away = shapely.distance(shapely.points(found.centre[0]), line)
    assert away.max() < 8.0  # at its turns, less than its own half width
    assert np.median(away) < 1.0
    assert np.allclose(found.centre[0, 0], shapely.get_coordinates(line)[0])
    to = int(routed.corridors.destination[0])
    ring = port_radii(routed, at(routed, routed.seconds))[to]
    assert np.linalg.norm(found.tip[0] - shapely.get_coordinates(line)[-1]) == pytest.approx(ring, rel=0.15)


def test_a_route_is_as_wide_as_its_arc_was_and_has_the_same_range(article: Scene, routed: Scene) -> None:
    one, other = drawn_on(article)[0], drawn_on(routed)[0]
    for name in ("corridor", "low", "body", "high", "open", "contested"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    half = other.centre.shape[1] // 2
    left, right = other.outline(other.body)[0][[half, -1 - half]]
    assert np.linalg.norm(left - right) == pytest.approx(float(other.body[0]))


def test_rail_keeps_its_arc_beside_routes() -> None:
    scene = scene_of("RUVVO,CNDLC,300,maritime", "RUVVO,CNDLC,200,rail")
    found, view = drawn_on(scene)
    held = at(scene, scene.seconds)
    plain = arcs(replace(scene, paths=None), held, view, port_radii(scene, held))  # type: ignore[arg-type]
    by_mode = {int(scene.corridors.mode[row]): at for at, row in enumerate(found.corridor)}
    own = {int(scene.corridors.mode[row]): at for at, row in enumerate(plain.corridor)}
    rail = np.linalg.norm(found.centre[by_mode[2], [0, -1]] - plain.centre[own[2], [0, -1]], axis=1)
    assert rail.max() < 1e-9
    straight = [shapely.linestrings(found.centre[by_mode[mode]]) for mode in (1, 2)]
    assert straight[0].length > 1.05 * straight[1].length


def test_both_ways_lie_side_by_side_and_do_not_hide_one_another() -> None:
    found, _ = drawn_on(scene_of("RUVVO,USLAX,300,maritime", "USLAX,RUVVO,200,maritime"))
    one, other = (shapely.linestrings(line) for line in found.centre)
    middle = [shapely.line_interpolate_point(one, share, normalized=True) for share in np.linspace(0.3, 0.7, 9)]
    apart = shapely.distance(np.array(middle), other)
    assert apart == pytest.approx(found.body.sum() / 2, rel=0.06)


def test_on_a_map_of_the_world_a_route_over_its_edge_is_drawn_twice() -> None:
    scene = scene_of("CNSHA,USLAX,300,maritime", "NLRTM,CNSHA,200,maritime", "NLRTM,USLAX,100,maritime")
    found, view = drawn_on(scene)
    assert view.projection.world  # type: ignore[attr-defined]
    assert np.isfinite(found.centre).all()
    ids = [str(scene.corridors.id[row]) for row in found.corridor]
    assert {each: ids.count(each) for each in ids} == {"CNSHA>USLAX>1": 1, "NLRTM>CNSHA>1": 1, "NLRTM>USLAX>1": 2}
    assert list(found.body) == sorted(found.body, reverse=True)


def test_a_close_view_of_a_long_route_still_follows_it() -> None:
    scene = scene_of("NLRTM,CNSHA,300,maritime")
    held = at(scene, scene.seconds)
    view = fitted(Bounds(32.0, 27.0, 36.0, 31.5), BOX)
    found = arcs(scene, held, view, port_radii(scene, held))
    inside = (found.centre[0] > 0).all(axis=1) & (found.centre[0] < [1100.0, 520.0]).all(axis=1)
    assert np.count_nonzero(inside) > 40


def test_the_picture_says_that_a_route_was_not_observed(article: Scene, routed: Scene) -> None:
    plain, drawn = (compose(Plate(scene, (scene.seconds,))) for scene in (article, routed))
    told, before = (" ".join(box.text for box in each.text_boxes()) for each in (drawn, plain))
    assert "sea routes: indicative, not observed" in told
    assert "Indicative sea route, not" in told
    assert legend_words.ROUTE in drawn.description
    for words in (before, plain.description):
        assert "ndicative" not in words
    assert Plate(routed, (0.0,)).describe() != Plate(article, (0.0,)).describe()


def test_words_of_routes_name_what_is_no_matter_of_course(routed: Scene) -> None:
    every = np.ones(routed.corridors.id.size, bool)
    assert legend_words.routes_words(routed, every) == legend_words.ROUTE
    assert legend_words.routes_words(routed, ~every) == ""
    assert routed.paths is not None
    few = replace(routed, paths=replace(routed.paths, left=12))
    assert legend_words.routes_words(few, every).endswith("; 12 of the smaller ones are arcs")
    crowded = replace(routed, paths=replace(routed.paths, overlap=True))
    assert "narrower than their sum" in legend_words.routes_words(crowded, every)
    unstated = replace(routed, corridors=replace(routed.corridors, mode=np.zeros(every.size, np.uint8)))
    assert "where no mode is stated" in legend_words.routes_words(unstated, every)


@pytest.mark.parametrize("frame", ["16:9", "4:3", "square", "9:16"])
def test_every_word_about_routes_is_in_the_legend(routed: Scene, frame: str) -> None:
    assert routed.paths is not None
    crowded = replace(routed, paths=replace(routed.paths, overlap=True, left=12, unstated=True))
    drawn = compose(Plate(crowded, (crowded.seconds,), frame=PRESETS[frame]))
    told = " ".join(box.text for box in drawn.text_boxes() if box.group == "legend")
    assert legend_words.used(crowded, [at(crowded, crowded.seconds, None)]).routes in told


def test_on_a_slide_a_route_is_a_group_of_native_shapes_that_turns_with_it(routed: Scene) -> None:
    out = io.BytesIO()
    save_slides([Plate(routed, (routed.seconds,))], out, carry={})
    out.seek(0)
    shapes = [shape for shape in walked(Presentation(out).slides[0].shapes) if shape.name.startswith("best estimate")]
    assert len(shapes) == 1
    outline = shapes[0]._element.xpath(".//a:path//a:pt")
    assert len(outline) > 100


def walked(shapes: object) -> list:  # type: ignore[type-arg]
    return [each for shape in shapes for each in (shape, *walked(getattr(shape, "shapes", ())))]  # type: ignore[attr-defined]


def test_a_brief_asks_for_routes(routed: Scene) -> None:
    brief = parse_brief('picture.paths = "routes"')
    assert brief.paths == "routes"
    assert 'paths = "routes"' in brief.toml()
    scene = prepared(brief).scene
    assert scene.paths is not None
    assert routed.paths is not None
    assert np.array_equal(scene.paths.lon, routed.paths.lon)
    assert prepared(replace(brief, paths="arcs")).scene.paths is None
