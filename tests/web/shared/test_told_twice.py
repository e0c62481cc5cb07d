"""Same or separate: asked on the Evidence page, said in a line on the others, kept in the link and the brief."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.brief.spec.brief import read_brief
from geo.dataset.parts import of_import
from geo.library import Library
from geo.web.brief.saved import link_of
from geo.web.shared.filters import SAME, SEPARATE
from tests.web.hands import go, html, labels, load, press

TWO = b"""origin,destination,depart,containers,claimant,said_on
KPRJN,RUVVO,2024-09-01,400,Desk A,2024-09-10
KPRJN,RUVVO,2024-09-01,400,Desk B,2024-09-12
KPRJN,RUVYP,2024-09-02,100,Desk A,2024-09-10
KPRJN,RUVYP,2024-09-02,100,Desk B,2024-09-12
"""
SEEN = "2 movements are told by several reports"


@pytest.fixture
def asked(page: AppTest) -> AppTest:
    """The Evidence page of two movements that two desks tell."""
    load(page, ("two.csv", TWO))
    assert SEEN in html(page)
    return go(page, "evidence")


def test_one_movement_is_answered_and_the_answer_taken_back(asked: AppTest) -> None:
    assert "Same or separate?" in html(asked)
    assert "Counts as 400–800 containers. Same: 400; separate: 800." in html(asked)
    press(asked, "Separate")
    assert "Counts as 800 containers." in html(asked)
    assert "Counts as 100–200 containers." in html(asked)
    (identifier,) = asked.session_state[SEPARATE]
    assert asked.query_params["separate"] == identifier
    press(asked, "Same")
    assert asked.session_state[SEPARATE] == ()
    assert "Counts as 400 containers." in html(asked)
    press(asked, "Same")
    assert asked.session_state[SAME] == ()


def test_the_table_of_voyages_says_which_rows_are_not_added(page: AppTest) -> None:
    load(page, ("two.csv", TWO))
    (table,) = [each.value for each in page.dataframe if "Departs" in each.value]
    assert table["Best"].tolist() == [400, 400, 100, 100]
    assert sorted(table["Told twice"]) == ["", "", "counted with another row", "counted with another row"]


def test_all_are_answered_at_once(asked: AppTest) -> None:
    press(asked, "All the same")
    assert "Counts as 400 containers." in html(asked)
    assert "Counts as 100 containers." in html(asked)
    assert asked.query_params["same"] == "all"
    go(asked, "map")
    assert SEEN not in html(asked)


def test_nothing_is_asked_where_nothing_is_told_twice(page: AppTest) -> None:
    go(page, "evidence")
    assert "Same or separate?" not in html(page)
    assert "Same" not in labels(page)


def test_a_brief_says_what_was_answered(asked: AppTest, library: Path) -> None:
    press(asked, "Separate")
    (identifier,) = asked.session_state[SEPARATE]
    go(asked, "brief")
    assert "1 movement is told by several reports" in html(asked)
    assert "not saved as a brief" not in html(asked)
    press(asked, "Save")
    (saved,) = (library / "briefs").glob("*.toml")
    assert read_brief(saved).filters.separate == (identifier,)
    kept = Library.open(library)
    link = link_of(read_brief(saved), [of_import(kept, each) for each in kept.imports()])
    assert link.filters.separate == (identifier,)
