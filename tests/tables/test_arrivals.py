"""A leg whose departure nobody gave is kept with its arrival, and counts then; no departure is made up."""

from __future__ import annotations

import pandas as pd
import pytest

from geo import volume
from geo.columns import EVENT_TABLE, TOTAL_TABLE
from geo.gazetteer.places import Places
from geo.matching.mapping import ColumnMap
from geo.reconcile.explain.explanations import said_of_legs
from geo.reconcile.reconcile import reconcile
from geo.scene.build import build_scene
from geo.tables.by_kind import read_totals
from geo.tables.read import read

HEAD = "origin,destination,depart,arrive,containers\n"
ALONE = b"origin,destination,arrive,containers\nNajin,Vladivostok,2023-01-05,12\nNajin,Vladivostok,2023-01-07,22"


def test_a_file_of_arrivals_is_legs_without_departures() -> None:
    reading = read(ALONE)
    assert (reading.kind, reading.kept, len(reading.problems)) == ("legs", 2, 0)
    assert reading.table["depart"].isna().all()
    assert reading.table["depart_latest"].isna().all()
    assert reading.table["arrive_earliest"].tolist() == [
        pd.Timestamp("2023-01-05", tz="UTC"),
        pd.Timestamp("2023-01-07", tz="UTC"),
    ]


def test_a_row_without_a_departure_is_kept_with_a_warning_where_it_has_an_arrival() -> None:
    rows = "Najin,Vladivostok,2023-01-03,2023-01-05,1\nNajin,Vladivostok,,2023-01-05,2\nNajin,Vladivostok,,,3\n"
    reading = read((HEAD + rows + "Najin,Vladivostok,N/A,2023-01-06,4\nNajin,Vladivostok,N/A,,5").encode())
    assert reading.table["containers_best"].tolist() == [1, 2, 4]
    told = [(each.row, each.severity, each.rule) for each in reading.problems if each.column == "depart"]
    assert (3, "warning", "a leg has a departure") in told
    assert (4, "set aside", "a date is needed") in told
    assert (5, "warning", "a leg has a departure") in told
    assert (6, "set aside", "these words say that there is no date") in told


def test_an_arrival_in_the_future_is_warned_of() -> None:
    (problem,) = read(b"origin,destination,arrive,containers\nNajin,Vladivostok,2098-01-05,12").problems
    assert (problem.column, problem.severity, problem.rule) == (
        "arrive",
        "warning",
        "a reported shipment has already arrived",
    )


def test_the_rows_kept_read_back_to_the_same_arrivals() -> None:
    first = read(ALONE)
    again = read(first.kept_csv().encode())
    for name in ("depart", "depart_latest", "arrive_earliest", "arrive", "containers_best"):
        pd.testing.assert_series_equal(first.table[name], again.table[name])


def test_it_counts_on_the_day_it_arrives_on_the_map_and_in_words() -> None:
    table = read(ALONE).table
    nothing = [
        pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in schema.items()})
        for schema in (TOTAL_TABLE, EVENT_TABLE)
    ]
    scene = build_scene(table, *nothing, Places.load().frame)  # type: ignore[arg-type]
    day = 86_400
    begin = int(pd.Timestamp("2023-01-05", tz="UTC").timestamp()) - int(scene.start.timestamp())
    counts = [float(volume.at(scene.knots, moment)[1].sum()) for moment in (begin, begin + day, begin + 3 * day)]
    assert counts == [0, 12, 34]
    assert len(scene.legs.depart) == 0
    (citation,) = said_of_legs(table.iloc[:1]).values()
    assert citation.when == "arrived on 5 Jan 2023"


def test_a_total_holds_what_arrived_in_its_window() -> None:
    totals, _ = read_totals(
        b"claimant,said_on,origin,destination,window,quantity\nNIS,2023-02-01,Najin,Vladivostok,2023-01-01/2023-01-31,30-100"
    )
    volumes = reconcile(totals, read(ALONE).table, Places.load())
    (flow,) = [each for each in volumes.flows if (each.scope.origin, each.scope.destination) == ("KPRJN", "RUVVO")]
    assert flow.curve.low[-1] == 34


@pytest.mark.parametrize(
    ("row", "depart", "latest"),
    [
        ("2023,9,7", "2023-09-07", "2023-09-08"),
        ("2023,09,", "2023-09-01", "2023-10-01"),
        ("2023,Sept.,7", "2023-09-07", "2023-09-08"),
        ("2023,сентябрь,7", "2023-09-07", "2023-09-08"),
        ("2023,,", "2023-01-01", "2024-01-01"),
    ],
)
def test_a_date_in_columns_of_its_own_is_put_together(row: str, depart: str, latest: str) -> None:
    file = f"origin,destination,depart_year,depart_month,depart_day,containers\nNajin,Vladivostok,{row},10"
    leg = read(file.encode()).table.iloc[0]
    assert (leg["depart"], leg["depart_latest"]) == (pd.Timestamp(depart, tz="UTC"), pd.Timestamp(latest, tz="UTC"))


@pytest.mark.parametrize(
    ("part", "cell", "depart", "latest"),
    [
        ("quarter", "3", "2023-07-01", "2023-10-01"),
        ("quarter", "Q3", "2023-07-01", "2023-10-01"),
        ("week", "36", "2023-09-04", "2023-09-11"),
        ("week", "W1", "2023-01-02", "2023-01-09"),
    ],
)
def test_a_quarter_or_a_week_in_a_column_of_its_own_is_of_that_year(
    part: str, cell: str, depart: str, latest: str
) -> None:
    file = f"origin,destination,depart_year,depart_{part},containers\nNajin,Vladivostok,2023,{cell},10"
    leg = read(file.encode()).table.iloc[0]
    assert (leg["depart"], leg["depart_latest"]) == (pd.Timestamp(depart, tz="UTC"), pd.Timestamp(latest, tz="UTC"))


def test_what_is_wrong_with_it_is_told_of_one_of_its_columns() -> None:
    file = b"origin,destination,depart_year,depart_month,containers\nNajin,Vladivostok,2023,13,10"
    (problem,) = read(file).problems
    assert (problem.column, problem.given, problem.rule) == ("depart_month", "13", "a month is 01 to 12")


def test_a_total_has_its_window_in_columns_too() -> None:
    columns = {name: name for name in ("claimant", "said_on", "origin", "destination", "quantity")}
    mapping = ColumnMap("totals", {**columns, "Y": "window_year", "M": "window_month"})
    file = b"claimant,said_on,origin,destination,Y,M,quantity\nNIS,2023-11-02,KP,RU,2023,8,2000"
    total = read(file, mapping=mapping).table.iloc[0]
    assert (total["start"], total["end"]) == (
        pd.Timestamp("2023-08-01", tz="UTC"),
        pd.Timestamp("2023-09-01", tz="UTC"),
    )
    assert total["window_words"] == "2023-08"
