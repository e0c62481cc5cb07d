"""The files of this session on their way in: as given, as read so far, and what their user said about them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakSet

import streamlit as st

from geo.matching.mapping import ColumnMap
from geo.problems import Problems
from geo.voyages.problems import with_voyages
from geo.web.shared.escaping import shown_name

if TYPE_CHECKING:
    from geo.matching.propose import Proposal
    from geo.sheet import Dialect, Sheet
    from geo.tables.read import Reading

T = TypeVar("T")
KINDS = {"legs": "leg", "totals": "total", "places": "place", "events": "event"}


@dataclass(slots=True, eq=False)
class Held:
    """One file. Its fields are filled from top to bottom; changing one empties those that follow from it.

    number     tells it apart in this session, in the keys of its widgets
    name       for reading by people alone
    content    the bytes as given
    layer      the sheet of a workbook, or the layer, that its user chose; "" where that is told from its names
    dialect    as its user changed it; None where it is detected
    glance     its first rows
    sheet      all of it, once it was read
    kind       as its user chose it; "" where it is told from the columns
    proposal   what its columns may be
    remembered what was agreed for the same names before
    mapping    what its user agreed to; None until then
    fixes      corrections by hand
    reading    what came of it, and
    problems   its problems with the warnings about its voyages; beside them, what of these was not looked at
    made_with  the dialect, the mapping, the fixes and the gazetteer that the reading came from
    looks      counts the changes of its dialect, and
    turn       the readings: widgets that speak of an older one start anew
    stopped    its user cancelled the work
    error      why it cannot be read
    note       what the last answer or correction did
    about      the name that the note is about, where it stays unanswered; else ""
    """

    number: int
    name: str
    content: bytes
    sha256: str
    layer: str = ""
    dialect: Dialect | None = None
    glance: Sheet | None = None
    sheet: Sheet | None = None
    kind: str = ""
    proposal: Proposal | None = None
    remembered: ColumnMap | None = None
    mapping: ColumnMap | None = None
    fixes: dict[int, dict[str, str]] = field(default_factory=dict)
    reading: Reading | None = None
    problems: Problems = field(default_factory=lambda: Problems.of(()))
    beside: tuple[str, ...] = ()
    made_with: tuple[str, ...] = ()
    looks: int = 0
    turn: int = 0
    stopped: bool = False
    error: str = ""
    note: str = ""
    about: str = ""

    def key(self, name: str) -> str:
        """The key of one of its widgets."""
        return f"{name}_{self.number}"

    def read_as(self, dialect: Dialect | None, layer: str = "") -> None:
        """From now on in this dialect, or in one detected in this layer: what followed from the other is forgotten."""
        self.dialect, self.layer, self.glance, self.sheet = dialect, layer, None, None
        self.looks += 1
        self.offer("")

    def offer(self, kind: str) -> None:
        """Its columns are proposed anew, as of this kind ("": as they look)."""
        self.kind, self.proposal, self.remembered, self.fixes = kind, None, None, {}
        self.ask_again()

    def ask_again(self) -> None:
        """Its columns are to be agreed to once more."""
        self.mapping, self.reading, self.made_with = None, None, ()
        self.note, self.about, self.error, self.stopped = "", "", "", False
        self.turn += 1

    def take(self, reading: Reading) -> None:
        """This is what came of it."""
        self.problems, self.beside = with_voyages(reading)
        self.reading = reading
        self.turn += 1

    def tell(self, note: str, about: str = "") -> None:
        """What the last answer or correction did; about: the name that it left unanswered."""
        self.note, self.about = note, about

    def answer(self, *, places: Mapping[str, str] | None = None, dates: Mapping[str, str] | None = None) -> None:
        """Takes answers about spellings and date columns; an empty place takes an answer back."""
        if self.mapping is None:
            return
        given = {**self.mapping.places, **(places or {})}
        self.mapping = replace(
            self.mapping,
            places={spelling: place for spelling, place in given.items() if place},
            dates={**self.mapping.dates, **(dates or {})},
        )

    def write_decimals(self, mark: str) -> None:
        """Its figures have this mark before their decimals, as its user says; nothing else of it is read anew."""
        now = known(self.sheet or self.glance)
        self.dialect = replace(now.dialect, decimal=mark)
        why = {name: reason for name, reason in now.reasons.items() if name != "decimal"}
        for name in ("glance", "sheet"):
            if (sheet := getattr(self, name)) is not None:
                setattr(self, name, replace(sheet, dialect=self.dialect, reasons=why))
        self.looks += 1

    def close(self) -> None:
        """Its bytes and all that was read of it go, also where a widget still refers to it."""
        self.content, self.glance, self.sheet, self.proposal, self.reading = b"", None, None, None, None

    @property
    def said(self) -> dict[str, str | int]:
        """What its user said of how it is written, where the rest is detected."""
        return {"sheet": self.layer} if self.layer else {}

    @property
    def identity(self) -> str:
        """The same for the same bytes, read in the same way; what is made of the reading is known by it."""
        told = "\n".join([self.sha256, *self.made_with])
        return f"held-{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"

    @property
    def ready(self) -> bool:
        """Whether it could be loaded now."""
        return not self.error and not self.stopped and self.reading is not None and self.reading.kept > 0


@dataclass(slots=True, eq=False, weakref_slot=True)
class Desk:
    """All that lies on the Data page in one session.

    A look into the session state is a moment at which a newer click may end the run of the page. So the desk is
    fetched once and then changed by itself: a file is noted as seen and put into the list, or neither.

    lost: names that the browser showed when the server was started anew. zone: counts the zones to drop files on.
    refused: why files were not taken in. stay: what was loaded for this session alone, since there is no library.
    """

    files: list[Held] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    zone: int = 0
    refused: list[str] = field(default_factory=list)
    last: int = 0
    stay: dict[str, HeldLoad] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with _TAKING:
            _DESKS.add(self)

    @property
    def load(self) -> HeldLoad:
        """How much is held here."""
        return sum((HeldLoad(1, len(held.content)) for held in self.files), sum(self.stay.values(), HeldLoad()))

    def accept(self, given: Iterable[tuple[str, str, bytes]], most: HeldLoad | None = None) -> None:
        """Takes files in that were not seen before: (what the browser calls this drop, name, content).

        most: what the session may hold; where there is no room for a file, it is refused in words.
        """
        fresh = list(given)
        if fresh:
            self.notes.clear()
            self.refused.clear()
        for drop, name, content in fresh:
            self._take(shown_name(name), content, most or session_most())
            self.seen.add(drop)

    def _take(self, name: str, content: bytes, most: HeldLoad) -> None:
        sha256 = hashlib.sha256(content).hexdigest()
        if same := next((each for each in self.files if each.sha256 == sha256), None):
            as_what = "" if same.name == name else f" as {same.name}"
            self.notes.append(f"{name} is already here{as_what} (identical content), so nothing was added.")
            return
        with _TAKING:
            everywhere = sum((desk.load for desk in _DESKS), HeldLoad())
            if why := refusal(name, len(content), self.load, everywhere, most):
                self.refused.append(why)
                return
            self.last += 1
            self.files.append(Held(self.last, name, content, sha256))

    def let_go(self, held: Iterable[Held]) -> None:
        """Takes files off the list."""
        gone = {each.number for each in held}
        self.files = [each for each in self.files if each.number not in gone]
        self.notes.clear()
        self.refused.clear()

    def close(self) -> None:
        """Its session has ended: nothing is held any more."""
        for held in self.files:
            held.close()
        self.let_go(self.files)
        self.stay.clear()

    def loaded(self, held: Held, *, here: bool) -> None:
        """Takes a file off the list that was loaded. here: for this session alone, so that it still takes room."""
        if here:
            self.stay[held.identity] = HeldLoad(1, len(held.content))
        self.let_go([held])


_TAKING = Lock()
_DESKS: WeakSet[Desk] = WeakSet()
"""The desks of all sessions, since they share the memory of one server."""


def known(value: T | None) -> T:
    """A field of a file at a step of the page that comes after the one that fills it."""
    if value is None:
        raise RuntimeError("a step of the Data page came before the one that it follows")
    return value


def desk() -> Desk:
    """The desk of this session."""
    found: Desk = st.session_state.setdefault("desk", Desk())
    return found


def places_first(held: Iterable[Held]) -> list[Held]:
    """The same, files of places before those that speak of them."""
    return sorted(held, key=lambda each: kind_of(each) != "places")


def kind_of(held: Held) -> str:
    """What it holds, as far as that is known; else ""."""
    if held.mapping is not None:
        return held.mapping.kind
    return held.proposal.kind if held.proposal is not None else held.kind


MOST_FILES = 50
"""Held in one session."""
SESSIONS = 4
"""The server has room for so many sessions that are full."""
MB = 1024 * 1024
"""As Streamlit counts, which refuses larger files before they are here."""


@dataclass(frozen=True, slots=True)
class HeldLoad:
    """How much is held: a number of files, and the sum of their bytes."""

    files: int = 0
    size: int = 0

    def __add__(self, other: HeldLoad) -> HeldLoad:
        return HeldLoad(self.files + other.files, self.size + other.size)

    def fits(self, most: HeldLoad) -> bool:
        """Whether it is within the limits."""
        return self.files <= most.files and self.size <= most.size

    def __str__(self) -> str:
        return f"{self.files:,} file{'' if self.files == 1 else 's'} with {mb(self.size)}"


def mb(size: int) -> str:
    """Bytes in words."""
    return f"{size / MB:,.0f} MB" if size >= MB else "less than 1 MB"


def session_most() -> HeldLoad:
    """What one session holds at most: as many bytes as a single file may have."""
    return HeldLoad(MOST_FILES, int(st.get_option("server.maxUploadSize")) * MB)


def refusal(name: str, size: int, here: HeldLoad, everywhere: HeldLoad, most: HeldLoad) -> str:
    """Why a file is not taken in; "" where there is room. here, everywhere: what the session and all of them hold."""
    fresh, whole = HeldLoad(1, size), HeldLoad(most.files * SESSIONS, most.size * SESSIONS)
    if not (here + fresh).fits(most):
        return (
            f"{name} ({mb(size)}) was not added: {here} are held in this session, and it holds at most {most}. "
            f"Load or remove some of them, then drop {name} again. Nothing that is here was lost."
        )
    if not (everywhere + fresh).fits(whole):
        return (
            f"{name} ({mb(size)}) was not added: {everywhere} are held in all sessions on this server, and together "
            f"they hold at most {whole}. Load or remove some of yours, or wait until others have, then drop {name} "
            "again. Nothing that is here was lost."
        )
    return ""
