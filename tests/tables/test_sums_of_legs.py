"""A row that is a sum of legs is read as one: it spreads over its period, is no voyage, and retells nothing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import geo
from geo.brief.spec.data import sha256_of
from geo.scene.movements import leg_moves
from geo.tables.read import read
from geo.voyages.accounts import accounts, corridors

HEAD = "origin,destination,depart,depart_latest,containers,claimant,sum_of\n"
DAY = "Najin,Vladivostok,2023-09-07T00:00Z,2023-09-08T00:00Z,300"


def table(*rows: str) -> pd.DataFrame:
    """The legs of a CSV whose rows are all kept."""
    reading = read((HEAD + "\n".join(rows)).encode(), "legs", name="sums.csv")
    assert reading.kept == len(rows)
    return reading.table


def test_a_sum_of_one_day_spreads_over_it_and_lights_up_no_voyage() -> None:
    moves = leg_moves(table(f"{DAY},A,12", f"{DAY},A,"), "container")
    assert (moves.end - moves.start).tolist() == [86_400, 0]
    assert moves.itemised.tolist() == [False, True]


def test_legs_may_be_one_movement_told_twice_and_sums_are_not(tmp_path: Path) -> None:
    for name, last in (("legs", ""), ("sums", "2")):
        (tmp_path / f"{name}.csv").write_text(HEAD + f"{DAY},A,{last}\n{DAY},B,{last}\n")
    legs, sums = (geo.open_data(str(tmp_path / f"{name}.csv")).legs for name in ("legs", "sums"))
    assert "retells" in legs
    assert "retells" not in sums


def test_what_is_counted_is_the_legs_in_a_sum() -> None:
    legs = table(f"{DAY},A,12", f"{DAY},A,", f"{DAY},A,0")
    (account,) = accounts(legs, "container")
    assert (account.voyages, account.best) == (13, 900.0)
    assert corridors(legs)[0].voyages == 13


def test_an_explanation_says_that_its_rows_are_sums(tmp_path: Path) -> None:
    (tmp_path / "sums.csv").write_text(HEAD + f"{DAY},A,12\n{DAY.replace('-07T', '-06T')},A,3\n")
    (report,) = geo.open(tmp_path / "sums.csv").explain("Najin>Vladivostok").reports
    assert "600 on 15 legs" in str(report)
    told = geo.open(tmp_path / "sums.csv").explain("Najin>Vladivostok")
    assert told.low.sentence == "At least 600: the sum of 2 sums of legs."


@pytest.mark.parametrize("given", ["-1", "1.5", "many"])
def test_what_is_no_whole_number_sets_its_row_aside(given: str) -> None:
    reading = read(f"{HEAD}{DAY},A,{given}\n".encode(), "legs", name="sums.csv")
    assert [(each.column, each.given, each.severity) for each in reading.problems] == [("sum_of", given, "set aside")]


def test_a_table_without_sums_has_the_hash_that_it_had() -> None:
    legs = table(f"{DAY},A,")
    assert sha256_of(legs) == sha256_of(legs.drop(columns="sum_of"))
    sums = table(f"{DAY},A,1")
    assert sha256_of(sums) != sha256_of(sums.drop(columns="sum_of"))
