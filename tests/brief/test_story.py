"""A story: a picture for each step, on one scale of widths, and each step by itself as the whole has it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pptx import Presentation

from geo.brief.formats.images import encode
from geo.brief.formats.slides import save_slides
from geo.brief.outputs import carry_of, format_of, planned, render
from geo.brief.pictures import Prepared, of_step, prepared
from geo.brief.plate.figure import compose
from geo.brief.reproduce import again
from geo.brief.spec.brief import Brief, parse_brief
from geo.errors import BriefError

LEGS = """origin,destination,depart,arrive,containers,mode,claimant,said_on
KPRJN,RUVVO,2024-04-03,2024-04-05,1000,maritime,Alpha,2024-05-01
KPRJN,RUVVO,2024-04-10,2024-04-12,50,rail,Alpha,2024-05-01
"""
TEXT = "Trains carried a twentieth of it. " * 8
STORY = f"""
picture.frame = "640x360"
[[data]]
file = "legs.csv"
[words]
handling = "TLP:GREEN"
[[callout]]
text = "On every step"
lon = 130.3
lat = 42.24
[[step]]
title = "By sea"
filters.mode = ["maritime"]
moment = "2024-04-04"
[[step]]
title = "By rail"
text = "{TEXT.strip()}"
filters.mode = ["rail"]
[[step.callout]]
text = "The bridge"
lon = 130.7
lat = 42.4
[[step]]
filters.mode = ["rail"]
view = [129, 41, 133, 44]
"""


def story_of(folder: Path, text: str = STORY) -> Brief:
    (folder / "legs.csv").write_text(LEGS, "utf-8")
    return parse_brief(text, folder=folder)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepared(story_of(tmp_path_factory.mktemp("story")))


def test_each_step_is_a_picture_with_its_own_words_and_filters(made: Prepared) -> None:
    assert [each.name for each in made.pictures] == ["step-1", "step-2", "step-3"]
    assert [each.step for each in made.pictures] == [1, 2, 3]
    assert [compose(each.plate).title for each in made.pictures[:2]] == ["By sea", "By rail"]
    assert {each.plate.words.handling for each in made.pictures} == {"TLP:GREEN"}
    assert [each.plate.scene.corridors.mode.tolist() for each in made.pictures] == [[1], [2], [2]]
    # The same filters are reconciled once, and drawn from one scene.
    assert made.pictures[1].plate.scene is made.pictures[2].plate.scene
    assert made.pictures[1].grounds is made.pictures[2].grounds


def test_all_steps_share_one_scale_of_widths(made: Prepared) -> None:
    widths = [float(compose(each.plate).panels[0].arcs.body.max()) for each in made.pictures]
    assert widths[1] == widths[2]
    # 50 of 1,000 at the end is a twentieth of the full width, where alone it would have had all of it.
    full = made.pictures[0].plate.scene.style.full_width
    assert widths[1] == pytest.approx(full * 50 / 1_000, rel=1e-6)
    assert {each.brief.scale for each in made.pictures} == {1_000.0}
    legends = [compose(each.plate).legend for each in made.pictures]
    for volume, px in (one for legend in legends for one in legend):
        assert px == pytest.approx(max(full * volume / 1_000, 1.0))


def test_a_scale_that_the_brief_says_is_kept(tmp_path: Path) -> None:
    brief = replace(story_of(tmp_path), scale=4_000.0, width=40.0)
    found = prepared(brief)
    assert {each.plate.scene.style.per_unit for each in found.pictures} == {0.01}


def test_a_scale_of_its_own_holds_for_a_brief_without_steps() -> None:
    half = prepared(Brief(scale=4_000.0, width=20.0)).pictures[0].plate.scene.style
    assert (half.full_width, half.per_unit) == (20.0, 0.005)


def test_callouts_of_the_brief_stand_on_all_steps_and_a_steps_own_on_it_alone(made: Prepared) -> None:
    drawn = [[each.callout.text for each in compose(one.plate).panels[0].callouts] for one in made.pictures]
    assert drawn == [["On every step"], ["On every step", "The bridge"], ["On every step"]]


def test_a_long_text_of_a_step_stands_whole_on_its_plate(made: Prepared) -> None:
    texts = [text.text for text in compose(made.pictures[1].plate).text_boxes() if text.group == "title"]
    assert TEXT.strip() in " ".join(texts)


def test_one_step_is_the_picture_that_the_story_has_of_it(made: Prepared, tmp_path: Path) -> None:
    one = of_step(made, 2)
    (output,) = planned(one, [tmp_path / "s.png"])
    assert output.path.name == "s.png"
    of_story = planned(made, [tmp_path / "s.png"])
    assert [each.path.name for each in of_story] == ["s-step-1.png", "s-step-2.png", "s-step-3.png"]
    assert render(output) == render(of_story[1])
    with pytest.raises(BriefError, match="step 4: the story has 3 steps"):
        of_step(made, 4)


@pytest.mark.parametrize("name", ["s.png", "s.pptx"])
def test_what_is_made_of_a_story_is_made_again(tmp_path: Path, name: str) -> None:
    found = prepared(story_of(tmp_path))
    output = planned(found, [tmp_path / name])[-1]
    output.path.write_bytes(render(output))
    once_more = again(output.path)
    assert once_more.same, once_more.changes
    assert len(once_more.brief.steps) == (0 if name == "s.png" else 3)


def test_slides_have_a_step_each_and_its_text_in_the_notes(made: Prepared) -> None:
    out = io.BytesIO()
    save_slides([each.plate for each in made.pictures], out)
    slides = list(Presentation(out).slides)
    assert [each.shapes.title.text for each in slides[:2]] == ["By sea", "By rail"]
    notes = [each.notes_slide.notes_text_frame.text for each in slides]
    assert TEXT.strip() in notes[1]
    assert TEXT.strip() not in notes[0]
    assert "Author's note: The bridge" in notes[1]
    assert "Author's note: The bridge" not in notes[0]


def test_what_is_wrong_with_a_step_says_which(tmp_path: Path) -> None:
    story = story_of(tmp_path, STORY.replace('filters.mode = ["rail"]\nview', 'filters.mode = ["road"]\nview'))
    with pytest.raises(BriefError, match=r"step 3, .*mode 'road'.*it is not in any report"):
        prepared(story)
    late = story_of(tmp_path, STORY.replace('moment = "2024-04-04"', 'moment = "2025-04-04"'))
    with pytest.raises(BriefError, match="step 1, moment 2025-04-04: the data run from"):
        prepared(late)


def test_a_story_whose_steps_share_their_filters_has_the_widths_of_its_brief(tmp_path: Path) -> None:
    story = story_of(
        tmp_path, STORY.replace('filters.mode = ["maritime"]\n', "").replace('filters.mode = ["rail"]\n', "")
    )
    found = prepared(story)
    assert {each.brief.scale for each in found.pictures} == {0.0}
    alone = prepared(replace(story, steps=())).scene.style
    assert {each.plate.scene.style for each in found.pictures} == {alone}
    assert carry_of(found.brief, found.pictures, "pptx")["brief"].count("[[step]]") == 3
    assert np.isfinite(alone.per_unit)
    assert encode(compose(found.pictures[0].plate), found.pictures[0].plate, "png", {})
    assert format_of(Path("a.pptx")).takes == "moments"
