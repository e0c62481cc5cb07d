"""Dates in figures by their form, month names, times of day with zones, spreadsheet serials."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import VagueError
from geo.matching.mapping import DATE_FORMS
from geo.parsing.clock import AMBIGUOUS_ZONES, ZONES
from geo.parsing.dates import read_date
from geo.parsing.windows import read_window
from tests import zoo

DAY = datetime(2023, 9, 7, tzinfo=UTC)

IN_FIGURES = {
    "day first": ["07.09.23", "7/9/2023", "07-09-2023", "7. 9. 2023", "07.09.2023.", "07/09/23", "Thu 07.09.2023"],
    "month first": ["09.07.23", "9/7/2023", "09-07-2023", "09/07/23", "Thursday, 9/7/2023"],
    "excel serial": ["45176", "45176.0", "45176,0"],
}
BY_ANY_FORM = [
    *("2023-09-07", "20230907", "2023/09/07", "2023.09.07", "2023. 9. 7.", "2023년 9월 7일", "2023年9月7日"),
    *("07-Sep-23", "7-Sep-2023", "07SEP2023", "Sep 7 2023", "Sep-07-2023", "7 September 2023", "2023-Sep-07"),
    *("Thu, 07 Sep 2023", "Thursday 7 September 2023", "Thurs. Sept. 7, 2023", "２０２３-０９-０７", "7/Sep/2023"),
]
MOMENTS = {
    "07.09.2023 14:30": "2023-09-07T14:30:00",
    "07/09/2023, 2:30 PM": "2023-09-07T14:30:00",
    "07/09/23 12:05 a.m.": "2023-09-07T00:05:00",
    "07/09/2023 12 pm": "2023-09-07T12:00:00",
    "20230907T1430": "2023-09-07T14:30:00",
    "20230907T143005Z": "2023-09-07T14:30:05",
    "2023-09-07T14:30:15.25+0900": "2023-09-07T05:30:15.250000",
    "2023-09-07 14:30 UTC+9": "2023-09-07T05:30:00",
    "2023-09-07 14:30 (GMT+3)": "2023-09-07T11:30:00",
    "2023-09-07 14:30 UTC-03:30": "2023-09-07T18:00:00",
    "7 Sep 2023 14:30 KST": "2023-09-07T05:30:00",
    "2023-09-07 00:30 JST": "2023-09-06T15:30:00",
    "2023-09-07 14:30 VLAT": "2023-09-07T04:30:00",
    "2023-09-07 14:30 MSK": "2023-09-07T11:30:00",
    "2012-09-07 14:30 MSK": "2012-09-07T10:30:00",
    "2023-09-07 14:30 CET": "2023-09-07T13:30:00",
    "2023-09-07 14:30 CEST": "2023-09-07T12:30:00",
    "2023-09-07 14:30 EET": "2023-09-07T12:30:00",
    "2023-09-07 at 14:30 hrs": "2023-09-07T14:30:00",
}
REFUSED = {
    ("07.09.23", ""): "day or month may come first",
    ("07.09.2023 14:30", "excel serial"): "day or month may come first",
    ("13.13.2023", "day first"): "the date must exist",
    ("31.04.2023", "day first"): "the date must exist",
    ("09/31/2023", "day first"): "no month 31",
    ("13/09/2023", "month first"): "no month 13",
    ("07.09/2023", "day first"): "not a date",
    ("45176", ""): "spreadsheet",
    ("45176", "day first"): "spreadsheet",
    ("60", "excel serial"): "not a date",
    ("99999", "excel serial"): "a year is between",
    ("7-Sep", ""): "day it was said",
    ("Sep-23", ""): "a day or a year",
    ("Mon, 07 Sep 2023", ""): "day of the week",
    ("2023-09 10:00", ""): "needs a date",
    ("2023-09-07 13:00 pm", ""): "the date and time must exist",
    ("2023-09-07 14:30+15:00", ""): "offset from UTC",
    ("2023-09-07 14:30+09:75", ""): "written \\+09:00",
    ("2023-09-07 14:30 XYZ", ""): "not a known time zone",
    ("99991231", ""): "the date must exist|a year is between",
}


@pytest.mark.parametrize(("words", "form"), [(words, form) for form, all_ in IN_FIGURES.items() for words in all_])
def test_a_form_says_how_figures_are_read(words: str, form: str) -> None:
    period = read_date(words, None, form)
    assert (period.start, period.end) == (DAY, DAY + timedelta(days=1))


@pytest.mark.parametrize("form", DATE_FORMS)
@pytest.mark.parametrize("words", BY_ANY_FORM)
def test_what_can_be_read_in_one_way_is_read_by_any_form(words: str, form: str) -> None:
    period = read_date(words, None, form)
    assert (period.start, period.end) == (DAY, DAY + timedelta(days=1))


@pytest.mark.parametrize(("words", "moment"), MOMENTS.items(), ids=MOMENTS)
def test_a_time_of_day_becomes_an_instant_in_utc(words: str, moment: str) -> None:
    period = read_date(words, None, "day first")
    assert period.start == period.end == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(("given_as", "rule"), REFUSED.items(), ids=[" ".join(each) for each in REFUSED])
def test_what_cannot_be_is_refused_with_its_reason(given_as: tuple[str, str], rule: str) -> None:
    words, form = given_as
    with pytest.raises(VagueError, match=rule) as refused:
        read_date(words, None, form)
    assert refused.value.given == words
    assert refused.value.hint


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("2023-13-07", 'Write the month before the day: "2023-07-13".'),
        ("2023-31-12", 'Write the month before the day: "2023-12-31".'),
        ("2023-36", 'Write "2023-W36" for a week, "2023-06/2023-08" for a season.'),
        ("2023-13-40", "Write 2023-09-07, "),
    ],
)
def test_a_month_past_twelve_says_what_it_may_have_been(words: str, hint: str) -> None:
    with pytest.raises(VagueError, match="a month is 01 to 12") as refused:
        read_date(words)
    assert refused.value.hint.startswith(hint)


@pytest.mark.parametrize("name", AMBIGUOUS_ZONES)
def test_a_zone_name_of_several_places_is_refused_with_a_hint(name: str) -> None:
    with pytest.raises(VagueError, match="may be the time of") as refused:
        read_date(f"2023-09-07 14:30 {name.upper()}")
    assert "+09:00" in refused.value.hint


def test_no_zone_is_both_known_and_ambiguous() -> None:
    assert not set(ZONES) & set(AMBIGUOUS_ZONES)


def test_a_day_without_a_year_takes_the_last_one_before_it_was_said() -> None:
    assert read_date("7-Sep", read_date("2023-11-02")).start == DAY
    assert read_date("7-Sep", read_date("2023-09-01")).start.year == 2022


@pytest.mark.parametrize(("figures", "year"), [("00", 2000), ("23", 2023), ("68", 2068), ("69", 1969), ("99", 1999)])
def test_two_figures_are_a_year_by_the_pivot(figures: str, year: int) -> None:
    assert read_date(f"07.09.{figures}", None, "day first").start.year == year
    assert read_date(f"7-Sep-{figures}").start.year == year


def test_a_serial_with_a_fraction_is_a_moment_to_the_second() -> None:
    for words, clock in (("45176.5", "12:00:00"), ("45176.604166666664", "14:30:00"), ("45176,25", "06:00:00")):
        period = read_date(words, None, "excel serial")
        assert period.start == period.end == datetime.fromisoformat(f"2023-09-07T{clock}Z")


def test_about_widens_a_date_in_figures_too() -> None:
    period = read_date("about 07.09.2023", None, "day first")
    assert (period.earliest, period.latest) == (DAY - timedelta(days=3), DAY + timedelta(days=4))


@given(st.dates(date(1969, 1, 1), date(2068, 12, 31)), st.sampled_from("./-"), st.booleans())
def test_every_day_comes_back_in_either_order(day: date, mark: str, short: bool) -> None:
    year = f"{day:%y}" if short else f"{day:%Y}"
    for form, order in (("day first", (day.day, day.month)), ("month first", (day.month, day.day))):
        words = f"{order[0]:02}{mark}{order[1]}{mark}{year}"
        assert read_date(words, None, form).start.date() == day


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)))
def test_a_serial_is_one_more_than_that_of_the_day_before(day: date) -> None:
    serial = (day - date(1900, 3, 1)).days + 61
    assert read_date(str(serial), None, "excel serial").start.date() == day
    assert read_date(str(serial + 1), None, "excel serial").start.date() == day + timedelta(days=1)


@given(st.dates(date(1970, 1, 2), date(2068, 12, 30)), st.times(), st.integers(-11, 13), st.sampled_from([0, 30, 45]))
def test_an_offset_moves_the_moment_by_itself(day: date, clock: time, hours: int, minutes: int) -> None:
    offset = f"{hours:+03}:{minutes:02}"
    read = read_date(f"{day:%d.%m.%Y} {clock:%H:%M:%S}{offset}", None, "day first").start
    assert read == datetime.fromisoformat(f"{day}T{clock:%H:%M:%S}{offset}")


@given(st.one_of(st.text(max_size=60), st.text("0123456789./-: TZampst+,年", max_size=30)), st.sampled_from(DATE_FORMS))
def test_any_text_gives_ordered_ends_or_a_vague_error(words: str, form: str) -> None:
    try:
        period = read_date(words, read_date("2023-11-02"), form)
    except VagueError:
        return
    assert period.earliest <= period.start <= period.end <= period.latest


@pytest.mark.parametrize("form", DATE_FORMS)
@pytest.mark.parametrize(
    "words", [each for each in zoo.NO_DATE if each not in ("09/07/2023", "7.9.2023", "1693958400")]
)
def test_no_date_is_one_by_any_form(words: str, form: str) -> None:
    with pytest.raises(VagueError):
        read_date(words, None, form)


@pytest.mark.parametrize(
    "words",
    [
        "07.09.2023 - 01.10.2023",
        "07.09.2023-01.10.2023",
        "7/9/23 to 1/10/23",
        "07-09-2023/01-10-2023",
        "from 7.9.23 to 1.10.23",
    ],
)
def test_the_form_holds_for_both_ends_of_a_window(words: str) -> None:
    window = read_window(words, None, "day first")
    assert (window.start, window.end) == (DAY, datetime(2023, 10, 2, tzinfo=UTC))
    with pytest.raises(VagueError, match="day or month may come first"):
        read_window(words)
