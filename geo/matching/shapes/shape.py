"""What a table's rows are, where they are no legs as they stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """What a table is, and what can be made of it.

    name    one of `geo.columns.SHAPES` where legs, places or totals can be made of it; else a name that says what it is
    what    what its rows are, with the columns that tell: a sentence
    rule    how they are made of it, with what is left out; or else what to do: sentences
    offer   what a button says that has them made; "" where none can be
    """

    name: str
    what: str
    rule: str
    offer: str = ""

    @property
    def offered(self) -> bool:
        """Whether anything can be made of it."""
        return bool(self.offer)
