"""The keys of a step of a story and of a callout, read as `keys` reads a brief's. docs/brief.md shows them too."""

from __future__ import annotations

from collections.abc import Callable

from geo.brief.spec.keys import DAY, KEYS, LENGTHS, LONGEST_WORDS, Key, length, moment_or_none, number, text, view

LONGEST_CALLOUT = 160
"""Characters; a box on a map holds no more."""
MOST_OFFSET = 1_000.0
"""Layout px by which a callout's box stands off its point; the short side of a picture has 720."""
_TURNED = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks of direction: a text with them can be read as another one than it is."""


def prose(given: object, longest: int = LONGEST_WORDS) -> str:
    """An author's own text, which stands beside what is reported: as `text`, and without marks of direction."""
    flat = text(given, longest)
    if any(letter in _TURNED for letter in flat):
        raise ValueError("a text without marks of direction")
    return flat


def _callout_text(given: object) -> str:
    flat = prose(given, LONGEST_CALLOUT)
    if not flat:
        raise ValueError("a text of at least one letter")
    return flat


def _offset(given: object) -> tuple[float, ...]:
    wrong = ValueError(f"two numbers from {-MOST_OFFSET:g} to {MOST_OFFSET:g}, such as [60, -40], or nothing: []")
    if not isinstance(given, list) or len(given) not in (0, 2):
        raise wrong
    if any(isinstance(each, bool) or not isinstance(each, (int, float)) for each in given):
        raise wrong
    if not all(abs(each) <= MOST_OFFSET for each in given):
        raise wrong
    return tuple(round(float(each), 1) for each in given)


def _degrees(most: float) -> Callable[[object], float]:
    return lambda given: round(number(-most, most)(given), 6)


CALLOUT_KEYS: tuple[Key, ...] = (
    Key("text", "text", "", f"what the box says, at most {LONGEST_CALLOUT} characters", _callout_text),
    Key("lon", "number", 0.0, "degrees east of the point that it is about, -360 to 360", _degrees(360.0)),
    Key("lat", "number", 0.0, "degrees north of it, -90 to 90", _degrees(90.0)),
    Key("offset", "list of numbers", (), "right and down from the point to the box; 720 is the short side", _offset),
)
"""Of each [[callout]] table, and of each [[step.callout]]: a text, lon and lat."""
STEP_KEYS: tuple[Key, ...] = (
    Key("title", "text", "", "the title of its picture; that of the brief where it is left out", prose),
    Key("text", "text", "", "the text of the step, in place of words.subtitle", prose),
    Key("moment", "day", "", f"{DAY}; empty: the end", moment_or_none),
    Key("window", "text", "", f"{LENGTHS}; empty: everything up to the moment", length),
    Key("view", "list of numbers", (), "west, south, east, north in degrees; none: all that is shown", view),
    *(key for key in KEYS if key.name.startswith("filters.")),
)
"""Of each [[step]] table. What a step leaves out is as the brief has it."""
TABLES = ("callout", "step")
