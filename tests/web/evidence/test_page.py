"""The Evidence page as a reader meets it: who claims what, where they disagree, switches, grades, hostile names."""

from __future__ import annotations

import html as entities
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.data_folder import FOUNDING
from geo.dataset.assumptions import Assumption
from geo.library import Library
from geo.reconcile.explain import explanations
from geo.reconcile.solve import sides
from geo.web.evidence.readings import _changed_by, take
from geo.web.shared import cache
from geo.web.shared.link import WIDGETS, Filters
from tests.web.hands import cards, go, html, load, press, text

ROK, US, MSMT = "South Korean military", "United States Government", "Multilateral Sanctions Monitoring Team"
IMG = "<img src=x onerror=alert(1)>"
FLOW = "KPRJN>RUVVO>1"
HEAD = "id,claimant,said_on,origin,destination,window,quantity,part_of,words,note,url,archive_url"


@pytest.fixture
def evidence(page: AppTest) -> AppTest:
    """The Evidence page of the founding article."""
    page.query_params["data"] = FOUNDING
    return go(page, "evidence")


@pytest.fixture(scope="module")
def shared_evidence(shared_page: AppTest) -> AppTest:
    """The same, for tests that only look."""
    shared_page.query_params["data"] = FOUNDING
    return go(shared_page, "evidence")


def wider(page: AppTest, **query: str) -> AppTest:
    """The Evidence page of the wider set."""
    page.query_params["data"] = "wider"
    for key, value in query.items():
        page.query_params[key] = value
    return go(page, "evidence")


def told(page: AppTest) -> str:
    """All that our own HTML says, as plain text; what st.html was given as a style sheet is left out."""
    plain = re.sub(r"<style>.*?</style>|/\*.*?\*/", " ", html(page), flags=re.DOTALL)
    return entities.unescape(re.sub(r"\s+", " ", re.sub(r"</?[a-z][^>]*>", " ", plain)))


def switch(page: AppTest, label: str) -> AppTest:
    """A click on the switch of a claimant or a report."""
    plain = {widget.label.replace("\\", "").strip("*"): widget for widget in [*page.toggle, *page.checkbox]}
    widget = next(each for name, each in plain.items() if label in name)
    widget.set_value(not widget.value).run()
    assert not page.exception
    return page


def charts(page: AppTest) -> list[dict[str, object]]:
    """The charts' specifications."""
    return [
        json.loads(element.proto.spec) for element in page.get("vega_lite_chart") + page.get("arrow_vega_lite_chart")
    ]


def totals(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def test_the_headline_says_who_claims_what_of_the_founding_article(shared_evidence: AppTest) -> None:
    assert "1,800–2,200 containers by 2 Nov 2023" in told(shared_evidence)
    assert f"{ROK} and {US} can both be right: 1,800–2,200 containers by 2 Nov 2023." in told(shared_evidence)
    assert "No contradiction" in told(shared_evidence)
    assert "Adding the figures up would give about 3,000 containers; the reports allow 1,800–2,200" in told(
        shared_evidence
    )


def test_the_bound_that_no_single_report_makes_is_explained(page: AppTest) -> None:
    page.query_params["at"] = "2023-09-07T00:00:00Z"
    go(page, "evidence")
    assert (
        f"At most 1,199: 2,200 ({ROK}, about 2,000 by 2 Nov 2023) − 1,001 ({US}, more than 1,000 from 7 Sept to "
        "1 Oct 2023)." in told(page)
    )


def test_the_contradiction_of_february_2024_is_told_in_plain_words(page: AppTest) -> None:
    wider(page, at="2024-02-27T00:00:00Z")
    assert "the sources contradict each other: by the figures of" in told(page)
    assert (
        f"{ROK}, about 6,700 by 26 Feb 2024, and {US}, more than 10,000 by 23 Feb 2024, cannot both hold for "
        "North Korea → Russia." in told(page)
    )
    assert "contested" in page.selectbox(key="filter_flow").options[0]


def test_a_range_that_may_be_wider_than_the_reports_allow_says_so(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as large:
        large.setattr(sides, "MOST_WEIGHED", -1)
        large.setattr(cache, "SHARED", cache.Cache(cache.SHARED_BYTES))
        assert explanations.WIDER in told(wider(page))
    assert explanations.WIDER not in told(wider(page))


def test_a_switch_takes_a_claimant_out_of_everything(page: AppTest) -> None:
    wider(page, at="2024-02-27T00:00:00Z")
    before = told(page)
    switch(page, US)
    assert "cannot both hold" in before
    assert "cannot both hold" not in told(page)
    assert "The reports that are switched on are consistent." in told(page)
    assert page.query_params["without"] == US
    assert "switched off and left out of everything here." in told(page)
    press(page, "Switch all on")
    assert "cannot both hold" in told(page)
    assert "without" not in page.query_params


def test_what_is_switched_off_is_off_on_the_map_too_and_comes_back_with_one_click(evidence: AppTest) -> None:
    switch(evidence, "more than 1,000 from 7 Sept")
    assert evidence.query_params["without_report"] == "us-1000-containers"
    go(evidence, "map")
    assert cards(evidence) == 1, "of the two behind the selection"
    assert "1 report switched off and left out of everything here." in told(evidence)
    press(evidence, "Switch all on")
    assert cards(evidence) == 2
    assert "switched off" not in told(evidence)


def test_the_flow_stays_when_all_that_speaks_of_it_is_switched_off(evidence: AppTest) -> None:
    switch(evidence, ROK)
    assert evidence.selectbox(key="filter_flow").value == FLOW
    assert "All reports on this route are switched off." in told(evidence)
    switch(evidence, ROK)
    assert "1,800–2,200 containers" in told(evidence)


def test_a_link_restores_switches_flow_and_moment(page: AppTest) -> None:
    wider(page, without=MSMT, without_report="us-10000-containers", selected="KPRJN>RU>1", at="2024-02-27T00:00:00Z")
    assert page.selectbox(key="filter_flow").value == "KPRJN>RU>1"
    assert "by 26 Feb 2024" in told(page)
    off = [toggle.label for toggle in page.toggle if not toggle.value]
    assert len(off) == 1
    assert page.query_params["without"] == MSMT


def test_the_moment_is_shared_with_the_map(evidence: AppTest) -> None:
    evidence.slider[0].set_value(date(2023, 10, 1)).run()
    assert not evidence.exception
    assert evidence.query_params["at"] == "2023-10-02T00:00:00Z"
    assert "1,001–2,200 containers by 1 Oct 2023" in told(evidence)
    go(evidence, "map")
    assert "By 1 Oct 2023: 1,001–2,200 containers" in text(evidence)
    assert evidence.query_params["at"] == "2023-10-02T00:00:00Z"
    assert evidence.query_params["selected"] == FLOW
    go(evidence, "evidence")
    assert "1,001–2,200 containers by 1 Oct 2023" in told(evidence)


def test_another_flow_can_be_chosen_and_is_then_the_selected_one(page: AppTest) -> None:
    wider(page)
    page.selectbox(key="filter_flow").set_value("KPRJN>RU>1").run()
    assert not page.exception
    assert page.query_params["selected"] == "KPRJN>RU>1"
    assert "Rason → Russia, maritime" in told(page)


def test_the_chart_has_a_row_for_each_report_and_fetches_nothing(shared_evidence: AppTest) -> None:
    specs = charts(shared_evidence)
    assert len(specs) == 2
    written = json.dumps(specs, ensure_ascii=False)
    urls = set(re.findall(r"https?://[^\"\s]+", written))
    assert all(url.startswith("https://vega.github.io/schema/") for url in urls), "a name for the format, not fetched"
    assert '"url"' not in written


def test_source_cards_have_their_note_and_what_a_part_does(shared_evidence: AppTest) -> None:
    assert cards(shared_evidence) == 2
    assert "Counted as part of report 1, as the table reads it; raises the minimum to 1,001 by 1 Oct 2023" in told(
        shared_evidence
    )
    assert "No start is stated. The same officials name mid-2022" in told(shared_evidence)
    assert "Read the report" in told(shared_evidence)


def grade(page: AppTest, which: int, letter: str, number: str) -> AppTest:
    """Grades one source by its two lists."""
    for name, value in (("reliability", letter), ("credibility", number)):
        boxes = [box for box in page.selectbox if str(box.key).startswith(f"filter_{name}_")]
        boxes[which].set_value(value).run()
        assert not page.exception
    return page


def test_a_grade_is_kept_and_shown_with_its_words(evidence: AppTest, library: Path) -> None:
    assert "Admiralty grade" not in html(evidence)
    grade(evidence, 0, "B", "2")
    assert 'title="Admiralty grade: usually reliable; probably true"' in html(evidence)
    assert Library.open(library).grades(FOUNDING) == {"rok-2000-containers": ("B", "2")}
    assert "B2" in told(go(evidence, "map"))

    again = AppTest.from_file(evidence._script_path, default_timeout=120)
    again.run()
    assert "B2" in told(again), "another session sees it too"


def test_reports_are_left_out_by_grade_only_where_the_reader_asks(evidence: AppTest) -> None:
    grade(evidence, 0, "F", "6")
    assert "1,800–2,200 containers" in told(evidence)
    evidence.multiselect(key="filter_reliability").set_value([""]).run()
    assert not evidence.exception
    assert "1,800–2,200 containers" not in told(evidence)
    assert evidence.query_params["reliability"] == "ungraded"


def test_a_grade_that_cannot_be_kept_holds_for_the_session_and_says_so(page: AppTest, library: Path) -> None:
    library.write_text("no folder")
    page.run()
    grade(go(page, "evidence"), 0, "C", "3")
    assert "The grade applies to this session only; it was not saved." in "\n".join(
        box.value.replace("\\", "") for box in page.warning
    )
    assert "C3" in told(page)


def test_the_grade_of_an_import_goes_to_the_report_of_its_own_file(page: AppTest, library: Path) -> None:
    page.run()
    row = "rok-2000-containers,Somebody,2023-11-02,KPRJN,RUVVO,2023-08-01/2023-11-01,50,,,,,"
    load(page, ("mine.csv", totals(row)))
    page.selectbox(key="filter_data").set_value("").run()
    go(page, "evidence")
    mine = next(number for number, card in enumerate(html(page).split('<li class="wb-card"')[1:]) if "Somebody" in card)
    grade(page, mine, "D", "4")
    made = Library.open(library).imports()[0]
    assert Library.open(library).grades(made.id) == {"rok-2000-containers": ("D", "4")}
    assert Library.open(library).grades(FOUNDING) == {}


def test_hostile_names_stay_text_in_sentences_switches_and_chart(page: AppTest) -> None:
    page.run()
    evil = f'"{IMG}**x**"'
    rows = (
        f"a,{evil},2023-11-02,KPRJN,RUVVO,2023-08-01/2023-11-01,50,,{evil},{evil},javascript:alert(1),javascript:alert(2)",
        f'=cmd(),"{IMG}y",2023-11-02,KPRJN,RUVVO,2023-08-01/2023-11-01,5000,,,,,',
    )
    load(page, ("mine.csv", totals(*rows)))
    go(page, "evidence")
    assert "cannot both hold" in told(page)
    assert IMG not in html(page)
    assert 'href="javascript' not in html(page)
    labels = [widget.label for widget in [*page.toggle, *page.checkbox]]
    assert any("img src" in label for label in labels)
    assert not any("<img" in label.replace("\\<", "") for label in labels), "markdown has its marks escaped"


def test_a_selection_that_leaves_nothing_says_what_would_be_here(page: AppTest) -> None:
    head = b"claimant,said_on,origin,destination,window,quantity,nature\n"
    held = head + b"A,2023-09-09,RUVVO,CNSHA,2023-09-01,300,capacity\n"
    load(page, ("held.csv", held))
    go(page, "evidence")
    assert "No reports in this unit are left to compare" in told(page)


def test_an_import_is_reconciled_with_the_founding_article(page: AppTest) -> None:
    page.run()
    row = "mine,Port watch,2023-11-02,KPRJN,RUVVO,2023-08-01/2023-11-02,50,,,,,"
    load(page, ("mine.csv", totals(row)))
    page.selectbox(key="filter_data").set_value("").run()
    go(page, "evidence")
    assert "Port watch" in told(page)
    assert "cannot both hold" in told(page)
    assert "Founding" not in told(page).split("Where they disagree")[1]


def test_a_reading_that_no_source_states_is_named_and_can_be_switched_off_and_on_again(evidence: AppTest) -> None:
    said = (
        "United States Government, more than 1,000 from 7 Sept to 1 Oct 2023, is counted among South Korean military, "
        "about 2,000 by 2 Nov 2023."
    )
    assert "What this rests on" in told(evidence)
    switch(evidence, said)
    assert evidence.query_params["apart"] == "us-1000-containers"
    assert "1 report read in another way" in told(evidence)
    switch(evidence, said)
    assert "apart" not in evidence.query_params
    switch(evidence, said)
    go(evidence, "map")
    assert "1 report read in another way" in told(evidence)
    press(evidence, "Read as loaded")
    assert "apart" not in evidence.query_params


def test_a_running_total_is_switched_off_and_on_and_one_that_its_table_denies_can_be_made_one(
    evidence: AppTest,
) -> None:
    said = "South Korean military, about 2,000 by 2 Nov 2023, counts all so far, from the earliest start on."
    switch(evidence, said)
    assert evidence.query_params["not_running"] == "rok-2000-containers"
    switch(evidence, said)
    assert not {"running", "not_running"} & set(evidence.query_params)
    denied = Assumption("running", "r", "", holds=False)
    assert _changed_by(denied, Filters()) == "running"
    assert _changed_by(replace(denied, holds=True), Filters(running=("r",))) == "running"
    assert _changed_by(denied, Filters(not_running=("r",))) == "not_running"


def test_a_switch_whose_state_is_told_twice_is_pressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"pressed": False})
    for _ in range(2):
        take("pressed", "r", "apart")
    assert st.session_state[WIDGETS + "apart"] == ("r",)
    st.session_state["pressed"] = True
    for _ in range(2):
        take("pressed", "r", "apart")
        take("pressed", "r", "running")
    assert (st.session_state[WIDGETS + "apart"], st.session_state[WIDGETS + "running"]) == ((), ("r",))
    del st.session_state["pressed"]
    take("pressed", "other", "apart")
    assert st.session_state[WIDGETS + "apart"] == ()


def test_about_reaches_as_far_as_the_reader_says_on_every_page(evidence: AppTest) -> None:
    assert "1,800–2,200" in told(evidence)
    evidence.number_input(key=f"{WIDGETS}reach").set_value(20).run()
    assert evidence.query_params["about"] == "20"
    assert "1,600–2,400" in told(evidence)
    go(evidence, "map")
    assert "“About” is read as ±20 %, not ±10 %." in told(evidence)
    press(evidence, "Read as loaded")
    assert "about" not in evidence.query_params
