"""What the words of a cell mean: dates, windows, quantities, units, positions. One text at a time, no tables."""

from __future__ import annotations

from geo.parsing.dates import Period, read_date
from geo.parsing.quantity import Quantity, read_quantity
from geo.parsing.units import unit_name
from geo.parsing.windows import Window, read_window

__all__ = ["HOUSE_RULES", "Period", "Quantity", "Window", "read_date", "read_quantity", "read_window", "unit_name"]

HOUSE_RULES = {
    '"about 2,000", "~2000", "approx.", "c."': "give or take 10 %: low 1,800, best 2,000, high 2,200",
    '"more than 1,000", ">1000", "over"': "low and best 1,001, high open",
    '"at least 1,000", ">=1000", "1000+"': "low and best 1,000, high open",
    '"up to 50", "at most 50"': "low 0, best and high 50",
    '"fewer than 50", "<50"': "low 0, best and high 49",
    '"nearly 50", "almost 50"': "low 45, best and high 50",
    '"200-250", "between 200 and 250"': "low 200, best 225, high 250",
    '"dozens", "hundreds", "several"': "refused: write the least and the most that you would defend; ACLED's floors "
    "are 10 for tens, 12 for dozens, 100 for hundreds",
    '"1,234" and "1.234"': "thousands or decimals as the file shows; else 1,234 is thousands, 1.234 refused",
    '"300 TEU"': "accepted where the unit is TEU, refused where it is another; units are never converted",
    '"2023-09-07"': "the whole day, UTC; a time of day is an instant",
    '"07.09.23", "9/7/2023"': "day or month first as the whole column shows; asked where it does not",
    '"14:30 KST", "14:30+09:00"': "converted to UTC; without a zone it is UTC; IST, CST, BST and the like are refused",
    '"early", "mid", "late" August': "days 1-10, 11-20, 21 to the end",
    '"early", "mid", "late" 2023': "January-April, May-August, September-December",
    '"2023-08~", "2023-08?", "about August 2023"': "a month wider on either side; a day by 3 days, a year by a year",
    '"202X", "2023-XX", "2023-09-1X"': "the decade, the year, days 10-19",
    '"since early August", "2023-08/.."': "until the end of the day on which it was said (said_on)",
    '"by 2 Nov 2023", "../2023-11-02", "before November 2023"': "up to then; nothing says since when",
    '"[2022-06..2023-08]/2023-11-02"': "opens somewhere from June 2022 to August 2023; drawn from 1 August 2023",
}
"""Each kind of words that we take, and the sentence that says what we make of it."""
