"""Every key of a brief file in one table: its name, what it holds, and how it is read. docs/brief.md shows it too.

What a file holds is hostile until a reader here has taken it: each gives a plain value, or ValueError with what is
allowed, as it goes on after "it is"; a BriefError of another part says it in whole.
"""

# ruff: noqa: TRY004 -- a wrong type is one more value that is not allowed
from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from geo.arrays import ONE_DAY
from geo.brief.plate.plate import LOOKS, PRESETS, read_frame
from geo.columns import ABOUT_PERCENT, MODES, MOST_ABOUT
from geo.matching.mapping import ColumnMap
from geo.scene.scene import PATHS
from geo.scene.style import WIDTH_RANGE_PX
from geo.sea.basemap import LAYERS, ORDINARY_LAYERS
from geo.sheet import Dialect

Value = str | bool | int | float | tuple[str, ...] | tuple[float, ...]
UNSTATED = "unstated"
CLOCKS = ("cumulative", "trailing")
KINDS = ("legs", "totals", "places", "events")
SETS = ("founding", "wider")
MOST_TEXTS = 200
LONGEST_NAME, LONGEST_WORDS = 200, 400
"""Characters; a picture shows no more of either."""
MOST_MOMENTS = 400
MOST_DAYS = 36_500
_BROKEN = ("Cc", "Cs", "Co", "Cn")
_LENGTH = re.compile(r"([0-9]{1,6}) ?([hdw])")
_SHA = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[0-9a-f]{4,16}")
_HOURS = {"h": 1, "d": 24, "w": 168}


@dataclass(frozen=True, slots=True)
class Key:
    """name: as in the file, with its table; ordinary: the value where it is left out; allowed: in words."""

    name: str
    holds: str
    ordinary: Value
    allowed: str
    read: Callable[[object], Value]


def text(given: object, longest: int = LONGEST_NAME) -> str:
    """One line without control characters; runs of spaces and line ends are one space."""
    if not isinstance(given, str):
        raise ValueError("a text in quotes")
    flat = " ".join(given[: 4 * longest].split())
    if any(unicodedata.category(letter) in _BROKEN for letter in flat):
        raise ValueError("a text without control characters")
    if len(flat) > longest or len(given) > 4 * longest:
        raise ValueError(f"a text of at most {longest} characters")
    return flat


def words(given: object) -> str:
    return text(given, LONGEST_WORDS)


def texts(given: object) -> tuple[str, ...]:
    """A list of names; one name is a list of one. Each counts once."""
    several = [given] if isinstance(given, str) else given
    if not isinstance(several, list):
        raise ValueError("a list of texts in quotes")
    if len(several) > MOST_TEXTS:
        raise ValueError(f"a list of at most {MOST_TEXTS}")
    return tuple(dict.fromkeys(text(each) for each in several))


def _modes(given: object) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(each or UNSTATED for each in texts(given)))
    known = [name or UNSTATED for name in MODES]
    if any(each not in known for each in named):
        raise ValueError(f"one or more of {', '.join(known)}")
    return named


def moment(given: object) -> str:
    """A day, meaning its end, or an instant of UTC -> "2023-09-01", "2023-09-01T12:00Z"."""
    wrong = ValueError("a day such as 2023-09-01, meaning its end, or a moment such as 2023-09-01T12:00Z")
    if isinstance(given, str):
        plain = text(given, 40)
        try:
            given = date.fromisoformat(plain) if len(plain) == len("2023-09-01") else datetime.fromisoformat(plain)
        except ValueError:
            raise wrong from None
    if isinstance(given, datetime):
        if given.microsecond:
            raise ValueError("a moment in whole seconds")
        try:
            utc = given.astimezone(UTC) if given.tzinfo else given.replace(tzinfo=UTC)
        except OverflowError:
            raise wrong from None
        return utc.replace(tzinfo=None).isoformat(timespec="seconds" if utc.second else "minutes") + "Z"
    if isinstance(given, date):
        return given.isoformat()
    raise wrong


def moment_or_none(given: object) -> str:
    return "" if given == "" else moment(given)


def moments(given: object) -> tuple[str, ...]:
    """In time order, each once."""
    several = given if isinstance(given, list) else [given]
    if len(several) > MOST_MOMENTS:
        raise ValueError(f"a list of at most {MOST_MOMENTS} moments")
    found = {moment(each) for each in several}
    return tuple(sorted(found, key=lambda each: (instant(each), each)))


def instant(said: str) -> datetime:
    """What `moment` gave -> the UTC time before which everything counts."""
    if len(said) == len("2023-09-01"):
        day = datetime.combine(date.fromisoformat(said), datetime.min.time(), UTC)
        return day if day.date() == date.max else day + timedelta(days=1)
    return datetime.fromisoformat(said)


def clipped(said: str, first: datetime, last: datetime) -> datetime:
    """The same for data from first to last: a day on which data of hours begin or end is over when they are."""
    moment = instant(said)
    is_day = len(said) == len("2023-09-01")
    return last if is_day and max(first, moment - ONE_DAY) < last < moment else moment


def length(given: object) -> str:
    """A length of time -> "7d"; "" for none."""
    plain = text(given, 40)
    if plain and seconds(plain) <= 0:
        raise ValueError("a length of time such as 12h, 7d or 2w")
    return plain.replace(" ", "")


def seconds(said: str) -> int:
    """ "7d" -> 604,800; 0 for what is no length of time, or over a hundred years."""
    found = _LENGTH.fullmatch(said)
    hours = int(found[1]) * _HOURS[found[2]] if found else 0
    return hours * 3_600 if hours <= 24 * MOST_DAYS else 0


def _frame(given: object) -> str:
    plain = text(given, 64).lower()
    read_frame(plain)  # Its BriefError says by itself what is allowed and what to do.
    return plain


def view(given: object) -> tuple[float, ...]:
    wrong = ValueError("west, south, east and north in degrees, such as [120, 35, 145, 50], or nothing: []")
    if not isinstance(given, list) or len(given) not in (0, 4):
        raise wrong
    if any(isinstance(each, bool) or not isinstance(each, (int, float)) or not abs(each) <= 720 for each in given):
        raise wrong
    sides = tuple(float(each) for each in given)
    if sides and not (-90 <= sides[1] < sides[3] <= 90 and 0 < sides[2] - sides[0] <= 360 and abs(sides[0]) <= 360):
        raise ValueError(
            "a view whose south lies below its north, and west before east; across ±180° east is above 180"
        )
    return sides if all(map(math.isfinite, sides)) else ()


def _one_of(allowed: tuple[str, ...]) -> Callable[[object], str]:
    def read(given: object) -> str:
        if not isinstance(given, str) or given not in allowed:
            raise ValueError(f"one of {', '.join(each for each in allowed if each)}")
        return given

    return read


def _layers(given: object) -> tuple[str, ...]:
    named = texts(given)
    if any(each not in LAYERS for each in named):
        raise ValueError(f"a list of some of {', '.join(LAYERS)}, or nothing: []")
    return tuple(name for name in LAYERS if name in named)


def _yes(given: object) -> bool:
    if not isinstance(given, bool):
        raise ValueError("true or false")
    return given


def number(least: float, most: float) -> Callable[[object], float]:
    def read(given: object) -> float:
        if isinstance(given, bool) or not isinstance(given, (int, float)) or not least <= given <= most:
            raise ValueError(f"a number from {least:g} to {most:g}")
        return float(given)

    return read


def _whole(least: int, most: int) -> Callable[[object], int]:
    def read(given: object) -> int:
        if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
            raise ValueError(f"a whole number from {least} to {most:,}")
        return given

    return read


def _scale(given: object) -> float:
    if given == 0 and not isinstance(given, bool):
        return 0.0
    return number(1e-6, 1e15)(given)


def _width(given: object) -> float:
    if given == 0 and not isinstance(given, bool):
        return 0.0
    return number(*WIDTH_RANGE_PX)(given)


def sha256(given: object) -> str:
    plain = given.lower() if isinstance(given, str) else ""
    if plain and not _SHA.fullmatch(plain):
        raise ValueError("a SHA-256: 64 hexadecimal digits")
    if not isinstance(given, str):
        raise ValueError("a SHA-256 in quotes")
    return plain


def import_id(given: object) -> str:
    if not isinstance(given, str) or not _ID.fullmatch(given):
        raise ValueError("the id of an import as `waybill library list` gives it")
    return given


_LONGEST_READING = 200_000
"""Characters: a mapping with the answers to thousands of names."""


def reading(given: object) -> str:
    """How a file was read, as one text of JSON, the same for the same reading."""
    if given == "":
        return ""
    try:
        plain = json.loads(str(given)[: _LONGEST_READING + 1])
        agreed, dialect = ColumnMap.from_json(plain["mapping"]), Dialect.from_json(plain["dialect"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ValueError("JSON with the mapping and the dialect of a file") from None
    return reading_text(agreed, dialect)


def reading_text(agreed: ColumnMap, dialect: Dialect) -> str:
    """A mapping and a dialect as the text that the key `reading` holds."""
    return json.dumps({"dialect": dialect.as_json(), "mapping": agreed.as_json()}, sort_keys=True)


def file_name(given: object) -> str:
    plain = given if isinstance(given, str) else ""
    if not plain or len(plain) > 1_024 or any(unicodedata.category(letter) in _BROKEN for letter in plain):
        raise ValueError("the path of a file")
    return plain


_NAMES, LENGTHS = "list of texts", 'a length of time: "12h", "7d", "2w"'
DAY = "2023-09-01, meaning its end, or 2023-09-01T12:00Z"
KEYS: tuple[Key, ...] = (
    Key("waybill", "text", "", "version of Waybill that wrote the brief", text),
    Key("gazetteer", "text", "", "SHA-256 of Waybill's own places; checked", sha256),
    Key("unit", "text", "container", "what is drawn; units are never converted", text),
    Key("filters.origin", _NAMES, (), "codes or names of places; none: all", texts),
    Key("filters.destination", _NAMES, (), "codes or names of places; none: all", texts),
    Key("filters.mode", _NAMES, (), "maritime, rail, road, air, unstated", _modes),
    Key("filters.cargo", _NAMES, (), 'cargoes; "" is not stated', texts),
    Key("filters.claimant", _NAMES, (), "claimants; none: all", texts),
    Key("filters.without_claimant", _NAMES, (), "claimants that are left out", texts),
    Key("filters.without_report", _NAMES, (), "ids of reports that are left out", texts),
    Key("filters.same", _NAMES, (), "ids of movements told twice that are one; or all", texts),
    Key("filters.separate", _NAMES, (), "ids of movements told twice that are several; or all", texts),
    Key("filters.apart", _NAMES, (), "ids of totals that are not counted as part of another; or all", texts),
    Key("filters.running", _NAMES, (), "ids of totals that count all so far; or all", texts),
    Key("filters.not_running", _NAMES, (), "ids of totals that count their own window alone; or all", texts),
    Key("filters.about", "number", ABOUT_PERCENT, "per cent that “about” reaches, up and down", _whole(0, MOST_ABOUT)),
    Key("time.moments", "list of days", (), f"{DAY}; none: the end", moments),
    Key("time.every", "text", "", f"{LENGTHS}; a picture each, in place of moments", length),
    Key("time.from", "day", "", "2023-09-01, all of it, or 2023-09-01T12:00Z; where `every` begins", moment_or_none),
    Key("time.to", "day", "", f"{DAY}; where `every` ends, and the end", moment_or_none),
    Key("time.mode", "text", "cumulative", "cumulative (everything up to the moment) or trailing", _one_of(CLOCKS)),
    Key("time.window", "text", "", f"{LENGTHS}; how far a trailing window looks back", length),
    Key("picture.frame", "text", "16:9", f"{', '.join(PRESETS)}, 1200x800, 180x120mm, 180x120mm@300", _frame),
    Key("picture.look", "text", "light", ", ".join(LOOKS), _one_of(LOOKS)),
    Key("picture.view", "list of numbers", (), "west, south, east, north in degrees; none: all that is shown", view),
    Key("picture.largest", "number", 0, "how many routes are drawn, the largest first; 0: all", _whole(0, 100_000)),
    Key("picture.width", "number", 0.0, "px of the widest arc, 4 to 64; 0: by the number of routes", _width),
    Key("picture.scale", "number", 0.0, "how much the widest arc stands for; 0: the most on any route", _scale),
    Key("picture.paths", "text", "arcs", "arcs, or routes: indicative ones by sea, where there are", _one_of(PATHS)),
    Key("picture.layers", "list of texts", ORDINARY_LAYERS, f"of the base map: {', '.join(LAYERS)}", _layers),
    Key("picture.locator", "true or false", True, "a globe that says where a close map lies", _yes),
    Key("picture.together", "true or false", False, "one picture of 2 moments, compared, or of 4 or 6", _yes),
    Key("film.seconds", "number", 10.0, "length of a film, or of each step of a story: 0.5 to 120", number(0.5, 120.0)),
    Key("film.fps", "number", 30.0, "frames of a film a second, 1 to 60; a GIF has fewer", number(1.0, 60.0)),
    Key("words.title", "text", "", "made from the data where empty", words),
    Key("words.subtitle", "text", "", "one line", words),
    Key("words.handling", "text", "", "printed at the top and bottom, such as a TLP marking", words),
    Key("words.note", "text", "", "one line", words),
)  # fmt: skip
DATA_KEYS: tuple[Key, ...] = (
    Key("set", "text", "", "what comes with Waybill: founding, wider", _one_of(SETS)),
    Key("file", "text", "", "a file; its path from the brief's folder", file_name),
    Key("import", "text", "", "an import of the library, by its id", import_id),
    Key("kind", "text", "", "of a file: legs, totals, places, events; else detected from it", _one_of(("", *KINDS))),
    Key("reading", "text", "", "of a file with other columns than ours: how it was read, as --write notes it", reading),
    Key("sha256", "text", "", "of what is there; checked, and a change is refused in words", sha256),
)  # fmt: skip
"""Of each [[data]] table: one of set, file and import."""


def literal(value: Value) -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, tuple):
        return f"[{', '.join(literal(each) for each in value)}]"
    escaped = {"\\": "\\\\", '"': '\\"'}
    return (
        '"'
        + "".join(
            escaped.get(mark, mark if mark >= " " and mark != "\x7f" else f"\\u{ord(mark):04x}") for mark in value
        )
        + '"'
    )
