from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import player
from geo.errors import SceneError
from geo.scene.style import FULL_WIDTH_PX, LEAST_FULL_WIDTH_PX, LEAST_OPACITY, PALETTES, Style, scale
from tests.contrast import contrast

VOLUMES = st.floats(1e-3, 1e12)


@given(VOLUMES, VOLUMES, st.floats(0, 1))
def test_width_is_linear_from_zero_above_the_floor(largest: float, volume: float, share: float) -> None:
    style = scale(largest)
    assert float(style.width(volume)) == pytest.approx(max(1.0, FULL_WIDTH_PX * volume / largest))
    assert float(style.width(largest * share)) >= (1.0 if largest * share > 0 else 0.0)


def test_nothing_has_no_width_and_little_has_the_floor() -> None:
    assert scale(1000.0).width(np.array([0.0, 1e-6, 500.0, 1000.0])).tolist() == [0.0, 1.0, 16.0, 32.0]


def test_a_scale_may_be_typed_in_and_shared() -> None:
    assert scale(10.0, 1000.0) == scale(999.0, 1000.0)
    for wrong in (0.0, -5.0, math.nan, math.inf):
        with pytest.raises(SceneError, match="more than 0"):
            scale(10.0, wrong)


def test_without_volume_there_is_no_scale() -> None:
    style = scale(0.0)
    assert style.legend() == []
    assert style.full_volume == 0.0
    assert float(style.width(0.0)) == 0.0


@given(VOLUMES)
def test_the_width_key_is_in_round_numbers_within_the_scale(largest: float) -> None:
    style = scale(largest)
    key = style.legend()
    volumes = [volume for volume, _ in key]
    assert volumes
    assert volumes == sorted(set(volumes), reverse=True)
    assert volumes[0] <= largest * (1 + 1e-9)
    assert volumes[0] >= largest / 2.5 * (1 - 1e-9)
    for volume, width in key:
        digits = volume / 10 ** math.floor(math.log10(volume) + 1e-9)
        assert round(digits, 6) in (1, 2, 5)
        assert width == float(style.width(volume))


def test_the_width_key_of_the_first_scene() -> None:
    assert [volume for volume, _ in scale(2200.0).legend()] == [2000, 500, 200]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_arcs_stand_out_from_land_and_sea(theme: str) -> None:
    palette = PALETTES[theme]  # type: ignore[index]

    for colour in palette.mode.values():
        assert contrast(colour, palette.land) >= 3
        assert contrast(colour, palette.sea) >= 3


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_base_map_can_be_read(theme: str) -> None:
    palette = PALETTES[theme]  # type: ignore[index]
    assert contrast(palette.sea, palette.land) >= 1.25
    for name in (palette.country, palette.city, palette.water, palette.label):
        assert contrast(name, palette.land) >= 4.5
        assert contrast(name, palette.sea) >= 4.5
    assert contrast(palette.border, palette.land) >= 1.5


def test_the_browser_draws_in_the_same_colours() -> None:
    said = (Path(player.__file__).parent / "src" / "theme.ts").read_text(encoding="utf-8")
    for palette in PALETTES.values():
        for name in ("sea", "land", "border", "country", "city", "water"):
            red, green, blue = getattr(palette, name)
            assert f"{name}: '#{red:02X}{green:02X}{blue:02X}'" in said


def test_a_style_checks_itself() -> None:
    with pytest.raises(ValueError, match="per_unit"):
        Style(per_unit=math.nan)


@given(st.integers(0, 100_000), st.integers(1, 1_000))
def test_more_corridors_are_no_wider_and_no_darker(corridors: int, more: int) -> None:
    few, many = scale(1000.0, corridors=corridors), scale(1000.0, corridors=corridors + more)
    assert LEAST_FULL_WIDTH_PX <= many.full_width <= few.full_width <= FULL_WIDTH_PX
    assert LEAST_OPACITY <= many.opacity <= few.opacity <= 1
    assert float(few.width(1000.0)) == pytest.approx(few.full_width)


def test_a_reader_chooses_the_width_within_bounds() -> None:
    assert scale(1000.0, corridors=300, width=40.0).full_width == 40.0
    for width in (3.9, 64.1, float("nan")):
        with pytest.raises(SceneError, match="between 4 and 64 px"):
            scale(1000.0, width=width)
