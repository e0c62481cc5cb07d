"""What a link asks for is offered only where it exists, and what is not is told."""

from __future__ import annotations

from geo.columns import DEFAULT_UNIT
from geo.web.shared.filters import choices_of, known_data, possible
from geo.web.shared.link import Filters
from tests.dataset.few_reports import LEGS, TOTALS, data


def test_choices_come_from_legs_and_totals_with_what_is_not_stated_last() -> None:
    choices = choices_of(data())
    assert choices.facets["origin"] == {"KPRJN": "Rason", "RUVVO": "Vladivostok"}
    assert list(choices.facets["mode"].items()) == [("maritime", "Maritime"), ("rail", "Rail"), ("", "Not stated")]
    assert list(choices.facets["cargo"]) == ["coal", ""]
    assert choices.units == (DEFAULT_UNIT, "wagon")


def test_without_any_report_there_is_still_a_unit() -> None:
    assert choices_of(data(LEGS.iloc[:0], TOTALS.iloc[:0])).units == (DEFAULT_UNIT,)


def test_what_no_report_has_is_left_out_and_told() -> None:
    wanted = Filters(origin=("KPRJN", "nowhere"), unit="rounds", reliability=("A",))
    kept, notes = possible(wanted, data(), choices_of(data()))
    assert kept == Filters(origin=("KPRJN",))
    assert len(notes) == 3
    assert "nowhere" in notes[0]


def test_a_data_set_that_is_gone_is_told() -> None:
    known, notes = known_data(Filters(data="gone"), {"founding": "Founding article, 2023"})
    assert (known, len(notes)) == (Filters(), 1)
    assert known_data(Filters(data="there"), {"there": "There"}) == (Filters(data="there"), [])


def test_grades_can_be_chosen_in_the_words_of_the_admiralty_code() -> None:
    graded = LEGS.assign(reliability=["B", ""], credibility=["2", "6"])
    choices = choices_of(data(graded))
    assert list(choices.facets["reliability"].items()) == [("B", "B · usually reliable"), ("", "Not graded")]
    assert list(choices.facets["credibility"])[-1] == ""
    assert choices.facets["credibility"]["6"] == "6 · truth cannot be judged"
