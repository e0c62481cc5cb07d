"""Keeping an import: every part first, the manifest last.

Whatever happens before the manifest is there leaves a folder that counts for nothing. The next keeping of the same
import removes such folders once they are a day old; younger ones may belong to a process that is still at work.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from geo.columns import PLACE_TABLE
from geo.errors import LibraryError
from geo.library import geoparquet
from geo.library.package import (
    LONGEST_NAME,
    MANIFEST,
    PACKAGES,
    PARTS,
    Import,
    PackageFile,
    as_manifest,
    canonical,
    from_manifest,
    identity,
    is_attempt,
    marked,
    plain_json,
    tool_version,
)
from geo.library.store import BLOCK, TIME_FORM, Store, Written, stamp, token
from geo.tables.sites import SOURCE

if TYPE_CHECKING:
    from geo.errors import Progress
    from geo.tables.read import Reading

Content = bytes | str | Path | IO[bytes]
OLD = timedelta(days=1)
"""A folder without a manifest that is older than this is a remnant: no import takes a day."""
_FAULT = "This is a fault of Waybill; please report it."


@dataclass(frozen=True, slots=True)
class Recipe:
    """What, with the bytes, makes a table what it is."""

    sha256: str
    kind: str
    dialect: dict[str, str | int]
    mapping: dict[str, object]
    fixes: dict[str, dict[str, str]]
    places: str

    @property
    def id(self) -> str:
        """The same for the same bytes, kind, dialect, mapping, fixes and places beside the gazetteer's."""
        return identity(asdict(self))


def recipe(reading: Reading, places: gpd.GeoDataFrame | None) -> Recipe:
    """places: those that `named` gives."""
    return Recipe(
        sha256=reading.sha256,
        kind=reading.kind,
        dialect=reading.dialect.as_json(),
        mapping=reading.mapping.as_json(),
        fixes={str(line): dict(cells) for line, cells in reading.fixes.items()},
        places=_hashed(places),
    )


def named(reading: Reading, places: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame | None:
    """Of places from elsewhere those that a reading's rows name and that are no position of its own; None for none."""
    if places is None or not len(places) or reading.kind not in ("legs", "totals"):
        return None
    used: set[str] = set()
    for piece in reading.tables():
        used.update(piece["origin"].unique(), piece["destination"].unique())
    made = reading.own_places
    own = made["code"][made["source"] == SOURCE]
    chosen = places[places["code"].isin(used) & ~places["code"].isin(own)]
    return chosen if len(chosen) else None


def keep(
    store: Store,
    reading: Reading,
    content: Content,
    name: str,
    places: gpd.GeoDataFrame | None,
    progress: Progress | None,
) -> Import:
    """Keeps a reading and the bytes it was made of. `again`: it had been kept before, and nothing was done.

    Raises LibraryError, and whatever progress raises; then nothing of it counts.
    """
    places = named(reading, places)
    how = recipe(reading, places)
    folder = f"{PACKAGES}/{how.id}"
    if (there := _there(store, folder)) is not None:
        return there
    now = datetime.now(UTC)
    attempt = f"{stamp(now)}-{token()}"
    try:
        parts = dict(_write(store, f"{folder}/{attempt}", reading, content, how, places, progress or _silent))
        store.settle(f"{folder}/{attempt}")
        made = Import(
            id=how.id,
            name=name[:LONGEST_NAME],
            kind=reading.kind,
            rows=reading.rows,
            kept=reading.kept,
            set_aside=len(reading.set_aside),
            warnings=len(reading.problems.warnings),
            sha256=reading.sha256,
            made=now,
            version=tool_version(),
            places_sha256=how.places,
            attempt=attempt,
            parts=parts,
        )
        first = store.put_once(f"{folder}/{MANIFEST}", as_manifest(made))
    except BaseException:
        store.discard(f"{folder}/{attempt}")
        raise
    if not first:
        store.discard(f"{folder}/{attempt}")
        return _there(store, folder) or made
    _tidy(store, folder, attempt)
    return made


def _there(store: Store, folder: str) -> Import | None:
    path = f"{folder}/{MANIFEST}"
    if not store.exists(path):
        return None
    where = store.full(path)
    return marked(from_manifest(where, folder.rpartition("/")[2], plain_json(where, store.read(path))), again=True)


def _write(
    store: Store,
    folder: str,
    reading: Reading,
    content: Content,
    how: Recipe,
    places: gpd.GeoDataFrame | None,
    progress: Progress,
) -> Iterator[tuple[str, PackageFile]]:
    """Writes every part but the manifest, the largest last, and yields its name and what it is."""

    @contextmanager
    def part(name: str) -> Iterator[Written]:
        with store.writing(f"{folder}/{PARTS[name]}") as file:
            yield file

    progress(0.0, "Keeping the original")
    with part("original") as file:
        _copy(content, file)
    if file.sha256 != how.sha256:
        reason = "the bytes to keep are not those that were read"
        raise LibraryError(reading.file, reason, "The file was changed meanwhile. Load it again.")
    yield "original", PackageFile(file.bytes, file.sha256)
    for name in ("dialect", "mapping", "fixes"):
        with part(name) as file:
            file.write(canonical(getattr(how, name)))
        yield name, PackageFile(file.bytes, file.sha256)
    with part("places") as file:
        for _ in geoparquet.write_table(file, "places", [_together(reading.own_places, places)]):
            pass
    yield "places", PackageFile(file.bytes, file.sha256)
    for name, frame in (("problems", reading.problems.frame), ("set aside", reading.set_aside)):
        with part(name) as file:
            geoparquet.write_texts(file, frame)
        yield name, PackageFile(file.bytes, file.sha256)
    rows = 0
    with part("table") as file:
        for rows in geoparquet.write_table(file, reading.kind, reading.tables()):
            progress(rows / max(reading.kept, 1), "Keeping the table")
    if rows != reading.kept:
        raise LibraryError(reading.file, f"{reading.kept:,} rows were to be kept, and there are {rows:,}", _FAULT)
    yield "table", PackageFile(file.bytes, file.sha256)


def _copy(content: Content, file: Written) -> None:
    if isinstance(content, bytes):
        file.write(content)
    elif isinstance(content, (str, Path)):
        for block in _blocks(Path(content)):
            file.write(block)
    else:
        content.seek(0)
        shutil.copyfileobj(content, file, BLOCK)


def _blocks(path: Path) -> Iterator[bytes]:
    """A file, read; only what its own disk refuses is told of it. Raises LibraryError."""
    try:
        with path.open("rb") as source:
            while block := source.read(BLOCK):
                yield block
    except OSError as error:
        reason = f"it can no longer be read ({error.strerror or error})"
        raise LibraryError(str(path), reason, "Check that it exists, and load it again.") from error


def _tidy(store: Store, folder: str, attempt: str) -> None:
    for name, is_folder in store.names(folder).items():
        old = is_attempt(name) and datetime.now(UTC) - _begun(name) > OLD
        if is_folder and name != attempt and old:
            store.discard(f"{folder}/{name}")


def _begun(attempt: str) -> datetime:
    try:
        return datetime.strptime(attempt.partition("-")[0], TIME_FORM).replace(tzinfo=UTC)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)


def _together(own: gpd.GeoDataFrame, given: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame:
    """Of two rows with one code that of the places given is kept: a position of the reading's own is not among them."""
    if given is None or not len(given):
        return own
    rows = pd.concat([given, own], ignore_index=True) if len(own) else given
    return gpd.GeoDataFrame(rows.drop_duplicates("code"), geometry="geometry", crs=given.crs)


def _hashed(places: gpd.GeoDataFrame | None) -> str:
    """SHA-256 of places in the order of their codes, "" for none: nothing else of a table counts for its identity."""
    if places is None or not len(places):
        return ""
    ordered = places.sort_values("code")
    texts = ordered[list(PLACE_TABLE)].astype("str").to_dict("records")
    lon, lat = ordered.geometry.x.tolist(), ordered.geometry.y.tolist()
    return hashlib.sha256(canonical(list(zip(texts, lon, lat, strict=True)))).hexdigest()


def _silent(_share: float, _what: str) -> None:
    """Tells nobody."""
