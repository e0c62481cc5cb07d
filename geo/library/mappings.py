"""Mappings, saved to be offered again for a file with the same headers. Of several the newest counts.

    mappings/<signature of the headers>/<time>-<random>.json

One that was saved is never changed, so two processes can save at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.errors import LibraryError, MappingError
from geo.library.history import after, named
from geo.library.package import RECORD_FORMAT, canonical, plain_json, refuse_newer
from geo.library.store import Store, stamp, token
from geo.matching.mapping import ColumnMap, check, fitted, signature

MAPPINGS = "mappings"


def save_mapping(store: Store, headers: Sequence[str], mapping: ColumnMap) -> None:
    """Keeps a mapping for files with these headers. Raises LibraryError, MappingError."""
    check(mapping, headers)
    folder = f"{MAPPINGS}/{signature(headers)}"
    now = after(named(store, folder))
    plain = {"format": RECORD_FORMAT, "headers": list(headers), "mapping": mapping.as_json()}
    store.put_once(f"{folder}/{stamp(now)}-{token()}.json", canonical(plain))


def find_mapping(store: Store, headers: Sequence[str]) -> ColumnMap | None:
    """The mapping saved last for files with these headers, or None. Raises LibraryError where it is damaged."""
    folder = f"{MAPPINGS}/{signature(headers)}"
    there = named(store, folder)
    return read_mapping(store, f"{folder}/{there[-1]}", headers) if there else None


def read_mapping(store: Store, path: str, headers: Sequence[str] | None = None) -> ColumnMap:
    """A mapping in the library, fit for these headers, or for those it was saved with. Raises LibraryError."""
    where = store.full(path)
    plain = plain_json(where, store.read(path))
    refuse_newer(where, plain)
    given, saved_for = plain.get("mapping"), plain.get("headers")
    hint = "Save the mapping again; the new one counts."
    if not isinstance(given, dict) or not isinstance(saved_for, list) or not all(isinstance(h, str) for h in saved_for):
        raise LibraryError(where, "no mapping is in this file", hint)
    try:
        mapping = fitted(ColumnMap.from_json(given), saved_for if headers is None else headers)
        check(mapping, saved_for if headers is None else headers)
    except MappingError as error:
        raise LibraryError(where, f"the mapping saved there cannot be used ({error})", hint) from error
    return mapping
