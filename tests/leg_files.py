"""Files of random legs, and what the map would sum of them: the same data the other way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo import volume
from geo.arrays import Floats
from geo.scene.movements import leg_moves
from geo.tables.read import read

PLACES = ("Najin", "Vladivostok", "KPRJN", "RUVVO", "Busan", "43.1, 131.9", "Shanghai", " Dunai ")
BAD_PLACES = ("Lyonesse", "World", "")
DATES = (
    *("2023-08", "early August 2023", "2023-09-03T11:30Z", "2023-10-07T23:59:59", "3 Sept 2023", "autumn 2023"),
    *("2023-W36", "1-5 Sept 2023"),
)
BAD_DATES = ("2023-02-30", "soon", "")
WORDS = ("about 300", ">1000", "200-250", "12 TEU", "1,200", "at most 40")
BAD_WORDS = ("dozens and dozens", "-4", "")
DAY = "datetime64[D]"


def texts(seed: int, rows: int) -> pd.DataFrame:
    """Legs as a person writes them: most plain, some vague, some that cannot be taken."""
    chance = np.random.default_rng(seed)

    def some(good: tuple[str, ...], bad: tuple[str, ...]) -> np.ndarray:
        return np.where(chance.random(rows) < 0.04, chance.choice(bad, rows), chance.choice(good, rows)).astype(object)

    day = np.datetime64("2023-07-01") + chance.integers(0, 150, rows)
    until = day + chance.choice([0, 1, 3, 40, -3], rows, p=[0.2, 0.2, 0.3, 0.27, 0.03])
    plain = chance.random((3, rows)) < 0.7
    return pd.DataFrame(
        {
            "Origin": some(PLACES, BAD_PLACES),
            "destination": some(PLACES[::-1], BAD_PLACES),
            "depart": np.where(plain[0], day.astype(str), some(DATES, BAD_DATES)),
            "arrive": np.where(
                plain[1], np.where(until.astype(int) % 5 > 1, until.astype(str), ""), some(DATES, ("",))
            ),
            "containers": np.where(plain[2], chance.integers(0, 900, rows).astype(str), some(WORDS, BAD_WORDS)),
            "unit": chance.choice(["", "", "TEU", "thousand t", "nonsense units"], rows, p=[0.5, 0.2, 0.2, 0.08, 0.02]),
            "mode": chance.choice(["", "maritime", "2", "by magic"], rows, p=[0.5, 0.3, 0.18, 0.02]),
            "claimant": chance.choice(["", "A", 'B, "the second"', "<b>C</b>"], rows),
            "vessel": chance.choice(["Angara", ""], rows),
        }
    )


def typed(seed: int, rows: int) -> pa.Table:
    """Legs as a database exports them: timestamps, whole numbers, floats and nulls."""
    chance = np.random.default_rng(seed)
    later = chance.integers(0, 150 * 86_400, rows) * np.timedelta64(1, "s")
    second = np.datetime64("2023-07-01T00:00:00", "us") + later
    depart = np.where(chance.random(rows) < 0.3, second.astype(DAY).astype("datetime64[us]"), second)
    best = np.where(chance.random(rows) < 0.1, np.nan, np.round(chance.random(rows) * 900, 3))
    low, high = best * 0.5, np.where(chance.random(rows) < 0.2, np.nan, best * chance.choice([1.0, 1.5, 0.9], rows))
    arrive = pd.Series(depart + chance.integers(0, 30 * 86_400, rows) * np.timedelta64(1, "s"))
    return pa.table(
        {
            "origin": chance.choice(PLACES, rows),
            "destination": chance.choice(PLACES, rows),
            "depart": pa.array(depart, pa.timestamp("us")),
            "arrive": pa.array(arrive.where(chance.random(rows) < 0.5), pa.timestamp("us", tz="UTC"), from_pandas=True),
            "containers": pa.array(chance.integers(0, 50, rows), pa.int32()),
            "containers_low": pa.array(low, from_pandas=True),
            "containers_best": pa.array(best, from_pandas=True),
            "containers_high": pa.array(high, from_pandas=True),
            "claimant": chance.choice(["A", "B"], rows),
        }
    )


def write(folder: Path, seed: int, rows: int) -> list[Path]:
    """Two files of legs, a CSV and a Parquet."""
    csv, parquet = folder / f"texts{seed}.csv", folder / f"typed{seed}.parquet"
    texts(seed, rows).to_csv(csv, index=False)
    pq.write_table(typed(seed, rows), parquet)
    return [csv, parquet]


Curves = dict[tuple[str, str, int, str, str], Floats]
"""Origin, destination, mode, unit and claimant -> low, best, closed and open at some moments, (4, moments)."""


def summed(files: list[Path], moments: list[int]) -> Curves:
    """What the map sums of the files, every row a movement of its own."""
    found: Curves = {}
    for file in files:
        legs = read(file, "legs").table
        for (unit, claimant), rows in legs.groupby(["unit", "claimant"]):
            moves = leg_moves(rows, str(unit))
            ends = (moves.codes[numbers] for numbers in (moves.origin, moves.destination))
            keys = list(zip(*ends, moves.mode.tolist(), strict=True))
            numbers, known = pd.factorize(pd.Series(keys, dtype=object))
            table = volume.flows(numbers, moves.start, moves.end, moves.low, moves.best, moves.high)
            for corridor, values in _values(volume.knots(table), moments).items():
                key = (*known[corridor], str(unit), str(claimant))
                found[key] = found.get(key, 0.0) + values
    return found


def _values(knots: pa.Table, moments: list[int]) -> dict[int, Floats]:
    frame = knots.to_pandas()
    found = {}
    for corridor, rows in frame.groupby("corridor"):
        time = rows["time"].to_numpy(float)
        columns = []
        for name in volume.MEASURES:
            values = np.concatenate(([0.0], rows[name].to_numpy()))
            # Of two knots at one moment the first is what was moved before it.
            at = np.searchsorted(time, moments, side="left")
            last = np.clip(at, 1, len(time) - 1) if len(time) > 1 else np.zeros(len(moments), int)
            span = time[last] - time[last - 1]
            part = np.divide(np.asarray(moments) - time[last - 1], span, out=np.ones(len(moments)), where=span > 0)
            between = values[last] + np.clip(part, 0, 1) * (values[last + 1] - values[last])
            columns.append(np.where(at == 0, 0.0, np.where(at >= len(time), values[-1], between)))
        found[int(corridor)] = np.array(columns)
    return found
