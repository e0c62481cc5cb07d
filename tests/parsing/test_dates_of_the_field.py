"""Weeks, quarters, halves, seasons and years of the field, dates in ten languages, and forms of whole columns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import VagueError
from geo.parsing.column_forms import FISCAL, FORMS
from geo.parsing.date_order import decide
from geo.parsing.date_words import MONTHS, month_names
from geo.parsing.dates import read_date
from geo.parsing.windows import read_ends, read_window

PERIODS = {
    ("2023-09-04", "2023-09-11"): [
        *("2023-W36", "2023W36", "W36 2023", "Week 36, 2023", "wk 36/2023", "KW 36/2023", "неделя 36 2023"),
        *("2023年第36周", "week of 4 September 2023", "week of 6 September 2023", "w/c 4 Sept 2023"),
        *("week ending 10 Sept 2023", "semaine 36 2023", "KW36/23", "36. Woche 2023"),
    ],
    ("2023-09-03", "2023-09-10"): ["week of 3 September 2023"],
    ("2023-07-01", "2023-10-01"): [
        *("Q3 2023", "2023Q3", "2023-Q3", "3Q23", "3Q 2023", "Q3/2023", "Q3'23", "third quarter of 2023", "T3 2023"),
        *("3. Quartal 2023", "III кв. 2023", "третий квартал 2023 года", "3 квартал 2023", "2023年第三季度"),
        *(
            "2023年第3四半期",
            "2023년 3분기",
            "الربع الثالث 2023",
            "troisième trimestre 2023",
            "tercer trimestre de 2023",
        ),
    ],
    ("2023-01-01", "2023-07-01"): [
        *("H1 2023", "1H 2023", "1H23", "2023H1", "first half of 2023", "1st half of 2023", "1. Halbjahr 2023"),
        *("первое полугодие 2023", "1er semestre 2023", "2023年上半年", "2023년 상반기", "S1 2023"),
    ],
    ("2023-09-01", "2023-09-16"): ["1H September 2023", "first half of September 2023"],
    ("2023-09-01", "2023-12-01"): ["autumn 2023", "fall 2023", "осень 2023", "automne 2023", "Herbst 2023", "2023年秋"],
    ("2022-12-01", "2023-03-01"): ["winter 2022/23", "winter 2022-2023"],
    ("2023-09-01", "2023-10-01"): [
        *("2023/09", "2023/9", "09/2023", "2023.09", "2023M09", "September '23", "Sep-2023", "2023-Sep", "Sept, 2023"),
        *(
            "сентябрь 2023",
            "вересень 2023",
            "septembre 2023",
            "septiembre de 2023",
            "2023年9月",
            "令和5年9月",
            "2023年九月",
            "2023년 9월",
        ),
        *("سبتمبر 2023", "أيلول ٢٠٢٣", "ايلول 2023"),
    ],
    ("2023-09-07", "2023-09-08"): [
        *("7 сентября 2023", "7 сентября 2023 г.", "7-го сентября 2023 года", "7 вересня 2023 р.", "7. September 2023"),
        *(
            "7 septembre 2023",
            "7 de septiembre de 2023",
            "٧ سبتمبر ٢٠٢٣",
            "٧ سبتمبر، ٢٠٢٣",
            "۲۰۲۳-۰۹-۰۷",
            "2023年9月7日(木)",
            "2023-250",
        ),
        *("令和5年9月7日", "民國112年9月7日", "民国 112 年 9 月 7 日", "주체112(2023)년 9월 7일", "주체 112년 9월 7일"),
        *("2023-W36-4", "2023-09-07 (Thu)", "7 Sept 2023*", "7 Sept 2023[1]"),
    ],
    ("2023-08-05", "2023-08-06"): ["5 août 2023", "5 aout 2023", "5 أغسطس 2023", "5 اغسطس 2023", "5. Aug. 2023"],
    ("2023-09-01", "2023-09-11"): [
        "Anfang September 2023",
        "в начале сентября 2023",
        "début septembre 2023",
        "2023年9月上旬",
    ],
    ("2019-05-01", "2019-05-02"): ["令和元年5月1日"],
    ("2019-01-01", "2021-01-01"): ["2019; 2020", "2019, 2020", "2019 & 2020"],
}
ABOUT = [
    "(2019)",
    "2019?",
    "2019 (est.)",
    "est. 2019",
    "около 2019",
    "etwa 2019",
    "environ 2019",
    "約2019年",
    "约2019年",
]
REFUSED = {
    "winter 2023": "two years",
    "FY2023": "fiscal year",
    "FY23/24": "fiscal year",
    "2023-24": "fiscal year",
    "Sep-23": "a day or a year",
    "1693526400": "seconds since 1970, which would be 2023-09-01",
    "1693526400000": "milliseconds since 1970, which would be 2023-09-01",
    "202309": "a year and a month",
    "N/A": "say that there is no date",
    "tbd": "say that there is no date",
    "2023-09-20 MSK": "behind a time of day",
    "2023-09-20 14:00 Europe/Moscow": "not a known time zone",
    "2023-09-31": "September 2023 has 30 days",
    "1402/06/16": "Persian or Islamic calendar",
    "2023-W60": "must exist",
}
STRETCHES = [
    *(
        "1-5 Sept 2023",
        "1/5 Sept 2023",
        "1 / 5 eylül 2023",
        "1–5 September 2023",
        "1.-5. September 2023",
        "01.-05.09.2023",
        "01.09.-05.09.2023",
    ),
    *("Sept 1-5, 2023", "2023-09-01 - 2023-09-05", "2023-09-01 to 2023-09-05", "2023-09-01..2023-09-05"),
    *("2023-09-01/2023-09-05", "2023-09-01/05", "01/09/2023-05/09/2023", "с 1 по 5 сентября 2023 г."),
    *("vom 1. bis 5. September 2023", "du 1er au 5 septembre 2023", "del 1 al 5 de septiembre de 2023"),
    *("2023年9月1日至5日", "2023年9月1日～9月5日", "1 Sept - 5 Sept 2023", "1 Sept 2023 - 5 Sept", "1-5/9/2023"),
]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("words", "ends"), [(words, ends) for ends, all_ in PERIODS.items() for words in all_])
def test_a_part_of_the_calendar_is_the_whole_of_it(words: str, ends: tuple[str, str]) -> None:
    period = read_date(words)
    assert (period.start, period.end) == tuple(map(utc, ends))
    assert (period.earliest, period.latest) == (period.start, period.end)


@pytest.mark.parametrize("words", ABOUT)
def test_an_estimated_year_is_about_that_year(words: str) -> None:
    period = read_date(words)
    assert (period.start, period.end, period.earliest) == (utc("2019-01-01"), utc("2020-01-01"), utc("2018-01-01"))


@pytest.mark.parametrize(("words", "rule"), REFUSED.items(), ids=REFUSED)
def test_what_one_cell_does_not_tell_is_refused_with_a_hint_of_its_own(words: str, rule: str) -> None:
    with pytest.raises(VagueError, match=rule) as refused:
        read_date(words)
    assert refused.value.given == words


@pytest.mark.parametrize("words", STRETCHES)
def test_a_stretch_of_days_in_one_cell_has_two_ends(words: str) -> None:
    first, last = read_ends(words, "day first")
    assert (first.start, first.end) == (utc("2023-09-01"), utc("2023-09-02"))
    assert (last.start, last.end) == (utc("2023-09-05"), utc("2023-09-06"))
    window = read_window(words, None, "day first")
    assert (window.start, window.end) == (utc("2023-09-01"), utc("2023-09-06"))


@pytest.mark.parametrize(
    ("words", "ends"),
    {
        "Aug 2023 to Feb 2024": ("2023-08-01", "2024-03-01"),
        "Aug-Sep 2023": ("2023-08-01", "2023-10-01"),
        "2019-2023": ("2019-01-01", "2024-01-01"),
        "Q1-Q3 2023": ("2023-01-01", "2023-10-01"),
        "1Q-3Q 2023": ("2023-01-01", "2023-10-01"),
        "W36-W38 2023": ("2023-09-04", "2023-09-25"),
        "2022/2023": ("2022-01-01", "2024-01-01"),
        "28 Dec - 3 Jan 2024": ("2023-12-28", "2024-01-04"),
        "с августа по октябрь 2023": ("2023-08-01", "2023-11-01"),
        "2023年9月7日から10月1日まで": ("2023-09-07", "2023-10-02"),
    }.items(),
)
def test_ends_may_be_vague_and_share_their_year(words: str, ends: tuple[str, str]) -> None:
    window = read_window(words)
    assert (window.start, window.end) == tuple(map(utc, ends))


def test_a_stretch_that_ends_before_it_begins_is_refused_for_that() -> None:
    with pytest.raises(VagueError, match="begins before it ends") as refused:
        read_ends("2023-09-24 to 2023-09-20")
    assert refused.value.given == "2023-09-24 to 2023-09-20"


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_week_holds_the_day_it_is_written_from(day: date) -> None:
    year, week, weekday = day.isocalendar()
    if not 1900 <= year <= 2099:
        return
    period = read_date(f"{year}-W{week:02}")
    assert period.start.date() <= day < period.end.date()
    assert read_date(f"{year}-W{week:02}-{weekday}").start.date() == day
    assert read_date(f"{day:%Y-%j}").start.date() == day


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(sorted(month_names().items())))
def test_a_day_with_a_month_in_any_language_is_that_day(day: date, named: tuple[str, int]) -> None:
    name, month = named
    same = date(day.year, month, min(day.day, 28))
    assert read_date(f"{same.day} {name} {same.year}").start.date() == same


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９"]),
)
def test_figures_of_another_script_change_nothing(day: date, figures: str) -> None:
    for words in (f"{day}", f"{day:%Y/%m/%d}", f"{day:%Y-W10}", f"{day.day} {MONTHS[day.month - 1]} {day.year}"):
        other = words.translate(str.maketrans("0123456789", figures))
        assert read_date(other).start == read_date(words).start


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 60))
def test_any_two_days_make_the_stretch_between_them(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    for mark in (" - ", "/", " to ", "..", "–"):
        start, end = read_ends(f"{first}{mark}{last}")
        assert (start.start.date(), end.start.date()) == (first, last)


COLUMNS = {
    "epoch seconds": ["1693526400", "1693612800", ""],
    "epoch milliseconds": ["1693526400000", "n/a"],
    "year and month": ["202309", "202310", "201312"],
    "month and year": ["Sep-23", "Aug-99"],
}
READ = {
    ("1693526400", "epoch seconds"): ("2023-09-01", "2023-09-01"),
    ("1693526400000", "epoch milliseconds"): ("2023-09-01", "2023-09-01"),
    ("202309", "year and month"): ("2023-09-01", "2023-10-01"),
    ("Sep-23", "month and year"): ("2023-09-01", "2023-10-01"),
    ("FY2024", "fiscal year to March"): ("2023-04-01", "2024-04-01"),
    ("FY2023", "fiscal year from April"): ("2023-04-01", "2024-04-01"),
    ("FY23", "fiscal year to September"): ("2022-10-01", "2023-10-01"),
    ("2023-24", "fiscal year to June"): ("2023-07-01", "2024-07-01"),
    ("FY23/24", "fiscal year to March"): ("2023-04-01", "2024-04-01"),
    ("FY2024 Q1", "fiscal year to September"): ("2023-10-01", "2024-01-01"),
    ("2010-11", "calendar years"): ("2010-01-01", "2012-01-01"),
    ("2023年度", "fiscal year from April"): ("2023-04-01", "2024-04-01"),
}


@pytest.mark.parametrize(("form", "values"), COLUMNS.items(), ids=COLUMNS)
def test_a_column_of_one_form_is_known_by_it(form: str, values: list[str]) -> None:
    decision = decide(values)
    assert (decision.form, decision.undecided) == (form, False)
    assert decide([*values, "2023-09-07"]).form in ("", "month and year")


@pytest.mark.parametrize(("given_as", "ends"), READ.items(), ids=[" ".join(each) for each in READ])
def test_a_form_reads_its_values(given_as: tuple[str, str], ends: tuple[str, str]) -> None:
    period = read_date(given_as[0], None, given_as[1])
    assert (period.start, period.end) == tuple(map(utc, ends))


@pytest.mark.parametrize(
    ("values", "choices"),
    [
        (["FY2023", "FY2024"], tuple(FISCAL)),
        (["2010-11", "2012-13"], tuple(FISCAL)),
        (["2022/2023", "2023/2024"], tuple(FISCAL)),
        (["Sep-23"], ("month and year",)),
        (["200909", "200911"], ("year and month",)),
        (["07/09/2023"], ("day first", "month first")),
    ],
)
def test_what_is_in_doubt_is_asked_with_its_choices(values: list[str], choices: tuple[str, ...]) -> None:
    decision = decide(values)
    assert (decision.form, decision.undecided, decision.choices) == ("", True, choices)


def test_a_date_time_group_of_armed_forces_is_a_moment() -> None:
    for words in ("071430ZSEP23", "07 1430Z SEP 2023", "071430Z SEP 23"):
        assert read_date(words).start == utc("2023-09-07T14:30")


def test_years_in_pairs_are_no_months_while_they_are_in_doubt() -> None:
    held = decide(["2010-11", "2012-13"]).held
    with pytest.raises(VagueError, match="fiscal year"):
        read_date("2010-11", None, held)
    assert read_date("2010-11").start == utc("2010-11-01")
    assert decide(["2010-11", "2010-12", "2012-13"]).form == ""
    assert not decide(["2010-11", "2010-12"]).undecided


@given(st.integers(10**9, 2 * 10**9 - 1))
def test_seconds_since_1970_are_the_moment_they_were_made_of(seconds: int) -> None:
    for form, text in (("epoch seconds", f"{seconds}"), ("epoch milliseconds", f"{seconds}000")):
        assert decide([text]).form == form
        assert read_date(text, None, form).start == datetime.fromtimestamp(seconds, UTC)


def test_the_forms_of_columns_differ() -> None:
    assert len({*FORMS}) == len(FORMS)
