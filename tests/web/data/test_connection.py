"""What the page says of files that a server, started anew, no longer holds."""

from __future__ import annotations

import pytest

from geo.web.data.connection import lost_words, names
from geo.web.data.upload import MOST_FILES
from geo.web.shared.escaping import LONGEST_NAME


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        (["one.csv"], "one.csv is no longer here"),
        (["one.csv", "two.csv"], "one.csv and two.csv are no longer here"),
        (["a", "b", "c"], "a, b and c are no longer here"),
        (["a", "b", "c", "d", "e"], "a, b, c and 2 more are no longer here"),
    ],
)
def test_files_are_named_as_far_as_a_sentence_holds(lost: list[str], told: str) -> None:
    assert told in lost_words(lost)
    assert ("Drop it here" in lost_words(lost)) == (len(lost) == 1)


def test_what_a_browser_says_may_be_anything() -> None:
    for given in (None, 7, "one.csv", {"0": "one.csv"}, [None, 3, "", "  "]):
        assert names(given) == []
    assert names(["../../etc/passwd", "\u202egnp.exe\n"]) == ["passwd", "‹U+202E›gnp.exe"]
    assert len(names(["x" * 10_000])[0]) <= LONGEST_NAME
    assert len(names(["x"] * 10_000)) == MOST_FILES
