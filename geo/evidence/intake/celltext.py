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


def encoded_texts(column: pa.Array) -> pa.DictionaryArray:
    """A typed column as distinct texts, one conversion a distinct value; nulls are "". Raises pa.ArrowInvalid."""
    column = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
    if pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type):
        column = column.cast(pa.string())
    if pa.types.is_string(column.type):
        # A broken file can hold bytes here that are no UTF-8, and nobody has looked at them yet.
        column.validate(full=True)
        return pc.fill_null(column, "").dictionary_encode()
    distinct = column.dictionary_encode()
    texts = [text_of(_instant(value)) for value in distinct.dictionary]
    merged = pa.array([*texts, ""], pa.string()).dictionary_encode()
    codes = pc.fill_null(distinct.indices, len(texts))
    return pa.DictionaryArray.from_arrays(merged.indices.take(codes).cast(pa.int32()), merged.dictionary)


def _instant(value: pa.Scalar) -> object:
    """A Python value; nanoseconds beyond its reach are cut to microseconds, times in a zone become UTC."""
    if pa.types.is_timestamp(value.type):
        plain = value.cast(pa.timestamp("us", value.type.tz), safe=False).as_py()
        if plain.tzinfo is None:
            return plain
        return plain.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if pa.types.is_time64(value.type):
        return value.cast(pa.time64("us"), safe=False).as_py()
    return value.as_py()
