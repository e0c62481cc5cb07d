"""Which column of a file is which of ours, and how its texts are read. Proposed by `propose`, agreed by a person.

A `ColumnMap` and a `Dialect` with the fixes by hand are all that stands between the bytes of a file and its table:
the same bytes and the same three give the same table.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace

from rapidfuzz import fuzz, process

from geo import columns as ours
from geo.errors import MappingError
from geo.parsing.column_forms import FORMS
from geo.parsing.date_order import ORDERS

OURS: Mapping[str, tuple[ours.Column, ...]] = {
    "legs": ours.LEGS,
    "totals": ours.TOTALS,
    "places": ours.PLACES,
    "events": ours.EVENTS,
}
"""Kind of file -> our columns of it. Where a header fits two kinds equally well, the one that stands first is taken."""
DATE_COLUMNS = frozenset(
    {
        "depart",
        "arrive",
        "depart_from",
        "depart_to",
        "depart_latest",
        "arrive_earliest",
        "said_on",
        "accessed",
        "window",
        "date",
    }
    | {"start", "end", "start_earliest", "start_latest", "end_earliest", "end_latest"},
)
"""Our columns that hold dates, and so may have a date form."""
DOWNLOAD = ("line", "why", "overflow")
"""Columns that our own downloads have beside the data: they say where a row stood, and are never mapped."""
LIKENESS = 60
"""Names less alike than this (rapidfuzz ratio, 0 to 100) are not offered for an unknown one."""
LONGEST_SHOWN = 60
"""A name longer than this many characters is cut in a message, and is compared by so many."""

DATE_FORMS = ("", *ORDERS, "excel serial", *FORMS)
"""How the dates of a column are read where digits alone do not tell; "" takes only what can be read in one way."""

Fixes = Mapping[int, Mapping[str, str]]
"""Corrections by hand: line of the file -> header -> the text to read instead. For a line whose cells stand under no
header (a broken row) the headers left out are empty. A line is never removed."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How a file's columns become ours.

    kind     legs, totals, places or events
    columns  header as it stands in the file -> our column; headers left out are not used
    fixed    our column -> the text that every row has in it, where no header is mapped to it
    dates    our column -> one of `DATE_FORMS`; columns left out are decided from their values
    places   a spelling in the file -> a place code, or "latitude, longitude" in degrees
    """

    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """All fields by name, keys sorted, so that equal maps give equal JSON."""
        plain = asdict(self)
        return {
            name: dict(sorted(value.items())) if isinstance(value, dict) else value for name, value in plain.items()
        }

    @staticmethod
    def from_json(given: Mapping[str, object]) -> ColumnMap:
        """The reverse of `as_json`; fields left out are empty. Raises MappingError."""
        names = {each.name for each in fields(ColumnMap)}
        if unknown := set(given) - names:
            raise MappingError(min(unknown), f"a mapping has {', '.join(sorted(names))}")
        for name, value in given.items():
            texts = [value] if name == "kind" else _texts(name, value)
            if not all(isinstance(text, str) for text in texts):
                raise MappingError(name, "it holds texts only")
        if "kind" not in given:
            raise MappingError("kind", "a mapping names its kind: legs, totals, places or events")
        return ColumnMap(**given)  # type: ignore[arg-type]


def _texts(name: str, value: object) -> list[object]:
    if not isinstance(value, Mapping):
        raise MappingError(name, "it is a table of texts")
    return [*value.keys(), *value.values()]


def header_key(header: str) -> str:
    """A header without case, surrounding and doubled spaces: two headers with one key are the same to a mapping."""
    return re.sub(r"\s+", " ", header).strip().casefold()


def own_map(headers: Sequence[str], kind: str | None = None) -> ColumnMap:
    """The headers that are our own names, in any case, each to itself. Nothing is guessed.

    kind: told from the headers where not given: the kind that lacks least, then shares most. Of two headers with one
    name the first counts. Raises MappingError for a kind that does not exist.
    """
    if kind is not None:
        _known_kind(kind)
    given: dict[str, str] = {}
    for header in headers:
        given.setdefault(header_key(header), header)
    maps = [
        ColumnMap(each, {given[column.name]: column.name for column in OURS[each] if column.name in given})
        for each in ([kind] if kind else OURS)
    ]
    return max(maps, key=lambda each: (-len(missing(each)), len(each.columns)))


def missing(given: ColumnMap) -> list[str]:
    """Required columns of the kind that no header, no fixed text and no columns in their stead fill."""
    filled = set(given.columns.values()) | {name for name, text in given.fixed.items() if text.strip()}
    return [
        column.name
        for column in OURS[given.kind]
        if column.required and column.name not in filled and not any(map(filled.issuperset, column.instead))
    ]


def arrives_only(given: ColumnMap) -> bool:
    """Whether a map of legs gives arrivals and no departures: its legs would count when they arrive."""
    filled = set(given.columns.values()) | {name for name, text in given.fixed.items() if text.strip()}
    return given.kind == "legs" and "arrive" in filled and filled.isdisjoint(("depart", "depart_year", "depart_from"))


def codeless(given: ColumnMap) -> bool:
    """Whether a map of places gives no codes: each place would be known by its position."""
    return given.kind == "places" and "code" not in {*given.columns.values(), *given.fixed}


def is_download(headers: Sequence[str]) -> bool:
    """Whether a header is that of our own download of rows set aside: its first two names are line and why."""
    return [header_key(each) for each in headers[:2]] == list(DOWNLOAD[:2])


def signature(headers: Sequence[str]) -> str:
    """SHA-256 (hex) of a file's column names, by which a saved mapping is found again.

    Case, spaces and the order of the columns make no difference, nor do line, why and overflow of a download of rows
    set aside: once mended, it is offered the mapping of the file that it is from.
    """
    keys = sorted(header_key(each) for each in headers)
    if is_download(headers):
        keys = [key for key in keys if key not in DOWNLOAD]
    return hashlib.sha256(json.dumps(keys).encode()).hexdigest()


def fitted(given: ColumnMap, headers: Sequence[str]) -> ColumnMap:
    """A saved map for a file whose headers are the same but for case and spaces: it names them as they stand there.

    Headers that the file does not have stay as they are, and are for `check` to refuse.
    """
    stands = {header_key(header): header for header in reversed(headers)}
    return replace(given, columns={stands.get(header_key(name), name): to for name, to in given.columns.items()})


def parse_pair(pair: str) -> tuple[str, str]:
    """ "HEADER=COLUMN" -> (header, column). The column stands after the last "="; empty: the header is not used.

    Raises MappingError.
    """
    header, mark, column = pair.rpartition("=")
    if not mark or not header.strip():
        raise MappingError(_short(pair), 'write HEADER=COLUMN, such as "POL=origin"')
    return header.strip(), header_key(column)


def changed(given: ColumnMap, headers: Sequence[str], pairs: Sequence[tuple[str, str]]) -> ColumnMap:
    """A map after (header, column) pairs by hand, checked. A column leaves the header or fixed text that it had.

    Two pairs that give one column to two headers are refused, as is all that `check` refuses. Raises MappingError.
    """
    stands = {header_key(header): header for header in reversed(headers)}
    by_hand = {stands.get(header_key(header), header): column for header, column in pairs}
    taken = set(by_hand.values())
    kept = {name: to for name, to in fitted(given, headers).columns.items() if name not in by_hand and to not in taken}
    after = replace(
        given,
        columns=kept | {name: to for name, to in by_hand.items() if to},
        fixed={name: text for name, text in given.fixed.items() if name not in taken},
        dates={name: form for name, form in given.dates.items() if name not in taken},
    )
    check(after, headers)
    return after


def check(given: ColumnMap, headers: Sequence[str]) -> None:
    """Refuses a map that does not fit a file with these headers. What it lacks is for `missing` to say.

    Raises MappingError: unknown kind, header or column; one column from two headers, or from a header and a fixed
    text; a date form that does not exist or stands for no date; a place that is answered by nothing or by no position.
    """
    _known_kind(given.kind)
    _check_headers(given, headers)
    for name in [*given.columns.values(), *given.fixed]:
        _known_column(name, given.kind)
    _check_once(given)
    for name, form in given.dates.items():
        if name not in DATE_COLUMNS or name not in _names(given.kind):
            dates = sorted(DATE_COLUMNS.intersection(_names(given.kind)))
            raise MappingError(_short(name), f"it holds no dates; a date form is for {', '.join(dates) or 'none'}")
        if form not in DATE_FORMS:
            raise MappingError(_short(form), f"a date form is {', '.join(map(repr, DATE_FORMS))}")
    for spelling, answer in given.places.items():
        _check_answer(spelling, answer)


def _names(kind: str) -> list[str]:
    return [column.name for column in OURS[kind]]


def _known_kind(kind: str) -> None:
    if kind not in OURS:
        raise MappingError(_short(kind), f"a kind is {', '.join(OURS)}")


def _check_headers(given: ColumnMap, headers: Sequence[str]) -> None:
    there = set(headers)
    for header in given.columns:
        if header not in there:
            near = _nearest(header, headers)
            raise MappingError(_short(header), f"the file has no such header{near}")


def _known_column(name: str, kind: str) -> None:
    if name not in (known := _names(kind)):
        near = _nearest(name, known) or f"; they are {', '.join(known)}"
        raise MappingError(_short(name), f"{kind} have no such column{near}")


def _check_once(given: ColumnMap) -> None:
    by_column: dict[str, str] = {}
    for header, column in given.columns.items():
        if column in by_column:
            both = f"{_short(by_column[column])!r} and {_short(header)!r}"
            raise MappingError(column, f"it can come from one header only, and here from {both}")
        if given.fixed.get(column):
            raise MappingError(column, f"it comes from the header {_short(header)!r}, so it can have no fixed text")
        by_column[column] = header


_PAIR = re.compile(r"([+-]?[0-9]{1,4}(?:\.[0-9]{0,20})?) ?, ?([+-]?[0-9]{1,4}(?:\.[0-9]{0,20})?)")


def _check_answer(spelling: str, answer: str) -> None:
    if not answer.strip():
        raise MappingError(_short(spelling), 'its place is a code, or "latitude, longitude" in degrees')
    pair = _PAIR.fullmatch(answer.strip())
    if pair and not (abs(float(pair[1])) <= 90 and abs(float(pair[2])) <= 180):
        allowed = "a latitude from -90 to 90 and then a longitude from -180 to 180"
        raise MappingError(_short(answer), f"the position of {_short(spelling)!r} is {allowed}")


def _nearest(name: str, known: Sequence[str]) -> str:
    """ "; the nearest is 'POL'", or "" where nothing is like it."""
    by_key = {header_key(each)[:LONGEST_SHOWN]: each for each in reversed(known)}
    key = header_key(name)[:LONGEST_SHOWN]
    found = process.extractOne(key, by_key.keys(), scorer=fuzz.ratio, score_cutoff=LIKENESS)
    return f"; the nearest is {_short(by_key[found[0]])!r}" if found else ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
