"""JSON of records, in the forms that people and programs write, becomes the sheet that a CSV would."""

from __future__ import annotations

import json

import pytest

from geo.errors import DialectError
from geo.files.read import read_sheet
from geo.matching.propose import propose
from tests.files.cells import ENDS, rows_of

RECORDS = [
    {"origin": "Rajin", "destination": "Vladivostok", "depart": "2023-09-07", "containers": 300},
    {"origin": "Rajin", "destination": "Dunay", "depart": "2023-09-08", "containers": 12.5},
]


CELLS = [tuple(str(cell) for cell in record.values()) for record in RECORDS]


def lines_of(values: list[object]) -> str:
    """One value a line."""
    return "\n".join(map(json.dumps, values))


FORMS_OF_RECORDS = {
    "array": json.dumps(RECORDS),
    "indented": json.dumps(RECORDS, indent=2),
    "lines": lines_of([*RECORDS]),
    "sequence": "".join(f"\x1e{json.dumps(record)}\n" for record in RECORDS),
    "answer of an API": json.dumps({"count": 2, "result": {"records": RECORDS}}),
    "pandas, columns": json.dumps({name: {str(n): r[name] for n, r in enumerate(RECORDS)} for name in RECORDS[0]}),
    "pandas, lists": json.dumps({name: [record[name] for record in RECORDS] for name in RECORDS[0]}),
    "pandas, split": json.dumps({"columns": list(RECORDS[0]), "data": [list(record.values()) for record in RECORDS]}),
    "arrays under names": json.dumps([list(RECORDS[0]), *(list(record.values()) for record in RECORDS)]),
}


@pytest.mark.parametrize("text", FORMS_OF_RECORDS.values(), ids=FORMS_OF_RECORDS)
def test_json_records(text: str) -> None:
    for content in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        sheet = read_sheet(content, "x.json")
        assert (sheet.header, rows_of(sheet), sheet.dialect.form) == (tuple(RECORDS[0]), CELLS, "records")
        assert rows_of(read_sheet(content, "x.json", dialect=sheet.dialect)) == CELLS
    assert rows_of(read_sheet(text.encode(), at_most=1)) == CELLS[:1]


def test_one_object_is_one_record_and_several_tables_are_layers() -> None:
    assert rows_of(read_sheet(json.dumps(RECORDS[0]).encode())) == CELLS[:1]
    several = json.dumps({"ports": [{"name": "Rajin"}], "voyages": RECORDS}).encode()
    sheet = read_sheet(several)
    assert (sheet.choices, sheet.dialect.sheet) == (("ports", "voyages"), "ports")
    assert sheet.reasons["sheet"] == "“ports” is the first layer; the other is “voyages”."
    assert rows_of(read_sheet(several, said={"sheet": "voyages"})) == CELLS
    with pytest.raises(DialectError, match="the file has 'ports', 'voyages'"):
        read_sheet(several, said={"sheet": "x"})


def test_what_is_nested_has_a_column_for_each_value_and_positions_are_degrees() -> None:
    record = {
        "from": {"name": "Rajin", "coordinates": [130.30, 42.23]},
        "to": {"name": "Dunay", "latlng": [42.88, 132.33]},
        "range": [1, 2],
        "notes": ["a", "b"],
        "from.name": "again",
        "empty": None,
        "not a number": float("nan"),
    }
    sheet = read_sheet(json.dumps([record]).encode())
    assert dict(zip(sheet.header, rows_of(sheet)[0], strict=True)) == {
        "from.name": "Rajin",
        "from.lon": "130.3",
        "from.lat": "42.23",
        "to.name": "Dunay",
        "to.lon": "132.33",
        "to.lat": "42.88",
        "range": "1, 2",
        "notes": "a, b",
        "from.name (2)": "again",
        "empty": "",
        "not a number": "",
    }


@pytest.mark.parametrize(
    ("record", "mapped"),
    [
        ({"from": [130.3, 42.23], "to": [132.33, 42.88]}, ["from.lon", "from.lat", "to.lon", "to.lat"]),
        (
            {"sourcePosition": [130.3, 42.23], "targetPosition": [132.33, 42.88]},
            ["source.lon", "source.lat", "target.lon", "target.lat"],
        ),
        (
            {"home": {"lat": 42.23, "lng": 130.3}, "work": {"lat": 42.88, "lng": 132.33}},
            ["home.lng", "home.lat", "work.lng", "work.lat"],
        ),
        (
            {"first berth": {"lat": 42.23, "lon": 130.3}, "second berth": {"lat": 42.88, "lon": 132.33}},
            ["first berth.lon", "first berth.lat", "second berth.lon", "second berth.lat"],
        ),
        ({"path": [[130.3, 42.23], [131, 42.5], [132.33, 42.88]]}, list(ENDS)),
        ({"geometry": {"type": "LineString", "coordinates": [[130.3, 42.23], [132.33, 42.88]]}}, list(ENDS)),
    ],
)
def test_two_positions_under_two_names_are_the_ends_of_a_leg(record: dict[str, object], mapped: list[str]) -> None:
    sheet = read_sheet(json.dumps([{**record, "depart": "2023-09-07", "containers": 300}] * 2).encode())
    columns = propose(sheet).mapping.columns
    assert {ours: header for header, ours in columns.items() if ours in ENDS} == dict(zip(ENDS, mapped, strict=True))


def test_features_line_by_line_are_features() -> None:
    feature = {
        "type": "Feature",
        "properties": {"containers": 300},
        "geometry": {"type": "LineString", "coordinates": [[130.3, 42.23], [132.33, 42.88]]},
    }
    for text in (lines_of([feature, feature]), json.dumps([feature, feature])):
        sheet = read_sheet(text.encode())
        assert (sheet.header, rows_of(sheet)) == (
            (*ENDS, "containers"),
            [("130.3", "42.23", "132.33", "42.88", "300")] * 2,
        )
