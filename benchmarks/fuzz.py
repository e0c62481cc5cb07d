"""`python -m benchmarks.fuzz --inputs 200000`: hostile files through the reader; none may end in a traceback or hang.

Two processes read mutated texts, noise, and good files in dialects made up at random; with `--forms` workbooks,
OpenDocument, GeoPackage, Parquet and GeoJSON files from `made_files`. For each input, the only outcomes are a reading
whose rows are all accounted for, or an error of ours. A read that takes longer or more memory than the bounds is a
failure too, and so is one that gives a text of another file. The seed of each input is its number, so that a failure
can be had again: `python -m benchmarks.fuzz --from NUMBER --inputs 1`.
"""

from __future__ import annotations

import gzip
import io
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Annotated

import pyarrow as pa
import pyarrow.parquet as pq
import typer

from benchmarks import made_files, made_shapes
from geo.errors import GeoError
from geo.files.read import read_sheet
from geo.sheet import FORMS, Dialect
from geo.tables.read import take
from tests.files.books import ods, ods_rows, xlsx, xlsx_rows, zipped

MADE = (*made_files.FORMS, made_shapes.records, made_shapes.kml, made_shapes.shapefile, made_shapes.marked_up)
"""What makes files of complex forms."""
BOUND = 10.0
"""Seconds of the processor for one input of a few kilobytes: a thousand times what one takes, so that only a hang
reaches it, and not a machine that is busy with something else."""

HANG = 60.0
"""Seconds for one input with the process that it may be read in."""
REFUSED_BYTES, ACCEPTED_BYTES = 1_000_000_000, 2_000_000_000
"""Of memory that one input may take beyond what the process had before, in this process and in that of its reader."""
SECRET = "a line of another file"
BATCH = 500
PROCESSES = 2
HEAD = "origin,destination,depart,arrive,containers,vessel,note"
ROWS = (
    "KPRJN,RUVVO,2023-09-07,2023-09-09,300,Angara,plain",
    'Rajin,Vladivostok,07.09.23,,"about 1,000",Maria,"two\nlines"',
    "KPRJN,RUVVO,2023-09-08,,>200,,=1+1",
    'KPRJN,RUVVO,summer,,dozens,"say ""so""",Владивосток',
    "Total,,,,1500,,",
)
BITS = (
    *",;|\t\"'\\\n\r \x00\x1f\x7f\u202e\ufeff=+-@<>/0123456789.-~{[",
    *('"""', '","', "\r\n", "||", "::", "\n\n\n", "'=1", "2023-13-99", "1e999", "9" * 400, "../../x", "<img src=x>"),
    *("PK\x03\x04", "\x1f\x8b", "PAR1", "SQLite format 3\0", '{"type":"FeatureCollection"', "é", "日本", "\ud7ff"),
)
DELIMITERS = (",", ";", "\t", "|", "||", "::", "; ", " ", "~|~", "¦", "#", "")
ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "cp1251",
    "cp932",
    "cp949",
    "gb18030",
    "x",
)
FEATURE = '{"type":"Feature","properties":{"depart":"2023-09-07","containers":3},"geometry":{"type":"LineString",'
GEOJSON = '{"type":"FeatureCollection","features":[' + FEATURE + '"coordinates":[[130.3,42.2],[131.9,43.1]]}}]}'


def good(chance: random.Random) -> bytes:
    """A file that can be read, of any form."""
    rows = [HEAD, *chance.choices(ROWS, k=chance.randint(0, 12))]
    text = chance.choice(("\n", "\r\n", "\r")).join(rows)
    if chance.random() < 0.3:
        text = "Voyages in 2023\nSource: a ledger\n\n" + text
    delimiter = chance.choice([each for each in DELIMITERS if each])
    content = text.replace(",", delimiter).encode(chance.choice(ENCODINGS[:-1]), "replace")
    cells = [row.split(",") for row in rows if '"' not in row]
    return chance.choices(
        (
            lambda: content,
            lambda: gzip.compress(content, 1),
            lambda: zipped({"a.csv": content}),
            lambda: xlsx({"A": xlsx_rows([list(row) for row in cells])}),
            lambda: ods({"A": ods_rows([list(row) for row in cells])}),
            lambda: _parquet(cells),
            GEOJSON.encode,
        ),
        weights=(160, 10, 10, 1, 1, 1, 1),
    )[0]()


def _parquet(rows: list[list[str]]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({name: [row[at] for row in rows[1:]] for at, name in enumerate(rows[0])}), file)
    return file.getvalue()


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The same with a few bytes changed, taken out, doubled or put in."""
    found = bytearray(content)
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3, 8))):
        at, size = chance.randint(0, len(found)), chance.choice((1, 1, 2, 8, 40))
        kind = chance.randrange(5)
        if kind == 0 and at < len(found):
            found[at] = chance.randrange(256)
        elif kind == 1:
            del found[at : at + size]
        elif kind == 2:
            found[at:at] = found[at : at + size * 4]
        elif kind == 3:
            found[at:at] = chance.choice(BITS).encode()
        else:
            found[at:at] = chance.randbytes(size)
    return bytes(found)


def made_up(chance: random.Random) -> Dialect | None:
    """A dialect that may fit nothing; most often none, so that it is detected."""
    if chance.random() < 0.6:
        return None
    dialect = Dialect(
        delimiter=chance.choice(DELIMITERS),
        quote=chance.choice(('"', '"', "'", "", "`")),
        escape=chance.choice(('"', "\\", "")),
        encoding=chance.choice(ENCODINGS),
        header_line=chance.choice((0, 1, 1, 2, 4, 99)),
        header_lines=chance.choice((1, 1, 2, 3)),
        decimal=chance.choice(("", ".", ",")),
    )
    if chance.random() < 0.15:
        form = chance.choice(FORMS[1:])
        dialect = replace(dialect, form=form, sheet=chance.choice(("", "A", "B")))
    return replace(dialect, packing=chance.choice(("gzip", "zip"))) if chance.random() < 0.1 else dialect


def given(seed: int, bait: Path | None) -> tuple[bytes, Dialect | None]:
    """The input of a seed: a file of a complex form that may name `bait`, where there is one."""
    chance = random.Random(seed)
    if bait is not None:
        content = chance.choice(MADE)(chance, bait)
        return (mutated(content, chance) if chance.random() < 0.2 else content), None
    if chance.random() < 0.1:
        return chance.randbytes(chance.randint(0, 600)), made_up(chance)
    return mutated(good(chance), chance), made_up(chance)


class _TooLong(BaseException):
    """A read that does not end; no `except Exception` may catch it."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLong


def outcome(seed: int, bait: Path | None) -> tuple[str, str]:
    """(what came of an input, the traceback where it is a failure)."""
    content, dialect = given(seed, bait)
    signal.setitimer(signal.ITIMER_PROF, BOUND if bait is None else HANG)
    try:
        sheet = read_sheet(content, dialect=dialect)
        reading = take(sheet)
        if reading.rows != reading.kept + len(reading.set_aside):
            return "FAILED: rows lost", f"{reading.rows} != {reading.kept} + {len(reading.set_aside)}"
        if any(SECRET in text for column in sheet.columns.values() for text in column.dictionary.to_pylist()):
            return "FAILED: another file was read", ""
    except GeoError as error:
        return type(error).__name__, ""
    except _TooLong:
        return "FAILED: a hang", traceback.format_exc()
    except BaseException as error:  # noqa: BLE001  Whatever comes is what this looks for.
        return f"FAILED: {type(error).__name__}", traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return ("read whole" if reading.kept == reading.rows else "read, rows set aside"), ""


def measured(seed: int, bait: Path | None) -> tuple[str, str]:
    """The same with the bounds of time and memory."""
    before, begun = memory(reset=True), time.perf_counter()
    what, why = outcome(seed, bait)
    took, more = time.perf_counter() - begun, memory() - before
    most = max(more, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
    bound = ACCEPTED_BYTES if what.startswith("read") else REFUSED_BYTES
    if most > bound:
        return "FAILED: memory", f"{what} with {most / 1e6:,.0f} MB"
    return ("FAILED: a hang", f"{what} after {took:.0f} s") if took > HANG else (what, why)


def memory(*, reset: bool = False) -> int:
    """The most memory that this process held since the last reset, in bytes."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) * 1024 if found else 0


def batch(seeds: range, bait: Path | None) -> tuple[Counter[str], dict[int, tuple[str, str]], float]:
    """(outcomes, failures by seed, the slowest read in seconds) of some inputs."""
    signal.signal(signal.SIGPROF, _stop)
    counts: Counter[str] = Counter()
    failures: dict[int, tuple[str, str]] = {}
    slowest = 0.0
    for seed in seeds:
        begun = time.perf_counter()
        what, why = measured(seed, bait)
        slowest = max(slowest, time.perf_counter() - begun)
        counts[what] += 1
        if what.startswith("FAILED"):
            failures[seed] = what, why
    return counts, failures, slowest


def _batches(first: int, inputs: int) -> Iterator[range]:
    for begin in range(first, first + inputs, BATCH):
        yield range(begin, min(begin + BATCH, first + inputs))


def main(
    inputs: Annotated[int, typer.Option(min=1, max=10_000_000, help="How many inputs.")] = 200_000,
    first: Annotated[int, typer.Option("--from", min=0, help="The seed of the first.")] = 0,
    minutes: Annotated[float, typer.Option(min=0.1, help="Stop after so long.")] = 120.0,
    forms: Annotated[
        bool, typer.Option("--forms", help="Workbooks, GeoPackages and the like instead of texts.")
    ] = False,
) -> None:
    """Reads hostile files, and counts what comes of them."""
    with tempfile.TemporaryDirectory() as folder:
        bait = Path(folder) / "bait.txt"
        bait.write_text(f"{SECRET}\n" * 3)
        failures = _run(inputs, first, minutes, bait if forms else None)
    raise typer.Exit(1 if failures else 0)


def _run(inputs: int, first: int, minutes: float, bait: Path | None) -> dict[int, tuple[str, str]]:
    """Reads them all, and prints what came of them; the failures by seed."""
    counts: Counter[str] = Counter()
    failures: dict[int, tuple[str, str]] = {}
    slowest, begun = 0.0, time.monotonic()
    with ProcessPoolExecutor(PROCESSES) as pool:
        waiting = [pool.submit(batch, seeds, bait) for seeds in _batches(first, inputs)]
        for done in as_completed(waiting):
            if done.cancelled():
                continue
            some, failed, longest = done.result()
            counts += some
            failures |= failed
            slowest = max(slowest, longest)
            if sys.stdout.isatty() or sum(counts.values()) % 10_000 == 0:
                print(f"{sum(counts.values()):,} read, {len(failures)} failed", flush=True)
            if time.monotonic() - begun > minutes * 60:
                pool.shutdown(wait=False, cancel_futures=True)
                break
    seconds = time.monotonic() - begun
    print(f"{sum(counts.values()):,} inputs from seed {first} in {seconds:,.0f} s; the slowest took {slowest:.2f} s")
    for what, many in counts.most_common():
        print(f"{many:>10,}  {what}")
    for seed, (what, why) in sorted(failures.items())[:10]:
        print(f"seed {seed}: {what}\n{why}")
    return failures


if __name__ == "__main__":
    typer.run(main)
