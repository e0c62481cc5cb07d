"""A data set of a few voyages, from rows as a file has them."""

from __future__ import annotations

from geo.dataset.dataset import DataSet, data_set
from geo.dataset.parts import of_reading
from geo.tables.read import Reading, read
from geo.voyages.finding import Finding
from geo.voyages.findings import findings

HEAD = "origin,destination,depart,arrive,containers,mode,vessel,imo,claimant"


def reading(*rows: str, head: str = HEAD) -> Reading:
    """The rows as a file that was read; all of them have to be taken."""
    found = read("\n".join([head, *rows]).encode(), "legs", name="voyages.csv")
    assert not len(found.set_aside), list(found.problems)
    return found


def data(*rows: str, head: str = HEAD) -> DataSet:
    """The same as a data set."""
    return data_set([of_reading(reading(*rows, head=head), "voyages.csv")])


def found(*rows: str, kind: str = "", head: str = HEAD) -> list[Finding]:
    """What does not fit in them, of one kind or of all."""
    return [each for each in findings(data(*rows, head=head)).findings if kind in ("", each.kind)]
