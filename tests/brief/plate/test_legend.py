"""What a plate draws is explained on it, whatever its frame; where there is no room for that, it is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geo.brief.plate import captions, legend_words
from geo.brief.plate.figure import Drawn
from geo.brief.plate.palettes import LOOKS, hex_of
from geo.brief.plate.plate import PRESETS, Plate, read_frame
from geo.errors import BriefError
from geo.scene.moment import at
from geo.scene.scene import Scene
from tests.brief.conftest import Composed, Leg


def said(drawn: Drawn) -> str:
    return " ".join(each.text for each in drawn.text_boxes() if each.group == "legend")


def check(drawn: Drawn, scene: Scene, plate: Plate) -> None:
    """The largest volume of the key, the floor, and a sample of every sign that is drawn."""
    told, used = said(drawn), legend_words.used(scene, [at(scene, t, plate.window) for t in plate.moments])
    assert legend_words.key_title(scene) in told
    assert drawn.legend[0][0] == scene.style.legend()[0][0]
    assert legend_words.floor_words(scene) in told
    signs = {legend_words.CONTESTED: used.contested, legend_words.OPEN: used.open, legend_words.AREA: used.areas}
    assert [text for text, drawn_ in signs.items() if drawn_ and text not in told] == []
    assert all(text in told for text in legend_words.DOUBT) or not used.doubt
    modes = [captions.MODE_WORDS[mode] for mode in used.modes]
    assert [each for each in modes if f"{each[:1].upper()}{each[1:]}" not in told] == []


@pytest.mark.parametrize("frame", [*PRESETS, "640x360", "400x900", "1200x340", "100x80mm", "480x480", "320x320"])
def test_a_plate_is_explained_or_refused(frame: str, article: Scene, wider: Scene, composed: Composed) -> None:
    for scene in (article, wider):
        plate = Plate(scene, (scene.seconds,), frame=read_frame(frame))
        try:
            check(composed(plate), scene, plate)
        except BriefError as told:
            assert frame not in PRESETS, frame
            assert "leave no room for a map" in str(told)  # noqa: PT017 -- either is right, silence is not


def test_presets_explain_the_direction_as_well(wider: Scene, composed: Composed) -> None:
    for frame in PRESETS:
        assert legend_words.DIRECTION in said(composed(Plate(wider, (wider.seconds,), frame=read_frame(frame)))), frame


def test_a_range_cites_only_what_is_listed(of_legs: Callable[[list[Leg]], Scene], composed: Composed) -> None:
    ends = [(43.0 + n, 131.0) for n in range(2)]
    scene = of_legs([("A", "B", 90, "maritime", f"The committee {n}", *ends) for n in range(3)])
    for frame in ("480x480", "640x360", "16:9"):
        drawn = composed(Plate(scene, (scene.seconds,), frame=read_frame(frame)))
        said_ = [each.text.strip(",") for each in drawn.text_boxes() if each.group == "sources"]
        runs = [text.split("–") for text in said_ if text.replace("–", "").isdigit()]
        listed = {str(number) for run in runs for number in range(int(run[0]), int(run[-1]) + 1)}
        cited = [line.partition("[")[2].strip("]").split(", ") for panel in drawn.panels for line in panel.labels]
        assert {each for numbers in cited for each in numbers if each.isdigit()} <= listed


def test_the_ticks_of_the_timeline_are_explained(
    article: Scene, of_legs: Callable[[list[Leg]], Scene], composed: Composed
) -> None:
    bare = of_legs([("A", "B", 90, "maritime", "X", (43.0, 131.0), (44.0, 131.0))])
    for scene, ticks in ((article, True), (bare, False)):
        for frame in PRESETS:
            drawn = composed(Plate(scene, (scene.seconds,), frame=read_frame(frame)))
            told = " ".join(each.text for each in drawn.text_boxes() if each.group == "timeline-words")
            assert ("ticks: events" in told) is ticks, frame


@pytest.mark.parametrize("look", ["light", "dark", "grey"])
def test_the_key_of_several_modes_has_the_hue_of_none(
    look: str, of_legs: Callable[[list[Leg]], Scene], composed: Composed
) -> None:
    ends = [(43.0 + n, 131.0) for n in range(2)]
    legs: list[Leg] = [("A", "B", 90, "maritime", "X", *ends), ("A", "B", 40, "road", "X", *ends)]
    ink = LOOKS[look]  # type: ignore[index]
    for scene, wanted in ((of_legs(legs), ink.label), (of_legs(legs[:1]), ink.mode[1])):
        drawn = composed(Plate(scene, (scene.seconds,), look=look))  # type: ignore[arg-type]
        groups = {str(each.get_gid()): each for each in drawn.sheet.figure.artists}
        from matplotlib.colors import to_hex

        keys = groups["legend"].get_children()
        first = next(each for each in keys if hasattr(each, "get_facecolor"))
        assert to_hex(first.get_facecolor()) == hex_of(wanted).lower()
        assert to_hex(groups["timeline"].get_children()[2].get_color()) == hex_of(wanted).lower()


def test_the_cross_section_has_the_moment_s_own_proportions(article: Scene) -> None:
    for share in (0.5, 1.0):
        held = at(article, article.seconds * share)
        section = legend_words.used(article, [held]).section
        assert section is not None
        low, high = (article.style.per_unit * each[0] for each in (held.low, held.high))
        assert section == pytest.approx((low, float(article.style.width(held.best[0])), high))


def test_no_source_is_cut_and_what_is_left_out_is_counted(wider: Scene, composed: Composed) -> None:
    for frame in (*PRESETS, "1200x675", "960x540", "1400x500"):
        drawn = composed(Plate(wider, (wider.seconds,), frame=read_frame(frame)))
        told = [each.text for each in drawn.text_boxes() if each.group == "sources"]
        assert "…" not in "".join(told), (frame, told)
        assert bool(drawn.sources[1]) is any(f"and {drawn.sources[1]} more" in text for text in told)
        if frame in PRESETS:
            assert drawn.sources[1] == 0, frame
