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


MIRROR = """reporter,partner,flow,period,Commodity,TEU
Japan,South Korea,Import,2023,cars,7000
Republic of Korea,Japan,Export,2023,cars,7350
Republic of Korea,Japan,Export,2023,steel,350
Republic of Korea,Japan,Export,2022,cars,50
Republic of Korea,Japan,Total,2022,cars,50
"""


def test_what_both_sides_report_of_one_flow_counts_once() -> None:
    sheet = reshape(read_sheet(MIRROR.encode()), "trade")
    proposal = propose(sheet)
    assert proposal.mapping.columns["claimant"] == "claimant"
    reading = take(sheet, "legs", mapping=proposal.mapping)
    assert reading.table["containers_best"].tolist() == [7000, 350, 50]
    assert reading.table["claimant"].tolist() == ["Japan", "Republic of Korea", "Republic of Korea"]
    assert "reporter" not in reading.ignored
    why = dict(zip(reading.set_aside["line"], reading.set_aside["why"], strict=True))
    assert "Line 2 is the importer's account of it" in why["3"]
    assert "a total row is not data" in why["6"]


def test_a_port_is_nobody_who_says_so() -> None:
    text = "Port,Partner port,Direction,Date,TEU\nBusan,Vladivostok,IN,2024-04-01,3\n"
    assert "claimant" not in reshape(read_sheet(text.encode()), "trade").header


BOTH_WAYS = """POL,POD,ETD,Direction,TEU
Busan,Vladivostok,2024-04-01,Export,300
Busan,Vladivostok,2024-04-02,Import,200
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOTH_WAYS, "a place stands under “POL” in either"),
        (BOTH_WAYS.replace("-02,Import", "-02,Total"), "is “Total” are the sum"),
        (BOTH_WAYS.replace("Busan,Vladivostok,2024-04-02", "Nakhodka,Vladivostok,2024-04-02"), "“POD”"),
    ],
    ids=["one way", "a sum", "one port"],
)
def test_a_direction_that_both_ends_do_not_follow_is_asked_about(text: str, words: str) -> None:
    shape = propose(read_sheet(text.encode())).shape
    assert shape is not None
    assert (shape.name, shape.offered) == ("directions", False)
    assert words in shape.what


@pytest.mark.parametrize(
    "text",
    [
        BOTH_WAYS.replace("Busan,Vladivostok,2024-04-02", "Vladivostok,Busan,2024-04-02"),
        BOTH_WAYS.replace("Import", "Export"),
    ],
    ids=["the ends follow it", "one direction"],
)
def test_one_that_they_follow_is_not(text: str) -> None:
    assert propose(read_sheet(text.encode())).shape is None
