"""Texts that hide something or turn a line around, in every finished file; and links that say where they lead."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image
from pptx import Presentation

from geo.brief.formats.images import encode
from geo.brief.formats.slides import encode as encode_slides
from geo.brief.plate.figure import compose, draw
from geo.brief.plate.fonts import tame
from geo.brief.plate.plate import Plate, Words
from geo.safe_text import LRM, legible
from geo.scene.scene import Scene

EVIL = "\u202egnp.exe \u2066x Raj\u200bin \U000e0041 \xad"
HEBREW, ARABIC = "נמל חיפה (ישן)", "ميناء\u200c بندر"
LINK, HOST = "https://\u0440aypal.example/x?a=1&b=2", "xn--aypal-uye.example"
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u00ad\U000e0041]")
ADDRESS = f"https://{HOST}/x?a=1&b=2"


def plate_of(scene: Scene, text: str) -> Plate:
    return Plate(scene, (scene.seconds,), words=Words(title=text, subtitle=text, handling=text, note=text))


@pytest.fixture(scope="module")
def evil(renamed: Callable[..., Scene]) -> Plate:
    return plate_of(renamed((EVIL, HEBREW), 3, summary=EVIL, url="https://good.example@evil.example"), EVIL)


@pytest.fixture(scope="module")
def linked(renamed: Callable[..., Scene]) -> Plate:
    return plate_of(renamed((HEBREW, ARABIC), 2, url=LINK), HEBREW)


def test_every_text_of_a_picture_shows_what_it_hides(evil: Plate) -> None:
    texts = [text.get_text() for _, text in compose(evil).sheet.texts]
    assert sum("‹U+202E›" in text for text in texts) >= 5, "title, subtitle, handling line, note, place, sources"
    assert not [text for text in texts if TURNING.search(text)]


def test_no_file_turns_a_line_around(evil: Plate) -> None:
    drawn = compose(evil)
    assert not TURNING.search(encode(drawn, evil, "svg", {}).decode())
    with Image.open(io.BytesIO(encode(drawn, evil, "png", {}))) as picture:
        assert not TURNING.search("".join(map(str, picture.info.values())))


def test_slides_show_it_too(evil: Plate) -> None:
    deck = Presentation(io.BytesIO(encode_slides([evil], [compose(evil)], {})))
    slide = deck.slides[0]
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    texts.append(slide.notes_slide.notes_text_frame.text)
    assert any("‹U+202E›" in text for text in texts)
    assert not [text for text in texts if TURNING.search(text)]
    assert "https://good.example@evil.example" in texts[-1], "what is no link stands there as text"
    parts = (slide.part, slide.notes_slide.part)
    assert not [rel for part in parts for rel in part.rels.values() if rel.is_external]


def test_a_line_that_begins_with_hebrew_is_read_from_the_left(linked: Plate) -> None:
    lines = [text.get_text() for group, text in compose(linked).sheet.texts if group == "sources"]
    begun = [line for line in lines if line.lstrip(LRM)[:1] in HEBREW + ARABIC]
    assert begun
    assert all(line.startswith(LRM) for line in begun)
    draw(linked)


def test_links_lead_where_they_say(linked: Plate) -> None:
    drawn = compose(linked)
    svg = encode(drawn, linked, "svg", {}).decode()
    found = re.findall(r'<a xlink:href="([^"]*)" xlink:title="([^"]*)"', svg)
    assert set(found) == {(ADDRESS.replace("&", "&amp;"), HOST)}
    with pikepdf.open(io.BytesIO(encode(drawn, linked, "pdf", {}))) as document:
        links = [(str(each.A.URI), str(each.Contents)) for each in document.pages[0].obj.Annots]
    assert set(links) == {(ADDRESS, f"Source: {ADDRESS}")}
    slide = Presentation(io.BytesIO(encode_slides([linked], [drawn], {}))).slides[0]
    tips = [each.get("tooltip") for each in slide.element.iter("{*}hlinkClick")]
    assert tips
    assert set(tips) == {HOST}


@pytest.mark.parametrize("text", [EVIL, HEBREW, "x" * 900, HEBREW * 90, "a\u202e" * 300])
def test_a_tamed_text_is_legible_and_short(text: str) -> None:
    found = tame(text, 100)
    assert legible(found) == found
    assert len(found) <= 100
    assert tame(found, 100) == found
