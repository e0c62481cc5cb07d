"""The Method page says every rule as the code has it, and works its example out of the data."""

from __future__ import annotations

import html as entities
import re

import pytest
from streamlit.testing.v1 import AppTest

from geo.columns import ABOUT_PERCENT
from geo.parsing import HOUSE_RULES
from geo.parsing.admiralty import CREDIBILITY, RELIABILITY
from geo.tables.totals import NATURES
from geo.web.method import page as method_example
from geo.web.method import page as method_page
from tests.web.hands import html, sound


def _script() -> None:
    from geo.web.method.page import render

    render()


@pytest.fixture(scope="module")
def said() -> str:
    """All that the page says, without tags."""
    page = sound(AppTest.from_function(_script, default_timeout=120).run())
    return entities.unescape(re.sub(r"<[^>]+>", " ", html(page)))


def test_the_example_is_worked_out_and_each_figure_is_there(said: str) -> None:
    shown = method_example.example()
    assert shown is not None
    assert shown.high == shown.figures[0] - shown.figures[1]
    assert "2,200 − 1,001 = 1,199" in said
    assert "1,800–2,200 containers" in said
    assert "before 7 Sept 2023" in said
    assert "3,001" in said
    assert {str(shown.whole["claimant"]), str(shown.part["claimant"])} <= {
        "South Korean military",
        "United States Government",
    }


def test_the_example_follows_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    tables = method_example.founding()
    totals = tables.totals.copy()
    totals.loc[totals["id"] == "us-1000-containers", ["low", "best"]] = 1500.0
    monkeypatch.setattr(method_example, "founding", lambda: replace(tables, totals=totals))
    shown = method_example.example.__wrapped__()
    assert shown.figures == (2200, 1500)
    assert "2,200 − 1,500 = 700" in method_example.example_html(shown)


def test_without_such_a_bound_there_is_no_example(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    tables = method_example.founding()
    monkeypatch.setattr(method_example, "founding", lambda: replace(tables, totals=tables.totals.iloc[:1]))
    assert method_example.example.__wrapped__() is None


def test_what_comes_from_data_is_escaped() -> None:
    from dataclasses import replace

    shown = method_example.example()
    assert shown is not None
    hostile = "<img src=x onerror=alert(1)>"
    made = method_example.example_html(
        replace(shown, title=hostile, whole={**shown.whole, "claimant": hostile, "quantity_words": hostile})
    )
    assert "<img" not in made


def test_every_house_rule_is_said(said: str) -> None:
    for words, means in HOUSE_RULES.items():
        assert words in said
        assert means in said
    assert f"give or take {ABOUT_PERCENT} %" in said


def test_both_scales_of_grades_are_said_in_their_words(said: str) -> None:
    for means in (*RELIABILITY.values(), *CREDIBILITY.values()):
        assert means in said


def test_every_nature_is_explained(said: str) -> None:
    assert set(method_page.NATURES) == set(NATURES) - {""}
    for means in method_page.NATURES.values():
        assert means in said


def test_likelihood_and_confidence_never_stand_in_one_sentence(said: str) -> None:
    for term in method_page.LIKELIHOODS:
        assert term in said
    text = f"{method_page.LIKELIHOOD} {method_page.CONFIDENCE}"
    own = [sentence for sentence in re.split(r"(?<=[.:])\s", text) if "ICD 203 keeps" not in sentence]
    assert not any("onfidence" in sentence and "ikel" in sentence for sentence in own)
