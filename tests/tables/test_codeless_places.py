"""A place without a code is known by its position; a list of places needs no codes to be loaded."""

from __future__ import annotations

import pytest
from geopandas import GeoDataFrame

from geo.errors import MissingColumns
from geo.files.read import read_sheet
from geo.gazetteer.places import Places
from geo.matching.mapping import ColumnMap
from geo.matching.propose import propose
from geo.tables.read import read, take


def test_a_row_without_a_code_has_its_position_for_one() -> None:
    reading = read(b"code,name,lat,lon\nRU VVO,Vladivostok,43.1,131.9\n,Reni,45.45,28.28\n", "places")
    assert reading.table["code"].tolist() == ["RUVVO", "45.45000N28.28000E"]
    assert [(each.row, each.column, each.severity) for each in reading.problems] == [(3, "code", "warning")]


def test_names_and_positions_are_enough_where_somebody_agrees() -> None:
    proposal = propose(read_sheet(b"Port name,Country,Lat,Lon\nMy pier,KP,42.23,130.3\nNowhere,KP,,\n"))
    assert (proposal.kind, proposal.own, proposal.missing) == ("places", False, ())
    file = b"Port name,Country,Lat,Lon\nMy pier,KP,42.23,130.3\nNowhere,KP,,\n"
    reading = take(read_sheet(file), "places", mapping=proposal.mapping)
    assert reading.table["code"].tolist() == ["42.23000N130.30000E"]
    assert reading.set_aside["line"].tolist() == ["3"]
    assert {each.column.lower() for each in reading.problems} == {"lat", "lon"}


def test_such_a_place_is_found_by_its_name() -> None:
    own = ColumnMap("places", {name: name for name in ("name", "lat", "lon")})
    place = read(b"name,lat,lon\nQuay of nobody,42.23,130.3\n", "places", mapping=own).table
    known = Places.load().plus(GeoDataFrame(place))
    legs = read(b"origin,destination,depart,containers\nQuay of nobody,Vladivostok,2023-09-01,3\n", places=known)
    assert legs.kept == 1


def test_codes_are_left_out_only_where_somebody_agrees() -> None:
    with pytest.raises(MissingColumns, match="code"):
        read(b"id,name,lat,lon\n7,Quay of nobody,42.23,130.3\n", "places")


def test_lists_of_the_field_are_places() -> None:
    ports = "portid,portname,country,ISO3,lat,lon,vessel_count_total\nport75,Mersin,Türkiye,TUR,36.8,34.6,300\n"
    proposal = propose(read_sheet(ports.encode()))
    assert (proposal.kind, proposal.missing) == ("places", ())
    assert proposal.mapping.columns["portid"] == "code"
    anchorages = propose(read_sheet(b"s2id,lat,lon,label,iso3\n5e4ab1,42.2,130.3,RASON,PRK\n"))
    assert (anchorages.kind, anchorages.missing) == ("places", ())
    sightings = propose(read_sheet(b"timestamp,name,lat,lon,speed\n2023-09-01,MAYA,42.2,130.3,7\n"))
    assert sightings.shape is not None, "a ship's name makes no place of its position"
