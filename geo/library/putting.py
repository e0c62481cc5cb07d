"""A file of ours put beside a user's own: whole or not at all, and never over another one unasked."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from geo.library.store import token


def put_file(path: Path, blocks: Iterable[bytes], *, replace: bool) -> None:
    """Writes a file under another name in its folder, and gives it its name once it is whole.

    Raises FileExistsError where a file of the name is there and replace is false, and OSError. A link that stands
    there is replaced, never followed.
    """
    if not replace and (path.exists() or path.is_symlink()):
        raise FileExistsError(path)
    draft = path.with_name(f".{path.name[:100]}.{token()}.draft")
    try:
        with draft.open("xb") as file:
            for block in blocks:
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        _name(draft, path, replace=replace)
    finally:
        with suppress(OSError):
            draft.unlink()


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
