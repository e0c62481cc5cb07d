"""Moments of a column of dates, to put rows in order by; what a date means is for the readers of tables to say."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import Times
from geo.errors import GeoError
from geo.parsing.date_order import decide
from geo.parsing.dates import read_date
from geo.sheet import Sheet

_ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?Z?)?$"
_NOT = np.datetime64("NaT", "us")


def moments(sheet: Sheet, header: str) -> Times:
    """The first instant of each row's date, NaT where there is none; all NaT where day and month may be exchanged."""
    column = sheet.columns[header]
    texts = pc.utf8_trim_whitespace(column.dictionary)
    found = np.full(len(texts), _NOT, "datetime64[us]")
    iso = pc.match_substring_regex(texts, _ISO).to_numpy(zero_copy_only=False)
    decision = decide(texts)
    plain = pc.replace_substring_regex(texts.filter(pa.array(iso)), "Z$", "").to_pylist()
    for at, text in zip(np.flatnonzero(iso).tolist(), plain, strict=True):
        try:
            found[at] = np.datetime64(text.replace(" ", "T"), "us")
        except ValueError:  # a month or hour that does not exist
            continue
    if not decision.undecided:
        for at in np.flatnonzero(~iso).tolist():
            found[at] = _moment(texts[at].as_py(), decision.form)
    return found[column.indices.to_numpy()] if len(column) else found[:0]


def _moment(text: str, form: str) -> np.datetime64:
    try:
        start = read_date(text, form=form).start
    except GeoError:
        return _NOT
    return _NOT if start is None else np.datetime64(start.replace(tzinfo=None), "us")
