"""Grades that users gave to reports: a record is added for each, and none is ever changed. The last one counts.

    grades/<import's id, or "founding" or "wider">/<time>-<random>.json

The report's id stands in the record alone, never in a path. A record is sealed as manifests are: one that was changed
counts for nothing, and `verify` names it. Grades outlast the withdrawal of their import.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from geo.data_folder import BUNDLED
from geo.errors import LibraryError, VagueError
from geo.library.history import after, named
from geo.library.package import PACKAGES, RECORD_FORMAT, Fault, canonical, is_id, plain_json, refuse_newer, seal
from geo.library.store import DRAFT, Store, stamp, token
from geo.parsing.admiralty import CREDIBILITY, HINT, RELIABILITY, RULE

GRADES = "grades"
EMBEDDED = tuple(BUNDLED)
"""The data sets that come with Waybill: their reports can be graded like those of an import."""
LONGEST_REPORT = 10_000
"""Characters of a report's id: a longer one is no name."""
MOST_READ = 1 << 16
"""Records that stay read: one is never changed, and a page asks for all of them at every click."""
_BACKUP = "Take it from a backup, or grade the report again."


@dataclass(frozen=True, slots=True)
class Given:
    """One record: which report was given which grade. "" is not graded."""

    report: str
    reliability: str
    credibility: str


def is_part(part: str) -> bool:
    """Whether it has the form of an import's id, or names a data set that comes with Waybill."""
    return is_id(part) or part in EMBEDDED


def add_grade(store: Store, part: str, given: Given) -> None:
    """Writes one record, later than all there are of the part.

    Raises VagueError for what is no grade, and LibraryError for a report whose id is none, too long, or no text.
    """
    if given.reliability not in ("", *RELIABILITY) or given.credibility not in ("", *CREDIBILITY):
        raise VagueError(f"{given.reliability}{given.credibility}", RULE, HINT)
    if not 0 < len(given.report) <= LONGEST_REPORT:
        reason = f"the id of a report has 1 to {LONGEST_REPORT:,} characters, and this one has {len(given.report):,}"
        raise LibraryError(store.root, reason, "Give the report another id in its file, and load it again.")
    if any("\ud800" <= mark <= "\udfff" for mark in given.report):
        reason = "the id of a report is text, and this one has half of a character in it"
        raise LibraryError(store.root, reason, "Give the report another id in its file, and load it again.")
    folder = f"{GRADES}/{_known(store, part)}"
    now = after(named(store, folder))
    said = {"report": given.report, "reliability": given.reliability, "credibility": given.credibility}
    plain: dict[str, object] = {"format": RECORD_FORMAT, "part": part, "when": now.isoformat(), **said}
    store.put_once(f"{folder}/{stamp(now)}-{token()}.json", canonical(plain | {"seal": seal(plain)}))


def latest(store: Store, part: str) -> dict[str, tuple[str, str]]:
    """Report -> (reliability, credibility), as they were given last. A damaged record counts for nothing."""
    found: dict[str, tuple[str, str]] = {}
    folder = f"{GRADES}/{_known(store, part)}"
    for name in named(store, folder):
        try:
            given = _read(store, part, f"{folder}/{name}")
        except LibraryError:  # `verify` names it
            continue
        found[given.report] = (given.reliability, given.credibility)
    return found


def faults(store: Store) -> Iterator[Fault]:
    """What is wrong with the records, and what lies beside them that is none."""
    packages = store.names(PACKAGES)
    for part in store.names(GRADES):
        folder = f"{GRADES}/{part}"
        if not is_part(part):
            yield Fault("", folder, "it grades something unknown and is ignored", "note")
            continue
        if part not in EMBEDDED and part not in packages:
            yield Fault("", folder, "it grades an import that does not exist", "note")
        names = named(store, folder)
        for name in names:
            try:
                _read.__wrapped__(store, part, f"{folder}/{name}")
            except LibraryError as error:
                yield Fault(part if is_id(part) else "", f"{folder}/{name}", f"{error.reason}. {error.hint}")
        for name in sorted(set(store.names(folder)) - set(names)):
            what = "a remnant of a grade that was not kept" if name.endswith(DRAFT) else "it is not a Waybill file"
            yield Fault("", f"{folder}/{name}", what, "note")


def _known(store: Store, part: str) -> str:
    """The part, where it may be the name of a folder. Raises LibraryError for anything else."""
    if not is_part(part):
        reason = f"grades are of an import or of {' or '.join(EMBEDDED)}, and {part[:64]!r} is neither"
        raise LibraryError(store.root, reason, "`waybill library list` names the imports.")
    return part


@lru_cache(maxsize=MOST_READ)
def _read(store: Store, part: str, path: str) -> Given:
    where = store.full(path)
    plain = plain_json(where, store.read(path))
    refuse_newer(where, plain)
    if plain.get("seal") != seal(plain):
        raise LibraryError(where, "it was changed: its seal does not fit", _BACKUP)
    return _given(where, part, plain)


def _given(where: str, part: str, plain: Mapping[str, object]) -> Given:
    report, reliability, credibility = (plain.get(name) for name in ("report", "reliability", "credibility"))
    if not isinstance(report, str) or not isinstance(reliability, str) or not isinstance(credibility, str):
        raise LibraryError(where, "this record does not say which report was given which grade", _BACKUP)
    graded = reliability in ("", *RELIABILITY) and credibility in ("", *CREDIBILITY)
    if not graded or plain.get("part") != part:
        raise LibraryError(where, "this record has no grade for a report of this import", _BACKUP)
    return Given(report, reliability, credibility)
