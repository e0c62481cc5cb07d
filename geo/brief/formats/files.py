"""Bytes into a file, and the texts that travel in one: the same rules and the same words for every format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import IO

from geo.atomic_files import put_files
from geo.errors import BriefError

MOST_CARRIED = 1 << 20
"""Bytes of all that a file says about itself. A brief has at most some thousands, and who sends a file has no say."""


class CarriesTooMuch(ValueError):
    """A file says more about itself than `MOST_CARRIED`."""


def put(content: bytes, target: str | Path | IO[bytes]) -> None:
    """Writes a file by its path, whole or not at all, or into an open one. Raises BriefError."""
    if not isinstance(target, (str, Path)):
        target.write(content)
        return
    try:
        put_files({Path(target): [content]}, replace=True)
    except OSError as error:
        raise unwritable(target, error) from error


def unwritable(target: str | Path, error: OSError) -> BriefError:
    """What to say of a file that cannot be written."""
    return BriefError(str(target), f"it cannot be written: {error.strerror}", "Choose another place.")


def check_carried(carry: Mapping[str, str]) -> None:
    """Whether texts can travel in a file under these names. Raises BriefError."""
    for name in carry:
        if not name.isascii() or not name.replace("-", "").isalnum() or not name[0].isalpha():
            raise BriefError(f"metadata {name[:64]!r}", "names are made of letters, digits and '-'", "Rename it.")
