"""The bytes of a file as given, from wherever they are: in blocks, so that a large one is never held as a whole."""

from __future__ import annotations

import hashlib
import io
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from geo.errors import TooLarge, UnreadableFile
from geo.files import limits

Source = str | Path | bytes | IO[bytes] | IO[str]
BLOCK = 16 * limits.MIB
UNNAMED = "upload.csv"


class Content(ABC):
    """The bytes of a file by its name; `name` is for reading by people alone."""

    name: str

    @abstractmethod
    def parts(self, size: int = BLOCK) -> Iterator[bytes]:
        """The bytes from the beginning, at most so many at a time. Each call begins anew."""

    def head(self, size: int) -> bytes:
        """At most so many bytes from the beginning."""
        found = b""
        for part in self.parts(size):
            found += part
            if len(found) >= size:
                break
        return found[:size]

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """A file that holds these bytes, for another process: that of its user, or a copy that nobody else can read.

        Raises TooLarge, UnreadableFile.
        """
        with tempfile.TemporaryDirectory(prefix="waybill-") as folder:
            path = Path(folder) / "file"
            try:
                with path.open("xb") as file:
                    for part in limited(self):
                        file.write(part)
            except OSError as error:
                reason = f"cannot be copied into {tempfile.gettempdir()}: {error.strerror or error}"
                raise UnreadableFile(self.name, reason, "Make room there, or set TMPDIR to another folder.") from error
            yield path

    @contextmanager
    def seekable(self) -> Iterator[IO[bytes]]:
        """These bytes as a file that can be read from anywhere in it. Raises TooLarge, UnreadableFile."""
        with self.on_disk() as path, path.open("rb") as file:
            yield file


def limited(content: Content) -> Iterator[bytes]:
    """The bytes of a file that cannot be read in blocks. Raises TooLarge."""
    held = 0
    for part in content.parts():
        held += len(part)
        if held > limits.HELD_BYTES:
            words = limits.in_words(limits.HELD_BYTES)
            raise TooLarge(content.name, "the size of a file of this form", f"more than {words}", words)
        yield part


@dataclass(frozen=True, slots=True, eq=False)
class GivenContent(Content):
    """A file as somebody gave it: its bytes, or the path where they lie."""

    name: str
    held: bytes | None = None
    path: Path | None = None

    def __post_init__(self) -> None:
        if self.size > limits.FILE_BYTES:
            found, limit = limits.in_words(self.size), limits.in_words(limits.FILE_BYTES)
            raise TooLarge(self.name, "the size of the file", found, limit)

    @property
    def size(self) -> int:
        """In bytes."""
        if self.path is not None:
            return self.path.stat().st_size
        return len(self.held or b"")

    def parts(self, size: int = BLOCK) -> Iterator[bytes]:
        """See `Content.parts`."""
        if self.path is None:
            held = self.held or b""
            yield from (held[at : at + size] for at in range(0, len(held), size))
            return
        try:
            with self.path.open("rb") as file:
                while part := file.read(size):
                    yield part
        except OSError as error:
            raise _unopened(self.path, error) from error

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """See `Content.on_disk`."""
        self._check_held()
        if self.path is not None:
            yield self.path
        else:
            with Content.on_disk(self) as path:
                yield path

    @contextmanager
    def seekable(self) -> Iterator[IO[bytes]]:
        """See `Content.seekable`."""
        self._check_held()
        if self.held is not None:
            yield io.BytesIO(self.held)
        else:
            with Content.seekable(self) as file:
                yield file

    def _check_held(self) -> None:
        if self.size > limits.HELD_BYTES:
            words = limits.in_words(self.size), limits.in_words(limits.HELD_BYTES)
            raise TooLarge(self.name, "the size of a file of this form", *words)

    def sha256(self) -> str:
        """Of all bytes, in hexadecimal."""
        digest = hashlib.sha256()
        for part in self.parts():
            digest.update(part)
        return digest.hexdigest()


def content_from(file: Source, name: str | None = None) -> GivenContent:
    """A path, bytes or an open file. Raises UnreadableFile, TooLarge."""
    if isinstance(file, bytes):
        return GivenContent(name or UNNAMED, file)
    if isinstance(file, str | Path):
        path = Path(file)
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UnreadableFile(path, "is a device or a pipe, not a file", "Copy what it gives into a file.")
        try:
            path.open("rb").close()
        except (OSError, ValueError) as error:
            raise _unopened(path, error) from error
        return GivenContent(name or str(file), path=path)
    if file.seekable():
        file.seek(0)
    found = file.read(limits.FILE_BYTES + 1)
    content = found if isinstance(found, bytes) else found.encode("utf-8", "surrogatepass")
    return GivenContent(name or str(getattr(file, "name", None) or UNNAMED), content)


def content_of(file: Source) -> tuple[bytes, str]:
    """All bytes of a path, bytes or an open file as given, and its name. Raises UnreadableFile, TooLarge."""
    given = content_from(file)
    return given.held if given.held is not None else b"".join(given.parts()), given.name


def _unopened(path: Path, error: Exception) -> UnreadableFile:
    if isinstance(error, IsADirectoryError):
        return UnreadableFile(path, "is a folder", "Name a file in it.")
    if isinstance(error, FileNotFoundError):
        return UnreadableFile(path, "does not exist", "Check the name and the folder.")
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableFile(path, f"cannot be opened: {reason}", "Check its name and your rights.")
