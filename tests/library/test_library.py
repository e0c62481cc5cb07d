"""What is kept is kept whole, comes back as it was, and is never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal

from geo import data_folder, library_folder
from geo.errors import Cancelled, LibraryError
from geo.library import Library, package
from geo.tables.read import read
from tests.library.contents import files_of

LEGS = "origin,destination,depart,containers\n"
GOOD = "Najin,Vladivostok,2023-09-07,300\n"
PLACES = b"code,name,lon,lat\n"


def test_what_was_kept_comes_back_as_it_was(library: Library, loaded: Callable) -> None:
    given = loaded()
    before = datetime.now(UTC)
    kept = library.keep(given.reading, given.content, "legs.csv")
    assert (kept.name, kept.kind, kept.rows, kept.kept, kept.set_aside, kept.warnings) == (
        "legs.csv",
        "legs",
        2,
        1,
        1,
        0,
    )
    assert kept.sha256 == hashlib.sha256(given.content).hexdigest()
    assert before <= kept.made <= datetime.now(UTC)
    assert kept.version
    assert not kept.again
    assert not kept.withdrawn
    assert library.imports() == [kept]
    assert library.get(kept.id) == kept
    assert library.original(kept.id) == given.content
    assert_geodataframe_equal(library.table(kept.id), given.reading.table)
    assert library.problems(kept.id) == given.reading.problems
    pd.testing.assert_frame_equal(library.set_aside(kept.id), given.reading.set_aside)
    assert_geodataframe_equal(library.places(kept.id), given.reading.own_places)
    assert library.mapping(kept.id) == given.reading.mapping
    assert library.dialect(kept.id) == given.reading.dialect
    assert library.fixes(kept.id) == given.reading.fixes


@pytest.mark.parametrize("kind", ["legs", "totals", "places", "events"])
def test_every_kind_comes_back_with_its_columns_and_dtypes(library: Library, kind: str) -> None:
    path = data_folder.path(f"{kind}.csv")
    reading = read(path, kind)
    kept = library.keep(reading, path, path.name)
    assert kept.kept == len(reading.table)
    assert library.original(kept.id) == path.read_bytes()
    table = library.table(kept.id)
    if kind == "events":
        pd.testing.assert_frame_equal(table, reading.table)
    else:
        assert_geodataframe_equal(table, reading.table)


def test_other_programs_open_the_tables_as_geoparquet(tmp_path: Path, loaded: Callable) -> None:
    library, given = Library.open(tmp_path / "library"), loaded()
    kept = library.keep(given.reading, given.content, "legs.csv")
    table = gpd.read_parquet(library.store.full(kept.path("table")))
    assert_geodataframe_equal(table, given.reading.table)
    assert table.crs == "EPSG:4326"
    assert len(gpd.read_parquet(library.store.full(kept.path("places")))) == len(given.reading.own_places)


def test_the_same_bytes_and_mapping_twice_is_the_same_import(library: Library, loaded: Callable) -> None:
    given = loaded()
    first = library.keep(given.reading, given.content, "legs.csv")
    before = files_of(library)
    again = library.keep(given.reading, given.content, "another name.csv")
    assert again.again
    assert (again.id, again.name, again.made) == (first.id, first.name, first.made)
    assert library.imports() == [first]
    assert files_of(library) == before


def test_other_bytes_fixes_or_places_are_another_import(library: Library, loaded: Callable) -> None:
    given = loaded()
    others = [loaded(LEGS + GOOD), loaded(fixes={3: {"origin": "Najin"}})]
    ids = {library.keep(each.reading, each.content, "legs.csv").id for each in (given, *others)}
    places = read(PLACES + b"KPRJN,Rajin,130.4,42.3\nfar,Far away,1,2\n", "places").table
    with_places = library.keep(given.reading, given.content, "legs.csv", places=places)
    assert len({*ids, with_places.id}) == 4
    # Only what its rows name belongs to it, and makes it another.
    assert library.places(with_places.id)["code"].tolist() == ["KPRJN"]
    assert library.keep(given.reading, given.content, "x", places=places.iloc[:1]).id == with_places.id
    assert library.keep(given.reading, given.content, "x", places=places.iloc[1:]).id in ids
    assert len(library.imports()) == 4


def test_places_that_were_loaded_are_known_until_they_are_withdrawn(library: Library) -> None:
    assert len(library.known_places()) == 0
    older, newer = PLACES + b"a,Alpha,1,2\nb,Beta,3,4\n", PLACES + b"b,Better,5,6\n"
    kept = [library.keep(read(content, "places"), content, "places.csv") for content in (older, newer)]
    known = library.known_places().set_index("code")
    assert known["name"].to_dict() == {"a": "Alpha", "b": "Better"}
    assert (known.geometry["b"].x, known.crs) == (5, "EPSG:4326")
    library.withdraw(kept[1].id)
    assert library.known_places().set_index("code")["name"].to_dict() == {"a": "Alpha", "b": "Beta"}


def test_imports_stand_in_the_order_they_were_made(library: Library, loaded: Callable) -> None:
    made = [loaded(LEGS + GOOD * count) for count in range(1, 6)]
    kept = [library.keep(each.reading, each.content, f"{number}.csv").id for number, each in enumerate(made)]
    assert [each.id for each in library.imports()] == kept


def test_withdrawing_and_restoring_are_told_and_nothing_is_removed(library: Library, loaded: Callable) -> None:
    given = loaded()
    kept = library.keep(given.reading, given.content, "legs.csv")
    before = files_of(library)
    assert library.withdraw(kept.id, "wrong month").withdrawn
    assert library.imports()[0].withdrawn
    assert library.get(kept.id).withdrawn
    assert len(library.table(kept.id)) == 1
    assert library.keep(given.reading, given.content, "legs.csv").withdrawn
    assert not library.restore(kept.id).withdrawn
    assert not library.imports()[0].withdrawn
    assert library.withdraw(kept.id).withdrawn
    assert [(entry.what, entry.id, entry.name, entry.why) for entry in library.history()] == [
        ("kept", kept.id, "legs.csv", ""),
        ("withdrawn", kept.id, "legs.csv", "wrong month"),
        ("restored", kept.id, "legs.csv", ""),
        ("withdrawn", kept.id, "legs.csv", ""),
    ]
    assert before.items() <= files_of(library).items()


def test_withdrawing_twice_is_told_once(library: Library, loaded: Callable) -> None:
    given = loaded()
    kept = library.keep(given.reading, given.content, "legs.csv")
    library.restore(kept.id)
    library.withdraw(kept.id)
    library.withdraw(kept.id)
    assert [entry.what for entry in library.history()] == ["kept", "withdrawn"]


def test_the_last_word_counts_even_where_the_clock_goes_back(
    library: Library, loaded: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = loaded()
    kept = library.keep(given.reading, given.content, "legs.csv")
    library.withdraw(kept.id)

    class Back(datetime):
        @classmethod
        def now(cls, _zone: object = None) -> datetime:
            return datetime(2001, 1, 1, tzinfo=UTC)

    monkeypatch.setattr("geo.library.records.datetime", Back)
    assert not library.restore(kept.id).withdrawn
    assert not library.get(kept.id).withdrawn


def test_an_id_may_be_shortened_while_it_is_one_imports_alone(library: Library, loaded: Callable) -> None:
    kept = [library.keep(g.reading, g.content, "x.csv") for g in (loaded(LEGS + GOOD * n) for n in range(1, 4))]
    for each in kept:
        assert library.get(each.id[:12]).id == each.id
    with pytest.raises(LibraryError, match="no import 'zz'"):
        library.get("zz")
    with pytest.raises(LibraryError, match="no import ''"):
        library.get("")


def test_an_id_that_begins_several_names_them(library: Library, loaded: Callable) -> None:
    kept = [library.keep(g.reading, g.content, "x.csv").id for g in (loaded(LEGS + GOOD * n) for n in range(1, 20))]
    # Of nineteen ids two begin with the same of sixteen digits.
    shared = next(digit for digit in "0123456789abcdef" if sum(each.startswith(digit) for each in kept) > 1)
    with pytest.raises(LibraryError, match="begins"):
        library.get(shared)


@pytest.mark.parametrize("name", ["../../x.csv", "a\0b.csv", "/etc/passwd", "C:\\x.csv", "x" * 5000, "\ud800.csv", ""])
def test_a_hostile_name_is_data_and_nothing_else(tmp_path: Path, loaded: Callable, name: str) -> None:
    library, given = Library.open(tmp_path / "deep" / "library"), loaded()
    kept = library.keep(given.reading, given.content, name)
    assert library.get(kept.id).name == name[: package.LONGEST_NAME]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == len(package.PARTS) + 1
    assert {path.name for path in files} == {*package.PARTS.values(), package.MANIFEST}
    assert library.verify() == []


def test_hostile_headers_come_back(library: Library, loaded: Callable) -> None:
    given = loaded(
        'origin,destination,depart,containers,"=1+1",<b>,"../x"\n' + "Nowhere,RUVVO,2023-09-07,3,=cmd,<i>,y\n"
    )
    kept = library.keep(given.reading, given.content, "legs.csv")
    pd.testing.assert_frame_equal(library.set_aside(kept.id), given.reading.set_aside)


def test_bytes_that_were_not_read_are_not_kept(library: Library, loaded: Callable) -> None:
    with pytest.raises(LibraryError, match="are not those that were read"):
        library.keep(loaded().reading, b"something else", "legs.csv")
    assert library.imports() == []
    assert files_of(library) == {}


def test_stopping_a_long_work_leaves_nothing(library: Library, loaded: Callable) -> None:
    given = loaded()

    def stop(share: float, _what: str) -> None:
        if share == 1.0:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        library.keep(given.reading, given.content, "legs.csv", progress=stop)
    assert files_of(library) == {}
    assert not library.keep(given.reading, given.content, "legs.csv").again


def test_an_empty_library_is_one_without_imports(library: Library) -> None:
    assert library.imports() == []
    assert library.history() == []
    assert library.verify() == []
    assert library.unlisted() == []
    assert files_of(library) == {}


def test_the_folder_is_the_one_of_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(library_folder.VARIABLE, str(tmp_path / "here"))
    assert Library.open().where == str(tmp_path / "here")
    monkeypatch.delenv(library_folder.VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert Library.open().where.endswith("waybill/library")
