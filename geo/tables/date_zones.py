"""Times of day under a header that states their zone, or says that they are local."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import Mask
from geo.matching.synonyms import normal
from geo.parsing.clock import AMBIGUOUS_ZONES, ZONES
from geo.parsing.header_zones import UNSURE, zone_in
from geo.tables.validator import Sieve

ZONE_UNUSED = (
    "a time of day is read as UTC where its zone is not certain",
    "It is local, or the zone may be one of several. Write it behind each time (+09:00), or the name (“ETD UTC+9”).",
)
OF_VOYAGES = frozenset({"depart", "arrive", "depart_from", "depart_to"})
_COLUMNS_OF_ZONES = frozenset({"tz", "time zone", "timezone", "utc offset", "gmt offset"})
_CLOCK = "[0-9]:[0-9]{2}|t[0-9]{4}|[0-9] ?[ap][.]?m"
_ZONE = (
    rf"(?:[0-9] ?z|[+-][0-9]{{1,2}}:?[0-9]{{2}}|\b(?:{'|'.join(sorted({*ZONES, *AMBIGUOUS_ZONES} - {'z'}))})\b.*)\)?$"
)


def zone_of(sieve: Sieve, column: str) -> str:
    """The zone of a column's times that have none themselves; `UNSURE` where there is one that nobody can tell."""
    header = sieve.headers.get(column)
    if header is None or sieve.of_ours:
        return ""
    beside = column in OF_VOYAGES and any(normal(name) in _COLUMNS_OF_ZONES for name in sieve.sheet.header)
    return zone_in(header) or (UNSURE if beside else "")


def shifted_by(zone: str, values: pa.LargeStringArray) -> Mask:
    """Which texts have a time that is one of this zone."""
    return without_zone(values) if zone not in ("", UNSURE) else np.zeros(len(values), bool)


def without_zone(values: pa.LargeStringArray) -> Mask:
    """Which texts have a time of day, and no zone behind it."""
    lower = pc.utf8_lower(values)
    clock, zone = (pc.match_substring_regex(lower, each) for each in (_CLOCK, _ZONE))
    mask: Mask = pc.and_not(clock, zone).to_numpy(zero_copy_only=False).astype(bool)
    return mask


def unused(sieve: Sieve, column: str, zone: str) -> None:
    """Warns of times that are read as UTC though their zone is another one, or may be."""
    if zone == UNSURE:
        cells = sieve.distinct(column)
        clocks = np.flatnonzero(without_zone(cells.values)).tolist()
        sieve.judge(column, cells.codes, dict.fromkeys(clocks, ZONE_UNUSED), "warning")
