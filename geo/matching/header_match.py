"""Which header of a file is which of our columns, by names and values together: the highest sum of scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from geo.matching import mapping
from geo.matching import score as scores
from geo.matching.guesses import Match
from geo.matching.looks import LOOKED_AT, Looks, alone, lower
from geo.matching.mapping import ColumnMap
from geo.matching.score import Fit
from geo.matching.synonyms import normal
from geo.sheet import Sheet

HEADERS = 500
"""So many headers that are not our own are compared with the names we know: more takes longer than a page may wait."""
_TRADE = frozenset({"importer", "exporter"})
_MADE_IN = frozenset({"origin", "country of origin", "origin country"})


def own_columns(sheet: Sheet, kind: str | None) -> ColumnMap:
    """The headers that are our own names."""
    own, aside = mapping.own_map(sheet.header, kind), _made_in(sheet)
    return replace(own, columns={header: to for header, to in own.columns.items() if header not in aside})


def _made_in(sheet: Sheet) -> set[str]:
    """Between an exporter and an importer, "Origin" is where the goods were made, and no end of a leg."""
    spellings = {header: normal(header) for header in sheet.header}
    return (
        {header for header, key in spellings.items() if key in _MADE_IN} if set(spellings.values()) >= _TRADE else set()
    )


def matched(sheet: Sheet, own: ColumnMap, looks: Looks) -> Match:
    """Our own names first; then all others by name and values, for the highest sum."""
    taken = {header: Fit(header, to, scores.OWN, scores.OWN, "", 0, 0, "") for header, to in own.columns.items()}
    free = [column.name for column in mapping.OURS[own.kind] if column.name not in own.columns.values()]
    named = _named(sheet, own, looks)
    spoken_for = {fit.header for fit in named if fit.column in free}
    others = [header for header in foreign(sheet, own) if header not in spoken_for][:LOOKED_AT]
    fits = [*(fit for fit in named if fit.column in free), *alone(others, free, looks)]
    headers = sorted({fit.header for fit in fits}, key=lambda header: (normal(header), header))
    table = np.zeros((len(free), len(headers)))
    at = {(fit.column, fit.header): fit for fit in fits}
    for (column, header), fit in at.items():
        table[free.index(column), headers.index(header)] = fit.score
    for row, place in enumerate(scores.best(table) if headers and free else []):
        if place >= 0:
            taken[headers[place]] = at[free[row], headers[place]]
    best: dict[str, Fit] = {}
    for fit in sorted(named, key=lambda each: (-each.score, each.column)):
        best.setdefault(fit.header, fit)
    return Match(taken, best)


def _named(sheet: Sheet, own: ColumnMap, looks: Looks) -> list[Fit]:
    """All that the headers are names of, our own names and the columns of our downloads aside."""
    parts = scores.spelt(foreign(sheet, own), lower(sheet), own.kind)
    names = scores.names(parts, own.kind)
    names |= {header: [known] for header, known in scores.paired_degrees(sheet.header).items() if own.kind == "legs"}
    fits = [
        scores.fit_of(header, known, looks[header], parts[header])
        for header, all_ in names.items()
        for known in all_
        if header in parts
    ]
    return [fit for fit in fits if fit.score > scores.LEAST]


def foreign(sheet: Sheet, own: ColumnMap) -> list[str]:
    ours = of_download(sheet, own) | _made_in(sheet)
    return [header for header in sheet.header if header not in own.columns and header not in ours][:HEADERS]


def of_download(sheet: Sheet, own: ColumnMap) -> set[str]:
    """The headers that are line, why or overflow of one of our own downloads."""
    if not mapping.is_download(sheet.header) and mapping.missing(own):
        return set()
    return {header for header in sheet.header if mapping.header_key(header) in mapping.DOWNLOAD}
