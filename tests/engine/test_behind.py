"""`geo.engine.behind`: the legs of a route are read from the files that were summed, and from no others."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import fsspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.engine import behind, duck, route_search, sums, whereabouts
from geo.engine.behind import LegsBehind, legs_behind
from geo.errors import EngineError, FlowError, UnreadableFile
from geo.scene.movements import leg_moves
from geo.tables.read import read
from tests.leg_files import write

HEAD = "origin,destination,depart,containers,claimant,vessel\n"
DAY = 86_400


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What this machine remembers, empty at first."""
    monkeypatch.setenv(whereabouts.VARIABLE, str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def summed(tmp_path: Path) -> Callable[..., Path]:
    """Patterns -> their sums, where they lie being remembered."""

    def run(*patterns: object) -> Path:
        with duck.session(tmp_path / "spill") as session:
            found = sums.add_up([str(each) for each in patterns], tmp_path / "v.parquet", session, DAY, replace=True)
        whereabouts.remember(found.path, found.files)
        return found.path

    return run


def day(number: int) -> datetime:
    """A day of September 2023."""
    return datetime(2023, 9, number, tzinfo=UTC)


def test_a_route_has_the_legs_that_reading_the_files_gives(tmp_path: Path, summed: Callable) -> None:
    files = write(tmp_path, 3, 400)
    volumes = summed(*files)
    readings = [leg_moves(read(file, "legs").table, "container") for file in files]
    moved = [
        (moves.codes[of_origin], moves.codes[of_destination], *each)
        for moves in readings
        for of_origin, of_destination, *each in zip(
            moves.origin, moves.destination, moves.mode, moves.start, moves.end, moves.best, strict=True
        )
    ]
    for route in sorted({each[:3] for each in moved})[:12]:
        origin, destination, mode = route
        expected = [each[3:] for each in moved if each[:3] == route]
        found = legs_behind(volumes, f"{origin}>{destination}>{mode}", seconds=600)
        assert found.rows == len(expected)
        assert found.in_time
        expected.sort(reverse=True)
        table = found.table
        seconds = [
            (each.timestamp(), until.timestamp()) for each, until in zip(table["start"], table["end"], strict=True)
        ]
        assert seconds == [(start, end) for start, end, _ in expected[: route_search.MOST]]
        # The map rounds to float32.
        np.testing.assert_allclose(sorted(table["best"]), sorted(best for *_, best in expected), rtol=1e-6)


def test_time_and_claimant_leave_legs_out(tmp_path: Path, summed: Callable) -> None:
    rows = [
        f"Najin,Vladivostok,2023-09-{number:02},{number},{'=A' if number % 2 else 'B'},Ship" for number in range(1, 29)
    ]
    (tmp_path / "a.csv").write_text(HEAD + "\n".join(rows).replace("=A", "'=A") + "\nNajin,Busan,2023-09-05,5,B,Ship\n")
    volumes = summed(tmp_path / "a.csv")

    def counts(**more: object) -> list[float]:
        return legs_behind(volumes, "Rason>Vladivostok", **more).table["best"].tolist()

    assert counts() == list(range(28, 0, -1))
    assert counts(end=day(4)) == [3, 2, 1]
    assert counts(start=day(5), end=day(8)) == [7, 6, 5]
    assert counts(claimants=["=A"], end=day(6)) == [5, 3, 1]
    assert counts(claimants=[]) == []
    assert counts(unit="shipment") == []
    assert counts(mode="rail") == []


def test_of_many_legs_the_last_are_listed_and_all_are_counted(tmp_path: Path, summed: Callable) -> None:
    many = 3 * route_search.MOST
    depart = np.datetime64("2023-01-01", "us") + np.arange(many) * np.timedelta64(1, "h")
    for name in ("a", "b"):
        table = {
            "origin": ["Najin"] * many,
            "destination": ["Busan"] * many,
            "depart": depart,
            "containers": range(many),
        }
        pq.write_table(pa.table(table), tmp_path / f"{name}.parquet")
    found = legs_behind(summed(tmp_path / "?.parquet"), "Najin > Busan")
    assert (found.rows, found.legs, found.searched) == (2 * many, 2 * many, 2)
    assert found.table["best"].tolist() == [many - 1 - at // 2 for at in range(route_search.MOST)]
    assert found.sentence == "The last 200 of 1,200 legs, from 2 files."


def test_files_that_are_gone_or_changed_are_left_out_and_named(tmp_path: Path, summed: Callable) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.csv").write_text(f"{HEAD}Najin,Vladivostok,2023-09-07,300,{name},Angara\n")
    volumes = summed(tmp_path / "?.csv")
    (tmp_path / "a.csv").unlink()
    (tmp_path / "b.csv").write_text(HEAD + "Najin,Vladivostok,2023-09-07,9999,b,Angara\n")
    found = legs_behind(volumes, "Najin>Vladivostok")
    assert found.table["claimant"].tolist() == ["c"]
    assert dict(found.notes) == {"a.csv": route_search.GONE, "b.csv": route_search.CHANGED}
    # The same bytes at another time are not known to be the same.
    (tmp_path / "c.csv").touch()
    os.utime(tmp_path / "c.csv", (1, 1))
    assert legs_behind(volumes, "Najin>Vladivostok").rows == 0


def test_an_address_that_cannot_be_read_is_a_note(tmp_path: Path, summed: Callable, own_state: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + "Najin,Vladivostok,2023-09-07,300,A,Angara\n")
    volumes = summed(tmp_path / "a.csv")
    (record,) = (own_state / "sums").iterdir()
    record.write_text(record.read_text().replace(str(tmp_path / "a.csv"), "cluster://legs/a.csv"))
    ((name, why),) = legs_behind(volumes, "Najin>Vladivostok").notes
    assert name == "a.csv"
    assert "cannot be looked up" in why


def test_what_takes_too_long_is_cut_short_and_said(
    tmp_path: Path, summed: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(HEAD + f"Najin,Vladivostok,2023-09-07,300,{name},Angara\n")
    volumes = summed(tmp_path / "?.csv")
    open_ = duck.Session.open
    endless = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range * b.range = 7"

    def slow(self: duck.Session, file: object) -> object:
        if getattr(file, "name", "") == "b.csv":
            self.execute(endless)
        return open_(self, file)

    monkeypatch.setattr(duck.Session, "open", slow)
    found = legs_behind(volumes, "Najin>Vladivostok", seconds=3)
    assert (found.searched, found.files, found.in_time) == (1, 2, False)
    assert found.sentence == "1 leg, from 1 file, all that there was time for: 2 were summed."
    monkeypatch.setattr(behind, "GRACE", 1.0)
    monkeypatch.setattr(route_search.RouteSearch, "_read", lambda self, _group: self.session.execute(endless))
    with pytest.raises(EngineError, match="too much to list"):
        legs_behind(volumes, "Najin>Vladivostok", seconds=3)


def test_files_of_other_columns_and_types_are_listed_together(tmp_path: Path, summed: Callable) -> None:
    (tmp_path / "a.csv").write_text(HEAD + "Najin,Vladivostok,2023-09-07,about 300,A,Angara\n")
    table = {
        "origin": ["KPRJN"],
        "destination": ["RUVVO"],
        "depart": [day(9)],
        "containers": [7],
        "url": ["https://x.example"],
    }
    pq.write_table(pa.table(table), tmp_path / "b.parquet")
    files = fsspec.filesystem("memory")
    files.pipe("/behind/c [1].csv", (HEAD + "Najin,Vladivostok,2023-09-08,5,C,Maria\n").encode())
    found = legs_behind(summed(tmp_path / "a.csv", tmp_path / "b.parquet", "memory://behind/*"), "Najin>Vladivostok")
    table = found.table
    assert table["file"].tolist() == ["b.parquet", "c [1].csv", "a.csv"]
    assert table["vessel"].tolist() == ["", "Maria", "Angara"]
    assert table["url"].tolist() == ["https://x.example", "", ""]
    assert (table["low"].tolist()[-1], table["high"].tolist()[-1]) == (270, 330)


@pytest.mark.parametrize("route", ["", "Najin", "Najin>", "a>b>c>d"])
def test_what_is_no_route_is_said(tmp_path: Path, summed: Callable, route: str) -> None:
    (tmp_path / "a.csv").write_text(HEAD + "Najin,Vladivostok,2023-09-07,300,A,Angara\n")
    with pytest.raises(FlowError, match="FROM>TO"):
        legs_behind(summed(tmp_path / "a.csv"), route)


def test_sums_of_somebody_else_lead_nowhere(tmp_path: Path, summed: Callable, own_state: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(HEAD + "Najin,Vladivostok,2023-09-07,300,A,Angara\n")
    mine = summed(secret)
    # Another file, whatever its metadata say; and one made of ours with a single byte more.
    table = pq.read_table(mine).replace_schema_metadata({"files": str(secret), "waybill": whereabouts.recall.__name__})
    theirs = tmp_path / "theirs.parquet"
    pq.write_table(table, theirs)
    longer = tmp_path / "longer.parquet"
    longer.write_bytes(mine.read_bytes() + b" ")
    for each in (theirs, longer):
        with pytest.raises(EngineError, match="does not know where the legs"):
            legs_behind(each, "Najin>Vladivostok")
    assert b"secret" not in mine.read_bytes()
    with pytest.raises(UnreadableFile, match="is not there"):
        legs_behind(tmp_path / "nothing.parquet", "Najin>Vladivostok")
    assert isinstance(legs_behind(mine, "Najin>Vladivostok"), LegsBehind)
    assert own_state.stat().st_mode & 0o077 == 0 or (own_state / "sums").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"form": 2, "files": []}',
        b'{"form": 1, "files": []}',
        b'{"form": 1, "files": [{"address": 3, "form": "csv", "protocol": "file", "identity": ""}]}',
        b'{"form": 1, "files": [{"address": "a", "form": "exe", "protocol": "file", "identity": ""}]}',
        b'{"form": 1, "files": [{"address": "a"}]}',
    ],
)
def test_a_damaged_record_is_none(own_state: Path, content: bytes) -> None:
    (own_state / "sums").mkdir(parents=True)
    (own_state / "sums" / f"{'a' * 64}.json").write_bytes(content)
    assert whereabouts.recall("a" * 64) is None


@pytest.mark.parametrize("name", ["", "../../../../etc/passwd", "A" * 64, "a" * 63])
def test_a_hash_chooses_no_path(name: str) -> None:
    assert whereabouts.recall(name) is None
