"""The tables below the map: a route that is chosen in them says why its figures are what they are."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geo.player import Picked
from geo.scene.scene import Scene
from geo.web.map import report_tables
from geo.web.shared import session, tables
from geo.web.shared.link import Filters
from tests.web.hands import html


@pytest.fixture(scope="module")
def scene() -> Scene:
    return session.shown(Filters(), session.data_of([], "wider")).scene


@pytest.mark.parametrize("moment", [None, "2023-10-02T00:00:00Z"])
def test_the_rows_are_the_routes_with_the_largest_first(scene: Scene, moment: str | None) -> None:
    picked = Picked(moment=moment)
    table, rows = report_tables.corridor_table(scene, picked), report_tables.largest_first(scene, picked)
    assert table["Best"].is_monotonic_decreasing
    assert table["From"].tolist() == scene.places.name[scene.corridors.origin[rows]].tolist()
    assert sorted(rows.tolist()) == list(range(scene.corridors.id.size))


def test_a_chosen_route_says_why(page: AppTest) -> None:
    page.query_params["data"] = "wider"
    page.run()
    assert "Why this figure" not in html(page)
    (key,) = [each.proto.id for each in page.dataframe if "rows_corridors" in each.proto.id]
    page.session_state[key.rsplit("-", 1)[-1]] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page.run()
    assert not page.exception
    told = html(page)
    assert "Why this figure" in told
    assert page.dataframe[0].value["From"].iloc[0] in told.split("Why this figure", 1)[1]


def test_no_more_rows_are_made_than_are_shown_and_the_file_has_them_all(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    table = report_tables.total_table
    monkeypatch.setattr(report_tables, "MOST_ROWS", 2)
    monkeypatch.setattr(report_tables, "total_table", lambda rows, names: made.append(len(rows)) or table(rows, names))
    whole: list[pd.DataFrame] = []
    monkeypatch.setattr(tables, "download_csv", lambda _label, rows, *_: whole.append(rows()))
    page.run()
    assert not page.exception
    assert made == [2, 4]
    assert [len(each) for each in whole][1] == 4
    assert any("The first 2 of 4 rows are shown" in each.value for each in page.caption)
