"""Work that a page does not wait for is done once, is kept, tells how far it is, and fails in the open."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from geo.errors import GeoError, Progress
from geo.web.shared import background
from geo.web.shared.background import Work, made
from geo.web.shared.cache import Cache

LONG = 30.0
"""Seconds that no test takes."""


class Slow:
    """Work that goes on once it is let."""

    def __init__(self) -> None:
        self.let, self.calls = threading.Event(), 0

    def __call__(self, progress: Progress) -> list[str]:
        self.calls += 1
        progress(0.25, "5 of 20")
        assert self.let.wait(LONG)
        progress(0.5, "10 of 20")
        return ["made"]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    monkeypatch.setattr(background, "PATIENCE_S", 0.05)
    work = Slow()
    yield work
    work.let.set()


def under_way(cache: Cache, slow: Slow) -> Work:
    work = made(cache, "routes", 1, slow)
    assert isinstance(work, Work)
    return work


def test_what_is_quick_is_there_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "PATIENCE_S", LONG)
    cache = Cache(1_000)
    assert made(cache, "routes", 1, lambda _: "quick") == "quick"
    assert cache.kept("routes", 1) == "quick"


def test_a_page_goes_on_meanwhile_and_gets_it_later(slow: Slow) -> None:
    cache = Cache(1_000)
    work = under_way(cache, slow)
    assert under_way(cache, slow) is work
    slow.let.set()
    assert work.over.wait(LONG)
    assert (work.share, work.doing) == (0.5, "10 of 20")
    assert made(cache, "routes", 1, slow) == ["made"]
    assert slow.calls == 1


def test_other_keys_and_other_caches_are_other_work(slow: Slow) -> None:
    cache, other = Cache(1_000), Cache(1_000)
    works = {id(made(cache, "routes", 1, slow)), id(made(cache, "routes", 2, slow)), id(made(other, "routes", 1, slow))}
    assert len(works) == 3


def test_what_fails_is_told_once_and_may_be_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "PATIENCE_S", LONG)
    cache = Cache(1_000)

    def fail(_: Progress) -> str:
        raise GeoError("no such sea")

    with pytest.raises(GeoError, match="no such sea"):
        made(cache, "routes", 1, fail)
    assert made(cache, "routes", 1, lambda _: "found") == "found"


def test_work_that_nobody_asks_for_any_more_is_given_up(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(1_000)
    work = under_way(cache, slow)
    monkeypatch.setattr(background, "WANTED_S", -1.0)
    slow.let.set()
    assert work.over.wait(LONG)
    assert cache.kept("routes", 1) is None
    monkeypatch.setattr(background, "WANTED_S", LONG)
    monkeypatch.setattr(background, "PATIENCE_S", LONG)
    assert made(cache, "routes", 1, slow) == ["made"]
