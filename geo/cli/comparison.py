"""`waybill volumes --compare`: two moments or two periods beside one another, route by route."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import typer

from geo.cli.console import LONGEST_SENTENCE, shown, tell
from geo.cli.period import days_of, end_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.brief.plate.difference import RouteDifference
    from geo.dataset.dataset import DataSet
    from geo.dataset.selection import Selected
    from geo.reconcile.volumes import Volumes
    from geo.scene.moment import Amount
    from geo.scene.scene import Scene

HELP = "Two days, each meaning its end, or two periods FROM..TO: 2023-09-06,2023-11-02."
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Span:
    """Everything before `end`, or what moved from `start` until then; UTC."""

    end: datetime
    start: datetime | None = None

    def as_json(self) -> Json:
        """The days, both the first and the last of them whole."""
        last: Json = {"to": (self.end - timedelta(seconds=1)).date().isoformat()}
        return last if self.start is None else {"from": self.start.date().isoformat(), **last}


def spans_of(given: str) -> tuple[Span, Span]:
    """What `--compare` names. Raises typer.BadParameter."""
    parts = [part.strip() for part in given.split(",")]
    if len(parts) != 2 or not all(parts) or len({".." in part for part in parts}) > 1:
        raise typer.BadParameter(f"--compare {shown(given)!r}: it takes two days or two periods. {HELP}")
    one, other = (_span(part) for part in parts)
    return one, other


def _span(part: str) -> Span:
    first, between, last = part.partition("..")
    if not between:
        return Span(end_of("--compare", part))
    days = days_of(first, last)
    if days is None:
        raise typer.BadParameter(f"--compare {shown(part)!r} is no period. {HELP}")
    return Span(days.end, days.start)


def as_json(data: DataSet, rows: Selected, volumes: Volumes, spans: tuple[Span, Span]) -> Json:
    """Every route of every unit; `high` is null where it is open, `change` where it is not known."""
    compared = [_route_json(scene, each) for scene, each in _routes(data, rows, volumes, spans)]
    told = sorted(spans, key=lambda each: (each.end, each.start or each.end))
    return {"comparison": {"of": [each.as_json() for each in told], "routes": compared}}


def show(data: DataSet, rows: Selected, volumes: Volumes, spans: tuple[Span, Span]) -> None:
    """A sentence for each route, the largest first."""
    from geo.brief.plate.captions import MODE_WORDS

    told = False
    for _, each in _routes(data, rows, volumes, spans):
        tell(shown(f"{each.name}, {MODE_WORDS[each.mode]}. {each.sentence}", LONGEST_SENTENCE))
        told = True
    if not told:
        tell("No report here speaks of these days.")


def _routes(
    data: DataSet, rows: Selected, volumes: Volumes, spans: tuple[Span, Span]
) -> Iterator[tuple[Scene, RouteDifference]]:
    from geo.brief.plate import difference
    from geo.scene.build import is_drawn, scene_of
    from geo.scene.comparison import Stretch, compare
    from geo.timeline import since

    for unit in data.units:
        if not is_drawn(rows, volumes, unit):
            continue
        scene = scene_of(data, rows, volumes, unit)
        one, other = (
            Stretch(since(scene.start, each.end), None if each.start is None else since(scene.start, each.start))
            for each in spans
        )
        yield from ((scene, each) for each in difference.routes(scene, compare(scene, one, other)))


def _route_json(scene: Scene, each: RouteDifference) -> Json:
    from geo.reconcile.explain.explanations import MODE_NAMES

    corridors, codes = scene.corridors, scene.places.code
    ends = (corridors.origin[each.corridor], corridors.destination[each.corridor])
    origin, destination = (str(codes[place]) for place in ends)
    told = each.told
    return {
        "origin": origin,
        "destination": destination,
        "mode": MODE_NAMES[each.mode] or None,
        "unit": scene.unit,
        "name": each.name,
        "first": _range(told.first),
        "second": _range(told.second),
        "change": None if told.change is None else _range(told.change),
        "second_is": told.order,
        "sentence": each.sentence,
    }


def _range(amount: Amount) -> Json:
    from geo.explain.parts import plain

    return {"low": plain(amount.low), "high": plain(amount.high)}
