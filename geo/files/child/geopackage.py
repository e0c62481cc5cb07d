"""GeoPackage by SQLite alone. Only plain tables of features and attributes are read; nothing in the file is run.

A GeoPackage is an SQLite database, and its schema can name code: views, triggers, virtual tables over other files of
this machine, computed columns. The `sqlite3` of the standard library has no module that opens files, an authorizer lets
this connection do nothing but select from the tables chosen, and a file that names such code is refused in words.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from geo.errors import DialectError, UnreadableFile
from geo.files import limits
from geo.files.cell_text import text_of
from geo.files.child import main
from geo.files.child.geojson import ends_of, wkb_of
from geo.files.child.main import Answer, Request

_BATCH = 2_000
_LONGEST = 64 * limits.MIB
"""Of a value: the outline of a large country is some megabytes."""
_KINDS = ("features", "attributes")
_OWN_VIEWS = {"st_spatial_ref_sys", "st_geometry_columns"}
_OWN_TRIGGERS = re.compile(r"(gpkg|rtree|fgti|fgtu|trigger_(insert|delete|update)_feature_count)_.*", re.IGNORECASE)
_RTREE = re.compile(r'CREATE\s+VIRTUAL\s+TABLE\s+("[^"]*"|\S+)\s+USING\s+"?rtree"?\s*\(', re.IGNORECASE)
_HINT = "Copy the layer into a new GeoPackage, without views, triggers and virtual tables."
_TABLES = {"gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys", "sqlite_master"}


@dataclass(frozen=True, slots=True)
class _Layer:
    """A table: its columns but the key and the geometry, whether each is true or false, the geometry's column or ""."""

    table: str
    columns: list[str]
    boolean: list[bool]
    geometry: str
    crs: str | None


def answers(path: str, request: Request) -> Iterator[Answer]:
    """{"layers"}: a list of names. {"rows": layer, "most"}: {"header", "crs"}, then {"rows", "ends" or absent}."""
    with closing(_opened(path)) as database:
        try:
            tables = _plain_tables(database)
            layers = _layers(database, tables)
            if "layers" in request:
                yield main.JSON, layers
                return
            chosen = str(request["rows"])
            if chosen not in layers:
                raise DialectError("sheet", chosen, f"the file has {', '.join(map(repr, layers))}")
            yield from _rows(database, _layer(database, chosen), request.get("most"))
        except sqlite3.Error as error:
            raise UnreadableFile("", f"is a broken GeoPackage: {error}", "Export it again.") from error


def _opened(path: str) -> sqlite3.Connection:
    """Read only, without its journal, and with the authorizer of `_authorize`."""
    if any(Path(f"{path}-{end}").is_file() and Path(f"{path}-{end}").stat().st_size for end in ("wal", "journal")):
        reason = "is open in another program, or was not closed well: a journal with changes lies beside it"
        raise UnreadableFile("", reason, "Close it there, and load it again.")
    database = sqlite3.connect(f"{Path(path).as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    for setting in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "mmap_size=0", "temp_store=MEMORY"):
        database.execute(f"PRAGMA {setting}")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    database.set_authorizer(_authorize)
    return database


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, source: str | None) -> int:
    """Selecting, and reading from tables; nothing on behalf of a view or a trigger (`source`), and no function."""
    allowed = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ) or (
        action == sqlite3.SQLITE_PRAGMA and first == "table_xinfo"
    )
    del second
    return sqlite3.SQLITE_OK if allowed and source is None else sqlite3.SQLITE_DENY


def _plain_tables(database: sqlite3.Connection) -> dict[str, str]:
    """Lower-case name -> name of the tables that hold their own rows. Raises UnreadableFile where the file names code.

    A table without a root page has no rows of its own: SQLite itself tells virtual tables so, however they are written.
    """
    tables: dict[str, str] = {}
    for kind, name, page, sql in database.execute("SELECT type, name, rootpage, sql FROM sqlite_master"):
        shown = repr(str(name)[:80])
        if kind == "view" and str(name).lower() not in _OWN_VIEWS:
            raise UnreadableFile("", f"has a view, {shown}, which would be run to be read", _HINT)
        if kind == "trigger" and not _OWN_TRIGGERS.fullmatch(str(name)):
            raise UnreadableFile("", f"has a trigger, {shown}", _HINT)
        if kind == "table" and page:
            tables[str(name).lower()] = str(name)
        elif kind == "table" and not _RTREE.match(str(sql)):
            raise UnreadableFile("", f"has a virtual table, {shown}, which may refer to another file", _HINT)
    return tables


def _layers(database: sqlite3.Connection, tables: dict[str, str]) -> list[str]:
    """The names of the layers that can be read, in the order in which the file lists them."""
    if "gpkg_contents" not in tables:
        raise UnreadableFile("", "is an SQLite database, but not a GeoPackage: it lists no layers", "Export it as CSV.")
    listed = database.execute("SELECT table_name, data_type FROM gpkg_contents ORDER BY rowid")
    names = [str(name) for name, kind in listed if kind in _KINDS]
    layers = [tables[name.lower()] for name in names if name.lower() in tables and name.lower() not in _TABLES]
    if not layers:
        raise UnreadableFile("", "has no layer of features or attributes", "Export the table as CSV.")
    return list(dict.fromkeys(layers))


def _layer(database: sqlite3.Connection, table: str) -> _Layer:
    columns, boolean = [], []
    geometry, crs = _geometry(database, table)
    for _, name, kind, _, _, key, hidden in database.execute(f"PRAGMA table_xinfo({_quoted(table)})"):
        if hidden:
            reason = f"column {str(name)[:80]!r} of layer {table[:80]!r} is computed, which would be run to be read"
            raise UnreadableFile("", reason, "Copy the layer into a new GeoPackage.")
        if str(name).lower() == geometry.lower():
            geometry = str(name)
        elif not (key and str(kind).upper() == "INTEGER"):
            columns.append(str(name))
            boolean.append(str(kind).upper() == "BOOLEAN")
    return _Layer(table, columns, boolean, geometry, crs)


def _geometry(database: sqlite3.Connection, table: str) -> tuple[str, str | None]:
    """(the column of a layer's geometries or "", its coordinate reference system by authority or as WKT)."""
    found = database.execute(
        "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ? COLLATE NOCASE", (table,)
    ).fetchone()
    if found is None:
        return "", None
    system = database.execute(
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
        (found[1],),
    ).fetchone()
    if system is None or str(system[0]).upper() == "NONE":
        return str(found[0]), None
    if re.fullmatch(r"[A-Za-z]+", str(system[0])) and str(system[1]).isdigit():
        return str(found[0]), f"{system[0]}:{system[1]}"
    return str(found[0]), str(system[2])


def _rows(database: sqlite3.Connection, layer: _Layer, most: int | None) -> Iterator[Answer]:
    yield main.JSON, {"header": layer.columns, "crs": layer.crs}
    wanted = [*layer.columns, *([layer.geometry] if layer.geometry else [])]
    if not wanted:
        return
    asked = ", ".join(map(_quoted, wanted))
    limit = f" LIMIT {int(most)}" if most is not None else ""
    cursor = database.execute(f"SELECT {asked} FROM {_quoted(layer.table)}{limit}")  # noqa: S608  quoted names
    while batch := cursor.fetchmany(_BATCH):
        rows = [_texts(row, layer) for row in batch]
        ends = ends_of([wkb_of(row[-1]) for row in batch]) if layer.geometry else {}
        yield main.JSON, {"rows": rows, "ends": ends}


def _texts(row: tuple[object, ...], layer: _Layer) -> list[str]:
    return [_text(value, name, true) for value, name, true in zip(row, layer.columns, layer.boolean, strict=False)]


def _text(value: object, column: str, boolean: bool) -> str:
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError as error:
            raise UnreadableFile("", f"column {column!r} is not text: {error}", "Leave it out.") from error
    if boolean and value in (0, 1):
        return text_of(bool(value))
    return _instant(value) if isinstance(value, str) else text_of(value)


def _instant(text: str) -> str:
    """A moment as the GeoPackage standard writes it, without a fraction of zero; any other text as it stands."""
    if len(text) == len("2023-09-07T00:00:00.000Z") and text.endswith(".000Z"):
        try:
            dt.datetime.fromisoformat(text)
        except ValueError:
            return text
        return text.removesuffix(".000Z") + "Z"
    return text


def _quoted(name: str) -> str:
    """A name as an identifier of SQL; SQLite stores no NUL in one."""
    return '"' + name.replace('"', '""') + '"'
