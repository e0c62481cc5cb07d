"""A package: one import, immutable. Its manifest, written last, is what makes it count.

    packages/<id>/manifest.json                what the import is, and the size and SHA-256 of every part
    packages/<id>/<attempt>/original           the bytes as given, under a name of ours
    packages/<id>/<attempt>/dialect.json …     the other parts of `PARTS`

Every attempt to make a package writes into a folder of its own, named by its time and random digits, and the manifest
names one attempt. So two processes that import the same file never write into each other's files, a remnant of a crash
is in nobody's way, and nothing has to be renamed, which an object store could not do in one step.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal, cast

from geo import __version__
from geo.errors import LibraryError
from geo.library.store import BLOCK, Store

FORMAT = 2
"""The version of packages. One with a higher one is refused in words, never half understood; `geoparquet` reads 1."""
RECORD_FORMAT = 1
"""The version of records, grades and mappings: it has not changed, so that an older Waybill goes on reading them."""
PARTS = {
    "original": "original",
    "dialect": "dialect.json",
    "mapping": "mapping.json",
    "fixes": "fixes.json",
    "table": "table.parquet",
    "places": "places.parquet",
    "problems": "problems.parquet",
    "set aside": "set-aside.parquet",
}
"""Part -> the name of its file in the attempt's folder."""
MANIFEST = "manifest.json"
PACKAGES = "packages"
KINDS = ("legs", "totals", "places", "events")
LONGEST_JSON = 256 << 20
"""Bytes of a JSON file that are read: a mapping that places every spelling of a large file stays below it."""
LONGEST_NAME = 1024
"""Characters kept of a file's name; no disk of today allows more in one name."""
_ATTEMPT = re.compile(r"[0-9]{8}T[0-9]{12}Z-[0-9a-f]{8}")
_ID = re.compile(r"[0-9a-f]{16}")
_SHA = re.compile(r"[0-9a-f]{64}")
_TEXTS = ("id", "name", "kind", "sha256", "made", "version", "places_sha256", "attempt")
_COUNTS = ("rows", "kept", "set_aside", "warnings")
_DAMAGED = (
    "`waybill library verify` names what is damaged. Restore it from a backup, or move it away and load the file again."
)


@dataclass(frozen=True, slots=True)
class PackageFile:
    """Size in bytes and SHA-256 (hex) of a part."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Import:
    """One import as the library knows it.

    id         16 hex digits, made of the bytes, the dialect, the mapping and the fixes: the same import has the same
    name       the file's name as its user gave it, for reading by people alone
    kind       legs, totals, places or events
    rows       rows read; rows == kept + set_aside
    warnings   problems that did not cost their row
    sha256     of the original bytes
    made       when it was kept, UTC
    version    of Waybill that kept it
    places_sha256  of the places given beside the gazetteer's; "" where none were
    withdrawn  whether it was taken back; its tables stay readable
    again      true from `keep` alone: the very same import was there already
    """

    id: str
    name: str
    kind: str
    rows: int
    kept: int
    set_aside: int
    warnings: int
    sha256: str
    made: datetime
    version: str
    places_sha256: str
    attempt: str
    parts: Mapping[str, PackageFile] = field(repr=False)
    withdrawn: bool = False
    again: bool = False

    def path(self, part: str) -> str:
        """Where a part lies, below the library's root."""
        return f"{PACKAGES}/{self.id}/{self.attempt}/{PARTS[part]}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a library. severity "note": a remnant of an import that never counted; nothing is lost."""

    id: str
    part: str
    what: str
    severity: Literal["fault", "note"] = "fault"


def canonical(plain: object) -> bytes:
    """JSON with sorted keys and no spaces, in ASCII: equal values give equal bytes."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def identity(recipe: Mapping[str, object]) -> str:
    """The id of what is made of these: the first 16 hex digits of a SHA-256. Empty texts make no difference."""
    said = {name: value for name, value in recipe.items() if value != ""}
    return hashlib.sha256(canonical(said)).hexdigest()[:16]


def tool_version() -> str:
    """Waybill's own."""
    return __version__


def is_attempt(name: str) -> bool:
    """Whether a folder may be named so by an attempt."""
    return _ATTEMPT.fullmatch(name) is not None


def is_id(name: str) -> bool:
    """Whether it has the form of an id."""
    return _ID.fullmatch(name) is not None


def as_manifest(made: Import) -> bytes:
    """The manifest, sealed: its last entry is the SHA-256 of all the others."""
    plain: dict[str, object] = {
        "format": FORMAT,
        "id": made.id,
        "name": made.name,
        "kind": made.kind,
        **{name: getattr(made, name) for name in _COUNTS},
        "sha256": made.sha256,
        "made": made.made.astimezone(UTC).isoformat(),
        "version": made.version,
        "places_sha256": made.places_sha256,
        "attempt": made.attempt,
        "parts": {name: {"bytes": part.bytes, "sha256": part.sha256} for name, part in made.parts.items()},
    }
    return json.dumps(plain | {"seal": seal(plain)}, indent=1, ensure_ascii=True).encode("ascii")


def seal(plain: Mapping[str, object]) -> str:
    """The SHA-256 of a manifest without its seal."""
    return hashlib.sha256(canonical({name: value for name, value in plain.items() if name != "seal"})).hexdigest()


def plain_json(where: str, content: bytes) -> dict[str, object]:
    """A JSON object; LibraryError for anything else, however it was made."""
    if len(content) > LONGEST_JSON:
        raise LibraryError(where, f"it has {len(content):,} bytes, and the limit is {LONGEST_JSON:,}", _DAMAGED)
    try:
        plain = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise LibraryError(where, f"it is not JSON that can be read ({error})", _DAMAGED) from error
    if not isinstance(plain, dict):
        raise LibraryError(where, "it is not a JSON object", _DAMAGED)
    return plain


def refuse_newer(where: str, plain: Mapping[str, object]) -> None:
    """LibraryError where a later Waybill wrote this, or nobody can tell."""
    found = plain.get("format")
    if type(found) is not int or found < 1:
        raise LibraryError(where, "it does not say its format", _DAMAGED)
    if found > FORMAT:
        reason = f"made by a newer Waybill (format {found}); this one reads {FORMAT}"
        raise LibraryError(where, reason, "Update Waybill.")


def from_manifest(where: str, folder: str, plain: Mapping[str, object]) -> Import:
    """What a manifest says, every value checked: a package may come from anybody. folder: the id it lies under.

    One whose seal does not fit counts for nothing.
    """
    refuse_newer(where, plain)
    if plain.get("seal") != seal(plain):
        raise LibraryError(where, "it was changed: its seal does not fit", _DAMAGED)
    texts = {name: plain.get(name) for name in _TEXTS}
    counts = {name: plain.get(name) for name in _COUNTS}
    wrong = [name for name, value in texts.items() if not isinstance(value, str)]
    wrong += [name for name, value in counts.items() if type(value) is not int or value < 0]
    if not wrong:
        known = cast("dict[str, str]", texts)
        good = {
            "id": known["id"] == folder and is_id(folder),
            "kind": known["kind"] in KINDS,
            "sha256": _SHA.fullmatch(known["sha256"]) is not None,
            "attempt": is_attempt(known["attempt"]),
        }
        wrong = [name for name, fine in good.items() if not fine]
    made = _time(texts["made"])
    parts = _parts(plain.get("parts"))
    wrong += [name for name, value in (("made", made), ("parts", parts)) if value is None]
    if wrong:
        raise LibraryError(where, f"its manifest is damaged at {', '.join(map(repr, wrong))}", _DAMAGED)
    return Import(**(known | counts | {"made": made, "parts": parts}))  # type: ignore[arg-type]  # checked above


def _time(text: object) -> datetime | None:
    try:
        made = datetime.fromisoformat(str(text))
        return made.astimezone(UTC) if made.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _parts(plain: object) -> dict[str, PackageFile] | None:
    if not isinstance(plain, dict) or set(plain) != set(PARTS):
        return None
    parts = {}
    for name, each in plain.items():
        size, sha = (each.get("bytes"), each.get("sha256")) if isinstance(each, dict) else (None, None)
        if type(size) is not int or size < 0 or not isinstance(sha, str) or not _SHA.fullmatch(sha):
            return None
        parts[name] = PackageFile(size, sha)
    return parts


def marked(made: Import, *, withdrawn: bool = False, again: bool = False) -> Import:
    """The same import with what the package itself does not say."""
    return replace(made, withdrawn=withdrawn, again=again)


_HINT = (
    "`waybill library verify` names all that was changed. Take the import from a backup, "
    "or move its folder away and load the file again."
)


def blocks(store: Store, made: Import, part: str) -> Iterator[bytes]:
    """The bytes of a part, a block at a time. Raises LibraryError after the last of them where they are not as kept.

    Until the end nothing is proven: who uses the blocks must be able to throw away what they made of them.
    """
    kept, digest, size = made.parts[part], hashlib.sha256(), 0
    with store.opened(made.path(part)) as file:
        while size <= kept.bytes and (block := file.read(BLOCK)):
            digest.update(block)
            size += len(block)
            yield block
    if size != kept.bytes:
        there = f"more than {kept.bytes:,} bytes" if size > kept.bytes else f"{size:,} bytes of {kept.bytes:,}"
        raise _changed(store, made, part, f"it has {there}")
    if digest.hexdigest() != kept.sha256:
        raise _changed(store, made, part, "its SHA-256 is another")


def content(store: Store, made: Import, part: str) -> bytes:
    """All bytes of a part, as they were kept. Raises LibraryError."""
    held = io.BytesIO()
    for block in blocks(store, made, part):
        held.write(block)
    return held.getvalue()


def _changed(store: Store, made: Import, part: str, how: str) -> LibraryError:
    return LibraryError(store.full(made.path(part)), f"it was changed after it was kept: {how}", _HINT)
