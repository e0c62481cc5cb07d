"""A link restores what it was made from, and nothing that it holds can do harm."""

from __future__ import annotations

import math

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st

from geo.columns import MODES
from geo.parsing.admiralty import CREDIBILITY, RELIABILITY
from geo.player import COLOURS, LAYERS, PATHS, SIDES, Picked, View
from geo.web.evidence import sources as evidence
from geo.web.shared import filters, link
from geo.web.shared.link import ENTRIES, Filters, Link, initial, read_link, write_link
from geo.web.shared.link_values import LONGEST

texts = st.text(min_size=1, max_size=20)
several = st.lists(texts, max_size=3, unique=True).map(tuple)
links = st.builds(
    Link,
    filters=st.builds(
        Filters,
        data=st.text(max_size=12),
        origin=several,
        destination=several,
        mode=st.lists(st.sampled_from(list(MODES)), unique=True).map(tuple),
        cargo=several,
        claimant=several,
        reliability=st.lists(st.sampled_from(["", *RELIABILITY]), unique=True).map(tuple),
        credibility=st.lists(st.sampled_from(["", *CREDIBILITY]), unique=True).map(tuple),
        unit=texts,
        without_claimant=several,
        without_report=several,
    ),
    picked=st.builds(
        Picked,
        selected=several,
        view=st.none()
        | st.builds(
            View,
            longitude=st.integers(-180, 180).map(float),
            latitude=st.integers(-90, 90).map(float),
            zoom=st.integers(0, 20).map(float),
            pitch=st.integers(0, 60).map(float),
            bearing=st.integers(-180, 180).map(float),
        ),
        moment=st.none() | st.datetimes().map(lambda moment: moment.isoformat() + "Z"),
        beside=st.none() | st.datetimes().map(lambda moment: moment.isoformat() + "Z"),
        mode=st.none() | st.just("window"),
        window=st.none() | st.integers(1, 10**9).map(float),
        paths=st.sampled_from(PATHS),
        colour=st.sampled_from(COLOURS),
        place=st.just("") | texts,
        side=st.sampled_from(["", *SIDES]),
        layers=st.sets(st.sampled_from(LAYERS)).map(lambda some: tuple(name for name in LAYERS if name in some)),
    ),
)


@given(links)
def test_a_written_link_reads_back_as_it_was(link: Link) -> None:
    assert read_link(write_link(link)) == (link, [])


@given(st.dictionaries(st.sampled_from([entry.key for entry in ENTRIES]), st.lists(st.text(), min_size=1, max_size=3)))
def test_nothing_in_a_link_raises_and_all_that_is_ignored_is_told(query: dict[str, list[str]]) -> None:
    link, notes = read_link(query)
    assert len(notes) <= len(query)
    # A view is rounded once, to a metre; from then on nothing changes.
    once = write_link(link)
    assert write_link(read_link(once)[0]) == once


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("view", "1,2,3"),
        ("view", "nan,0,1,0,0"),
        ("view", "0,91,1,0,0"),
        ("view", "0,0,inf,0,0"),
        ("view", "0,0,1,0,0,0"),
        ("view", "javascript:alert(1)"),
        ("at", "yesterday"),
        ("beside", "earlier"),
        ("paths", "straight"),
        ("at", "2023-13-01"),
        ("play", "sideways"),
        ("layers", "rivers"),
        ("layers", ""),
        ("side", "under"),
        ("colour", "blue"),
        ("place", "x" * (LONGEST + 1)),
        ("window", "-5"),
        ("window", "0"),
        ("window", "inf"),
        ("window", "1e999"),
        ("window", "9" * 400),
        ("mode", "zeppelin"),
        ("reliability", "G"),
        ("credibility", "0"),
        ("without", "x" * (LONGEST + 1)),
        ("without_report", "x" * (LONGEST + 1)),
        ("from", "x" * (LONGEST + 1)),
    ],
)
def test_a_hostile_value_is_ignored_with_a_note_that_names_it(key: str, value: str) -> None:
    link, notes = read_link({key: [value], "to": ["RUVVO"]})
    assert link == Link(filters=Filters(destination=("RUVVO",)))
    assert len(notes) == 1
    assert key in notes[0]


def test_parameters_of_others_are_no_concern_of_ours() -> None:
    assert read_link({"embed": ["true"]}) == (Link(), [])


def test_the_ordinary_page_has_a_bare_link() -> None:
    assert write_link(Link()) == {}
    assert write_link(Link(picked=Picked(mode="cumulative"))) == {}


def test_what_the_player_gets_at_its_mount_is_json_without_gaps() -> None:
    picked = Picked(selected=("A>B>1",), view=View(131.5, 42.5, 6.0), moment="2023-10-01T00:00:00Z")
    assert initial(picked) == {
        "selected": ("A>B>1",),
        "view": {"longitude": 131.5, "latitude": 42.5, "zoom": 6.0, "pitch": 0.0, "bearing": 0.0},
        "moment": "2023-10-01T00:00:00Z",
    }
    assert initial(Picked()) == {}


def test_a_view_refuses_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="zoom"):
        View(0.0, 0.0, math.nan)


def test_a_widget_s_last_word_after_its_page_was_opened_anew_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {}
    monkeypatch.setattr(streamlit, "session_state", state)
    link._moved()
    filters._flip("filter_gone", "filter_without_report", "a")
    evidence._give("a", "gone", None)  # type: ignore[arg-type]
    assert state == {}
