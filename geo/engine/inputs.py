"""Files by their paths, patterns or addresses, each with what tells it from a changed one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import fsspec

from geo.errors import UnreadableFile

Form = Literal["parquet", "csv"]
FORMS: dict[str, Form] = {".parquet": "parquet", ".csv": "csv", ".csv.gz": "csv"}
"""How a name ends, and what is in the file."""
MARKS = ("ETag", "etag", "md5Hash", "checksum", "content_md5", "mtime", "LastModified", "last_modified", "updated")
"""Fields by which a file system says that a file is another one; beside its size."""
_PATTERN = "*?["


@dataclass(frozen=True, slots=True)
class Input:
    """One file. address: with its protocol, but for local ones. identity: of its address, its size and its marks."""

    address: str
    form: Form
    protocol: str
    identity: str

    @property
    def name(self) -> str:
        """Its last part."""
        return self.address.rstrip("/").rsplit("/", 1)[-1]


def find(patterns: Sequence[str]) -> list[Input]:
    """The files that some paths, patterns ("legs/*.parquet") and fsspec addresses name, each once, by their addresses.

    Raises UnreadableFile where a pattern matches nothing, or what it matches is no Parquet and no CSV.
    """
    found: dict[str, Input] = {}
    for pattern in patterns:
        for each in _matches(pattern):
            found[each.address] = each
    return [found[address] for address in sorted(found)]


def _matches(pattern: str) -> list[Input]:
    try:
        files, path = fsspec.core.url_to_fs(pattern)
        there = files.isfile(path)
        paths = [path] if there else sorted(files.glob(path)) if any(mark in path for mark in _PATTERN) else []
        if not paths:
            folder = files.isdir(path)
            reason = "is a folder" if folder else "matches no file"
            hint = f'Write a pattern in quotes, such as "{pattern.rstrip("/")}/*.parquet".' if folder else NOTHING_THERE
            raise UnreadableFile(pattern, reason, hint)
        return [_input(files, each) for each in paths if files.isfile(each)]
    except (OSError, ValueError, ImportError, TypeError) as error:
        reason = f"cannot be looked up: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
        raise UnreadableFile(pattern, reason, "Check the address, and that its fsspec package is installed.") from error


NOTHING_THERE = "Check the path. Put patterns in quotes, so that Waybill and not the shell finds the files."


def _input(files: Any, path: str) -> Input:  # noqa: ANN401 -- fsspec ships no types
    form = next((form for end, form in FORMS.items() if path.lower().endswith(end)), None)
    protocol = files.protocol if isinstance(files.protocol, str) else files.protocol[0]
    if form is None:
        raise UnreadableFile(
            path, f"is not named {', '.join(FORMS)}", "Name files for what they are, and match no others."
        )
    about = files.info(path)
    marks = [str(about.get("size")), *(str(about[mark]) for mark in MARKS if mark in about)]
    address = path if protocol in ("file", "local") else files.unstrip_protocol(path)
    identity = hashlib.sha256("\x1f".join([address, *marks]).encode()).hexdigest()
    return Input(address, form, protocol, identity)
