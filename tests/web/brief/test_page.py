"""The Brief page as a reader meets it: the picture that leaves, its words, checks, files, and briefs to reopen."""

from __future__ import annotations

import base64
import html as entities
import io
import json
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from PIL import Image
from streamlit.testing.v1 import AppTest

from geo.brief.outputs import BRIEF, Format, Output, formats, render
from geo.brief.pictures import prepared
from geo.brief.spec.brief import parse_brief, read_brief
from geo.data_folder import FOUNDING
from geo.errors import BriefError, Progress
from geo.library import Library
from geo.web.brief import downloads, draft, viewfinder
from geo.web.brief import picture as pictures
from geo.web.shared import long_work
from geo.web.shared.cache import SHARED, Cache
from tests.web.hands import go, html, labels, load, press, sound, text

IMG = "<img src=x onerror=alert(1)>"
HEAD = "id,claimant,said_on,origin,destination,window,quantity,part_of,words,note,url,archive_url"


@pytest.fixture
def brief(page: AppTest) -> AppTest:
    """The Brief page of the founding article."""
    return opened(page, data=FOUNDING)


@pytest.fixture(scope="module")
def shared_brief(shared_page: AppTest) -> AppTest:
    """The same, for tests that change nothing of it."""
    return opened(shared_page, data=FOUNDING)


def opened(page: AppTest, **query: str) -> AppTest:
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    return go(page, "brief")


def plate(page: AppTest) -> dict[str, Any]:
    """What the browser is given of the picture."""
    (found,) = page.get("bidi_component")
    given: dict[str, Any] = json.loads(found.proto.json)
    return given


def png(page: AppTest) -> bytes:
    head, _, data = plate(page)["picture"].partition(",")
    assert head == "data:image/png;base64"
    return base64.b64decode(data)


def facts(page: AppTest) -> dict[str, str]:
    """What the picture that is shown carries."""
    with Image.open(io.BytesIO(png(page))) as picture:
        picture.load()
        return {**picture.info, "size": str(picture.size)}


def alt(page: AppTest) -> str:
    return str(plate(page)["alt"])


def asked(page: AppTest, monkeypatch: pytest.MonkeyPatch, **what: object) -> AppTest:
    """As if the browser told it of the picture that is shown: AppTest has no hands for components."""
    given = {"of": plate(page)["id"], **what}
    keep = draft.draft

    def once() -> dict[str, Any]:
        monkeypatch.setattr(draft, "draft", keep)
        viewfinder.take(given)
        return keep()

    monkeypatch.setattr(draft, "draft", once)
    return sound(page.run())


def seen(page: AppTest) -> tuple[float, ...]:
    """The view of the brief that the picture carries."""
    return parse_brief(facts(page)[f"waybill-{BRIEF}"]).view


def told(page: AppTest) -> str:
    """The checks."""
    found = re.search(r'<ul class="wb-checks">(.*?)</ul>', html(page))
    return entities.unescape(found[1]) if found else ""


def field(page: AppTest, label: str, value: str) -> AppTest:
    next(each for each in page.text_input if each.label == label).set_value(value).run()
    return sound(page)


def choose(page: AppTest, label: str, value: object) -> AppTest:
    next(each for each in [*page.button_group, *page.selectbox] if each.label == label).set_value(value).run()
    return sound(page)


def gets(page: AppTest) -> list[str]:
    """The labels of the buttons that download."""
    return [each.proto.label for each in page.get("download_button")]


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


@pytest.mark.parametrize(("work", "doing"), [("with_routes", "Looking for routes by sea"), ("prepared", "Reconciling")])
def test_long_work_can_be_stopped_and_taken_up_again(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, work: str, doing: str
) -> None:
    monkeypatch.setattr(long_work, "QUIET", -1.0)
    monkeypatch.setattr(long_work, "EVERY", -1.0)
    empty = Cache(SHARED.most)
    monkeypatch.setattr(pictures, "SHARED", empty)
    monkeypatch.setattr(pictures, "cache_for", lambda **_: empty)
    whole, impatient = getattr(pictures, work), [True]

    def stopped(given: object, progress: Progress) -> object:
        progress(0.25, "all of it")
        if impatient[0]:
            st.stop()  # as a click does, at a word of progress
        return whole(given, progress=progress)

    monkeypatch.setattr(pictures, work, stopped)
    opened(page, data=FOUNDING, paths="routes")
    assert not page.get("bidi_component")
    press(page, "Cancel")
    assert f"{doing} was stopped." in html(page)
    impatient[0] = False
    press(page, "Go on")
    assert parse_brief(facts(page)[f"waybill-{BRIEF}"]).paths == "routes"


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


def test_a_brief_is_saved_beside_the_library_never_over_another_and_reopened(brief: AppTest, library: Path) -> None:
    field(brief, "Title", "The first")
    field(brief, "Save as", "../../etc/Plan: A")
    press(brief, "Save")
    (first,) = (library / "briefs").iterdir()
    assert re.fullmatch(r"etc-plan-a-[0-9a-f]{8}\.toml", first.name)
    assert [stat.S_IMODE(each.stat().st_mode) for each in (first, first.parent, library)] == [0o600, 0o700, 0o700]
    content = first.read_bytes()
    assert read_brief(first).words.title == "The first"
    field(brief, "Title", "The second")
    choose(brief, "Look", "grey")
    press(brief, "Save")
    assert len(list((library / "briefs").iterdir())) == 2
    assert first.read_bytes() == content
    choose(brief, "Saved briefs", first.name)
    press(brief, "Open")
    assert alt(brief).startswith("The first.")
    assert parse_brief(facts(brief)[f"waybill-{BRIEF}"]) == read_brief(first)


def test_a_file_among_the_briefs_that_is_none_is_told(brief: AppTest, library: Path) -> None:
    press(brief, "Save")
    (library / "briefs" / "bad.toml").write_text("title = <script>")
    brief.run()
    choose(brief, "Saved briefs", "bad.toml")
    press(brief, "Open")
    assert "not valid TOML" in text(brief)
    assert png(brief)


def test_a_film_is_made_and_can_be_had(brief: AppTest) -> None:
    choose(brief, "Frame", "own")
    field(brief, "Size", "320x320")
    next(each for each in brief.number_input if each.label == "Film length (s)").set_value(1.0).run()
    press(brief, "Make GIF")
    assert "Download the film (GIF)" in gets(brief)
    field(brief, "Title", "Another picture")
    assert "Download the film (GIF)" not in gets(brief)


def test_what_no_brief_can_say_is_drawn_and_said(page: AppTest, library: Path) -> None:
    Library.open(library).grade(FOUNDING, "us-1000-containers", "B", "2")
    opened(page, data=FOUNDING, reliability="ungraded")
    assert "A brief does not filter by grade" in html(page)
    assert alt(page).startswith("Rason → Vladivostok: about 2,000 containers")
    assert f"waybill-{BRIEF}" not in facts(page)
    assert "Save" not in labels(page)
    assert gets(page)[0] == "Download the slide (PPTX)"


def test_what_was_loaded_is_in_a_brief_by_its_id_and_made_again_from_the_library(page: AppTest) -> None:
    rows = "r1,Somebody,2023-10-14,KPRJN,RUVVO,7 September 2023 to 1 October 2023,900,,,,,"
    load(page, ("mine.csv", f"{HEAD}\n{rows}\n".encode()))
    go(page, "brief")
    asked = parse_brief(facts(page)[f"waybill-{BRIEF}"])
    assert [part.what for part in asked.data] == ["import"] or len(asked.data) == 2
    made = prepared(asked)
    assert render(Output(Path("x.png"), formats()["png"], made.pictures, made.pictures[0].brief)) == png(page)


def test_a_film_that_is_cancelled_is_not_made(brief: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pictures.Pictures.content

    def cancelled(made: pictures.Pictures, form: Format, progress: Callable[[float], None]) -> bytes:
        downloads.cancel()  # what the button does
        return whole(made, form, progress)

    monkeypatch.setattr(pictures.Pictures, "content", cancelled)
    press(brief, "Make GIF")
    assert "Download the film (GIF)" not in gets(brief)
    assert not brief.error
    monkeypatch.undo()
    brief.run()
    assert "Download the film (GIF)" not in gets(brief)
    assert "GIF: cancelled. Nothing was kept." in html(brief)
    assert "Make GIF" in labels(brief)
    brief.run()
    assert "GIF: cancelled." in html(brief)
    field(brief, "Title", "Another picture")
    assert "cancelled" not in html(brief)


def test_progress_and_cancel_stand_in_the_place_of_the_buttons(brief: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms: list[bool] = []

    monkeypatch.setattr(downloads, "run_job", lambda *_: rooms.append(downloads.JOB in st.session_state))
    press(brief, "Make GIF")
    assert rooms[-1]
    assert not [each for each in labels(brief) if each.startswith("Make ")]
    brief.session_state[downloads.JOB] = None
    brief.run()
    assert "Make GIF" in labels(brief)


def test_a_film_that_cannot_be_made_says_so_and_leaves_the_buttons(
    brief: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> bytes:
        raise BriefError("this film", "it cannot be", "Do something else.")

    monkeypatch.setattr(pictures.Pictures, "content", fails)
    press(brief, "Make GIF")
    assert "this film: it cannot be. Do something else." in text(brief)
    assert "Make GIF" in labels(brief)


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


def test_a_brief_whose_data_changed_since_is_opened_and_says_so(brief: AppTest, library: Path) -> None:
    press(brief, "Save")
    (path,) = (library / "briefs").iterdir()
    was = read_brief(path).data[0].sha256
    path.write_text(path.read_text().replace(was, "0" * 64))
    assert "not as they were" not in told(brief)
    press(brief, "Open")
    assert f"not as they were when {path.name} was saved" in told(brief)


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
