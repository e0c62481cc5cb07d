"""Frames from words, their limits, and the layout pixel."""

from __future__ import annotations

import math

import pytest

from geo.brief.plate.plate import PRESETS, Frame, Plate, Words, read_frame
from geo.errors import BriefError, GeoError
from geo.scene.scene import Scene
from geo.scene.view import Bounds


@pytest.mark.parametrize(
    ("words", "pixels"),
    [
        ("16:9", (1920, 1080)),
        ("4:3", (1600, 1200)),
        ("a4", (2339, 1654)),
        ("A4-portrait", (1654, 2339)),
        ("square", (1080, 1080)),
        ("1200x800", (1200, 800)),
        (" 1200 × 800 px ", (1200, 800)),
        ("180x120mm", (1417, 945)),
        ("180x120mm@300", (2126, 1417)),
        ("1200x800@192", (1200, 800)),
    ],
)
def test_words_become_frames(words: str, pixels: tuple[int, int]) -> None:
    assert read_frame(words).pixels == pixels


@pytest.mark.parametrize(
    "words",
    ["", "huge", "0x0", "100x100", "20000x20000", "1e9x3", "-5x400", "4000x400", "59x80mm", "180x120mm@5", "x" * 10_000,
     "1200.5x800", "nanxnan", "10001x9000", "2000x2000mm@1200"],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_with_what_can(words: str) -> None:
    with pytest.raises(BriefError) as told:
        read_frame(words)
    assert isinstance(told.value, GeoError)
    assert len(str(told.value)) < 400


@pytest.mark.parametrize("frame", [*PRESETS.values(), Frame(4000, 2250), Frame(60, 60, "mm", 600), Frame(400, 400)])
def test_a_layout_pixel_is_a_share_of_the_frame_and_legible(frame: Frame) -> None:
    wide, tall = frame.layout
    assert wide / tall == pytest.approx(frame.width / frame.height)
    assert min(wide, tall) <= 720 + 1e-9
    # The smallest text, 7.5 layout pixels.
    least = 7.5 * frame.layout_inch
    assert least * 72 > 4.6 or least * frame.dpi > 6.3


def test_a_slide_and_its_double_have_one_layout() -> None:
    assert Frame(1920, 1080).layout == pytest.approx(Frame(3840, 2160).layout)


def test_plates_that_make_no_sense_are_refused(article: Scene) -> None:
    end = article.seconds
    for moments in (
        (),
        (0.0, 1.0, 2.0),
        (-1.0,),
        (end + 1.0,),
        (math.nan,),
        (3.0, 2.0, 1.0, 4.0),
        (1.0, 1.0, 2.0, 3.0),
    ):
        with pytest.raises(BriefError):
            Plate(article, moments)
    for fault in ({"window": 0.0}, {"window": math.inf}, {"look": "pink"}, {"view": Bounds(0, 50, 10, 40)}):
        with pytest.raises(BriefError):
            Plate(article, (end,), **fault)  # type: ignore[arg-type]


def test_the_description_holds_all_that_was_asked_for(article: Scene) -> None:
    plain = Plate(article, (article.seconds,))
    others = [
        Plate(article, (article.seconds - 1.0,)),
        Plate(article, (article.seconds,), 86_400.0),
        Plate(article, (article.seconds,), frame=PRESETS["a4"]),
        Plate(article, (article.seconds,), look="dark"),
        Plate(article, (article.seconds,), words=Words(note="x")),
        Plate(article, (article.seconds,), view=Bounds(129, 41, 133, 44)),
        Plate(article, (article.seconds,), version="2"),
        Plate(article, (article.seconds,), data_hash="2"),
    ]
    assert len({each.describe() for each in [plain, *others]}) == len(others) + 1
