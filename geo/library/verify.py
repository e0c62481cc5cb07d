"""Whether a library is what it was: every hash computed anew, and whatever is no part of an import named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from geo.errors import LibraryError
from geo.library import package, records
from geo.library.package import (
    MANIFEST,
    PACKAGES,
    PARTS,
    Fault,
    Import,
    from_manifest,
    identity,
    is_id,
    plain_json,
)
from geo.library.store import DRAFT, Store

if TYPE_CHECKING:
    from geo.errors import Progress

REMNANT = "a remnant of an import that was cut short, or one that is being made now; it does not count"


def verify(store: Store, progress: Progress | None = None) -> Iterator[Fault]:
    """All faults, and a note for each remnant. Raises LibraryError only where the library as a whole cannot be read."""
    folders = store.names(PACKAGES)
    for number, (name, is_folder) in enumerate(folders.items()):
        if progress:
            progress(number / len(folders), f"Verifying {name}")
        if is_folder and is_id(name):
            try:
                yield from _package(store, name)
            except LibraryError as error:
                yield Fault(name, "", f"it cannot be read: {error.reason}. {error.hint}")
        else:
            yield Fault("", name, "it is not an import and is ignored", "note")
    yield from _records(store)
    yield from _mappings(store)
    yield from records.faults(store)


def _package(store: Store, folder: str) -> Iterator[Fault]:
    here = store.names(f"{PACKAGES}/{folder}")
    made = None
    if MANIFEST in here:
        path = f"{PACKAGES}/{folder}/{MANIFEST}"
        try:
            made = from_manifest(store.full(path), folder, plain_json(store.full(path), store.read(path)))
        except LibraryError as error:
            yield Fault(folder, "manifest", f"{error.reason}. {error.hint}")
            return
        yield from _parts(store, made)
    for name in here:
        if name != MANIFEST and (made is None or name != made.attempt):
            yield Fault(folder, name, REMNANT, "note")


def _parts(store: Store, made: Import) -> Iterator[Fault]:
    there = store.names(f"{PACKAGES}/{made.id}/{made.attempt}")
    whole = True
    for name, file in PARTS.items():
        what = "it is missing" if file not in there else _changed(store, made, name)
        if what:
            whole = False
            yield Fault(made.id, name, what)
    for extra in sorted(set(there) - set(PARTS.values())):
        yield Fault(made.id, extra, "it is not part of the import and is ignored", "note")
    if whole and not _fits(store, made):
        yield Fault(made.id, "manifest", "the id does not follow from the parts: they are of another import")


def _changed(store: Store, made: Import, name: str) -> str:
    try:
        for _ in package.blocks(store, made, name):
            pass
    except LibraryError as error:
        return error.reason
    return ""


def _fits(store: Store, made: Import) -> bool:
    """Whether the id follows from what it was made of."""
    recipe: dict[str, object] = {"sha256": made.parts["original"].sha256, "kind": made.kind}
    recipe["places"] = made.places_sha256
    for name in ("dialect", "mapping", "fixes"):
        recipe[name] = plain_json(made.path(name), package.content(store, made, name))
    return made.sha256 == recipe["sha256"] and identity(recipe) == made.id


def _records(store: Store) -> Iterator[Fault]:
    _, wrong = records.entries(store)
    for name, error in wrong.items():
        yield Fault("", f"{records.RECORDS}/{name}", f"{error.reason}. {error.hint}")
    yield from _strange(store, records.RECORDS)


def _mappings(store: Store) -> Iterator[Fault]:
    for headers in store.names(records.MAPPINGS):
        folder = f"{records.MAPPINGS}/{headers}"
        for name in records.named(store, folder):
            try:
                records.read_mapping(store, f"{folder}/{name}")
            except LibraryError as error:
                yield Fault("", f"{folder}/{name}", f"{error.reason}. {error.hint}")
        yield from _strange(store, folder)


def _strange(store: Store, folder: str) -> Iterator[Fault]:
    ours = set(records.named(store, folder))
    for name in store.names(folder):
        if name not in ours:
            what = REMNANT.replace("an import", "a record") if name.endswith(DRAFT) else "it is not a Waybill file"
            yield Fault("", f"{folder}/{name}", what, "note")
