"""Files of ours put beside a user's own: whole or not at all, and never over another one unasked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from geo.library.store import token

LONGEST_STEM = 100
"""Characters of its name that a draft keeps, so that the rest of its own fits into a name."""


def put_files(files: Mapping[Path, Iterable[bytes]], *, replace: bool) -> None:
    """Writes files under other names in their folders, and gives them their names once all are whole.

    Raises FileExistsError where a file of a name is there and replace is false, and OSError. A link that stands there
    is replaced, never followed. Whatever stops the work leaves no file that is not whole.
    """
    drafts = {path: path.with_name(f".{path.name[:LONGEST_STEM]}.{token()}.draft") for path in files}
    try:
        for path, blocks in files.items():
            if not replace and (path.exists() or path.is_symlink()):
                raise FileExistsError(path)
            _write(drafts[path], blocks)
        for path, draft in drafts.items():
            _name(draft, path, replace=replace)
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink()


def _write(draft: Path, blocks: Iterable[bytes]) -> None:
    with draft.open("xb") as file:
        for block in blocks:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _name(draft: Path, path: Path, *, replace: bool) -> None:
    if replace:
        draft.replace(path)
        return
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        draft.rename(path)
