"""A unit has one name, however it is written; none is ever converted."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.parsing.units import SPELLINGS, is_measured, unit_name

NAMES = {
    "container": ["", "Containers", "CNTR", "cntrs", "ctr", "box", "Boxes", "container(s)", " shipping  containers "],
    "teu": [
        "TEU",
        "TEUs",
        "T.E.U.",
        "twenty-foot equivalent units",
        "20-ft equivalent unit",
        "Twenty Foot Equivalent Unit",
    ],
    "feu": ["FEU", "feus", "forty-foot equivalent units", "40 ft equivalent units"],
    "artillery round": ["artillery rounds", "Artillery shells", "shells", "round", "rounds"],
    "tonne": ["t", "T", "tonnes", "MT", "metric ton", "metric tons", "metric tonnes", "ｔ"],
    "railcar": ["railcars", "rail cars", "Rail-car", "wagon", "wagons", "railway wagons", "freight cars"],
    "unit": ["unit", "Units"],  # boxes at a port, vehicles elsewhere
    "ton": ["ton", "tons"],  # metric, short or long
    "40-foot container": ["40-foot containers"],  # a container, and no forty-foot equivalent
    "ctn": ["ctn", "CTNS"],  # cartons
    "mass": ["mass"],
    "shipment": ["shipments"],
}


@pytest.mark.parametrize(("name", "words"), [(name, words) for name, all_ in NAMES.items() for words in all_])
def test_a_unit_has_one_name(name: str, words: str) -> None:
    assert unit_name(words) == name


def test_spellings_of_two_units_are_never_the_same() -> None:
    for unit, spellings in SPELLINGS.items():
        assert {unit_name(spelling.upper()) for spelling in (unit, *spellings)} == {unit}


@pytest.mark.parametrize("unit", ["tonne", "t", "metric tons", "TEU", "FEU", "kg", "tons", "tonnes of grain"])
def test_measured_units_come_in_fractions(unit: str) -> None:
    assert is_measured(unit)


@pytest.mark.parametrize("unit", ["", "container", "shells", "railcars", "shipment"])
def test_counted_units_do_not(unit: str) -> None:
    assert not is_measured(unit)


@given(st.text(max_size=40))
@example("S")
def test_a_name_is_its_own_name_when_it_is_one_of_ours(words: str) -> None:
    name = unit_name(words)
    assert name
    assert name not in SPELLINGS or unit_name(name) == name
