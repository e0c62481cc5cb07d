"""Each example goes onto the Data page by one click, and does what its button says; templates have columns we know."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from geo import data_folder
from geo.files.read import read_sheet
from geo.matching.mapping import OURS, own_map
from geo.matching.propose import propose
from geo.web.data.examples import EXAMPLES, FOLDER, TEMPLATES, template
from tests.web.hands import html, press, text


def test_a_clean_example_is_ready_to_load_by_one_click(data: AppTest) -> None:
    press(data, "Voyages")
    assert "12 read, 12 kept" in html(data)
    assert not [button for button in data.button if button.label == "Voyages"], "the page has its file"


def test_an_example_with_three_mistakes_shows_three(data: AppTest) -> None:
    press(data, "Three mistakes")
    press(data, "Use these columns")
    assert "7 read, 4 kept, 3 rejected" in html(data)
    assert "<strong>Vladivostock</strong> is not in the gazetteer" in html(data)


def test_a_claim_log_is_proposed_as_totals() -> None:
    proposal = propose(read_sheet(data_folder.path(f"{FOLDER}/claim-log.csv")))
    assert (proposal.kind, proposal.missing) == ("totals", ())
    assert set(proposal.mapping.columns.values()) >= {"claimant", "outlet", "said_on", "start", "end", "words"}


def test_port_calls_are_named_and_become_legs_between_calls() -> None:
    path = data_folder.path(f"{FOLDER}/port-calls.csv")
    shape = propose(read_sheet(path)).shape
    assert shape is not None
    assert shape.name == "port-calls"
    legs = read_sheet(path, said={"shape": shape.name})
    proposal = propose(legs)
    assert (proposal.kind, proposal.missing, len(legs)) == ("legs", (), 5)


def test_every_example_says_that_it_is_made_up(data: AppTest) -> None:
    assert all("made up" in each.about for each in EXAMPLES)
    assert not text(data)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_has_our_own_columns_and_all_that_are_required(kind: str) -> None:
    sheet = read_sheet(template(kind) + b",".join([b"x"] * len(TEMPLATES[kind])) + b"\r\n")
    assert sheet.header == TEMPLATES[kind]
    known = {column.name: column for column in OURS[kind]}
    assert set(TEMPLATES[kind]) <= set(known)
    given = own_map(sheet.header, kind).columns.values()
    required = [column for column in known.values() if column.required]
    assert all(column.name in given or any(set(group) <= set(given) for group in column.instead) for column in required)
