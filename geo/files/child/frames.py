"""What crosses between the two processes: requests as lines of JSON, answers as frames of a kind and a length."""

from __future__ import annotations

import json
import struct
from typing import IO

JSON, ARROW, ERROR, END = b"J", b"A", b"E", b"."
MOST_BYTES = 256 << 20
"""Of a frame. A larger one is no frame of ours."""
_HEAD = struct.Struct("<cI")
TEXT, END_OF_LINE = "text:", "end:"
"""How the columns of an Arrow stream begin: those of the file, and longitudes and latitudes."""
Frame = tuple[bytes, bytes]


def write(stream: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
    """Sends one frame."""
    stream.write(_HEAD.pack(kind, len(payload)) + payload)


def write_json(stream: IO[bytes], value: object, kind: bytes = JSON) -> None:
    """Sends a frame of JSON; halves of characters, which JSON can spell and no text can hold, cross as they are."""
    write(stream, kind, json.dumps(value, separators=(",", ":")).encode())


def read(stream: IO[bytes]) -> Frame | None:
    """The next frame; None where the stream ends or holds no whole frame."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, size = _HEAD.unpack(head)
    if size > MOST_BYTES:
        return None
    payload = stream.read(size)
    return (kind, payload) if len(payload) == size else None
