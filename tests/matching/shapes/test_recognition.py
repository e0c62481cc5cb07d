"""Tables that are no legs are told by their columns, and other tables are not taken for them."""

from __future__ import annotations

import pytest

from geo.files.read import read_sheet
from geo.matching.propose import propose

AIS = """MMSI,LAT,LON,SPEED,COURSE,STATUS,TIMESTAMP
219000001,55.10,12.20,101,90,0,2023-09-01T00:00:00
219000001,55.20,12.20,101,90,0,2023-09-01T00:10:00
"""
DMA = """# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,SOG,COG,Name,Cargo type,Destination,ETA
01/09/2023 00:00:00,Class A,219000001,55.1,12.2,Under way,10.1,90,MAYA,,COPENHAGEN,02/09/2023 10:00:00
01/09/2023 00:10:00,Class A,219000001,55.2,12.3,Under way,10.1,90,MAYA,,COPENHAGEN,02/09/2023 10:00:00
"""
TRACK = """seg_id,ssvid,timestamp,lat,lon
s1,273,2023-09-01 00:00:00 UTC,43.1,131.8
s1,273,2023-09-01 01:00:00 UTC,43.2,131.9
"""
STRIKES = """Date,Location,Killed,What
2023-09-01,Odesa,3,A grain store was hit by two drones at night
2023-09-02,Odesa,0,Debris fell into the port and caused a fire
"""
BATTLES = """event_date,event_type,location,latitude,longitude,fatalities
2023-09-01,Battle,Bakhmut,48.5,38.0,3
2023-09-02,Battle,Bakhmut,48.6,38.0,3
"""
BARE = "lon,lat,timestamp\n131.1,43.1,2023-09-01\n131.3,43.1,2023-09-02\n"
FLIGHT = (
    "time,icao24,lat,lon,velocity,heading\n1693526400,abc123,55.1,12.2,200,90\n1693526410,abc123,55.2,12.3,200,90\n"
)
DAILY = (
    "date,portid,portname,country,portcalls,import\n2023/07/01,p1,Odesa,Ukraine,2,0\n2023/07/02,p1,Odesa,Ukraine,3,9\n"
)
YEARLY = "Port,Year,TEU\nBusan,2021,22706130\nBusan,2022,22078195\nHamburg,2021,8715000\n"


@pytest.mark.parametrize("text", [AIS, DMA, TRACK, BARE, FLIGHT], ids=["ais", "dma", "gfw", "bare", "aircraft"])
def test_positions_are_forced_into_nothing(text: str) -> None:
    proposal = propose(read_sheet(text.encode()))
    assert proposal.shape is not None
    assert (proposal.shape.name, proposal.shape.offered) == ("positions", False)
    assert "port calls" in proposal.shape.rule, "the next step is told"
    assert not proposal.told
    assert not proposal.mapping.columns


@pytest.mark.parametrize("text", [DAILY, YEARLY])
def test_figures_of_one_place_are_no_flow(text: str) -> None:
    proposal = propose(read_sheet(text.encode()))
    assert proposal.shape is not None
    assert (proposal.shape.name, proposal.shape.offered) == ("place-statistics", False)
    assert not proposal.mapping.columns


@pytest.mark.parametrize(
    "text",
    [
        "Vessel,IMO,From,To,ETD,Lat,Lon\nM,9074729,Busan,Najin,2023-09-01,35.1,129.0\n",
        "Date,Vessel,Latitude,Longitude,Description\n2023-11-19,Galaxy,14.0,42.0,seized\n2023-12-03,Unity,14.1,43.0,hit\n",
        BATTLES,
        STRIKES,
        "home_lat,home_lon,work_lat,work_lon,trips,date\n43.1,131.8,42.2,130.3,5,2023-09-01\n",
        "code,name,lat,lon\nX1,Pier,43.1,131.8\nX2,Quay,43.2,131.9\n",
        "Port,Last port,ATA,Boxes\nBusan,Najin,2023-09-01,4\nBusan,Dunay,2023-09-02,5\n",
    ],
    ids=["legs", "incidents", "events", "told events", "two positions", "places", "arrivals"],
)
def test_other_tables_have_no_shape(text: str) -> None:
    assert propose(read_sheet(text.encode())).shape is None


def test_voyages_between_anchorages_are_legs_whose_places_are_asked() -> None:
    text = "ssvid,trip_id,trip_start,trip_end,trip_start_anchorage_id,trip_end_anchorage_id\n"
    proposal = propose(
        read_sheet((text + "273456780,273456780-1,2023-08-01 10:20:00 UTC,2023-08-05 03:00:00 UTC,5e4,4f1\n").encode())
    )
    assert (proposal.shape, proposal.kind, proposal.missing) == (None, "legs", ("containers",))
    assert proposal.mapping.columns["trip_start_anchorage_id"] == "origin"
