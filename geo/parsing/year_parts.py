"""Parts of a year in plain English words: weeks, quarters, halves, seasons, months in figures, lists of years."""

from __future__ import annotations

import re

from geo.errors import VagueError
from geo.parsing.calendar_spans import Span, day_of_year, days_of, full_year, months_of, week_of
from geo.parsing.date_words import MONTHS

SEASONS = {"spring": 3, "summer": 6, "autumn": 9}
"""The first month of a season: three whole months of the northern half, as meteorologists count. A winter is said with
both of its years."""
_ORDINALS = {"1st": "1", "first": "1", "2nd": "2", "second": "2", "3rd": "3", "third": "3", "4th": "4", "fourth": "4"}
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_SHORT = "(?P<year>[0-9]{4}|'?[0-9]{2})"
_FULL = "(?P<year>[0-9]{4})"
_OF = r"(?:\s?of\s|[\s,/'-]\s?)?"
_NUMBER = r"(?P<{0}>[1-4]|iv|i{{1,3}})"
_QUARTER = rf"(?:{_NUMBER.format('a')}[.\s-]*quarter|quarter\s?{_NUMBER.format('b')})"
_HALF = r"(?:(?P<a>[12]|ii?)[.\s-]*half|half\s?(?P<b>[12]))"
_WEEK = r"(?:week|w|wk)[\s.-]*(?:no\.?\s?)?(?P<a>[0-9]{1,2})"


def _both(part: str, year: str = _FULL) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A part before its year, and behind it."""
    return re.compile(rf"(?:the )?{part}{_OF}{year}"), re.compile(rf"{_FULL}{_OF}{part}")


_QUARTERS = (
    *(pattern for part in ("q(?P<a>[1-4])", "(?P<a>[1-4])q") for pattern in _both(part, _SHORT)),
    *(pattern for part in ("t(?P<a>[1-4])", "(?P<a>[1-4])t", _QUARTER) for pattern in _both(part)),
)
_HALVES = (
    *(pattern for part in ("h(?P<a>[12])", "(?P<a>[12])h") for pattern in _both(part, _SHORT)),
    *(pattern for part in ("s(?P<a>[12])", "(?P<a>[12])s", _HALF) for pattern in _both(part)),
)
_WEEKS = (
    re.compile(rf"(?:the )?{_WEEK}\s?[/'](?P<year>[0-9]{{2}})"),
    re.compile(rf"(?P<a>[0-9]{{1,2}})\.?\s?week{_OF}{_FULL}"),
    re.compile(r"(?P<year>[0-9]{4})-?w(?P<a>[0-9]{2})(?:-?(?P<day>[1-7]))?"),
    *_both(_WEEK),
)
_HALF_OF_MONTH = re.compile(
    rf"(?:the )?(?:h(?P<a>[12])|(?P<b>[12])(?:h|[.\s-]*half))(?: of)?\s(?P<month>{'|'.join(MONTHS)}|"
    rf"{'|'.join(name[:3] for name in MONTHS)}|sept)\.?,?\s{_FULL}"
)
_SEASONS = _both(f"(?P<a>{'|'.join(SEASONS)})")
_WINTER = re.compile(r"winter(?: of)?\s?(?P<year>[0-9]{4})(?:\s?[/-]\s?(?P<next>[0-9]{4}|[0-9]{2}))?|[0-9]{4} winter")
_MONTH_IN_FIGURES = (
    re.compile(r"(?P<year>[0-9]{4})(?:/(?P<a>[0-9]{1,2})|\.(?P<b>[0-9]{2})|-?m(?P<c>[0-9]{1,2}))"),
    re.compile(r"(?P<a>[0-9]{1,2})\s?[/.-]\s?(?P<year>[0-9]{4})"),
)
_DAY_OF_YEAR = re.compile(r"([0-9]{4})-([0-9]{3})")
_YEARS = re.compile(r"\(?[0-9]{4}\)?(?:\s?(?:[;,&+]|and)\s?\(?[0-9]{4}\)?)+")


def read_part(text: str, words: str) -> Span | None:
    """A part of a year, or None where the words are none. Raises VagueError, ValueError.

    >>> read_part("2023-w36", "2023-W36")[0].isoformat()
    '2023-09-04T00:00:00+00:00'
    """
    plain = _ORDINAL.sub(lambda match: _ORDINALS[match[0]], text)
    if match := _first(_WEEKS, plain):
        start, end, precision = week_of(_year(match["year"]), int(match["a"]))
        if day := match.groupdict().get("day"):
            moment = start.replace() + (end - start) / 7 * (int(day) - 1)
            return moment, moment + (end - start) / 7, "day"
        return start, end, precision
    for patterns, months, precision in ((_QUARTERS, 3, "quarter"), (_HALVES, 6, "part")):
        if match := _first(patterns, plain):
            number = int(_ROMAN.get(_given(match), _given(match)))
            return months_of(_year(match["year"]), months * number - months + 1, months, precision)
    if match := _HALF_OF_MONTH.fullmatch(plain):
        month = next(at for at, name in enumerate(MONTHS, 1) if name.startswith(match["month"][:3]))
        first, last = (1, 15) if _given(match) == "1" else (16, 31)
        return days_of(int(match["year"]), month, first, last, "third")
    return _season(plain, words) or _in_figures(plain)


def _season(text: str, words: str) -> Span | None:
    if match := _first(_SEASONS, text):
        return months_of(int(match["year"]), SEASONS[_given(match)], 3, "part")
    if match := _WINTER.fullmatch(text):
        year, following = match["year"], match["next"]
        if following is None or full_year(following) != int(year) + 1:
            raise VagueError(words, "a winter lies in two years", 'Write both: "winter 2022/23", or "2022-12/2023-02".')
        return months_of(int(year), 12, 3, "part")
    return None


def _in_figures(text: str) -> Span | None:
    """A month or a day of the year in figures, or some years."""
    if match := _first(_MONTH_IN_FIGURES, text):
        return months_of(int(match["year"]), int(_given(match)), 1, "month")
    if match := _DAY_OF_YEAR.fullmatch(text):
        return day_of_year(int(match[1]), int(match[2]))
    if _YEARS.fullmatch(text):
        years = [int(each) for each in re.findall("[0-9]{4}", text)]
        return months_of(min(years), 1, 12 * (max(years) - min(years) + 1), "year")
    return None


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    return next(filter(None, (pattern.fullmatch(text) for pattern in patterns)), None)


def _given(match: re.Match[str]) -> str:
    """Whichever of the groups a, b and c has something."""
    groups: dict[str, str | None] = match.groupdict()
    return next(filter(None, (groups.get(name) for name in "abc")))


def _year(figures: str) -> int:
    return full_year(figures.lstrip("'"))
