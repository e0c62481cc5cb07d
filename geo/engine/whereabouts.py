"""Where the legs behind a file of sums lie: known to the machine that summed them, and to nobody else.

    <state folder>/sums/<SHA-256 of the sums>.json    the addresses of the files, and what tells each from a changed one

It is never read from a file of sums. Who sends one could otherwise choose what is read, with the rights of whoever
opens it, by a click; and who publishes one would tell strangers the paths of a machine. A file of sums is known by the
hash of its bytes, so that a record speaks of no other file.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from geo.atomic_files import put_files
from geo.engine.inputs import FORMS, Input

VARIABLE = "WAYBILL_STATE"
"""Environment variable: another folder than the user's own for what Waybill remembers."""
FORM = 1
LARGEST = 256 << 20
"""Bytes of a record that is read."""
OWNERS = 0o700
_SHA = re.compile(r"[0-9a-f]{64}")
_TEXTS = ("address", "form", "protocol", "identity")


def folder() -> Path:
    """Where the records lie."""
    return Path(os.environ.get(VARIABLE) or platformdirs.user_state_path("waybill", appauthor=False)) / "sums"


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hex. Raises OSError."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def remember(sums: Path, files: Sequence[Input]) -> Path:
    """Keeps where the files of legs lie that some sums were made of. -> the record. Raises OSError."""
    path = folder() / f"{sha256_of(sums)}.json"
    path.parent.mkdir(mode=OWNERS, parents=True, exist_ok=True)
    listed = [{name: getattr(file, name) for name in _TEXTS} for file in files]
    put_files({path: [json.dumps({"form": FORM, "files": listed}).encode()]}, replace=True)
    return path


def is_known(sha256: str) -> bool:
    """Whether there is a record of sums with this hash."""
    return bool(_SHA.fullmatch(sha256)) and (folder() / f"{sha256}.json").is_file()


def recall(sha256: str) -> tuple[Input, ...] | None:
    """The files of legs behind sums with this hash; None where this machine knows of none."""
    if not _SHA.fullmatch(sha256):
        return None
    path = folder() / f"{sha256}.json"
    try:
        if path.stat().st_size > LARGEST:
            return None
        told = json.loads(path.read_text("utf-8"))
        files = [{name: each[name] for name in _TEXTS} for each in told["files"]] if told["form"] == FORM else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # not there, damaged, or of a newer version
    if not files or not all(isinstance(text, str) for each in files for text in each.values()):
        return None
    sound = all(each["form"] in FORMS.values() for each in files)
    return tuple(Input(**each) for each in files) if sound else None
