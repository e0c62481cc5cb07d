"""Rows with bytes that are no characters in the encoding of their file, NUL among them: set aside, for that alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow.compute as pc

from geo.evidence.intake.undecoded import MARK, NUL
from geo.evidence.tables.sieve import Codes, Sieve

RULE = "every byte is a character in the encoding of the file"
HINT = "Write the characters that belong where � stands, or choose another encoding."
NUL_RULE = "text holds no NUL, a byte that is no character"
NUL_HINT = "Write what belongs where � stands, or take it out."
Found = Mapping[str, tuple[Sequence[int], Codes]]
"""Header -> which of its texts hold such a byte, and the text of each row."""


def amiss(text: str) -> bool:
    """Whether a text holds such a byte: nobody can say which place it names."""
    return MARK in text


def bar(sieve: Sieve) -> Found:
    """Keeps every row with such a byte, in a column that is used or not, from all that is made of the others."""
    found: dict[str, tuple[Sequence[int], Codes]] = {}
    for header, column in sieve.sheet.columns.items():
        hits = pc.match_substring(column.dictionary, MARK)
        if pc.any(hits).as_py():
            numbers = np.flatnonzero(hits.to_numpy(zero_copy_only=False)).tolist()
            found[header] = numbers, column.indices.to_numpy()
            sieve.bad |= np.isin(found[header][1], numbers)
    return found


def refuse(sieve: Sieve, found: Found) -> None:
    """Sets them aside. What else was found in them is taken back: it speaks of a text that nobody wrote."""
    for numbers, codes in found.values():
        sieve.pardon(np.isin(codes, numbers))
    ours = {header: column for column, header in sieve.headers.items()}
    for header, (numbers, codes) in found.items():
        column = ours.get(header) or _free(header, sieve)
        texts = sieve.sheet.columns[header].dictionary
        sieve.judge(column, codes, {number: _broken(str(texts[number])) for number in numbers})


def _broken(text: str) -> tuple[str, str]:
    """The rule that a text breaks, and what to do."""
    return (NUL_RULE, NUL_HINT) if text.count(MARK) == text.count(NUL) else (RULE, HINT)


def _free(header: str, sieve: Sieve) -> str:
    """What an unused header is called among our columns."""
    name = header if header not in sieve.headers else f"{header} (yours)"
    sieve.headers.setdefault(name, header)
    return name
