"""The Evidence page tells what an import changed, where there is one beside other data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.library import Library
from geo.tables.read import read
from geo.web.evidence.changed import KEY, PERIOD
from tests.web.evidence.test_page import FLOW, IMG, told, totals
from tests.web.hands import go, html

NEW = totals(
    f'new,{IMG},2023-12-01,KPRJN,RUVVO,2023-08-01/2023-12-01,"more than 1,900",,,,,',
)


@pytest.fixture
def loaded(page: AppTest, library: Path) -> AppTest:
    """The Evidence page of all that is loaded: the founding article and an import of one total."""
    content = NEW.replace(b"quantity", b"quantity,mode").replace(b'1,900"', b'1,900",maritime')
    Library.open(library).keep(read(content, name="new.csv"), content, "new.csv")
    page.query_params["data"] = ""
    page.query_params["select"] = FLOW
    return go(page, "evidence")


def test_ranges_are_told_without_an_import_and_with_it(loaded: AppTest) -> None:
    choice = loaded.selectbox(key=KEY)
    assert choice.options == ["Nothing", "Without new.csv"]
    assert "→ 1,901" not in told(loaded)
    choice.select_index(1).run()
    assert not loaded.exception
    assert "By 1 Dec 2023: at least 1,800 → more than 1,900 containers" in told(loaded)
    assert "More than 1,900: " in told(loaded)
    assert IMG not in html(loaded)


def test_a_period_has_a_range_of_its_own_before_and_after(loaded: AppTest) -> None:
    loaded.selectbox(key=KEY).select_index(1).run()
    assert PERIOD in [each.key for each in loaded.date_input]
    loaded.date_input(key=PERIOD).set_value((date(2023, 8, 1), date(2023, 11, 2))).run()
    assert not loaded.exception
    assert "Between 1 Aug and 2 Nov 2023: " not in told(loaded), "the same there with and without it"
    loaded.date_input(key=PERIOD).set_value((date(2023, 8, 1), date(2023, 12, 1))).run()
    assert "Between 1 Aug and 1 Dec 2023: more than 1,000 → more than 1,900 containers" in told(loaded)
    loaded.date_input(key=PERIOD).set_value((date(2023, 8, 1),)).run()
    assert "Between" not in told(loaded)


def test_one_set_alone_has_nothing_to_be_compared_with(page: AppTest) -> None:
    page.query_params["data"] = "wider"
    evidence = go(page, "evidence")
    assert KEY not in [each.key for each in evidence.selectbox]
