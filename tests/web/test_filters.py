"""Filters hide rows and nothing else; what a link asks for is offered only where it exists."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.evidence.columns import DEFAULT_UNIT
from geo.web.filters import choices_of, possible, shown_by, without_absent_wholes
from geo.web.state import Filters

NAMES = {"RUVVO": "Vladivostok", "KPRJN": "Rason"}


def table(*rows: tuple[str, str, int, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["origin", "destination", "mode", "cargo", "claimant", "unit"])


LEGS = table(("KPRJN", "RUVVO", 1, "", "A", ""), ("RUVVO", "KPRJN", 2, "coal", "B", "wagon"))
TOTALS = table(("KPRJN", "RUVVO", 0, "coal", "A", "wagon"))


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        (Filters(), [0, 1]),
        (Filters(origin=("KPRJN",)), [0]),
        (Filters(destination=("KPRJN", "RUVVO")), [0, 1]),
        (Filters(mode=("rail",)), [1]),
        (Filters(mode=("",)), []),
        (Filters(cargo=("",)), [0]),
        (Filters(origin=("KPRJN",), claimant=("B",)), []),
        (Filters(unit="wagon"), [0, 1]),
    ],
)
def test_rows_shown(filters: Filters, rows: list[int]) -> None:
    assert list(shown_by(LEGS, filters).index) == rows


def test_choices_come_from_legs_and_totals_with_what_is_not_stated_last() -> None:
    choices = choices_of(LEGS, TOTALS, NAMES)
    assert choices.facets["origin"] == {"KPRJN": "Rason", "RUVVO": "Vladivostok"}
    assert list(choices.facets["mode"].items()) == [("maritime", "Maritime"), ("rail", "Rail"), ("", "Not stated")]
    assert list(choices.facets["cargo"]) == ["coal", ""]
    assert choices.units == (DEFAULT_UNIT, "wagon")


def test_without_any_report_there_is_still_a_unit() -> None:
    assert choices_of(LEGS.iloc[:0], TOTALS.iloc[:0], NAMES).units == (DEFAULT_UNIT,)


def test_what_no_report_has_is_left_out_and_told() -> None:
    wanted = Filters(data="gone", origin=("KPRJN", "nowhere"), unit="rounds")
    kept, notes = possible(wanted, choices_of(LEGS, TOTALS, NAMES), {"": "Everything loaded"})
    assert kept == Filters(origin=("KPRJN",))
    assert len(notes) == 3
    assert "nowhere" in notes[0]


def parts(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["id", "part_of"])


@pytest.mark.parametrize(
    ("rows", "part_of"),
    [
        ([("whole", ""), ("part", "whole")], ["", "whole"]),
        ([("part", "whole")], [""]),
        ([("part", "whole"), ("other", "whole")], ["whole", "whole"]),
        ([("part", "whole"), ("other", "elsewhere")], ["", ""]),
        ([("part", "whole"), ("inner", "part")], ["", "part"]),
        ([("alone", "")], [""]),
        ([], []),
    ],
)
def test_only_a_single_part_stands_for_a_whole_that_is_not_shown(
    rows: list[tuple[str, str]], part_of: list[str]
) -> None:
    assert without_absent_wholes(parts(*rows))["part_of"].tolist() == part_of
