"""Columns of years, months and days that together say when: by their headers, in ten languages, and their values."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from geo.matching.score import FITS, Fit, shown
from geo.matching.spellings import USUAL
from geo.matching.synonyms import normal
from geo.matching.traits import sample
from geo.parsing.date_words import key, month_names
from geo.parsing.plain_text import plain
from geo.sheet import Sheet

_NAMES = """
year    = anno | yıl
year    = year | yr | yyyy | jahr | année | año | ano | год | рік | 年 | 年份 | 연도 | 년 | سنة | السنة | عام
quarter = quarter | qtr | quartal | trimestre | çeyrek | квартал | 季度 | 四半期 | 분기 | ربع | الربع
month   = month | mm | month no | monat | mois | mes | mese | ay | месяц | місяць | 月 | 月份 | 월 | شهر | الشهر
week    = settimana | hafta
week    = week | wk | week no | iso week | woche | kw | semaine | semana | неделя | тиждень | 周 | 週 | 주 | أسبوع
day     = day | dd | day of month | tag | jour | dia | день | число | 日 | 일 | يوم | اليوم
"""
_OTHERS = """date | dates | weeks | months | period | years | window | datum | zeitraum | période | fecha | periodo
дата | период | період | 日付 | 日期 | 時期 | 期間 | 날짜 | 일자 | 기간 | تاريخ | التاريخ | الأسبوع | فترة | الفترة"""


def _read(names: str) -> frozenset[str]:
    return frozenset(normal(name) for name in names.replace("\n", "|").split("|"))


WHOLE = {"legs": "depart", "totals": "window"}
"""Kind of file -> the date that columns of years, months and days say together."""
PARTS: Mapping[str, frozenset[str]] = {
    part: frozenset.union(*(_read(line.partition("=")[2]) for line in _NAMES.splitlines() if line.startswith(part)))
    for part in ("year", "quarter", "month", "week", "day")
}
"""What a header of such a column is, as headers are compared."""
CALLED_DATES = frozenset.union(*(names for part, names in PARTS.items() if part != "day"), _read(_OTHERS))
"""Words of a header under which nobody can say that a file holds no dates."""
_BY_LENGTH = sorted(((name, part) for part, names in PARTS.items() for name in names), key=lambda each: -len(each[0]))
_DEPARTING = frozenset(
    ("", "departure", "depart", "dep", "sailing", "shipment", "loading", "trade", "ref", "reference", "date")
)
"""What may stand before such a word; that of an arrival or of a report is another date."""
_VALUES = {
    "year": r"(?:19|20)[0-9]{2}",
    "quarter": "q?[1-4]|[1-4]q",
    "month": "0?[1-9]|1[0-2]",
    "week": "w?(?:0?[1-9]|[1-4][0-9]|5[0-3])",
    "day": "0?[1-9]|[12][0-9]|3[01]",
}
_WITHIN_A_YEAR = ("month", "quarter", "week")
"""Of these the first that a file has says when in its year, the others say no more."""


def date_parts(sheet: Sheet) -> dict[str, str]:
    """Header -> which of `PARTS`, of columns that say a date together; {} where nothing says when in its year."""
    found: dict[str, dict[str, str]] = {}
    for header in sheet.header:
        before, part = _part_of(header)
        if part and _fits(sheet, header, part):
            found.setdefault(before, {}).setdefault(part, header)
    for before in sorted(found):
        said = {**found.get("", {}), **found[before]}  # "Departure week" lies in the "Year" beside it
        within = next((part for part in _WITHIN_A_YEAR if part in said), None)
        if "year" in said and within:
            parts = ("year", "month", "day") if within == "month" else ("year", within)
            return {header: part for part, header in said.items() if part in parts}
    return {}


def date_columns(sheet: Sheet, kind: str, columns: Mapping[str, str], taken: Mapping[str, Fit]) -> dict[str, str]:
    """Header -> our column of a year, month or day, where these say when and no other column does better.

    columns: header -> our column, as proposed so far. taken: header -> how it fits that.
    """
    whole = WHOLE.get(kind)
    parts = date_parts(sheet) if whole else {}
    other = next((header for header, column in columns.items() if column == whole), None)
    if other is not None and other not in parts and not _is_poor(taken[other]):
        return {}
    return {header: f"{whole}_{part}" for header, part in parts.items()}


def _is_poor(fit: Fit) -> bool:
    """Whether a column of dates is one by a weak name or its values alone, and hardly any of them is a date."""
    return fit.strength < USUAL and fit.fitting < FITS * fit.values


def called_dates(headers: tuple[str, ...]) -> list[str]:
    """The headers that are called date, week, month, quarter, period or year."""
    return [header for header in headers if not CALLED_DATES.isdisjoint(normal(header).split())]


_YEAR = re.compile(r"(?<![0-9])(?:19|20|2[45])[0-9]{2}(?![0-9])")
_BUDDHIST = re.compile(r"(?<![0-9])2[45][0-9]{2}(?![0-9])")
BUDDHIST_AHEAD = 543
"""Years that the Buddhist calendar of Thailand is ahead."""


def unread_dates(sheet: Sheet, used: Collection[str]) -> str:
    """What may be dates in a file where none can be read, as sentences; "" where nothing looks so."""
    free = [header for header in sheet.header if header not in used]
    named = [header for header in free if _YEAR.search(plain(header))]
    if len(named) > 1:
        return f"{shown(repr(named[0]))} and others have dates in their names: give each date a row of its own."
    for header in free:
        texts = [plain(text) for text in sample(sheet.columns[header].dictionary).to_pylist()]
        called = bool(called_dates((header,)))
        with_year = [text for text in texts if _YEAR.search(text) and (called or not text.isdecimal())]
        if not texts or len(with_year) < FITS * len(texts):
            continue
        if all(map(_BUDDHIST.search, with_year)):
            year = _BUDDHIST.findall(with_year[0])[0]
            common = f"{year} would be {int(year) - BUDDHIST_AHEAD}"
            return f"The years in {shown(repr(header))} look Buddhist ({common}): convert them."
        if not called:
            return f"{shown(repr(header))} may hold dates that cannot be read, such as {shown(repr(texts[0]))}."
    return ""


def _part_of(header: str) -> tuple[str, str]:
    """What stands before the word for a part of a date, and the part; "" where there is none."""
    text = normal(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header))
    for name, part in _BY_LENGTH:
        if text == f"{name} of departure":
            return "departure", part
        if text == name or text.endswith(f" {name}"):
            before = text.removesuffix(name).strip()
            return (before, part) if before in _DEPARTING else ("", "")
    return "", ""


def _fits(sheet: Sheet, header: str, part: str) -> bool:
    texts = [plain(text) for text in sample(sheet.columns[header].dictionary).to_pylist()]
    fitting = sum(bool(re.fullmatch(_VALUES[part], text)) or _is_month(text, part) for text in texts)
    return bool(texts) and fitting >= FITS * len(texts)


def _is_month(text: str, part: str) -> bool:
    return part == "month" and key(text) in month_names()
