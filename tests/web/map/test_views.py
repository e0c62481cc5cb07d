"""Views that were saved: each restores what was shown, and what somebody else put there does no harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.library.store import Store
from geo.player import Picked, View
from geo.web.map.views import FOLDER, LARGEST, LONGEST_NAME, listed, remove, save
from geo.web.shared.link import Filters, Link
from tests.examples import examples

LINK = Link(
    Filters(origin=("KPRJN",), claimant=('<img src=x onerror="alert(1)">',)),
    Picked(selected=("A>B>1",), view=View(131.5, 42.5, 6.0), moment="2023-10-01T00:00:00Z", largest=3),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.at(tmp_path)


def test_none_is_saved_at_first(store: Store) -> None:
    assert listed(store) == []


def test_a_view_comes_back_as_it_was_and_goes_when_it_is_removed(store: Store) -> None:
    second, first = save(store, "Pacific", LINK), save(store, "October", LINK)
    assert listed(store) == [first, second]
    assert listed(store)[0].link == LINK
    assert save(store, "October", LINK) == first
    assert len(listed(store)) == 2
    remove(store, first)
    assert listed(store) == [second]


@examples(30)
@given(st.text(min_size=1, max_size=LONGEST_NAME))
def test_any_name_is_kept_and_chooses_no_path(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    name = name.encode("utf-8", "replace").decode()
    where = tmp_path_factory.mktemp("views")
    store = Store.at(where)
    save(store, name, LINK)
    assert [view.name for view in listed(store)] == [name]
    assert {path.relative_to(where).parts[0] for path in where.rglob("*")} == {FOLDER}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"name": "x", "link": 3}',
        b'{"name": "x", "link": {"from": 3}}',
        b"[" * 50_000,
        b'{"name": "' + b"x" * LARGEST + b'", "link": {}}',
    ],
)
def test_what_is_no_view_is_left_out(store: Store, tmp_path: Path, content: bytes) -> None:
    kept = save(store, "October", LINK)
    (tmp_path / FOLDER / "strange").mkdir()
    (tmp_path / FOLDER / "strange" / "view.json").write_bytes(content)
    (tmp_path / FOLDER / "empty").mkdir()
    (tmp_path / FOLDER / "file").write_bytes(content)
    assert listed(store) == [kept]


def test_values_that_a_link_may_not_have_are_left_out(store: Store, tmp_path: Path) -> None:
    (tmp_path / FOLDER / "x").mkdir(parents=True)
    told = b'{"name": "old", "link": {"from": ["KPRJN"], "view": ["a,b"], "unheard": ["of"], "mode": ["by dragon"]}}'
    (tmp_path / FOLDER / "x" / "view.json").write_bytes(told)
    (view,) = listed(store)
    assert view.link == Link(Filters(origin=("KPRJN",)))
