"""The names in the first line of a CSV: engines are told them, and guess nothing."""

from __future__ import annotations

import csv
import io

import fsspec

from geo.engine.inputs import Input
from geo.errors import UnreadableFile

LONGEST = 1 << 20
"""Bytes of a line of names."""


def names_of(file: Input) -> list[str]:
    """The names in the first line of a CSV. Raises UnreadableFile."""
    try:
        with fsspec.open(file.address, "rt", encoding="utf-8-sig", newline="", compression="infer") as opened:
            names = next(csv.reader(io.StringIO(opened.readline(LONGEST))), [])
    except UnicodeDecodeError as error:
        raise UnreadableFile(file.address, "is not written in UTF-8", "Save it as UTF-8.") from error
    except (OSError, EOFError, csv.Error) as error:
        raise UnreadableFile(file.address, f"cannot be read ({error})", "Export it again.") from error
    names = [name.strip() for name in names]
    if not names or not all(names) or len(set(map(str.casefold, names))) < len(names):
        raise UnreadableFile(
            file.address, "has no line of names, or one in which names are missing or repeated", "Give each column one."
        )
    return names
