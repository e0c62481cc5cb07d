"""The sample files, from their bytes to the rows kept: what others write is understood without a word by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest

from geo.files.read import read_sheet
from geo.gazetteer.places import Places
from geo.matching.propose import propose
from geo.tables.read import take

SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"


@pytest.mark.parametrize(
    ("name", "kind", "kept", "set_aside"),
    [("flowmapblue-locations.csv", "places", 16, 0), ("liner-extract.csv", "legs", 10, 2)],
)
def test_a_sample_is_taken_as_proposed(name: str, kind: str, kept: int, set_aside: int) -> None:
    sheet = read_sheet(SAMPLES / name)
    proposal = propose(sheet)
    assert (proposal.kind, proposal.missing, proposal.own) == (kind, (), False)
    reading = take(sheet, mapping=proposal.mapping)
    assert (reading.rows, reading.kept, len(reading.set_aside)) == (kept + set_aside, kept, set_aside)


@pytest.mark.parametrize(("name", "kept"), [("kepler-flow-map.csv", 60), ("flowmapblue-flows.csv", 0)])
def test_a_flow_map_lacks_day_and_unit_alone_and_takes_those_that_are_stated(name: str, kept: int) -> None:
    sheet = read_sheet(SAMPLES / name)
    proposal = propose(sheet)
    assert (proposal.kind, proposal.missing, proposal.undated) == ("legs", ("depart", "unit"), True)
    assert "depart" not in proposal.mapping.fixed
    stated = replace(proposal.mapping, fixed={"depart": "2023-09-01", "unit": "person"})
    assert take(sheet, mapping=stated).kept == kept, "numbers of locations are no places of ours"


def test_the_flows_of_the_sample_need_the_places_of_the_sample() -> None:
    locations = read_sheet(SAMPLES / "flowmapblue-locations.csv")
    brought = take(locations, mapping=propose(locations).mapping).table
    flows = read_sheet(SAMPLES / "flowmapblue-flows.csv")
    stated = replace(propose(flows).mapping, fixed={"depart": "2023-09-01", "unit": "person"})
    assert take(flows, mapping=stated, places=Places.load().plus(gpd.GeoDataFrame(brought))).kept == 60
