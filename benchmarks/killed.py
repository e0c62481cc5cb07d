"""Importers that are killed, and the library they leave behind; `crash.py` runs them."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from geo.library import Library
from geo.tables.read import read

LONGEST = 0.8
"""Seconds after its first step at which an importer is killed at the latest: about ten imports."""
SERIES = 25
"""Rounds that go on in one library. Verifying reads all of it, so that a longer series would mostly read."""


def made(number: int) -> bytes:
    """File `number`: legs, one of them not to be taken, different from every other file's."""
    rows = [f"Najin,Vladivostok,2023-09-{1 + row % 28:02},{number + row}\n" for row in range(1 + number % 40)]
    return ("origin,destination,depart,containers\n" + "".join(rows) + "Nowhere,RUVVO,2023-09-07,dozens\n").encode()


def importer(root: str, first: int, told: Connection) -> None:
    """Keeps files from number `first` on and tells what is done, until it is killed."""
    library = Library.open(root)
    read(made(first))  # The gazetteer is loaded before the clock runs: importing, not loading it, is what is cut short.
    told.send(("ready", first, ""))
    for number in count(first):
        content = made(number)
        kept = library.keep(read(content, name=f"{number}.csv"), content, f"{number}.csv")
        told.send(("kept", number, kept.id))
        if number % 3 == 0:
            library.withdraw(kept.id, "every third")
            told.send(("withdrawn", number, kept.id))


@dataclass
class Series:
    """Rounds in one library. accepted: file's number -> id, of all that an importer said it had kept."""

    root: Path
    chance: random.Random
    accepted: dict[int, str] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    remnants: int = 0

    def round(self) -> Counter[str]:
        """Starts an importer, kills it, and sees to the library; raises AssertionError where something is lost.

        kept: imports it told of. halves: 1 where it left one half done.
        """
        ours, theirs = _context().Pipe(duplex=False)
        first = max(self.accepted, default=-1) + 1
        process = _context().Process(target=importer, args=(str(self.root), first, theirs), daemon=True)
        process.start()
        theirs.close()
        pid = process.pid
        assert pid is not None
        told = [ours.recv()]
        time.sleep(self.chance.uniform(0, LONGEST))
        os.kill(pid, signal.SIGKILL)
        process.join()
        told += list(_rest(ours))
        for what, number, identifier in told:
            if what == "kept":
                self.accepted[number] = identifier
            elif what == "withdrawn":
                self.withdrawn.add(identifier)
        remnants = self.see()
        halves, self.remnants = remnants > self.remnants, remnants
        return Counter(kept=sum(what == "kept" for what, _, _ in told), halves=int(halves))

    def see(self) -> int:
        """Verifies the library and everything that was said to be in it; gives the number of remnants."""
        library = Library.open(self.root)
        found = library.verify()
        faults = [fault for fault in found if fault.severity == "fault"]
        assert not faults, faults
        imports = {each.id: each for each in library.imports()}
        for number, identifier in self.accepted.items():
            assert identifier in imports, f"file {number} was kept as {identifier} and is not there"
            assert imports[identifier].sha256 == hashlib.sha256(made(number)).hexdigest()
        gone = {identifier for identifier, each in imports.items() if each.withdrawn}
        assert self.withdrawn <= gone, "a withdrawal was lost"
        last = max(self.accepted, default=None)
        if last is not None:
            assert library.original(self.accepted[last]) == made(last)
            assert len(library.table(self.accepted[last])) == imports[self.accepted[last]].kept
        return len(found)


def _rest(told: Connection) -> Iterator[tuple[str, int, str]]:
    """What was said before the kill; half a message is no message."""
    try:
        while True:
            yield told.recv()
    except (EOFError, OSError):
        return


def _context() -> multiprocessing.context.ForkServerContext:
    # A server with everything imported, so that an importer starts in milliseconds and not in seconds.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.killed"])
    return context


def rounds(number: int, seed: int) -> Iterator[Counter[str]]:
    """That many rounds, in libraries of `SERIES` rounds each; yields what each found."""
    chance = random.Random(seed)
    for begin in range(0, number, SERIES):
        with tempfile.TemporaryDirectory() as folder:
            series = Series(Path(folder) / "library", chance)
            for _ in range(min(SERIES, number - begin)):
                yield series.round()
