"""The data that a brief names: found, compared with their hashes, and read into one data set."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo import data_folder
from geo.brief.spec.brief import Brief, DataRef
from geo.data_folder import BUNDLED
from geo.dataset import parts
from geo.dataset.dataset import DataSet, data_set
from geo.dataset.parts import Part
from geo.errors import BriefError, LibraryError
from geo.gazetteer.places import Places
from geo.library import Library
from geo.matching.mapping import ColumnMap
from geo.problems import Problem
from geo.sheet import Dialect
from geo.tables.read import Kind, Reading, read

GAZETTEER = (
    *("places.csv", "ports.csv", "port_states.csv", "countries.parquet", "country_names.csv"),
    *("settlements.parquet", "settlement_names.parquet", "airports.parquet"),
)
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
class BriefData:
    """Everything that a brief names as one data set, and what it names with the hashes of now.

    changes: what is not as the brief says it was, a sentence each; told: rows set aside; hash: of all data, as drawn.
    """

    data: DataSet
    refs: tuple[DataRef, ...]
    gazetteer: str
    hash: str
    changes: tuple[str, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A part where it lies now. change: a sentence where it is not as it was; missing: it cannot be had."""

    ref: DataRef
    sha256: str
    path: Path | None = None
    change: str = ""
    missing: bool = False


def gather(brief: Brief, folders: Sequence[Path] = (), *, changed: bool = False) -> BriefData:
    """Reads all data of a brief. folders: where files are looked for beside its own; changed: take what changed.

    Raises BriefError where something is missing, or changed and that is not agreed to, naming each; UnreadableFile.
    """
    library = Library.open()
    found = [_find(ref, [brief.folder, *folders], library) for ref in brief.data]
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
    return _gathered(_once(found), library, gazetteer, tuple(changes))


def noted(brief: Brief, held: Mapping[str, Part]) -> tuple[tuple[DataRef, ...], str, str]:
    """Refs with their hashes, that of the gazetteer and that of all, as `gather` has them, of what is at hand.

    held: the imports of a brief of sets and imports, by their ids. Raises BriefError where one cannot be had.
    """
    library = Library.open()
    found = [_find(ref, [], library) for ref in brief.data]
    if changes := [each.change for each in found if each.change]:
        raise DataChanged(changes, "Load it again.")
    refs, gazetteer = tuple(each.ref for each in _once(found)), sha_of_facts(GAZETTEER)
    drawn = {each.name: _drawn(held[each.name]) for each in refs if each.what == "import"}
    return refs, gazetteer, _hash(refs, gazetteer, drawn)


def _drawn(part: Part) -> str:
    return f"{sha256_of(part.table)} {sha256_of(part.brings)}"


def _once(found: Sequence[_Found]) -> list[_Found]:
    """Each of them once, in an order of their own: a file named twice, or that is an import too, counts once.

    Two imports of the same bytes that were read otherwise are two.
    """
    imported = {each.sha256 for each in found if each.ref.what == "import"}
    once = {
        (each.ref.kind, each.sha256, each.ref.name if each.ref.what == "import" else each.ref.reading): each
        for each in found
        if each.ref.what != "file" or each.sha256 not in imported
    }
    return [once[key] for key in sorted(once)]


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


def _find(ref: DataRef, folders: Sequence[Path], library: Library) -> _Found:
    if ref.what == "set":
        return _compared(ref, sha_of_facts(BUNDLED[ref.name].files))
    return _find_import(ref, library) if ref.what == "import" else _find_file(ref, folders)


def _find_import(ref: DataRef, library: Library) -> _Found:
    try:
        made = library.get(ref.name)
    except LibraryError as error:
        why = f"{error.reason} in {library.where} ({error.hint.removesuffix('.')})"
        return _Found(ref, "", change=f"{ref}: {why}", missing=True)
    if made.withdrawn:
        return _Found(ref, "", change=f"{ref}: it was withdrawn from the library", missing=True)
    return _compared(replace(ref, name=made.id), made.sha256)


def _find_file(ref: DataRef, folders: Sequence[Path]) -> _Found:
    """The one with the hash of the brief, of several that have its name; else the first."""
    candidates = [folder / ref.name for folder in folders]
    there = [path for path in dict.fromkeys(candidates) if path.is_file()]
    if not there:
        where = ", ".join(dict.fromkeys(str(path.parent) for path in candidates))
        return _Found(ref, "", change=f"{ref}: it is not in {where}", missing=True)
    try:
        hashed = [(path, sha_of(path)) for path in there]
    except OSError as error:
        return _Found(ref, "", change=f"{ref}: it cannot be read ({error.strerror})", missing=True)
    path, digest = next((each for each in hashed if each[1] == ref.sha256), hashed[0])
    return _compared(ref, digest, path)


def _compared(ref: DataRef, digest: str, path: Path | None = None) -> _Found:
    change = ""
    if ref.sha256 not in ("", digest):
        change = f"{ref} changed: SHA-256 {ref.sha256[:16]}… then, {digest[:16]}… now"
    return _Found(replace(ref, sha256=digest), digest, path, change)


def _gathered(found: Sequence[_Found], library: Library, gazetteer: str, changes: tuple[str, ...]) -> BriefData:
    readings = _readings([each for each in found if each.path])
    made: list[Part] = []
    drawn: dict[str, str] = {}
    titles: list[str] = []
    for each in found:
        if each.ref.what == "set":
            made += parts.of_bundled(each.ref.name)
            titles.append(BUNDLED[each.ref.name].title)
        elif each.ref.what == "file":
            made.append(parts.of_reading(readings[each.ref], each.ref.name))
            titles.append(Path(each.ref.name).name)
        else:
            part = parts.of_import(library, library.get(each.ref.name))
            made.append(part)
            titles.append(part.name)
            drawn[each.ref.name] = _drawn(part)
    refs = tuple(each.ref for each in found)
    return BriefData(
        data=data_set(made, _title(titles)),
        refs=refs,
        gazetteer=gazetteer,
        hash=_hash(refs, gazetteer, drawn),
        changes=changes,
        told=tuple(_told(ref.name, reading) for ref, reading in readings.items() if len(reading.set_aside)),
    )


def _readings(found: Sequence[_Found]) -> dict[DataRef, Reading]:
    """Every file read, those of places first: names in the others are looked up in them beside our own places."""
    ours = Places.load()
    readings = {each.ref: _read(each, cast("Kind | None", each.ref.kind or None), ours) for each in found}
    own = [parts.of_reading(reading, ref.name) for ref, reading in readings.items() if reading.kind == "places"]
    if own:
        known = parts.gazetteer(own, ours)
        for each in found:
            if (kind := readings[each.ref].kind) != "places":
                readings[each.ref] = _read(each, kind, known)
    return readings


def _read(found: _Found, kind: Kind | None, places: Places) -> Reading:
    """Raises DataChanged where the bytes that were read are not those that were hashed."""
    mapping, dialect = _agreed(found.ref)
    file = found.path or Path(found.ref.name)
    reading = read(file, None if mapping else kind, places=places, mapping=mapping, dialect=dialect)
    if reading.sha256 != found.sha256:
        raise DataChanged([f"{found.ref} changed while it was read"], "Try again once nothing writes into it.")
    return reading


def _agreed(ref: DataRef) -> tuple[ColumnMap | None, Dialect | None]:
    """How the brief says that a file was read; None where it has our own columns."""
    if not ref.reading:
        return None, None
    said = json.loads(ref.reading)
    return ColumnMap.from_json(said["mapping"]), Dialect.from_json(said["dialect"])


def _hash(refs: Sequence[DataRef], gazetteer: str, drawn: Mapping[str, str]) -> str:
    """drawn: of an import the hashes of its tables as they were read: its bytes alone do not say how."""
    told = sorted(
        (each.what, each.name, each.kind, each.sha256, drawn[each.name])
        if each.what == "import"
        else (each.what, "", each.kind, each.sha256, *filter(None, [each.reading]))
        for each in refs
    )
    return hashlib.sha256(json.dumps([told, gazetteer]).encode()).hexdigest()


def _title(titles: Sequence[str]) -> str:
    return " and ".join(sorted(dict.fromkeys(titles)))[:200]


def _told(name: str, reading: Reading) -> Told:
    wrong = [problem for problem in reading.problems if problem.severity == "set aside"]
    return Told(name, reading.rows, len(reading.set_aside), tuple(wrong[:FIRST]))


SLICE = 1 << 17
"""Rows that are laid out at a time."""


def sha256_of(table: pd.DataFrame) -> str:
    """In hexadecimal. Columns count in their order, under their names."""
    whole = hashlib.sha256(len(table).to_bytes(8, "little"))
    for name in table.columns:
        if name == "sum_of" and table[name].isna().all():
            continue  # Tables have had it since sums can be loaded; briefs from before it are still right.
        column, values = hashlib.sha256(str(name).encode()), table[name]
        for start in range(0, len(table), SLICE):
            for part in _parts(values.iloc[start : start + SLICE]):
                column.update(hashlib.sha256(part).digest())
        whole.update(column.digest())
    return whole.hexdigest()


def _parts(values: pd.Series) -> Iterator[bytes]:
    """The values of a column as bytes, the same for the same values."""
    if values.dtype == "geometry":
        shapes = values.to_numpy()
        yield shapely.get_type_id(shapes).astype("<i4").tobytes()
        yield shapely.get_num_coordinates(shapes).astype("<i4").tobytes()
        yield shapely.get_coordinates(shapes).astype("<f8").tobytes()
    elif isinstance(values.dtype, pd.DatetimeTZDtype):
        yield values.dt.tz_convert(None).to_numpy().astype("<M8[us]").tobytes()
    elif pd.api.types.is_float_dtype(values.dtype):
        plain = values.to_numpy().astype("<f8")
        yield np.where(np.isnan(plain), np.nan, plain).tobytes()  # one of the many NaNs
    elif pd.api.types.is_numeric_dtype(values.dtype):
        yield values.to_numpy().astype("<i8").tobytes()
    else:
        given = pa.array(values, from_pandas=True)
        texts = (pa.chunked_array([given]) if isinstance(given, pa.Array) else given).cast(pa.large_binary())
        yield pc.fill_null(pc.binary_length(texts), -1).to_numpy().astype("<i8").tobytes()
        yield b"".join(_letters(chunk) for chunk in texts.chunks)


def _letters(chunk: pa.LargeBinaryArray) -> memoryview:
    """All texts of a piece, one after the other; where each ends is told by their lengths."""
    filled = pc.fill_null(chunk, b"")
    _, offsets, letters = filled.buffers()
    ends = np.frombuffer(offsets, "<i8")[filled.offset : filled.offset + len(filled) + 1]
    return memoryview(letters or b"")[int(ends[0]) : int(ends[-1])]
