"""Routes kept on the disk come back as they were; a file that cannot be used costs time and nothing else."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geo.sea import routes
from geo.sea.route_cache import RouteCache

RAJIN, VLADIVOSTOK, LOS_ANGELES = (130.3, 42.233333), (131.888333, 43.108889), (-118.283333, 33.716667)
FACTS = {"km": 0.1 + 0.2, "passages": ["suez", "bab-el-mandeb"]}
LINE = shapely.linestrings([(0.1, 0.2), (1 / 3, 2 / 3)])


@pytest.fixture
def kept(tmp_path: Path) -> RouteCache:
    return RouteCache(tmp_path / "folder" / "routes-1.sqlite")


def anew(cache: RouteCache) -> RouteCache:
    """As another process opens it."""
    cache.close()
    return RouteCache(cache.path, cache.most)


def found(cache: RouteCache, way: str = "a") -> BaseGeometry | None:
    held = cache.get(way)
    return held[1] if held else None


def test_a_route_comes_back_to_the_last_digit(kept: RouteCache) -> None:
    assert kept.get("a") is None
    kept.put("a", FACTS, LINE)
    facts, line = anew(kept).get("a") or ({}, None)
    assert facts == FACTS
    assert line is not None
    assert shapely.equals_identical(line, LINE)


def test_the_file_is_its_owners_alone(kept: RouteCache) -> None:
    kept.put("a", FACTS, LINE)
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700


def test_the_oldest_go_where_there_are_too_many(tmp_path: Path) -> None:
    cache = RouteCache(tmp_path / "routes-1.sqlite", most=8)
    for number in range(50):
        cache.put(str(number), FACTS, LINE)
    left = [number for number in range(50) if found(cache, str(number))]
    assert len(left) <= 8
    assert left == list(range(50 - len(left), 50))


@pytest.mark.parametrize("content", [b"", b"not a database at all, whatever its name says" * 100])
def test_a_broken_file_is_begun_anew(kept: RouteCache, content: bytes) -> None:
    kept.path.parent.mkdir()
    kept.path.write_bytes(content)
    assert found(kept) is None
    kept.put("a", FACTS, LINE)
    assert found(anew(kept)) is not None


def test_a_file_that_breaks_under_way_is_begun_anew(kept: RouteCache) -> None:
    for number in range(300):
        kept.put(str(number), FACTS, LINE)
    kept.close()
    whole = kept.path.read_bytes()
    kept.path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    assert found(kept, "7") is None
    kept.put("a", FACTS, LINE)
    assert found(kept) is not None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    cache = RouteCache(tmp_path / "taken" / "routes-1.sqlite")
    cache.put("a", FACTS, LINE)
    assert cache.get("a") is None


def test_files_of_other_data_go(kept: RouteCache) -> None:
    kept.path.parent.mkdir()
    old, other = (kept.path.with_name(name) for name in ("routes-0.sqlite", "notes.txt"))
    for each in (old, other):
        each.write_bytes(b"")
    kept.put("a", FACTS, LINE)
    assert (old.exists(), other.exists()) == (False, True)


@pytest.mark.parametrize("ends", [(RAJIN, VLADIVOSTOK), (VLADIVOSTOK, LOS_ANGELES)])
def test_a_kept_route_is_the_one_that_was_found(
    kept: RouteCache, monkeypatch: pytest.MonkeyPatch, ends: tuple[routes.Position, routes.Position]
) -> None:
    monkeypatch.setattr(routes, "route_cache", lambda: kept)
    routes._by_sea.cache_clear()
    first = routes.route(*ends)
    routes._by_sea.cache_clear()
    monkeypatch.setattr(routes, "_way", lambda *_: pytest.fail("it was sought again"))
    assert routes.route(*ends) == first
    back = routes.route(*ends[::-1])
    assert back.geometry.equals(first.geometry.reverse())
    routes._by_sea.cache_clear()


def test_a_position_that_is_no_port_of_ours_leaves_nothing_on_the_disk(
    kept: RouteCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "route_cache", lambda: kept)
    routes._by_sea.cache_clear()
    for ends in (((131.5, 42.5), RAJIN), (RAJIN, (131.5, 42.5)), ((131.5, 42.5), (131.7, 42.8))):
        assert routes.route(*ends).quality == "near coast"
        assert not kept.path.exists() or b"131.5" not in kept.path.read_bytes()
        assert kept.get(json.dumps([*ends, [], []])) is None
    routes._by_sea.cache_clear()
