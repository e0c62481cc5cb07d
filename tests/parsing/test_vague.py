"""Words become periods and windows in UTC, half-open; the hard ones are refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import VagueError
from geo.parsing import Period, Window, read_date, read_window
from tests import zoo

SAID = "2023-11-02"

DATES = {
    "2023-09-07": ("2023-09-07", "2023-09-08"),
    "2023-9-7": ("2023-09-07", "2023-09-08"),
    "2023-09": ("2023-09-01", "2023-10-01"),
    "2023": ("2023-01-01", "2024-01-01"),
    "2024-02": ("2024-02-01", "2024-03-01"),
    "202X": ("2020-01-01", "2030-01-01"),
    "2023-XX": ("2023-01-01", "2024-01-01"),
    "2023-XX-XX": ("2023-01-01", "2024-01-01"),
    "2023-1X": ("2023-10-01", "2024-01-01"),
    "2023-09-1X": ("2023-09-10", "2023-09-20"),
    "2023-02-2X": ("2023-02-20", "2023-03-01"),
    "2023-Q3": ("2023-07-01", "2023-10-01"),
    "early August 2023": ("2023-08-01", "2023-08-11"),
    "mid-August 2023": ("2023-08-11", "2023-08-21"),
    "late Feb 2024": ("2024-02-21", "2024-03-01"),
    "the end of August 2023": ("2023-08-21", "2023-09-01"),
    "mid-2022": ("2022-05-01", "2022-09-01"),
    "7 Sep 2023": ("2023-09-07", "2023-09-08"),
    "Sept. 7, 2023": ("2023-09-07", "2023-09-08"),
    "October 1st, 2023": ("2023-10-01", "2023-10-02"),
    "on 1 October 2023": ("2023-10-01", "2023-10-02"),
}
WINDOWS = {
    "2023-09-07/2023-10-01": "2023-09-07 2023-09-07 2023-09-08 2023-10-01 2023-10-02 2023-10-02",
    "since early August": "2023-08-01 2023-08-01 2023-08-11 2023-11-02 2023-11-03 2023-11-03",
    "since 2023-08~": "2023-07-01 2023-08-01 2023-10-01 2023-11-02 2023-11-03 2023-11-03",
    "2023-08/..": "2023-08-01 2023-08-01 2023-09-01 2023-11-02 2023-11-03 2023-11-03",
    "[2022-06..2023-08]/2023-11-02": "2022-06-01 2023-08-01 2023-09-01 2023-11-02 2023-11-03 2023-11-03",
    "[2022-06..early August 2023]/..": "2022-06-01 2023-08-01 2023-08-11 2023-11-02 2023-11-03 2023-11-03",
    "2023-01/[2023-03..2023-05]": "2023-01-01 2023-01-01 2023-02-01 2023-03-01 2023-04-01 2023-06-01",
    "7 September to 1 October 2023": "2023-09-07 2023-09-07 2023-09-08 2023-10-01 2023-10-02 2023-10-02",
    "December 2022 to January": "2022-12-01 2022-12-01 2023-01-01 2023-01-01 2023-02-01 2023-02-01",
    "between Sep 7 and Oct 1": "2023-09-07 2023-09-07 2023-09-08 2023-10-01 2023-10-02 2023-10-02",
    "7-8 September 2023": "2023-09-07 2023-09-07 2023-09-08 2023-09-08 2023-09-09 2023-09-09",
    "since December": "2022-12-01 2022-12-01 2023-01-01 2023-11-02 2023-11-03 2023-11-03",
    "in October 2023": "2023-10-01 2023-10-01 2023-10-01 2023-11-01 2023-11-01 2023-11-01",
    "2023-09-07": "2023-09-07 2023-09-07 2023-09-07 2023-09-08 2023-09-08 2023-09-08",
    "../2023-10-01": "- - - 2023-10-01 2023-10-02 2023-10-02",
    "by 1 October 2023": "- - - 2023-10-01 2023-10-02 2023-10-02",
    "up to early October": "- - - 2023-10-01 2023-10-11 2023-10-11",
    "until 2023-08~": "- - - 2023-07-01 2023-09-01 2023-10-01",
    "before 2023-10-01": "- - - 2023-10-01 2023-10-01 2023-10-01",
    "prior to 2023-08~": "- - - 2023-07-01 2023-08-01 2023-08-01",
    "../[2023-03..2023-05]": "- - - 2023-03-01 2023-04-01 2023-06-01",
    "up to now": "- - - 2023-11-02 2023-11-03 2023-11-03",
}
"""start_earliest, start, start_latest, end_earliest, end, end_latest; "-" where nothing says when it began."""


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def ends(window: Window) -> list[datetime | None]:
    return [getattr(window, name) for name in Window.__slots__ if name != "words"]


@pytest.mark.parametrize(("words", "bounds"), DATES.items(), ids=DATES)
def test_a_date_is_the_whole_of_its_period(words: str, bounds: tuple[str, str]) -> None:
    period = read_date(words)
    assert (period.start, period.end) == tuple(map(utc, bounds))
    assert (period.earliest, period.latest, period.words) == (period.start, period.end, words)


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("2023-08~", "2023-07-01", "2023-10-01"),
        ("2023-08?", "2023-07-01", "2023-10-01"),
        ("about August 2023", "2023-07-01", "2023-10-01"),
        ("2023-09-07~", "2023-09-04", "2023-09-11"),
        ("2023%", "2022-01-01", "2025-01-01"),
        ("c. early August 2023", "2023-07-27", "2023-08-16"),
    ],
)
def test_about_widens_a_date_and_leaves_what_is_printed(words: str, earliest: str, latest: str) -> None:
    period = read_date(words)
    assert (period.earliest, period.latest) == (utc(earliest), utc(latest))
    assert period.earliest < period.start < period.end < period.latest


def test_a_time_of_day_is_an_instant_in_utc() -> None:
    for words in ("2023-09-07T05:30Z", "2023-09-07 14:30+09:00", "2023-09-07T05:30", "2023-09-07T05:30:00.000Z"):
        period = read_date(words)
        assert period.start == period.end == utc("2023-09-07T05:30")


@pytest.mark.parametrize(("words", "expected"), WINDOWS.items(), ids=WINDOWS)
def test_a_window_says_how_far_its_ends_may_lie(words: str, expected: str) -> None:
    window = read_window(words, SAID)
    assert ends(window) == [None if text == "-" else utc(text) for text in expected.split()]
    assert window.words == words


def test_said_on_may_be_text_a_date_or_a_period() -> None:
    given_as: list[str | date | Period] = [SAID, date(2023, 11, 2), read_date(SAID)]
    assert len({read_window("since early August", said) for said in given_as}) == 1


def test_an_open_window_needs_the_day_it_was_said() -> None:
    for words in ("since 2023-08", "2023-08/..", "up to now", "../.."):
        with pytest.raises(VagueError, match="said_on"):
            read_window(words)


@pytest.mark.parametrize("words", zoo.NO_DATE)
def test_no_date_is_refused(words: str) -> None:
    with pytest.raises(VagueError) as refused:
        read_date(words)
    assert refused.value.rule
    assert refused.value.hint


@pytest.mark.parametrize("words", zoo.NO_WINDOW)
def test_no_window_is_refused(words: str) -> None:
    with pytest.raises(VagueError) as refused:
        read_window(words, SAID)
    assert refused.value.given in (words, SAID)


def test_day_and_month_in_figures_are_never_guessed() -> None:
    with pytest.raises(VagueError, match="day or month may come first"):
        read_date("09/07/2023")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_an_iso_date_comes_back_as_its_day(day: date) -> None:
    period = read_date(day.isoformat())
    assert period.start.date() == day
    assert period.end - period.start == timedelta(days=1)
    assert period.start.tzinfo is UTC


PIECES = st.sampled_from(
    [
        "2023",
        "2023-08",
        "2023-09-07",
        "early",
        "mid",
        "late",
        "August",
        "Sept",
        "1",
        "31",
        "about",
        "~",
        "?",
        "%",
        "/",
        "..",
        "[",
        "]",
        "since",
        "from",
        "to",
        "until",
        "between",
        "and",
        "-",
        "X",
        "2023-1X",
        "202X",
        "Q3",
        "T10:00",
        "+09:00",
        ",",
        "of",
        "now",
        "2022-06",
        "00",
    ]
)


@given(
    st.one_of(
        st.text(max_size=250), st.lists(PIECES, max_size=8).map(" ".join), st.lists(PIECES, max_size=6).map("".join)
    )
)
def test_any_text_gives_ordered_ends_or_a_vague_error(words: str) -> None:
    try:
        period = read_date(words, read_date(SAID))
        assert period.earliest <= period.start <= period.end <= period.latest
    except VagueError:
        pass
    try:
        window = read_window(words, SAID)
    except VagueError:
        return
    first, start, start_last, end_first, end, last = ends(window)
    assert end_first <= end <= last
    assert (first is None) == (start is None) == (start_last is None)
    if start is not None:
        assert first <= start <= start_last
        assert start < end
