"""Columns of a sheet as they are looked for by name, and new ones as a sheet holds them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import Ints, Texts
from geo.gazetteer.places import fold
from geo.matching.mapping import header_key
from geo.matching.synonyms import normal, words_of
from geo.sheet import Broken, Sheet


def spelt(header: str) -> set[str]:
    """A header as it is compared: as a whole, and with camel case apart."""
    return {normal(header), " ".join(words_of(header))} - {""}


def called(sheet: Sheet, names: Collection[str]) -> list[str]:
    """The headers that are one of these names (as `normal` has them), in the file's order."""
    return [header for header in sheet.header if not spelt(header).isdisjoint(names)]


def with_word(sheet: Sheet, words: Collection[str]) -> list[str]:
    """The headers in which one of these words stands."""
    return [header for header in sheet.header if not set(words_of(header)).isdisjoint(words)]


def cells(sheet: Sheet, header: str) -> Texts:
    """The trimmed texts of a column."""
    column = sheet.columns[header]
    trimmed = np.array(pc.utf8_trim_whitespace(column.dictionary).to_pylist(), object)
    return trimmed[column.indices.to_numpy()] if len(column) else np.zeros(0, object)


def each_text(sheet: Sheet, header: str, told: Callable[[str], object]) -> Texts:
    """What is told of each row's text, asked once for each distinct one."""
    column = sheet.columns[header]
    found = np.empty(len(column.dictionary), object)
    found[:] = [told(text.strip()) for text in column.dictionary.to_pylist()]
    return found[column.indices.to_numpy()] if len(column) else np.zeros(0, object)


def folded(sheet: Sheet, header: str) -> Texts:
    """The texts of a column as spellings are compared."""
    return each_text(sheet, header, fold)


def coded(texts: Iterable[str]) -> pa.DictionaryArray:
    """Texts as a column of a sheet."""
    found = pa.array(list(texts), pa.string()).dictionary_encode()
    return pa.DictionaryArray.from_arrays(found.indices.cast(pa.int32()), found.dictionary)


def taken(column: pa.DictionaryArray, rows: Ints) -> pa.DictionaryArray:
    """Some rows of a column, in this order."""
    return pa.DictionaryArray.from_arrays(column.indices.take(pa.array(rows)), column.dictionary)


def first_rows(sheet: Sheet, rows: int) -> Sheet:
    """The beginning of a sheet, with the texts of these rows alone."""
    columns = {header: coded(column[:rows].to_pylist()) for header, column in sheet.columns.items()}
    return replace(sheet, columns=columns, lines=sheet.lines[:rows], broken=())


def beside(sheet: Sheet, used: Collection[str], ours: Collection[str]) -> dict[str, str]:
    """Header -> its name beside new columns, of those that are not used up in them; none has a new column's name."""
    keys = {header_key(name) for name in ours}
    return {
        header: f"{header} (in the file)" if header_key(header) in keys else header
        for header in sheet.header
        if header not in used
    }


def made(
    sheet: Sheet, columns: Mapping[str, pa.DictionaryArray], lines: Ints, aside: Mapping[int, tuple[str, str]], why: str
) -> Sheet:
    """A sheet of these columns, in which rows that `aside` names are set aside: row of columns -> rule and hint.

    lines: of every row, those set aside too. The sheet's own broken rows stay; why: how it was made.
    """
    kept = np.setdiff1d(np.arange(len(lines)), np.array(sorted(aside), np.int64))
    order = kept[np.argsort(lines[kept], kind="stable")]
    broken = [
        Broken(int(lines[row]), tuple(column[row].as_py() for column in columns.values()), *aside[row], whole=True)
        for row in sorted(aside)
    ]
    return replace(
        sheet,
        header=tuple(columns),
        columns={name: taken(column, order) for name, column in columns.items()},
        lines=lines[order],
        broken=tuple(sorted([*sheet.broken, *broken], key=lambda each: each.line)),
        lower=(),
        reasons={**sheet.reasons, "shape": why},
    )


def listed(headers: Sequence[str]) -> str:
    """Headers in a sentence: “Port”, “ETA” and “ETD”."""
    named = [f"“{header}”" for header in dict.fromkeys(headers)]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))
