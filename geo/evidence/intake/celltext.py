"""Values of typed files -> the text that a person would have written."""

from __future__ import annotations

import datetime as dt
import json

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
