"""Reports of a sum by the day they were made: each says how many there had been by then, or in a period of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

from geo.errors import DialectError
from geo.matching.shapes.periods import Span, groups, is_period_name, span
from geo.matching.shapes.rows import beside, cells, coded, listed, made
from geo.matching.shapes.shape import Shape
from geo.matching.spellings import USUAL, WEAK
from geo.matching.synonyms import Known, known_as, normal, words_of
from geo.matching.traits import sample
from geo.sheet import Sheet

NAME = "claims"
OFFER = "Take each as a total by the day it was reported"
RULE = (
    "As a total, each row is all that its source says had moved by that day, since an unknown start; totals overlap "
    "and are never added up. Where a report means a period of its own, such as September alone, or a voyage whose day "
    "is known, add a column “window” or “depart” and fill it in."
)
RULE_OF_PERIODS = (
    "As a total, each row is what its source says moved in its period, or up to the day of the report where it gives "
    "none; totals overlap and are never added up. If each row is a shipment of its own, use --kind legs."
)
_NEEDED = frozenset({"origin", "destination", "quantity", "said_on"})
_ENDS = frozenset({"origin", "destination"})
_COVERED = frozenset(
    (
        *("period covered", "covers", "covering", "coverage", "covered period", "coverage period", "time covered"),
        *("time frame", "timeframe", "time window", "time span", "moved between", "shipped between", "moved during"),
        *("shipped during", "period of shipment", "period of shipments", "shipment period", "period of movement"),
        *("since", "since when", "counted since", "за период", "период поставок", "기간", "期間"),
    )
)
"""Names of a period that a report speaks of, and no departure of one ship."""
_SINCE = re.compile(r"(?:ever )?since ([^ ].*)", re.IGNORECASE)
_SINCE_IN_NAME = re.compile(r"\bsince\b +([^()\[\]]*[0-9][^()\[\]]*|[^()\[\]]+)", re.IGNORECASE)
_CALENDAR = frozenset({"year", "month", "quarter", "week", "season"})
"""Words of a column that may repeat the year or month of a date beside it."""
_DAY_LENGTH = 1


@dataclass(frozen=True, slots=True)
class _Log:
    """said: the column of the day of each report. window: of its period, "" for none. since: what a header says."""

    said: str
    window: str = ""
    since: str = ""

    @property
    def told(self) -> bool:
        """Whether anything says which period a report speaks of."""
        return bool(self.window or self.since)


def claims(sheet: Sheet, legs: Mapping[str, str], totals: Mapping[str, str], lacking: Collection[str]) -> Shape | None:
    """What such a table is; None where it is none.

    legs, totals: header -> column of ours, if its rows are legs, or totals. lacking: columns that these totals need
    and nothing fills; where there are none, they can be taken as totals as they stand.
    """
    log = _log(sheet)
    if log is None:
        return None
    if log.told:
        if not set(legs.values()).issuperset(_ENDS) or _departs(sheet, log):
            return None
        period = listed([log.window]) if log.window else f"“since {log.since}” in a header"
        what = f"Each row has the day on which it was reported, {listed([log.said])}, and a period that it covers: "
        return Shape(NAME, f"{what}{period}.", RULE_OF_PERIODS, OFFER)
    undated = "depart" not in legs.values() and "depart_year" not in legs.values()
    if not undated or totals.get(log.said) != "said_on" or "window" not in lacking:
        return None
    if not set(totals.values()) >= _NEEDED:
        return None
    what = f"Each row has the day on which it was reported, {listed([log.said])}, and none on which anything moved."
    return Shape(NAME, what, RULE, OFFER)


def totals_of_claims(sheet: Sheet) -> Sheet:
    """The rows with said_on, and a window: that of each, or "by" its day. Raises DialectError."""
    log = _log(sheet)
    if log is None:
        raise DialectError("shape", NAME, "the file has no column that is called the day of a report")
    used = (log.said, log.window) if log.told else ()
    ours = ("said_on", "window") if log.told else ("window",)
    columns = {name: sheet.columns[header] for header, name in beside(sheet, used, ours).items()}
    if log.told:
        columns["said_on"] = sheet.columns[log.said]
    days = cells(sheet, log.said).tolist()
    spoken = (
        cells(sheet, log.window).tolist() if log.window else [f"since {log.since}" if log.since else ""] * len(days)
    )
    by_day = (f"by {day}" if day else "" for day in days)
    columns["window"] = coded(told or day for told, day in zip(spoken, by_day, strict=True))
    return made(sheet, columns, sheet.lines, {}, RULE_OF_PERIODS if log.told else RULE)


def _log(sheet: Sheet) -> _Log | None:
    named = _said_on(sheet)
    said = named or _plain_day(sheet)
    if not said:
        return None
    since = next((match[1].strip() for header in sheet.header if (match := _since(sheet, header))), "")
    log = _Log(said, "" if since else _window(sheet, said, plain=not named), since)
    return log if named or log.told else None


def _since(sheet: Sheet, header: str) -> re.Match[str] | None:
    """That a header of figures says since when they count: "Containers since Aug 2023"."""
    match = _SINCE_IN_NAME.search(header)
    return match if match and span(match[1].strip()) and _are_figures(sheet, header) else None


def _are_figures(sheet: Sheet, header: str) -> bool:
    texts = sample(sheet.columns[header].dictionary).to_pylist()
    return bool(texts) and all(any(map(str.isdigit, text)) for text in texts)


def _said_on(sheet: Sheet) -> str:
    """The one column that is called the day of a report; "" where there is none, or more than one."""
    found = [(header, known) for header in sheet.header if (known := _best(header)).column == "said_on"]
    sure = [header for header, known in found if known.strength > WEAK] or [header for header, _ in found]
    return sure[0] if len(sure) == 1 else ""


def _best(header: str) -> Known:
    return next(iter(known_as(header, "totals")), Known("", 0.0))


def _plain_day(sheet: Sheet) -> str:
    """The one column that is called a date of anything, and holds days; "" where there is none, or more than one."""
    found = [
        header
        for header in sheet.header
        if any(each.column == "depart" and each.strength <= WEAK for each in known_as(header, "legs")[:1])
        and not is_period_name(header)
        and all(_is_day(text) for text in sample(sheet.columns[header].dictionary).to_pylist())
    ]
    return found[0] if len(found) == 1 else ""


def _is_day(text: str) -> bool:
    found = span(text)
    return found is not None and (found[1] - found[0]).days <= _DAY_LENGTH


def _window(sheet: Sheet, said: str, *, plain: bool) -> str:
    """The column of the period that each report covers; "" where there is none.

    plain: the day of the report is called a date of anything.
    """
    others = [header for header in sheet.header if header != said]
    if covered := [header for header in others if normal(header) in _COVERED and not _all_days(sheet, header)]:
        return covered[0]
    if spoken := [header for header in others if _says_since(sheet, header)]:
        return spoken[0]
    periods = [header for header in others if is_period_name(header) and not _all_days(sheet, header)]
    return next((each for each in periods if _is_of_report(sheet, said, each, plain=plain)), "")


def _is_of_report(sheet: Sheet, said: str, header: str, *, plain: bool) -> bool:
    """Whether a column of periods is what reports speak of, and not the month or year of a date beside it."""
    if plain and _is_after(sheet, said, header):
        return True
    return not (plain and _CALENDAR & set(words_of(header))) and _overlap(sheet, header)


def _all_days(sheet: Sheet, header: str) -> bool:
    texts = sample(sheet.columns[header].dictionary).to_pylist()
    return all(_is_day(text) for text in texts)


def says_since(text: str) -> bool:
    """Whether a text says since when, and nothing else: "since early August"."""
    match = _SINCE.fullmatch(text.strip())
    return match is not None and span(match[1]) is not None


def _says_since(sheet: Sheet, header: str) -> bool:
    """Whether most texts of a column say since when: "since early August"."""
    texts = sample(sheet.columns[header].dictionary).to_pylist()
    said = [text for text in texts if says_since(text)]
    return bool(said) and 2 * len(said) >= len(texts)


def _overlap(sheet: Sheet, header: str) -> bool:
    """Whether two rows of one corridor speak of periods that overlap."""
    spans: dict[int, list[Span]] = {}
    for group, text in zip(groups(sheet, header).tolist(), cells(sheet, header).tolist(), strict=True):
        if found := span(text):
            spans.setdefault(group, []).append(found)
    return any(later[0] < earlier[1] for each in spans.values() for earlier, later in pairwise(sorted(each)))


def _is_after(sheet: Sheet, said: str, header: str) -> bool:
    """Whether each day comes after its period: so is a day on which somebody reports of it."""
    both = [(span(day), span(text)) for day, text in zip(cells(sheet, said), cells(sheet, header), strict=True)]
    whole = [(day, period) for day, period in both if day and period]
    return bool(whole) and all(day[1] >= period[1] for day, period in whole)


def _departs(sheet: Sheet, log: _Log) -> bool:
    """Whether another column is called a departure or an arrival: then its rows are voyages."""
    return any(
        each.column in ("depart", "arrive") and each.strength > USUAL - 0.5
        for header in sheet.header
        if header not in (log.said, log.window)
        for each in known_as(header, "legs")[:1]
    )
