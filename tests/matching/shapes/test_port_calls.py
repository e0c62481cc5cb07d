"""Port calls are told, and made into the legs between them; no row is lost, and no time is made up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import DialectError
from geo.files.read import read_sheet
from geo.matching.propose import propose
from geo.matching.shapes.port_calls import NAME
from geo.matching.shapes.reshape import reshape
from geo.sheet import Sheet
from geo.tables.read import Reading, take

SCHEDULE = """Vessel,Port,ETA,ETD
MAYA,Busan,2023-09-01,2023-09-02
MAYA,Shanghai,2023-09-05,2023-09-06
MAYA,Vladivostok,2023-09-10,
ANGARA,Najin,2023-09-03,2023-09-04
"""
MOVES = """Ship name,IMO,Port name,Country,Time,Movement
MAYA,9321483,Vladivostok,Russia,2023-09-10 06:00,ARRIVAL
MAYA,9321483,Busan,South Korea,2023-09-01 10:00,ARRIVAL
MAYA,9321483,Busan,South Korea,2023-09-02 10:00,DEPARTURE
"""


def legs_of(text: str) -> Sheet:
    sheet = read_sheet(text.encode())
    shape = propose(sheet).shape
    assert shape is not None
    assert shape.name == NAME
    return reshape(sheet, shape.name)


def told(sheet: Sheet, *headers: str) -> list[tuple[str, ...]]:
    return list(zip(*(sheet.columns[header].to_pylist() for header in headers), strict=True))


def taken(sheet: Sheet) -> Reading:
    proposal = propose(sheet)
    assert proposal.own
    assert not proposal.missing
    return take(sheet, "legs", mapping=proposal.mapping)


def test_a_list_of_calls_is_named_and_never_forced_into_legs() -> None:
    proposal = propose(read_sheet(SCHEDULE.encode()))
    assert proposal.shape is not None
    assert proposal.shape.offered
    assert "“Vessel”, “Port”, “ETA” and “ETD”" in proposal.shape.what
    assert "60 days" in proposal.shape.rule
    assert not proposal.told
    assert not proposal.mapping.columns
    assert propose(read_sheet(SCHEDULE.encode()), "legs").shape is None, "a kind that somebody says is believed"


def test_consecutive_calls_of_one_ship_become_voyages() -> None:
    legs = legs_of(SCHEDULE)
    assert told(legs, "origin", "destination", "depart", "arrive", "lines") == [
        ("Busan", "Shanghai", "2023-09-02", "2023-09-05", "2 to 3"),
        ("Shanghai", "Vladivostok", "2023-09-06", "2023-09-10", "3 to 4"),
    ]
    assert legs.lines.tolist() == [2, 3]
    reading = taken(legs)
    assert reading.kept == 2
    assert reading.table["unit"].tolist() == ["voyage"] * 2
    assert reading.table["containers_best"].tolist() == [1, 1]
    (lonely,) = legs.broken
    assert lonely.line == 5
    assert lonely.rule.startswith("a leg needs two calls")


def test_arrivals_and_departures_in_rows_of_their_own_are_put_together() -> None:
    legs = legs_of(MOVES)
    assert told(legs, "origin", "destination", "depart", "arrive", "imo") == [
        ("Busan", "Vladivostok", "2023-09-02 10:00", "2023-09-10 06:00", "9321483")
    ]
    assert legs.lines.tolist() == [4]
    assert told(legs, "origin_in_country", "destination_in_country") == [("South Korea", "Russia")]


def test_other_movements_are_listed_and_taken_for_none() -> None:
    legs = legs_of(MOVES + "MAYA,9321483,Najin,North Korea,2023-09-05 10:00,TRANSIT\n")
    assert told(legs, "origin", "destination", "depart") == [("Busan", "Vladivostok", "2023-09-02 10:00")]
    assert [(each.line, each.rule) for each in legs.broken] == [(5, "a port call says when a ship came or left")]


def test_days_and_times_of_day_in_columns_of_their_own() -> None:
    legs = legs_of(
        "Name,IMO,Port,Arrival time,Arrival date,Departure date\n"
        "MAYA,9321483,Busan,10:00,2023-09-01,2023-09-02\nMAYA,9321483,Najin,11:00,2023-09-05,\n"
    )
    assert told(legs, "vessel", "depart", "arrive") == [("MAYA", "2023-09-02", "2023-09-05")]


def test_movements_in_figures_are_read_under_move_type_alone() -> None:
    rows = "9074729,TARTUS,2023-08-06 10:00,0\n9074729,NOVOROSSIYSK,2023-08-01 10:00,1\n"
    assert told(legs_of("IMO,PORT_NAME,TIMESTAMP,MOVE_TYPE\n" + rows), "origin", "destination", "depart") == [
        ("NOVOROSSIYSK", "TARTUS", "2023-08-01 10:00")
    ]
    shape = propose(read_sheet(("IMO,PORT_NAME,TIMESTAMP,STATUS\n" + rows).encode())).shape
    assert shape is not None
    assert "one time" in shape.rule, "nobody says what 0 and 1 are"


def test_no_time_is_made_up() -> None:
    legs = legs_of("Vessel,Port,ATA,ATD\nM,Busan,2023-09-01,\nM,Najin,2023-09-04,\nM,Dunay,,2023-09-09\nM,Busan,,\n")
    assert told(legs, "origin", "destination", "depart", "arrive") == [("Busan", "Najin", "", "2023-09-04")]
    assert {each.line: each.rule.split()[0:4] for each in legs.broken} == {
        3: ["a", "leg", "says", "when"],
        4: ["a", "leg", "needs", "two"],
        5: ["a", "port", "call", "says"],
    }
    assert taken(legs).kept == 1


def test_a_long_gap_and_what_is_not_told_are_listed() -> None:
    text = "Vessel,Port,ETA,ETD\nM,Busan,,2023-01-01\nM,Najin,2023-04-01,\n,Busan,2023-01-01,\nM,,2023-01-02,\n"
    legs = legs_of(text.replace(",Najin,2023-04-01,", ",Najin,2023-04-01,2023-04-02\nM,Busan,2023-04-05,"))
    assert told(legs, "origin", "destination") == [("Najin", "Busan")]
    assert [(each.line, each.rule) for each in legs.broken] == [
        (2, "at most 60 days lie between two calls of a ship"),
        (5, "a port call names its ship"),
        (6, "a port call names its port"),
    ]


def test_a_stay_told_in_several_rows_is_one() -> None:
    legs = legs_of(
        "Vessel,Port,Terminal,ETA,ETD\nM,Busan,A,2023-09-01,2023-09-02\nM,Busan,B,2023-09-02,2023-09-03\n"
        "M,Najin,,2023-09-05,\n"
    )
    assert told(legs, "origin", "destination", "depart") == [("Busan", "Najin", "2023-09-03")]


def test_days_and_months_that_may_be_exchanged_leave_the_order_of_the_file() -> None:
    legs = legs_of("Vessel,Port,ETA,ETD\nM,Busan,01/02/2023,02/02/2023\nM,Najin,05/02/2023,06/02/2023\n")
    assert told(legs, "origin", "depart", "arrive") == [("Busan", "02/02/2023", "05/02/2023")]
    assert taken(legs).doubts, "the readers of dates ask for the order"


@pytest.mark.parametrize(
    "text",
    [
        "Vessel,From,To,ETD,ETA,TEU\nM,Busan,Najin,2023-09-01,2023-09-02,3\n",
        "Port,Country,Lat,Lon\nBusan,KR,35.1,129.0\nNajin,KP,42.2,130.3\n",
        "Vessel,Port,ETA,ETD\nM,Busan,2023-09-01,2023-09-02\nN,Najin,2023-09-05,2023-09-06\n",
    ],
    ids=["legs", "places", "no ship goes on"],
)
def test_other_tables_are_no_calls(text: str) -> None:
    assert propose(read_sheet(text.encode())).shape is None


def test_a_file_without_calls_is_refused_in_words() -> None:
    with pytest.raises(DialectError, match="no columns of a ship, a port and a time"):
        reshape(read_sheet(b"a,b\n1,2\n"), NAME)
    with pytest.raises(DialectError, match="port-calls"):
        reshape(read_sheet(b"a,b\n1,2\n"), "pyramid")


PORTS = st.sampled_from(["Busan", "Najin", "Dunay", ""])
DAYS = st.sampled_from(["", *(f"2023-0{month}-{day:02}" for month in (1, 5, 9) for day in (1, 2, 3, 20))])
CALLS = st.lists(st.tuples(st.sampled_from(["A", "B", ""]), PORTS, DAYS, DAYS), min_size=1, max_size=12)


@settings(max_examples=50)
@given(CALLS)
def test_every_row_is_in_a_leg_or_listed(calls: Sequence[tuple[str, ...]]) -> None:
    text = "Vessel,Port,ATA,ATD\nZ,Busan,2023-01-01,2023-01-02\nZ,Najin,2023-01-03,\n"
    sheet = read_sheet((text + "".join(f"{','.join(call)}\n" for call in calls)).encode())
    legs = reshape(sheet, NAME)
    named = {int(line) for each in told(legs, "lines") for line in each[0].split(" to ")}
    listed = {each.line for each in legs.broken}
    assert len(set(legs.lines.tolist()) | listed) == len(legs.lines) + len(listed), "each line begins one row"
    silent = set(sheet.lines.tolist()) - named - listed
    port = dict(zip(sheet.lines.tolist(), told(sheet, "Vessel", "Port"), strict=True))
    assert all(any(port[other] == port[line] for other in named | listed if other != line) for line in silent), (
        "what is in no leg is a stay that another row tells of, or the last of a ship"
    )
