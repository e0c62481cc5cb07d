"""What runs in the process of its own: limits first, then one request after the other is answered from one file."""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from typing import IO, Any

from geo.errors import DialectError, GeoError, TooLarge, UnreadableFile

READERS = ("workbook", "xml-workbook", "web-page", "parquet", "geopackage", "geojson", "records", "kml", "shapefile")
"""The forms that are read here, and the modules beside this one that read them: no other part opens such a file."""
Request = dict[str, Any]
Answer = tuple[bytes, object]
Reader = Callable[[str, Request], Iterator[Answer]]
"""Takes the path of the file and a request; gives (JSON, a value for JSON) or (ARROW, bytes)."""


def main() -> None:
    """Answers requests from standard input until it ends."""
    requests, answers = sys.stdin.buffer, _private(sys.stdout)
    begin = json.loads(requests.readline())
    _limit(int(begin["memory"]), int(begin["seconds"]))
    try:
        _serve(begin, requests, answers)
    except MemoryError:
        _fail(answers, {"kind": "memory"})
    except (BrokenPipeError, KeyboardInterrupt):
        pass


def _private(stream: IO[str]) -> IO[bytes]:
    """A stream of its own to where standard output goes, so that nothing a library prints lands among the frames."""
    own = os.dup(stream.fileno())
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    os.close(nowhere)
    return os.fdopen(own, "wb")


def _limit(memory: int, seconds: int) -> None:
    """Bounds this process where the system can: address space and processor time, no file written, no core dumped."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    limits = [(resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)]
    limits += [(resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)]
    for kind, most in limits:
        with suppress(ValueError, OSError):  # the limit that was inherited is lower
            resource.setrlimit(kind, (most, most))


def _serve(begin: Request, requests: IO[bytes], answers: IO[bytes]) -> None:
    """One frame after the other for each request, and an end after the last; what goes wrong ends the process."""
    form, path = str(begin["form"]), str(begin["path"])
    try:
        reader = _reader(form)
        while line := requests.readline():
            for kind, answer in reader(path, json.loads(line)):
                if isinstance(answer, bytes):
                    write_frame(answers, kind, answer)
                else:
                    write_json_frame(answers, answer, kind)
                answers.flush()
            write_frame(answers, END)
            answers.flush()
    except (MemoryError, BrokenPipeError):
        raise
    except GeoError as error:
        _fail(answers, _told(error))
    except BaseException as error:  # noqa: BLE001  A panic in a reader's library is no Exception.
        _fail(answers, {"kind": "broken", "error": f"{error}" or type(error).__name__})


def _reader(form: str) -> Reader:
    if form not in READERS:
        raise DialectError("form", form, f"it is one of {', '.join(READERS)}")
    reader: Reader = import_module(f"{__package__}.{form.replace('-', '_')}").answers
    return reader


def _told(error: GeoError) -> dict[str, str]:
    """An error as data; the name of the file is added where it is known."""
    if isinstance(error, TooLarge):
        return {"kind": "large", "what": error.what, "found": error.found, "limit": error.limit}
    if isinstance(error, DialectError):
        return {"kind": "dialect", "field": error.field, "given": error.given, "allowed": error.allowed}
    if isinstance(error, UnreadableFile):
        return {"kind": "unreadable", "reason": error.reason, "hint": error.hint}
    return {"kind": "broken", "error": str(error)}


def _fail(answers: IO[bytes], told: dict[str, str]) -> None:
    write_json_frame(answers, told, ERROR)
    with suppress(BrokenPipeError):
        answers.flush()


JSON, ARROW, ERROR, END = b"J", b"A", b"E", b"."
MOST_BYTES = 256 << 20
"""Of a frame. A larger one is no frame of ours."""
_HEAD = struct.Struct("<cI")
TEXT, END_OF_LINE = "text:", "end:"
"""How the columns of an Arrow stream begin: those of the file, and longitudes and latitudes."""
Frame = tuple[bytes, bytes]


def write_frame(stream: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
    """Sends one frame."""
    stream.write(_HEAD.pack(kind, len(payload)) + payload)


def write_json_frame(stream: IO[bytes], value: object, kind: bytes = JSON) -> None:
    """Sends a frame of JSON; halves of characters, which JSON can spell and no text can hold, cross as they are."""
    write_frame(stream, kind, json.dumps(value, separators=(",", ":")).encode())


def read_frame(stream: IO[bytes]) -> Frame | None:
    """The next frame; None where the stream ends or holds no whole frame."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, size = _HEAD.unpack(head)
    if size > MOST_BYTES:
        return None
    payload = stream.read(size)
    return (kind, payload) if len(payload) == size else None
