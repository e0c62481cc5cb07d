"""What happened to the imports: a record is added for each withdrawal and each return, and none is ever changed.

    records/<time>-<random>.json    one record; its name sorts by time, so that two processes can write at once

What an import is now follows from its latest record. The packages themselves say when each was kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, cast

from geo.errors import LibraryError
from geo.library.package import RECORD_FORMAT, canonical, is_id, plain_json, refuse_newer
from geo.library.store import TIME_FORM, Store, stamp, token

RECORDS = "records"
What = Literal["kept", "withdrawn", "restored"]
LONGEST_WHY = 10_000
"""Characters kept of a reason."""
_NAME = re.compile(r"([0-9]{8}T[0-9]{12}Z)-[0-9a-f]{8}\.json")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history: when (UTC), what, of which import (its id, its file's name), and why, if it was said."""

    when: datetime
    what: What
    id: str
    name: str
    why: str = ""


def add_entry(store: Store, what: What, identifier: str, name: str, why: str) -> Entry:
    """Writes one record, later than all there are even where the clock was set back."""
    now = after(named(store, RECORDS))
    entry = Entry(now, what, identifier, name, why[:LONGEST_WHY])
    said = {"what": what, "id": identifier, "name": name, "why": entry.why}
    plain = {"format": RECORD_FORMAT, "when": now.isoformat(), **said}
    store.put_once(f"{RECORDS}/{stamp(now)}-{token()}.json", canonical(plain))
    return entry


def after(names: list[str]) -> datetime:
    """Now, or the first moment later than all of these names, where the clock was set back."""
    now = datetime.now(UTC)
    return max(now, when(names[-1]) + timedelta(microseconds=1)) if names else now


def entries(store: Store) -> tuple[list[Entry], dict[str, LibraryError]]:
    """All records in the order they were made, and what is wrong with those that cannot be read, by name."""
    found: list[Entry] = []
    wrong: dict[str, LibraryError] = {}
    for name in named(store, RECORDS):
        path = f"{RECORDS}/{name}"
        try:
            found.append(_entry(store.full(path), plain_json(store.full(path), store.read(path)), when(name)))
        except LibraryError as error:
            wrong[name] = error
    return found, wrong


def withdrawn(records: list[Entry]) -> set[str]:
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


def _entry(where: str, plain: Mapping[str, object], moment: datetime) -> Entry:
    refuse_newer(where, plain)
    texts = {name: plain.get(name) for name in ("what", "id", "name", "why")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise LibraryError(where, "a text is missing in this record", "Take it from a backup.")
    what, identifier = str(texts["what"]), str(texts["id"])
    if what not in ("withdrawn", "restored") or not is_id(identifier):
        raise LibraryError(where, "this record does not say what happened to which import", "Take it from a backup.")
    return Entry(moment, cast("What", what), identifier, str(texts["name"]), str(texts["why"]))
