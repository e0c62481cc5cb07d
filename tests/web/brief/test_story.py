"""The story and the callouts of the Brief page: made there, kept in the brief, opened again, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.brief.outputs import BRIEF, Format, Output, formats, render
from geo.brief.pictures import prepared
from geo.brief.plate.plate import Callout
from geo.brief.spec.brief import Brief, parse_brief, read_brief
from geo.data_folder import FOUNDING
from geo.errors import BriefError
from geo.web.brief import downloads
from geo.web.brief.saved import folder
from geo.web.brief.story import StoryFilm
from tests.web.brief.hands import alt, asked, facts, field, gets, opened, plate, png
from tests.web.hands import html, labels, press, sound
from tests.web.hands import text as text_of

MAKE = "Make the film (MP4)"
HOSTILE = "<img src=x onerror=alert(1)> & **bold**"


@pytest.fixture
def shown(page: AppTest) -> AppTest:
    """The Brief page of the founding article."""
    return opened(page, data=FOUNDING)


def saved(page: AppTest, name: str) -> Brief:
    field(page, "Save as", name)
    press(page, "Save")
    (path,) = sorted(folder().glob(f"{name}-*.toml"))
    return read_brief(path)


def carried(page: AppTest) -> Brief:
    return parse_brief(facts(page)[f"waybill-{BRIEF}"])


def click_map(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    left, top, right, bottom = plate(page)["map"]
    asked(page, monkeypatch, point=[(left + right) / 2, (top + bottom) / 2])


def add_callout(page: AppTest, text: str, spot: str = "42.6, 131.6") -> None:
    field(page, "Position", spot)
    field(page, "Callout text", text)
    press(page, "Add a callout")


def test_a_click_and_a_text_make_a_callout_that_is_in_the_file(shown: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    click_map(shown, monkeypatch)
    assert len(plate(shown)["spot"]) == 2
    spot = next(each for each in shown.text_input if each.label == "Position").value
    lat, lon = map(float, spot.split(", "))
    field(shown, "Callout text", HOSTILE)
    press(shown, "Add a callout")
    assert carried(shown).callouts == (Callout(HOSTILE, lon, lat),)
    assert f"Author's note: “{HOSTILE}”" in alt(shown)
    assert plate(shown)["spot"] == []
    assert "<img src=x" not in html(shown)
    made = prepared(carried(shown))
    assert render(Output(Path("x.png"), formats()["png"], made.pictures, made.pictures[0].brief)) == png(shown)


def test_a_callout_is_moved_and_taken_away(shown: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    add_callout(shown, "Calm sea")
    (before,) = plate(shown)["callouts"]
    asked(shown, monkeypatch, callout=0, by=[0.1, 0.05])
    (after,) = plate(shown)["callouts"]
    assert after["box"][0] - before["box"][0] == pytest.approx(0.1, abs=0.001)
    assert after["box"][1] - before["box"][1] == pytest.approx(0.05, abs=0.001)
    (kept,) = carried(shown).callouts
    assert len(kept.offset) == 2
    press(shown, "Remove")
    assert carried(shown).callouts == ()


@pytest.mark.parametrize(
    ("spot", "text", "told"),
    [("", "x", "The callout has no position."), ("42.6, 131.6", "", "at least one letter"), ("99, 500", "x", "")],
)
def test_what_is_no_callout_is_refused_in_words(shown: AppTest, spot: str, text: str, told: str) -> None:
    add_callout(shown, text, spot)
    assert len(shown.error) == 1
    assert told in text_of(shown)
    assert carried(shown).callouts == ()


@pytest.mark.parametrize(
    "given",
    [{"callout": 5, "by": [0.1, 0.1]}, {"callout": True, "by": [0, 0]}, {"callout": 0, "by": [9, 0]},
     {"callout": 0, "by": "x"}, {"point": [2, 0]}, {"point": ["a", 0]}, {"point": [0.99, 0.01]}],
)  # fmt: skip
def test_what_no_browser_of_ours_would_say_changes_nothing(
    shown: AppTest,
    monkeypatch: pytest.MonkeyPatch,
    given: dict[str, object],
) -> None:
    before = png(shown)
    asked(shown, monkeypatch, **given)
    assert png(shown) == before
    assert plate(shown)["spot"] == []


def test_a_story_is_made_saved_opened_and_loses_nothing(page: AppTest) -> None:
    opened(page, data=FOUNDING, at="2023-10-02T00:00:00Z")
    add_callout(page, "Only on the first")
    field(page, "Title", "First")
    field(page, "Subtitle", "The text of the first")
    press(page, "Add this view as a step")
    assert "One step. A story has 2 to 12" in html(page)
    press(page, "Remove")
    field(page, "Title", "Second")
    field(page, "Subtitle", "")
    press(page, "Add this view as a step")
    field(page, "Title of the story", "All of it")
    story = saved(page, "told")
    assert [each.title for each in story.steps] == ["First", "Second"]
    assert story.words.title == "All of it"
    one, two = story.step(1), story.step(2)
    assert (one.moments, one.words.subtitle) == (("2023-10-01",), "The text of the first")
    assert [each.text for each in one.callouts] == ["Only on the first"]
    assert two.callouts == ()
    assert len(prepared(story).pictures) == 2
    # Another page, and the file again: the first step is shown, and saving gives the same brief.
    press(page, "Delete")
    press(page, "Delete")
    assert "Keep views in an order" in html(page)
    press(page, "Open")
    assert alt(page).startswith("First.")
    assert "a story of 2 steps" in " ".join(each.value for each in page.info)
    again = saved(page, "again")
    assert again.steps == story.steps
    assert again.words == story.words


def test_steps_are_shown_reordered_renamed_and_replaced(page: AppTest) -> None:
    opened(page, data=FOUNDING)
    for title in ("One", "Two", "Three"):
        field(page, "Title", title)
        press(page, "Add this view as a step")
    press(page, "Previous step")
    assert alt(page).startswith("Two.")
    assert "2 of 3" in html(page)
    field(page, "Step title", "Second")
    assert alt(page).startswith("Second.")
    sound(next(each for each in page.button if each.key == "brief_step_up_1").click().run())
    story = saved(page, "order")
    assert [each.title for each in story.steps] == ["Second", "One", "Three"]
    press(page, "Next step")
    assert alt(page).startswith("One.")
    field(page, "Title", "First of all")
    press(page, "Replace step 2 with this view")
    assert [each.title for each in saved(page, "replaced").steps] == ["Second", "First of all", "Three"]


def test_what_a_hand_written_story_has_from_its_brief_is_kept_when_it_is_opened(page: AppTest) -> None:
    text = """
time.moments = ["2023-10-01"]
picture.scale = 4000.0
[words]
title = "A title for all"
subtitle = "A text for all"
[[callout]]
text = "On all"
lon = 131.6
lat = 42.6
[[step]]
[[step]]
title = "Own"
view = [129.0, 41.0, 133.0, 44.0]
[[step.callout]]
text = "Own note"
lon = 131.0
lat = 42.5
"""
    written = parse_brief(text)
    folder().mkdir(parents=True, exist_ok=True)
    (folder() / "hand.toml").write_text(text, "utf-8")
    opened(page, data=FOUNDING)
    press(page, "Open")
    kept = saved(page, "kept")
    assert kept.scale == 4_000
    for number in (1, 2):
        before, after = written.step(number), kept.step(number)
        same = ("moments", "view", "window", "filters", "words", "callouts", "scale")
        assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]


def test_a_story_is_had_as_files_from_its_second_step_on(shown: AppTest) -> None:
    files = {"Slides (PPTX)", "Offline page (HTML)"}
    field(shown, "Title", "One")
    press(shown, "Add this view as a step")
    assert not files & set(gets(shown))
    press(shown, "Add this view as a step")
    assert files <= set(gets(shown))


def test_the_film_of_a_story_shows_its_progress_and_can_be_cancelled(
    shown: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    field(shown, "Title", "One")
    press(shown, "Add this view as a step")
    assert MAKE not in labels(shown)
    press(shown, "Add this view as a step")
    told: list[StoryFilm] = []

    def cancelled(film: StoryFilm, _: Format, progress: Callable[[float], None]) -> bytes:
        told.append(film)
        downloads.cancel()  # what the button does
        progress(0.5)
        return b"never"

    monkeypatch.setattr(StoryFilm, "content", cancelled)
    press(shown, MAKE)
    shown.run()
    assert "MP4: cancelled. Nothing was kept." in html(shown)
    assert [len(each.brief.steps) for each in told] == [2]
    monkeypatch.setattr(StoryFilm, "content", lambda *_: b"film")
    press(shown, MAKE)
    assert "MP4 is ready" in html(shown)
    assert "Download the film (MP4)" in gets(shown)
    # Of another story it is no film.
    press(shown, "Add this view as a step")
    assert "Download the film (MP4)" not in gets(shown)


def test_a_film_of_a_story_that_cannot_be_made_says_so_beside_it(
    shown: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> bytes:
        raise BriefError("this film", "it cannot be", "Do something else.")

    monkeypatch.setattr(StoryFilm, "content", fails)
    for _ in range(2):
        press(shown, "Add this view as a step")
    press(shown, MAKE)
    assert "this film: it cannot be. Do something else." in text_of(shown)
    assert MAKE in labels(shown)


def test_the_text_of_a_callout_is_changed_where_it_stands(shown: AppTest) -> None:
    add_callout(shown, "First", "42.6, 131.6")
    add_callout(shown, "Second", "42.9, 132.3")
    field(shown, "Text of callout 1", "Another")
    assert [each.text for each in carried(shown).callouts] == ["Another", "Second"]
    field(shown, "Text of callout 2", " ")
    assert [each.text for each in carried(shown).callouts] == ["Another", "Second"]
    assert "at least one letter" in text_of(shown)
    press(shown, "Remove")
    assert [each.text for each in carried(shown).callouts] == ["Second"]
    assert next(each for each in shown.text_input if each.label == "Text of callout 1").value == "Second"
