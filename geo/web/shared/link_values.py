"""Single values of a link: how each is written, and read from whatever somebody put there.

A reader takes the texts that a URL has under a name, at least one of them, and raises ValueError with what is allowed.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields

from geo import player
from geo.columns import MODES, MOST_ABOUT
from geo.data_folder import FOUNDING
from geo.player import COLOURS, LAYERS, MAX_SELECTED, ORDINARY_LAYERS, PATHS, SIDES, WIDTH_RANGE, View
from geo.player import MODES as CLOCK_MODES

Texts = tuple[str, ...]
LONGEST = 200
"""Characters of one value in a link; a name of a place or a claimant is shorter."""


def read_texts(values: Sequence[str]) -> Texts:
    if any(len(value) > LONGEST for value in values):
        raise ValueError(f"a name has at most {LONGEST} characters")
    return tuple(dict.fromkeys(values))[:MAX_SELECTED]


def read_text(values: Sequence[str]) -> str:
    return read_texts(values[-1:])[0]


def read_modes(values: Sequence[str]) -> Texts:
    named = tuple("" if value == "unstated" else value for value in read_texts(values))
    if unknown := [value for value in named if value not in MODES]:
        raise ValueError(f"{unknown[0]!r} is not a mode; modes are {', '.join(filter(None, MODES))}, unstated")
    return named


def write_modes(values: object) -> Texts:
    return tuple(value or "unstated" for value in as_texts(values))


def read_marks(known: Mapping[str, str]) -> Callable[[Sequence[str]], Texts]:
    """Reads one half of grades: letters or numbers that are known, and "ungraded"."""

    def read(values: Sequence[str]) -> Texts:
        given = tuple("" if value == "ungraded" else value for value in read_texts(values))
        if unknown := [value for value in given if value and value not in known]:
            raise ValueError(f"{unknown[0]!r} is not a grade; grades are {', '.join(known)}, ungraded")
        return given

    return read


def write_marks(values: object) -> Texts:
    return tuple(value or "ungraded" for value in as_texts(values))


def read_view(values: Sequence[str]) -> View:
    try:
        names = [field.name for field in fields(View)]
        return View(**dict(zip(names, map(float, values[-1].split(",", len(names))), strict=True)))
    except (TypeError, ValueError) as error:
        raise ValueError("a view is longitude,latitude,zoom,pitch,bearing within their limits") from error


def write_view(view: object) -> Texts:
    if not isinstance(view, View):
        return ()
    # Five decimals are a metre on the ground, and a tenth of a degree is less than a hand can turn.
    digits = (5, 5, 2, 1, 1)
    return (",".join(f"{number:.{n}f}" for number, n in zip(dataclasses.astuple(view), digits, strict=True)),)


def read_moment(values: Sequence[str]) -> str:
    moment = player.read_moment(values[-1][:LONGEST])
    if moment is None:
        raise ValueError("a moment is written like 2023-10-01T00:00:00Z")
    return moment


def read_clock_mode(values: Sequence[str]) -> str:
    if values[-1] not in CLOCK_MODES:
        raise ValueError(f"it is {' or '.join(CLOCK_MODES)}")
    return values[-1]


def read_window(values: Sequence[str]) -> float:
    seconds = player.read_window(float(values[-1])) if re.fullmatch(r"\d{1,12}(\.\d+)?", values[-1]) else None
    if seconds is None:
        raise ValueError("a window is a number of seconds above zero")
    return seconds


def write_window(seconds: object) -> Texts:
    return (f"{seconds:.0f}",) if isinstance(seconds, float) and math.isfinite(seconds) else ()


EVERYTHING = "everything"
"""What a link calls all that is loaded."""


def read_data_set(values: Sequence[str]) -> str:
    return "" if values[-1] == EVERYTHING else read_text(values)


def write_data_set(data: object) -> Texts:
    return () if data == FOUNDING else (str(data) or EVERYTHING,)


NO_LAYERS = "none"


def read_layers(values: Sequence[str]) -> Texts:
    named = [] if values[-1] == NO_LAYERS else values[-1][:LONGEST].split(",")
    if any(name not in LAYERS for name in named):
        raise ValueError(f"layers are {', '.join(LAYERS)}, or {NO_LAYERS}")
    return tuple(name for name in LAYERS if name in named)


def write_layers(layers: object) -> Texts:
    return () if layers == ORDINARY_LAYERS else (",".join(as_texts(layers)) or NO_LAYERS,)


def read_largest(values: Sequence[str]) -> int:
    found = player.read_largest(int(values[-1])) if re.fullmatch(r"\d{1,6}", values[-1]) else 0
    if not found:
        raise ValueError("it is a whole number of routes above zero")
    return found


def read_about(values: Sequence[str]) -> int:
    if not re.fullmatch(r"\d{1,2}", values[-1]) or int(values[-1]) > MOST_ABOUT:
        raise ValueError(f"it is a whole number of per cent from 0 to {MOST_ABOUT}")
    return int(values[-1])


def read_width(values: Sequence[str]) -> float:
    found = player.read_width(float(values[-1])) if re.fullmatch(r"\d{1,2}(\.\d)?", values[-1]) else 0.0
    if not found:
        raise ValueError("it is a width from {:g} to {:g} pixels".format(*WIDTH_RANGE))
    return found


def read_paths(values: Sequence[str]) -> str:
    if values[-1] not in PATHS:
        raise ValueError(f"it is {' or '.join(PATHS)}")
    return values[-1]


def read_colour(values: Sequence[str]) -> str:
    if values[-1] not in COLOURS:
        raise ValueError(f"it is {' or '.join(COLOURS)}")
    return values[-1]


def read_side(values: Sequence[str]) -> str:
    if values[-1] not in SIDES:
        raise ValueError(f"it is {', '.join(SIDES)}")
    return values[-1]


def write_number(value: object) -> Texts:
    return (f"{value:g}",) if isinstance(value, int | float) and value else ()


def as_texts(value: object) -> Texts:
    if isinstance(value, tuple):
        return tuple(str(part) for part in value)
    return (str(value),) if value else ()


def writer_unless(ordinary: str) -> Callable[[object], Texts]:
    return lambda value: () if str(value) == ordinary else (str(value),) if value == 0 else as_texts(value)
