"""Forms that only a whole column can have: seconds since 1970, 202309, "Sep-23", fiscal years. Read, and recognised.

One cell alone is refused: 1693526400 may be a number of anything, "Sep-23" a day, and a fiscal year begins on another
day in each country.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import VagueError
from geo.parsing.calendar_spans import Span, add_months, full_year, months_of
from geo.parsing.date_words import key, month_names

DAY_OR_YEAR = "the figures may be a day or a year"
FISCAL_YEAR = "a fiscal year begins on another day in each country"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SINCE_1970 = {"epoch seconds": 10, "epoch milliseconds": 13}
"""Form -> how many figures its numbers have, for every moment from September 2001 to May 2033."""
FISCAL = {
    "fiscal year to March": (4, -1),
    "fiscal year from April": (4, 0),
    "fiscal year to June": (7, -1),
    "fiscal year to September": (10, -1),
    "calendar years": (1, 0),
}
"""Form -> the month in which a fiscal year begins, and whether that lies in the year of its name or the one before.
FY2024 goes to March 2024 in India and Canada, from April 2024 in Japan, to June 2024 in Australia, Egypt and Pakistan,
to September 2024 in the United States; elsewhere it is the calendar year."""
FORMS = (*SINCE_1970, "year and month", "month and year", *FISCAL)
HELD = "two years"
"""How the values of a column of fiscal years are read until somebody says when these begin: "2010-11" is no month."""
FEWEST_ALIKE = 5
"""So many different values such as "Aug-23", whose figures lie less than ten apart, have years in them and no days."""
YEARS_APART = 10
OLDEST_IN_DOUBT = ("01", "12")
"""200912 may be 20 September 2012 as well, where all years of a column end in 01 to 12."""

_SINCE_1970 = re.compile(r"([0-9]{9,13})(?:\.([0-9]{1,9}))?")
_MAY_BE_SINCE_1970 = re.compile(r"1[0-9]{9}(?:[0-9]{3})?(?:\.[0-9]{1,9})?")
_YEAR_MONTH = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])")
_MONTH_YEAR = re.compile(r"([^\W\d_]{3,}(?: [^\W\d_]+)?)\.?\s?[/-]\s?([0-9]{2})")
_FISCAL = re.compile(
    r"(?:([1-4])q|q([1-4]))?[\s-]*(?:fy|fiscal year|fiscal)\s?-?'?([0-9]{4}|[0-9]{2})"
    r"(?:\s?[/-]\s?([0-9]{4}|[0-9]{2}))?(?:[\s-]*q([1-4]))?"
)
_TWO_YEARS = re.compile(r"([0-9]{4})[/-]([0-9]{4}|[0-9]{2})")


def read_by_form(text: str, words: str, form: str) -> Span | None:
    """A value of such a form, as the form has it; refused where it needs another; None where it is none."""
    if (form in SINCE_1970 or _MAY_BE_SINCE_1970.fullmatch(text)) and (match := _SINCE_1970.fullmatch(text)):
        return _since_1970(match, words, form)
    if match := _YEAR_MONTH.fullmatch(text):
        if form == "year and month":
            return months_of(int(match[1]), int(match[2]), 1, "month")
        raise VagueError(words, "this may be a year and a month", f'Write "{match[1]}-{match[2]}". {_WHOLE}')
    if (match := _MONTH_YEAR.fullmatch(text)) and (month := _month(match[1])):
        if form == "month and year":
            return months_of(full_year(match[2]), month, 1, "month")
        hint = f"Write the year with four figures. {_WHOLE}"
        raise VagueError(words, DAY_OR_YEAR, hint)
    return _fiscal(text, words, form)


_WHOLE = "Or say what they are for the whole column."


def _month(name: str) -> int | None:
    return month_names().get(key(name))


def _since_1970(match: re.Match[str], words: str, form: str) -> Span:
    number, figures = int(match[1]), len(match[1])
    per_second = {"epoch seconds": 1, "epoch milliseconds": 1000}.get(form)
    if per_second is None:
        unit = 1000 if figures >= 12 else 1
        day = f"{EPOCH + timedelta(seconds=number // unit):%Y-%m-%d}"
        what = f"{'milliseconds' if unit == 1000 else 'seconds'} since 1970, which would be {day}"
        raise VagueError(words, f"this may be {what}", f"Write the date. {_WHOLE}")
    part = round(float(f"0.{match[2] or 0}") * 10**6 / per_second)
    moment = EPOCH + timedelta(milliseconds=number * 1000 // per_second, microseconds=part)
    return moment, moment, "instant"


def _fiscal(text: str, words: str, form: str) -> Span | None:
    quarter = 0
    if match := _FISCAL.fullmatch(text):
        first, last = full_year(match[3]), match[4]
        quarter = int(match[1] or match[2] or match[5] or 0)
    elif match := _TWO_YEARS.fullmatch(text):
        first, last = int(match[1]), match[2]
        asked = form == HELD or form in FISCAL
        if not _follows(match[1], match[2], months=asked) or (len(last) == 4 and not asked):
            return None
    else:
        return None
    if last and _ending(first, last) != first + 1:
        raise VagueError(words, "the second year is the one after the first", "Correct one of them.")
    if form not in FISCAL:
        raise VagueError(words, FISCAL_YEAR, f'Say which for the whole column, or write "{first}-04/{first + 1}-03".')
    month, before = FISCAL[form]
    start = datetime(first if last else first + before, month, 1, tzinfo=UTC)
    if quarter:
        return add_months(start, 3 * (quarter - 1)), add_months(start, 3 * quarter), "quarter"
    both = last and form == "calendar years"
    return start, add_months(start, 24 if both else 12), "year"


def _ending(first: int, last: str) -> int:
    return int(last) if len(last) == 4 else first // 100 * 100 + int(last) + (100 if int(last) < first % 100 else 0)


def _follows(year: str, figures: str, *, months: bool) -> bool:
    """Whether two figures are the year after a year; and, where not months are asked for, no month."""
    return int(figures[-2:]) == (int(year) + 1) % 100 and (months or int(figures) > 12)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the values of a column show: a form, or those of which one must be chosen (form ""); and why."""

    form: str
    choices: tuple[str, ...]
    reason: str
    held: str = ""


def evidence(texts: pa.Array) -> Evidence | None:
    """n distinct texts, lower case and in plain figures -> the form that they have, or None."""
    return _all_numbers(texts) or _fiscal_years(texts) or _months_and_years(texts)


def _all_numbers(texts: pa.Array) -> Evidence | None:
    """Seconds or milliseconds since 1970, or 202309, where every value with a figure in it is one."""
    filled = texts.filter(pc.match_substring_regex(texts, "[0-9]"))
    if not len(filled):
        return None
    example = pc.min(filled).as_py()
    for form, figures in SINCE_1970.items():
        if pc.all(pc.match_substring_regex(filled, rf"^1[0-9]{{{figures - 1}}}(?:\.[0-9]{{1,9}})?$")).as_py():
            return Evidence(form, (), f"All are numbers like {example}: {form.removeprefix('epoch ')} since 1970.")
    if not pc.all(pc.match_substring_regex(filled, r"^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])$")).as_py():
        return None
    if pc.all(pc.match_substring_regex(filled, "^(?:19|20)(?:0[1-9]|1[0-2])")).as_py():
        reason = f"{example} may be a year and a month, or a day with a short year, and no value shows which."
        return Evidence("", ("year and month",), reason)
    return Evidence("year and month", (), f"All are figures like {example}: a year and a month.")


def _fiscal_years(texts: pa.Array) -> Evidence | None:
    named = texts.filter(pc.match_substring_regex(texts, r"\b(?:fy|fiscal)\b|\bfy[ '-]?[0-9]"))
    pairs = _pairs(texts)
    if not len(named) and not pairs:
        return None
    example = pc.min(named).as_py().upper() if len(named) else min(pairs)
    return Evidence("", tuple(FISCAL), f"{example}: {FISCAL_YEAR}.", HELD)


def _pairs(texts: pa.Array) -> list[str]:
    """Values such as "2023-24", where all of that form are two years and one is no month; or "2022/2023" beside
    "2023/2024", which would overlap as calendar years."""
    found = texts.filter(pc.match_substring_regex(texts, r"^[0-9]{4}[/-](?:[0-9]{4}|[0-9]{2})$")).to_pylist()
    years = [(int(each[:4]), each) for each in found if _follows(each[:4], each[5:], months=True)]
    short = [each for each in found if len(each) == 7]
    told = any(len(each) == 7 and _follows(each[:4], each[5:], months=False) for _, each in years)
    told |= not short and {year + 1 for year, _ in years} & {year for year, _ in years} != set()
    return [each for _, each in years] if told and len(years) == len(found) else []


def _months_and_years(texts: pa.Array) -> Evidence | None:
    """Values such as "Sep-23": years where a figure is no day, or where all lie close together."""
    found = texts.filter(pc.match_substring_regex(texts, r"^\p{L}{3,}[^0-9]{0,12}[/-] ?[0-9]{2}$")).to_pylist()
    pairs = {text: match for text in found if (match := _MONTH_YEAR.fullmatch(text)) and _month(match[1])}
    if not pairs:
        return None
    figures = [int(match[2]) for match in pairs.values()]
    example, form = min(pairs), "month and year"
    if max(figures) > 31:
        return Evidence(form, (), f"{example}: there is no day {max(figures)}.")
    if len(pairs) >= FEWEST_ALIKE and max(figures) - min(figures) < YEARS_APART:
        return Evidence(form, (), f"The figures of {example} and the others lie close together, as years do.")
    return Evidence("", (form,), f"{example}: the figures may be a day or a year, and no value shows which.")
