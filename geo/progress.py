"""How a long work says how far it is, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float, str], None]
"""Takes the share done, 0 to 1, and what is being done. May raise `geo.errors.Cancelled` to stop the work."""


def silent(_share: float, _doing: str) -> None:
    """The progress that nobody watches."""
