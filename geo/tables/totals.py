"""A sieve of totals -> the columns of `TOTAL_TABLE`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import partial
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import Array, Texts
from geo.columns import PRECISIONS, TOTAL_TABLE, TOTALS
from geo.gazetteer.places import Places
from geo.gazetteer.scopes import Nesting, Scope
from geo.tables import breakdowns, exchanged_ends
from geo.tables.date_columns import dates
from geo.tables.frame import Coded, Columns, texts
from geo.tables.place_columns import Ends, corridors, paired
from geo.tables.quantity_columns import amounts
from geo.tables.rules import TableColumns, grades, links, modes, rest, total_rows, unique
from geo.tables.sites import Sites
from geo.tables.total_windows import windows
from geo.tables.validator import Sieve

NATURES = ("", "estimate", "observed", "capacity")
RUNNING = {
    "": "",
    **dict.fromkeys(("yes", "y", "true", "1", "running", "cumulative"), "yes"),
    **dict.fromkeys(("no", "n", "false", "0"), "no"),
}
EXACT = ("low", "best", "high")
_OUTSIDE = (
    "a part must overlap its whole, which is from or to another place or by another mode",
    "Correct part_of, the places or the mode. As it is, it raises the minimum of the whole.",
)
_PARTS = "part_of is the id of another total of this file"


def totals(sieve: Sieve, gazetteer: Places) -> TableColumns:
    """Totals over windows and their geodesics."""
    sieve.progress(0.0, "Looking up places")
    sieve.filled("claimant", "a total needs a claimant: who says it")
    ends = Ends(sieve, Sites(gazetteer))
    origin, destination = ends.of("origin"), ends.of("destination")
    pairs, codes = paired(sieve, ends.sites, origin, destination)
    exchanged_ends.warn(ends, origin, destination)
    sieve.progress(0.3, "Reading figures")
    mode = modes(sieve)
    amount = amounts(sieve, "quantity", EXACT)
    sieve.progress(0.5, "Reading windows")
    nature, running = _natures(sieve), _running(sieve)
    moments = windows(sieve, nature)
    links(sieve, "url")
    links(sieve, "archive_url")
    total_rows(sieve, "quantity", Coded(amount.best, amount.codes))
    breakdowns.taken_back(sieve)
    ids = _ids(sieve)
    _parts(sieve, np.asarray(ids.values)[ids.codes] if len(ids.codes) else np.zeros(0, object))
    lanes = corridors(sieve, ends.sites, pairs, codes)
    _insides(sieve, ids, (lanes.origin, lanes.destination), mode, Nesting(gazetteer))
    columns = {
        **rest(sieve, TOTAL_TABLE),
        **grades(sieve),
        **provenance(sieve),
        "id": ids,
        "origin": lanes.origin,
        "destination": lanes.destination,
        "mode": mode,
        "nature": nature,
        "running": running,
        **amount.coded(""),
        **moments,
        "window_words": texts(sieve.distinct("window")),
        "quantity_words": texts(sieve.distinct("quantity")),
    }
    table = Columns(TOTAL_TABLE, columns, sieve.sheet.lines, lanes.shapes, sieve.bad)
    return TableColumns(table, partial(ends.sites.table, lanes.sites), ends.unplaced(), ends.preferred())


def _natures(sieve: Sieve) -> Coded:
    cells = sieve.distinct("nature")
    lower = pc.utf8_lower(cells.values)
    wrong = [at for at, text in enumerate(lower.to_pylist()) if text not in NATURES]
    message = (f"a nature is one of {', '.join(NATURES[1:])}", "Or leave it empty.")
    sieve.judge("nature", cells.codes, dict.fromkeys(wrong, message))
    return Coded(lower, cells.codes)


def _running(sieve: Sieve) -> Coded:
    """Whether a total says so far: "yes", "no", or "" where its window is to tell."""
    cells = sieve.distinct("running")
    said = [RUNNING.get(str(text).casefold()) for text in cells.values.to_pylist()]
    message = ('running is "yes" or "no"', "Or leave it empty: then the start of the window tells.")
    sieve.judge("running", cells.codes, {at: message for at, text in enumerate(said) if text is None})
    return Coded(pa.array([text or "" for text in said], pa.large_string()), cells.codes)


def _ids(sieve: Sieve) -> Coded:
    """The ids given, and for each row without one an id made of what it says, and not of where it stands.

    Rows that say the same get a number behind it, since an id names one row of a table.
    """
    unique(sieve, "id", "an id names one total")
    cells = sieve.distinct("id")
    given = np.array(cells.texts(), object)[cells.codes].tolist() if len(sieve) else []
    made: list[str] = []
    turns: Counter[str] = Counter()
    for own, digest in zip(given, _digests(sieve) if not all(given) else given, strict=True):
        name = own or f"{digest:016x}"
        turns[name] += not own
        made.append(name if own or turns[name] == 1 else f"{name}-{turns[name]}")
    return Coded(pa.array(made, pa.large_string()), np.arange(len(made), dtype=np.int32))


def _digests(sieve: Sieve) -> list[int]:
    """64 bits of the texts of every row: those of its cells, each under the name of its column, in any order."""
    digests = np.zeros(len(sieve), np.uint64)
    for name in (column.name for column in TOTALS if column.name in sieve and column.name != "id"):
        cells = sieve.distinct(name)
        digest_of = [
            int.from_bytes(blake2b(f"{name}\x1f{text}".encode(), digest_size=8).digest(), "little") if text else 0
            for text in cells.texts()
        ]
        digests += np.array(digest_of, np.uint64)[cells.codes]
    return [int(each) for each in digests]


def _parts(sieve: Sieve, ids: Texts) -> None:
    """part_of names a total that is kept, and following it never leads back."""
    if "part_of" not in sieve:
        return
    cells = sieve.distinct("part_of")
    parents = np.array(cells.texts(), object)[cells.codes] if len(sieve) else np.zeros(0, object)
    has = parents != ""
    there = set(ids.tolist())
    unknown = has & np.array([parent not in there for parent in parents], bool)
    sieve.find(unknown, "part_of", (_PARTS, "Correct the id, or leave it empty."))
    first: dict[str, int] = {}
    for row, name in enumerate(ids.tolist()):
        first.setdefault(name, row)  # a later row with the same id is set aside
    parent_of = {name: parents[row] for name, row in first.items() if has[row]}
    rounds = np.array([name in parent_of and _leads_back(name, parent_of) for name in ids], bool)
    sieve.find(rounds & has & ~sieve.bad, "part_of", ("a total is not part of itself", "Break the loop."))
    while True:
        kept = set(ids[~sieve.bad].tolist())
        orphans = has & ~sieve.bad & np.array([parent not in kept for parent in parents], bool)
        if not orphans.any():
            return
        message = ("part_of is the id of a total that is kept", "Fix the row of that total first.")
        sieve.find(orphans, "part_of", message)


def _insides(sieve: Sieve, ids: Coded, ends: tuple[Coded, Coded], mode: Coded, nesting: Nesting) -> None:
    """A part that has nothing in common with its whole is kept, with a warning."""
    if "part_of" not in sieve:
        return
    cells = sieve.distinct("part_of")
    rows = np.flatnonzero(~cells.empty[cells.codes] & ~sieve.bad).tolist()
    first = {name: row for row, name in reversed(list(enumerate(_each(ids).tolist())))}
    origin, destination, modes_of = (_each(column) for column in (*ends, mode))

    def scope(row: int) -> Scope:
        return Scope("", str(origin[row]), str(destination[row]), int(modes_of[row]))

    texts_of = cells.texts()
    wholes = [(row, first.get(texts_of[cells.codes[row]])) for row in rows]
    outside = [row for row, whole in wholes if whole is not None and nesting.meet(scope(whole), scope(row)) is None]
    sieve.find(np.array(outside, np.int64), "part_of", _OUTSIDE, "warning")


def _each(column: Coded) -> Array:
    """The value of every row."""
    return np.asarray(column.values)[column.codes]


def _leads_back(name: str, parent_of: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    at: str | None = parent_of.get(name)
    while at is not None and at not in seen:
        if at == name:
            return True
        seen.add(at)
        at = parent_of.get(at)
    return False


PRECISION = (
    f"a precision is one of {', '.join(PRECISIONS[1:])}",
    "Or leave it empty. The row is kept without it.",
)
SHA256 = (
    "a SHA-256 has 64 hexadecimal digits",
    "Compute it from the archived copy again. The row is kept as it is.",
)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.IGNORECASE | re.ASCII)


def provenance(sieve: Sieve) -> dict[str, Coded]:
    """The columns precision, archive_sha256 and accessed. None of them costs a row: what is wrong is warned of."""
    sieve.check("archive_sha256", lambda text: bool(_SHA256.fullmatch(text)), SHA256)
    accessed = dates(sieve, "accessed", required=False, exact=sieve.of_ours, severity="warning")
    return {
        "precision": _precisions(sieve),
        "archive_sha256": texts(sieve.distinct("archive_sha256")),
        "accessed": accessed.starts,
    }


def _precisions(sieve: Sieve) -> Coded:
    cells = sieve.distinct("precision")
    lower = pc.utf8_lower(cells.values)
    wrong = [at for at, text in enumerate(lower.to_pylist()) if text not in PRECISIONS]
    sieve.judge("precision", cells.codes, dict.fromkeys(wrong, PRECISION), "warning")
    known = np.ones(len(lower), bool)
    known[wrong] = False
    return Coded(pc.if_else(known, lower, ""), cells.codes)
