"""Of an import the reporter is the destination, of an export the origin: by each row's own direction."""

from __future__ import annotations

import pytest

from geo.files.read import read_sheet
from geo.matching.propose import propose
from geo.matching.shapes.reshape import reshape
from geo.tables.read import take

TRADE = """period,reporterISO,reporterDesc,flowCode,partnerISO,partnerDesc,qty,qtyUnitAbbr
202301,TUR,Türkiye,M,RUS,Russian Federation,350,kg
202301,TUR,Türkiye,X,RUS,Russian Federation,12,kg
202301,TUR,Türkiye,RX,EGY,Egypt,7,kg
202301,TUR,Türkiye,??,EGY,Egypt,9,kg
"""


def test_the_ends_are_exchanged_by_each_row() -> None:
    sheet = read_sheet(TRADE.encode())
    proposal = propose(sheet)
    assert proposal.shape is not None
    assert (proposal.shape.name, proposal.shape.offered) == ("trade", True)
    assert "“flowCode”" in proposal.shape.what
    assert "“reporterDesc”" in proposal.shape.what
    assert not proposal.mapping.columns, "nothing goes from reporter to partner in silence"
    legs = reshape(sheet, "trade")
    agreed = propose(legs)
    assert agreed.shape is None
    assert (agreed.mapping.columns["origin"], agreed.mapping.columns["destination"]) == ("origin", "destination")
    reading = take(legs, "legs", mapping=agreed.mapping)
    ends = reading.table[["row", "origin", "destination"]].to_numpy().tolist()
    assert ends == [[2, "RU", "TR"], [3, "TR", "RU"], [4, "TR", "EG"]]
    assert set(reading.table["unit"]) == {"kg"}
    assert reading.rows == 4
    assert reading.set_aside["line"].tolist() == ["5"]
    assert "says whether it is an import or an export" in reading.set_aside["why"].iloc[0]
    cells = reading.set_aside.iloc[0].drop(["line", "why"]).to_dict()
    mended = reading.recheck({5: cells | {"origin": "Egypt", "destination": "Türkiye"}})
    assert mended.kept == 4


@pytest.mark.parametrize(
    ("header", "texts", "origins"),
    [
        ("Reporter,Partner,Trade Flow", ("Import", "Re-Export"), ["Egypt", "Spain"]),
        ("Declarant,Partner,FLOW", ("1", "2"), ["Egypt", "Spain"]),
        ("Port,Partner port,Direction", ("IN", "OUT"), ["Egypt", "Spain"]),
        ("Country,Counterpart,IMP/EXP", ("I", "E"), ["Egypt", "Spain"]),
    ],
)
def test_directions_are_written_in_many_ways(header: str, texts: tuple[str, str], origins: list[str]) -> None:
    rows = "".join(f"Spain,Egypt,{text},5,2023-01-01\n" for text in texts)
    sheet = read_sheet(f"{header},Tonnes,Date\n{rows}".encode())
    shape = propose(sheet).shape
    assert shape is not None
    assert shape.name == "trade"
    assert reshape(sheet, "trade").columns["origin"].to_pylist() == origins


def test_a_direction_alone_makes_no_shape() -> None:
    text = "Exporter,Importer,Type,Tonnes,Date\nSpain,Egypt,Export,5,2023-01-01\n"
    assert propose(read_sheet(text.encode())).shape is None


def test_what_came_of_it_is_loaded_again_as_it_stands() -> None:
    sheet = reshape(read_sheet(TRADE.encode()), "trade")
    reading = take(sheet, "legs", mapping=propose(sheet).mapping)
    again = propose(read_sheet(reading.set_aside_csv().encode()))
    assert again.shape is None
    assert again.mapping.columns["origin"] == "origin"
