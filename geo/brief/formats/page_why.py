"""Why the figures of a page are what they are: for each route a part that opens, in HTML without a script."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from html import escape

import numpy as np

from geo.brief.plate.captions import several
from geo.brief.plate.fonts import tame
from geo.explain.explain import explained
from geo.explain.explanation import NO_SOURCE_SAYS, Explanation
from geo.explain.routes import Grounds
from geo.explain.words import leg_line, side_amount, side_name
from geo.gazetteer.scopes import Scope
from geo.reconcile.explain.explanations import WIDER
from geo.scene.moment import at
from geo.scene.scene import Scene

MOST_ROUTES = 40
MOST_LINES = 10
"""Legs, sides and contradictions of one route."""
_MOST_LETTERS = 4_000
"""Of one sentence: a sum of many reports is long."""


def why(grounds: Grounds, scene: Scene, t: float, window: float | None) -> str:
    """The section, as HTML; "" where nothing is shown at the moment.

    t, window: seconds, as `geo.scene.moment.at` takes them.
    """
    body = routes(grounds, scene, t, window, most=MOST_ROUTES)
    return f'<section id="why">\n<h2>Why these figures</h2>\n{body}</section>' if body else ""


def routes(
    grounds: Grounds,
    scene: Scene,
    t: float,
    window: float | None,
    *,
    most: int,
    among: Collection[int] | None = None,
    beside_cards: bool = False,
) -> str:
    """A part for each route that is shown at the moment, as HTML, the largest first, and how many more there are.

    most: so many are explained. among: rows of the corridors that are meant, all by default. beside_cards: the first
    part is open, and reports are numbers without links.
    """
    held = at(scene, t, window)
    shown = [row for row in np.flatnonzero((held.best > 0) | (held.high > 0)).tolist() if among is None or row in among]
    order = sorted(shown, key=lambda row: (row != scene.lead, -held.best[row], row))
    end = scene.start + timedelta(seconds=t)
    start = None if window is None or t <= window else end - timedelta(seconds=window)
    numbers = {str(name): row + 1 for row, name in enumerate(scene.reports.id)}
    parts = []
    for turn, row in enumerate(order[:most]):
        of = explained(grounds, _scope(scene, row), end, start, most_legs=MOST_LINES)
        parts.append(_route(of, numbers, opened=beside_cards and turn == 0, linked=not beside_cards))
    if len(order) > most:
        parts.append(_line(f"… and {several(len(order) - most, 'smaller route')}."))
    return "".join(parts)


def _scope(scene: Scene, row: int) -> Scope:
    corridors, codes = scene.corridors, scene.places.code
    origin, destination = (str(codes[ends[row]]) for ends in (corridors.origin, corridors.destination))
    return Scope(scene.unit, origin, destination, int(corridors.mode[row]))


def _route(of: Explanation, numbers: Mapping[str, int], *, opened: bool, linked: bool) -> str:
    body = "".join([*_body(of), _reports(of, numbers, linked=linked)])
    title = f"{_text(of.name)}: {_text(of.words)} {_text(of.when)}"
    return f"<details{' open' if opened else ''}><summary>{title}</summary>{body}</details>\n"


def _body(of: Explanation) -> Iterator[str]:
    if not of.tightest:
        yield _line(WIDER)
    yield _line(of.low.sentence)
    if of.high.sentence != of.low.sentence:
        yield _line(of.high.sentence)
    if of.sides:
        yield _line("Not all sources can be right. What each side allows:")
        yield _list(
            f"{side_amount(side, of.scope.unit)} by the figures of {side_name(side, of.sides)}. {side.low.sentence} "
            f"{side.high.sentence}"
            for side in of.sides
        )
        yield _list(of.conflicts)
    if of.readings:
        yield _line(NO_SOURCE_SAYS)
        yield _list(each.sentence for each in of.readings)
    if of.legs:
        yield _line("Counted in it:")
        yield _list((leg_line(leg, of.scope.unit) for leg in of.legs), of.legs_counted)


def _reports(of: Explanation, numbers: Mapping[str, int], *, linked: bool) -> str:
    cited = [numbers[each.id] for each in of.reports if each.id in numbers]
    if not cited:
        return ""
    told = [f'<a href="#source-{number}">{number}</a>' if linked else str(number) for number in cited]
    return f"<p>{'Report' if len(cited) == 1 else 'Reports'} {', '.join(told)}</p>"


def _list(lines: Iterable[str], count: int = 0) -> str:
    """Lines as a list, the first of them and how many more there are. count: of all, where it is not the lines'."""
    given = list(lines)
    left = max(count, len(given)) - MOST_LINES
    items = [f"<li>{_text(line)}</li>" for line in given[:MOST_LINES]]
    return f"<ul>{''.join(items)}{f'<li>… and {left:,} more.</li>' if left > 0 else ''}</ul>"


def _line(text: str) -> str:
    return f"<p>{_text(text)}</p>"


def _text(text: str) -> str:
    return escape(tame(text, _MOST_LETTERS))
