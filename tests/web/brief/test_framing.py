"""The Brief page: a part that is framed and words that are written on the picture itself, and what neither may do."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.brief.outputs import BRIEF, Output, formats, render
from geo.brief.pictures import prepared
from geo.brief.spec.brief import parse_brief
from geo.data_folder import FOUNDING
from tests.web.brief.hands import alt, asked, choose, facts, field, opened, plate, png, seen
from tests.web.hands import press, text


def test_as_on_the_map_shows_the_part_that_the_map_showed(page: AppTest) -> None:
    opened(page, data=FOUNDING, view="131.0,42.8,5.0,0.0,0.0")
    whole = facts(page)["waybill-plate"]
    choose(page, "Map area", "map")
    seen = parse_brief(facts(page)[f"waybill-{BRIEF}"]).view
    assert '"view": null' in whole
    west, south, east, north = seen
    assert west < 131.0 < east
    assert south < 42.8 < north
    assert page.query_params["view"] == "131.00000,42.80000,5.00,0.0,0.0"


def test_the_part_that_was_framed_on_the_picture_is_drawn(brief: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    assert plate(brief)["whole"]
    assert not [each for each in brief.button_group if each.label == "Map area"]
    left, top, right, bottom = plate(brief)["map"]
    wide, tall = right - left, bottom - top
    asked(brief, monkeypatch, part=[left, top + tall / 2, left + wide / 2, bottom])
    west, south, east, north = seen(brief)
    assert (west, south) < (130.3, 42.3)  # Rason lies in it, and Vladivostok does not.
    assert 130.3 < east < 131.9
    assert 42.3 < north < 43.1
    assert not plate(brief)["whole"]
    turn = plate(brief)["turn"]
    made = prepared(parse_brief(facts(brief)[f"waybill-{BRIEF}"]))
    assert render(Output(Path("x.png"), formats()["png"], made.pictures, made.pictures[0].brief)) == png(brief)
    choose(brief, "Map area", "whole")
    assert seen(brief) == ()
    choose(brief, "Map area", "own")
    assert seen(brief) == (west, south, east, north)
    asked(brief, monkeypatch, whole=True)
    assert seen(brief) == ()
    assert plate(brief)["turn"] == turn


def test_a_framed_part_is_saved_and_reopened(brief: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(brief, monkeypatch, part=[0.1, 0.2, 0.4, 0.5])
    view = seen(brief)
    press(brief, "Save")
    asked(brief, monkeypatch, whole=True)
    press(brief, "Open")
    assert seen(brief) == view


def test_words_are_written_where_they_stand(brief: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    there = {each["name"]: each["there"] for each in plate(brief)["words"]}
    assert there == {"title": True, "subtitle": False, "note": False, "handling": False}
    asked(brief, monkeypatch, name="handling", text="TLP:GREEN")
    assert {each["name"]: each["there"] for each in plate(brief)["words"]} == {**there, "handling": True}
    assert next(each for each in brief.text_input if each.label == "Handling").value == "TLP:GREEN"
    assert parse_brief(facts(brief)[f"waybill-{BRIEF}"]).words.handling == "TLP:GREEN"
    field(brief, "Handling", "")
    assert {each["name"]: each["there"] for each in plate(brief)["words"]} == there


@pytest.mark.parametrize(
    "what",
    [
        {"of": "no such picture", "part": [0, 0, 0.5, 0.5]},
        {"part": [0, 0, 0.5]},
        {"part": [0.5, 0, 0.5, 1]},
        {"part": [0, 0, 1e99, 1]},
        {"part": [0, 0, float("nan"), 1]},
        {"part": [True, 0, 1, 1]},
        {"part": "0,0,1,1"},
        {"name": "frame", "text": "1x1"},
        {"name": "title", "text": 5},
        {"whole": "yes"},
        {"of": ["x"], "part": [0, 0, 1, 1]},
    ],
)
def test_what_no_frame_can_say_changes_nothing(
    shared_brief: AppTest, monkeypatch: pytest.MonkeyPatch, what: dict[str, object]
) -> None:
    before = png(shared_brief)
    asked(shared_brief, monkeypatch, **what)
    assert png(shared_brief) == before


def test_a_part_beyond_the_globe_and_words_beyond_measure_are_drawn(
    brief: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(brief, monkeypatch, part=[-80, -80, 80, 80])
    assert not brief.error
    assert seen(brief)
    asked(brief, monkeypatch, name="title", text="word " * 200)
    assert not brief.error
    assert alt(brief).startswith("word word")


def test_a_frame_of_ones_own_is_read_and_a_wrong_one_leaves_the_picture(brief: AppTest) -> None:
    choose(brief, "Frame", "own")
    field(brief, "Size", "1200x800")
    assert facts(brief)["size"] == "(1200, 800)"
    field(brief, "Size", "as large as a house")
    assert "there is no frame of that name" in text(brief)
    assert facts(brief)["size"] == "(1200, 800)"
