"""Text stays text, in HTML, in markdown and in links; a file's name is no path."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.web.plain import in_html, in_markdown, web_address
from geo.web.upload import LONGEST_NAME, accept, shown_name


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


def test_files_are_told_apart_by_their_bytes() -> None:
    first, notes = accept([("a.csv", b"1"), ("b.csv", b"2"), ("c.csv", b"1")], [])
    assert [upload.name for upload in first] == ["a.csv", "b.csv"]
    assert notes == ["c.csv is already loaded as a.csv: the same bytes, so nothing was added."]
    assert accept([("a.csv", b"1")], first)[0] == []
