"""Values of typed files -> the text that a person would have written."""

from __future__ import annotations

import datetime as dt
import json

import pyarrow as pa
import pyarrow.compute as pc

_EXACT = 2**53
"""Whole numbers beyond this are not exact as float64."""


def text_of(value: object) -> str:
    """Dates and times in ISO 8601 (a midnight is a whole day), whole numbers without ".0", "true" and "false"."""
    if type(value) is str:  # nearly all cells
        return value
    text = str(value)
    if value is None:
        text = ""
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, float):
        text = str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    elif isinstance(value, dt.datetime):
        midnight = value.time() == dt.time.min and value.tzinfo is None
        text = value.date().isoformat() if midnight else value.isoformat()
    elif isinstance(value, dt.date | dt.time):
        text = value.isoformat()
    elif isinstance(value, dict | list):
        text = json.dumps(value, ensure_ascii=False, default=str)
    return text


def listed(values: list[object]) -> str:
    """A list as a cell: words with commas between them, other things as JSON."""
    words = [each for each in values if isinstance(each, str)]
    return ", ".join(words) if len(words) == len(values) else text_of(values)


TEXTS = pa.dictionary(pa.int32(), pa.string())
_OTHER_TEXTS = (
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
)


def encoded_texts(column: pa.Array) -> pa.DictionaryArray:
    """A typed column as distinct texts (`TEXTS`), one conversion a distinct value; nulls are "".

    A column of codes stays one: a long text that many rows repeat is never written out. Raises pa.ArrowInvalid.
    """
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    texts, codes = _plain_texts(coded.dictionary), coded.indices.cast(pa.int32())
    if codes.null_count:
        codes = pc.fill_null(codes, len(texts))
        texts = pa.concat_arrays([texts, pa.array([""], pa.string())])
    merged = texts.dictionary_encode()
    return pa.DictionaryArray.from_arrays(merged.indices.take(codes).cast(pa.int32()), merged.dictionary)


def _plain_texts(values: pa.Array) -> pa.StringArray:
    """Distinct values as texts, nulls as ""."""
    if any(is_one(values.type) for is_one in _OTHER_TEXTS):
        values = values.cast(pa.string())
    if pa.types.is_string(values.type):
        # A broken file can hold bytes here that are no UTF-8, and nobody has looked at them yet.
        values.validate(full=True)
        return pc.fill_null(values, "")
    return pa.array([text_of(_instant(value)) for value in values], pa.string())


def _instant(value: pa.Scalar) -> object:
    """A Python value; nanoseconds beyond its reach are cut to microseconds, times in a zone become UTC."""
    if pa.types.is_timestamp(value.type):
        plain = value.cast(pa.timestamp("us", value.type.tz), safe=False).as_py()
        if plain is None or plain.tzinfo is None:
            return plain
        return plain.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if pa.types.is_time64(value.type):
        return value.cast(pa.time64("us"), safe=False).as_py()
    return value.as_py()
