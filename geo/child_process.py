"""A process of our own that runs one module of Waybill, isolated from the settings of its user."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

_START = """
import importlib, json, sys
sys.path[:] = json.loads(sys.argv[1])
importlib.import_module(sys.argv[2]).main()
"""


def start(module: str, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Runs the module's main(), with pipes to its standard input and output. settings: added to its environment.

    It finds modules where this process does, and runs no other code. Raises OSError.
    """
    paths = [str(Path(__file__).resolve().parents[1]), *filter(None, sys.path)]
    command = [sys.executable, "-I", "-S", "-c", _START, json.dumps(paths), module]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    return subprocess.Popen(  # noqa: S603 -- a fixed command, no shell
        command, stdin=pipe, stdout=pipe, stderr=nowhere, env=os.environ | settings
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process that `start` began, whatever it does, and closes its pipes."""
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):
            cast("IO[bytes]", stream).close()
