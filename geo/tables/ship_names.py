"""Names of ships as they are compared: without what stands before a name, and without its marks."""

from __future__ import annotations

import re

from geo.parsing.plain_text import plain

NO_NAMES = frozenset(
    ("various", "several", "multiple", "mixed", "unnamed", "unidentified", "vessel", "vessels", "ship", "ships", "tbn")
)
"""What stands where no ship is named, in lower case; `-` and the like are blank already."""
PREFIXES = (("mv",), ("m", "v"), ("mt",), ("m", "t"), ("ms",), ("m", "s"), ("ss",), ("s", "s"))
"""Motor vessel, motor tanker, motor ship and steamship, as the words that are left of "MV", "M/V" or "M.V."."""


def is_name(text: str) -> bool:
    """Whether a text names a ship."""
    return plain(text) not in NO_NAMES


def ship_name(text: str) -> str:
    """A name as it is compared: "M/V Lady R." is "lady r", "MAIA-1" is "maia 1"; "" where it names none."""
    if not is_name(text):
        return ""
    words = tuple(re.sub(r"[^\w]+|_", " ", re.sub(r"['’`]", "", plain(text))).split())
    for prefix in PREFIXES:
        rest = words[len(prefix) :]
        # What is left has to be a name by itself: no ship is called "1".
        if words[: len(prefix)] == prefix and any(word.isalpha() and len(word) > 1 for word in rest):
            return " ".join(rest)
    return " ".join(words) or plain(text)
