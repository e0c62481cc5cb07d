"""A mapping is offered again for a file with the same headers."""

from __future__ import annotations

import json

import pytest

from geo.errors import LibraryError, MappingError
from geo.library import Library
from geo.matching.mapping import ColumnMap, signature

HEADERS = ["POL", "POD", "ETD", "Boxes"]
MAPPING = ColumnMap(
    "legs",
    {"POL": "origin", "POD": "destination", "ETD": "depart", "Boxes": "containers"},
    fixed={"unit": "TEU"},
    dates={"depart": "day first"},
    places={"Razin": "42.3, 130.4"},
)


def test_a_saved_mapping_is_found_by_its_headers(library: Library) -> None:
    assert library.mapping_for(HEADERS) is None
    library.save_mapping(HEADERS, MAPPING)
    assert library.mapping_for(HEADERS) == MAPPING
    assert library.mapping_for([*HEADERS, "more"]) is None


def test_case_and_order_of_the_headers_make_no_difference(library: Library) -> None:
    library.save_mapping(HEADERS, MAPPING)
    found = library.mapping_for(["boxes", "etd", "pod", "pol"])
    assert found
    assert found.columns == {name.lower(): column for name, column in MAPPING.columns.items()}


def test_the_newest_counts(library: Library) -> None:
    library.save_mapping(HEADERS, MAPPING)
    newer = ColumnMap("legs", {"POL": "destination"})
    library.save_mapping(HEADERS, newer)
    assert library.mapping_for(HEADERS) == newer


def test_a_mapping_that_does_not_fit_its_headers_is_not_saved(library: Library) -> None:
    with pytest.raises(MappingError):
        library.save_mapping(["A"], MAPPING)
    assert library.mapping_for(["A"]) is None


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]",
        b'{"format": 1}',
        b'{"format": 2}',
        b'{"format": 1, "headers": ["POL"], "mapping": {"kind": "legs", "columns": {"POL": 7}}}',
        b'{"format": 1, "headers": ["POL"], "mapping": {"kind": "ships"}}',
        b'{"format": 1, "headers": ["POL"], "mapping": {"kind": "legs", "columns": {"X": "origin"}}}',
        b'{"format": 1, "headers": ["POL"], "mapping": {"kind": "legs", "made up": {}}}',
        b'{"format": 1, "headers": "POL", "mapping": {"kind": "legs"}}',
        b"[" * 100_000,
    ],
)
def test_hostile_mappings_are_refused_in_words_until_one_is_saved_anew(library: Library, content: bytes) -> None:
    path = f"mappings/{signature(HEADERS)}/20300101T000000000000Z-00000000.json"
    library.save_mapping(HEADERS, MAPPING)
    library.store.fs.pipe_file(library.store.full(path), content)
    with pytest.raises(LibraryError) as caught:
        library.mapping_for(HEADERS)
    assert caught.value.hint
    assert [fault.part for fault in library.verify()] == [path]
    library.save_mapping(HEADERS, MAPPING)
    assert library.mapping_for(HEADERS) == MAPPING


def test_what_is_written_is_plain_json(library: Library) -> None:
    library.save_mapping(HEADERS, MAPPING)
    (path,) = library.store.fs.find(f"{library.where}/mappings")
    plain = json.loads(library.store.fs.cat_file(path))
    assert plain["headers"] == HEADERS
    assert plain["mapping"] == MAPPING.as_json()
