"""Where a library lies: files below one root on any file system that fsspec knows. Nothing here is ever renamed over.

On the local disk what was written is on the disk before anything refers to it (fsync of the file, then of its folder),
and a file that others wait for appears whole or not at all. Other file systems put a file whole, as object stores do.

A library is its owner's alone: its folder is made with rights for nobody else. Where it already exists, its rights
are somebody's choice, and all that is made below has the same.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from geo import library_folder
from geo.errors import LibraryError

ELSEWHERE = f"Or set {library_folder.VARIABLE} to another place."
BLOCK = 1 << 20
"""Bytes read at a time: hashing a file takes no more memory than this."""
DRAFT = ".draft"
"""How a file that is still being written ends; whatever ends so after a crash is a remnant."""
OWNERS = 0o700
"""The rights of a library's folder that we make, and of those on the way to it."""
TIME_FORM = "%Y%m%dT%H%M%S%fZ"
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
_SAID = {
    errno.ENOSPC: ("the disk is full", f"Make room and try again. {ELSEWHERE}"),
    errno.EDQUOT: ("your share of the disk is used up", f"Make room and try again. {ELSEWHERE}"),
    errno.EFBIG: ("the disk, or a limit of this session, allows no file so large", f"Raise the limit. {ELSEWHERE}"),
    errno.EROFS: ("it is on a disk that can only be read", f"Make it writable. {ELSEWHERE}"),
    errno.EACCES: ("you do not have the right to it", f"Ask for the right to read and write there. {ELSEWHERE}"),
    errno.EPERM: ("you do not have the right to it", f"Ask for the right to read and write there. {ELSEWHERE}"),
    errno.ENOTDIR: ("there is a file where a folder is needed", f"Move the file away. {ELSEWHERE}"),
    errno.EEXIST: ("there is a file where a folder is needed", f"Move the file away. {ELSEWHERE}"),
    errno.ENOENT: ("it is not there", f"`waybill library verify` names what is missing. {ELSEWHERE}"),
    errno.ENAMETOOLONG: ("the path is longer than this disk allows", f"Shorten it. {ELSEWHERE}"),
    errno.EIO: ("the disk fails", "Copy the library to another disk and run `waybill library verify` there."),
}
_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
"""What is no matter of one file: the library's folder is named."""


def stamp(when: datetime) -> str:
    """A time in UTC to the microsecond, so that names made of it sort by time."""
    return when.strftime(TIME_FORM)


def token() -> str:
    """Eight random hex digits: what keeps two processes apart that write in the same microsecond."""
    return secrets.token_hex(4)


@contextmanager
def in_words(where: str, root: str = "") -> Iterator[None]:
    """Turns what a file system raises into a LibraryError about `where`; about root where all of the disk is meant."""
    try:
        yield
    except OSError as error:
        reason, hint = _SAID.get(error.errno or 0, (f"it cannot be used ({error})", f"Check it. {ELSEWHERE}"))
        if isinstance(error, FileNotFoundError):
            reason, hint = _SAID[errno.ENOENT]
        raise LibraryError(root if root and error.errno in _OF_THE_DISK else where, reason, hint) from error


class Written(io.RawIOBase):
    """A file being written that counts and hashes what passes. Attributes: bytes, sha256 (hex).

    What its disk refuses is told of it, and nothing else: who writes may be reading another file meanwhile.
    """

    def __init__(self, below: IO[bytes], where: str = "", root: str = "") -> None:
        self._below, self._where, self._root = below, where, root
        self._hash = hashlib.sha256()
        self.bytes = 0

    @property
    def sha256(self) -> str:
        """Of all that was written, in hex."""
        return self._hash.hexdigest()

    def writable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Bytes written so far; it is written from front to back only."""
        return self.bytes

    def write(self, content: Any) -> int:  # noqa: ANN401 -- any buffer: pyarrow hands over its own
        """Passes on all of content."""
        view = memoryview(content).cast("B")
        with in_words(self._where, self._root):
            self._below.write(view)
        self._hash.update(view)
        self.bytes += len(view)
        return len(view)


@dataclass(frozen=True, slots=True)
class Store:
    """Files below `root` of the file system `fs`. Paths are relative to root, with "/" between their names."""

    fs: fsspec.AbstractFileSystem
    root: str

    @staticmethod
    def at(url: str | Path | None = None) -> Store:
        """A path or an fsspec URL; `WAYBILL_LIBRARY` or the user's data folder where none is given."""
        where = str(url or library_folder.where())
        try:
            fs, root = fsspec.url_to_fs(str(Path(where).expanduser()) if "://" not in where else where)
        except (ValueError, ImportError, OSError) as error:
            raise LibraryError(where, f"no file system is known for it ({error})", "Give a folder.") from error
        store = Store(fs, root.rstrip("/"))
        with in_words(root):
            if store.local and Path(root).exists() and not Path(root).is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "")
        return store

    @property
    def local(self) -> bool:
        """Whether it is the disk of this machine, where fsync and links are to be had."""
        return isinstance(self.fs, LocalFileSystem)

    def full(self, path: str) -> str:
        """The path as the file system knows it, and as a reader is told."""
        return f"{self.root}/{path}"

    def names(self, folder: str) -> dict[str, bool]:
        """Name -> whether it is a folder, of what lies in folder, sorted; none where there is no such folder."""
        self.fs.invalidate_cache()
        here = self.full(folder)
        with self._in_words(folder):
            try:
                found = self.fs.ls(here, detail=True)
            except (FileNotFoundError, NotADirectoryError):
                return {}
        named = {str(each["name"]).rstrip("/").rsplit("/", 1)[-1]: each["type"] == "directory" for each in found}
        alone = len(found) == 1 and found[0]["type"] != "directory" and str(found[0]["name"]).endswith(here.lstrip("/"))
        return {} if alone else dict(sorted(named.items()))

    def exists(self, path: str) -> bool:
        """Whether a file is there."""
        self.fs.invalidate_cache()
        with self._in_words(path):
            return bool(self.fs.exists(self.full(path)))

    def read(self, path: str) -> bytes:
        """All bytes of a file."""
        with self._in_words(path):
            content: bytes = self.fs.cat_file(self.full(path))
            return content

    @contextmanager
    def opened(self, path: str) -> Iterator[IO[bytes]]:
        """A file to read from, anywhere in it."""
        with self._in_words(path), self.fs.open(self.full(path), "rb") as file:
            yield file

    @contextmanager
    def writing(self, path: str) -> Iterator[Written]:
        """A new file; on the local disk its content is on the disk when the block ends."""
        with self._in_words(path):
            self._folder(path.rpartition("/")[0])
            file = self.fs.open(self.full(path), "wb")
            if self.local:
                self._give_rights(file.fileno(), 0o666)
        try:
            yield Written(file, self.full(path), self.root)
        except BaseException:
            with suppress(Exception):  # as when the disk is full, which was told
                file.close()
            raise
        with self._in_words(path), file:
            if self.local:
                file.flush()
                os.fsync(file.fileno())

    def settle(self, folder: str) -> None:
        """Returns when the names in folder, and in those above it up to the root, are on the disk.

        Those above may have been made by another process, which may not have come so far.
        """
        if self.local and os.name == "posix":
            here = Path(self.full(folder))
            with self._in_words(folder):
                for each in (here, *here.parents):
                    _sync(each)
                    if each == Path(self.root):
                        break

    def put_once(self, path: str, content: bytes) -> bool:
        """Puts a file whole, unless it already exists. False: it was, and is as it was."""
        if self.exists(path):
            return False
        if not self.local:
            with self._in_words(path):
                self.fs.pipe_file(self.full(path), content)
            return True
        draft = f"{path}.{token()}{DRAFT}"
        try:
            with self.writing(draft) as file:
                file.write(content)
            with self._in_words(path):
                put = _link(Path(self.full(draft)), Path(self.full(path)))
        finally:
            with suppress(OSError):
                Path(self.full(draft)).unlink()
        self.settle(path.rpartition("/")[0])
        return put

    def discard(self, folder: str) -> None:
        """Removes a folder of remnants, as far as that can be done: remnants do not count."""
        with suppress(OSError):
            self.fs.rm(self.full(folder), recursive=True)

    def _in_words(self, path: str) -> AbstractContextManager[None]:
        return in_words(self.full(path), self.root)

    def _folder(self, path: str) -> None:
        if not self.local:
            return
        missing = []
        folder = Path(self.full(path)) if path else Path(self.root)
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for each in reversed(missing):
            each.mkdir(OWNERS, exist_ok=True)
            if Path(self.root) in each.parents:
                self._give_rights(each, 0o7777)
            if os.name == "posix":
                _sync(each.parent)

    def _give_rights(self, made: int | Path, mask: int) -> None:
        """The rights of the root to what was made below it, before anything is in it; mask: those that it can have."""
        if os.name == "posix":
            with suppress(OSError):  # a disk without rights
                os.chmod(made, stat.S_IMODE(Path(self.root).stat().st_mode) & mask)  # noqa: PTH101 -- also by handle


def _link(draft: Path, final: Path) -> bool:
    """A second name for the draft: the one step that either happens or does not, and never replaces a file."""
    try:
        os.link(draft, final)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A disk without links. Replacing is harmless: both files are whole, and say the same of the same bytes.
        draft.replace(final)
    return True


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
