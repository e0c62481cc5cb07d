"""Small frames in the schema of geo.columns, and a zoo scene that holds the hard cases."""

# ruff: noqa: ANN401 -- cells of a row are of many types

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, Point

from geo.columns import EVENT_TABLE, LEG_TABLE, PLACE_TABLE, TOTAL_TABLE
from geo.reconcile.volumes import Volumes
from geo.scene.build import build_scene
from geo.scene.scene import Scene
from geo.tables import leg_reports
from tests.scene.handmade import zoo_volumes

Row = Mapping[str, Any]
DAY = pd.Timedelta(days=1)


def _frame(rows: Sequence[Row], schema: Mapping[str, str]) -> pd.DataFrame:
    """Rows as a frame with every column of `schema`; what a row leaves out is blank."""
    blank = {"str": "", "float64": np.nan, "int8": 0, "int64": 0}
    columns = {}
    for name, kind in schema.items():
        values = [row.get(name, blank.get(kind, pd.NaT)) for row in rows]
        timed = kind.startswith("datetime")
        columns[name] = (
            pd.Series(pd.to_datetime(values, utc=True)).astype(kind) if timed else pd.Series(values, dtype=kind)
        )
    return pd.DataFrame(columns)


def _time(text: str) -> pd.Timestamp:
    return pd.Timestamp(text, tz="UTC")


def leg(route: str, depart: str, arrive: str | None, containers: Any, **more: Any) -> Row:
    """ "AAA>BBB"; plain days or times; containers as a number or (low, best, high)."""
    low, best, high = containers if isinstance(containers, tuple) else (containers,) * 3
    start = _time(depart)
    origin, destination = route.split(">")
    row: dict[str, Any] = {
        "origin": origin,
        "destination": destination,
        "depart": start,
        "depart_latest": start + DAY if start == start.normalize() else start,
        "containers_low": low,
        "containers_best": best,
        "containers_high": high,
        "unit": "container",
    }
    if arrive is not None:
        end = _time(arrive)
        row |= {"arrive_earliest": end, "arrive": end + DAY if end == end.normalize() else end}
    return row | more


def total(name: str, route: str, start: str, end: str, amount: tuple[float, float, float], **more: Any) -> Row:
    """`end` is the last whole day of the window."""
    origin, destination = route.split(">")
    opens, closes = _time(start), _time(end) + DAY
    return {
        "id": name,
        "origin": origin,
        "destination": destination,
        "start_earliest": opens,
        "start": opens,
        "start_latest": opens + DAY,
        "end_earliest": closes - DAY,
        "end": closes,
        "end_latest": closes,
        "quantity_words": f"about {amount[1]}",
        "low": amount[0],
        "best": amount[1],
        "high": amount[2],
        "unit": "container",
        "nature": "estimate",
        "said_on": _time(end),
        "claimant": name.title(),
    } | more


def legs(*rows: Row) -> gpd.GeoDataFrame:
    line = [LineString([(0, 0), (1, 1)])] * len(rows)
    numbered = [{"row": number + 2} | dict(row) for number, row in enumerate(rows)]
    return gpd.GeoDataFrame(_frame(numbered, LEG_TABLE), geometry=line, crs=4326)


def totals(*rows: Row) -> gpd.GeoDataFrame:
    line = [LineString([(0, 0), (1, 1)])] * len(rows)
    return gpd.GeoDataFrame(_frame(rows, TOTAL_TABLE), geometry=line, crs=4326)


def events(*rows: Row) -> pd.DataFrame:
    return _frame([dict(row) | {"date": _time(row["date"])} for row in rows], EVENT_TABLE)


def places(within: Mapping[str, str] | None = None, **points: tuple[float, ...]) -> gpd.GeoDataFrame:
    """CODE=(lon, lat) or (lon, lat, radius_km); the name is the code in title case. within: code -> its area."""
    rows = [
        {
            "code": code,
            "name": code.title(),
            "radius_km": point[2] if len(point) > 2 else np.nan,
            "within": (within or {}).get(code, ""),
        }
        for code, point in points.items()
    ]
    geometry = [Point(point[0], point[1]) for point in points.values()]
    return gpd.GeoDataFrame(_frame(rows, PLACE_TABLE), geometry=geometry, crs=4326)


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """leg, total: rows. legs, totals, events, places: frames of rows."""
    return SimpleNamespace(leg=leg, total=total, legs=legs, totals=totals, events=events, places=places)


def zoo_frames() -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, pd.DataFrame, gpd.GeoDataFrame]:
    """Every hard case at once, over 1 Aug to 30 Sept 2023."""
    ship = {
        "mode": 1,
        "claimant": "Observer",
        "outlet": "Ledger",
        "said_on": _time("2023-10-02"),
        "url": "https://example.org/a",
    }
    return (
        legs(
            leg("RASON>VLADIVOSTOK", "2023-08-20", "2023-08-22", 300, cargo="shells", **ship),
            # Vague: "about 200", and "more than 50" that is open from its departure on.
            leg("RASON>VLADIVOSTOK", "2023-09-01", "2023-09-03", (180, 200, 220), **ship),
            leg("RASON>VLADIVOSTOK", "2023-09-26", "2023-09-27", (51, 51, np.inf), **ship),
            # Both directions of a pair.
            leg("VLADIVOSTOK>RASON", "2023-09-05", "2023-09-06", 40, **ship),
            # A step: no arrival was reported. And two at one instant, to the minute.
            leg("DUNAY>RASON", "2023-09-10", None, 75, cargo="wheat", **ship),
            leg("DUNAY>RASON", "2023-09-12T06:30", None, 10, **ship),
            leg("DUNAY>RASON", "2023-09-12T06:30", None, (4, 5, 6), cargo="coal", **ship),
            # A shipment by sea and then by rail: the second leg is onward.
            leg("RASON>DUNAY", "2023-09-07", "2023-09-09", 120, shipment="S1", **ship),
            leg("DUNAY>TIKHORETSK", "2023-09-11", "2023-09-20", 120, shipment="S1", cargo="coal", **ship | {"mode": 2}),
            # Somewhere in August, with no arrival: not a moment, so it is spread like a total.
            leg("TIKHORETSK>DUNAY", "2023-08-01", None, 62, depart_latest=_time("2023-09-01"), **ship | {"mode": 3}),
            # The second leg of a shipment, on no certain day.
            leg("RASON>DUNAY", "2023-09-03", "2023-09-04", 25, shipment="S2", **ship),
            leg(
                "DUNAY>TIKHORETSK",
                "2023-09-11",
                None,
                (25, 25, np.inf),
                shipment="S2",
                cargo="timber",
                depart_latest=_time("2023-09-21"),
                **ship | {"mode": 2},
            ),
            # Across the antimeridian, by air and by a mode that nobody named; and nothing carried at all.
            leg("FIJI>SAMOA", "2023-09-14T12:00", "2023-09-14T18:00", 2.5, **ship | {"mode": 4}),
            leg("SAMOA>FIJI", "2023-09-15", "2023-09-16", 7, **ship | {"mode": 0}),
            leg("FIJI>VLADIVOSTOK", "2023-09-15", "2023-09-30", 0, **ship),
            # Another unit: a report, no width.
            leg("RASON>VLADIVOSTOK", "2023-09-15", "2023-09-16", 9000, **ship | {"unit": "round"}),
        ),
        totals(
            # Total and legs on one corridor, and a part of it. An open one that is over before a closed one starts.
            total(
                "ministry",
                "RASON>VLADIVOSTOK",
                "2023-08-01",
                "2023-09-30",
                (1800, 2000, 2200),
                mode=1,
                cargo="ammunition",
                url="https://example.org/t",
            ),
            total(
                "part",
                "RASON>VLADIVOSTOK",
                "2023-09-07",
                "2023-09-20",
                (1001, 1001, np.inf),
                mode=1,
                part_of="ministry",
            ),
            # An area that holds both: two claimants who cannot both be right, the second of them without a bound.
            total(
                "one",
                "KOREA>PRIMORYE",
                "2023-08-08",
                "2023-09-20",
                (2300, 2500, 2700),
                claimant="Ministry",
                start_earliest=_time("2023-01-01"),
            ),
            total("two", "KOREA>PRIMORYE", "2023-08-08", "2023-09-17", (4001, 4001, np.inf), claimant="Bureau"),
            total("early", "SAMOA>FIJI", "2023-08-05", "2023-08-14", (101, 101, np.inf), claimant="Harbour"),
            total("later", "SAMOA>FIJI", "2023-09-01", "2023-09-10", (90, 100, 110), claimant="Harbour"),
            total("at most", "FIJI>SAMOA", "2023-08-10", "2023-08-19", (0, 30, 30), mode=4),
            total("rounds", "RASON>TIKHORETSK", "2023-08-01", "2023-09-30", (1e6, 1e6, np.inf), unit="round"),
            total("room", "RASON>VLADIVOSTOK", "2023-08-01", "2023-09-30", (0, 5e6, 5e6), mode=1, nature="capacity"),
        ),
        events(
            {"date": "2023-09-13", "title": "Meeting", "note": "At the cosmodrome", "url": "https://example.org/e"},
            {"date": "2021-01-01", "title": "Before the span"},
        ),
        places(
            RASON=(130.4, 42.24),
            VLADIVOSTOK=(131.9, 43.11, 25.0),
            DUNAY=(132.31, 42.89),
            TIKHORETSK=(40.11, 45.85),
            FIJI=(178.44, -18.14),
            SAMOA=(-171.76, -13.83),
            KOREA=(127.0, 40.0, 350.0),
            PRIMORYE=(133.0, 44.0, 200.0),
            within={"RASON": "KOREA", "VLADIVOSTOK": "PRIMORYE", "DUNAY": "PRIMORYE"},
        ),
    )


def volumes_of(legs: pd.DataFrame) -> Volumes:
    """What the totals of the zoo hold, made by hand."""
    listed, _, first = leg_reports.listable(legs)
    ids = leg_reports.group_ids(listed, first)
    return zoo_volumes(next(name for name, row in zip(ids, first, strict=True) if legs["unit"].iloc[row] != "round"))


@pytest.fixture(scope="session")
def zoo(zoo_ranges: Volumes) -> Scene:
    return build_scene(*zoo_frames(), title="Zoo", volumes=zoo_ranges)


@pytest.fixture(scope="session")
def zoo_ranges() -> Volumes:
    return volumes_of(zoo_frames()[0])


@pytest.fixture(scope="session")
def frames() -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, pd.DataFrame, gpd.GeoDataFrame]:
    return zoo_frames()
