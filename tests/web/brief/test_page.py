"""The Brief page as a reader meets it: the picture that leaves, its words, checks, files, and briefs to reopen."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.brief.outputs import BRIEF, Output, formats, render
from geo.brief.pictures import prepared
from geo.brief.spec.brief import parse_brief
from geo.data_folder import FOUNDING
from geo.web.brief import picture as pictures
from tests.web.brief.hands import HEAD, alt, choose, facts, field, gets, opened, plate, png, told
from tests.web.hands import go, html, load, sound

IMG = "<img src=x onerror=alert(1)>"


def test_the_page_opens_with_a_finished_picture_and_one_obvious_button(shared_brief: AppTest) -> None:
    assert alt(shared_brief).startswith("Rason → Vladivostok: about 2,000 containers by 2 Nov 2023, as reported")
    assert gets(shared_brief)[0] == "Download the slide (PPTX)"
    assert {"PNG", "JPEG", "WebP", "SVG", "PDF", "Offline web page (HTML)"} <= set(gets(shared_brief))
    assert not shared_brief.error


def test_the_picture_is_the_very_file_that_the_command_line_makes_of_its_brief(brief: AppTest) -> None:
    field(brief, "Title", "Rason to Vladivostok")
    choose(brief, "Look", "dark")
    shown = png(brief)
    asked = parse_brief(facts(brief)[f"waybill-{BRIEF}"])
    made = prepared(asked)
    (picture,) = made.pictures
    assert render(Output(Path("x.png"), formats()["png"], (picture,), picture.brief)) == shown


def test_words_stand_on_the_picture_and_outlast_a_look_at_the_map(brief: AppTest) -> None:
    field(brief, "Title", "What Rason shipped")
    assert alt(brief).startswith("What Rason shipped.")
    go(brief, "map")
    go(brief, "brief")
    assert alt(brief).startswith("What Rason shipped.")
    assert next(each for each in brief.text_input if each.label == "Title").value == "What Rason shipped"


def test_the_moment_and_the_window_are_those_of_the_link(page: AppTest) -> None:
    opened(page, data=FOUNDING, at="2023-10-02T00:00:00Z", play="window", window="604800")
    assert "between 25 Sept and 1 Oct 2023" in alt(page).replace("Sep ", "Sept ")
    assert page.query_params["at"] == "2023-10-02T00:00:00Z"
    assert page.query_params["play"] == "window"


def test_layers_locator_and_arcs_are_those_of_the_link_and_can_be_changed_for_both(page: AppTest) -> None:
    opened(page, data="wider", largest="3", layers="borders")
    before = parse_brief(facts(page)[f"waybill-{BRIEF}"])
    assert (before.largest, before.layers, before.locator, before.width) == (3, ("borders",), True, 0.0)
    next(each for each in page.number_input if each.label == "Largest routes only").set_value(2)
    next(each for each in page.number_input if each.label == "Widest arc (px)").set_value(20.0)
    next(each for each in page.checkbox if each.label.startswith("Locator")).uncheck()
    choose(page, "Layers", ["names", "graticule"])
    after = parse_brief(facts(page)[f"waybill-{BRIEF}"])
    assert (after.largest, after.layers, after.locator, after.width) == (2, ("names", "graticule"), False, 20.0)
    assert [page.query_params[key] for key in ("largest", "layers", "width")] == ["2", "names,graticule", "20"]


def test_the_widest_arc_is_as_wide_as_asked_as_the_command_line_draws_it(page: AppTest) -> None:
    opened(page, data=FOUNDING, width="12")
    narrow = png(page)
    made = prepared(parse_brief(facts(page)[f"waybill-{BRIEF}"]))
    assert made.scene.style.full_width == 12.0
    assert render(Output(Path("x.png"), formats()["png"], made.pictures, made.pictures[0].brief)) == narrow


def test_routes_by_sea_are_those_of_the_link_and_can_be_changed(page: AppTest) -> None:
    opened(page, paths="routes")
    assert parse_brief(facts(page)[f"waybill-{BRIEF}"]).paths == "routes"
    choose(page, "Between places", "arcs")
    assert parse_brief(facts(page)[f"waybill-{BRIEF}"]).paths == "arcs"
    assert "paths" not in page.query_params


def test_four_maps_share_a_picture_and_a_film_wants_one(brief: AppTest) -> None:
    choose(brief, "Maps", 4)
    asked = parse_brief(facts(brief)[f"waybill-{BRIEF}"])
    assert asked.together
    assert len(asked.moments) == 4
    assert "Films show one map" in html(brief)
    assert not [each for each in brief.button if each.label.startswith("Make ")]


def test_checks_warn_and_forbid_nothing(page: AppTest) -> None:
    opened(page, data="wider")
    field(page, "Title", "DRAFT of the totals")
    assert "The title says “DRAFT”" in told(page)
    assert "contested" in told(page)
    assert "not graded" in told(page)
    assert gets(page)[0] == "Download the slide (PPTX)"
    field(page, "Title", "Contested: the totals")
    assert "DRAFT" not in told(page)
    assert "the title does not say “contested”" not in told(page)


def test_hostile_words_stay_words(page: AppTest) -> None:
    rows = f'r1,"{IMG}",2023-10-14,KPRJN,RUVVO,7 September 2023 to 1 October 2023,900,,"{IMG}",,https://example.org/a,'
    load(page, ("evil.csv", f"{HEAD}\n{rows}\n".encode()))
    go(page, "brief")
    field(page, "Title", IMG + " **bold** $x$")
    assert "<img src=x" not in html(page)
    assert IMG in alt(page)
    assert plate(page)["words"][0]["given"] == IMG + " **bold** $x$"
    assert not page.exception


def test_where_nothing_is_left_there_is_no_picture_and_the_page_says_how_to_get_one(page: AppTest) -> None:
    opened(page, data=FOUNDING, without=["South Korean military", "United States Government"])  # type: ignore[arg-type]
    assert "so there is no picture" in html(page)
    assert not gets(page)


def test_a_slide_for_each_moment_when_asked(brief: AppTest) -> None:
    from pptx import Presentation

    choose(brief, "Maps", 4)
    made: list[pictures.Pictures] = []
    for each in brief.checkbox:
        if each.label.startswith("PowerPoint"):
            each.set_value(True)
    keep = pictures.make
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "make", lambda *args, **words: made.append(keep(*args, **words)) or made[-1])
        brief.run()
    sound(brief)
    deck = Presentation(io.BytesIO(made[-1].content(formats()["pptx"])))
    assert len(deck.slides) == 4
