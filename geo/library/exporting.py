"""An import as files for people and spreadsheets. Their names are ours, never the user's, and lie in one folder.

    original.csv (or as it was)             the bytes as given
    kept.csv, set-aside.csv, problems.csv   no cell of them is run by a spreadsheet
    mapping.json, dialect.json              how the original was read
    grades.csv                              what users graded since, where they did

Each appears whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from geo.errors import LibraryError
from geo.evidence import formula
from geo.library import integrity
from geo.library.kept_table import kept_csv
from geo.library.library import Library
from geo.library.package import Import
from geo.library.putting import put_files
from geo.library.store import in_words

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
SUFFIXES += (".parquet", ".geojson", ".json", ".gpkg", ".gz")
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
        hint = "Give another folder, or say --force to replace them."
        raise LibraryError(str(folder), f"there already: {', '.join(there)}", hint)
    with in_words(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
        put_files({folder / name: content() for name, content in files.items()}, replace=replace)
    return [folder / name for name in files]


def _files(library: Library, made: Import) -> dict[str, Callable[[], Iterable[bytes]]]:
    lower = made.name.casefold()
    suffix = next((each for each in SUFFIXES if lower.endswith(each)), "")

    given = library.grades(made.id)
    graded = {"grades.csv": lambda: [formula.to_csv(_grades(given)).encode()]} if given else {}
    return graded | {
        f"original{suffix}": lambda: integrity.blocks(library.store, made, "original"),
        "kept.csv": lambda: (part.encode() for part in kept_csv(library.table(made.id), made.kind)),
        "set-aside.csv": lambda: [formula.to_csv(library.set_aside(made.id)).encode()],
        "problems.csv": lambda: [formula.to_csv(library.problems(made.id).frame).encode()],
        "mapping.json": lambda: [_pretty(library.mapping(made.id).as_json())],
        "dialect.json": lambda: [_pretty(library.dialect(made.id).as_json())],
    }


def _grades(given: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    letters, numbers = ([halves[half] for halves in given.values()] for half in (0, 1))
    return pd.DataFrame({"report": list(given), "reliability": letters, "credibility": numbers}, dtype="str")


def _pretty(plain: object) -> bytes:
    return (json.dumps(plain, indent=1, ensure_ascii=True) + "\n").encode("ascii")
