"""The sample files, from their bytes to the rows kept: what others write is understood without a word by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.evidence.headers.guessing import propose
from geo.evidence.intake.opening import read_sheet
from geo.evidence.reading import take

SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"


@pytest.mark.parametrize(
    ("name", "kind", "kept", "set_aside"),
    [
        ("kepler-flow-map.csv", "legs", 60, 0),
        ("flowmapblue-flows.csv", "legs", 60, 0),
        ("flowmapblue-locations.csv", "places", 16, 0),
        ("liner-extract.csv", "legs", 9, 3),
    ],
)
def test_a_sample_is_taken_as_proposed(name: str, kind: str, kept: int, set_aside: int) -> None:
    sheet = read_sheet(SAMPLES / name)
    proposal = propose(sheet)
    assert (proposal.kind, proposal.missing, proposal.own) == (kind, (), False)
    reading = take(sheet, mapping=proposal.mapping)
    assert (reading.rows, reading.kept, len(reading.set_aside)) == (kept + set_aside, kept, set_aside)


def test_the_flows_of_the_sample_lead_to_its_places() -> None:
    places = read_sheet(SAMPLES / "flowmapblue-locations.csv").columns["id"].to_pylist()
    flows = read_sheet(SAMPLES / "flowmapblue-flows.csv")
    assert {*flows.columns["origin"].to_pylist(), *flows.columns["dest"].to_pylist()} <= set(places)
