"""A story as a page: each step with its scene, its texts, its notes and its own reports; hostile texts stay texts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from geo.brief.formats.page import facts_of
from geo.brief.outputs import planned, render
from geo.brief.pictures import Prepared, prepared
from geo.brief.reproduce import again
from tests.brief.formats.test_page import Read
from tests.brief.test_story import STORY, story_of

EVIL = "</script><img src=x onerror=alert(2)><!--{scene}&amp;"


def made_of(folder: Path, text: str = STORY) -> tuple[Prepared, bytes]:
    made = prepared(story_of(folder, text))
    (output,) = planned(made, [folder / "story.html"])
    return made, render(output)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return made_of(tmp_path_factory.mktemp("page"))[1]


def test_each_scene_is_in_it_once_and_each_step_says_how_it_begins(content: bytes) -> None:
    told = json.loads(Read(content).texts["waybill-scene"])
    assert [each["scene"] for each in told["steps"]] == [0, 1, 1]
    assert len(told["scenes"]) == 2
    first, second, third = (json.loads(each["texts"]["initial"]) for each in told["steps"])
    assert first["moment"].startswith("2024-04-05T00:00:00")
    assert "moment" not in second
    assert third["view"]["longitude"] == pytest.approx(131.0)
    notes = [json.loads(each["texts"]["callouts"]) for each in told["steps"]]
    assert [[each["text"] for each in step] for step in notes] == [
        ["On every step"],
        ["On every step", "The bridge"],
        ["On every step"],
    ]
    styles = {json.loads(each["texts"]["scene"])["style"]["perUnit"] for each in told["scenes"]}
    assert len(styles) == 1, "one scale of widths for all steps"


def test_its_texts_stand_in_it_without_a_script(content: bytes) -> None:
    page = Read(content)
    text = content.decode()
    titles = re.findall(r'<div class="step"><h2>(.*?)</h2>', text)
    assert titles[:2] == ["By sea", "By rail"]
    assert len(titles) == 3
    assert page.texts["count"] == "1 of 3"
    assert [each["id"] for each in page.named("button")] == ["back", "next", "present"]
    assert next(each for each in page.named("p") if each.get("id") == "told")["aria-live"] == "polite"
    assert text.count("TLP:GREEN") >= 2


def test_braces_in_a_text_stay_as_they_were_written(tmp_path: Path) -> None:
    text = made_of(tmp_path, STORY.replace('title = "By sea"', 'title = "By {{sea}}"'))[1].decode()
    assert "<h2>By {{sea}}</h2>" in text


def test_reports_and_reasons_are_each_steps_own_and_their_links_lead_to_them(content: bytes) -> None:
    page = Read(content)
    lists = [each for each in page.named("div") if each.get("class") == "reports"]
    assert [each["data-scene"] for each in lists] == ["0", "1"]
    reasons = [each for each in page.named("section") if each.get("class") == "why"]
    assert [each["data-step"] for each in reasons] == ["0", "1", "2"]
    ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    for link in page.named("a"):
        if str(link["href"]).startswith("#"):
            assert str(link["href"])[1:] in ids


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    text = STORY.replace('title = "By sea"', f"title = '{EVIL}'").replace('"The bridge"', f"'{EVIL}'")
    _, content = made_of(tmp_path, text)
    page = Read(content)
    assert page.named("img") == []
    assert len(page.named("script")) == 4
    told = json.loads(page.texts["waybill-scene"])
    assert json.loads(told["steps"][1]["texts"]["callouts"])[1]["text"] == EVIL


def test_it_carries_its_brief_and_is_made_again(tmp_path: Path) -> None:
    made, content = made_of(tmp_path)
    path = tmp_path / "story.html"
    path.write_bytes(content)
    assert facts_of(content)["brief"] == made.brief.toml()
    assert again(path).same
