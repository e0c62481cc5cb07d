"""The grades of a sheet's rows: a letter and a number each, from one column or from two."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from geo.errors import VagueError
from geo.evidence.grading import HINT, RULE, read_grade
from geo.evidence.tables.findings import Message
from geo.evidence.tables.frame import Coded
from geo.evidence.tables.sieve import Distinct, Sieve, combine

Halves = tuple[str, str]
COLUMNS = ("reliability", "credibility", "grade")
"""Where a grade may stand; the first that says a half of it is believed, but for the number of "reliability" and the
letter of "credibility", which are believed last."""
CLASH = (
    "a grade is the same wherever a row says it",
    "The columns reliability and credibility count. Correct one of them, or empty grade.",
)


def grades(sieve: Sieve) -> dict[str, Coded]:
    """The columns reliability ("A" to "F" or "") and credibility ("1" to "6" or ""); none where the file has none.

    What is no grade costs no row: it counts as not graded, and is listed as a warning with the text as given.
    """
    if not any(name in sieve for name in COLUMNS):
        return {}
    cells = [sieve.distinct(name) for name in COLUMNS]
    letters, numbers, both = (_read(sieve, name, each) for name, each in zip(COLUMNS, cells, strict=True))
    first, *more = ((each.codes, len(each.values)) for each in cells)
    (letter, number, whole), codes = combine(first, *more)
    reliability, credibility, clashes = [], [], []
    for at, (one, two, three) in enumerate(zip(letter.tolist(), number.tolist(), whole.tolist(), strict=True)):
        said = [letters[one][0], both[three][0], numbers[two][0]], [numbers[two][1], both[three][1], letters[one][1]]
        reliability.append(next(filter(None, said[0]), ""))
        credibility.append(next(filter(None, said[1]), ""))
        if any(len(set(filter(None, half))) > 1 for half in said):
            clashes.append(at)
    where = "grade" if "grade" in sieve else "credibility"
    sieve.judge(where, codes, dict.fromkeys(clashes, CLASH), "warning")
    return {"reliability": _coded(reliability, codes), "credibility": _coded(credibility, codes)}


def _read(sieve: Sieve, column: str, cells: Distinct) -> list[Halves]:
    """Both halves that each distinct text of a column says, ("", "") for what is no grade; one where no row is."""
    found = sieve.memory.parsed("grade", cells.texts(), read_grade)
    wrong: dict[int, Message] = {at: (RULE, HINT) for at, each in enumerate(found) if isinstance(each, VagueError)}
    sieve.judge(column, cells.codes, wrong, "warning")
    return [("", "") if isinstance(each, VagueError) else each for each in found] or [("", "")]


def _coded(halves: list[str], codes: np.ndarray) -> Coded:
    values = pa.array(halves, pa.large_string()).dictionary_encode()
    return Coded(values.dictionary, values.indices.to_numpy()[codes] if len(codes) else codes)
