"""What a picture is made of hides nothing and turns nothing, and two names that run to the left keep their order."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from geo.gazetteer.scopes import Scope
from geo.reconcile.explain import explanations
from geo.reconcile.explain.citations import Citation
from geo.safe_text import LRM, legible
from geo.scene import deck
from geo.scene.build import build_scene
from geo.scene.scene import Scene
from geo.scene.wire import to_wire

EVIL = "\u202egnp\u2066.exe Raj\u200bin\0 \U000e0041"
HEBREW, ARABIC = "נמל חיפה", "ميناء"


def scene_of(make: SimpleNamespace, origin: str, destination: str, text: str, url: str) -> Scene:
    places = make.places(A=(10, 10), B=(20, 20))
    places["name"] = [{"A": origin, "B": destination}[code] for code in places["code"]]
    said = {"claimant": text, "outlet": text, "words": text, "url": url, "unit": "container"}
    events = make.events({"date": "2023-09-01", "title": text, "note": text, "source": text, "url": url})
    legs = make.legs(make.leg("A>B", "2023-09-01", None, 10, **said))
    return build_scene(legs, make.totals(), events, places)


def texts_in(value: Any) -> list[str]:  # noqa: ANN401 -- JSON
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts_in(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts_in(each)]
    return [value] if isinstance(value, str) else []


def test_the_browser_is_given_no_text_that_hides_or_turns(make: SimpleNamespace) -> None:
    scene = scene_of(make, EVIL, HEBREW, EVIL, "https://good.example@evil.example")
    told = json.loads(str(to_wire(scene)["scene"]))
    texts = texts_in(told)
    assert any("‹U+202E›" in text for text in texts)
    for text in texts:
        assert legible(text) == text
    assert [report["url"] for report in told["reports"]] == [event["url"] for event in told["events"]] == [""]
    labels = [
        record["label"] for layer in json.loads(deck.to_deck(scene).to_json())["layers"] for record in _records(layer)
    ]
    assert labels
    assert not set("\u202e\u2066\u200b\0") & set("".join(labels))


def _records(layer: dict[str, Any]) -> list[dict[str, Any]]:
    data = layer.get("data")
    return [record for record in data if "label" in record] if isinstance(data, list) else []


def test_a_link_is_given_as_it_is_asked_for(make: SimpleNamespace) -> None:
    told = json.loads(str(to_wire(scene_of(make, "A", "B", "x", "https://ä.example/ö"))["scene"]))
    assert told["reports"][0]["url"] == told["events"][0]["url"] == "https://xn--4ca.example/%C3%B6"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b.example/"])
def test_the_scene_keeps_what_was_given_for_a_link(make: SimpleNamespace, url: str) -> None:
    assert scene_of(make, "A", "B", "x", url).reports.url[0] == url


def test_names_that_run_to_the_left_do_not_change_places(make: SimpleNamespace) -> None:
    """A left-to-right mark after each of them: without it, a reader sees the destination first."""
    scene = scene_of(make, HEBREW, ARABIC, HEBREW, "")
    route = f"{HEBREW}{LRM} → {ARABIC}{LRM}"
    assert scene.title == route
    assert route in scene.reports.summary[0]
    scope = Scope("container", "A", "B", 0)
    assert explanations.flow_name(scope, {"A": HEBREW, "B": ARABIC}) == route
    said = Citation(HEBREW, "about 300", "by 1 Oct 2023", scope)
    assert said.mention == f"{HEBREW}{LRM}, about 300 by 1 Oct 2023"
