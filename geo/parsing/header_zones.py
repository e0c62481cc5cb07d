"""The time zone that a header states: "Departure (KST)", "ETD UTC+9", "ETA (local time)"."""

from __future__ import annotations

import re

from geo.parsing.clock import AMBIGUOUS_ZONES, ZONES

UNSURE = "?"
"""Of a header that speaks of local time, or of a zone that may be several."""
_LOCAL = re.compile(r"\b(?:local|ortszeit|местное|hora local|heure locale)\b|\(LT\)", re.IGNORECASE)
_NAMES = "|".join(sorted({name.upper() for name in ZONES} - {"Z", "UT", "MOSCOWTIME"}, key=len, reverse=True))
_ZONE = re.compile(rf"(?<![^\W_])(?:{_NAMES})(?:\s?[+-]\s?[0-9]{{1,2}}(?::?[0-9]{{2}})?)?(?=\W*$)")
"""Capitals at the end: "Est. departure" and "Wet cargo" state no zone."""
_IN_BRACKETS = re.compile(rf"[(\[]\s*({'|'.join(map(str.upper, AMBIGUOUS_ZONES))})\s*[)\]]")
_OFFSET = re.compile(r"[(\[]\s*([+-][0-9]{1,2}:?[0-9]{2})\s*[)\]]")


def zone_in(header: str) -> str:
    """The zone as it may stand behind a clock ("kst", "utc+9"), `UNSURE`, or "" where the header states none.

    >>> zone_in("Departure (KST)"), zone_in("ETD UTC+9"), zone_in("ETA (local)"), zone_in("Est. departure")
    ('kst', 'utc+9', '?', '')
    """
    if found := _ZONE.search(header):
        return re.sub(r"\s", "", found[0]).lower()
    if found := _OFFSET.search(header):
        return found[1]
    return UNSURE if _IN_BRACKETS.search(header) or _LOCAL.search(header) else ""
