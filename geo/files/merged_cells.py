"""Merged cells of a workbook: what is written once, over several rows, counts for each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.matching.traits import is_imo, is_mmsi

Cells = Sequence[str]
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""
_NUMBER = re.compile(r"[-+]?[0-9][0-9 ,.'\u00a0\u202f]*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SHOWN = 3


class Merged:
    """The ranges of one sheet that reach over several rows, and which of them were filled."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self._begins: dict[int, list[Range]] = {}
        for first, left, last, right in ranges:
            if last > first:
                self._begins.setdefault(first + 1, []).append((first, left, last, right))
        self._open: list[tuple[Range, str]] = []
        self._filled: dict[int, list[tuple[int, int]]] = {}
        self._left: dict[int, list[tuple[int, int]]] = {}

    def fill(self, batch: list[tuple[int, Cells]]) -> None:
        """Writes the text of each merged cell into its further rows; batches come in the order of the rows."""
        if not self._begins and not self._open:
            return
        for at, (line, cells) in enumerate(batch):
            written = list(cells)
            self._open = [each for each in self._open if each[0][2] + 1 >= line]
            for (_, left, _, _), text in self._open:
                if left < len(written) and not written[left]:
                    written[left] = text
            for each in self._begins.pop(line, ()):
                text = cells[each[1]] if each[1] < len(cells) else ""
                self._begin(each, text)
            batch[at] = line, written

    def _begin(self, cell: Range, text: str) -> None:
        if not text.strip():
            return
        first, left, last, _ = cell
        told = self._left if _is_amount(text) else self._filled
        told.setdefault(left, []).append((first + 1, last + 1))
        if told is self._filled:
            self._open.append((cell, text))

    def told(self, header: Sequence[str]) -> dict[str, str]:
        """The reason that says what was done, under "merged"; {} where nothing was."""
        sentences = [
            f"Merged cells count for each of their rows: {self._where(self._filled, header)}." if self._filled else "",
            f"A merged number is left where it stands, since nobody says how it is divided among its rows: "
            f"{self._where(self._left, header)}."
            if self._left
            else "",
        ]
        return {"merged": " ".join(filter(None, sentences))} if any(sentences) else {}

    def _where(self, cells: dict[int, list[tuple[int, int]]], header: Sequence[str]) -> str:
        named = [
            f"“{header[column] if column < len(header) else column + 1}” of rows {first} to {last}"
            for column, ranges in cells.items()
            for first, last in ranges
        ]
        more = [f"{len(named) - _SHOWN} more"] if len(named) > _SHOWN else []
        return ", ".join([*named[:_SHOWN], *more])


def _is_amount(text: str) -> bool:
    """Whether a text is a number that may be divided, and no year and no number of a ship."""
    plain = text.strip()
    return _NUMBER.fullmatch(plain) is not None and not (_YEAR.fullmatch(plain) or is_imo(plain) or is_mmsi(plain))
