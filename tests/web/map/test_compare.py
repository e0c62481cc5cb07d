"""Two moments on the map page and, taken over from it, on the Brief page; no browser draws the maps."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from geo.data_folder import FOUNDING
from geo.player import Picked
from geo.scene.scene import Scene
from geo.web.map import compare
from geo.web.shared import session
from geo.web.shared.link import Filters
from tests.web.hands import go, html


@pytest.fixture(scope="module")
def scene() -> Scene:
    return session.shown(Filters(), session.data_of([], FOUNDING)).scene


def test_the_other_map_begins_at_a_whole_day_before_the_moment(scene: Scene) -> None:
    assert compare.halfway(scene, Picked()) == "2023-09-17T00:00:00Z"
    assert compare.halfway(scene, Picked(moment="2023-08-02T00:00:00Z")) == "2023-08-01T12:00:00Z", "a day has no half"


def test_a_link_opens_two_moments_with_their_difference_and_the_switch_closes_one(page: AppTest) -> None:
    page.query_params["beside"] = "2023-09-07T00:00:00Z"
    page.run()
    assert not page.exception
    assert "By 2 Nov 2023: 1,800–2,200 containers. In between: 1,001–2,200 containers." in html(page)
    assert page.query_params["beside"] == "2023-09-07T00:00:00Z"
    page.toggle(key=compare.CHOSEN).set_value(False).run()
    assert "In between" not in html(page)
    assert "beside" not in page.query_params


def test_switched_on_it_tells_each_route_and_another_data_set_ends_it(page: AppTest) -> None:
    page.query_params.update({"data": "wider", "view": "131,43,7,0,0"})
    page.run()
    page.toggle(key=compare.CHOSEN).set_value(True).run()
    assert not page.exception
    assert "view" not in page.query_params, "half as wide a map would cut off what it showed"
    assert "In between" in html(page)
    differences = page.dataframe[0].value
    assert len(differences) == 8
    assert differences["Difference"].str.endswith(" in between").all()
    page.selectbox(key="filter_data").set_value(FOUNDING).run()
    assert not page.exception
    assert "In between" not in html(page)


def test_the_brief_page_takes_over_both_moments(page: AppTest) -> None:
    page.query_params["beside"] = "2023-09-07T00:00:00Z"
    page.run()
    brief = go(page, "brief")
    assert not brief.exception
    made = [each.placeholder for each in brief.text_input if each.label == "Title"]
    assert made == ["Rason → Vladivostok: 1,001–2,200 containers between 7 Sept and 2 Nov 2023, as reported"]
