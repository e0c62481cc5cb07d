"""Modes of transport as they are written."""

from __future__ import annotations

from geo.columns import MODES

MODE_WORDS = {
    "sea": 1,
    "ship": 1,
    "vessel": 1,
    "ocean": 1,
    "water": 1,
    "by sea": 1,
    "train": 2,
    "railway": 2,
    "by rail": 2,
    "truck": 3,
    "lorry": 3,
    "by road": 3,
    "plane": 4,
    "aircraft": 4,
    "by air": 4,
    **MODES,
    **{str(mode): mode for mode in MODES.values()},
}
"""Word, in lower case -> the mode's number, as `MODES` has it."""
AIR_MODES = frozenset(word for word, mode in MODE_WORDS.items() if mode == MODES["air"])
