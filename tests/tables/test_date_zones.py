"""A zone that a header states counts for the times below it; one that nobody can tell is said not to be used."""

from __future__ import annotations

import pytest

from geo.matching.mapping import ColumnMap
from geo.parsing.header_zones import UNSURE, zone_in
from geo.tables.date_zones import ZONE_UNUSED
from geo.tables.read import Reading, read


def _read(header: str, *times: str, also: str = "") -> Reading:
    own = {"origin": "origin", "destination": "destination", header: "depart", "containers": "containers"}
    rows = "\n".join(f"Najin;Vladivostok;{time};{10 + at};UTC+9" for at, time in enumerate(times))
    file = f"origin;destination;{header};containers;{also or 'note'}\n{rows}"
    return read(file.encode(), mapping=ColumnMap("legs", own))


def _departures(reading: Reading) -> list[str]:
    return [f"{time:%Y-%m-%dT%H:%M}" for time in reading.table["depart"]]


@pytest.mark.parametrize(
    ("header", "zone"),
    [
        ("Departure (KST)", "kst"),
        ("ETD UTC+9", "utc+9"),
        ("ETD (GMT +03:30)", "gmt+03:30"),
        ("ETD [+09:00]", "+09:00"),
        ("Sailed, MSK", "msk"),
        ("Departure (local time)", UNSURE),
        ("Departure (CST)", UNSURE),
        ("EST DEPARTURE", ""),
        ("Est. departure", ""),
        ("Departure (est)", ""),
        ("Departure", ""),
    ],
)
def test_what_headers_state(header: str, zone: str) -> None:
    assert zone_in(header) == zone


def test_the_zone_of_a_header_counts_for_times_that_have_none() -> None:
    times = ("2023-05-04 06:30", "4 May 2023 20:00", "2023-05-04T06:30Z", "2023-05-04 06:30 MSK", "2023-05-04")
    reading = _read("Departure (JST)", *times)
    assert _departures(reading) == [
        "2023-05-03T21:30",
        "2023-05-04T11:00",
        "2023-05-04T06:30",
        "2023-05-04T03:30",
        "2023-05-04T00:00",
    ]
    assert not reading.problems


@pytest.mark.parametrize(("header", "also"), [("Departure (local)", ""), ("Departure (CST)", ""), ("Departure", "TZ")])
def test_a_zone_that_nobody_can_tell_is_said_not_to_be_used(header: str, also: str) -> None:
    reading = _read(header, "2023-05-04 06:30", "2023-05-04 06:30 KST", "2023-05-06", also=also)
    assert _departures(reading)[0] == "2023-05-04T06:30"
    assert [(each.row, each.severity, each.rule) for each in reading.problems] == [(2, "warning", ZONE_UNUSED[0])]
