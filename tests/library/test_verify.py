"""`verify` names what is missing, changed or left over, and nothing where all is well."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from geo.library import Import, Library, package
from geo.library.store import stamp
from geo.matching.mapping import ColumnMap

ATTEMPT = "20010101T000000000000Z-0123abcd"


@pytest.fixture
def kept(library: Library, loaded: Callable) -> Import:
    given = loaded()
    return library.keep(given.reading, given.content, "legs.csv")


def put(library: Library, path: str, content: bytes) -> None:
    whole = library.store.full(path)
    library.store.fs.makedirs(whole.rpartition("/")[0], exist_ok=True)
    library.store.fs.pipe_file(whole, content)


def test_a_library_as_it_was_kept_has_no_fault(library: Library, kept: Import) -> None:
    library.withdraw(kept.id)
    library.save_mapping(["POL"], ColumnMap("legs", {"POL": "origin"}))
    told: list[float] = []
    assert library.verify(lambda share, _what: told.append(share)) == []
    assert told


@pytest.mark.parametrize("part", package.PARTS)
@pytest.mark.parametrize("how", ["missing", "longer", "changed"])
def test_every_damaged_part_is_named(library: Library, kept: Import, part: str, how: str) -> None:
    path = library.store.full(kept.path(part))
    content = library.store.fs.cat_file(path)
    if how == "missing":
        library.store.fs.rm_file(path)
    elif how == "longer":
        library.store.fs.pipe_file(path, content + b"x")
    else:
        library.store.fs.pipe_file(path, bytes([content[0] ^ 1]) + content[1:])
    (fault,) = library.verify()
    assert (fault.id, fault.part, fault.severity) == (kept.id, part, "fault")
    assert "missing" in fault.what if how == "missing" else "changed" in fault.what


def test_a_part_that_cannot_be_read_is_named(library: Library, kept: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    filesystem = type(library.store.fs)
    opened = filesystem.open

    def refusing(self: object, path: str, mode: str = "rb", **more: object) -> object:
        if path.endswith("/original"):
            raise PermissionError(13, "no")
        return opened(self, path, mode, **more)

    monkeypatch.setattr(filesystem, "open", refusing)
    (fault,) = library.verify()
    assert (fault.id, fault.part) == (kept.id, "original")
    assert "do not have the right" in fault.what


@pytest.mark.parametrize("changes", [{"name": "other.csv"}, {"kept": 100}, {"made": "2001-01-01T00:00:00+00:00"}])
def test_a_changed_manifest_is_named(library: Library, kept: Import, changes: dict[str, object]) -> None:
    path = library.store.full(f"packages/{kept.id}/{package.MANIFEST}")
    plain = json.loads(library.store.fs.cat_file(path))
    library.store.fs.pipe_file(path, json.dumps(plain | changes).encode())
    assert [(fault.id, fault.part) for fault in library.verify()] == [(kept.id, "manifest")]


def test_a_package_under_the_id_of_another_is_named(library: Library, kept: Import) -> None:
    """Whole, sealed, and all hashes right: only the id tells that it is not what it stands for."""
    other = "0123456789abcdef"
    for part in package.PARTS:
        content = library.store.fs.cat_file(library.store.full(kept.path(part)))
        put(library, f"packages/{other}/{kept.attempt}/{package.PARTS[part]}", content)
    plain = json.loads(package.as_manifest(kept)) | {"id": other}
    put(library, f"packages/{other}/manifest.json", json.dumps(plain | {"seal": package.seal(plain)}).encode())
    (fault,) = library.verify()
    assert (fault.id, fault.part) == (other, "manifest")
    assert "does not follow" in fault.what


def test_remnants_are_noted_and_do_not_count(library: Library, kept: Import) -> None:
    put(library, f"packages/{kept.id}/{ATTEMPT}/original", b"half")
    put(library, f"packages/0123456789abcdef/{ATTEMPT}/original", b"half")
    put(library, "packages/0123456789abcdef/manifest.json.00000000.draft", b"{")
    put(library, "packages/stray.txt", b"x")
    put(library, f"packages/{kept.id}/{kept.attempt}/stray.txt", b"x")
    put(library, "records/stray.txt", b"x")
    faults = library.verify()
    assert len(faults) == 6
    assert {fault.severity for fault in faults} == {"note"}
    assert library.imports() == [kept]
    assert library.unlisted() == []


def test_remnants_are_in_nobodys_way_and_go_once_they_are_old(library: Library, loaded: Callable) -> None:
    given = loaded()
    first = library.keep(given.reading, given.content, "legs.csv")
    library.store.fs.rm(library.store.full(f"packages/{first.id}/manifest.json"))
    put(library, f"packages/{first.id}/{ATTEMPT}/original", b"half")
    again = library.keep(given.reading, given.content, "legs.csv")
    assert not again.again
    assert library.imports() == [again]
    # The one of 2001 is gone; the one made just now may be another process's, and is left alone.
    assert [fault.part for fault in library.verify()] == [first.attempt]


def test_a_damaged_record_is_named_and_the_others_count(library: Library, kept: Import) -> None:
    library.withdraw(kept.id)
    put(library, f"records/{stamp(kept.made)}-00000000.json", b"{")
    put(library, f"records/{stamp(kept.made)}-00000001.json", b'{"format": 1, "what": "eaten", "id": "x"}')
    put(library, f"records/{stamp(kept.made)}-00000002.json", b'{"format": 9}')
    faults = library.verify()
    assert [fault.severity for fault in faults] == ["fault"] * 3
    assert "newer Waybill" in faults[2].what
    assert library.get(kept.id).withdrawn
    assert [entry.what for entry in library.history()] == ["kept", "withdrawn"]


def test_a_package_that_cannot_be_listed_is_named_and_the_others_are_verified(
    library: Library, kept: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "0123456789abcdef"
    put(library, f"packages/{other}/{ATTEMPT}/original", b"half")
    filesystem = type(library.store.fs)
    listed = filesystem.ls

    def refusing(self: object, path: str, *more: object, **named: object) -> object:
        if path.endswith(other):
            raise PermissionError(13, "no")
        return listed(self, path, *more, **named)

    library.store.fs.pipe_file(library.store.full(kept.path("fixes")), b"[]")
    with monkeypatch.context() as patch:
        patch.setattr(filesystem, "ls", refusing)
        assert {(fault.id, fault.part) for fault in library.verify()} == {(other, ""), (kept.id, "fixes")}
