"""The Brief page: films and other long work is made, shown as it proceeds, cancelled, and taken up again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.brief.outputs import BRIEF, Format
from geo.brief.spec.brief import parse_brief
from geo.data_folder import FOUNDING
from geo.errors import BriefError, Progress
from geo.web.brief import downloads
from geo.web.brief import picture as pictures
from geo.web.shared import long_work
from geo.web.shared.cache import SHARED, Cache
from tests.web.brief.hands import choose, facts, field, gets, opened
from tests.web.hands import html, labels, press, text


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


def test_a_film_is_made_and_can_be_had(brief: AppTest) -> None:
    choose(brief, "Frame", "own")
    field(brief, "Size", "320x320")
    next(each for each in brief.number_input if each.label == "Film length (s)").set_value(1.0).run()
    press(brief, "Make GIF")
    assert "Download the film (GIF)" in gets(brief)
    field(brief, "Title", "Another picture")
    assert "Download the film (GIF)" not in gets(brief)


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
