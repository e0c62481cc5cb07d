"""All that a library holds."""

from __future__ import annotations

from geo.library import Library


def files_of(library: Library) -> dict[str, bytes]:
    """Everything in a library, by path."""
    there = library.store.fs.find(library.where) if library.store.fs.exists(library.where) else []
    return {path: library.store.fs.cat_file(path) for path in there}
