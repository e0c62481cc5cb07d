"""Columns of figures -> low, best and high of each distinct pair of words and unit, or as exact columns say them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import Array, Codes, Floats, Ints, Mask, Texts
from geo.columns import CURRENCIES, DEFAULT_UNIT
from geo.errors import VagueError
from geo.matching import count_units
from geo.matching.synonyms import scale_in, unit_in
from geo.parsing.numbers import UNSURE
from geo.parsing.plain_text import plain
from geo.parsing.quantity import BRACKETS, LARGEST, Quantity, read_quantity, unit_said
from geo.parsing.scales import BEHIND, SCALES, scaled
from geo.parsing.units import IN_CELLS, is_measured, unit_name
from geo.tables.findings import Message
from geo.tables.frame import Coded, texts
from geo.tables.validator import Distinct, Sieve, combine, messages

Key = tuple[str, str]
"""Words and the name of their unit."""
Read = Quantity | VagueError
_WHOLE = "^[0-9]{1,12}$"
_DOTTED = r"^[^0-9]*[0-9]{1,3}(?:[.][0-9]{3})+[^0-9.,]*$"
_OTHERWISE = r"[0-9]{4}|[0-9],[0-9]|[.][0-9]{1,2}(?:[^0-9]|$)|[0-9][ '’][0-9]"
"""Figures that are not written with points between thousands alone."""
FEWEST_DOTTED = 3
"""So many different whole counts such as 1.200 and 2.350, and none written otherwise, have points between thousands:
there is no part of a container, and no reason to write 1.2 of anything with three decimals in every row."""
UNSAID = (
    "nothing says what this figure counts",
    "Write the unit behind the figure or into a column of units, or give one for all rows that lack it.",
)
MEGATONNES = ("Mt may be million tonnes or metric tons", 'Write "million t", or "t".')
ESTIMATE = (
    "a figure in brackets is an estimate",
    "It is read as about so many, as SIPRI means it. If it is a negative of accounts, correct the row.",
)
_PLAIN = "^[0-9]{1,13}([.][0-9]{1,30})?$"


@dataclass(frozen=True, slots=True, eq=False)
class Amounts:
    """low, best, high of m combinations (NaN where unread), which of them each row has, and the column of units."""

    low: Floats
    best: Floats
    high: Floats
    codes: Codes
    unit: Coded

    def coded(self, prefix: str) -> dict[str, Coded]:
        """The columns {prefix}low, {prefix}best, {prefix}high and unit."""
        ends = {f"{prefix}{end}": Coded(getattr(self, end), self.codes) for end in ("low", "best", "high")}
        return {**ends, "unit": self.unit}


def amounts(sieve: Sieve, column: str, exact: tuple[str, str, str]) -> Amounts:
    """The words of a column in the row's unit. exact: columns of low, best and high, which win where best is given."""
    units, cells = sieve.distinct("unit"), sieve.distinct(column)
    scales, called = _called(sieve, units)
    _judge_units(sieve, units, called, sieve.headers.get(column, ""))
    (word, in_unit), codes = combine((cells.codes, len(cells.values)), (units.codes, len(called)))
    whole = pc.match_substring_regex(cells.values, _WHOLE).to_numpy(zero_copy_only=False)
    said = _said(sieve, cells, units, word, in_unit, ~whole)
    counted = [called[at] for at in in_unit.tolist()]
    for pair, name in said.items():
        counted[pair] = name
    # Where the words add nothing, the column of units is that of the file, which may have one value for all rows.
    named, of_rows = (counted, codes) if said else (called, units.codes)
    unit = Coded(pa.array(named, pa.large_string()), of_rows)
    of_all = scale_in(next((sieve.headers[each] for each in (column, *exact) if each in sieve.headers), ""))
    scale = np.array([each or of_all for each in scales], object)[in_unit]
    times = np.array([SCALES.get(each or of_all, 1) for each in scales], np.float64)[in_unit]
    low, best, high, errors, estimates = _read(sieve, cells, word, (counted, scale, times), whole)
    if "" in called:
        silent = cells.empty[word]
        unsaid = {pair for pair, each in enumerate(counted) if not each and (pair not in errors or silent[pair])}
        errors |= dict.fromkeys(unsaid, UNSAID)
    sieve.judge(column, codes, estimates, "warning")
    if not any(each in sieve for each in exact):
        sieve.judge(column, codes, errors)
        return Amounts(low, best, high, codes, unit)
    wordless = set(np.flatnonzero(cells.empty[word]).tolist()) & {at for at in errors if errors[at] != UNSAID}
    return _exact(sieve, (column, exact), Amounts(low, best, high, codes, unit), (errors, wordless), times)


def _called(sieve: Sieve, units: Distinct) -> tuple[list[str], list[str]]:
    """Of each distinct unit its scale ("thousand", or "") and our name; "" where none is said: nothing is assumed."""
    parted = [scaled(text) for text in units.texts()]
    names = sieve.memory.parsed("unit", [bare for _, bare in parted], unit_name)
    sieve.judge("unit", units.codes, messages(names, range(len(names))))
    usual = DEFAULT_UNIT if count_units.says_containers(sieve.mapping) else ""
    return [scale for scale, _ in parted], [
        usual if text in ("", IN_CELLS) or not bare else name if isinstance(name, str) else ""
        for text, (_, bare), name in zip(units.texts(), parted, names, strict=True)
    ]


def _judge_units(sieve: Sieve, units: Distinct, called: list[str], header: str) -> None:
    """Sets aside rows whose unit may be two, or is another than the name of the count says."""
    if "unit" not in sieve.headers:
        return  # One for every row was said by somebody.
    of_header = unit_in(header).rpartition(" ")[2]
    wrong: dict[int, Message] = {}
    for at, (text, name) in enumerate(zip(units.texts(), called, strict=True)):
        if re.search(r"(?<![^\W\d_])Mt(?![^\W\d_])", text):
            wrong[at] = MEGATONNES
        elif name and text and of_header and is_measured(of_header) and name != unit_name(of_header):
            rule = f"the unit is {name}, and the name of the count says {unit_name(of_header)}"
            wrong[at] = (rule, "Correct one of them, or give one unit for every row.")
    sieve.judge("unit", units.codes, wrong)


def _said(sieve: Sieve, cells: Distinct, units: Distinct, word: Ints, in_unit: Ints, worded: Mask) -> dict[int, str]:
    """Pair of words and unit -> what the words say they count, where no column of units says it.

    worded: which cells are more than digits.
    """
    # A unit that stands for every row is for those whose cells say none.
    open_to_words = np.array([not text or "unit" not in sieve.headers for text in units.texts()], bool)
    pairs = np.flatnonzero(open_to_words[in_unit] & worded[word]).tolist()
    spoken = cells.texts() if pairs else []
    names = sieve.memory.parsed("unit said", [spoken[word[pair]] for pair in pairs], unit_said)
    return {pair: name for pair, name in zip(pairs, names, strict=True) if isinstance(name, str) and name}


def _read(
    sieve: Sieve, cells: Distinct, word: Ints, units: tuple[list[str], Texts, Floats], whole: Mask
) -> tuple[Floats, Floats, Floats, dict[int, Message], dict[int, Message]]:
    """low, best, high of each pair of words and unit, what is wrong with it, and what is to be warned of.

    units: of each pair its name, its scale and that as a number. Words are read with their scale behind them, and not
    multiplied: "more than 3" of a thousand is more than 3,000, and not 4,000.
    """
    counted, scale, times = units
    figures = np.full(len(cells.values), np.nan)
    if whole.any():
        figures[whole] = pc.cast(cells.values.filter(pa.array(whole)), pa.float64()).to_numpy()
    best = figures[word] * times
    low, high = best.copy(), best.copy()
    slow = np.flatnonzero(~whole[word] | (best > LARGEST))
    if not len(slow):
        return low, best, high, {}, {}
    spoken = cells.texts()
    decimal = sieve.sheet.dialect.decimal or ("," if not any(scale) and _points_part_thousands(cells, counted) else "")
    keys = [(_scaled(spoken[word[pair]], scale[pair]), counted[pair]) for pair in slow.tolist()]

    def read(key: tuple[str, str]) -> Quantity:
        return read_quantity(key[0], key[1], decimal)

    found = sieve.memory.parsed(("quantity", decimal), keys, read)
    estimates = _estimates(sieve, cells, keys, found, decimal)
    found = [estimates.get(at, each) for at, each in enumerate(found)]
    for pair, quantity in zip(slow.tolist(), found, strict=True):
        if not isinstance(quantity, VagueError):
            low[pair], best[pair], high[pair] = quantity.low, quantity.best, quantity.high
        elif quantity.rule == UNSURE[0]:
            sieve.unsure.append(spoken[word[pair]])
    estimated = {int(slow[at]): ESTIMATE for at in estimates}
    return low, best, high, messages(found, slow.tolist()), estimated


def _scaled(words: str, scale: str) -> str:
    """A figure with its scale behind it; what holds no figure stays, for nothing is no thousand."""
    return f"{words} {BEHIND.get(scale, scale)}" if scale and any(map(str.isdigit, words)) else words


def _points_part_thousands(cells: Distinct, counted: list[str]) -> bool:
    """Whether the points of a column of whole counts can only stand between thousands."""
    if any(is_measured(unit) for unit in counted):
        return False
    dotted = pc.match_substring_regex(cells.values, _DOTTED)
    otherwise = pc.match_substring_regex(cells.values, _OTHERWISE)
    return bool(pc.sum(dotted).as_py() >= FEWEST_DOTTED) and not pc.any(otherwise).as_py()


def _estimates(sieve: Sieve, cells: Distinct, keys: list[Key], found: list[Read], decimal: str) -> dict[int, Quantity]:
    """Figures in brackets as estimates, where nothing in the column is negative or money: by their place in keys."""
    brackets = [at for at, each in enumerate(found) if isinstance(each, VagueError) and each.rule == BRACKETS[0]]
    if not brackets or pc.any(pc.match_substring_regex(cells.values, r"^[-−]\s?[0-9]|[0-9]-$")).as_py():
        return {}

    def read(key: Key) -> Quantity:
        return read_quantity(f"about {plain(key[0]).strip('()')}", key[1], decimal)

    brackets = [at for at in brackets if keys[at][1] not in CURRENCIES]
    again = sieve.memory.parsed(("estimate", decimal), [keys[at] for at in brackets], read)
    return {at: each for at, each in zip(brackets, again, strict=True) if isinstance(each, Quantity)}


def _exact(
    sieve: Sieve,
    called: tuple[str, tuple[str, str, str]],
    spoken: Amounts,
    wrong: tuple[dict[int, Message], set[int]],
    times: Floats,
) -> Amounts:
    """The amounts with what columns of low, best and high say. times: what a unit multiplies these by.

    called: the column of words, and those three. wrong: what is wrong with each pair of words and unit, and those pairs
    of which only the words are lacking: a range of two columns needs none.
    """
    (column, names), (errors, wordless) = called, wrong
    columns = [figures(sieve, name) for name in names]
    (said, *ends), codes = combine(
        (spoken.codes, len(spoken.best)), *((each.codes, len(each.values)) for each in columns)
    )
    given = [np.asarray(each.values)[which] * times[said] for each, which in zip(columns, ends, strict=True)]
    told, worded = ~np.isnan(given[1]), ~np.isnan(spoken.best[said])
    best = np.where(told, given[1], np.where(worded, spoken.best[said], _middle(given[0], given[2])))
    low = np.where(np.isnan(given[0]), np.where(told, best, np.where(worded, spoken.low[said], 0)), given[0])
    unsaid = np.where(told & (names[2] in sieve) | ~told & ~worded, np.inf, np.where(told, best, spoken.high[said]))
    high = np.where(np.isnan(given[2]), unsaid, given[2])
    ours = names[1] if names[1] in sieve else next(name for name in names if name in sieve)
    hint = f"Correct them, or leave {names[1]} empty." if names[1] in sieve else "Correct them."
    message = ("low, best and high are in this order", hint)
    unordered = ~((low <= best) & (best <= high)) & ~np.isnan(best)
    sieve.judge(ours, codes, dict.fromkeys(np.flatnonzero(unordered).tolist(), message))
    unread = {
        pair: errors[at]
        for pair, at in enumerate(said.tolist())
        if at in errors and (np.isnan(best[pair]) if at in wordless else not told[pair] or errors[at] == UNSAID)
    }
    sieve.judge(column if column in sieve else ours, codes, unread)
    return Amounts(low, best, high, codes, spoken.unit)


def _middle(low: Floats, high: Floats) -> Floats:
    """Of a range that nobody gave a best figure for; of one with one end, that end, as of "at least" and "up to"."""
    return np.where(np.isnan(high), low, np.where(np.isnan(low), high, (low + high) / 2))


def figures(sieve: Sieve, name: str) -> Coded:
    """Plain numbers from 0 on, NaN where empty; others set their row aside."""
    cells = sieve.distinct(name)
    decimal = sieve.sheet.dialect.decimal
    values = pc.replace_substring(cells.values, ",", ".") if decimal == "," else cells.values
    plain = pc.match_substring_regex(values, _PLAIN).to_numpy(zero_copy_only=False)
    numbers = np.full(len(values), np.nan)
    numbers[plain] = pc.cast(values.filter(pa.array(plain)), pa.float64()).to_numpy()
    wrong = np.flatnonzero((~plain & ~cells.empty) | (numbers > LARGEST)).tolist()
    message = (f"a plain number from 0 to {LARGEST:,}", "Write digits with a decimal point, or leave it empty.")
    sieve.judge(name, cells.codes, dict.fromkeys(wrong, message))
    return Coded(numbers, cells.codes)


def numbers(sieve: Sieve, column: str, least: float, most: float, rule: str, *, required: bool = True) -> Coded:
    """A column of plain numbers, NaN where empty; those outside of [least, most] set their row aside."""
    cells = sieve.distinct(column)
    pattern = re.compile(r"[+-]?[0-9]{1,6}(?:\.[0-9]{0,20})?")
    comma = sieve.sheet.dialect.decimal == ","
    written = [text.replace(",", ".") if comma else text for text in cells.texts()]
    values = np.array([float(text) if pattern.fullmatch(text) else np.nan for text in written] or [np.nan])
    empty = np.array([not text for text in written] or [True])
    wrong = np.flatnonzero(~((values >= least) & (values <= most)) & (required | ~empty)).tolist()
    sieve.judge(column, cells.codes, dict.fromkeys(wrong, (rule, "Write it in plain digits with a decimal point.")))
    return Coded(values, cells.codes)


__all__ = ["Amounts", "Array", "amounts", "figures", "numbers", "texts"]
