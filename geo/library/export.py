"""An import as files for people and spreadsheets. Their names are ours, never the user's, and lie in one folder.

    original.csv (or as it was)             the bytes as given
    kept.csv, set-aside.csv, problems.csv   no cell of them is run by a spreadsheet
    mapping.json, dialect.json              how the original was read
    grades.csv                              what users graded since, where they did

Each appears whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.atomic_files import put_files
from geo.errors import LibraryError
from geo.files import formulas
from geo.library import package
from geo.library.geoparquet import GEOMETRY, TABLES
from geo.library.library import Library
from geo.library.package import Import
from geo.library.store import in_words
from geo.tables import accepted_rows
from geo.tables.frame import Coded, Columns

SUFFIXES: tuple[str, ...] = (
    ".csv.gz",
    ".tsv.gz",
    ".txt.gz",
    ".csv",
    ".tsv",
    ".txt",
    ".zip",
    ".xlsx",
    ".xls",
    ".xlsb",
    ".ods",
)
SUFFIXES += (".parquet", ".geojson", ".json", ".ndjson", ".jsonl", ".gpkg", ".kml", ".kmz", ".gz")
"""An original keeps one of these, by which other programs know it; any other ending is left out."""


def export(library: Library, identifier: str, folder: str | Path, *, replace: bool = False) -> list[Path]:
    """Writes all files of an import, each whole or not at all; gives their paths.

    Raises LibraryError; where files of these names are there, before anything is written, unless replace is true.
    """
    made, folder = library.get(identifier), Path(folder)
    files = _files(library, made)
    with in_words(str(folder)):
        there = [name for name in files if (folder / name).exists() or (folder / name).is_symlink()]
    if there and not replace:
        hint = "Give another folder, or use --force to replace them."
        raise LibraryError(str(folder), f"there already: {', '.join(there)}", hint)
    with in_words(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
        put_files({folder / name: content() for name, content in files.items()}, replace=replace)
    return [folder / name for name in files]


def _files(library: Library, made: Import) -> dict[str, Callable[[], Iterable[bytes]]]:
    lower = made.name.casefold()
    suffix = next((each for each in SUFFIXES if lower.endswith(each)), "")

    given = library.grades(made.id)
    graded = {"grades.csv": lambda: [formulas.to_csv(_grades(given)).encode()]} if given else {}
    return graded | {
        f"original{suffix}": lambda: package.blocks(library.store, made, "original"),
        "kept.csv": lambda: (part.encode() for part in kept_csv(library.table(made.id), made.kind)),
        "set-aside.csv": lambda: [formulas.to_csv(library.set_aside(made.id)).encode()],
        "problems.csv": lambda: [formulas.to_csv(library.problems(made.id).frame).encode()],
        "mapping.json": lambda: [_pretty(library.mapping(made.id).as_json())],
        "dialect.json": lambda: [_pretty(library.dialect(made.id).as_json())],
    }


def _grades(given: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    letters, numbers = ([halves[half] for halves in given.values()] for half in (0, 1))
    return pd.DataFrame({"report": list(given), "reliability": letters, "credibility": numbers}, dtype="str")


def _pretty(plain: object) -> bytes:
    return (json.dumps(plain, indent=1, ensure_ascii=True) + "\n").encode("ascii")


def kept_csv(table: pd.DataFrame, kind: str) -> Iterator[str]:
    """The CSV in parts. "line" is the row's line in the file it came from; of places and events, which do not know
    it, their number from 1."""
    lines = table["row"].to_numpy(np.int64) if "row" in table.columns else np.arange(1, len(table) + 1)
    return accepted_rows.parts(kind, _columns(table, kind), lines)


def _columns(table: pd.DataFrame, kind: str) -> Columns:
    schema, _ = TABLES[kind]
    columns = {name: _coded(table[name], dtype) for name, dtype in schema.items() if name != "row"}
    shapes = partial(_shapes, table) if GEOMETRY in table.columns and len(table) else None
    return Columns(schema, columns, None, shapes, np.zeros(len(table), bool))


def _shapes(table: pd.DataFrame) -> Coded:
    return Coded(table[GEOMETRY].to_numpy(), np.arange(len(table), dtype=np.int32))


def _coded(values: pd.Series, dtype: str) -> Coded:
    if dtype == "str":
        cells = pa.array(values, from_pandas=True)
        chunks = cells.chunks if isinstance(cells, pa.ChunkedArray) else [cells]
        whole = pa.concat_arrays([pa.array([], pa.large_string()), *(each.cast(pa.large_string()) for each in chunks)])
        encoded = whole.dictionary_encode()
        return Coded(encoded.dictionary, encoded.indices.to_numpy())
    plain = values.dt.tz_localize(None) if isinstance(values.dtype, pd.DatetimeTZDtype) else values
    distinct, codes = np.unique(plain.to_numpy(), return_inverse=True)
    return Coded(distinct, codes.astype(np.int32))
