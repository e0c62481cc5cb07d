"""Text stays text, in HTML, in markdown and in links; a file's name is no path."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.web.plain import LONGEST_NAME, in_html, in_markdown, shown_name, web_address


@given(st.text())
def test_html_holds_no_markup(text: str) -> None:
    assert not set("<>\"'") & set(in_html(text))


@given(st.text())
def test_markdown_has_every_mark_escaped_and_stays_on_its_line(text: str) -> None:
    escaped = in_markdown(text)
    assert "\n" not in escaped
    for mark in "[]()!<>:$`*_#|":
        assert escaped.count(mark) == escaped.count(f"\\{mark}")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("https://a.example/x", "https://a.example/x"),
        (" HTTP://a.example ", "HTTP://a.example"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example", ""),
        ("", ""),
    ],
)
def test_only_the_web_is_linked(given: str, shown: str) -> None:
    assert web_address(given) == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\legs.csv", "legs.csv"),
        ("a\x00b\n.csv", "ab.csv"),
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
