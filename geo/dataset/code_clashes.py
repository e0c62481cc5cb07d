"""One code for two places: files that number their places all have a "1". On one map each needs a code of its own.

Which place keeps a code depends on the places alone, never on the order in which files were loaded: the gazetteer's
place keeps it, and so does a place that no other part contradicts; of others each gets its position behind the code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.dataset.parts import Part
from geo.gazetteer.places import CRS, Places

APART = 0.5
"""Degrees. A port is a few tens of kilometres long; two positions of one code that lie farther apart are two places."""
LONGITUDE = 360.0
CODED = ("origin", "destination")
Position = tuple[float, float]
Codes = Mapping[tuple[str, Position], str]


def with_own_codes(parts: Sequence[Part], places: Places) -> list[Part]:
    """The parts, with a code of its own for each place. places: the gazetteer that they are read beside."""
    brought = [_positions(part.brings) for part in parts]
    codes = _codes(brought, places)
    return [_renamed(part, own, codes) for part, own in zip(parts, brought, strict=True)] if codes else list(parts)


def gazetteer(parts: Sequence[Part], places: Places) -> Places:
    """places with those that the parts bring; of two rows for one place that of the first part counts."""
    frames = [part.brings for part in with_own_codes(parts, places) if len(part.brings)]
    if not frames:
        return places
    rows = pd.concat([frame.reset_index(drop=True) for frame in frames], ignore_index=True).drop_duplicates("code")
    return places.plus(gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS))


def _positions(rows: gpd.GeoDataFrame) -> dict[str, Position]:
    points = zip(rows.geometry.x.tolist(), rows.geometry.y.tolist(), strict=True)
    return dict(zip(rows["code"].tolist(), points, strict=True))


def _codes(brought: Sequence[Mapping[str, Position]], places: Places) -> Codes:
    """(code, position) -> another code, for the places that cannot keep theirs."""
    of_code: dict[str, set[Position]] = {}
    for rows in brought:
        for code, position in rows.items():
            of_code.setdefault(code, set()).add(position)
    known = _positions(places.frame[places.frame["code"].isin(list(of_code))])
    renamed: dict[tuple[str, Position], str] = {}
    for code, positions in of_code.items():
        own = known.get(code)
        groups = _groups(sorted(positions), own)
        if len(groups) > 1:
            for first, members in groups.items():
                if first != own:
                    renamed |= {(code, each): f"{code} ({first[1]:.2f}, {first[0]:.2f})" for each in members}
    return renamed


def _groups(positions: Sequence[Position], own: Position | None) -> dict[Position, list[Position]]:
    """The positions by the first one that they lie near, `own` before all others."""
    groups: dict[Position, list[Position]] = {} if own is None else {own: []}
    for each in positions:
        near = next((first for first in groups if _distance(first, each) <= APART), each)
        groups.setdefault(near, []).append(each)
    return groups


def _distance(one: Position, other: Position) -> float:
    west = abs(one[0] - other[0]) % LONGITUDE
    return float(np.hypot(min(west, LONGITUDE - west), one[1] - other[1]))


def _renamed(part: Part, own: Mapping[str, Position], codes: Codes) -> Part:
    other = {code: new for code, position in own.items() if (new := codes.get((code, position)))}
    if not other:
        return part
    if part.kind == "places":
        return replace(part, read=lambda: _replaced(part.table, ["code"], other))
    places = _replaced(part.places, ["code"], other)
    columns = [name for name in CODED if part.kind != "events"]
    return replace(part, places=places, read=lambda: _replaced(part.table, columns, other))


def _replaced(table: pd.DataFrame, columns: Sequence[str], other: Mapping[str, str]) -> pd.DataFrame:
    return table.assign(**{name: table[name].replace(dict(other)) for name in columns})
