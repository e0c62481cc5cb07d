"""What is read back is what was kept, or it is refused in words; a library is its owner's alone."""

from __future__ import annotations

import io
import json
import stat
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from geo.errors import LibraryError
from geo.library import Import, Library, package
from geo.library.export import export
from geo.library.store import BLOCK

READ: dict[str, Callable[[Library, str], object]] = {
    "original": Library.original,
    "dialect": Library.dialect,
    "mapping": Library.mapping,
    "fixes": Library.fixes,
    "table": Library.table,
    "places": Library.places,
    "problems": Library.problems,
    "set aside": Library.set_aside,
}
WORDS = r"changed after it was kept: .*`waybill library verify`"


@pytest.fixture
def kept(library: Library, loaded: Callable) -> Import:
    given = loaded()
    return library.keep(given.reading, given.content, "legs.csv")


def over(library: Library, path: str, content: bytes) -> None:
    """Writes over a file of the library, which only something that is not Waybill does."""
    library.store.fs.pipe_file(library.store.full(path), content)


def doubled(content: bytes) -> bytes:
    """A table with twice the figures, as good as any."""
    table = pq.read_table(io.BytesIO(content))
    for name in ("containers_low", "containers_best", "containers_high"):
        twice = pc.multiply(table[name], pa.scalar(2.0))
        table = table.set_column(table.column_names.index(name), name, twice)
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


@pytest.mark.parametrize("part", package.PARTS)
@pytest.mark.parametrize("how", ["longer", "shorter", "changed"])
def test_every_part_that_was_changed_is_refused_where_it_is_read(
    library: Library, kept: Import, part: str, how: str
) -> None:
    READ[part](library, kept.id)
    content = library.store.read(kept.path(part))
    changed = {"longer": content + b" ", "shorter": content[:-1], "changed": bytes([content[0] ^ 1]) + content[1:]}
    over(library, kept.path(part), changed[how])
    with pytest.raises(LibraryError, match=WORDS) as caught:
        READ[part](library, kept.id)
    assert caught.value.where == library.store.full(kept.path(part))
    assert [(fault.id, fault.part) for fault in library.verify()] == [(kept.id, part)]


def test_false_figures_are_not_read(library: Library, kept: Import) -> None:
    over(library, kept.path("table"), doubled(library.store.read(kept.path("table"))))
    with pytest.raises(LibraryError, match=WORDS):
        library.table(kept.id)


@pytest.mark.parametrize("part", ["original", "table"])
def test_nothing_that_was_changed_is_exported(library: Library, kept: Import, part: str, tmp_path: Path) -> None:
    over(library, kept.path(part), library.store.read(kept.path(part)) + b" ")
    with pytest.raises(LibraryError, match=WORDS):
        export(library, kept.id, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_changed_places_are_not_looked_up_in(library: Library, loaded: Callable) -> None:
    given = loaded("code,name,lon,lat\na,Alpha,1,2\n", kind="places")
    kept = library.keep(given.reading, given.content, "places.csv")
    over(library, kept.path("table"), library.store.read(kept.path("table")) + b" ")
    with pytest.raises(LibraryError, match=WORDS):
        library.known_places()


def test_a_part_that_grew_is_not_read_to_its_end(library: Library, kept: Import) -> None:
    over(library, kept.path("fixes"), b"x" * (4 * BLOCK))
    blocks = package.blocks(library.store, kept, "fixes")
    assert len(next(blocks)) == BLOCK
    with pytest.raises(LibraryError, match="more than"):
        next(blocks)


@pytest.mark.parametrize("changes", [{"name": "other.csv"}, {"rows": 7}, {"seal": None}, {"seal": "0" * 64}])
def test_a_manifest_whose_seal_is_broken_counts_for_nothing(
    library: Library, kept: Import, loaded: Callable, changes: dict[str, object]
) -> None:
    path = f"packages/{kept.id}/{package.MANIFEST}"
    over(library, path, json.dumps(json.loads(library.store.read(path)) | changes).encode())
    assert library.imports() == []
    assert library.history() == []
    (fault,) = library.unlisted()
    assert (fault.id, fault.severity) == (kept.id, "fault")
    assert "its seal does not fit" in fault.what
    assert "library verify" in fault.what
    for read in (Library.get, Library.table, Library.original, Library.withdraw):
        with pytest.raises(LibraryError, match="its seal does not fit"):
            read(library, kept.id)
    given = loaded()
    with pytest.raises(LibraryError, match="its seal does not fit"):
        library.keep(given.reading, given.content, "legs.csv")


def rights(root: Path) -> dict[str, set[int]]:
    """The rights of all folders and of all files below a root."""
    found: dict[str, set[int]] = {"folders": set(), "files": set()}
    for path in root.rglob("*"):
        found["folders" if path.is_dir() else "files"].add(stat.S_IMODE(path.stat().st_mode))
    return found


def filled(where: Path, loaded: Callable) -> Path:
    """A library with an import, a record, a mapping and a grade in it."""
    library, given = Library.open(where), loaded()
    kept = library.keep(given.reading, given.content, "legs.csv")
    library.withdraw(kept.id)
    library.save_mapping(["POL"], given.reading.mapping.__class__("legs", {"POL": "origin"}))
    library.grade("founding", "a report", "B", "2")
    return where


def test_a_library_is_its_owners_alone(tmp_path: Path, loaded: Callable) -> None:
    root = filled(tmp_path / "new" / "library", loaded)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (root, root.parent)} == {0o700}
    assert rights(root) == {"folders": {0o700}, "files": {0o600}}


@pytest.mark.parametrize(
    ("given", "folders", "files"), [(0o755, 0o755, 0o644), (0o2770, 0o2770, 0o660), (0o700, 0o700, 0o600)]
)
def test_a_folder_that_is_there_keeps_its_rights_and_what_is_made_in_it_has_the_same(
    tmp_path: Path, loaded: Callable, given: int, folders: int, files: int
) -> None:
    root = tmp_path / "library"
    root.mkdir()
    root.chmod(given)
    filled(root, loaded)
    assert stat.S_IMODE(root.stat().st_mode) == given
    assert rights(root) == {"folders": {folders}, "files": {files}}
