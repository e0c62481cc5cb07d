"""The planes of a film's frames against ITU-R BT.709, whole or changed in part."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from geo.arrays import Bytes
from geo.brief.formats.film_planes import Planes

PAPER = (255, 255, 255)


def _split(flat: Bytes, size: tuple[int, int]) -> tuple[Bytes, Bytes, Bytes]:
    wide, tall = size
    luma, u, v = np.split(flat, [wide * tall, wide * tall * 5 // 4])
    return luma.reshape(tall, wide), u.reshape(tall // 2, -1), v.reshape(tall // 2, -1)


def _random(seed: int, wide: int, tall: int) -> Bytes:
    made = np.random.default_rng(seed).integers(0, 256, (tall, wide, 4), np.uint8)
    made[..., 3] = 255
    return made


def _by_the_standard(frame: Bytes) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """E'Y, E'PB and E'PR of section 3 in double precision, then their 8-bit form; frames with even sides."""
    red, green, blue = (frame[..., channel] / 255 for channel in range(3))
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    pb, pr = (blue - y) / 1.8556, (red - y) / 1.5748
    small = [(each[::2, ::2] + each[1::2, ::2] + each[::2, 1::2] + each[1::2, 1::2]) / 4 for each in (pb, pr)]
    return 219 * y + 16, 224 * small[0] + 128, 224 * small[1] + 128


@pytest.mark.parametrize(
    ("colour", "planes"),
    [
        ((0, 0, 0), (16, 128, 128)),
        ((255, 255, 255), (235, 128, 128)),
        ((255, 0, 0), (63, 102, 240)),
        ((0, 255, 0), (173, 42, 26)),
        ((0, 0, 255), (32, 240, 118)),
    ],
)
def test_pure_colours_are_as_the_standard_has_them(colour: tuple[int, ...], planes: tuple[int, ...]) -> None:
    frame = np.full((8, 16, 4), (*colour, 0), np.uint8)
    for plane, level in zip(_split(Planes(16, 8, PAPER).of(frame), (16, 8)), planes, strict=True):
        assert (plane == level).all()


@pytest.mark.parametrize(("wide", "tall"), [(16, 8), (18, 10), (64, 48), (34, 2)])
def test_any_picture_is_off_by_its_rounding_alone(wide: int, tall: int) -> None:
    frame = _random(5, wide, tall)
    for plane, exact in zip(
        _split(Planes(wide, tall, PAPER).of(frame), (wide, tall)), _by_the_standard(frame), strict=True
    ):
        assert plane.shape == exact.shape
        assert np.abs(plane - exact).max() <= 0.501


def test_odd_sides_end_in_paper() -> None:
    planes = Planes(13, 9, (0, 0, 0))
    assert planes.size == (14, 10)
    luma, _, _ = _split(planes.of(np.full((9, 13, 4), 255, np.uint8)), (14, 10))
    assert (luma[:9, :13] == 235).all()
    assert (luma[9] == 16).all()
    assert (luma[:, 13] == 16).all()


@given(
    st.integers(1, 40),
    st.integers(1, 40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39), st.integers(0, 255)), max_size=6),
)
def test_a_film_in_parts_is_its_frames_one_by_one(wide: int, tall: int, changes: list[tuple[int, int, int]]) -> None:
    frame = _random(1, wide, tall)
    reel = Planes(wide, tall, PAPER)
    reel.of(frame)
    for x, y, level in changes:
        frame[y % tall, x % wide, :3] = level
        assert (reel.of(frame) == Planes(wide, tall, PAPER).of(frame)).all()


def test_a_frame_is_not_held_on_to() -> None:
    """The next frame comes in the same array, and what was given out before stays as it was."""
    frame = _random(2, 16, 16)
    reel = Planes(16, 16, PAPER)
    first = reel.of(frame)
    before = first.copy()
    frame[..., :3] = 0
    assert (reel.of(frame)[: 16 * 16] == 16).all()
    assert (first == before).all()
