"""The window of a total on its card: as vague as it was said."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.parsing.windows import read_window
from geo.scene.reports import _window


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2023-09-07/2023-10-01", "7 Sept 2023 to 1 Oct 2023"),
        ("2023-09-07", "7 Sept 2023"),
        ("[2022-06..early August 2023]/2023-11-02", "June 2022–early Aug 2023 to 2 Nov 2023"),
        ("2023-09-07/[2023-09-08..2023-09-12]", "7 Sept 2023 to between 8 Sept 2023 and 12 Sept 2023"),
        ("2024-01-01/2024-08", "1 Jan 2024 to Aug 2024"),
        ("../2023-11-02", "by 2 Nov 2023"),
        ("by [2023-09-08..2023-09-12]", "by 12 Sept 2023"),
    ],
)
def test_a_window_is_told_as_vaguely_as_it_was_said(words: str, said: str) -> None:
    window = read_window(words, "2023-11-02")
    names = [name for name in window.__slots__ if name != "words"]
    assert _window({name: pd.Timestamp(getattr(window, name)) for name in names}) == said


def test_an_end_that_is_not_known_is_not_made_up() -> None:
    row = dict.fromkeys(("end_earliest", "end", "end_latest"), pd.NaT)
    day = pd.Timestamp("2023-09-07", tz="UTC")
    assert _window(row | dict.fromkeys(("start_earliest", "start", "start_latest"), day)) == "since 7 Sept 2023"
    assert _window(row | dict.fromkeys(("start_earliest", "start", "start_latest"), pd.NaT)) == "dates not known"
