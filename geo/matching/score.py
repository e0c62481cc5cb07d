"""How well a column of a file fits each of ours, by its name and its values together; and the sentence that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geo.columns import DEFAULT_UNIT
from geo.matching.port_call_ends import has_come, of_call
from geo.matching.spellings import STANDARD, USUAL, WEAK
from geo.matching.synonyms import PARTNERS, Known, known_as, normal
from geo.matching.traits import Traits

OWN = 10.0
"""The score of our own name: no sum of others outweighs it."""
WEIGHT = 2.0
"""Values that all fit add half of this to the strength of a name, values of which none fits take it off."""
FITS = 0.5
"""Values fit a name where so large a share of them has the shape that is looked for."""
ALONE = 0.8
"""Without a name that is known, values are taken for what they look like from this share on."""
ALONE_SCORE, NEXT = 0.6, 0.01
"""The score of values alone, below that of any name; and so much less for each column before it of the same look."""
LEAST = 0.5
"""What scores less is not proposed."""

_END, _DAY, _MANY, _WORDS = ("place",), ("when",), ("quantity",), ("text",)
SHAPES: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("origin", "destination"), _END),
    **dict.fromkeys(("depart", "arrive", "said_on", "accessed", "depart_latest", "arrive_earliest", "date"), _DAY),
    **dict.fromkeys(("containers", "quantity", "containers_low", "containers_best", "containers_high"), _MANY),
    **dict.fromkeys(("carrier", "cargo", "words", "name", "aliases", "kind", "country", "title", "unit"), _WORDS),
    **dict.fromkeys(("origin_in_country", "destination_in_country"), _WORDS),
    **dict.fromkeys(("claimant", "outlet"), ("named",)),
    **dict.fromkeys(("shipment", "vessel", "id", "code", "part_of", "within"), ("label",)),
    **dict.fromkeys(("origin_lat", "destination_lat", "lat"), ("latitude",)),
    **dict.fromkeys(("origin_lon", "destination_lon", "lon"), ("longitude",)),
    **dict.fromkeys(("url", "archive_url"), ("url",)),
    "mode": ("mode", "mode number"),
    "imo": ("imo",),
    "mmsi": ("mmsi",),
    "grade": ("grade",),
    "reliability": ("reliability", "grade"),
    "credibility": ("credibility", "grade"),
    "window": ("some window",),
    "radius_km": ("number",),
}
"""Our column -> shapes (see `traits`) of which its values have one; columns left out take anything."""
OF_PLACES = {column for column, shapes in SHAPES.items() if {"place", "named"} & set(shapes)}
"""Our columns for which it matters how many of the values are places."""
SHAPES_ALONE: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("origin", "destination"), _END),
    **dict.fromkeys(("depart", "arrive", "date"), ("date",)),
    **{name: (name,) for name in ("url", "imo", "mmsi", "mode", "unit", "grade")},
}
"""Our columns that values tell without a name."""
NOUNS: Mapping[str, str] = {
    "place": "known places",
    "when": "dates",
    "date": "dates",
    "quantity": "quantities",
    "named": "names of sources",
    "latitude": "latitudes",
    "longitude": "longitudes",
    "url": "links",
    "mode": "modes of transport",
    "imo": "IMO numbers",
    "mmsi": "MMSI numbers",
    "grade": "grades",
    "reliability": "letters of grades",
    "credibility": "numbers of grades",
    "some window": "periods",
    "number": "numbers",
    "unit": "units",
}
LABELS: Mapping[str, str] = {
    "depart": "the departure",
    "arrive": "the arrival",
    "containers": "how many there are",
    "quantity": "how many there are",
    "shipment": "the consignment",
    "claimant": "who asserts it",
    "outlet": "who printed it",
    "said_on": "the day it was said",
    "words": "the words as printed",
    "reliability": "the reliability of the source",
    "credibility": "the credibility of what it says",
    "accessed": "the day it was last opened",
    "url": "the link",
    "imo": "the IMO number",
    "mmsi": "the MMSI",
    "origin_lat": "the latitude of the origin",
    "origin_lon": "the longitude of the origin",
    "destination_lat": "the latitude of the destination",
    "destination_lon": "the longitude of the destination",
    "origin_in_country": "the country of the origin",
    "destination_in_country": "the country of the destination",
    "lat": "the latitude",
    "lon": "the longitude",
}


@dataclass(frozen=True, slots=True)
class Fit:
    """One column of a file as one of ours: score, strength (0: values alone) and unit of the name, and the values.

    name: the part of the header that is known, where that is not all of it.
    """

    header: str
    column: str
    score: float
    strength: float
    unit: str
    values: int
    fitting: int
    noun: str
    name: str = ""

    @property
    def confidence(self) -> str:
        """certain, likely or possible; see `geo.matching.guesses.Guess`."""
        poor = self.values > 0 and self.fitting < FITS * self.values
        if self.strength < USUAL - FITS / 2 or poor:
            return "possible"
        return "certain" if self.strength > STANDARD - FITS / 2 and self.values else "likely"

    @property
    def reason(self) -> str:
        """Why, in one plain sentence."""
        if not self.strength:
            return f"No name says what “{shown(self.header)}” is; {self._count()}, so it may be {label(self.column)}."
        usual = self.strength >= USUAL - FITS / 2
        kind = "standard" if self.strength > STANDARD - FITS / 2 else "usual"
        name = f"is a {kind} name for" if usual else "is sometimes a name for"
        unit = f" in {self.unit}" if self.unit not in ("", DEFAULT_UNIT) else ""
        return f"“{shown(self.name or self.header)}” {name} {label(self.column)}{unit}, {self._values()}."

    def _values(self) -> str:
        if not self.values:
            return "and the column is empty"
        poor = self.fitting < FITS * self.values
        if not self.noun or self.values == 1:
            return "but its values hardly fit" if poor else "and its values fit"
        return f"{'but' if poor else 'and'} {'only ' if poor and self.fitting else ''}{self._count()}"

    def _count(self) -> str:
        if self.fitting == self.values:
            return f"all {self.values} values are {self.noun}" if self.values > 1 else f"its values are {self.noun}"
        return f"{self.fitting or 'none'} of {self.values} values are {self.noun}"


def label(column: str) -> str:
    """Our column in words: "the origin"."""
    return LABELS.get(column, f"the {column.replace('_', ' ')}")


LONGEST_SHOWN = 60
"""So many characters of a header stand in a sentence."""


def shown(header: str, most: int = LONGEST_SHOWN) -> str:
    """A header as it may stand in a sentence: cut, and without marks that are no letters."""
    plain = "".join(mark if mark.isprintable() else " " for mark in header[: most + 1])
    return plain if len(plain) <= most else f"{plain[:most]}…"


def spelt(headers: Sequence[str], lower: Mapping[str, str], kind: str) -> dict[str, str]:
    """Header -> the part by which it is known: itself, or what stands lowest where nobody knows it with its group."""
    return {header: header if known_as(header, kind) else lower.get(header) or header for header in headers}


def names(headers: Mapping[str, str], kind: str) -> dict[str, list[Known]]:
    """Header -> the columns of a kind that it is a name of. "source" is an end of a leg where "target" is there too.

    headers: header -> the part by which it is known.
    """
    spellings = {normal(part) for part in headers.values()}
    arrived = kind in ("legs", "totals") and has_come([normal(part) for part in headers.values()])
    found = {}
    for header, part in headers.items():
        words = normal(part).split()
        partner = _PARTNERS.get(words[0]) if words else None
        known = known_as(part, kind)
        if partner and " ".join([partner, *words[1:]]) in spellings:
            known = [_raised(each) for each in known if each.column != "claimant"]
        if _RIDERS & set(words) and _FREIGHT & spellings:
            known = [replace(each, strength=min(each.strength, _BESIDE_FREIGHT)) for each in known]
        if arrived:
            known = of_call(normal(part), known)
        found[header] = known
    return found


_ENDS = ("origin", "destination")
_RIDERS, _FREIGHT = frozenset({"passengers", "pax"}), frozenset({"freight", "freight weight", "cargo weight"})
_BESIDE_FREIGHT = -WEAK / 10
"""What a name of passengers counts where the file has the freight of the same journeys: that is what was shipped."""
_AXES = {"lat": "lat", "latitude": "lat", "lon": "lon", "lng": "lon", "long": "lon", "longitude": "lon"}


def paired_degrees(headers: Sequence[str]) -> dict[str, Known]:
    """Two pairs of latitude and longitude under two prefixes that nobody knows: the ends of a leg, in the file's order.

    "home_lat, home_lng, work_lat, work_lng". {} where there are more pairs or fewer, or a prefix is known.
    """
    pairs: dict[str, dict[str, str]] = {}
    for header in headers:
        words = normal(header).split()
        at = next((each for each in (0, -1) if len(words) > 1 and words[each] in _AXES), None)
        if at is not None:
            axis = _AXES[words.pop(at)]
            pairs.setdefault(" ".join(words), {})[axis] = header
    whole = [pair for pair in pairs.values() if len(pair) == len(set(_AXES.values()))]
    if len(whole) != len(_ENDS) or any(known_as(header, "legs") for pair in whole for header in pair.values()):
        return {}
    return {
        header: Known(f"{end}_{axis}", USUAL)
        for end, pair in zip(_ENDS, whole, strict=True)
        for axis, header in pair.items()
    }


def fit_of(header: str, known: Known, traits: Traits, name: str = "") -> Fit:
    """A column whose name is known, with its values. name: see `Fit`."""
    shapes = SHAPES.get(known.column, ())
    score = known.strength + (WEIGHT * (traits.share(shapes) - 0.5) if traits.values else 0)
    fitting, noun = traits.count(shapes), NOUNS.get(shapes[0], "") if shapes else ""
    return Fit(header, known.column, score, known.strength, known.unit, traits.values, fitting, noun, name)


def fit_alone(header: str, column: str, traits: Traits, away: int) -> Fit | None:
    """A column by its values alone. away: how many columns of the same look stand nearer to the place of ours."""
    shapes = SHAPES_ALONE.get(column, ())
    if not shapes or traits.share(shapes) < ALONE:
        return None
    score = max(ALONE_SCORE - away * NEXT, LEAST)
    return Fit(header, column, score, 0, "", traits.values, traits.count(shapes), NOUNS[shapes[0]])


_PARTNERS = {**PARTNERS, **{second: first for first, second in PARTNERS.items()}}


def _raised(known: Known) -> Known:
    if known.column not in (*_ENDS, "depart", "arrive"):
        return known
    return Known(known.column, min(known.strength + USUAL - WEAK, STANDARD), known.unit)


def best(scores: NDArray[np.float64]) -> list[int]:
    """scores: rows × columns, 0 or less where the two do not go together -> the column of each row, or -1.

    Each column goes with one row at most. The same scores give the same answer.
    """
    rows, columns = scores.shape
    cost = np.hstack([-np.maximum(scores, 0), np.zeros((rows, rows))])
    width = columns + rows
    row_of = np.full(width + 1, -1)
    rise, fall = np.zeros(rows), np.zeros(width + 1)
    for row in range(rows):
        row_of[width] = row
        at, slack, came = width, np.full(width, np.inf), np.full(width, width)
        seen = np.zeros(width + 1, bool)
        while row_of[at] >= 0:
            seen[at] = True
            here = row_of[at]
            reduced = cost[here] - rise[here] - fall[:width]
            nearer = ~seen[:width] & (reduced < slack)
            slack[nearer], came[nearer] = reduced[nearer], at
            following = int(np.where(seen[:width], np.inf, slack).argmin())
            step = slack[following]
            rise[row_of[seen]] += step
            fall[seen] -= step
            slack[~seen[:width]] -= step
            at = following
        while at != width:
            row_of[at], at = row_of[came[at]], int(came[at])
    found = [-1] * rows
    for column in range(columns):
        if (row := int(row_of[column])) >= 0 and scores[row, column] > 0:
            found[row] = column
    return found
