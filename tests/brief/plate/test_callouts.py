"""An author's notes on a map: where they stand, that names keep off them, and that nobody takes them for reports."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from pptx import Presentation

from geo.brief import checks
from geo.brief.formats.images import encode
from geo.brief.formats.slides import save_slides
from geo.brief.plate.callouts import AUTHOR, KEY, Boxed
from geo.brief.plate.figure import Drawn, compose
from geo.brief.plate.labels import Box
from geo.brief.plate.plate import Callout, Look, Plate, read_frame
from geo.errors import BriefError
from geo.scene.scene import Scene

RASON = Callout("The pier was rebuilt in 2022; only one crane can lift containers", 130.3, 42.24)
SEA = Callout("Calm sea", 131.6, 42.6)
HOSTILE = Callout('<b>"x"</b> & $y_1$ =cmd|\u202e/C', 131.2, 42.5)


def plate_of(scene: Scene, *callouts: Callout, look: Look = "light", frame: str = "16:9") -> Plate:
    return Plate(scene, (float(scene.seconds),), look=look, frame=read_frame(frame), callouts=callouts)


def boxes(drawn: Drawn) -> list[Boxed]:
    return list(drawn.panels[0].callouts)


def meeting(drawn: Drawn) -> list[tuple[str, str]]:
    """Texts of the map that a callout's box hides."""
    return [
        (each.callout.text, text.text)
        for each in boxes(drawn)
        for text in drawn.text_boxes()
        if "callouts" not in text.group and text.box.meets(each.box)
    ]


@pytest.mark.parametrize("frame", ["16:9", "square", "9:16", "640x360"])
def test_names_and_furniture_keep_off_the_boxes_and_all_lies_on_the_map(article: Scene, frame: str) -> None:
    drawn = compose(plate_of(article, RASON, SEA, frame=frame))
    view = drawn.panels[0].view
    room = Box(view.left, view.top, view.right, view.bottom)
    assert len(boxes(drawn)) == 2
    assert all(room.holds(each.box) for each in boxes(drawn))
    assert not boxes(drawn)[0].box.meets(boxes(drawn)[1].box)
    assert meeting(drawn) == []
    for text in drawn.text_boxes():
        if "callouts" in text.group:
            assert any(each.box.holds(text.box) for each in boxes(drawn)), text


def test_a_leader_runs_from_the_point_to_the_edge_of_its_box(article: Scene) -> None:
    drawn = compose(plate_of(article, SEA))
    (one,) = boxes(drawn)
    assert one.leader is not None
    assert one.marked
    (x, y), end = one.leader
    view = drawn.panels[0].view
    assert view.place(np.array([SEA.lon]), np.array([SEA.lat]))[0] == pytest.approx((x, y))
    assert one.box.grown(0.01).holds(Box(*end, *end))
    assert not one.box.grown(-0.01).holds(Box(*end, *end))


def test_an_author_moves_a_box_and_it_stays_on_the_map(article: Scene) -> None:
    here = boxes(compose(plate_of(article, replace(SEA, offset=(80.0, 60.0)))))[0]
    assert here.leader is not None
    x, y = here.leader[0]
    middle = ((here.box.left + here.box.right) / 2, (here.box.top + here.box.bottom) / 2)
    assert middle == pytest.approx((x + 80, y + 60))
    drawn = compose(plate_of(article, replace(SEA, offset=(1_000.0, 1_000.0))))
    view = drawn.panels[0].view
    assert Box(view.left, view.top, view.right, view.bottom).holds(boxes(drawn)[0].box)


def test_what_lies_outside_the_map_is_told_and_not_drawn(article: Scene) -> None:
    plate = plate_of(article, Callout("Far away", -30.0, 10.0), SEA)
    drawn = compose(plate)
    assert [each.callout for each in boxes(drawn)] == [SEA]
    assert "The callout “Far away” lies outside the map and is not drawn." in checks.told(plate, drawn)
    assert "Far away" not in drawn.description


def test_it_is_told_as_the_authors_and_not_as_a_reports(article: Scene) -> None:
    plate = plate_of(article, SEA)
    drawn = compose(plate)
    assert f" {AUTHOR}: “Calm sea”. Sources: " in drawn.description
    assert KEY in " ".join(box.text for box in drawn.text_boxes() if box.group == "small-type")
    bare = compose(plate_of(article))
    assert AUTHOR not in bare.description
    assert "callouts" not in plate_of(article).describe()
    assert KEY not in " ".join(box.text for box in bare.text_boxes())
    texts = [text for group, text in drawn.sheet.texts if group == "map-callouts-1"]
    assert [text.get_fontstyle() for text in texts] == ["italic"]


@pytest.mark.parametrize("look", ["light", "dark", "grey"])
def test_a_file_of_every_form_has_it_and_a_hostile_text_stays_a_text(article: Scene, look: Look) -> None:
    plate = plate_of(article, HOSTILE, look=look)
    drawn = compose(plate)
    svg = encode(drawn, plate, "svg", {}).decode()
    assert 'id="map-callouts-1"' in svg
    assert "<b>" not in svg
    assert "\u202e" not in svg
    for kind in ("png", "pdf"):
        assert encode(drawn, plate, kind, {})  # type: ignore[arg-type]


def test_on_a_slide_it_is_native_and_the_notes_say_whose_it_is(article: Scene) -> None:
    out = io.BytesIO()
    save_slides([plate_of(article, SEA, RASON)], out)
    slide = Presentation(out).slides[0]
    whole = next(each for each in slide.shapes if each.name == "map")
    group = next(each for each in whole.shapes if each.name == "map callouts")
    assert [each.name for each in group.shapes] == ["map callouts 1", "map callouts 2"]
    first = list(group.shapes[0].shapes)
    assert [each.text_frame.text for each in first if each.has_text_frame and each.text_frame.text] == ["Calm sea"]
    assert {str(each.shape_type).split()[0] for each in first} == {"FREEFORM", "AUTO_SHAPE", "TEXT_BOX"}
    said = slide.notes_slide.notes_text_frame.text
    assert "Author's note: Calm sea" in said
    assert said.index("Author's note: Calm sea") < said.index("Reports: 2")


def test_a_letter_that_no_font_has_is_told_with_where_it_stands(article: Scene) -> None:
    with pytest.raises(BriefError, match="a callout"):
        compose(plate_of(article, replace(SEA, text="\U00013000\U00012000")))
