"""The cache is bounded by bytes, keeps the newest of each kind, and makes what several ask for at once only once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString

from geo.web.shared.cache import Cache, size_of

MB = 1_000_000
asked = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 5), st.integers(0, 2_000)), max_size=40)


def of(size: int) -> Callable[[], np.ndarray]:
    return lambda: np.zeros(size, np.uint8)


@given(asked, st.integers(0, 5_000))
def test_it_is_within_its_limit_or_holds_but_the_newest_of_each_kind(
    wanted: list[tuple[str, int, int]], most: int
) -> None:
    cache = Cache(most)
    newest: dict[str, int] = {}
    for kind, key, size in wanted:
        cache.get(kind, key, of(size))
        newest[kind] = key
        assert cache.size <= most or len(cache) <= len(newest)
        assert cache.size == sum(entry.size for entry in cache._entries.values())
        assert {*newest.items()} <= {*cache._entries}
    cache.shrink()
    assert cache.size <= most


@given(asked)
def test_what_is_asked_for_again_at_once_is_the_same_object(wanted: list[tuple[str, int, int]]) -> None:
    cache = Cache(1_000)
    for kind, key, size in wanted:
        assert cache.get(kind, key, of(size)) is cache.get(kind, key, of(size))


def test_what_was_used_last_stays_longest() -> None:
    cache = Cache(2_500)
    first = cache.get("scene", 1, of(1_000))
    cache.get("scene", 2, of(1_000))
    assert cache.get("scene", 1, of(1_000)) is first
    cache.get("scene", 3, of(1_000))
    assert [key for _, key in cache._entries] == [1, 3]


def test_many_that_ask_at_once_get_one_object_made_once() -> None:
    cache, made = Cache(MB), []
    there = threading.Barrier(8)

    def make() -> np.ndarray:
        made.append(1)
        # Long enough for all others to have asked: they wait for the maker, who waits for nobody.
        threading.Event().wait(0.05)
        return np.zeros(10)

    def ask(_: int) -> np.ndarray:
        there.wait()
        return cache.get("scene", "one", make)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ask, range(8)))
    assert made == [1]
    assert all(each is found[0] for each in found)


def test_what_could_not_be_made_is_made_by_the_next_who_asks() -> None:
    cache = Cache(MB)
    with pytest.raises(ZeroDivisionError):
        cache.get("scene", 1, lambda: 1 // 0)
    assert cache.get("scene", 1, lambda: 2) == 2


@dataclass(frozen=True, slots=True)
class Scene:
    column: np.ndarray
    names: tuple[str, ...]


class Loose:
    def __init__(self) -> None:
        self.column = np.zeros(MB, np.uint8)


TEXT = "x" * 1_000
LINES = gpd.GeoSeries([LineString(np.zeros((1_000, 2)))] * 50)
LARGE = {
    "bytes": bytes(MB),
    "array": np.zeros(MB // 8),
    "texts in an array": np.array([TEXT + str(at) for at in range(1_000)], dtype=object),
    "frame": pd.DataFrame({"a": np.zeros(MB // 8)}),
    "texts in a frame": pd.DataFrame({"a": [TEXT + str(at) for at in range(1_000)]}),
    "geometry": gpd.GeoDataFrame({"geometry": LINES}),
    "arrow": pa.table({"a": np.zeros(MB // 8)}),
    "slots": Scene(np.zeros(MB, np.uint8), ("a",)),
    "attributes": Loose(),
    "nested": {"a": [(Scene(np.zeros(MB, np.uint8), ()),)]},
    "long list": [TEXT + str(at) for at in range(1_000)],
}


@pytest.mark.parametrize("name", LARGE)
def test_whatever_holds_a_megabyte_is_weighed_as_about_one(name: str) -> None:
    assert 0.9 * MB < size_of(LARGE[name]) < 1.6 * MB


def test_what_is_held_twice_counts_once_and_what_refers_to_itself_ends() -> None:
    column = np.zeros(MB, np.uint8)
    ring: list[object] = [column, column]
    ring.append(ring)
    assert MB < size_of(ring) < 1.01 * MB
