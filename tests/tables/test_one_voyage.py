"""Legs of several sources that do not say the same and may be one voyage: low counts one telling, high all of them."""

from __future__ import annotations

import pytest

from geo.dataset.dataset import DataSet, data_set
from geo.dataset.parts import of_reading
from geo.dataset.selection import Selection, select
from geo.dataset.told_twice import ids, questions, sentence
from geo.tables.counted_legs import amounts, counts
from geo.tables.read import read

HEAD = "origin,destination,depart,arrive,containers,mode,vessel,imo,cargo,claimant"
NAMES = HEAD.split(",")
PLAIN = {"origin": "Najin", "destination": "Vladivostok", "containers": "400", "claimant": "Desk A"}
SHIP = {"vessel": "Maia"}
B = {"claimant": "Desk B"}
Row = dict[str, str]


def row(depart: str, **cells: str) -> Row:
    return PLAIN | {"depart": depart} | cells


def data(*files: list[Row]) -> DataSet:
    texts = ["\n".join([HEAD, *(",".join(each.get(name, "") for name in NAMES) for each in rows)]) for rows in files]
    return data_set([of_reading(read(text.encode(), "legs"), f"{at}.csv") for at, text in enumerate(texts)])


def least_and_most(*files: list[Row]) -> tuple[float, float]:
    low, _, high = amounts(select(made := data(*files), Selection()).legs)
    every = counts(made.legs)
    return float(low[every].sum()), float(high[every].sum())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024-09-20", "2024-09-20 08:00"),
        ("2024-09-20", "around 20 September 2024"),
        ("2024-09-20", "September 2024"),
        ("2024-09-20", "2024-09-21"),
        ("2024-09-20", "2024-09-22 06:00"),
    ],
)
def test_departures_of_one_ship_too_close_for_two_voyages_are_asked(one: str, other: str) -> None:
    told = [row(one, **SHIP), row(other, **SHIP, **B)]
    assert least_and_most(told) == least_and_most(told[:1], told[1:]) == (400, 800)
    (asked,) = questions(data(told))
    assert "Desk A" in (said := sentence(asked, data(told), data(told).names))
    assert "Desk B" in said
    problems = read("\n".join([HEAD, *(",".join(e.get(n, "") for n in NAMES) for e in told)]).encode(), "legs").problems
    assert [each.rule for each in problems if each.row == 3] == ["a movement is told once"]


def test_the_days_are_named_where_they_differ() -> None:
    made = data([row("2024-09-20", imo="9074729"), row("2024-09-21", imo="9074729", containers="380", **B)])
    (asked,) = questions(made)
    said = sentence(asked, made, made.names)
    assert "Desk A, 400 containers, 20 Sept 2024" in said
    assert "Desk B, 380 containers, 21 Sept 2024" in said
    assert "this may be one voyage of IMO 9074729, " in said


def test_a_ship_that_could_be_back_sails_again() -> None:
    assert least_and_most([row("2024-09-10", **SHIP), row("2024-09-18", **SHIP, **B)]) == (800, 800)
    # From Najin to Hamburg it takes weeks.
    far = {"destination": "Hamburg", **SHIP}
    assert least_and_most([row("2024-09-10", **far), row("2024-09-18", **far, **B)]) == (400, 800)
    under_way = row("2024-09-10", arrive="2024-09-20", **SHIP)
    assert least_and_most([under_way, row("2024-09-18", **SHIP, **B)]) == (400, 800)


def test_voyages_that_one_source_lists_stay_several() -> None:
    listed = [row(f"2024-09-{day}", **SHIP) for day in ("10", "11", "12")]
    assert least_and_most(listed) == least_and_most(listed[:1], listed[1:]) == (1200, 1200)
    others = [each | B for each in listed]
    assert least_and_most([*listed, *others]) == (1200, 2400)
    # Each of one list is held against the nearest of the other, and against no more than one.
    later = [row(f"2024-09-{day}", **SHIP, **B) for day in ("13", "30")]
    assert least_and_most([*listed, *later]) == (1600, 2000)
    assert least_and_most([*later, *listed]) == (1600, 2000)


def test_three_sources_of_one_voyage_are_one_only_if_each_two_may_be() -> None:
    three = [row("2024-09-10", **SHIP), row("2024-09-12", **SHIP, **B), row("2024-09-14", **SHIP, claimant="Desk C")]
    assert least_and_most(three) == (800, 1200)
    near = [*three[:2], row("2024-09-11", **SHIP, claimant="Desk C")]
    assert least_and_most(near) == (400, 1200)


@pytest.mark.parametrize(
    ("one", "other", "ships"),
    [
        ("MV Maia R", "Maia R.", 1),
        ("M/V Maia", "MAIA", 1),
        ("M.V. Maia", "MT Maia", 1),
        ("SS Maia", "maia", 1),
        ("MAIA-1", "Maia 1", 1),
        ("Maia 1", "Maia 2", 2),
        ("Maia", "Maia R", 2),
    ],
)
def test_names_of_ships_without_prefixes_and_marks(one: str, other: str, ships: int) -> None:
    told = [row("2024-09-20", vessel=one), row("2024-09-20", vessel=other, containers="390", **B)]
    low, high = least_and_most(told)
    assert high == 790
    assert low == (390 if ships == 1 else 790)


def test_what_names_no_ship_makes_no_voyage() -> None:
    told = [row("2024-09-20", vessel="various"), row("2024-09-21", vessel="various", containers="200", **B)]
    assert least_and_most(told) == (600, 600)


@pytest.mark.parametrize(
    ("other", "asked"),
    [
        ({"depart": "early September 2024"}, True),
        ({"depart": "2024-09", "containers": "about 400"}, True),
        ({"depart": "2024-09", "vessel": "Maia"}, True),
        ({"containers": "about 410"}, True),
        ({"depart": "2024-09", "containers": "900"}, False),
        ({"depart": "2024-10"}, False),
        ({"depart": "2024-09", "cargo": "coal"}, False),
        ({"depart": "2024-09", "claimant": "Desk A"}, False),
    ],
)
def test_periods_and_figures_that_overlap_may_be_one_movement(other: Row, asked: bool) -> None:
    told = [row("2024-09-08", cargo="grain"), row("2024-09-08", **B) | other]
    assert bool(questions(data(told))) == asked
    low, high = least_and_most(told)
    assert (low < high - 350) == asked


def test_rows_without_ships_are_each_held_against_one() -> None:
    days = [row(f"2024-09-{day:02}") for day in (3, 8, 14)]
    months = [row("2024-09", **B)]
    assert least_and_most([*days, *months]) == (1200, 1600)
    assert least_and_most(days, months) == (1200, 1600)


def test_statistics_with_a_row_a_day_are_not_asked_about() -> None:
    days = [row(f"2024-{month:02}-{day:02}") for month in (8, 9) for day in range(1, 31)]
    assert not questions(data([*days, row("2024-08/2024-09", **B)]))
    assert not questions(data(days, [row("2024-08/2024-09", **B)]))


def test_a_later_file_of_one_source_may_correct_a_figure() -> None:
    first = [row("2024-09-08"), row("2024-09-12", containers="250")]
    second = [row("2024-09-08"), row("2024-09-12", containers="275")]
    assert least_and_most(first, second) == least_and_most(second, first) == (650, 925)
    silent = [[each | {"claimant": ""} for each in rows] for rows in (first, second)]
    assert least_and_most(*silent)[0] == 650
    made = data(first, second)
    said = [sentence(each, made, made.names) for each in questions(made)]
    assert any("250" in each and "275" in each and "revised" in each for each in said)
    # Nothing else of it is the same: another list, of other movements.
    assert least_and_most(first[1:], second[1:]) == (525, 525)
    # A file that has both figures tells of two.
    assert least_and_most(first, [*first, second[1]]) == (925, 925)


def test_ids_of_questions_do_not_depend_on_files() -> None:
    told = [
        row("2024-09-08"),
        row("2024-09", **B),
        row("2024-09-20", containers="90"),
        row("2024-09", containers="90", **B),
    ]
    assert len(set(ids(data(told)))) == 2
    assert sorted(ids(data(told))) == sorted(ids(data(told[::-1]))) == sorted(ids(data(told[::2], told[1::2])))
