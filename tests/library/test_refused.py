"""What a library refuses is told in words: disks that fill, files that went, manifests and tables of others."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from geo.errors import LibraryError
from geo.library import Library, package
from tests.library.contents import files_of

LEGS = "origin,destination,depart,containers\n"
GOOD = "Najin,Vladivostok,2023-09-07,300\n"


def test_a_path_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="there is a file where a folder is needed"):
        Library.open(tmp_path / "file")


def test_a_file_on_the_way_is_refused(tmp_path: Path, loaded: Callable) -> None:
    (tmp_path / "file").write_text("x")
    given = loaded()
    with pytest.raises(LibraryError, match="there is a file where a folder is needed"):
        Library.open(tmp_path / "file" / "library").keep(given.reading, given.content, "legs.csv")


def test_an_unknown_kind_of_place_is_refused() -> None:
    with pytest.raises(LibraryError, match="no file system is known"):
        Library.open("nosuchthing://bucket/library")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "can only be read"),
        (errno.EACCES, "you do not have the right"),
        (errno.EIO, "the disk fails"),
    ],
)
@pytest.mark.parametrize("part", ["original", "table.parquet", "manifest.json"])
def test_what_the_disk_refuses_is_told_in_words_and_nothing_counts(
    library: Library, loaded: Callable, monkeypatch: pytest.MonkeyPatch, code: int, words: str, part: str
) -> None:
    given = loaded()
    filesystem = type(library.store.fs)
    opened = filesystem.open

    def refusing(self: object, path: str, mode: str = "rb", **more: object) -> object:
        if part in path and mode != "rb":
            raise OSError(code, os.strerror(code))
        return opened(self, path, mode, **more)

    with monkeypatch.context() as patch:
        patch.setattr(filesystem, "open", refusing)
        with pytest.raises(LibraryError, match=words) as caught:
            library.keep(given.reading, given.content, "legs.csv")
    # A full disk is a matter of the library's folder; else the file is named that is refused.
    assert part in caught.value.where or caught.value.where == library.where
    assert (caught.value.where == library.where) == (code in (errno.ENOSPC, errno.EROFS))
    assert caught.value.hint
    assert library.imports() == []
    assert files_of(library) == {}
    library.keep(given.reading, given.content, "legs.csv")
    assert len(library.imports()) == 1


@pytest.mark.parametrize("part", ["original", "table.parquet", "problems.parquet", "mapping.json"])
@pytest.mark.parametrize("held", ["bytes", "path", "file"])
def test_a_disk_that_fills_while_a_part_is_written_names_the_library_and_not_the_file_that_is_read(
    library: Library, loaded: Callable, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, part: str, held: str
) -> None:
    def source(content: bytes) -> object:
        (tmp_path / "legs.csv").write_bytes(content)
        return {"bytes": content, "path": tmp_path / "legs.csv", "file": io.BytesIO(content)}[held]

    given = loaded()
    filesystem = type(library.store.fs)
    opened = filesystem.open

    def filling(self: object, path: str, mode: str = "rb", **more: object) -> object:
        file = opened(self, path, mode, **more)
        if mode == "wb" and path.endswith(part):
            monkeypatch.setattr(file, "write", full)
        return file

    def full(_content: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(filesystem, "open", filling)
        with pytest.raises(LibraryError, match="the disk is full") as caught:
            library.keep(given.reading, source(given.content), "legs.csv")
    assert caught.value.where == library.where
    assert library.imports() == []
    assert library.verify() == []


def test_a_file_that_went_while_it_was_kept_is_named_itself(library: Library, loaded: Callable, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="can no longer be read") as caught:
        library.keep(loaded().reading, tmp_path / "gone.csv", "gone.csv")
    assert caught.value.where == str(tmp_path / "gone.csv")
    assert files_of(library) == {}


def altered(library: Library, identifier: str, **changes: object) -> None:
    """Writes over the manifest and seals it anew, which only something that is not Waybill does."""
    path = f"{library.where}/packages/{identifier}/{package.MANIFEST}"
    plain = json.loads(library.store.fs.cat_file(path)) | changes
    library.store.fs.pipe_file(path, json.dumps(plain | {"seal": package.seal(plain)}).encode())


def test_a_package_of_a_newer_version_is_refused_in_words(library: Library, loaded: Callable) -> None:
    given, other = loaded(), loaded(LEGS + GOOD)
    kept = library.keep(given.reading, given.content, "legs.csv")
    fine = library.keep(other.reading, other.content, "fine.csv")
    altered(library, kept.id, format=3, parts={"new": "kind"})
    words = r"made by a newer Waybill \(format 3\); this one reads 2\. Update Waybill\."
    with pytest.raises(LibraryError, match=words):
        library.get(kept.id)
    with pytest.raises(LibraryError, match=words):
        library.keep(given.reading, given.content, "legs.csv")
    assert library.imports() == [fine]
    assert [fault.id for fault in library.unlisted()] == [kept.id]
    assert "newer Waybill" in library.unlisted()[0].what


@pytest.mark.parametrize(
    "changes",
    [
        {"attempt": "../../../../etc"},
        {"id": "0" * 16},
        {"rows": -1},
        {"rows": True},
        {"kind": "ships"},
        {"made": "yesterday"},
        {"made": "2023-01-01"},
        {"name": 7},
        {"parts": {}},
        {"parts": {name: {"bytes": 1, "sha256": "x"} for name in package.PARTS}},
        {"format": "1"},
        {"format": 0},
    ],
)
def test_a_manifest_from_anybody_is_checked(library: Library, loaded: Callable, changes: dict[str, object]) -> None:
    given = loaded()
    kept = library.keep(given.reading, given.content, "legs.csv")
    altered(library, kept.id, **changes)
    with pytest.raises(LibraryError, match=r"damaged at|does not say its format"):
        library.get(kept.id)
    assert library.imports() == []
    assert [(fault.id, fault.part) for fault in library.verify()] == [(kept.id, "manifest")]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'"x"'])
def test_a_manifest_that_is_no_json_is_refused_in_words(library: Library, loaded: Callable, content: bytes) -> None:
    given = loaded()
    kept = library.keep(given.reading, given.content, "legs.csv")
    library.store.fs.pipe_file(f"{library.where}/packages/{kept.id}/{package.MANIFEST}", content)
    with pytest.raises(LibraryError, match="JSON"):
        library.get(kept.id)
    assert [fault.id for fault in library.unlisted()] == [kept.id]


def test_a_table_that_is_no_parquet_is_refused_in_words(library: Library, loaded: Callable) -> None:
    given = loaded()
    kept = library.keep(given.reading, given.content, "legs.csv")
    content = b"PAR1 no PAR1"
    proven = package.PackageFile(len(content), hashlib.sha256(content).hexdigest())
    for part, read_part in (("table", library.table), ("problems", library.problems), ("places", library.places)):
        library.store.fs.pipe_file(library.store.full(kept.path(part)), content)
        altered(library, kept.id, parts={name: asdict(proven) for name in package.PARTS})
        with pytest.raises(LibraryError, match="not Parquet"):
            read_part(kept.id)
