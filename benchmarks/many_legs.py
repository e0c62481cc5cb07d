"""`python -m benchmarks.many_legs`: made legs in Parquet, and what `waybill sum` takes to add them up.

The corridors are as unequal as Zipf says, the departures lie in ten years, a voyage takes up to sixty days, one leg in
five has no arrival, one in twenty says its count in words, and one in a thousand names a place that is none.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import typer

from geo.gazetteer.places import Places

CORRIDORS = 20_000
SPOKEN = ("about 300", ">1000", "200-250", "at most 40", "1,200")
YEARS = 10
FIRST = np.datetime64("2014-01-01", "s")
PORTS = 400
CLAIMANTS = ("Customs", "AIS", "Port authority")


def made(rows: int, seed: int) -> pa.Table:
    """Some legs, the same for a seed."""
    chance = np.random.default_rng(seed)
    names = _names()
    pairs = np.random.default_rng(0).choice(PORTS * (PORTS - 1), CORRIDORS, replace=False)
    share = 1 / np.arange(1, CORRIDORS + 1)
    corridor = np.searchsorted(np.cumsum(share / share.sum()), chance.random(rows)).clip(0, CORRIDORS - 1)
    origin, other = np.divmod(pairs[corridor], PORTS - 1)
    destination = other + (other >= origin)
    unknown = chance.random(rows) < 1e-3
    depart = FIRST + chance.integers(0, YEARS * 365 * 86_400, rows)
    arrive = depart + chance.integers(3_600, 60 * 86_400, rows)
    said = np.where(
        chance.random(rows) < 0.05, chance.choice(SPOKEN, rows), chance.integers(1, 5_000, rows).astype(str)
    )
    return pa.table(
        {
            "origin": pa.DictionaryArray.from_arrays(np.where(unknown, PORTS, origin), [*names, "Lyonesse"]),
            "destination": pa.DictionaryArray.from_arrays(destination, names),
            "depart": pa.array(depart.astype("datetime64[us]")),
            "arrive": pa.array(arrive.astype("datetime64[us]"), mask=chance.random(rows) < 0.2),
            "containers": pa.array(said),
            "claimant": pa.array(chance.choice(CLAIMANTS, rows)),
        }
    )


def _names() -> list[str]:
    """The codes of as many ports."""
    frame = Places.load().frame
    codes = frame.index[(frame["kind"] == "port").to_numpy(bool)].astype(str)
    return sorted(codes)[:PORTS]


def main(
    legs: Annotated[int, typer.Option(min=1, help="So many in all.")] = 10_000_000,
    files: Annotated[int, typer.Option(min=1, help="In so many files.")] = 10,
    every: Annotated[str, typer.Option(help="The step of time.")] = "1d",
    engine: Annotated[str, typer.Option(help="duckdb or spark.")] = "duckdb",
    folder: Annotated[Path | None, typer.Option(help="Where the files lie; a temporary folder where left out.")] = None,
) -> None:
    """Makes the files, sums them, and says how long that took and the most memory that it held."""
    with tempfile.TemporaryDirectory(dir=folder) as within:
        paths = [Path(within) / f"legs-{number:04}.parquet" for number in range(files)]
        for number, path in enumerate(paths):
            pq.write_table(made(legs // files, number), path, compression="zstd")
        size = sum(path.stat().st_size for path in paths) / 1e6
        print(f"{legs:,} legs in {files:,} files, {size:,.0f} MB of Parquet")
        out = Path(within) / "volumes.parquet"
        command = ["sum", f"{within}/legs-*.parquet", "-o", str(out), "--every", every, "--engine", engine]
        began = time.monotonic()
        ended = subprocess.run([sys.executable, "-m", "geo.cli", *command], check=False)
        seconds = time.monotonic() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(
            f"exit code {ended.returncode}, {seconds:,.0f} s, {used.ru_utime + used.ru_stime:,.0f} s of processor time"
        )
        print(f"{used.ru_maxrss / 1e3:,.0f} MB at most, {out.stat().st_size / 1e6:,.0f} MB of sums by {every}")


if __name__ == "__main__":
    typer.run(main)
