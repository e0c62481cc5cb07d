"""Sources that differ on one voyage; and what may be told twice, until somebody has answered."""

from __future__ import annotations

from geo.dataset.selection import Selection
from geo.voyages.sources import of_questions
from tests.voyages.few_voyages import data, found

TWICE = (
    "RUVVO,KRPUS,2024-09-01,2024-09-03,100,maritime,,,Desk A",
    "RUVVO,KRPUS,2024-09-01,2024-09-03,100,maritime,,,Desk B",
)


def test_dates_of_one_ship_s_voyage() -> None:
    (one,) = found(
        "RUVVO,KRPUS,2024-10-01,2024-10-03,100,maritime,Maria,,Desk A",
        "RUVVO,KRPUS,2024-10-02,2024-10-04,100,maritime,Maria,,Desk B",
    )
    assert (one.kind, one.legs) == ("sources differ", (0, 1))
    assert one.sentence == (
        "Desk A and Desk B differ on the departure of Maria, Vladivostok → Pusan: 1 Oct 2024 to 3 Oct 2024, or "
        "2 Oct 2024 to 4 Oct 2024."
    )


def test_one_source_does_not_differ_with_itself() -> None:
    assert not found(
        "RUVVO,KRPUS,2024-10-01,2024-10-03,100,maritime,Maria,,Desk A",
        "RUVVO,KRPUS,2024-10-02,2024-10-04,100,maritime,Maria,,Desk A",
    )


def test_figures_for_the_same_ends_and_days() -> None:
    (one,) = found(
        "RUVVO,CNSHA,2024-10-11,2024-10-14,100,maritime,,,Desk A",
        "RUVVO,CNSHA,2024-10-11,2024-10-14,300,maritime,,,Desk B",
    )
    assert one.sentence == (
        "Vladivostok → Shanghai, 11 Oct 2024 to 14 Oct 2024: Desk A, 100 containers; Desk B, 300 containers. If that "
        "is one voyage, they differ; not all of them name the ship."
    )


def test_ranges_that_meet_do_not_differ_and_neither_do_two_rows_of_one_source_or_two_ships() -> None:
    row = "RUVVO,CNSHA,2024-10-11,2024-10-14,{},maritime,{},,{}"
    assert not found(row.format("about 300", "", "Desk A"), row.format("280", "", "Desk B"))
    assert not found(row.format("100", "", "Desk A"), row.format("300", "", "Desk A"), row.format("50", "", "Desk B"))
    assert not found(row.format("100", "Maria", "Desk A"), row.format("300", "Lady", "Desk B"), kind="sources differ")


def test_told_twice_is_listed_until_it_is_answered_and_only_while_both_are_shown() -> None:
    here = data(*TWICE)
    (one,) = of_questions(here, Selection(), here.legs.index, here.names)
    assert (one.kind, set(one.legs)) == ("told twice", {0, 1})
    assert "Same: 100; separate: 200." in one.sentence
    assert of_questions(here, Selection(same=("all",)), here.legs.index, here.names) == []
    assert of_questions(here, Selection(), here.legs.index[:1], here.names) == []
