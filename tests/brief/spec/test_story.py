"""Steps and callouts of a brief: read, written as they were, merged over the brief, and refused in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.brief.plate.plate import Callout, Words
from geo.brief.spec.brief import MOST_BYTES, Brief, Choice, parse_brief
from geo.brief.spec.story import Step
from geo.errors import BriefError

STORY = """
unit = "container"
[filters]
mode = ["maritime"]
[words]
title = "The whole story"
note = "One note for all"
[[callout]]
text = "On every step"
lon = 130.3
lat = 42.2
[[step]]
title = "September"
text = "Two governments speak."
moment = "2023-09-15"
[[step]]
view = [128, 40, 135, 45]
window = "30d"
filters.mode = []
filters.claimant = ["Alpha"]
[[step.callout]]
text = "Only here"
lon = 131.9
lat = 43.1
offset = [60, -40]
"""


def refused(text: str) -> str:
    with pytest.raises(BriefError) as caught:
        parse_brief(text, "story.toml")
    return str(caught.value)


def test_a_story_reads_as_it_was_written() -> None:
    brief = parse_brief(STORY)
    assert parse_brief(brief.toml()) == brief
    assert [each.title for each in brief.steps] == ["September", ""]
    assert brief.steps[1].said == (
        ("window", "30d"),
        ("view", (128.0, 40.0, 135.0, 45.0)),
        ("filters.mode", ()),
        ("filters.claimant", ("Alpha",)),
    )
    assert brief.steps[1].callouts == (Callout("Only here", 131.9, 43.1, (60.0, -40.0)),)


def test_a_step_says_what_is_not_as_in_the_brief() -> None:
    brief = parse_brief(STORY)
    one, two = brief.step(1), brief.step(2)
    assert one.words == Words("September", "Two governments speak.", "", "One note for all")
    assert (one.moments, one.filters, one.view, one.steps) == (("2023-09-15",), Choice(mode=("maritime",)), (), ())
    assert one.callouts == (Callout("On every step", 130.3, 42.2),)
    assert two.words.title == "The whole story"
    assert (two.clock, two.window, two.view) == ("trailing", "30d", (128.0, 40.0, 135.0, 45.0))
    assert two.filters == Choice(claimant=("Alpha",))
    assert [each.text for each in two.callouts] == ["On every step", "Only here"]
    # What makes a step alone is a brief as any other.
    assert parse_brief(two.toml()) == two


def test_a_step_can_take_back_what_the_brief_says() -> None:
    brief = parse_brief(
        'time.moments = ["2023-09-15"]\ntime.window = "7d"\npicture.view = [120, 35, 145, 50]\n'
        '[[step]]\nmoment = ""\nwindow = ""\nview = []\n[[step]]\n'
    )
    one, two = brief.step(1), brief.step(2)
    assert (one.moments, one.window, one.clock, one.view) == ((), "", "cumulative", ())
    assert (two.moments, two.window, two.view) == (("2023-09-15",), "7d", (120.0, 35.0, 145.0, 50.0))


def test_a_brief_without_a_story_is_written_as_ever() -> None:
    text = Brief().toml()
    assert "step" not in text
    assert "callout" not in text
    assert "scale" not in text
    assert parse_brief(replace(Brief(), scale=2_000.0).toml()).scale == 2_000


TWO = "[[step]]\n[[step]]\n"
CALLOUT = '[[callout]]\ntext = "x"\nlon = 1\nlat = 2\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[step]]\ntitle = 'x'", "story.toml, one step: a story has 2 to 12 steps. Add a step"),
        ("[[step]]\n" * 13, "there are at most 12"),
        ("step = 3", "story.toml, step: it is a table for each. Write [[step]]"),
        ("[[step]]\n[[step]]\ntitel = 'x'", "story.toml, step 2, titel: the key does not exist. The nearest is title."),
        ("[[stepp]]\n", "The nearest is step."),
        ("[[callouts]]\n", "The nearest is callout."),
        ("[[step]]\n[[step]]\n[[step.callouts]]\ntext = 'x'", "step 2, callouts: the key does not exist. The nearest"),
        ("[[step]]\nmoment = 'soon'\n[[step]]", "story.toml, step 1, moment = 'soon': it is a day such as 2023-09-01"),
        ("[[step]]\nfilters.mode = ['bike']\n[[step]]", "step 1, filters.mode = ['bike']: it is one or more of"),
        ("[[step]]\nview = [9, 9, 1, 1]\n[[step]]", "south lies below its north"),
        (f"time.every = '7d'\n{TWO}", "a brief has steps, or several moments, and not both"),
        (f"time.moments = ['2023-09-01', '2023-10-01']\n{TWO}", "Give each step its own moment."),
        ("[[callout]]\ntext = 'x'\nlon = 1", "callout 1 without lat: it has a text, lon and lat."),
        ("[[callout]]\nlon = 1\nlat = 1", "callout 1 without text"),
        ("[[callout]]\ntext = ' '\nlon = 1\nlat = 1", "a text of at least one letter"),
        ("[[callout]]\ntext = 'x'\nlon = 1\nlat = 91", "callout 1, lat = 91: it is a number from -90 to 90"),
        ("[[callout]]\ntext = 'x'\nlon = nan\nlat = 1", "it is a number from -360 to 360"),
        (f"[[callout]]\ntext = '{'x' * 161}'\nlon = 1\nlat = 1", "a text of at most 160 characters"),
        ('[[callout]]\ntext = "a\\u202Eb"\nlon = 1\nlat = 1', "it is a text without marks of direction"),
        ('[[callout]]\ntext = "a\\u0007b"\nlon = 1\nlat = 1', "it is a text without control characters"),
        ('[[step]]\ntext = "a\\u2067b"\n[[step]]', "step 1, text"),
        (f"{CALLOUT}offset = [1]", "it is two numbers from -1000 to 1000"),
        (f"{CALLOUT}offset = [1, inf]", "it is two numbers"),
        (f"{CALLOUT}offset = [1, {'9' * 400}]", "it is two numbers"),
        (CALLOUT * 13, "story.toml, callout: 13 of them: there are at most 12"),
        ("picture.scale = -1", "a number from 1e-06 to 1e+15"),
    ],
)
def test_what_is_no_story_is_refused_in_words(text: str, told: str) -> None:
    assert told in refused(text)


def test_a_step_that_is_not_there_is_refused() -> None:
    with pytest.raises(BriefError, match="step 3: the story has 2 steps"):
        parse_brief(TWO).step(3)
    with pytest.raises(BriefError, match="step 0: the story has 2 steps"):
        parse_brief(TWO).step(0)
    with pytest.raises(BriefError, match="step 1: the brief has no steps"):
        Brief().step(1)


def test_a_story_too_long_to_travel_in_a_picture_is_refused_with_what_to_do() -> None:
    steps = tuple(Step("t" * 400, "é" * 400, callouts=(Callout("c" * 160, 1.0, 2.0),) * 2) for _ in range(12))
    with pytest.raises(BriefError, match=f"at most {MOST_BYTES:,} bytes.*Shorten the texts of its steps"):
        Brief(steps=steps)


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_a_text_is_it_is_kept_or_refused_in_words(title: str, said: str) -> None:
    quoted = [each.encode("unicode_escape").decode() for each in (title, said)]
    try:
        brief = parse_brief(
            f"[[step]]\ntitle = '''{quoted[0]}'''\n[[step]]\n[[callout]]\nlon=1\nlat=2\ntext='''{quoted[1]}'''"
        )
    except BriefError:
        return
    assert parse_brief(brief.toml()) == brief
