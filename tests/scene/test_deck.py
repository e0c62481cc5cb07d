# ruff: noqa: ANN401 -- JSON, and pydeck is not typed

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

import geo
from geo.scene.build import build_scene, empty_scene
from geo.scene.deck import spec, to_deck
from geo.scene.paths import with_routes
from geo.scene.scene import Scene
from geo.scene.view import bounds, view_state

LAYERS = ["land", "corridors-halo", "corridors", "corridors-core", "ports", "labels"]


def layers(deck: Any) -> dict[str, Any]:
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def arc(deck: Any, corridor: str) -> Any:
    return next(row for row in layers(deck)["corridors"]["data"] if row["id"] == corridor)


def test_the_layers_and_no_base_map(zoo: Scene) -> None:
    deck = to_deck(zoo)
    assert list(layers(deck)) == LAYERS
    text = deck.to_json()
    assert "http" not in text.replace("https://example.org", "")
    assert json.loads(text).get("mapProvider") is None


def test_width_is_linear_in_volume_at_the_moment(zoo: Scene) -> None:
    late, end = to_deck(zoo, datetime(2023, 9, 13, tzinfo=UTC)), to_deck(zoo)
    name = "VLADIVOSTOK>RASON>1"
    assert arc(late, name)["width"] == pytest.approx(max(1, 40 * zoo.style.per_unit))
    row = arc(end, "RASON>VLADIVOSTOK>1")
    assert row["width"] == pytest.approx(2000 * zoo.style.per_unit)
    assert (row["low_width"], row["high_width"]) == (
        pytest.approx(0.9 * row["width"]),
        pytest.approx(1.1 * row["width"]),
    )
    assert row["label"] == "Rason → Vladivostok\n1,800–2,200 containers"


def test_the_range_is_drawn_before_anything_is_certain(zoo: Scene) -> None:
    row = arc(to_deck(zoo, datetime(2023, 8, 2, tzinfo=UTC)), "RASON>VLADIVOSTOK>1")
    assert row["low_width"] == 0
    assert row["high_width"] == pytest.approx(1199 * zoo.style.per_unit)


def test_a_window_forgets_what_was_before(zoo: Scene) -> None:
    moment = datetime(2023, 9, 16, tzinfo=UTC)
    rows = {row["id"]: row for row in layers(to_deck(zoo, moment, window=3 * 86_400))["corridors"]["data"]}
    assert set(rows) == {
        "RASON>VLADIVOSTOK>1",
        "DUNAY>TIKHORETSK>2",
        "KOREA>PRIMORYE>0",
        "FIJI>SAMOA>4",
        "SAMOA>FIJI>0",
    }
    # At most 2,200 by then, of which 480 were certainly there three days before.
    assert rows["RASON>VLADIVOSTOK>1"]["label"] == "Rason → Vladivostok\n0–1,720 containers"


def test_what_the_claimants_cannot_agree_on_is_seen_and_said(zoo: Scene) -> None:
    name = "KOREA>PRIMORYE>0"
    before, after = (arc(to_deck(zoo, datetime(2023, 9, day, tzinfo=UTC)), name) for day in (17, 18))
    assert (before["body_target"][3], after["body_target"][3]) == (255, 128)
    assert after["label"] == "Korea → Primorye\ncontested: 1,301–4,001 or more containers"
    assert "contested" not in before["label"]


def test_a_port_counts_what_lies_in_an_area_once(make: SimpleNamespace) -> None:
    places = make.places(A=(0, 0), B=(1, 1), C=(2, 2), LAND=(1.5, 1.5, 100), within={"B": "LAND", "C": "LAND"})
    totals = make.totals(
        make.total("whole", "A>LAND", "2023-09-01", "2023-09-30", (90, 100, 110)),
        make.total("some", "A>B", "2023-09-01", "2023-09-30", (40, 40, 40)),
    )
    ports = layers(to_deck(build_scene(make.legs(), totals, make.events(), places)))["ports"]["data"]
    assert [port["label"] for port in ports] == [
        "A\n100 containers in and out",
        "B\n40 containers in and out",
        "Land\n100 containers in and out",
    ]


def test_an_open_high_says_at_least_and_ends_in_a_fade(zoo: Scene) -> None:
    row = arc(to_deck(zoo), "SAMOA>FIJI>0")
    assert "at least 198" in row["label"]
    assert row["high_width"] > row["width"] + 10


def test_the_short_way_across_the_antimeridian(zoo: Scene) -> None:
    row = arc(to_deck(zoo), "FIJI>SAMOA>4")
    assert row["source"][0] == pytest.approx(178.44)
    assert row["target"][0] == pytest.approx(188.24)
    back = arc(to_deck(zoo), "SAMOA>FIJI>0")
    assert back["source"][0] == pytest.approx(188.24)
    assert back["target"][0] == pytest.approx(178.44)


def test_markup_in_a_name_stays_text(make: SimpleNamespace) -> None:
    places = make.places(A=(0, 0), B=(1, 1))
    places["name"] = ["<img src=x onerror=alert(1)>", "B"]
    scene = build_scene(make.legs(make.leg("A>B", "2023-09-01", None, 1)), make.totals(), make.events(), places)
    deck = to_deck(scene)
    assert deck._tooltip == {"text": "{label}"}
    assert layers(deck)["labels"]["data"][0]["name"].startswith("<img")


def test_the_light_theme_has_its_own_colours(zoo: Scene) -> None:
    assert layers(to_deck(zoo, theme="light"))["land"]["getFillColor"] == [0xF7, 0xF4, 0xEE]
    assert layers(to_deck(zoo))["land"]["getFillColor"] == [0x26, 0x32, 0x3C]


def test_the_spec_is_the_deck_without_data(zoo: Scene) -> None:
    text = spec(zoo)
    content = json.loads(text)
    assert [layer["id"] for layer in content["layers"]] == LAYERS
    assert all(layer["data"] == [] for layer in content["layers"])
    assert content["initialViewState"] == json.loads(to_deck(zoo).to_json())["initialViewState"]
    assert "\n" not in text
    assert len(text) < 4_000


def test_an_empty_scene_has_a_deck() -> None:
    deck = to_deck(empty_scene())
    assert layers(deck)["corridors"]["data"] == []
    assert layers(deck)["land"]["data"]["features"]


def test_bounds_hold_areas_and_cross_the_antimeridian(zoo: Scene, make: SimpleNamespace) -> None:
    found = bounds(zoo)
    assert (found.west, found.east) == (pytest.approx(40.11), pytest.approx(188.24))
    legs = make.legs(make.leg("A>B", "2023-09-01", None, 1))
    around = bounds(build_scene(legs, make.totals(), make.events(), make.places(A=(179, 60, 111.195), B=(-179, 60))))
    assert (around.west, around.east) == (pytest.approx(177), pytest.approx(181))
    assert (around.south, around.north) == (pytest.approx(59), pytest.approx(61))
    assert abs(view_state(around)["longitude"]) == pytest.approx(179)


def test_a_single_point_and_a_pole_have_a_view(make: SimpleNamespace) -> None:
    legs = make.legs(make.leg("A>B", "2023-09-01", None, 1))
    for point in ((10.0, 10.0), (0.0, 90.0), (180.0, -90.0)):
        scene = build_scene(legs, make.totals(), make.events(), make.places(A=point, B=point))
        view = view_state(bounds(scene))
        assert 0.5 < view["zoom"] < 9
        assert -85 < view["latitude"] < 85
        assert to_deck(scene).to_json()


def test_no_map_is_fetched_in_a_notebook_or_by_streamlit(zoo: Scene) -> None:
    spec = json.loads(to_deck(zoo).to_json())
    assert (
        spec["mapStyle"] == "__MAP_STYLE__"
    )  # pydeck's word for "none was chosen"; any other makes Streamlit fetch one
    assert "mapProvider" not in spec
    assert "http" not in json.dumps({name: value for name, value in spec.items() if name != "layers"})


def test_routes_are_paths_as_wide_as_arcs_and_what_has_none_stays_an_arc(make: SimpleNamespace) -> None:
    legs = make.legs(
        make.leg("KPRJN>RUVVO", "2023-09-01", None, 100, mode=1),
        make.leg("KPRJN>RUVVO", "2023-09-01", None, 50, mode=2),
    )
    scene = build_scene(legs, make.totals(), make.events(), geo.places.frame)
    plain, routed = layers(to_deck(scene)), layers(to_deck(with_routes(scene)))
    assert list(routed) == [*LAYERS[:4], "routes-halo", "routes", "routes-core", *LAYERS[4:]]
    assert [row["id"] for row in routed["corridors"]["data"]] == ["KPRJN>RUVVO>2"]
    (row,) = routed["routes"]["data"]
    before = next(each for each in plain["corridors"]["data"] if each["id"] == "KPRJN>RUVVO>1")
    assert {name: row[name] for name in ("width", "label")} == {name: before[name] for name in ("width", "label")}
    assert row["path"][0] == pytest.approx(before["source"], abs=1e-4)
    assert row["path"][-1] == pytest.approx(before["target"], abs=1e-4)
    assert len(row["body"]) == len(row["path"]) > 5
    assert (row["body"][0], row["body"][-1]) == (before["body_source"], before["body_target"])
