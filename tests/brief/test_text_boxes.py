"""No text meets another or leaves the sheet, as the renderer measures them: any frame, script and number of sources."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.brief.plate.figure import Drawn, compose
from geo.brief.plate.labels import Box
from geo.brief.plate.plate import PRESETS, Plate, Words, read_frame
from geo.scene.scene import Scene
from tests.pairs import pairwise

FRAMES = [*PRESETS, "640x360", "400x900", "1200x340", "120x90mm", "480x480"]
NAMES = {
    "latin": ("Rason", "Vladivostok"),
    "cyrillic": ("Расон", "Владивосток"),
    "hangul": ("라선", "블라디보스토크"),
    "chinese": ("罗先", "海参崴"),
}
HANDLED = Words(handling="TLP:AMBER+STRICT", note="A note that says what the reader should keep in mind. " * 3)


def check(drawn: Drawn) -> None:
    """Texts stay on the sheet and apart. A hair of tolerance: glyphs may lean out of their advance."""
    sheet = Box(0, 0, drawn.sheet.width, drawn.sheet.height).grown(0.5)
    boxes = drawn.text_boxes()
    assert boxes
    for each in boxes:
        assert sheet.holds(each.box), (each.text, each.box, sheet)
    for a, b in itertools.combinations(boxes, 2):
        assert not a.box.grown(-0.6).meets(b.box.grown(-0.6)), (a, b)


@pytest.mark.parametrize(("frame", "script", "sources"), pairwise(FRAMES, list(NAMES), [1, 40]))
def test_texts_stay_apart(
    frame: str,
    script: str,
    sources: int,
    renamed: Callable[..., Scene],
    square_font: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WAYBILL_FONTS", str(square_font))
    scene = renamed(NAMES[script], sources)
    drawn = compose(
        Plate(scene, (scene.seconds,), frame=read_frame(frame), words=HANDLED, version="1", data_hash="ab" * 32)
    )
    check(drawn)
    assert sum(drawn.sources) == sources


@pytest.mark.parametrize("frame", [*PRESETS, "400x900", "480x480"])
def test_a_long_handling_line_stands_whole_above_and_below(frame: str, wider: Scene) -> None:
    marking = "TLP:AMBER+STRICT, " + "for named recipients only, " * 6 + "not for release to the press"
    drawn = compose(Plate(wider, (wider.seconds,), frame=read_frame(frame), words=Words(handling=marking)))
    check(drawn)
    lines = [each for each in drawn.text_boxes() if each.group == "handling"]
    told = " ".join(each.text for each in lines)
    assert told == f"{marking} {marking}"
    middle = drawn.sheet.height / 2
    assert sum(each.box.bottom < middle for each in lines) == sum(each.box.top > middle for each in lines) > 0


@pytest.mark.parametrize("count", [4, 6])
@pytest.mark.parametrize("frame", ["16:9", "a4-portrait", "square", "960x540"])
def test_texts_of_small_multiples_stay_apart(count: int, frame: str, wider: Scene) -> None:
    moments = tuple(wider.seconds * (part + 1) / count for part in range(count))
    check(compose(Plate(wider, moments, frame=read_frame(frame), words=HANDLED)))


@pytest.mark.parametrize("frame", [*PRESETS, "640x360"])
def test_texts_of_contested_flows_stay_apart(frame: str, wider: Scene) -> None:
    check(compose(Plate(wider, (wider.seconds * 0.6,), 90 * 86_400.0, frame=read_frame(frame))))


@pytest.mark.parametrize("frame", ["16:9", "square"])
@pytest.mark.parametrize(
    "name",
    [
        "x" * 10_000,
        "word " * 2_000,
        "$\\frac{1}{2}$ $x^2$ ${}",
        "a\nb\tc\x00d\x07e\u202ef\u2028g",
        "<b>&amp;</b>",
        "🚢 ship",
        "%s {0}",
    ],
    ids=["long", "words", "mathtext", "control", "markup", "emoji", "format"],
)
def test_hostile_names_are_plain_text(name: str, frame: str, renamed: Callable[..., Scene]) -> None:
    scene = renamed((name, name), 3, summary=name, url="javascript:alert(1)")
    words = Words(title=name, subtitle=name, handling=name, note=name)
    drawn = compose(Plate(scene, (scene.seconds,), frame=read_frame(frame), words=words, version=name, data_hash=name))
    check(drawn)
    for each in drawn.text_boxes():
        # Names of countries are spaced by thin spaces of ours.
        assert all(letter.isprintable() for letter in each.text.replace("\u2009", "")), each
    if "frac" in name:
        assert any("$\\frac{1}{2}$" in each.text for each in drawn.text_boxes())
    assert all(not text.get_url() for _, text in drawn.sheet.texts)
