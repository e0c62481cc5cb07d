"""Any number of files of legs -> their sums by corridor and step of time, file by file, on an engine of tables.

What is done is kept beside the output, one part a file: its sums, and what became of its rows. A part is known by what
its file was, by the length of a step and by the engine's rules, so that a second run does only the rest.
"""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import ibis.expr.types as ir  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo import __version__
from geo.atomic_files import put_files
from geo.columns import MODES
from geo.engine import duck, steps
from geo.engine.duck import quoted
from geo.engine.inputs import Input, find
from geo.engine.legs import Moves, moves
from geo.engine.own_columns import own_columns
from geo.engine.spoken import Reason, Reasons, Said, read
from geo.errors import EngineError, Progress, UnreadableFile, silent
from geo.files import formulas
from geo.gazetteer.places import Places

CUT = Reason("", "a row has as many cells as the header", "Quote cells that hold a delimiter or a quote.", "")
KEYS = ("origin", "destination", "mode", "unit", "claimant")
PART = pa.schema(
    [(name, pa.string()) for name in KEYS]
    + [("open", pa.int64()), ("step", pa.int64()), ("legs", pa.int64())]
    + [(name, pa.float64()) for name in steps.MEASURES]
)
"""What is kept of one file."""


class Session(Protocol):
    """An engine of tables."""

    def run(self, asked: ir.Table, tables: Mapping[str, pa.Table]) -> pa.Table:
        """What an expression gives."""

    def batches(self, asked: ir.Table, tables: Mapping[str, pa.Table]) -> Iterator[pa.RecordBatch]:
        """The same, part by part."""

    def open(self, file: Input) -> tuple[ir.Table, int]:
        """The rows of a file, and how many could not be told apart."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the rows of one file. aside: reasons, each with its rows."""

    file: str
    rows: int
    aside: tuple[tuple[Reason, int], ...]

    @property
    def set_aside(self) -> int:
        """Rows that do not count."""
        return sum(rows for _, rows in self.aside)


@dataclass(frozen=True, slots=True)
class Summed:
    """What was written: the sums, and the rows set aside by reason (None where there are none)."""

    path: Path
    rejected: Path | None
    outcomes: tuple[Outcome, ...]
    sums: int
    legs: int
    kept: int
    """Files whose parts were there already."""
    files: tuple[Input, ...] = ()


def add_up(
    patterns: Sequence[str],
    output: Path,
    session: Session,
    every: int,
    *,
    replace: bool = False,
    progress: Progress = silent,
) -> Summed:
    """Sums the legs of all files that the patterns name by step of time, and writes an import of them.

    every: seconds of a step. Raises UnreadableFile and its family, EngineError, and FileExistsError where the output
    is there and replace is false.
    """
    for path in (output, rejected_of(output)):
        if not replace and (path.exists() or path.is_symlink()):
            raise FileExistsError(errno.EEXIST, "it is there already", str(path))
    made = {str(path.absolute()) for path in (output, rejected_of(output))}
    files = [each for each in find(patterns) if each.address not in made]
    if not files:
        raise UnreadableFile(patterns[0], "matches what an earlier run wrote, and no legs", "Name the files of legs.")
    folder = parts_of(output)
    places = Places.load()
    outcomes, parts, kept = [], [], 0
    for number, file in enumerate(files):
        progress(number / len(files), f"{number:,} of {len(files):,} files done, {file.name}")
        part = folder / f"{_name(file, every)}.parquet"
        outcome = _done(part)
        kept += outcome is not None
        if outcome is None:
            outcome = _of_file(file, session, every, places, part)
        outcomes.append(outcome)
        parts.append(part)
    progress(1.0, "Writing")
    sums, legs = _write(parts, output, every, folder, replace=replace)
    rejected = _write_rejected(outcomes, output)
    return Summed(output, rejected, tuple(outcomes), sums, legs, kept, tuple(files))


def parts_of(output: Path) -> Path:
    """The folder beside an output that holds what is finished of it."""
    return output.with_name(f"{output.name}.parts")


def rejected_of(output: Path) -> Path:
    """The file beside an output that counts the rows set aside."""
    return output.with_name(f"{output.stem}.rejected.csv")


def _name(file: Input, every: int) -> str:
    return hashlib.sha256(f"{file.identity} {every} {__version__}".encode()).hexdigest()[:32]


def _of_file(file: Input, session: Session, every: int, places: Places, part: Path) -> Outcome:
    """Sums one file into a part; what became of its rows is written last, and without it the part is none."""
    rows, cut = session.open(file)
    guarded = file.form == "csv"
    reasons = Reasons()
    with _about(file):
        found = moves(
            own_columns(file, rows), session.run, lambda cells: read(file.name, cells, places, reasons, guarded=guarded)
        )
        became = session.run(steps.outcomes(found.table), found.tables)
        _keep(
            part,
            (
                _named(each, found, guarded=guarded)
                for each in session.batches(steps.sums(found.table, every), found.tables)
            ),
        )
    number = dict(zip(became["why"].to_pylist(), became["rows"].to_pylist(), strict=True))
    aside = [(reason, number[at]) for at, reason in enumerate(reasons.listed) if at in number]
    aside += [(CUT, cut)] if cut else []
    outcome = Outcome(file.address, sum(number.values()) + cut, tuple(aside))
    told = {"file": outcome.file, "rows": outcome.rows, "aside": [(asdict(why), rows) for why, rows in outcome.aside]}
    put_files({part.with_suffix(".json"): [json.dumps(told).encode()]}, replace=True)
    return outcome


@contextmanager
def _about(file: Input) -> Iterator[None]:
    """An engine that gives up says on which file."""
    try:
        yield
    except EngineError as error:
        raise EngineError(error.engine, f"{file.name}: {error.reason}", error.hint) from error


def _named(table: pa.RecordBatch, found: Moves, *, guarded: bool) -> pa.RecordBatch:
    """What the engine gave by numbers, with the codes of places, modes and units."""
    words = pa.array([name for name, _ in sorted(MODES.items(), key=lambda each: each[1])])
    pair, unit = table["pair"], table["unit"]

    def of(said: Said, name: str, at: pa.Array) -> pa.Array:
        return said.column(name).cast(pa.string()).take(at)

    columns = {
        "origin": of(found.places, "origin", pair),
        "destination": of(found.places, "destination", pair),
        "mode": words.take(found.places.column("mode").take(pair)),
        "unit": pa.array(found.units, pa.string()).take(unit),
        "claimant": formulas.restored(table["claimant"]) if guarded else table["claimant"],
        **{name: table[name] for name in ("open", "step", "legs", *steps.MEASURES)},
    }
    return pa.record_batch([columns[name].cast(PART.field(name).type) for name in PART.names], schema=PART)


def _keep(part: Path, batches: Iterator[pa.RecordBatch]) -> None:
    part.parent.mkdir(parents=True, exist_ok=True)
    draft = part.with_suffix(".draft")
    with pq.ParquetWriter(draft, PART, compression="zstd") as writer:
        for each in batches:
            writer.write_batch(each)
    draft.replace(part)


def _done(part: Path) -> Outcome | None:
    """What became of the rows of a file that was finished before."""
    try:
        told = json.loads(part.with_suffix(".json").read_text("utf-8"))
        pq.read_metadata(part)
        aside = tuple((Reason(**why), int(rows)) for why, rows in told["aside"])
        return Outcome(str(told["file"]), int(told["rows"]), aside)
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None  # not there, or not whole: it is made anew


_WRITTEN = """
COPY (
  WITH summed AS (
    SELECT origin, destination, mode, unit, claimant, open, step, sum(legs)::BIGINT AS legs,
      sum(low)::DECIMAL(28, 9) AS low, sum(best)::DECIMAL(28, 9) AS best, sum(high)::DECIMAL(28, 9) AS high
    FROM read_parquet([{parts}]) GROUP BY ALL
  ),
  marked AS (
    SELECT *, NOT coalesce(
      step = lag(step) OVER series + 1
      AND (low, best, high) = (lag(low) OVER series, lag(best) OVER series, lag(high) OVER series), false
    ) AS begins
    FROM summed
    WINDOW series AS (PARTITION BY origin, destination, mode, unit, claimant, open ORDER BY step)
  ),
  runs AS (
    SELECT *, sum(begins::BIGINT) OVER (
      PARTITION BY origin, destination, mode, unit, claimant, open ORDER BY step ROWS UNBOUNDED PRECEDING
    ) AS run
    FROM marked
  )
  SELECT origin, destination, mode, unit, claimant,
    strftime(make_timestamp((min(step) * {every} + {monday}) * 1000000), '%Y-%m-%dT%H:%M:%SZ') AS depart,
    strftime(make_timestamp(((max(step) + 1) * {every} + {monday}) * 1000000), '%Y-%m-%dT%H:%M:%SZ') AS depart_latest,
    sum(low)::VARCHAR AS containers_low,
    sum(best)::VARCHAR AS containers_best,
    CASE WHEN open > 0 THEN '' ELSE sum(high)::VARCHAR END AS containers_high,
    sum(legs)::BIGINT AS sum_of
  FROM runs
  GROUP BY origin, destination, mode, unit, claimant, open, run
  ORDER BY origin, destination, mode, unit, claimant, open, run
) TO {draft} (FORMAT parquet, COMPRESSION zstd)
"""
"""Steps after one another in which the same moved are one row: it spreads over them as they do."""


def _write(parts: Sequence[Path], output: Path, every: int, folder: Path, *, replace: bool) -> tuple[int, int]:
    """The sums of all parts as a file of legs. Returns how many sums there are, and of how many legs."""
    draft = folder / "draft"
    listed = ", ".join(quoted(str(part)) for part in parts)
    try:
        with duck.session(folder / "spill") as session:
            session.execute(_WRITTEN.format(parts=listed, every=every, monday=steps.MONDAY, draft=quoted(str(draft))))
        with pq.ParquetFile(draft) as written:
            sums = written.metadata.num_rows
            legs = sum(pc.sum(each["sum_of"]).as_py() or 0 for each in written.iter_batches(columns=["sum_of"]))
        with draft.open("rb") as opened:
            put_files({output: iter(lambda: opened.read(1 << 20), b"")}, replace=replace)
    finally:
        draft.unlink(missing_ok=True)
    return sums, legs


def _write_rejected(outcomes: Sequence[Outcome], output: Path) -> Path | None:
    """The rows set aside, counted by file and reason, beside the output; none where there are none."""
    path = rejected_of(output)
    lines = [(each.file, rows, reason) for each in outcomes for reason, rows in each.aside]
    if not lines:
        path.unlink(missing_ok=True)
        return None
    columns = {
        "file": [file for file, _, _ in lines],
        "rows": [str(rows) for _, rows, _ in lines],
        "column": [reason.column for _, _, reason in lines],
        "rule": [reason.rule for _, _, reason in lines],
        "given": [reason.given for _, _, reason in lines],
        "hint": [reason.hint for _, _, reason in lines],
    }
    text = formulas.head(list(columns)) + formulas.lines(
        {name: formulas.written(pa.array(cells, pa.large_string())) for name, cells in columns.items()}
    )
    put_files({path: [text.encode()]}, replace=True)
    return path
