"""Canals, straits, rivers and ice: what has a name on the sea, and when it is closed."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from geo import data_folder
from geo.errors import PassageError


@dataclass(frozen=True, slots=True)
class Closure:
    """When a passage is closed: from one day to before another, either of them open, or outside of some months."""

    since: date | None
    until: date | None
    open_months: frozenset[int]
    why: str

    def holds(self, day: date) -> bool:
        """Whether the passage is closed on this day."""
        if (self.since and day < self.since) or (self.until and day >= self.until):
            return False
        return day.month not in self.open_months


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage by its id. kind: canal, river, strait or season. if_needed: a route takes it where it is preferred, or
    where there is no other way; if_asked: only where it is preferred. own_way: it has a way of its own, which may lie
    on land, since the coast of 1:10 million has no room for it."""

    id: str
    name: str
    kind: str
    if_needed: bool
    if_asked: bool
    own_way: bool
    closures: tuple[Closure, ...]


@lru_cache(maxsize=1)
def passages() -> dict[str, Passage]:
    """The passages by id, in the order of data/passages.csv."""
    closures: dict[str, list[Closure]] = {}
    for row in _rows("closures.csv"):
        since, until = (date.fromisoformat(row[key]) if row[key] else None for key in ("closed_from", "closed_to"))
        months = frozenset(int(month) for month in row["open_months"].split(";") if month)
        closures.setdefault(row["passage"], []).append(Closure(since, until, months, row["why"]))
    return {
        row["id"]: Passage(
            row["id"],
            row["name"],
            row["kind"],
            row["use"] != "open",
            row["use"] == "if asked",
            bool(row["way"]),
            tuple(closures.get(row["id"], ())),
        )
        for row in _rows("passages.csv")
    }


def _rows(name: str) -> list[dict[str, str]]:
    with data_folder.path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def checked(ids: Iterable[str]) -> frozenset[str]:
    """The ids, which are known. Raises PassageError."""
    known, given = passages(), tuple(ids)
    for each in given:
        if each not in known:
            raise PassageError(each, tuple(known))
    return frozenset(given)


def closed_on(day: date | None) -> dict[str, str]:
    """The passages that are closed on a day, each with the reason; none where no day is given."""
    if day is None:
        return {}
    return {each.id: closure.why for each in passages().values() for closure in each.closures if closure.holds(day)}


def crossed(lines: NDArray[np.object_]) -> list[tuple[str, ...]]:
    """The straits that each line crosses: those whose gate, a line from shore to shore, lies on it."""
    ids, gates = _gates()
    found: list[list[str]] = [[] for _ in lines]
    for line, gate in zip(*gates.query(lines, predicate="intersects"), strict=True):
        found[line].append(ids[gate])
    return [tuple(dict.fromkeys(names)) for names in found]


@lru_cache(maxsize=1)
def _gates() -> tuple[list[str], shapely.STRtree]:
    """The gates of straits and of ice, on every turn of the globe that a line may lie on."""
    rows = [row for row in _rows("passages.csv") if row["gate"]]
    shapes = shapely.from_wkt([row["gate"] for row in rows])
    turned = [shapely.transform(shapes, lambda xy, by=by: xy + np.array([by, 0.0])) for by in (-360.0, 0.0, 360.0)]
    return [row["id"] for row in rows] * 3, shapely.STRtree(np.concatenate(turned))
