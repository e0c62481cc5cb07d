"""Tables as an older Waybill kept them, in the columns of today. The files themselves are never changed.

Format 1 had one column "grade", any text, and did not know how closely a total says its places, nor the hash of its
archived copy. On reading, "grade" becomes reliability and credibility; a text that is no grade goes to the end of the
row's note, so that it is still there to be read. What format 1 did not know is empty.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import VagueError
from geo.evidence.grading import read_grade

GRADE = "grade"
_TEXT, _TIME = pa.large_string(), pa.timestamp("us", tz="UTC")
ADDED: Mapping[str, Mapping[str, pa.DataType]] = {
    "legs": {},
    "totals": {
        **dict.fromkeys(("origin_stated", "destination_stated", "precision", "archive_sha256"), _TEXT),
        "accessed": _TIME,
    },
}
"""Kind -> the columns that came with format 2, beside those that "grade" became."""


def upgraded(table: pa.Table, kind: str) -> pa.Table:
    """A table of format 1 in today's columns; any other table as it is, for its reader to judge."""
    added = ADDED.get(kind)
    names = set(table.column_names)
    if added is None or not {GRADE, "note"} <= names or names & {"reliability", "credibility", *added}:
        return table
    for name, kind_of in added.items():
        nothing = pa.scalar("" if kind_of == _TEXT else None, kind_of)
        table = table.append_column(name, pa.repeat(nothing, len(table)))
    return _split(table)


def _split(table: pa.Table) -> pa.Table:
    given = pc.fill_null(pc.cast(table[GRADE], _TEXT), "").combine_chunks().dictionary_encode()
    letters, numbers, remarks = [], [], []
    for text in given.dictionary.to_pylist():
        try:
            letter, number, remark = *read_grade(text), ""
        except VagueError:
            letter, number, remark = "", "", f"Grade as given: {text}"
        letters.append(letter)
        numbers.append(number)
        remarks.append(remark)
    halves = {"reliability": letters, "credibility": numbers}
    for name, values in halves.items():
        table = table.append_column(name, pa.array(values, _TEXT).take(given.indices))
    note, remark = pc.cast(table["note"], _TEXT), pa.array(remarks, _TEXT).take(given.indices)
    joined = pc.binary_join_element_wise(note, remark, pa.scalar(" ", _TEXT))
    whole = pc.if_else(pc.equal(remark, ""), note, pc.if_else(pc.equal(note, ""), remark, joined))
    return table.set_column(table.column_names.index("note"), "note", whole).drop_columns([GRADE])
