"""What the values of a column look like: how many of them are places, dates, quantities, degrees, numbers of ships …

Shapes only, and quick: what a value means is for the readers to say, once it is known which column it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.columns import CURRENCIES
from geo.errors import GeoError
from geo.gazetteer.places import Places
from geo.matching.synonyms import UNIT_WORDS
from geo.parsing.date_order import decide
from geo.parsing.dates import read_date
from geo.parsing.plain_text import NO_VALUE, plain_figures
from geo.parsing.quantity import is_like_quantity, unit_said
from geo.parsing.units import IN_CELLS, unit_name
from geo.parsing.windows import is_like_date
from geo.sheet import Sheet

SAMPLE = 200
"""So many distinct values of a column are looked at, spread evenly over all of them: more would not change a guess."""
PROBE = 20
"""So many values are looked up in the gazetteer before the others of a column whose name says nothing of places."""
LONGEST_WORDS = 40
"""More characters behind its first figure are prose, and no date or figure."""
LONGEST_VALUE = 200
"""So many characters of a value are looked at: no shape below is longer."""
NOTHING = ("", *sorted(NO_VALUE))
"""Values, in lower case, that say that there is none."""

_NUMBER = r"[0-9]{1,3}(?:[ ,.'’\x{00A0}\x{202F}][0-9]{3})+(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)?"
_ABOUT = (
    r"about|approx\.?|approximately|around|roughly|some|circa|ca\.?|c\.|est\.?|estimated|an estimated|more than|over|"
    r"at least|up to|at most|nearly|almost|fewer than|less than|under|no more than|[~≈<>≤≥=±]+"
)
_SCALE = r"(?: ?(?:k|thousand|million|hundred|dozen))?(?: ?\+| or more| or less| or fewer)?"
_MANY = rf"(?:{_NUMBER}){_SCALE}"
_MONEY = rf"(?:(?:us ?\$|[$€£₽₩]|rmb|{'|'.join(CURRENCIES)}) ?)?"
_SUM = _MONEY + _MANY
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY_NUMBER = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_CLOCK = r"(?:[t ,]+[0-9]{1,2}[:.h][0-9]{2}.*)?"
_DAY = r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{2})"
_WORDED = (
    rf"(?:(?:about|early|mid|late) ?-?)?(?:{_DAY_NUMBER}[ -]*(?:of )?{_MONTH}(?:[ ,-]*[0-9]{{2,4}})?|"
    rf"{_MONTH} {_DAY_NUMBER},?(?: [0-9]{{4}})?|{_MONTH}[ ,-]*[0-9]{{4}})"
)
_COMPACT = r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_DEGREES = (
    r"[0-9]{1,3}(?:[.,][0-9]+)?(?:[ °º:dD-]+[0-9]{1,2}(?:[.,][0-9]+)?[ '′:]*(?:[0-9]{1,2}(?:[.,][0-9]+)?[\"″ ]*)?)?"
)

SHAPES: Mapping[str, str] = {
    "number": rf"[-+]?(?:{_NUMBER})|\((?:{_NUMBER})\)",
    "whole": r"[0-9]{1,9}|[0-9]{1,3}(?:[ ,.'’\x{00A0}\x{202F}][0-9]{3}){1,2}",
    "quantity": rf"(?:(?:{_ABOUT}) ?)*{_SUM}(?: ?(?:[-–—]| to ) ?{_SUM})?(?: ?(?:[a-z]{{1,12}}\.?|[$€£₽₩]))?",
    "date": rf"(?:{_DAY}|{_WORDED}){_CLOCK}|[0-9]{{4}}-[0-9]{{2}}|{_COMPACT}",
    "serial": r"[2-5][0-9]{4}(?:\.[0-9]+)?|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])?|1[0-9]{9}(?:[0-9]{3})?",
    "window": rf"(?:{_DAY})/(?:{_DAY}|\.\.)|[0-9\[].*/.*[0-9].*|(?:since|from|between|by) .*[0-9].*",
    "url": r"(?:https?://|www\.)[^ ]+",
    "imo": r"(?:imo)? ?[0-9]{7}",
    "mmsi": r"[2-7][0-9]{8}",
    "latitude": rf"[-+]?[0-9]{{1,2}}(?:[.,][0-9]+)?[°º]?|(?:{_DEGREES}) ?[ns]|[ns] ?(?:{_DEGREES})",
    "longitude": rf"[-+]?1?[0-9]{{1,2}}(?:[.,][0-9]+)?[°º]?|(?:{_DEGREES}) ?[ew]|[ew] ?(?:{_DEGREES})",
    "degrees": r"[-+]?1?[0-9]{1,2}[.,][0-9]{2,}",
    "position": (
        r"[-+]?[0-9]{1,2}[.,][0-9]+ ?°? ?[ns]?[,; ]+[-+]?[0-9]{1,3}[.,][0-9]+ ?°? ?[ew]?|"
        rf"{_DEGREES} ?[ns][,; /]*{_DEGREES} ?[ew]"
    ),
    "mode": r"(?:by )?(?:sea|maritime|ship|vessel|ocean|rail|railway|train|road|truck|lorry|air|plane|aircraft|barge)",
    "mode number": r"[0-4]",
    "unit": r"(?:container|cntr|ctr|teu|feu|boxe?|tonne|ton|mt|kg|round|shell|railcar|wagon)s?|t",
    "grade": r"[a-f] ?[-–]?[1-6]",
    "reliability": r"[a-f]",
    "credibility": r"[1-6]",
    "letters": r".*\p{L}.*",
}
"""Shape -> what a value of it looks like as a whole, case aside (RE2: time in proportion to the length)."""


@dataclass(frozen=True, slots=True)
class Traits:
    """values: so many distinct values of a column were looked at. counts: shape -> how many of them have it."""

    values: int
    counts: Mapping[str, int]

    def count(self, shapes: Sequence[str]) -> int:
        """How many values have the shape that fits most of them; all where shapes is empty."""
        return max((self.counts.get(shape, 0) for shape in shapes), default=self.values)

    def share(self, shapes: Sequence[str]) -> float:
        """The same, from 0 to 1; 0 where the column is empty."""
        return self.count(shapes) / self.values if self.values else 0.0


def traits(column: pa.DictionaryArray, places: Places, *, thorough: bool = True) -> Traits:
    """n texts -> Traits. The values looked at depend on nothing but the column.

    thorough: look all of them up in the gazetteer; else, where none of `PROBE` is known there, none counts as known.
    """
    texts = sample(column.dictionary)
    figures = texts if pc.all(pc.string_is_ascii(texts)).as_py() else _in_plain_figures(texts)
    masks = {name: _match(figures, pattern) for name, pattern in SHAPES.items()}
    masks["date"] |= _read_as(figures, ~(masks["date"] | masks["serial"] | masks["number"]), is_like_date)
    if masks["date"].any():
        masks["date"] |= _match(figures, r"\(?(?:19|20)[0-9]{2}\)?")  # a year beside "2019; 2020" or "(2019)"
    masks["quantity"] |= _read_as(figures, ~(masks["quantity"] | masks["date"] | masks["url"]), is_like_quantity)
    masks["imo"] &= np.array([not hit or is_imo(text) for text, hit in _each(texts, masks["imo"])], bool)
    words = masks["letters"] & ~masks["date"] & ~masks["url"]
    masks["text"] = words
    masks["place"] = _known(texts, words, places, thorough=thorough)
    masks["place"] |= masks["position"]
    masks["named"] = masks["text"] & ~masks["place"] & _match(texts, ".{2,}")  # one letter is a code, and nobody
    masks["label"] = ~masks["date"] & ~masks["url"]
    masks["when"] = masks["date"] | masks["serial"]
    masks["some window"] = masks["window"] | masks["date"]
    return Traits(len(texts), {name: int(mask.sum()) for name, mask in masks.items()})


def _in_plain_figures(texts: pa.StringArray) -> pa.StringArray:
    return pa.array([plain_figures(text) for text in texts.to_pylist()], pa.string())


def _read_as(texts: pa.StringArray, rows: NDArray[np.bool_], reads: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Which of these rows a reader can read, where their shape does not tell: only texts with figures, and no prose.

    Where none of `PROBE` can be read, none is.
    """
    told: NDArray[np.bool_] = np.zeros(len(texts), bool)
    short = _match(texts, rf"[^0-9]*[0-9].{{0,{LONGEST_WORDS}}}")
    left = np.flatnonzero(rows & short)
    probe = left[:: max(1, len(left) // PROBE)]
    told[probe] = [reads(text) for text in texts.take(pa.array(probe)).to_pylist()]
    if told.any():
        rest = np.setdiff1d(left, probe)
        told[rest] = [reads(text) for text in texts.take(pa.array(rest)).to_pylist()]
    return told


def _known(texts: pa.StringArray, words: NDArray[np.bool_], places: Places, *, thorough: bool) -> NDArray[np.bool_]:
    known = np.zeros(len(texts), bool)
    rows = np.flatnonzero(words)
    probe = set(rows[:: max(1, len(rows) // PROBE)].tolist())
    for row in probe if not thorough else ():
        known[row] = places.knows(texts[row].as_py())
    if thorough or known.any():
        rest = [row for row in rows.tolist() if thorough or row not in probe]
        known[rest] = [places.knows(text) for text in texts.take(pa.array(rest, pa.int64())).to_pylist()]
    return known


def sample(values: pa.StringArray) -> pa.StringArray:
    """At most `SAMPLE` of the values, trimmed and cut, evenly spread, without those that say nothing."""
    if len(values) > SAMPLE:
        values = values.take(pa.array(np.linspace(0, len(values) - 1, SAMPLE).astype(np.int64)))
    texts = pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(pc.cast(values, pa.string())), 0, LONGEST_VALUE)
    texts = texts.filter(pc.invert(pc.is_in(pc.utf8_lower(texts), pa.array(NOTHING))))
    return texts.unique()


def _match(texts: pa.StringArray, pattern: str) -> NDArray[np.bool_]:
    found = pc.match_substring_regex(texts, f"^(?is:{pattern})$")
    mask: NDArray[np.bool_] = found.to_numpy(zero_copy_only=False).astype(bool)
    return mask


def _each(texts: pa.StringArray, mask: NDArray[np.bool_]) -> list[tuple[str, bool]]:
    return list(zip(texts.to_pylist(), mask.tolist(), strict=True))


FEWEST = 3
"""Fewer whole numbers that follow one another tell nothing."""

_AS_SHOWN: Mapping[str, str] = {unit_name(unit): unit for unit in UNIT_WORDS.values()}


def unit_of_cells(column: pa.DictionaryArray) -> str:
    """The one known unit that all cells looked at say beside their number, as a header would say it.

    `IN_CELLS` where they say several, or not all of them say it; "" where most say none.
    """
    said = [unit_said(text) for text in sample(column.dictionary).to_pylist()]
    units = set(said)
    if len(units) > 1 and 2 * said.count("") <= len(said):
        return IN_CELLS
    unit = units.pop() if len(units) == 1 else ""
    return _AS_SHOWN.get(unit, unit)


def is_running(column: pa.DictionaryArray) -> bool:
    """Whether each row has a whole number of its own, and they follow one another: numbers of rows, and no counts."""
    texts = pc.utf8_trim_whitespace(column.dictionary)
    if (
        len(column) < FEWEST
        or len(texts) != len(column)
        or not pc.all(pc.match_substring_regex(texts, "^[0-9]{1,9}$")).as_py()
    ):
        return False
    numbers = pc.cast(texts, pa.int64()).unique()
    ends = pc.min_max(numbers).as_py()
    return len(numbers) == len(column) and ends["max"] - ends["min"] == len(column) - 1


ROWS = 200
"""So many rows, spread evenly over the sheet, are compared."""


def spread_rows(sheet: Sheet) -> NDArray[np.int64]:
    """At most `ROWS` numbers of rows, from the first to the last."""
    return np.unique(np.linspace(0, len(sheet) - 1, min(ROWS, len(sheet))).astype(np.int64))


def earlier_first(sheet: Sheet, headers: Sequence[str]) -> list[str]:
    """The headers, those first whose dates are earlier in more of the compared rows; else in the order given."""
    if len(headers) < 2 or not len(sheet):
        return list(headers)
    read = {header: dates_of_rows(sheet, header) for header in headers}

    def wins(header: str) -> int:
        others = [read[other] for other in headers if other != header]
        return sum(
            (mine < theirs) - (mine > theirs)
            for other in others
            for mine, theirs in zip(read[header], other, strict=True)
            if mine is not None and theirs is not None
        )

    return sorted(headers, key=wins, reverse=True)


def dates_of_rows(sheet: Sheet, header: str) -> list[datetime | None]:
    """When the dates of a column begin, in the rows that are compared; None where a cell is no date."""
    return _read(sheet.columns[header].take(spread_rows(sheet)).to_pylist()) if len(sheet) else []


def _read(texts: list[str]) -> list[datetime | None]:
    form = decide(sorted(set(texts))).form
    known: dict[str, datetime | None] = {}
    for text in dict.fromkeys(texts):
        try:
            known[text] = read_date(text, form=form).start
        except GeoError:
            known[text] = None
    return [known[text] for text in texts]


IMO_WEIGHTS = (7, 6, 5, 4, 3, 2)
"""The six figures of a ship number times these, summed, end in its seventh (IMO Resolution A.1117(30))."""
MARITIME_DIGITS = (201, 775)
"""The first three figures of a ship station's identity name the country; they lie from 201 to 775 (ITU-R M.585)."""


def is_imo(text: str) -> bool:
    """A ship number whose check digit fits: "9074729", "IMO 9074729". Seven noughts are a placeholder."""
    match = re.fullmatch(r"(?:IMO[\s:-]*)?([0-9]{7})", text.strip(), re.IGNORECASE | re.ASCII)
    if match is None or match[1] == "0000000":
        return False
    digits = [int(digit) for digit in match[1]]
    return sum(digit * weight for digit, weight in zip(digits, IMO_WEIGHTS, strict=False)) % 10 == digits[6]


def is_mmsi(text: str) -> bool:
    """The identity of a ship's radio station: nine digits, of which the first three are in `MARITIME_DIGITS`."""
    match = re.fullmatch(r"(?:MMSI[\s:-]*)?([0-9]{3})[0-9]{6}", text.strip(), re.IGNORECASE | re.ASCII)
    return match is not None and MARITIME_DIGITS[0] <= int(match[1]) <= MARITIME_DIGITS[1]
