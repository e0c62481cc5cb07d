"""Filters hide rows and nothing else; what a link asks for is offered only where it exists."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.columns import DEFAULT_UNIT
from geo.dataset.wholes import without_absent_wholes
from geo.tables.leg_reports import report_of
from geo.web.shared.filters import choices_of, known_data, possible, shown_by, switched_on
from geo.web.shared.link import Filters

NAMES = {"RUVVO": "Vladivostok", "KPRJN": "Rason"}


def table(*rows: tuple[str, str, int, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["origin", "destination", "mode", "cargo", "claimant", "unit"])
    return frame.assign(reliability="", credibility="")


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
    wanted = Filters(origin=("KPRJN", "nowhere"), unit="rounds", reliability=("A",))
    kept, notes = possible(wanted, choices_of(LEGS, TOTALS, NAMES))
    assert kept == Filters(origin=("KPRJN",))
    assert len(notes) == 3
    assert "nowhere" in notes[0]


def test_a_data_set_that_is_gone_is_told() -> None:
    known, notes = known_data(Filters(data="gone"), {"": "Everything loaded"})
    assert (known, len(notes)) == (Filters(), 1)
    assert known_data(Filters(data="there"), {"there": "There"}) == (Filters(data="there"), [])


def test_grades_can_be_chosen_in_the_words_of_the_admiralty_code() -> None:
    graded = LEGS.assign(reliability=["B", ""], credibility=["2", "6"])
    choices = choices_of(graded, TOTALS, NAMES)
    assert list(choices.facets["reliability"].items()) == [("B", "B · usually reliable"), ("", "Not graded")]
    assert list(choices.facets["credibility"])[-1] == ""
    assert choices.facets["credibility"]["6"] == "6 · truth cannot be judged"


def test_grades_leave_out_only_where_they_are_asked_to() -> None:
    graded = LEGS.assign(reliability=["B", ""])
    assert len(shown_by(graded, Filters())) == 2
    assert list(shown_by(graded, Filters(reliability=("B",))).index) == [0]
    assert list(shown_by(graded, Filters(reliability=("",))).index) == [1]


def test_a_switch_takes_away_a_claimant_or_a_report() -> None:
    totals = pd.concat([TOTALS, TOTALS.assign(claimant="B")], ignore_index=True).assign(id=["one", "two"])
    assert list(switched_on(totals, Filters()).index) == [0, 1]
    assert list(switched_on(totals, Filters(without_claimant=("A",))).index) == [1]
    assert list(switched_on(totals, Filters(without_report=("two", "unknown"))).index) == [0]


def test_legs_are_switched_off_by_the_report_that_they_belong_to() -> None:
    legs = LEGS.assign(outlet="", said_on=pd.NaT, url="")
    reports = report_of(legs)
    assert reports.nunique() == 2
    assert list(switched_on(legs, Filters(without_report=(reports.iloc[0],))).index) == [1]


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
