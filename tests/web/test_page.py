"""The page as a reader meets it, through Streamlit's AppTest: the player is mounted, and no browser draws it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo import player
from geo.data_folder import FOUNDING
from geo.dataset.dataset import DataSet
from geo.errors import Progress
from geo.player import PathKind, Picked
from geo.scene.paths import with_routes
from geo.scene.scene import Scene
from geo.web.shared import background, cache, link, session
from geo.web.shared.background import Work
from geo.web.shared.link import Filters
from geo.web.shared.session import Shown
from tests.web.hands import cards, go, html, load, press, text

LONG = 60.0
"""Seconds that no test takes."""
IMG = "<img src=x onerror=alert(1)>"
LEGS = b"origin,destination,depart,containers,mode,claimant,url\nRUVVO,CNSHA,2023-09-01,300,maritime,Port watch,https://a.example/1\n"
ROK, US, NIS = "South Korean military", "United States Government", "South Korea's National Intelligence Service"


def test_the_founding_article_is_on_the_page(page: AppTest) -> None:
    page.run()
    assert not page.exception
    assert not page.error
    assert "Founding article, 2023. By 2 Nov 2023: 1,800–2,200 containers, 1 route, 2 reports on the map" in text(page)
    assert cards(page) == 4
    assert "Not on the map <span" in html(page)
    assert "Counted as part of report 1, as the table reads it; raises the minimum to 1,001 by 1 Oct 2023" in html(page)
    assert "Not on the map: counted in artillery rounds" in html(page)


def test_the_tables_hold_every_total_and_say_that_no_leg_is_itemised(page: AppTest) -> None:
    page.run()
    corridors, totals = page.dataframe[0].value, page.dataframe[1].value
    assert corridors.to_dict("records") == [
        {"From": "Rason", "To": "Vladivostok", "Mode": "Maritime", "Low": 1800.0, "Best": 2000.0, "High": 2200.0}
    ]
    assert sorted(totals["Source"]) == sorted([ROK, US, NIS, NIS])
    assert "No single voyage, train or flight is reported here" in html(page)


def test_a_filter_changes_what_is_shown_and_what_the_link_says(page: AppTest) -> None:
    page.run()
    page.multiselect(key="filter_claimant").set_value([ROK]).run()
    assert not page.exception
    assert cards(page) == 1
    assert page.query_params["claimant"] == ROK
    page.multiselect(key="filter_claimant").set_value([]).run()
    assert cards(page) == 4
    assert "claimant" not in page.query_params


def test_all_filters_and_switches_are_cleared_at_once_and_nothing_else(page: AppTest) -> None:
    page.query_params.update({"claimant": ROK, "mode": "maritime", "without": US, "unit": "container"})
    page.run()
    assert cards(page) < 4
    press(page, "Clear filters")
    assert cards(page) == 4
    assert not {"claimant", "mode", "without"} & set(page.query_params)
    assert [button.label for button in page.button if button.label == "Clear filters"] == []


def test_a_part_stands_for_itself_once_its_whole_is_filtered_away(page: AppTest) -> None:
    page.run()
    page.multiselect(key="filter_claimant").set_value([US]).run()
    assert "more than 1,000 containers" in text(page)
    assert "not added" not in html(page)


def test_filters_that_leave_nothing_say_so_and_the_page_stays(page: AppTest) -> None:
    page.run()
    page.multiselect(key="filter_claimant").set_value([NIS]).run()
    assert not page.exception
    assert "The filters leave nothing to draw" in html(page)
    assert cards(page) == 2, "what is not drawn is listed all the same"
    assert len(page.dataframe[0].value) == 2, "the totals are still listed"


@pytest.mark.parametrize("claimant", [US, NIS])
def test_filters_leave_the_time_bar_as_it_is(claimant: str) -> None:
    tables = session.data_of([], FOUNDING)
    whole = session.shown(Filters(), tables).scene
    some = session.shown(Filters(claimant=(claimant,)), tables).scene
    assert (some.start, some.seconds) == (whole.start, whole.seconds)


def test_another_unit_is_drawn_by_itself(page: AppTest) -> None:
    page.run()
    page.selectbox(key="filter_unit").set_value("shipment").run()
    assert "at least 9 shipments" in text(page), "said by 1 Nov, and the span ends on 2 Nov"
    assert page.query_params["unit"] == "shipment"


def test_a_link_restores_filters_unit_and_selection(page: AppTest) -> None:
    page.query_params["claimant"] = [ROK, US]
    page.query_params["selected"] = "KPRJN>RUVVO>1"
    page.query_params["at"] = "2023-09-17T00:00:00Z"
    page.run()
    assert page.multiselect(key="filter_claimant").value == [ROK, US]
    assert "By 16 Sept 2023: 0–2,200 containers" in text(page)
    assert "Reports behind the selection" in html(page)
    assert page.query_params["selected"] == "KPRJN>RUVVO>1"
    page.button(key="show_all").click().run()
    assert "Reports shown on the map" in html(page)


@pytest.mark.parametrize(
    "query",
    [
        {"view": "nan,1,2,3,4", "at": "never", "window": "-1", "play": "x", "mode": "zeppelin"},
        {"from": IMG, "unit": IMG, "data": "../../etc/passwd", "claimant": "![x](https://a.example/x.png)"},
        {"at": "9999-12-31T23:59:59Z", "window": "999999999999"},
        {"at": "0001-01-01T00:00:00+14:00", "play": "window", "window": "0.5"},
        {"selected": "<script>>x>1"},
    ],
)
def test_a_hostile_link_opens_the_ordinary_page(page: AppTest, query: dict[str, str]) -> None:
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    assert not page.error
    assert cards(page) == 4
    assert IMG not in html(page)
    assert "![x](" not in "\n".join(box.value for box in page.info)


def test_an_import_adds_to_what_is_shown_and_can_be_taken_back(page: AppTest) -> None:
    page.run()
    load(page, ("mine.csv", LEGS))
    assert page.selectbox(key="filter_data").value == page.query_params["data"]
    assert (cards(page), "1 route" in text(page)) == (1, True)
    page.selectbox(key="filter_data").set_value("").run()
    assert cards(page) == 5
    assert "2 routes" in text(page)
    assert "Port watch" in page.multiselect(key="filter_claimant").options

    press(go(page, "data"), "Withdraw")
    assert "withdrawn: not used on any map" in html(page)
    assert cards(go(page, "map")) == 4
    assert "mine.csv" not in page.selectbox(key="filter_data").options

    press(go(page, "data"), "Restore")
    assert cards(go(page, "map")) == 5


def test_a_filter_on_an_import_that_is_withdrawn_goes_with_it(page: AppTest) -> None:
    page.run()
    load(page, ("mine.csv", LEGS))
    page.multiselect(key="filter_claimant").set_value(["Port watch"]).run()
    press(go(page, "data"), "Withdraw")
    go(page, "map")
    assert page.multiselect(key="filter_claimant").value == []
    assert page.selectbox(key="filter_data").value == FOUNDING
    assert "was withdrawn. Shown instead: Founding article, 2023" in text(page)


def test_the_map_is_as_it_was_when_its_reader_comes_back(page: AppTest) -> None:
    page.run()
    page.multiselect(key="filter_claimant").set_value([ROK]).run()
    go(go(page, "data"), "map")
    assert page.multiselect(key="filter_claimant").value == [ROK]
    assert cards(page) == 1


def test_routes_by_sea_are_sent_where_the_link_or_the_reader_asks_for_them(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bool] = []
    told = Picked()

    def mount(wire: Mapping[str, object], **_: object) -> Picked:
        sent.append("paths" in wire)
        return told

    monkeypatch.setattr(player, "mount", mount)
    monkeypatch.setattr(background, "PATIENCE_S", LONG)
    page.run()
    assert sent == [False]
    assert "paths" not in page.query_params
    told = Picked(moment="2023-10-01T00:00:00Z", paths="routes")
    page.run()
    assert sent == [False, False, True]
    assert page.query_params["paths"] == "routes"
    told = Picked(moment="2023-10-01T00:00:00Z")
    page.run()
    assert sent[3:] == [True, False]
    assert "paths" not in page.query_params
    other = AppTest.from_file(page._script_path, default_timeout=120)
    other.query_params["paths"] = "routes"
    told = Picked()
    other.run()
    assert sent[5:] == [True]
    other.selectbox(key="filter_data").set_value("wider").run()
    assert sent[6:] == [True]
    assert not other.exception


def test_while_routes_are_sought_arcs_are_drawn_and_the_page_says_how_far_it_is(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bool] = []
    let, works = threading.Event(), list[Work]()

    def mount(wire: Mapping[str, object], **_: object) -> Picked:
        sent.append("paths" in wire)
        return Picked(paths="routes")

    def slow(scene: Scene, progress: Progress) -> Scene:
        progress(0.25, "5 of 20")
        assert let.wait(LONG)
        return with_routes(scene)

    def noted(shown: Shown, paths: PathKind, filters: Filters, data: DataSet) -> Shown | Work:
        found = with_paths(shown, paths, filters, data)
        works.extend([found] if isinstance(found, Work) else [])
        return found

    with_paths = session.with_paths
    monkeypatch.setattr(player, "mount", mount)
    monkeypatch.setattr(background, "PATIENCE_S", 0.5)
    monkeypatch.setattr(session, "with_routes", slow)
    monkeypatch.setattr(session, "with_paths", noted)
    monkeypatch.setattr(cache, "SHARED", cache.Cache(cache.SHARED_BYTES))
    page.query_params["paths"] = "routes"
    page.run()
    assert sent == [False]
    assert "Looking for routes by sea: 5 of 20" in [each.proto.text for each in page.get("progress")]
    let.set()
    assert works[0].over.wait(LONG)
    page.run()
    assert sent == [False, True]
    assert not page.get("progress")
    assert not page.exception


def test_a_data_set_can_be_looked_at_by_itself(page: AppTest) -> None:
    page.run()
    load(page, ("mine.csv", LEGS))
    page.selectbox(key="filter_data").set_value(FOUNDING).run()
    assert cards(page) == 4
    only = next(option for option in page.selectbox(key="filter_data").options if option == "mine.csv")
    page.selectbox(key="filter_data").select(only).run()
    assert cards(page) == 1


def test_another_data_set_keeps_nothing_of_the_old_view(page: AppTest) -> None:
    page.query_params["at"] = "2023-09-17T00:00:00Z"
    page.query_params["view"] = "131,42,6,0,0"
    page.query_params["unit"] = "shipment"
    page.query_params["without"] = NIS
    page.run()
    assert "By 16 Sept 2023" in text(page)
    page.selectbox(key="filter_data").set_value("wider").run()
    assert not page.exception
    assert {"at", "view", "selected"} & set(page.query_params) == set()
    assert page.selectbox(key="filter_unit").value in session.data_of([], "wider").units
    page.selectbox(key="filter_data").set_value(FOUNDING).run()
    assert "By 2 Nov 2023" in text(page)


def test_everything_says_what_is_in_it(page: AppTest) -> None:
    page.run()
    assert page.selectbox(key="filter_data").value == FOUNDING
    load(page, ("mine.csv", LEGS))
    assert "Everything loaded: Founding article, 2023, mine.csv" in page.selectbox(key="filter_data").options
    page.selectbox(key="filter_data").set_value("").run()
    assert page.query_params["data"] == "everything"


@pytest.mark.parametrize(
    ("query", "opened"), [({}, "wider"), ({"at": "2023-09-17T00:00:00Z"}, FOUNDING), ({"data": "everything"}, "")]
)
def test_a_bare_address_opens_the_data_set_last_used(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, query: dict[str, str], opened: str
) -> None:
    monkeypatch.setattr(type(st.context), "cookies", {link.LAST_USED: "wider"})
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert page.selectbox(key="filter_data").value == opened


@pytest.mark.parametrize("kept", ["gone", IMG, "../../etc/passwd"])
def test_a_data_set_last_used_that_is_gone_is_the_founding_one_without_a_word(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    monkeypatch.setattr(type(st.context), "cookies", {link.LAST_USED: kept})
    page.run()
    assert page.selectbox(key="filter_data").value == FOUNDING
    assert not page.info


def test_a_link_names_an_import(page: AppTest) -> None:
    page.run()
    load(page, ("mine.csv", LEGS))
    other = AppTest.from_file(page._script_path, default_timeout=120)
    other.query_params["data"] = page.query_params["data"]
    other.run()
    assert not other.exception
    assert cards(other) == 1


def test_markup_in_a_file_stays_text(page: AppTest) -> None:
    page.run()
    places = f'code,name,lon,lat\nevil,"{IMG}",131,43\n'.encode()
    header = "origin,destination,depart,containers,claimant,words,url"
    row = f'evil,RUVVO,2023-09-02,5,"{IMG}","{IMG}"'
    legs = f"{header}\n{row},https://a.example/\n{row},javascript:alert(1)\n"
    load(page, (f"{IMG}.csv", legs.encode()), ("places.csv", places))
    assert IMG not in html(page)
    assert html(page).count("&lt;img src=x onerror=alert(1)&gt;") >= 2, "claimant and words are shown as text"
    assert 'href="javascript' not in html(page)
    markdown = "\n".join([*(box.value for box in page.caption), *(box.label for box in page.expander)])
    assert IMG not in markdown


def test_a_library_that_cannot_be_read_leaves_the_map_as_it_is(page: AppTest, library: Path) -> None:
    library.write_text("no folder")
    page.run()
    assert not page.exception
    assert cards(page) == 4
    assert "Only what comes with Waybill" in text(page)
