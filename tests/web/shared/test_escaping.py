"""Text stays text, in HTML, in markdown and in links; a file's name is no path."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.web.shared.escaping import LONGEST_NAME, in_html, in_markdown, link_html, shown_name


@given(st.text())
def test_html_holds_no_markup(text: str) -> None:
    assert not set("<>\"'") & set(in_html(text))


@given(st.text())
def test_markdown_has_every_mark_escaped_and_stays_on_its_line(text: str) -> None:
    escaped = in_markdown(text)
    assert "\n" not in escaped
    for mark in "[]()!<>:$`*_#|":
        assert escaped.count(mark) == escaped.count(f"\\{mark}")


@given(st.text())
@example("\u202egnp.exe")
def test_no_text_turns_the_words_around_it(text: str) -> None:
    for shown in (in_html(text), in_markdown(text), link_html(text, "Report"), shown_name(text)):
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff") & set(shown)


def test_a_link_shows_its_host() -> None:
    assert link_html("https://a.example/x?y=1&z=2", "Report", 'said "so"') == (
        '<a href="https://a.example/x?y=1&amp;z=2" target="_blank" rel="noopener noreferrer" '
        'title="said &quot;so&quot;">Report at <span class="wb-host">a.example</span></a>'
    )


@pytest.mark.parametrize(
    "given", ["javascript:alert(1)", "https://google.com@evil.example", "https://a.example/\nx", "//a.example", "<b>"]
)
def test_what_is_no_link_stands_there_as_text(given: str) -> None:
    shown = link_html(given, "Report")
    assert "<a" not in shown
    assert in_html(given) in shown
    assert link_html(" ", "Report") == ""


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\legs.csv", "legs.csv"),
        ("a\x00b\n.csv", "a‹U+0000›b .csv"),
        ("legs\u202evsc.exe", "legs‹U+202E›vsc.exe"),
        ("נמל.csv", "נמל.csv"),
        ("", "unnamed.csv"),
        ("..", ".."),
        ("x" * 500, "x" * LONGEST_NAME),
    ],
)
def test_a_file_name_is_a_label(given: str, shown: str) -> None:
    assert shown_name(given) == shown


@pytest.mark.parametrize("text", ["see https://a.example/x.png", "www.a.example", "me@a.example", "HTTP://A.example"])
def test_markdown_makes_no_link_of_an_address(text: str) -> None:
    shown = in_markdown(text).replace("\\", "")
    assert shown.replace("\u2060", "") == text
    assert not any(mark in shown for mark in ("://", "www.", "@a"))
