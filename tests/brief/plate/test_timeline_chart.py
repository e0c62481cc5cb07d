"""The axis of the strip under a map: two or three lines for any maximum, each with its value, none over another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import formatting
from geo.brief.plate.plate import Plate, read_frame
from geo.brief.plate.timeline_chart import axis
from geo.scene.scene import Scene
from tests.brief.conftest import Composed, Leg


@given(st.integers(2, 10**12), st.floats(0.0, 0.3))
def test_any_maximum_has_two_or_three_lines_with_room_for_their_values(top: int, least: float) -> None:
    lines = axis(top, least)
    assert len(lines) in (2, 3)
    assert lines[-1] <= top * (1 + 1e-9)
    steps = {high - low for low, high in zip([0.0, *lines], lines, strict=False)}
    assert len(steps) == 1
    assert min(steps) >= least * top * (1 - 1e-9)
    assert all(value % 1 == 0 for value in lines)
    # Told in words, no two are the same.
    assert len({formatting.number(value) for value in lines}) == len(lines)


def test_the_roundest_steps_come_first() -> None:
    assert axis(2_200) == [1_000, 2_000]
    assert axis(30_800) == [10_000, 20_000, 30_000]
    assert axis(900) == [400, 800]
    # A value of its own for each thing that is counted.
    assert axis(1) == [1]
    assert axis(0) == axis(0.4) == []


def test_where_two_values_have_no_room_there_is_one_line() -> None:
    assert axis(2_200, 0.8) == [2_000]


@pytest.mark.parametrize(("count", "heading"), [("300", "Containers up to each moment"), ("250 to 300", "band from")])
def test_the_heading_tells_of_a_band_only_where_there_is_one(
    count: str, heading: str, of_legs: Callable[[list[Leg]], Scene], composed: Composed
) -> None:
    scene = of_legs([("A", "B", count, "maritime", "X", (43.0, 131.0), (44.0, 131.0))])  # type: ignore[list-item]
    told = composed(Plate(scene, (scene.seconds,))).text_boxes()
    assert heading in next(each.text for each in told if each.group == "timeline-words")
    assert any("band" in each.text for each in told) == ("to" in count)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 300, 900, 70_466])
@pytest.mark.parametrize("frame", ["16:9", "4:3", "a4", "a4-portrait", "square", "9:16", "960x540"])
def test_every_line_of_a_plate_has_its_value(
    count: int, frame: str, of_legs: Callable[[list[Leg]], Scene], composed: Composed
) -> None:
    scene = of_legs([("A", "B", count, "maritime", "X", (43.0, 131.0), (44.0, 131.0))])
    drawn = composed(Plate(scene, (scene.seconds,), frame=read_frame(frame)))
    if drawn.layout.timeline is None:
        return
    told = [each for each in drawn.text_boxes() if each.group == "timeline-axis"]
    # Of 3 there are three whole lines, for which a low strip has no room.
    assert len(told) in {1: (1,), 3: (1, 3)}.get(count, (2, 3))
    strip = next(each for each in drawn.sheet.figure.artists if each.get_gid() == "timeline")
    lines = [each.get_xydata() for each in strip.get_children() if hasattr(each, "get_xydata")]
    across = [line for line in lines if len(line) == 2 and line[0][1] == line[1][1]]
    assert len(across) == len(told) + 1  # and the base line
    for one in told:
        assert not any(one is not other and one.box.grown(-0.6).meets(other.box.grown(-0.6)) for other in told)
