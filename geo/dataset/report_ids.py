"""The ids of reports in a data set: from what they say, never from where they stand or in which order they came.

A total keeps the id that its file gives it. One that two parts give word for word is one report. Where different totals
share an id, each of them has a few digits of what it says behind it. Itemised legs are reports by the groups of
`geo.tables.leg_reports`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.tables.leg_reports import group_ids, listable

_WHERE_READ = ("row", "geometry", "part_of")
"""Columns in which one report may differ from itself: its line, a line drawn anew, and what its whole is called."""
_DIGITS = (6, 16, 64)
Sources = dict[str, tuple[tuple[str, str], ...]]
"""Report -> the parts that give it, each with its id there."""


def totals_with_ids(frames: Sequence[tuple[str, pd.DataFrame]], empty: pd.DataFrame) -> tuple[pd.DataFrame, Sources]:
    """Totals of several parts, (part, table) each, as one table with an id for each report; and where they are from.

    What is part of a total stays part of that of its own part. empty: the table where there are no rows.
    """
    filled = [(part, table) for part, table in frames if len(table)]
    if not filled:
        return empty, {}
    whole = pd.concat([table for _, table in filled], ignore_index=True) if len(filled) > 1 else filled[0][1]
    part = np.repeat(np.array([name for name, _ in filled], object), [len(table) for _, table in filled])
    own = whole["id"].astype(object).to_numpy()
    texts = _texts(whole, part, own)
    names = _names(own, texts)
    first = ~pd.Series(names).duplicated().to_numpy()
    name_of = dict(zip(zip(part[::-1], own[::-1], strict=True), names[::-1], strict=True))
    parents = [name_of.get((where, parent), parent) for where, parent in zip(part, whole["part_of"], strict=True)]
    sources: dict[str, dict[tuple[str, str], None]] = {}
    for name, where, identifier in zip(names, part, own, strict=True):
        sources.setdefault(name, {})[where, identifier] = None
    types = {name: whole[name].dtype for name in ("id", "part_of")}
    table = whole.assign(id=names, part_of=parents).astype(types)[first].reset_index(drop=True)
    return table, {name: tuple(places) for name, places in sources.items()}


def legs_with_ids(legs: pd.DataFrame) -> pd.DataFrame:
    """Legs with the id of the report that each belongs to, in a column `id`, so that filters never change it."""
    if not len(legs):
        return legs.assign(id=pd.Series([], dtype="object"))
    grouped, group, first = listable(legs)
    names = pd.Index(group_ids(grouped, first), dtype="object")
    return legs.assign(id=pd.Categorical.from_codes(group, names) if names.is_unique else names.to_numpy()[group])


def _distinct(names: Sequence[str]) -> bool:
    return len(set(names)) == len(names)


def _texts(whole: pd.DataFrame, part: np.ndarray, own: np.ndarray) -> list[str]:
    """What each total says, as one text, with what the total says that it is part of, and so on."""
    said = whole.drop(columns=list(_WHERE_READ), errors="ignore").astype("str").fillna("")
    texts = ["\x1f".join(row) for row in said.itertuples(index=False, name=None)]
    row_of = {key: row for row, key in reversed(list(enumerate(zip(part, own, strict=True))))}
    parent = [row_of.get(key) for key in zip(part, whole["part_of"], strict=True)]
    return [_chain(row, parent, texts) for row in range(len(texts))]


def _chain(row: int, parent: Sequence[int | None], texts: Sequence[str]) -> str:
    rows = [row]
    while (above := parent[rows[-1]]) is not None and above not in rows:
        rows.append(above)
    return "\x1e".join(texts[each] for each in rows)


def _names(own: np.ndarray, texts: Sequence[str]) -> list[str]:
    """The id of each: as given where all that have it say the same, else with digits of what it says."""
    said_by: dict[str, set[str]] = {}
    for identifier, text in zip(own, texts, strict=True):
        said_by.setdefault(identifier, set()).add(text)
    plain = {identifier for identifier, said in said_by.items() if len(said) == 1}
    for digits in _DIGITS:
        named = {
            (identifier, text): identifier if identifier in plain else f"{identifier} ({_digest(text)[:digits]})"
            for identifier, said in said_by.items()
            for text in said
        }
        if _distinct(list(named.values())):
            break
    return [named[pair] for pair in zip(own, texts, strict=True)]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
