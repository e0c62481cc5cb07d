"""The errors that Waybill's library code raises.

    GeoError                    everything below; catch this to catch them all
    ├── UnreadableFile          the file as a whole cannot be read
    │   ├── MissingColumns      it can be read, but required columns are not there
    │   ├── UnitUnsaid          it can be read, but nothing says what its figures count
    │   ├── Unanswered          it can be read, but something in it must be answered first
    │   └── TooLarge            it passes a limit, which is named
    ├── DialectError            a way to read a file that does not exist
    ├── MappingError            columns or forms that a mapping cannot name
    ├── LibraryError            the library of imports cannot be read or written
    ├── Cancelled               somebody stopped a long work
    ├── VagueError              words that are no quantity, window or date we know
    ├── PlaceError              a place code that is not in the gazetteer
    ├── NoRoute                 no way from one place to another, with the passages that may be used
    ├── FlowError               a route of which no report speaks, or several of which one must be named
    ├── PassageError            the id of a canal or strait that is not in the table of passages
    ├── MomentError             a moment without a time zone
    ├── SceneError              nothing can be drawn from what was given
    ├── BriefError              a picture that cannot be made as it was asked for
    ├── EngineError             an engine of tables that is not there, or cannot do what it was asked
    └── HostError               a name that the server cannot answer to

A bad *row* is not an error: it is a :class:`geo.problems.Problem`, returned as data.
Every message says what was given, what is allowed, and what to do; the wording lives here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

_VERBS = ("is", "has", "holds", "cannot", "begins", "does")


def subject(name: str, reason: str) -> str:
    """A reason with what it is about: "a.csv is empty", but "a.csv: no column 'origin'"."""
    return f"{name} {reason}" if reason.split(" ", 1)[0] in _VERBS else f"{name}: {reason}"


class GeoError(Exception):
    """Base of all errors that Waybill raises on purpose."""


class UnreadableFile(GeoError):
    """A file that cannot be read at all: missing, empty, not text, not a table."""

    def __init__(self, file: str | Path, reason: str, hint: str) -> None:
        self.file = str(file)
        self.reason = reason
        self.hint = hint
        super().__init__(f"{subject(Path(file).name, reason)}. {hint}")


class MissingColumns(UnreadableFile):
    """A table without the columns that its kind requires."""

    def __init__(self, file: str | Path, missing: Sequence[str], found: Sequence[str], kind: str) -> None:
        self.missing = tuple(missing)
        self.found = tuple(found)
        super().__init__(
            file,
            f"no column {', '.join(repr(name) for name in missing)}; found {', '.join(map(repr, found))}",
            f"{'An' if kind[:1] in 'aeiou' else 'A'} {kind} file needs these columns. Rename yours, or add them.",
        )


class UnitUnsaid(UnreadableFile):
    """A table whose figures count nobody says what: containers are never assumed."""

    def __init__(self, file: str | Path, header: str) -> None:
        self.header = header
        super().__init__(
            file,
            f"nothing says what {header!r} counts",
            'Give every row its unit: a column of units, or in the mapping fixed={"unit": "tonne"}.',
        )


class Unanswered(UnreadableFile):
    """A table that raises a question: the hint names the argument of `geo.open` that answers it."""


class TooLarge(UnreadableFile):
    """A file beyond a limit of ours: refused before it takes the machine down."""

    def __init__(self, file: str | Path, what: str, found: str, limit: str, hint: str = "") -> None:
        self.what = what
        self.found = found
        self.limit = limit
        own = hint or "Split the file, or leave out what you do not need."
        super().__init__(file, f"{what}: {found}, and the limit is {limit}", own)


class DialectError(GeoError, ValueError):
    """A way to read a file that does not exist."""

    def __init__(self, field: str, given: str, allowed: str) -> None:
        self.field = field
        self.given = given
        self.allowed = allowed
        super().__init__(f"dialect, {field}: {given!r} cannot be; {allowed}.")


class MappingError(GeoError, ValueError):
    """Columns or forms that a mapping cannot name."""

    def __init__(self, given: str, allowed: str) -> None:
        self.given = given
        super().__init__(f"mapping, {given!r}: {allowed}.")


class LibraryError(GeoError):
    """The library of imports cannot be read or written; nothing in it was changed."""

    def __init__(self, where: str, reason: str, hint: str) -> None:
        self.where = where
        self.reason = reason
        self.hint = hint
        super().__init__(f"{where}: {reason}. {hint}")


class Cancelled(GeoError):
    """Somebody stopped a long work; nothing was kept."""


class VagueError(GeoError, ValueError):
    """Words that do not say a quantity, a window or a date."""

    def __init__(self, given: str, rule: str, hint: str) -> None:
        self.given = given
        self.rule = rule
        self.hint = hint
        super().__init__(f"{given!r}: {rule}. {hint}")


class PlaceError(GeoError, LookupError):
    """A place code that the gazetteer does not hold."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"{code!r} is not a place code in the gazetteer. Look it up with places.find().")


class NoRoute(GeoError, LookupError):
    """Two positions between which no ship could go; `closed` has the ids of the passages that would open a way."""

    def __init__(self, way: str, reason: str, hint: str, closed: Sequence[str] = ()) -> None:
        self.reason = reason
        self.closed = tuple(closed)
        super().__init__(f"No route {way}: {reason}. {hint}")


class FlowError(GeoError, LookupError):
    """A route that is not among those of which reports speak, or that is several of them; `known` names them."""

    def __init__(self, given: str, rule: str, known: Sequence[str], hint: str = "") -> None:
        self.given = given
        self.known = tuple(known)
        self.reason = rule
        self.hint = f"{hint} Known: {'; '.join(known) or 'none'}.".lstrip()
        super().__init__(f"{given!r}: {rule}. {self.hint}")


class PassageError(GeoError, ValueError):
    """The id of a canal or strait that is not in the table of passages."""

    def __init__(self, given: str, known: Sequence[str]) -> None:
        self.given = given
        super().__init__(f"{given!r} is not a passage. Known: {', '.join(known)}.")


class MomentError(GeoError, ValueError):
    """A moment that may be any of several, since it names no time zone."""

    def __init__(self, given: object) -> None:
        self.given = given
        super().__init__(
            f"{given!r} is not a moment with a time zone. Write for example datetime(2023, 10, 1, tzinfo=UTC)."
        )


class SceneError(GeoError, ValueError):
    """Reports from which no scene can be built."""


class BriefError(GeoError, ValueError):
    """A picture, film or slide that cannot be made as it was asked for."""

    def __init__(self, given: str, rule: str, hint: str) -> None:
        self.given = given
        self.rule = rule
        self.hint = hint
        super().__init__(f"{given}: {rule}. {hint}")


class EngineError(GeoError):
    """An engine of tables that cannot be had, or that gave up on what it was asked."""

    def __init__(self, engine: str, reason: str, hint: str) -> None:
        self.engine = engine
        self.reason = reason
        self.hint = hint
        super().__init__(f"{engine}: {reason}. {hint}")


class HostError(GeoError, ValueError):
    """A name that no browser could ask the server for."""

    def __init__(self, given: str) -> None:
        self.given = given
        super().__init__(
            f"{given!r} is not a host name. Write a name such as waybill.example or an IP address, without http:// and "
            "without *. Write an internationalized name in its ASCII form (xn--...)."
        )


Progress = Callable[[float, str], None]
"""Takes the share done, 0 to 1, and what is being done. May raise `geo.errors.Cancelled` to stop the work."""


def silent(_share: float, _doing: str) -> None:
    """The progress that nobody watches."""
