"""What the words of a cell mean: dates, windows, quantities, units, positions. One text at a time, no tables."""

from __future__ import annotations

from geo.parsing.dates import Period, read_date
from geo.parsing.quantity import Quantity, read_quantity
from geo.parsing.units import unit_name
from geo.parsing.windows import Window, read_window

__all__ = ["HOUSE_RULES", "Period", "Quantity", "Window", "read_date", "read_quantity", "read_window", "unit_name"]

HOUSE_RULES = {
    '"about 2,000", "~2000", "approx.", "c.", "2,000?", "2,000 est."': (
        "give or take 10 %: low 1,800, best 2,000, high 2,200"
    ),
    '"more than 1,000", ">1000", "over"': "low and best 1,001, high open",
    '"at least 1,000", "1,000 min.", ">=1000", "1000+", "1천여"': "low and best 1,000, high open",
    '"up to 50", "at most 50", "50 max"': "low 0, best and high 50",
    '"fewer than 50", "<50"': "low 0, best and high 49",
    '"nearly 50", "almost 50"': "low 45, best and high 50",
    '"200-250", "between 200 and 250", "1.5-2 thousand"': "low 200, best 225, high 250; 1,500 to 2,000",
    '"at least 1,000 but fewer than 2,000"': "low 1,000, best 1,499.5, high 1,999",
    '"300 ± 20", "300 ± 5 %"': "low 280, best 300, high 320; 285 to 315",
    '"300*", "300[1]"': "300: the mark leads to a note",
    '"(300)"': (
        "an estimate as SIPRI writes it, with a warning: low 270, best 300, high 330; refused where the "
        "column has negative figures or counts money"
    ),
    '"1.2m", "1.2 mln", "2,5 Mio", "12.5 kt", "3万"': (
        "1,200,000; 2,500,000; 12,500 tonnes; 30,000; Mt is refused, since it may be million tonnes or metric tons"
    ),
    '"3 x 40HC", "2 x 20ft + 1 x 40HC"': "3 containers each: a size and type in feet says what is counted",
    '"более 1000", "mindestens 300", "2,000개 이상", "约2000"': (
        "the same words in Arabic, Chinese, French, German, Japanese, Korean, Russian, Spanish and Ukrainian;"
        " figures of any script"
    ),
    '"dozens", "hundreds", "several"': (
        "refused: write the least and the most that you would defend; ACLED's floors are 10 for tens, 12 for "
        "dozens, 100 for hundreds"
    ),
    '"1,234" and "1.234"': (
        "thousands or decimals as the file shows; points are thousands where three or more different whole "
        "counts have them and none is written otherwise; else 1,234 is thousands, 1.234 refused"
    ),
    '"300 TEU", "25 000 t"': "TEU and tonnes; refused where a column of units says another; units are never converted",
    '"$1,200,500", "US$ 2.5m", "1,200 €"': "US dollars, euros; A$, C$ and the like are refused",
    '"2023-09-07"': "the whole day, UTC; a time of day is an instant",
    '"07.09.23", "9/7/2023"': (
        "day or month first as the whole column shows, day first with points and a full year; asked where nothing "
        "shows it, or where another column of the file shows the other order"
    ),
    '"14:30 KST", "14:30+09:00"': (
        'converted to UTC; without a zone it is that of the header ("ETD (KST)"), else UTC; '
        "IST, CST, BST and the like are refused"
    ),
    '"early", "mid", "late" August': "days 1-10, 11-20, 21 to the end",
    '"early", "mid", "late" 2023': "January-April, May-August, September-December",
    '"2023-W36", "W36 2023", "week of 4 September 2023"': (
        "the week of ISO 8601, Monday to Sunday; one named by a Sunday begins on it"
    ),
    '"Q3 2023", "3Q23", "H1 2023", "first half of September 2023"': "the quarter, the half year, days 1-15",
    '"summer 2023", "winter 2022/23"': "June-August, December-February, as in the northern half of the world",
    '"2023/09", "09/2023", "2023M09", "2023-250"': "the month; day 250 of the year",
    '"202309", "Sep-23", 1693526400, 45170': (
        "a month, seconds since 1970 or a spreadsheet's day where the whole column is written so; asked or "
        "refused where it may be something else"
    ),
    '"FY2023", "2023-24"': "asked: a fiscal year begins on another day in each country",
    '"(2019)", "2019 (est.)", "2019; 2020"': "about that year; both years",
    '"1-5 Sept 2023", "2023-09-20 to 2023-09-24"': (
        "a window; in a leg the days between which it departed, or departure and arrival where the column is "
        "called date and there is no arrival beside it"
    ),
    '"7 сентября 2023", "7. September 2023", "2023年9月7日"': (
        "the same in Arabic, Chinese, French, German, Japanese, Korean, Russian, Spanish and Ukrainian; "
        "figures of any script"
    ),
    '"令和5年9月7日", "民國112年9月", "주체112(2023)년"': (
        "2023: years of Japan's eras, of the Republic of China and of North Korea; years of other calendars are refused"
    ),
    '"N/A", "tbd"': "no value: refused where one is needed, else read as empty with a warning",
    '"2023-08~", "2023-08?", "about August 2023"': (
        "a month wider on either side; a day by 3 days, a week by a week, a year by a year"
    ),
    '"202X", "2023-XX", "2023-09-1X"': "the decade, the year, days 10-19",
    '"since early August", "2023-08/.."': "until the end of the day on which it was said (said_on)",
    '"by 2 Nov 2023", "../2023-11-02", "before November 2023"': "up to then; nothing says since when",
    '"[2022-06..2023-08]/2023-11-02"': "opens somewhere from June 2022 to August 2023; drawn from 1 August 2023",
}
"""Each kind of words that we take, and the sentence that says what we make of it."""
