"""Units by one name each: "Containers", "cntr" and "boxes" are "container". Units are never converted."""

from __future__ import annotations

import re
import unicodedata

from geo.evidence.columns import DEFAULT_UNIT


def unit_name(words: str) -> str:
    """A unit as Waybill writes it: lower case, singular, "container" when empty ("Containers" -> "container")."""
    text = unicodedata.normalize("NFKC", words).replace("\u2212", "-").strip().casefold()
    name = re.sub(r"\s+", " ", text)
    if not name:
        return DEFAULT_UNIT
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is")) else name
