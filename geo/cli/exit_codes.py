"""How a command ends: its exit code, and a sentence in place of a traceback."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from geo.cli.console import say
from geo.errors import GeoError, LibraryError, UnreadableFile

KEPT, SET_ASIDE, NOTHING, STOPPED = 0, 1, 2, 130
"""All rows kept; some set aside; nothing could be done; stopped by Ctrl+C (128 + SIGINT, as shells have it)."""
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
OUR_FAULT = "This is a fault of Waybill; please report it."


@contextmanager
def ended_in_words(told: Callable[[Exception], None], stopped: str) -> Iterator[None]:
    """Ends a command that fails with exit code 2, once `told` has said why, and one that is stopped with 130.

    stopped: what Ctrl+C leaves, as a sentence.
    """
    try:
        yield
    except KeyboardInterrupt:
        say(f"Stopped. {stopped}")
        raise typer.Exit(STOPPED) from None
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as error:  # noqa: BLE001 -- whatever a file does to a parser, its reader gets words, no traceback
        told(error)
        raise typer.Exit(NOTHING) from None


def which(error: Exception, file: Path) -> Path:
    """The file that an error speaks of: the one that was named, or another, such as a file of places or of output."""
    if isinstance(error, OSError) and error.filename:
        return Path(os.fsdecode(error.filename))
    return Path(error.file) if isinstance(error, UnreadableFile) else file


def reason_and_hint(error: Exception) -> tuple[str, str]:
    """Why, and what to do; of a fault of ours, that it is one."""
    if isinstance(error, LibraryError):
        return f"{error.where}: {error.reason}", error.hint
    if hasattr(error, "reason") and hasattr(error, "hint"):
        return str(error.reason), str(error.hint)
    if isinstance(error, GeoError):
        return str(error).removesuffix("."), ""
    if isinstance(error, OSError):
        hint = "Make room and try again." if error.errno in FULL else "Check the folder and its permissions."
        return f"it cannot be read or written ({error.strerror or error})", hint
    return f"it failed ({type(error).__name__}: {error})", OUR_FAULT
