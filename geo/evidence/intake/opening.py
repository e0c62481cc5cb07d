"""Any file -> Sheet."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from geo.evidence.intake import limits
from geo.evidence.intake.content import Content, Source, content_from, content_of
from geo.evidence.intake.detecting import detect
from geo.evidence.intake.dialect import Dialect
from geo.evidence.intake.progress import Progress, silent
from geo.evidence.intake.sheet import Sheet
from geo.evidence.intake.text import read_text

__all__ = ["Source", "content_of", "read_sheet"]

_SAMPLE = 1 * limits.MIB


def read_sheet(
    file: Source,
    name: str | None = None,
    dialect: Dialect | None = None,
    *,
    at_most: int | None = None,
    progress: Progress | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Sheet:
    """A path, bytes or an open file -> Sheet, in the dialect given or else detected.

    at_most: only so many rows from the beginning, quickly. clock: seconds, for the limit on careful reading.
    Raises UnreadableFile, TooLarge, DialectError, and Cancelled where progress does.
    """
    content = content_from(file, name)
    watch = progress or silent
    reasons: dict[str, str] = {}
    if dialect is None:
        dialect, reasons = detect(content.head(_SAMPLE), content.name)
    sheet = _read(content, dialect, at_most, watch, clock)
    return replace(sheet, sha256=content.sha256(watch), reasons=reasons)


def _read(
    content: Content, dialect: Dialect, at_most: int | None, progress: Progress, clock: Callable[[], float]
) -> Sheet:
    done = 0
    size = max(content.size, 1)

    def watch() -> None:
        progress(min(done / size, 1.0), "reading rows")

    def parts():  # type: ignore[no-untyped-def]
        nonlocal done
        for part in content.parts(_SAMPLE) if at_most is not None else content.parts():
            done += len(part)
            yield part

    return read_text(parts(), content.name, dialect, at_most=at_most, watch=watch, clock=clock)
