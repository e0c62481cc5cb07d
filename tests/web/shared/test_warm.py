"""What the server makes at its start is the very thing that every page shows, and nobody's after that."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from geo.dataset.parts import of_reading
from geo.tables.read import read
from geo.web.shared import cache, warm

LEGS = b"origin,destination,depart,containers\nKPRJN,RUVVO,2023-09-07,300\n"


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """What the start sets aside from the search for garbage is searched again after each test."""
    yield
    gc.unfreeze()


def _opened() -> None:
    """A page: keeps what it shows where the test finds it."""
    import streamlit as st

    from geo.data_folder import FOUNDING
    from geo.web.shared import session
    from geo.web.shared.filters import possible
    from geo.web.shared.link import Filters

    tables = session.data_of([], FOUNDING)
    chosen, _ = possible(Filters(), tables, session.choices(tables))
    st.session_state["seen"] = (tables, session.shown(chosen, tables))


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> cache.Cache:
    """A cache that nothing was put into before."""
    fresh = cache.Cache(cache.SHARED_BYTES)
    monkeypatch.setattr(cache, "SHARED", fresh)
    return fresh


def test_two_pages_show_the_very_tables_and_scene_that_the_start_made(shared: cache.Cache) -> None:
    made = threading.Thread(target=warm.warm)
    made.start()
    made.join()
    entries = len(shared)
    assert entries
    pages = [AppTest.from_function(_opened, default_timeout=60).run() for _ in range(2)]
    (tables, shown), (same_tables, same_shown) = (page.session_state["seen"] for page in pages)
    assert tables is same_tables
    assert shown is same_shown
    assert shown.scene is same_shown.scene
    assert all(shown.wire[name] is same_shown.wire[name] for name in shown.wire)
    # The start had made all of it: the pages added nothing.
    assert len(shared) == entries


def test_the_start_loads_every_page() -> None:
    warm.warm()
    assert {f"geo.web.{name}.page" for name in warm.PAGES} <= set(sys.modules)


def test_what_the_start_made_is_not_searched_for_garbage_after_each_run_of_a_page_and_what_comes_later_is() -> None:
    gc.unfreeze()
    warm.warm()
    assert gc.get_freeze_count() > len(gc.get_objects())
    gc.collect()
    later: list[object] = []
    later.append(later)  # a circle, which only the search finds
    del later
    assert gc.collect() > 0


def test_nothing_holds_what_only_one_session_had_once_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    from geo.web.shared import session
    from geo.web.shared.link import Filters

    apart = {True: cache.Cache(cache.OWN_BYTES), False: cache.SHARED}
    monkeypatch.setattr(session, "cache_for", lambda *, private: apart[private])
    part = of_reading(read(LEGS), "mine.csv", private=True)
    tables = session.kept([part], "mine")
    shown = session.shown(Filters(data=part.id), tables)
    held = [weakref.ref(each) for each in (tables.legs, shown.scene.legs.best, shown.wire["legs"], apart[True])]
    before = len(cache.SHARED)
    assert all(each() is not None for each in held)
    del apart[True]  # as Streamlit drops the cache of a session that has ended
    del part, tables, shown
    gc.collect()
    assert [each() for each in held] == [None] * 4
    assert len(cache.SHARED) == before
