"""Gradients of a slide: each place once, true colours at the edges, and an end to the search for few stops."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from geo.brief.formats.slides import save_slides
from geo.brief.formats.slides_shapes import gradient
from geo.brief.plate.plate import Plate
from geo.scene.scene import Scene
from geo.scene.view import Bounds

COLOURS = st.tuples(*[st.floats(0, 1)] * 3, st.just(1.0))
POSITION = re.compile(r'<a:gs pos="(\d+)"><a:srgbClr val="([0-9A-F]{6})"')


def stops(xml: str) -> list[tuple[float, tuple[int, ...]]]:
    return [(int(at) / 1e5, tuple(bytes.fromhex(value))) for at, value in POSITION.findall(xml)]


def check(found: list[tuple[float, tuple[int, ...]]]) -> None:
    shares = [at for at, _ in found]
    assert len(shares) >= 2
    assert shares[0] == 0.0
    assert shares[-1] <= 1.0
    assert shares == sorted(set(shares))


@given(st.lists(st.tuples(st.sampled_from([-3.0, -0.5, 0.0, 0.25, 0.25, 1.0, 4.0]), COLOURS), min_size=1, max_size=12))
def test_several_colours_at_one_place_and_beyond_the_box_come_to_an_end(
    given: list[tuple[float, tuple[float, ...]]],
) -> None:
    check(stops(gradient(given, 30.0)))


def test_what_shows_at_the_edge_is_the_colour_on_the_way_and_not_the_last_one() -> None:
    # From black to white over three widths of the box, which stands in the middle of them.
    shown = stops(gradient([(-1.0, (0, 0, 0, 1)), (2.0, (1, 1, 1, 1))], 0.0))
    assert [each[1][0] for each in shown] == [85, 170]


@pytest.mark.parametrize("view", [(125, 40, 135, 50), (131, 42.5, 131.5, 43), (100, 30, 140, 60)])
def test_arcs_that_leave_the_map_make_a_slide(wider: Scene, view: tuple[float, float, float, float]) -> None:
    out = io.BytesIO()
    save_slides([Plate(wider, (wider.seconds * 0.8,), view=Bounds(*view))], out)
    page = Presentation(out).slides[0]
    gradients = list(page.element.iter("{*}gradFill"))
    assert gradients
    for each in gradients:
        check(stops(re.sub(r' xmlns:\w+="[^"]+"', "", _text(each))))


def _text(element: object) -> str:
    from lxml import etree

    return str(etree.tostring(element, encoding="unicode"))


def test_a_gradient_of_one_colour_has_two_stops() -> None:
    shown = stops(gradient([(float(at), (0.2, 0.4, 0.6, 1.0)) for at in np.linspace(0, 1, 9)], 0.0))
    assert len(shown) == 2
