"""The cells of a file as text, each row with the number of the line that it begins on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace

import pyarrow as pa

from geo.arrays import Ints
from geo.errors import DialectError


@dataclass(frozen=True, slots=True)
class Broken:
    """A row set aside: its line, what stands there, what is allowed, and what to do. whole: each of its cells stands
    under its own header; else nobody knows under which."""

    line: int
    cells: tuple[str, ...]
    rule: str
    hint: str
    whole: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """n rows under a header, and the broken rows beside them. Rows read = n + len(broken).

    file      its name, for reading by people alone
    sha256    of the bytes as given
    dialect   how it was read
    reasons   field of the dialect -> why it was taken to be so, in a sentence; only what was detected
    choices   names of the workbook's sheets or the file's layers; () where it can have but one
    preamble  the lines above the header, as they stand in the file
    header    the names as they stand in the file, trimmed; "column 3" for a third without a name, "port (2)" for
              the second of one name: no two are equal, upper and lower case and spaces aside
    lower     the names without those of the groups that stand above them, one a column; () where there are no groups
    columns   header -> n texts as a DictionaryArray<int32, string>: cells as they stand in the file, not trimmed, no
              nulls, and no two entries of a dictionary equal
    lines     n line numbers from 1, rising; the row number for workbooks, the feature's number + 1 for the others
    broken    rows with too few or too many cells, open quotes, repeated headers, footers: set aside, never dropped
    """

    file: str
    sha256: str
    dialect: Dialect
    header: tuple[str, ...]
    columns: Mapping[str, pa.DictionaryArray]
    lines: Ints
    broken: tuple[Broken, ...] = ()
    preamble: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    lower: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.lines)


BOOKS: Mapping[str, str] = {"workbook": "sheet", "xml-workbook": "sheet", "web-page": "table"}
"""The forms that are sheets of rows -> what one of these is called."""
FORMS = ("text", *BOOKS, "parquet", "geojson", "geopackage", "records", "kml", "shapefile")
PACKINGS = ("", "gzip", "zip")
DECIMALS = ("", ".", ",")
Said = Mapping[str, str | int]
"""Fields of a dialect that somebody told, by name; the others are detected accordingly."""
SAID = "It is as you said."


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the rows and cells of a file are told apart.

    form          one of `FORMS`; fields from encoding on speak of text alone, and header_* of text and `BOOKS`
    packing       one of `PACKINGS`
    member        name of the zip's one member
    sheet         name of the workbook's sheet or the file's layer
    encoding      Python's name of the charset: "utf-8", "utf-16-le", "cp1251" …
    delimiter     one character or more
    quote         one character, or "" where cells are never quoted
    escape        what makes a quote within quotes a character: the quote itself (doubled), "\\\\", or ""
    line_end      "\\n", "\\r\\n" or "\\r"; what most lines end with
    header_line   line number, from 1, of the first line of column names; 0 where the file has none
    header_lines  how many lines the names take; they are joined by a space
    decimal       decimal mark of its numbers; "" where nothing in the file tells
    shape         one of `geo.columns.SHAPES`: what legs are made of; "" where its rows are taken as they stand
    """

    form: str = "text"
    packing: str = ""
    member: str = ""
    sheet: str = ""
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    line_end: str = "\n"
    header_line: int = 1
    header_lines: int = 1
    decimal: str = ""
    shape: str = ""

    def told(self, said: Said) -> Dialect:
        """The same with what somebody said. Names in another line than that which was detected take one line."""
        elsewhere = said.get("header_line", self.header_line) != self.header_line
        return replace(self, **{**({"header_lines": 1} if elsewhere else {}), **said})  # type: ignore[arg-type]

    def as_json(self) -> dict[str, str | int]:
        """All fields by name."""
        return asdict(self)

    @staticmethod
    def from_json(given: Mapping[str, object]) -> Dialect:
        """The reverse of `as_json`; fields left out have their defaults. Raises DialectError."""
        known = {each.name: each.default for each in fields(Dialect)}
        for name, value in given.items():
            if name not in known:
                raise DialectError(name, str(value), f"fields are {', '.join(known)}")
            if type(value) is not type(known[name]):
                raise DialectError(name, str(value), f"it is a {type(known[name]).__name__}")
        return Dialect(**given)  # type: ignore[arg-type]
