"""The largest corridors, and what a map that shows them alone still says of all."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from geo.scene.build import build_scene
from geo.scene.largest import drawn, largest, places_of
from geo.scene.moment import at
from geo.scene.scene import Scene


@pytest.fixture
def scene(make: SimpleNamespace) -> Scene:
    """Five corridors from A, to B with 10 containers up to F with 50."""
    ends = "BCDEF"
    legs = make.legs(*(make.leg(f"A>{end}", "2023-09-01", "2023-09-03", 10 * (k + 1)) for k, end in enumerate(ends)))
    places = make.places(A=(0.0, 0.0), **{end: (10.0 + k, 5.0) for k, end in enumerate(ends)})
    return build_scene(legs, make.totals(), make.events(), places)


def test_each_more_adds_the_next_largest(scene: Scene) -> None:
    names = [str(each) for each in scene.corridors.id]
    for count in range(1, 5):
        kept = largest(scene, count)
        assert {names[row][2] for row in np.flatnonzero(kept)} == set("FEDCB"[:count])


@pytest.mark.parametrize("count", [0, 5, 6, 100])
def test_all_are_drawn_where_no_fewer_are_asked_for(scene: Scene, count: int) -> None:
    assert largest(scene, count).all()


def test_sums_stay_those_of_all(scene: Scene) -> None:
    held = at(scene, scene.seconds)
    kept = largest(scene, 2)
    shown = drawn(held, kept)
    assert shown.total == held.total
    assert shown.visible == held.visible
    assert shown.best[kept].tolist() == held.best[kept].tolist()
    assert not shown.best[~kept].any()
    assert not shown.high[~kept].any()


def test_only_ends_of_drawn_corridors_are_drawn(scene: Scene) -> None:
    found = places_of(scene, largest(scene, 1))
    assert sorted(str(code) for code in scene.places.code[found]) == ["A", "F"]
