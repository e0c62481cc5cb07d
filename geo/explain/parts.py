"""What an explanation is made of: the sum behind a bound, sides, reports, readings and legs; and its days in words."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from geo import formatting
from geo.reconcile.volumes import Term

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a range. figure: inf where open. terms: they add up to it. sentence: the same in words.

    said: what is told and drawn, where the reports carry no more digits (`geo.reconcile.explain.rounding`).
    """

    end: Literal["low", "high"]
    figure: float
    terms: tuple[Term, ...]
    sentence: str
    said: float

    def as_json(self) -> Json:
        """`figure` and `said` are null where it is open."""
        told = {"figure": plain(self.figure), "said": plain(self.said), "because": self.sentence}
        return told | {"terms": [{**asdict(term), "figure": plain(term.figure)} for term in self.terms]}


@dataclass(frozen=True, slots=True)
class SideRange:
    """What claimants who can all be right allow, where not all sources can."""

    claimants: tuple[str, ...]
    low: Bound
    high: Bound

    def as_json(self) -> Json:
        """As `Bound` has its ends."""
        return {"claimants": list(self.claimants), "low": self.low.as_json(), "high": self.high.as_json()}


@dataclass(frozen=True, slots=True)
class CitedReport:
    """A report that a figure rests on. claim: "more than 1,000 from 7 Sept to 1 Oct 2023"; words: as printed."""

    id: str
    claimant: str
    outlet: str
    said_on: str
    claim: str
    route: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What is assumed of a report and no source says; see `geo.dataset.assumptions`. "about" is of all of them."""

    kind: Literal["part_of", "running", "about"]
    report: str
    whole: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CountedLeg:
    """An itemised leg that a figure counts. share: how much of it; less than 1 while it is under way.

    about: its range is what Waybill makes of "about". Places are codes, route has their names; times are ISO 8601 in
    UTC, "" where nobody gave them.
    """

    report: str
    origin: str
    destination: str
    route: str
    depart: str
    arrive: str
    vessel: str
    low: float
    best: float
    high: float
    share: float
    words: str
    url: str
    about: bool

    def as_json(self) -> Json:
        """`high` is null where it is open."""
        return asdict(self) | {name: plain(getattr(self, name)) for name in ("low", "best", "high")}


def plain(value: float) -> float | int | None:
    """A number as JSON may have it: None where it is open, whole where it is whole."""
    if not math.isfinite(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def iso(moment: datetime) -> str:
    """ "2023-10-02T00:00:00Z"."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def by_words(end: datetime) -> str:
    """ "by 1 Oct 2023" at the midnight that closes it, "by 06:00 UTC on 2 Oct 2023" within a day."""
    return f"by {formatting.closing(end)}"


def between_words(start: datetime, end: datetime) -> str:
    """ "between 7 Sept and 1 Oct 2023" of whole days, both of them in it; "on 1 Oct 2023"."""
    first, last = formatting.day(start), formatting.closing(end)
    if not formatting.closes_day(start):
        first = formatting.closing(start)
    if first == last:
        return f"on {last}"
    return f"between {first.removesuffix(last[-5:])} and {last}"
