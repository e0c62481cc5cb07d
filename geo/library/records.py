"""What happened to the imports: a record is added for each withdrawal and each return, and none is ever changed.

    records/<time>-<random>.json    one record; its name sorts by time, so that two processes can write at once

What an import is now follows from its latest record. The packages themselves say when each was kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal, cast

from geo.data_folder import BUNDLED
from geo.errors import LibraryError, MappingError, VagueError
from geo.library.package import PACKAGES, RECORD_FORMAT, Fault, canonical, is_id, plain_json, refuse_newer, seal
from geo.library.store import DRAFT, TIME_FORM, Store, stamp, token
from geo.matching.mapping import ColumnMap, check, fitted, signature
from geo.parsing.admiralty import CREDIBILITY, HINT, RELIABILITY, RULE

RECORDS = "records"
What = Literal["kept", "withdrawn", "restored"]
LONGEST_WHY = 10_000
"""Characters kept of a reason."""
_NAME = re.compile(r"([0-9]{8}T[0-9]{12}Z)-[0-9a-f]{8}\.json")


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of the history: when (UTC), what, of which import (its id, its file's name), and why, if it was said."""

    when: datetime
    what: What
    id: str
    name: str
    why: str = ""


def add_entry(store: Store, what: What, identifier: str, name: str, why: str) -> HistoryEntry:
    """Writes one record, later than all there are even where the clock was set back."""
    now = after(named(store, RECORDS))
    entry = HistoryEntry(now, what, identifier, name, why[:LONGEST_WHY])
    said = {"what": what, "id": identifier, "name": name, "why": entry.why}
    plain = {"format": RECORD_FORMAT, "when": now.isoformat(), **said}
    store.put_once(f"{RECORDS}/{stamp(now)}-{token()}.json", canonical(plain))
    return entry


def after(names: list[str]) -> datetime:
    """Now, or the first moment later than all of these names, where the clock was set back."""
    now = datetime.now(UTC)
    return max(now, when(names[-1]) + timedelta(microseconds=1)) if names else now


def entries(store: Store) -> tuple[list[HistoryEntry], dict[str, LibraryError]]:
    """All records in the order they were made, and what is wrong with those that cannot be read, by name."""
    found: list[HistoryEntry] = []
    wrong: dict[str, LibraryError] = {}
    for name in named(store, RECORDS):
        path = f"{RECORDS}/{name}"
        try:
            found.append(_entry(store.full(path), plain_json(store.full(path), store.read(path)), when(name)))
        except LibraryError as error:
            wrong[name] = error
    return found, wrong


def withdrawn(records: list[HistoryEntry]) -> set[str]:
    """The ids whose latest record takes them back."""
    state = {entry.id: entry.what == "withdrawn" for entry in records}
    return {identifier for identifier, gone in state.items() if gone}


def named(store: Store, folder: str) -> list[str]:
    """The names in a folder that are a time and random digits, the oldest first."""
    return [name for name, is_folder in store.names(folder).items() if not is_folder and _NAME.fullmatch(name)]


def when(name: str) -> datetime:
    """The time in such a name, UTC."""
    try:
        return datetime.strptime(name[:22], TIME_FORM).replace(tzinfo=UTC)
    except ValueError:  # a name such as 20269999T…: the form of ours, and no time
        return datetime.min.replace(tzinfo=UTC)


def _entry(where: str, plain: Mapping[str, object], moment: datetime) -> HistoryEntry:
    refuse_newer(where, plain)
    texts = {name: plain.get(name) for name in ("what", "id", "name", "why")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise LibraryError(where, "a text is missing in this record", "Take it from a backup.")
    what, identifier = str(texts["what"]), str(texts["id"])
    if what not in ("withdrawn", "restored") or not is_id(identifier):
        raise LibraryError(where, "this record does not say what happened to which import", "Take it from a backup.")
    return HistoryEntry(moment, cast("What", what), identifier, str(texts["name"]), str(texts["why"]))


GRADES = "grades"
EMBEDDED = tuple(BUNDLED)
"""The data sets that come with Waybill: their reports can be graded like those of an import."""
LONGEST_REPORT = 10_000
"""Characters of a report's id: a longer one is no name."""
MOST_READ = 1 << 16
"""Records that stay read: one is never changed, and a page asks for all of them at every click."""
_BACKUP = "Take it from a backup, or grade the report again."


@dataclass(frozen=True, slots=True)
class GivenGrade:
    """One record: which report was given which grade. "" is not graded."""

    report: str
    reliability: str
    credibility: str


def is_part(part: str) -> bool:
    """Whether it has the form of an import's id, or names a data set that comes with Waybill."""
    return is_id(part) or part in EMBEDDED


def add_grade(store: Store, part: str, given: GivenGrade) -> None:
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
def _read(store: Store, part: str, path: str) -> GivenGrade:
    where = store.full(path)
    plain = plain_json(where, store.read(path))
    refuse_newer(where, plain)
    if plain.get("seal") != seal(plain):
        raise LibraryError(where, "it was changed: its seal does not fit", _BACKUP)
    return _given(where, part, plain)


def _given(where: str, part: str, plain: Mapping[str, object]) -> GivenGrade:
    report, reliability, credibility = (plain.get(name) for name in ("report", "reliability", "credibility"))
    if not isinstance(report, str) or not isinstance(reliability, str) or not isinstance(credibility, str):
        raise LibraryError(where, "this record does not say which report was given which grade", _BACKUP)
    graded = reliability in ("", *RELIABILITY) and credibility in ("", *CREDIBILITY)
    if not graded or plain.get("part") != part:
        raise LibraryError(where, "this record has no grade for a report of this import", _BACKUP)
    return GivenGrade(report, reliability, credibility)


MAPPINGS = "mappings"


def save_mapping(store: Store, headers: Sequence[str], mapping: ColumnMap) -> None:
    """Keeps a mapping for files with these headers. Raises LibraryError, MappingError."""
    check(mapping, headers)
    folder = f"{MAPPINGS}/{signature(headers)}"
    now = after(named(store, folder))
    plain = {"format": RECORD_FORMAT, "headers": list(headers), "mapping": mapping.as_json()}
    store.put_once(f"{folder}/{stamp(now)}-{token()}.json", canonical(plain))


def find_mapping(store: Store, headers: Sequence[str]) -> ColumnMap | None:
    """The mapping saved last for files with these headers, or None. Raises LibraryError where it is damaged."""
    folder = f"{MAPPINGS}/{signature(headers)}"
    there = named(store, folder)
    return read_mapping(store, f"{folder}/{there[-1]}", headers) if there else None


def read_mapping(store: Store, path: str, headers: Sequence[str] | None = None) -> ColumnMap:
    """A mapping in the library, fit for these headers, or for those it was saved with. Raises LibraryError."""
    where = store.full(path)
    plain = plain_json(where, store.read(path))
    refuse_newer(where, plain)
    given, saved_for = plain.get("mapping"), plain.get("headers")
    hint = "Save the mapping again; the new one counts."
    if not isinstance(given, dict) or not isinstance(saved_for, list) or not all(isinstance(h, str) for h in saved_for):
        raise LibraryError(where, "no mapping is in this file", hint)
    try:
        mapping = fitted(ColumnMap.from_json(given), saved_for if headers is None else headers)
        check(mapping, saved_for if headers is None else headers)
    except MappingError as error:
        raise LibraryError(where, f"the mapping saved there cannot be used ({error})", hint) from error
    return mapping
