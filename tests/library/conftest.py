"""A library on each file system it is promised on, and small readings to keep in it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import fsspec
import pytest

from geo.library import Library
from geo.tables.read import Reading, read

LEGS = "origin,destination,depart,containers\n"
GOOD = "Najin,Vladivostok,2023-09-07,300\n"
BAD = "Nowhere,Vladivostok,2023-09-07,dozens\n"


@dataclass(frozen=True)
class Loaded:
    """Bytes, and what came of reading them."""

    content: bytes
    reading: Reading


@pytest.fixture(params=["disk", "memory"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    """An empty library, on the local disk and in fsspec's memory."""
    if request.param == "disk":
        yield Library.open(tmp_path / "library")
        return
    url = f"memory://waybill-{secrets.token_hex(8)}/library"
    yield Library.open(url)
    memory = fsspec.filesystem("memory")
    if memory.exists(url):
        memory.rm(url, recursive=True)


@pytest.fixture
def loaded() -> Callable[..., Loaded]:
    """Text -> Loaded."""

    def load(text: str = LEGS + GOOD + BAD, **how: object) -> Loaded:
        content = text.encode()
        return Loaded(content, read(content, name="legs.csv", **how))

    return load
