"""The marks between the cells of a text: delimiter, quote and escape.

Each candidate reads the first lines; the best is the one under which most rows have one number of cells, and these look
like cells. Our own column names decide where the rows below are split as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from geo.files.column_names import filled, header_words, is_value, known_names
from geo.files.detect.header_row import Row
from geo.files.text.records import Marks, read_record
from geo.sheet import Said

NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", " ": "space", ":": "colon"}
_SINGLE = (",", ";", "\t", "|")
_SELDOM = ("~", "^", "\x1f", "\x01", "¦", "§", "#", "!", ":", " ")
_DOUBLE = (
    "||",
    "::",
    ";;",
    "~~",
    "##",
    "@@",
    "^^",
    "$$",
    "%%",
    "&&",
    "|~|",
    "~|~",
    "<>",
    "=>",
    "->",
    "|;|",
    "^|^",
    "\t\t",
)
_USUAL = (*_SINGLE, *_DOUBLE)
_STAND_IN = "\x1f"
_LINES = 300
_LOOKED_AT = 200
_HEADER_WITHIN = 20
_STEPS = 400_000
"""Cells and quotes that are looked at under one candidate: enough for 300 lines of as many columns as can be, and an
end for a line that is nothing but quotes."""
_ODD = re.compile(r"[;|\t\"]")
_EDGE = re.compile(r"^[~^#@$%&;:=!|]|[~^#@$&;:<>=!|]$")
_JOINED = re.compile(r"[^\s\d],[^\s\d]")
"""Two words with a comma and no space between them: two cells, where the mark is one that stands in sentences."""
_PENALTY = {" ": 0.6, ":": 0.6, "!": 0.8, "#": 0.8}


@dataclass(frozen=True, slots=True)
class Marking:
    """Delimiter, quote and escape as in `Dialect`, why, and the rows that they give."""

    delimiter: str
    quote: str
    escape: str
    rows: list[Row]
    why_delimiter: str
    why_quote: str


def find_marks(text: str, said: Said | None = None) -> Marking:
    """The marks of a text that begins so. said: those that are known already, as fields of its dialect."""
    said = said or {}
    lines = (
        text.splitlines(keepends=True) if _plain_ends(text) else re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", text)
    )
    lines = lines[:_LINES]
    start = "".join(lines)
    if {"delimiter", "quote"}.isdisjoint(said) and (own := _by_own_names(lines, start)):
        return own
    scored = []
    for delimiter in [str(said["delimiter"])] if "delimiter" in said else _candidates(lines, start):
        for quote in [str(said["quote"])] if "quote" in said else _quotes(start, delimiter):
            rows = rows_of(lines, delimiter, quote, _escape(start, quote))
            scored.append((_score(rows, delimiter), delimiter, quote, rows))
    score, delimiter, quote, rows = max(scored, key=lambda one: one[0])
    if score <= 0.05 and {"delimiter", "quote"}.isdisjoint(said):
        why = "No delimiter splits its lines, so each line is one cell."
        return Marking(",", '"', '"', rows_of(lines, ",", '"', '"'), why, "Double quotes are usual.")
    return _marking(lines, start, delimiter, quote, f"It splits most rows into {_mode(rows)[0]} cells.")


def _plain_ends(text: str) -> bool:
    return not re.search("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", text)


class _Enough(Exception):
    """So much was looked at that the rest would tell no more."""


class _Steps:
    """Counts what is looked at, and raises _Enough."""

    def __init__(self) -> None:
        self._left = _STEPS

    def __call__(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise _Enough


def rows_of(lines: Sequence[str], delimiter: str, quote: str, escape: str) -> list[Row]:
    """The records that have text; the first of them where looking at all would take long."""
    mark = delimiter
    if len(delimiter) > 1:
        lines, mark = [line.replace(delimiter, _STAND_IN) for line in lines], _STAND_IN
    rows: list[Row] = []
    at, steps = 0, _Steps()
    while at < len(lines):
        try:
            record = read_record(lines, at, Marks(mark, quote, escape), steps)
        except _Enough:
            break
        if filled(record.cells):
            rows.append(Row(at + 1, record.cells, record.lines))
        at += record.lines
    return rows


def _by_own_names(lines: list[str], start: str) -> Marking | None:
    """The mark under which a line holds our own column names.

    A line of little else decides alone. The first line with text does so where most rows are split like it: words of
    other names ("Origin Port") are ours when cut at the wrong mark.
    """
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    at, alone = _header_alone(lines) or (first, "")
    best: tuple[tuple[float, ...], str, str] = ((), "", "")
    for delimiter in [alone] if alone else [each for each in _USUAL if each in lines[at]]:
        known = known_names(_names(lines[at], delimiter))
        for quote in _quotes(start, delimiter) if known >= 2 else ():
            rows = rows_of(lines, delimiter, quote, _escape(start, quote))
            width, many = _mode(rows)
            if alone or (len(rows) > 1 and len(rows[0].cells) == width and many * 2 > len(rows)):
                best = max(best, ((known, -width, _score(rows, delimiter)), delimiter, quote))
    worth, delimiter, quote = best
    if not worth:
        return None
    why = f"With it, line {at + 1} holds {worth[0]} of our own column names"
    return _marking(lines, start, delimiter, quote, why + ("." if alone else ", and most rows are split as it is."))


def _header_alone(lines: list[str]) -> tuple[int, str] | None:
    """(number, delimiter) of the line among the first that, cut so, holds most of our column names and little else.

    Whatever stands in the rows says nothing against it: stray tabs in them make no table of tabs.
    """
    best, found = (2, 0), None
    for number in [number for number, line in enumerate(lines) if line.strip()][:_HEADER_WITHIN]:
        for delimiter in (each for each in _USUAL if each in lines[number]):
            cells = _names(lines[number], delimiter)[:_LOOKED_AT]
            known = known_names(cells)
            # More than two. Fewer cells are better: with "||", every other one would be empty at each "|".
            if known * 2 > len(cells) and (known, -len(cells)) > best:
                best, found = (known, -len(cells)), (number, delimiter)
    return found


def _names(line: str, delimiter: str) -> list[str]:
    return [cell.strip("\"' \r\n") for cell in line.split(delimiter)]


def _marking(lines: list[str], start: str, delimiter: str, quote: str, why: str) -> Marking:
    longer = next((each for each in _spaced(start) if each.strip(" ") == delimiter and len(each) > 1), "")
    if longer and quote and re.search(re.escape(longer) + re.escape(quote), start):
        delimiter, why = longer, f"{why} Each one has a space beside it."
    escape = _escape(start, quote)
    if not quote or quote not in start:
        why_quote = "No cell is quoted; double quotes are usual."
    else:
        why_quote = f"Cells are enclosed in {quote} marks" + (
            ", and a backslash comes before a mark within them." if escape == "\\" else "."
        )
    name = NAMES.get(delimiter, repr(delimiter)).capitalize()
    return Marking(
        delimiter, quote, escape, rows_of(lines, delimiter, quote, escape), f"{name}: {_lowered(why)}", why_quote
    )


def _lowered(why: str) -> str:
    return why[0].lower() + why[1:]


def _spaced(start: str) -> list[str]:
    """Delimiters that always have a space after them, so that the space belongs to them."""
    marks = [mark for mark in (",", ";", "|") if mark in start and not re.search(re.escape(mark) + r"[^ \r\n]", start)]
    return [f"{mark} " if re.search("[^ ]" + re.escape(mark), start) else f" {mark} " for mark in marks]


def _candidates(lines: list[str], start: str) -> list[str]:
    """Delimiters that stand in many lines."""
    filled_lines = [line for line in lines if line.strip()]
    often = max(1, len(filled_lines) // 3)
    some = (*_SINGLE, *_DOUBLE, *_SELDOM, *_spaced(start), *_runs(filled_lines))
    return [each for each in dict.fromkeys(some) if sum(each in line for line in filled_lines) >= often] or [","]


def _runs(lines: list[str]) -> list[str]:
    """Runs of marks between letters and digits that come again in most lines."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(set(re.findall(r"(?<=[\w\"'])[!#$%&*:;<=>?@^|~]{2,4}(?=[\w\"'])", line)))
    return [run for run, count in counts.most_common(3) if count * 5 >= len(lines) * 4]


def _quotes(start: str, delimiter: str) -> list[str]:
    """Quote marks that open and close cells somewhere."""
    mark = re.escape(delimiter)
    found = ['"']
    if len(re.findall(rf"(?m)(?:^|{mark})'[^'\r\n]*'(?={mark}|\r|$)", start)) > len(
        re.findall(rf'(?m)(?:^|{mark})"[^"\r\n]*"(?={mark}|\r|$)', start)
    ):
        found.append("'")
    return found


def _escape(start: str, quote: str) -> str:
    """A backslash where it stands before quotes within cells, else the quote itself."""
    if not quote:
        return ""
    escaped = len(re.findall(r"\\" + re.escape(quote) + r"(?=[^,;|\t\r\n])", start))
    doubled = len(re.findall(rf"(?<=[^,;|\t\r\n{quote}]){quote}{quote}(?=[^,;|\t\r\n{quote}])", start))
    return "\\" if escaped > doubled else quote


def _mode(rows: Sequence[Row]) -> tuple[int, int]:
    """(cells, rows that have so many)."""
    counts = Counter(len(row.cells) for row in rows)
    width = max(counts, key=lambda cells: (counts[cells] if cells > 1 else 0, cells), default=1)
    return width, counts[width]


def _score(rows: Sequence[Row], delimiter: str) -> float:
    """0 to about 2: how many rows have one number of cells, of at least two, and how much these look like cells."""
    width, many = _mode(rows)
    if width < 2:
        return 0.0
    same = [row.cells[:_LOOKED_AT] for row in rows if len(row.cells) == width][:100]
    cells = [cell for row in same for cell in row]
    good = sum(_cell(cell, delimiter) for cell in cells) / len(cells)
    names = max(header_words(row.cells[:_LOOKED_AT]) + 2 * known_names(row.cells[:_LOOKED_AT]) for row in rows[:20])
    hollow = sum(not any(cell.strip() for cell in column) for column in zip(*same, strict=True))
    even = many / len(rows) * (width - 1 - hollow) / width
    return even * good * (1 + min(names, 6) / 6) * _PENALTY.get(delimiter, 1.0)


def _cell(cell: str, delimiter: str) -> float:
    if not cell.strip():
        return 0.5
    if is_value(cell):
        return 1.0
    if _ODD.search(cell) or (delimiter != "," and cell.count(",") > 2):
        return 0.1
    if delimiter in _PENALTY and _JOINED.search(cell):
        return 0.1
    if _EDGE.search(cell):
        return 0.4
    return 0.8 if cell == cell.strip() else 0.7
