""" "About" is said of a range where a source said it, and of no range that a source gave itself."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from geo.brief.plate import captions
from geo.scene import moment
from geo.scene.build import build_scene
from geo.scene.scene import Scene

WIDE = (900.0, 1000.0, 1100.0)


def told(scene: Scene) -> str:
    return captions.sentence(scene, moment.at(scene, scene.seconds), scene.seconds, None)


@pytest.mark.parametrize(("words", "said"), [("about 1,000", "about 1,000 containers"), ("900-1100", "900–1,100")])
def test_a_total_is_told_as_its_source_gave_it(make: SimpleNamespace, words: str, said: str) -> None:
    total = make.total("one", "A>B", "2023-09-01", "2023-09-30", WIDE, quantity_words=words)
    scene = build_scene(make.legs(), make.totals(total), make.events(), make.places(A=(0, 0), B=(1, 1)))
    assert scene.corridors.about.tolist() == [words.startswith("about")]
    assert said in told(scene)
    assert said.split(" containers", maxsplit=1)[0] in scene.reports.summary[0].lower()
    assert ("about" in told(scene)) == words.startswith("about")


def test_one_that_gave_the_range_itself_among_others_is_enough(make: SimpleNamespace) -> None:
    legs = [
        make.leg(
            "A>B", "2023-09-01", "2023-09-02", 1000, containers_low=900, containers_high=1100, containers_words=text
        )
        for text in ("about 1000", "900-1100")
    ]
    places = make.places(A=(0, 0), B=(1, 1))
    for rows, about in ((legs, False), (legs[:1], True), (legs[1:], False)):
        scene = build_scene(make.legs(*rows), make.totals(), make.events(), places)
        assert scene.corridors.about.tolist() == [about]
        assert ("about" in told(scene)) == about
        assert ("about" in scene.reports.summary[0]) == about
