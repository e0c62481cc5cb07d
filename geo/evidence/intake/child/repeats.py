"""How many cells an OpenDocument sheet says it has: a row or a cell can say that it is repeated a million times."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from xml.parsers import expat

from geo.errors import TooLarge
from geo.evidence.intake import limits

_PART = "content.xml"
_BLOCK = 1 * limits.MIB
_CELLS = ("table-cell", "covered-table-cell")


def check_repeats(path: str) -> None:
    """Raises TooLarge where a sheet says that it has more cells than can be read; passes over all other files."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_PART) as part:
            counted = _Counted()
            parser = expat.ParserCreate()
            parser.StartElementHandler = counted.start
            while block := part.read(_BLOCK):
                parser.Parse(block)
    except (expat.ExpatError, zipfile.BadZipFile, KeyError, OSError, ValueError):
        return
    if counted.most > limits.SHEET_CELLS:
        what = "the cells of a sheet, each as often as it is repeated"
        raise TooLarge("", what, f"{counted.most:,}", f"{limits.SHEET_CELLS:,}")


@dataclass(slots=True)
class _Counted:
    """Rows times columns of the sheet so far, and of the largest one. Empty cells at the ends of rows count as well."""

    rows: int = 0
    wide: int = 0
    widest: int = 0
    most: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; names are compared without their prefix, which anybody may choose."""
        element = name.rpartition(":")[2]
        if element == "table":
            self.rows = self.widest = 0
        elif element == "table-row":
            self.rows += _times(attributes, "number-rows-repeated")
            self.wide = 0
        elif element in _CELLS:
            self.wide += _times(attributes, "number-columns-repeated")
            self.widest = max(self.widest, self.wide)
        self.most = max(self.most, self.rows * self.widest)


def _times(attributes: dict[str, str], name: str) -> int:
    found = [value for key, value in attributes.items() if key.rpartition(":")[2] == name]
    return int(found[0]) if found and found[0].isdigit() else 1
