"""Files written beside a user's own: whole or not at all, and never over another one unasked."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

LONGEST_STEM = 100
"""Characters of its name that a draft keeps, so that the rest of its own fits into a name."""


def put_files(files: Mapping[Path, Iterable[bytes]], *, replace: bool) -> None:
    """Writes files under other names in their folders, and gives them their names once all are whole.

    Raises FileExistsError where a file of a name is there and replace is false, and OSError with the file's path. A
    link that stands there is replaced, never followed. Whatever stops the work leaves no file that is not whole.
    """
    drafts = {path: path.with_name(f".{path.name[:LONGEST_STEM]}.{secrets.token_hex(4)}.draft") for path in files}
    try:
        for path, blocks in files.items():
            if not replace and (path.exists() or path.is_symlink()):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
            _write(drafts[path], path, blocks)
        for path, draft in drafts.items():
            _name(draft, path, replace=replace)
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink()


def _write(draft: Path, path: Path, blocks: Iterable[bytes]) -> None:
    with _about(path):
        file = draft.open("xb")
    try:
        for block in blocks:  # What making them raises is not about this file.
            with _about(path):
                file.write(block)
        with _about(path):
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):  # what was not written stays so
            file.close()
        raise
    with _about(path):
        file.close()


def _name(draft: Path, path: Path, *, replace: bool) -> None:
    with _about(path):
        if replace:
            draft.replace(path)
            return
        try:
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:  # a disk without links
            draft.rename(path)


@contextmanager
def _about(path: Path) -> Iterator[None]:
    """An OSError names the file that was to be, not its draft, and not nothing."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error
