"""The order of the dates of a column is decided from all its values, or said to be undecidable."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import VagueError
from geo.parsing.date_order import as_iso, decide
from geo.parsing.dates import read_date

DECIDED = {
    "day first": [
        ["13/09/2023", "07/09/2023"],
        ["25/09/23", "07/10/23"],
        ["07.09.23"],
        ["07.09.2023 14:30"],
        ["07/09/2023 to 13/10/2023"],
        ["07-09-2023/13-09-2023"],
        ["3.4.2023-13.4.2023"],
        ["since 13/09/2023", "2023-09-07", "n/a"],
        ["Wed 13/09/2023"],
        ["１３/０９/２０２３"],
        ["13/09/2023", "25/09/23"],
    ],
    "month first": [["9/13/2023", "9/7/2023"], ["09/25/23"], ["9.13.2023", "9.7.2023"], ["09-13-2023 2:30 PM"]],
    "excel serial": [["45176", "45177.5"], ["45176", "n/a", ""], [" 45176 "], ["45176,25"]],
    "": [
        [],
        ["2023-09-07", "7 Sep 2023"],
        ["no date"],
        ["2023-09-07 - 2023-10-13"],
        ["45176", "5"],
        ["12345"],
        ["20230907"],
    ],
}
UNDECIDED = {
    "no value shows which": ["07/09/2023", "08/10/2023"],
    "13/09/2023 has the day first, 9/13/2023 the month": ["9/13/2023", "13/09/2023"],
    "07.09.2023 has the day first, 9/13/2023 the month": ["07.09.2023", "9/13/2023"],
    "13/01/01 has the day first, 01/13/2000 the month": ["01/13/2000", "13/01/01"],
    "the day may come first, or the year": ["25/09/23", "24/08/01"],
    "23.09.07: the day may come first": ["23.09.07"],
    "Spreadsheet numbers and dates in figures are mixed: 45176 beside 13/09/2023": ["45176", "13/09/2023"],
}


@pytest.mark.parametrize(("form", "values"), [(form, values) for form, all_ in DECIDED.items() for values in all_])
def test_values_that_tell_decide_the_form(form: str, values: list[str]) -> None:
    decision = decide(values)
    assert (decision.form, decision.undecided) == (form, False)
    assert decision.reason


@pytest.mark.parametrize(("reason", "values"), UNDECIDED.items(), ids=UNDECIDED)
def test_values_that_do_not_tell_leave_it_open_with_the_reason(reason: str, values: list[str]) -> None:
    decision = decide(values)
    assert (decision.form, decision.undecided) == ("", True)
    assert reason in decision.reason


def test_the_reason_shows_the_value_that_tells() -> None:
    assert decide(["7/9/2023", "13/9/2023"]).reason == "13/9/2023: there is no month 13."
    assert "points" in decide(["07.09.23"]).reason


def test_an_arrow_column_is_decided_like_a_list() -> None:
    values = ["13/09/2023", "07/09/2023", ""]
    assert decide(pa.array(values)) == decide(values)


DAYS = st.dates(date(1990, 1, 1), date(2039, 12, 31))
FIGURES = st.builds(
    lambda day, form, mark: day.strftime(form).replace("/", mark),
    DAYS,
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y"]),
    st.sampled_from("/-."),
)
COLUMNS = st.lists(st.one_of(FIGURES, st.sampled_from(["45176", "2023-09-07", "", "n/a", "44000.5"])), max_size=8)


@given(COLUMNS, st.randoms())
def test_the_order_of_the_values_makes_no_difference(values: list[str], random: object) -> None:
    shuffled = sorted(values, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert decide(shuffled) == decide(values) == decide(values * 2)


@given(COLUMNS, DAYS, st.sampled_from("/-."), st.booleans())
def test_a_value_in_the_form_decided_never_changes_the_decision(
    values: list[str], day: date, mark: str, short: bool
) -> None:
    form = decide(values).form
    if form not in ("day first", "month first"):
        return
    if form == "month first" and mark == ".":
        mark = "/"  # points beside month-first slashes contradict them, by what they lean to
    order = (day.day, day.month) if form == "day first" else (day.month, day.day)
    more = f"{order[0]:02}{mark}{order[1]:02}{mark}{day.year % 100 if short else day.year:02}"
    assert decide([*values, more]).form == form


@given(COLUMNS)
def test_every_value_in_figures_of_a_decided_column_can_be_read_or_is_no_day(values: list[str]) -> None:
    decision = decide(values)
    for value in values:
        if decision.form in ("day first", "month first") and value[2:3] in "/-." and value:
            period = read_date(value, None, decision.form)
            assert (period.end - period.start).days == 1


@given(st.lists(st.text(max_size=40), max_size=10))
def test_any_texts_are_decided_or_left_open(values: list[str]) -> None:
    decision = decide(values)
    assert decision.reason
    assert not (decision.form and decision.undecided)


def test_full_dates_in_figures_become_iso_by_their_form() -> None:
    values = ["07.09.2023 14:30", "7/9/2023", "7-9-2023, 4:05:06", "07.09.23", "2023-09-07", "7/9-2023", "", None]
    iso = ["2023-09-07T14:30", "2023-09-07", "2023-09-07T04:05:06", *values[3:]]
    assert as_iso(pa.array(values), "day first").to_pylist() == iso
    assert as_iso(pa.array(values, pa.large_string()), "month first").to_pylist()[:2] == [
        "2023-07-09T14:30",
        "2023-07-09",
    ]
    assert as_iso(pa.array(values), "").to_pylist() == values


@given(
    st.lists(st.one_of(FIGURES, st.text("0123456789./-: ,", max_size=20)), max_size=5),
    st.sampled_from(["", " 14:30", " 4:05", ", 04:05:06", " 24:00", " 2:30 PM", " 14:30Z"]),
    st.sampled_from(["day first", "month first", "", "excel serial"]),
)
def test_a_value_as_iso_says_what_it_said_before(values: list[str], clock: str, form: str) -> None:
    values = [value + clock for value in values]
    for value, iso in zip(values, as_iso(pa.array(values, pa.string()), form).to_pylist(), strict=True):
        assert _ends(value, form) == _ends(iso, form)


def _ends(words: str, form: str) -> tuple[datetime, datetime] | None:
    try:
        period = read_date(words, None, form)
    except VagueError:
        return None
    return period.earliest, period.latest
