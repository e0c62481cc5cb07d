"""Which column of a file is which of ours, and how its texts are to be read. Proposed by `guessing`, agreed by a person.

A `ColumnMap` and a `Dialect` with the fixes by hand are all that stands between the bytes of a file and its table:
the same bytes and the same three give the same table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields

from geo.errors import MappingError

DATE_FORMS = ("", "day first", "month first", "excel serial")
"""How the dates of a column are read where digits alone do not tell; "" takes only what can be read in one way."""

Fixes = Mapping[int, Mapping[str, str]]
"""Corrections by hand: line of the file -> header -> the text to read instead. For a line whose cells stand under no
header (a broken row) the headers left out are empty. A line is never removed."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How a file's columns become ours.

    kind     legs, totals, places or events
    columns  header as it stands in the file -> our column; headers left out are not used
    fixed    our column -> the text that every row has in it, where no header is mapped to it
    dates    our column -> one of `DATE_FORMS`; columns left out are decided from their values
    places   a spelling in the file -> a place code, or "latitude, longitude" in degrees
    """

    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """All fields by name, keys sorted, so that equal maps give equal JSON."""
        plain = asdict(self)
        return {name: dict(sorted(value.items())) if isinstance(value, dict) else value for name, value in plain.items()}

    @staticmethod
    def from_json(given: Mapping[str, object]) -> ColumnMap:
        """The reverse of `as_json`; fields left out are empty. Raises MappingError."""
        names = {each.name for each in fields(ColumnMap)}
        if unknown := set(given) - names:
            raise MappingError(min(unknown), f"a mapping has {', '.join(sorted(names))}")
        for name, value in given.items():
            texts = [value] if name == "kind" else _texts(name, value)
            if not all(isinstance(text, str) for text in texts):
                raise MappingError(name, "it holds texts only")
        if "kind" not in given:
            raise MappingError("kind", "a mapping names its kind: legs, totals, places or events")
        return ColumnMap(**given)  # type: ignore[arg-type]


def _texts(name: str, value: object) -> list[object]:
    if not isinstance(value, Mapping):
        raise MappingError(name, "it is a table of texts")
    return [*value.keys(), *value.values()]


def header_key(header: str) -> str:
    """A header without case, surrounding and doubled spaces: two headers with one key are the same to a mapping."""
    return re.sub(r"\s+", " ", header).strip().casefold()
