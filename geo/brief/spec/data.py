"""The data that a brief names: found, compared with their hashes, and read into one set of tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo import data_folder
from geo.brief.spec.brief import Brief, Part
from geo.errors import BriefError, LibraryError
from geo.gazetteer.places import CRS, Places
from geo.library import Library
from geo.problems import Problem
from geo.tables import digest
from geo.tables.read import Kind, Reading, read

EMBEDDED: dict[str, tuple[str, ...]] = {
    "founding": ("legs.csv", "totals.csv", "events.csv"),
    "wider": ("wider/legs.csv", "wider/totals.csv", "wider/events.csv"),
}
TITLES = {"founding": "Founding article, 2023", "wider": "Wider set, 2022–2025"}
GAZETTEER = ("places.csv", "ports.csv")
KINDS: tuple[Kind, ...] = ("legs", "totals", "events")
APART = 0.5
"""Degrees. Two positions of one code that lie farther apart are two places."""
FIRST = 3
"""So many problems of a file are told."""


@dataclass(frozen=True, slots=True)
class Told:
    """Rows of a file that are in no picture: how many of how many, and the first problems."""

    file: str
    rows: int
    set_aside: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """Everything that a brief names, as `geo.columns` has it, and the brief with the hashes of it.

    changes: what is not as the brief says it was, a sentence each; told: rows set aside; hash: of all data, as drawn.
    """

    legs: gpd.GeoDataFrame
    totals: gpd.GeoDataFrame
    events: pd.DataFrame
    places: Places
    data: tuple[Part, ...]
    gazetteer: str
    hash: str
    title: str
    changes: tuple[str, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A part where it lies now. change: a sentence where it is not as it was; missing: it cannot be had."""

    part: Part
    sha256: str
    path: Path | None = None
    change: str = ""
    missing: bool = False

    @property
    def file(self) -> Path:
        return self.path or Path(self.part.name)


def gather(brief: Brief, folders: Sequence[Path] = (), *, changed: bool = False) -> Gathered:
    """Reads all data of a brief. folders: where files are looked for beside its own; changed: take what changed.

    Raises BriefError where something is missing, or changed and that is not agreed to, naming each; UnreadableFile.
    """
    library = Library.open()
    found = [_find(part, [brief.folder, *folders], library) for part in brief.data]
    gazetteer = sha_of_facts(GAZETTEER)
    changes = [each.change for each in found if each.change]
    if brief.gazetteer not in ("", gazetteer):
        changes.append(f"Waybill's own places: SHA-256 {brief.gazetteer[:16]}… then, {gazetteer[:16]}… now")
    if changes and (not changed or any(each.missing for each in found)):
        hint = (
            "Bring back what was there then, or agree to what is there now: --changed, or a brief without its sha256."
        )
        missing = "Bring it back, or name where it lies: --data."
        raise DataChanged(changes, missing if any(each.missing for each in found) else hint)
    once = {(each.part.kind, each.sha256): each for each in found}
    ordered = [once[key] for key in sorted(once)]
    return _tables(ordered, library, gazetteer, tuple(changes))


class DataChanged(BriefError):
    """Data of a brief that are missing, or are not as they were; changes: a sentence for each."""

    def __init__(self, changes: Sequence[str], hint: str) -> None:
        self.changes = tuple(changes)
        super().__init__("data of the brief", "; ".join(changes), hint)


def sha_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha_of_facts(names: Sequence[str]) -> str:
    """One SHA-256 of several files of data/, in their order."""
    return hashlib.sha256("\n".join(sha_of(data_folder.path(name)) for name in names).encode()).hexdigest()


def _find(part: Part, folders: Sequence[Path], library: Library) -> _Found:
    if part.what == "set":
        return _compared(part, sha_of_facts(EMBEDDED[part.name]))
    return _find_import(part, library) if part.what == "import" else _find_file(part, folders)


def _find_import(part: Part, library: Library) -> _Found:
    try:
        made = library.get(part.name)
    except LibraryError as error:
        why = f"{error.reason} in {library.where} ({error.hint.removesuffix('.')})"
        return _Found(part, "", change=f"{part}: {why}", missing=True)
    if made.withdrawn:
        return _Found(part, "", change=f"{part}: it was withdrawn from the library", missing=True)
    return _compared(replace(part, name=made.id), made.sha256)


def _find_file(part: Part, folders: Sequence[Path]) -> _Found:
    """The one with the hash of the brief, of several that have its name; else the first."""
    candidates = [folder / part.name for folder in folders]
    there = [path for path in dict.fromkeys(candidates) if path.is_file()]
    if not there:
        where = ", ".join(dict.fromkeys(str(path.parent) for path in candidates))
        return _Found(part, "", change=f"{part}: it is not in {where}", missing=True)
    try:
        hashed = [(path, sha_of(path)) for path in there]
    except OSError as error:
        return _Found(part, "", change=f"{part}: it cannot be read ({error.strerror})", missing=True)
    path, digest = next((each for each in hashed if each[1] == part.sha256), hashed[0])
    return _compared(part, digest, path)


def _compared(part: Part, digest: str, path: Path | None = None) -> _Found:
    change = ""
    if part.sha256 not in ("", digest):
        change = f"{part} changed: SHA-256 {part.sha256[:16]}… then, {digest[:16]}… now"
    return _Found(replace(part, sha256=digest), digest, path, change)


@cache
def _embedded(name: str) -> Reading:
    return read(data_folder.path(name))


def _tables(found: Sequence[_Found], library: Library, gazetteer: str, changes: tuple[str, ...]) -> Gathered:
    places, readings = _readings([each for each in found if each.path])
    tables: dict[str, list[pd.DataFrame]] = {kind: [] for kind in KINDS}
    brought = [*_brought(readings)]
    drawn: dict[str, str] = {}
    for each in found:
        if each.part.what == "set":
            for name in EMBEDDED[each.part.name]:
                reading = _embedded(name)
                tables[reading.kind].append(reading.table)
        elif each.part.what == "import":
            kind, table = library.get(each.part.name).kind, library.table(each.part.name)
            own = library.places(each.part.name) if kind != "places" else _geo(table)
            brought.append(own)
            if kind != "places":
                tables[kind].append(table)
            drawn[each.part.name] = f"{digest.sha256_of(table)} {digest.sha256_of(own)}"
        elif readings[each.part.name].kind != "places":
            tables[readings[each.part.name].kind].append(readings[each.part.name].table)
    parts = tuple(each.part for each in found)
    whole: dict[str, Any] = {
        kind: _stacked(
            [_embedded(f"{kind}.csv").table.iloc[:0], *(_own_ids(tables[kind]) if kind == "totals" else tables[kind])]
        )
        for kind in KINDS
    }
    return Gathered(
        places=_extended(places, [rows for rows in brought if len(rows)]),
        data=parts,
        gazetteer=gazetteer,
        hash=_hash(parts, gazetteer, drawn),
        title=_title(parts),
        changes=changes,
        told=tuple(_told(name, reading) for name, reading in readings.items() if len(reading.set_aside)),
        **whole,
    )


def _readings(found: Sequence[_Found]) -> tuple[Places, dict[str, Reading]]:
    """Our places, and every file read, those of places first: the others are looked up in them."""
    ours = Places.load()
    readings: dict[str, Reading] = {}
    later = []
    for each in found:
        kind: Any = each.part.kind or None
        reading = _read(each, kind, ours)
        readings[each.part.name] = reading
        if reading.kind != "places":
            later.append(each)
    own = [_geo(reading.table) for reading in readings.values() if reading.kind == "places"]
    if own:
        known = _extended(ours, own)
        for each in later:
            readings[each.part.name] = _read(each, readings[each.part.name].kind, known)
    return ours, readings


def _read(found: _Found, kind: Kind | None, places: Places) -> Reading:
    """Raises DataChanged where the bytes that were read are not those that were hashed."""
    reading = read(found.file, kind, places=places)
    if reading.sha256 != found.sha256:
        raise DataChanged([f"{found.part} changed while it was read"], "Try again once nothing writes into it.")
    return reading


def _brought(readings: dict[str, Reading]) -> list[gpd.GeoDataFrame]:
    return [_geo(each.table) if each.kind == "places" else each.own_places for each in readings.values()]


def _geo(table: pd.DataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(table, geometry="geometry", crs=CRS)


def _extended(places: Places, brought: Sequence[gpd.GeoDataFrame]) -> Places:
    """Raises BriefError where two of the data mean different places by one code."""
    if not brought:
        return places
    rows = gpd.GeoDataFrame(pd.concat(brought, ignore_index=True), geometry="geometry", crs=CRS)
    first = rows.drop_duplicates("code").set_index("code").geometry
    own = first.loc[rows["code"]]
    west = np.abs(rows.geometry.x.to_numpy() - own.x.to_numpy())
    apart = np.hypot(np.minimum(west, 360 - west), rows.geometry.y.to_numpy() - own.y.to_numpy()) > APART
    if apart.any():
        code = str(rows["code"].to_numpy()[apart][0])
        hint = "Give one of them another code, or make a brief for each."
        raise BriefError(f"place {code[:80]!r}", "two of the data mean different places by this code", hint)
    return places.plus(gpd.GeoDataFrame(rows.drop_duplicates("code"), geometry="geometry", crs=CRS))


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    return pd.concat(filled, ignore_index=True) if len(filled) > 1 else filled[0].reset_index(drop=True)


def _own_ids(frames: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """Totals of two parts may bear one id; the later get a number. One that an earlier part gives word for word is
    left out. A part of a total stays that of its own file."""
    taken: set[str] = set()
    seen: dict[tuple[object, ...], str] = {}
    found = []
    for totals in frames:
        name_of: dict[str, str] = {}
        names = []
        # NaT differs from itself, and its text does not.
        words = list(
            totals.drop(columns=["row", "geometry"], errors="ignore").astype("str").itertuples(index=False, name=None)
        )
        for own, said in zip(totals["id"].astype(object), words, strict=True):
            name, turn = own, 1
            while said not in seen and name in taken:
                turn += 1
                name = f"{own} ({turn})"
            name = seen.get(said, name)
            name_of.setdefault(own, name)
            names.append(name)
            taken.add(name)
        parents = [name_of.get(parent, parent) for parent in totals["part_of"]]
        types = {name: totals[name].dtype for name in ("id", "part_of")}
        fresh = [said not in seen for said in words]
        seen |= dict(zip(words, names, strict=True))
        found.append(totals.assign(id=names, part_of=parents).astype(types)[fresh])
    return found


def _hash(parts: Sequence[Part], gazetteer: str, drawn: Mapping[str, str]) -> str:
    """drawn: of an import the hashes of its tables as they were read: its bytes alone do not say how."""
    told = sorted(
        (each.what, each.name, each.kind, each.sha256, drawn[each.name])
        if each.what == "import"
        else (each.what, "", each.kind, each.sha256)
        for each in parts
    )
    return hashlib.sha256(json.dumps([told, gazetteer]).encode()).hexdigest()


def _title(parts: Sequence[Part]) -> str:
    if len(parts) == 1 and parts[0].what == "set":
        return TITLES[parts[0].name]
    return " and ".join(sorted(TITLES.get(each.name, Path(each.name).name) for each in parts))[:200]


def _told(name: str, reading: Reading) -> Told:
    wrong = [problem for problem in reading.problems if problem.severity == "set aside"]
    return Told(name, reading.rows, len(reading.set_aside), tuple(wrong[:FIRST]))
