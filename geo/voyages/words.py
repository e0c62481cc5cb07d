"""The words of findings: routes, days, speeds, ships and sources, as plain text whose names are safe to show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np

from geo import formatting
from geo.arrays import DAY, NOT_A_TIME, Ints
from geo.columns import DEFAULT_UNIT, MODES
from geo.dataset.assumptions import reaches
from geo.safe_text import legible
from geo.sea.routes import KM_PER_NM
from geo.voyages.ends import Legs
from geo.voyages.finding import Reckoning

HOURS_TOLD = 72.0
"""Up to so long a time is told in hours."""
NO_SOURCE = "Source not stated"
_NOTHING_FASTER = {
    "": "nothing carries goods faster than",
    "maritime": "no cargo ship goes faster than",
    "rail": "no train goes faster than",
    "road": "no lorry goes faster than",
    "air": "no freighter flies faster than",
}
_MODES = {number: name for name, number in MODES.items()}


class Words:
    """Says what a finding needs of legs. names: place code -> name."""

    def __init__(self, legs: Legs, names: Mapping[str, str]) -> None:
        self._legs = legs
        self._names = names

    def place(self, number: int) -> str:
        """The name of a place."""
        code = self._legs.ends.code[number]
        return legible(self._names.get(code, code))

    def route(self, row: int) -> str:
        """From where to where."""
        return f"{self.place(int(self._legs.origin[row]))} → {self.place(int(self._legs.destination[row]))}"

    def left(self, row: int) -> str:
        """When it departs: "1 Sept 2024"."""
        return _period(self._legs.depart, self._legs.depart_last, row)

    def arrived(self, row: int) -> str:
        """When it arrives."""
        return _period(self._legs.arrive_first, self._legs.arrive_last, row)

    def voyage(self, row: int) -> str:
        """Route and dates: "Najin → Vladivostok, 1 Sept 2024 to 3 Sept 2024"."""
        dates = self.left(row) if self._legs.arrive[row] == NOT_A_TIME else f"{self.left(row)} to {self.arrived(row)}"
        return f"{self.route(row)}, {dates}"

    def ship(self, row: int) -> str:
        """The ship, by name and number as far as they are given."""
        name = self.text(row, "vessel")
        number = next((f"{label} {given}" for at, label in _NUMBERS if (given := self.text(row, at))), "")
        return f"{name} ({number})" if name and number else name or number

    def source(self, row: int) -> str:
        """Who tells it."""
        return self.text(row, "claimant") or NO_SOURCE

    def amount(self, row: int) -> str:
        """How much it tells of: "about 300 containers"."""
        figures = (self._legs.table[f"containers_{end}"].to_numpy(np.float64)[row] for end in ("low", "best", "high"))
        about = bool(reaches(self._legs.table.iloc[[row]]).iat[0])
        return formatting.counted(formatting.quantity(*figures, about=about), self.text(row, "unit") or DEFAULT_UNIT)

    def text(self, row: int, column: str) -> str:
        """A cell of its table, safe to show."""
        return legible(str(self._legs.table[column].iat[row]))

    def speed(self, found: Reckoning, row: int) -> str:
        """What a reckoning comes to, and the limit: "in at most 48 hours that is 95 knots; no cargo ship …"."""
        by_ship = bool(self._legs.by_ship[row])
        mode = "maritime" if by_ship else _MODES[int(self._legs.mode[row])]
        limit = _rate(found.limit_kmh, by_ship=by_ship)
        within = "at the same time" if found.hours <= 0 else f"in at most {_time(found.hours)}"
        needed = "" if found.hours <= 0 else f", that is {_rate(found.kmh, by_ship=by_ship)}"
        return f"{within}{needed}; {_NOTHING_FASTER[mode]} {limit}"

    def distance(self, found: Reckoning, row: int) -> str:
        """How far, and how that was found."""
        far = length(found.km, by_ship=bool(self._legs.by_ship[row]))
        return f"at least {far} {'by sea' if found.basis == 'sea route' else 'as the crow flies'}"


_NUMBERS = (("imo", "IMO"), ("mmsi", "MMSI"))


def length(km: float, *, by_ship: bool = True) -> str:
    """In nautical miles for ships: "4,600 nm"."""
    return f"{formatting.number(km / KM_PER_NM)} nm" if by_ship else f"{formatting.number(km)} km"


def _rate(kmh: float, *, by_ship: bool) -> str:
    return f"{formatting.number(kmh / KM_PER_NM)} knots" if by_ship else f"{formatting.number(kmh)} km/h"


def _time(hours: float) -> str:
    if hours <= HOURS_TOLD:
        return formatting.counted(f"{hours:.0f}" if hours >= 1 else f"{hours:.1f}", "hour")
    return f"{hours / 24.0:.1f} days"


def _period(first: Ints, last: Ints, row: int) -> str:
    """A period of epoch seconds whose last second is inside."""
    start, end = int(first[row]), int(last[row]) + 1
    if NOT_A_TIME in (start, end - 1):
        return "date not stated"
    if end - start < DAY:
        return formatting.minute(_at(start))
    return formatting.period(_at(start), _at(end))


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
