"""A session that does not come back is closed, and one that does keeps all it has."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from geo.web.data.upload import Desk, HeldLoad
from geo.web.shared import cache as caches
from geo.web.shared.cache import SHARED_BYTES, Cache

TTL = 10.0


class Clock:
    """An event loop by whose clock hours pass at once: (when, what, with what) of all that is to be called later."""

    def __init__(self) -> None:
        self.now = 0.0
        self.later: list[tuple[float, object, tuple[object, ...]]] = []
        self.ran: list[object] = []

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, call: object, *given: object) -> None:
        self.later.append((self.now + delay, call, given))

    def run_in_executor(self, _: None, call: object) -> None:
        self.ran.append(call)

    def until(self, moment: float) -> None:
        while due := [each for each in self.later if each[0] <= moment]:
            first = min(due, key=lambda each: each[0])
            self.later.remove(first)
            self.now = first[0]
            first[1](*first[2])  # type: ignore[operator]
        self.now = moment


class State(dict[str, object]):
    @property
    def filtered_state(self) -> dict[str, object]:
        return dict(self)


class App:
    def __init__(self) -> None:
        self.desk = Desk()
        self.desk.accept([("1", "a.csv", b"a")])
        self.session_state = State(desk=self.desk, page="data")


class Runtime:
    def __init__(self) -> None:
        self.there: set[str] = set()
        self.closed: list[str] = []
        self.apps: dict[str, App] = {}

    def get_app_session(self, session: str) -> App:
        return self.apps.setdefault(session, App())

    def is_active_session(self, session: str) -> bool:
        return session in self.there

    def close_session(self, session: str) -> None:
        self.closed.append(session)


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Runtime:
    found = Runtime()
    monkeypatch.setattr(caches, "get_instance", lambda: found)
    return found


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: found)
    monkeypatch.setattr(caches, "_absences", {})
    monkeypatch.setattr(caches, "_kept_seconds", lambda: TTL)
    return found


def test_a_session_that_does_not_come_back_is_closed_once_and_its_memory_given_back(
    clock: Clock, runtime: Runtime
) -> None:
    caches._left("a")
    clock.until(TTL * 0.9)
    assert runtime.closed == []
    clock.until(TTL)
    assert runtime.closed == ["a"]
    assert clock.ran == [caches.give_back]
    assert (clock.later, caches._absences) == ([], {})


def test_one_that_comes_back_stays_also_where_it_has_nothing_to_run(clock: Clock, runtime: Runtime) -> None:
    caches._left("a")
    clock.until(TTL / 2)
    runtime.there.add("a")
    clock.until(20 * TTL)
    assert runtime.closed == []
    runtime.there.clear()
    clock.until(20.8 * TTL)
    assert runtime.closed == []
    clock.until(21 * TTL)
    assert runtime.closed == ["a"]


def test_the_time_counts_from_the_last_loss_of_the_connection(clock: Clock, runtime: Runtime) -> None:
    caches._left("a")
    clock.until(TTL * 0.8)
    caches._left("a")
    clock.until(TTL * 1.7)
    assert runtime.closed == []
    clock.until(TTL * 1.8)
    assert runtime.closed == ["a"]


def test_without_a_server_nothing_happens() -> None:
    caches._left("a")
    assert caches._absences == {}


def test_nothing_that_was_held_is_left_even_if_the_session_is_still_referred_to(clock: Clock, runtime: Runtime) -> None:
    app = runtime.get_app_session("a")
    desk, held = app.desk, app.desk.files[0]
    caches._left("a")
    clock.until(TTL)
    assert app.session_state == {}
    assert (held.content, desk.files, desk.load) == (b"", [], HeldLoad())


def test_giving_back_leaves_what_is_within_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(1_000)
    monkeypatch.setattr(caches, "SHARED", cache)
    small = cache.get("table", "small", lambda: np.zeros(10))
    cache.get("scene", "large", lambda: np.zeros(1_000))
    caches.give_back()
    assert cache.get("table", "small", lambda: np.zeros(10)) is small
    assert len(cache) == 1
    assert cache.size < SHARED_BYTES
