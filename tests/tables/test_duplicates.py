"""Two tellings of one movement are one movement until somebody says that they are two; then the range holds both."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.dataset.dataset import DataSet, data_set
from geo.dataset.parts import of_reading
from geo.dataset.selection import Selected, Selection, select
from geo.dataset.told_twice import questions
from geo.tables.counted_legs import amounts, counts
from geo.tables.read import read

HEAD = "origin,destination,depart,arrive,containers,mode,shipment,vessel,imo,claimant,outlet,said_on,words,route"
NAMES = HEAD.split(",")
PLAIN = {
    "origin": "Najin", "destination": "Vladivostok", "depart": "2024-09-01", "arrive": "2024-09-03",
    "containers": "400", "mode": "maritime", "claimant": "Desk A", "said_on": "2024-09-10",
}  # fmt: skip
SAME, SEPARATE = Selection(same=("all",)), Selection(separate=("all",))
Row = dict[str, str]
Range = tuple[float, float, float]


def row(**cells: str) -> Row:
    return PLAIN | cells


def text(rows: list[Row]) -> bytes:
    return "\n".join([HEAD, *(",".join(each.get(name, "") for name in NAMES) for each in rows)]).encode()


def data(*files: list[Row]) -> DataSet:
    return data_set([of_reading(read(text(rows), "legs"), f"{at}.csv") for at, rows in enumerate(files)])


def total(shown: Selected) -> Range:
    low, best, high = (float(figures[counts(shown.legs)].sum()) for figures in amounts(shown.legs))
    return low, best, high


def ranges(*files: list[Row]) -> tuple[Range, Range, Range]:
    """What the files come to while nobody says, if they are the same, and if they are separate."""
    made = data(*files)
    open_, same, separate = (total(select(made, each)) for each in (Selection(), SAME, SEPARATE))
    assert total(Selected(made.legs, made.totals)) == open_
    return open_, same, separate


def flat(figure: float) -> Range:
    return figure, figure, figure


@pytest.mark.parametrize("split", [False, True])
def test_two_claimants_of_one_movement(split: bool) -> None:
    one, other = row(), row(claimant="Desk B", outlet="Paper", said_on="2024-09-12", words="so they say")
    files = [[one], [other]] if split else [[one, other]]
    assert ranges(*files) == ((400, 400, 800), flat(400), flat(800))


def test_the_same_row_of_the_same_claimant_counts_once() -> None:
    assert ranges([row(), row()]) == (flat(400), flat(400), flat(800))
    assert ranges([row()], [row(), row(depart="2024-09-08", arrive="")]) == (flat(800), flat(800), flat(1200))
    reading = read(text([row(), row()]), "legs")
    assert [(each.row, each.severity, each.rule) for each in reading.problems] == [
        (3, "warning", "each row appears once")
    ]
    assert "counts once" in reading.problems[0].hint


def test_the_same_claimant_in_another_paper_or_on_another_day_is_asked() -> None:
    for other in (row(outlet="Paper"), row(said_on="2024-09-17"), row(said_on="2024-09-17", words="again")):
        assert ranges([row(), other])[0] == (400, 400, 800)


def test_files_without_a_claimant_are_sources_of_their_own() -> None:
    silent = row(claimant="", said_on="")
    assert ranges([silent], [silent, row(depart="2024-09-02")])[0] == (800, 800, 1200)
    assert ranges([silent, silent])[0] == flat(400)


@pytest.mark.parametrize(
    "other",
    [
        {"vessel": "Maria"},
        {"imo": "9074729"},
        {"shipment": "B2"},
        {"mode": "rail"},
        {"arrive": "2024-09-04"},
        {"depart": "2024-08-31"},
        {"destination": "Vostochny"},
        {"containers": "401"},
    ],
)
def test_what_tells_movements_apart(other: Row) -> None:
    stated = {"vessel": "Angara", "imo": "9179842", "shipment": "B1"}
    one = row(**{name: cell for name, cell in stated.items() if name in other})
    second = row(claimant="Desk B", **other)
    figure = 400.0 + float(second["containers"])
    assert ranges([one, second]) == (flat(figure),) * 3


def test_rows_that_an_unmapped_column_tells_apart_are_two_movements_in_every_telling() -> None:
    trains = [row(route="101"), row(route="102")]
    assert ranges(trains) == (flat(800),) * 3
    assert ranges(trains, trains)[0] == flat(800)
    others = [each | {"claimant": "Desk B"} for each in trains]
    assert ranges(trains, others) == ((800, 800, 1600), flat(800), flat(1600))
    assert ranges([*trains, others[0]]) == ((800, 800, 1200), flat(800), flat(1200))


def test_what_one_source_leaves_out_another_may_state() -> None:
    named, bare = row(vessel="Angara", imo="9179842"), row(claimant="Desk B", mode="")
    assert ranges([named, bare])[0] == (400, 400, 800)
    two = [named, row(vessel="Maria", imo="9074729")]
    assert ranges(two, [bare])[0] == (800, 800, 1200)
    # A source that names two ships, and none of a third, tells of three movements.
    assert ranges([*two, row()]) == (flat(1200),) * 3


def test_a_vague_departure_word_for_word_the_same() -> None:
    vague = row(depart="September 2024", arrive="")
    assert ranges([vague, vague | {"claimant": "Desk B"}])[0] == (400, 400, 800)


def test_one_voyage_that_two_sources_count_differently() -> None:
    ship = {"vessel": "Angara", "arrive": ""}
    one, other = row(**ship, containers="300"), row(**ship, containers="320", claimant="Desk B", imo="9179842")
    assert ranges([one, other]) == ((300, 300, 620), (300, 300, 320), flat(620))
    third = row(**ship, containers="300", claimant="Desk C")
    assert ranges([one, other, third]) == ((300, 300, 920), (300, 300, 320), flat(920))
    arrived = other | {"arrive": "2024-09-05"}
    assert ranges([one], [arrived])[1] == (300, 300, 320)


def test_lots_of_one_ship_add_up_within_a_source() -> None:
    lots = [row(vessel="Angara", containers=each, shipment=name) for each, name in (("100", "B1"), ("200", "B2"))]
    whole = row(vessel="Angara", containers="320", claimant="Desk B")
    assert ranges(lots) == (flat(300),) * 3
    assert ranges([*lots, whole]) == ((300, 300, 620), (300, 300, 320), flat(620))
    # A list that holds another one whole is the fuller list.
    more = [*lots, row(vessel="Angara", containers="50", shipment="B3")]
    assert ranges(lots, more)[0] == flat(350)


def test_a_source_that_is_switched_off_leaves_the_others_telling() -> None:
    made = data([row(), row(claimant="Desk B")])
    for claimant, other in (("Desk A", "Desk B"), ("Desk B", "Desk A")):
        left = select(made, Selection(without_claimant=(claimant,)))
        assert total(left) == flat(400)
        assert set(left.legs["claimant"]) == {other}


def test_each_telling_stays_and_one_id_answers_one_question() -> None:
    made = data([row(), row(claimant="Desk B")], [row(depart="2024-09-02"), row(depart="2024-09-02", claimant="B")])
    first = made.legs.index[made.legs["depart"] == pd.Timestamp("2024-09-01", tz="UTC")]
    (asked,) = [each for each in questions(made) if each.legs[0] in first]
    assert (asked.one, asked.both, asked.answer) == (flat(400), flat(800), "")
    for selection, expected in (
        (Selection(same=(asked.id,)), (800, 800, 1200)),
        (Selection(separate=(asked.id,)), (1200, 1200, 1600)),
        (Selection(separate=(asked.id,), same=("all",)), flat(1200)),
    ):
        shown = select(made, selection)
        assert total(shown) == expected
        assert len(shown.legs) == 4
    answers = [each.answer for each in questions(made, same=(asked.id,)) if each.id == asked.id]
    assert answers == ["same"]


MOVEMENTS = list(product(("Vladivostok", "Vostochny"), ("2024-09-01", "2024-09-02"), ("100", "250")))


@st.composite
def told(draw: st.DrawFn) -> tuple[list[Row], int]:
    """Movements, each told by some of three sources once; and in how many files they lie."""
    chosen = draw(st.lists(st.sampled_from(MOVEMENTS), unique=True, min_size=1, max_size=5))
    rows = [
        row(destination=to, depart=depart, containers=containers, claimant=claimant)
        for to, depart, containers in chosen
        for claimant in draw(st.lists(st.sampled_from("ABC"), unique=True, min_size=1))
    ]
    return draw(st.permutations(rows)), draw(st.integers(1, 3))


@settings(max_examples=6, deadline=None)
@given(told())
def test_neither_rows_nor_files_have_an_order_and_nothing_is_lost(given_: tuple[list[Row], int]) -> None:
    rows, files = given_
    plain = sum(float(each["containers"]) for each in rows)
    once = sum(float(each[2]) for each in {(r["destination"], r["depart"], r["containers"]) for r in rows})
    parts = [rows[at::files] for at in range(files) if rows[at::files]]
    assert ranges(*parts) == ((once, once, plain), flat(once), flat(plain))
    assert ranges(*(each[::-1] for each in parts[::-1])) == ranges(*parts)
    shown = select(data(*parts), Selection())
    assert len(shown.legs) == len(rows)
    tellers = shown.legs.loc[~counts(shown.legs), "retells"] if "retells" in shown.legs else pd.Series([], dtype=int)
    assert np.isin(tellers, shown.legs.index[counts(shown.legs)]).all()


@settings(max_examples=6, deadline=None)
@given(st.permutations([
    row(), row(), row(claimant="Desk B"), row(vessel="Angara", containers="300"), row(outlet="Paper"),
    row(vessel="Angara", containers="320", claimant="Desk B"), row(vessel="Maria", claimant="Desk B"),
    row(shipment="S1", vessel="Angara", containers="20"), row(containers="about 400", claimant="Desk C"),
]), st.integers(1, 3))  # fmt: skip
def test_awkward_rows_in_any_order(rows: list[Row], files: int) -> None:
    parts = [rows[at::files] for at in range(files)]
    plain = sum(float(each["containers"].removeprefix("about ")) for each in rows)
    open_, same, separate = ranges(*parts)
    assert ranges(*(each[::-1] for each in parts[::-1])) == (open_, same, separate)
    assert separate[1] == plain
    assert open_[:2] == same[:2]
    assert same[2] <= open_[2] <= separate[2]
