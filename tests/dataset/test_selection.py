"""One filter for every reader: it hides rows and nothing else."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.dataset.dataset import open_data
from geo.dataset.selection import Selection, in_less, resolved, select, without_absent_wholes
from geo.tables.leg_reports import report_of
from tests.dataset.few_reports import LEGS, TOTALS, data


@pytest.mark.parametrize(
    ("selection", "rows"),
    [
        (Selection(), [0, 1]),
        (Selection(origin=("KPRJN",)), [0]),
        (Selection(destination=("KPRJN", "RUVVO")), [0, 1]),
        (Selection(mode=("rail",)), [1]),
        (Selection(mode=("",)), []),
        (Selection(cargo=("",)), [0]),
        (Selection(origin=("KPRJN",), claimant=("B",)), []),
    ],
)
def test_rows_shown(selection: Selection, rows: list[int]) -> None:
    assert list(select(data(), selection).legs.index) == rows


def test_grades_leave_out_only_where_they_are_asked_to() -> None:
    graded = LEGS.assign(reliability=["B", ""])
    assert len(select(data(graded), Selection()).legs) == 2
    assert list(select(data(graded), Selection(reliability=("B",))).legs.index) == [0]
    assert list(select(data(graded), Selection(reliability=("",))).legs.index) == [1]


def test_a_switch_takes_away_a_claimant_or_a_report() -> None:
    totals = pd.concat([TOTALS, TOTALS.assign(claimant="B")], ignore_index=True).assign(id=["one", "two"])
    assert list(select(data(totals=totals), Selection()).totals.index) == [0, 1]
    assert list(select(data(totals=totals), Selection(without_claimant=("A",))).totals.index) == [1]
    assert list(select(data(totals=totals), Selection(without_report=("two", "unknown"))).totals.index) == [0]


def test_legs_are_switched_off_by_the_report_that_they_belong_to() -> None:
    legs = LEGS.assign(outlet="", said_on=pd.NaT, url="")
    reports = report_of(legs)
    assert reports.nunique() == 2
    assert list(select(data(legs), Selection(without_report=(reports.iloc[0],))).legs.index) == [1]


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


def test_names_are_found_whatever_their_case_and_places_by_name_too() -> None:
    wanted = Selection(origin=("rason", "ruvvo"), claimant=("a",), mode=("Rail",), without_report=("ONE",))
    known, unknown = resolved(data(), wanted)
    assert known == Selection(origin=("KPRJN", "RUVVO"), claimant=("A",), mode=("rail",), without_report=("one",))
    assert unknown == []


def test_what_is_in_no_report_is_named_with_the_nearest() -> None:
    known, (unknown,) = resolved(data(), Selection(origin=("Rasonn", "KPRJN")))
    assert known == Selection(origin=("KPRJN",))
    assert (unknown.field, unknown.given, unknown.nearest) == ("origin", "Rasonn", "KPRJN")
    _, (nobody,) = resolved(data(), Selection(without_claimant=("Zed",)))
    assert (nobody.nearest, nobody.known) == ("", ("A", "B"))


def test_what_the_switches_take_away_is_counted_in_reports() -> None:
    assert select(data(), Selection(without_claimant=("A",))).off == 2
    assert select(data(), Selection(claimant=("B",), without_claimant=("A",))).off == 0


def test_in_less_data_answers_about_what_is_not_there_go_and_a_claimant_who_is_not_there_says_nothing() -> None:
    founding = open_data("founding")
    more = Selection(claimant=("C",), apart=("us-1000-containers", "two"), same=("nowhere",), running=("two",))
    assert in_less(founding, more) == Selection(claimant=("C",), apart=("us-1000-containers",))
    assert not len(select(founding, in_less(founding, more)).totals)
