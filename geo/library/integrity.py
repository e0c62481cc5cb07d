"""A part of an import, proven as it is read: its bytes are those of which the manifest has the hash, or it is refused.

Every reading of a part goes through here. What is hashed is what is handed on, so that nothing can change in between.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

from geo.errors import LibraryError
from geo.library.package import Import
from geo.library.store import BLOCK, Store

_HINT = (
    "`waybill library verify` names all that was changed. Take the import from a backup, "
    "or move its folder away and load the file anew."
)


def blocks(store: Store, made: Import, part: str) -> Iterator[bytes]:
    """The bytes of a part, a block at a time. Raises LibraryError after the last of them where they are not as kept.

    Until the end nothing is proven: who uses the blocks must be able to throw away what they made of them.
    """
    kept, digest, size = made.parts[part], hashlib.sha256(), 0
    with store.opened(made.path(part)) as file:
        while size <= kept.bytes and (block := file.read(BLOCK)):
            digest.update(block)
            size += len(block)
            yield block
    if size != kept.bytes:
        there = f"more than {kept.bytes:,} bytes" if size > kept.bytes else f"{size:,} bytes of {kept.bytes:,}"
        raise _changed(store, made, part, f"it has {there}")
    if digest.hexdigest() != kept.sha256:
        raise _changed(store, made, part, "its SHA-256 is another")


def content(store: Store, made: Import, part: str) -> bytes:
    """All bytes of a part, as they were kept. Raises LibraryError."""
    held = io.BytesIO()
    for block in blocks(store, made, part):
        held.write(block)
    return held.getvalue()


def _changed(store: Store, made: Import, part: str, how: str) -> LibraryError:
    return LibraryError(store.full(made.path(part)), f"it was changed after it was kept: {how}", _HINT)
