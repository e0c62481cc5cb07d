"""UN/LOCODE lists become places; what has no coordinates is listed."""

from __future__ import annotations

import pytest

from geo.errors import DialectError
from geo.files.read import read_sheet
from geo.matching.propose import propose
from geo.matching.shapes.reshape import reshape
from geo.tables.read import take

LIST = """Country,Location,Name,NameWoDiacritics,Function,Date,IATA,Coordinates,Remarks
KP,RJN,Najin,Najin,1-------,0401,,4214N 13018E,
RU,XYZ,Nowhere,Nowhere,1234----,0401,,,
"""


def test_entries_become_places() -> None:
    sheet = read_sheet(LIST.encode())
    proposal = propose(sheet)
    assert proposal.shape is not None
    assert (proposal.shape.name, proposal.shape.offered) == ("unlocode", True)
    places = reshape(sheet, "unlocode")
    agreed = propose(places)
    assert (agreed.kind, agreed.own) == ("places", True)
    reading = take(places, "places", mapping=agreed.mapping)
    assert reading.table["code"].tolist() == ["KPRJN"]
    point = reading.table["geometry"].iloc[0]
    assert (round(point.x, 2), round(point.y, 2)) == (130.3, 42.23)
    assert reading.set_aside["line"].tolist() == ["3"]


def test_other_lists_are_not_taken_for_it() -> None:
    other = read_sheet(b"Country,Location,Name,Coordinates\nKP,Rason harbour,Najin,42.2 130.3\n")
    assert propose(other).shape is None
    with pytest.raises(DialectError):
        reshape(other, "unlocode")
