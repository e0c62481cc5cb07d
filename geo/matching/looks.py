"""What the values of a sheet's columns look like, each looked at once, and what they may be without a known name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from geo.gazetteer.places import Places
from geo.matching import mapping
from geo.matching import score as scores
from geo.matching.not_counted import not_counted
from geo.matching.score import Fit
from geo.matching.synonyms import COUNTED, is_nameless, known_as, normal
from geo.matching.traits import Traits, earlier_first, is_running, traits
from geo.sheet import Sheet

_ENDS = {"origin", "destination"}
LOOKED_AT = 100
"""The values of so many columns without a known name are looked at; a file with more is no list of shipments."""


@dataclass(slots=True)
class Looks:
    """The traits of a sheet's columns, each looked at once."""

    sheet: Sheet
    places: Places
    known: dict[str, Traits] = field(default_factory=dict)
    order: dict[tuple[str, ...], list[str]] = field(default_factory=dict)

    def __getitem__(self, header: str) -> Traits:
        if header not in self.known:
            parts = (header, lower(self.sheet).get(header, ""))
            named = {known.column for kind in mapping.OURS for part in parts for known in known_as(part, kind)}
            thorough = not named.isdisjoint(scores.OF_PLACES)
            self.known[header] = traits(self.sheet.columns[header], self.places, thorough=thorough)
        return self.known[header]

    def by_date(self, headers: Sequence[str]) -> list[str]:
        """Columns of dates, the earlier first."""
        if (key := tuple(headers)) not in self.order:
            self.order[key] = earlier_first(self.sheet, headers)
        return self.order[key]


def lower(sheet: Sheet) -> dict[str, str]:
    """Header -> what stands lowest in it, where groups stand above the names."""
    return dict(zip(sheet.header, sheet.lower, strict=True)) if sheet.lower else {}


def alone(headers: Sequence[str], free: Sequence[str], looks: Looks) -> list[Fit]:
    """What the values of columns without a known name look like, in the file's order; dates by which is earlier."""
    found: list[Fit] = []
    for column in free:
        alike = [header for header in headers if scores.fit_alone(header, column, looks[header], 0)]
        if column in ("depart", "arrive"):
            alike = looks.by_date(alike)
        if column in _ENDS and len(alike) > len(_ENDS) and len({_unnumbered(header) for header in alike} - {""}) == 1:
            continue  # "Call 1", "Call 2", "Call 3": a way in three columns has more than two ends.
        wanted = 1 if column in ("destination", "arrive") else 0
        for number, header in enumerate(alike):
            fit = scores.fit_alone(header, column, looks[header], abs(number - wanted))
            found.extend([fit] if fit else [])
    counted = [column for column in free if column in COUNTED]
    for column in counted:
        for number, header in enumerate(_counts(headers, looks)):
            look = looks[header]
            score = scores.ALONE_SCORE - scores.NEXT * min(number, 9)
            found.append(Fit(header, column, score, 0, "", look.values, look.count(("quantity",)), "quantities"))
    return found


def _unnumbered(header: str) -> str:
    return "" if is_nameless(header) else " ".join(word for word in normal(header).split() if not word.isdigit())


def _counts(headers: Sequence[str], looks: Looks) -> list[str]:
    """Columns that may say how many: those without a name, or else the one and only column of quantities alone."""
    headers = [header for header in headers if not not_counted(header)]
    nameless = [header for header in headers if is_nameless(header) and _is_count(looks[header])]
    if nameless:
        return nameless
    whole = [each for each in headers if _is_count(looks[each]) and _is_all_figures(looks[each])]
    return whole if len(whole) == 1 and not is_running(looks.sheet.columns[whole[0]]) else []


def figures(used: Collection[str], looks: Looks) -> tuple[str, ...]:
    """The headers that are not used and hold quantities."""
    unused = [header for header in looks.sheet.header if header not in used][:LOOKED_AT]
    return tuple(each for each in unused if _is_count(looks[each]) and _is_all_figures(looks[each]))


def _is_count(look: Traits) -> bool:
    """Whether values are how many of something, and no numbers of ships, days or degrees."""
    others = (("imo",), ("mmsi",), ("date",), ("degrees",))
    return look.share(("quantity",)) >= scores.ALONE and all(look.share(each) < scores.FITS for each in others)


def _is_all_figures(look: Traits) -> bool:
    """Whether all values are quantities, and more than words such as "20ft" say so."""
    return look.share(("quantity",)) == 1 and look.share(("number",)) >= scores.FITS
