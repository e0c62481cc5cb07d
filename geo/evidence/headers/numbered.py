"""What a column of numbers says beside them: the unit that is counted, or that they only number the rows."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from geo.evidence.headers.synonyms import UNIT_WORDS
from geo.evidence.headers.traits import sample
from geo.evidence.words.quantity import unit_said
from geo.evidence.words.units import unit_name

FEWEST = 3
"""Fewer whole numbers that follow one another tell nothing."""

_AS_SHOWN: Mapping[str, str] = {unit_name(unit): unit for unit in UNIT_WORDS.values()}


def unit_of_cells(column: pa.DictionaryArray) -> str:
    """The one known unit that all cells looked at say beside their number, as a header would say it; else ""."""
    units = {unit_said(text) for text in sample(column.dictionary).to_pylist()}
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
