"""The time of day behind a date: "14:30", "2:30 PM", "T1430Z", "14:30 KST", "05:30 UTC+9" -> a moment in UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from geo.errors import VagueError

ZONES = {
    "z": 0,
    "ut": 0,
    "utc": 0,
    "gmt": 0,
    "wet": 0,
    "cet": 1,
    "cest": 2,
    "eet": 2,
    "eest": 3,
    "msk": 3,
    "мск": 3,
    "moscowtime": 3,
    "kst": 9,
    "jst": 9,
    "vlat": 10,
}
"""Names of time zones that stand for one offset, in hours ahead of UTC (IANA time zone database, europe and asia).
CET is an hour ahead of UTC in summer too: in summer clocks show CEST."""
RUSSIAN_ZONES = frozenset({"msk", "мск", "moscowtime", "vlat"})
RUSSIAN_SUMMER = (datetime(2011, 3, 27, 2), datetime(2014, 10, 26, 2))  # noqa: DTZ001, local time of its zone
"""Between these, local time, Russia's clocks stood an hour further ahead all year (IANA time zone database, europe)."""
AMBIGUOUS_ZONES = {
    "ist": "India, Israel or Ireland",
    "cst": "China, Cuba or North America",
    "cdt": "Cuba or North America",
    "bst": "Britain or Bangladesh",
    "est": "North America or Australia",
    "edt": "North America or Australia",
    "pst": "North America or the Philippines",
    "pdt": "North America or the Philippines",
    "mst": "North America or Malaysia",
    "ast": "Arabia or the Atlantic coast of America",
    "gst": "the Gulf or South Georgia",
    "sst": "Singapore or Samoa",
    "lt": "whichever port is meant",
}
"""Names that stand for several offsets, and where: refused, since hours apart may be a day apart."""
OFFSETS = (-12, 14)
"""No place on Earth has a clock further from UTC than these hours (Baker Island, Line Islands)."""
_HINT = 'Write the offset from UTC, such as "14:30+09:00", or the time in UTC: "05:30Z".'

_CLOCK = re.compile(
    r"(?P<date>.+?)(?:(?<=[0-9])t(?=[0-9])|,?\s+(?:at\s+)?)"
    r"(?:(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<part>[0-9]{1,9}))?)?"
    r"|(?<=t)(?P<hour2>[0-9]{2})(?P<minute2>[0-9]{2})(?P<second2>[0-9]{2})?|(?P<hour3>[0-9]{1,2})(?=\s*[ap]\.?m\b))"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?(?:\s*(?:hrs|hours|h|uhr)\b)?\s*"
    r"(?P<zone>z|[+-][0-9:]+|\(?[^\W\d_]+(?:[ /_][^\W\d_]+){0,2}\s*(?:[+-]\s*[0-9:]+)?\)?)?"
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as printed, and the zone as printed: "" is UTC."""

    time: time
    zone: str

    def on(self, day: date, words: str) -> datetime:
        """The moment that this clock shows on a day, in UTC. Raises VagueError for a zone that nobody can tell."""
        local = datetime.combine(day, self.time)
        return (local - _offset(self.zone, local, words)).replace(tzinfo=UTC)


def split_clock(text: str) -> tuple[str, Clock | None]:
    """Plain words -> the date in them, and the time of day behind it. Raises ValueError for a time that is none."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return text, None
    hour = int(match["hour"] or match["hour2"] or match["hour3"])
    minute, second = int(match["minute"] or match["minute2"] or 0), int(match["second"] or match["second2"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    clock = time(hour, minute, second, int((match["part"] or "0").ljust(6, "0")[:6]))
    return match["date"], Clock(clock, re.sub(r"[\s()]", "", match["zone"] or ""))


def _offset(zone: str, local: datetime, words: str) -> timedelta:
    """How far "kst", "+09:00" or "utc+9" is ahead of UTC; "gmt+3" is three hours ahead, as people mean it."""
    name = zone.rstrip("0123456789:+-")
    figures = zone[len(name) :]
    if name in AMBIGUOUS_ZONES and not figures:
        raise VagueError(words, f"{name.upper()} may be the time of {AMBIGUOUS_ZONES[name]}", _HINT)
    if name and (name not in ZONES or (figures and name not in ("utc", "gmt", "ut"))):
        raise VagueError(words, f"{zone.upper()} is not a known time zone", _HINT)
    if not figures:
        summer = name in RUSSIAN_ZONES and RUSSIAN_SUMMER[0] <= local < RUSSIAN_SUMMER[1]
        return timedelta(hours=ZONES.get(name, 0) + summer)
    match = re.fullmatch(r"([+-])([0-9]{1,2})(?::?([0-9]{2}))?", figures)
    if match is None or int(match[3] or 0) > 59:
        raise VagueError(words, "an offset from UTC is written +09:00", _HINT)
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3] or 0)) * (-1 if match[1] == "-" else 1)
    if not timedelta(hours=OFFSETS[0]) <= ahead <= timedelta(hours=OFFSETS[1]):
        raise VagueError(words, f"an offset from UTC is between {OFFSETS[0]:+03}:00 and {OFFSETS[1]:+03}:00", _HINT)
    return ahead
