"""The bytes of a file as given, from wherever they are: in blocks, so that a large file is never in memory as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from geo.errors import TooLarge, UnreadableFile
from geo.evidence.intake import limits
from geo.evidence.intake.progress import Progress, silent

Source = str | Path | bytes | IO[bytes] | IO[str]
BLOCK = 16 * limits.MIB
UNNAMED = "upload.csv"


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """A file by name: its bytes, or the path where they lie."""

    name: str
    held: bytes | None = None
    path: Path | None = None

    def __post_init__(self) -> None:
        if self.size > limits.FILE_BYTES:
            raise TooLarge(self.name, "the size of the file", limits.in_words(self.size), limits.in_words(limits.FILE_BYTES))

    @property
    def size(self) -> int:
        """In bytes."""
        if self.held is not None:
            return len(self.held)
        return self._here().stat().st_size

    def parts(self, size: int = BLOCK) -> Iterator[bytes]:
        """The bytes from the beginning, so many at a time."""
        if self.held is not None:
            yield from (self.held[at : at + size] for at in range(0, len(self.held), size))
            return
        with self._opened() as file:
            while part := file.read(size):
                yield part

    def head(self, size: int) -> bytes:
        """At most so many bytes from the beginning."""
        return next(self.parts(size), b"")

    def whole(self) -> bytes:
        """All bytes at once, for the forms that cannot be read in blocks. Raises TooLarge."""
        if self.size > limits.HELD_BYTES:
            found, limit = limits.in_words(self.size), limits.in_words(limits.HELD_BYTES)
            raise TooLarge(self.name, "the size of a file that is read as a whole", found, limit)
        return self.held if self.held is not None else b"".join(self.parts())

    def sha256(self, progress: Progress = silent) -> str:
        """Of all bytes, in hexadecimal."""
        digest = hashlib.sha256()
        for part in self.parts():
            progress(0.0, "checking the bytes")
            digest.update(part)
        return digest.hexdigest()

    def _here(self) -> Path:
        if self.path is None:
            raise UnreadableFile(self.name, "has no content", "Give its bytes or its path.")
        return self.path

    def _opened(self) -> IO[bytes]:
        try:
            return self._here().open("rb")
        except (OSError, ValueError) as error:
            raise _unopened(self._here(), error) from error


def content_from(file: Source, name: str | None = None) -> Content:
    """A path, bytes or an open file. Raises UnreadableFile, TooLarge."""
    if isinstance(file, bytes):
        return Content(name or UNNAMED, file)
    if isinstance(file, str | Path):
        path = Path(file)
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UnreadableFile(path, "is a device or a pipe, not a file", "Copy what it gives into a file.")
        try:
            path.open("rb").close()
        except (OSError, ValueError) as error:
            raise _unopened(path, error) from error
        return Content(name or str(file), path=path)
    if file.seekable():
        file.seek(0)
    found = file.read(limits.FILE_BYTES + 1)
    content = found if isinstance(found, bytes) else found.encode("utf-8", "surrogatepass")
    return Content(name or str(getattr(file, "name", None) or UNNAMED), content)


def content_of(file: Source) -> tuple[bytes, str]:
    """All bytes of a path, bytes or an open file as given, and its name. Raises UnreadableFile, TooLarge."""
    content = content_from(file)
    return content.held if content.held is not None else b"".join(content.parts()), content.name


def _unopened(path: Path, error: Exception) -> UnreadableFile:
    if isinstance(error, IsADirectoryError):
        return UnreadableFile(path, "is a folder", "Name a file in it.")
    if isinstance(error, FileNotFoundError):
        return UnreadableFile(path, "there is no such file", "Check the name and the folder.")
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableFile(path, f"cannot be opened: {reason}", "Check its name and your rights.")
