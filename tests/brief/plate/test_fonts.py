"""Fonts by glyph coverage, what is said where there is none, and lines that fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import font_manager

from geo.brief.plate.fonts import OWN, SIGNS, STAND_IN, Fonts, cut, fit, fonts_for, tame, wrap
from geo.errors import BriefError
from geo.safe_text import legible

PLAIN = Fonts((OWN,), ())


@pytest.mark.parametrize("text", ["Rason → Vladivostok: 1,800–2,200 ≥ “”", "Владивосток", "Πειραιάς", "Gdańsk İzmir"])
def test_latin_cyrillic_and_greek_need_no_other_font(text: str) -> None:
    assert fonts_for([text]).families == (OWN, SIGNS)


@pytest.mark.parametrize("text", ["라선", "罗先 海参崴"])
def test_other_scripts_take_a_font_that_has_their_letters(
    text: str, square_font: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYBILL_FONTS", str(square_font))
    found = fonts_for([text])
    assert found.families == (OWN, SIGNS, "Waybill Test Squares")
    letters = text.replace(" ", "")
    assert found.width(letters, 10) == pytest.approx(10 * len(letters))


@pytest.mark.parametrize(
    ("text", "script", "font"), [("뷁", "Hangul", "KR"), ("龘", "Chinese", "SC"), ("ぬ", "Japanese", "JP")]
)
def test_a_missing_script_is_named_with_fonts_that_would_do(
    text: str, script: str, font: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WAYBILL_FONTS", raising=False)
    own = [entry for entry in font_manager.fontManager.ttflist if entry.name == OWN]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", own)
    with pytest.raises(BriefError, match=script) as told:
        fonts_for(["plain", text])
    assert f"Noto Sans CJK {font}" in str(told.value)
    assert "WAYBILL_FONTS" in str(told.value)


def test_the_text_that_lacks_a_font_is_quoted_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYBILL_FONTS", raising=False)
    own = [entry for entry in font_manager.fontManager.ttflist if entry.name == OWN]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", own)
    long = "so much before it " * 9 + "뷁뷂" + " and so much after it" * 9
    with pytest.raises(BriefError) as told:
        fonts_for(["plain", long, "뷃"], ["the title", "source 3", "the note"])
    assert str(told.value).startswith("source 3, “…")
    assert "뷁뷂" in str(told.value)
    assert "뷃" not in str(told.value)
    assert len(str(told.value)) < 300


def test_a_sign_that_no_font_has_is_replaced_not_refused() -> None:
    assert fonts_for(["🚢"]).settable("a 🚢 b") == f"a {STAND_IN} b"


@given(st.text(max_size=300))
def test_tamed_text_is_one_printable_line(text: str) -> None:
    found = tame(text, 100)
    assert len(found) <= 100
    assert found == " ".join(found.split())
    assert legible(found) == found
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\x1b\x00") & set(found)


@given(st.text("abc de fgW.", max_size=200), st.floats(20, 300))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    text = tame(text)
    lines = wrap(text, width, 10, PLAIN)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(PLAIN.width(line, 10) <= width for line in lines if len(line) > 1)
    assert PLAIN.width(cut(text, width, 10, PLAIN), 10) <= width + 1e-9


def test_text_is_shrunk_before_it_is_cut() -> None:
    words = "A title of some length that goes on"
    whole = fit(words, width=240, most=1, largest=20, smallest=5, fonts=PLAIN)
    assert whole.whole
    assert whole.size < 20
    short = fit(words * 20, width=300, most=2, largest=20, smallest=12, fonts=PLAIN)
    assert not short.whole
    assert (short.size, len(short.lines)) == (12, 2)
    assert short.lines[-1].endswith("…")
