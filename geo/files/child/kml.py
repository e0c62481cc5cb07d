"""KML by expat, placemark after placemark: its data as texts, and the ends of its line.

KML can link to files elsewhere: a file that does is refused, as `untrusted_xml` refuses what XML can do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from geo.errors import DialectError, TooLarge, UnreadableFile
from geo.files import limits
from geo.files.child import main, untrusted_xml
from geo.files.child.geojson import ENDS, POINT
from geo.files.child.main import Answer, Request

_BATCH = 2_000
_DEEPEST = 200
"""Elements within one another: folders and shapes take a dozen."""
_LONGEST = 64 * limits.MIB
"""Of a text: the course of a ship for years is some megabytes."""
_HINT = "Export it again as KML."
_CONTAINERS = ("Document", "Folder")
_OWN = ("name", "description", "address", "phoneNumber")
"""Elements of a placemark that are columns by their own names."""
_TIMES = {"when": "when", "begin": "begin", "end": "end"}


def answers(path: str, request: Request) -> Iterator[Answer]:
    """{"layers"}: names of folders, those with lines first. {"rows": layer, "most"}: {"rows": dicts of texts}."""
    if "layers" in request:
        lines: dict[str, bool] = {}
        for layer, row in _placemarks(path):
            lines[layer] = lines.get(layer, False) or ENDS[0] in row
        if not lines:
            raise UnreadableFile("", "is a KML file without placemarks", "Export the layer that has the routes.")
        yield main.JSON, sorted(lines, key=lambda layer: not lines[layer])
        return
    chosen = str(request["rows"])
    rows = islice((row for layer, row in _placemarks(path) if layer == chosen), request.get("most"))
    found = False
    while batch := list(islice(rows, _BATCH)):
        found = True
        yield main.JSON, {"rows": batch}
    if not found:
        raise DialectError("sheet", chosen, "it is the name of a folder with placemarks")


def _placemarks(path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(the names of the folders that it lies in, its texts) of each. Raises UnreadableFile."""
    reader = _Reader()
    for _ in untrusted_xml.parsed(path, reader, _HINT):
        yield from reader.taken()


@dataclass(slots=True)
class _Placemark:
    """What a placemark holds so far. first, last: of its lines; point: of the first point."""

    layer: str
    cells: dict[str, str] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    point: str = ""

    def row(self) -> dict[str, str]:
        """Its position, as it stands in the file, and its texts."""
        ends = self.first.split(",")[:2] + self.last.split(",")[:2]
        point = self.point.split(",")[:2]
        if len(ends) == len(ENDS):
            return {**dict(zip(ENDS, ends, strict=True)), **self.cells}
        return {**(dict(zip(POINT, point, strict=True)) if len(point) == len(POINT) else {}), **self.cells}


class _Reader:
    """Takes the events of a parser; gives whole placemarks."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._folders: list[str] = []
        self._placemark: _Placemark | None = None
        self._data = ""
        self._text: list[str] = []
        self._size = 0
        self._whole: list[_Placemark] = []

    def taken(self) -> Iterator[tuple[str, dict[str, str]]]:
        """The placemarks that have ended since the last call."""
        whole, self._whole = self._whole, []
        for each in whole:
            yield each.layer, each.row()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; names count without their prefix."""
        element = name.rpartition(":")[2]
        if element == "NetworkLink":
            reason = "links to other files (NetworkLink), which are never fetched"
            raise UnreadableFile("", reason, "Open it in Google Earth or QGIS, and export the layer itself as KML.")
        if not self._path and element != "kml":
            raise UnreadableFile("", f"is XML, but not KML: it begins with {element[:40]!r}", _HINT)
        self._path.append(element)
        if len(self._path) > _DEEPEST:
            raise UnreadableFile("", "is nested too deeply", _HINT)
        self._text, self._size = [], 0
        if element in _CONTAINERS:
            self._folders.append("")
        elif element == "Placemark":
            named = [each for each in self._folders[1:] if each] or self._folders[:1]
            self._placemark = _Placemark(" / ".join(named))
        elif element in ("Data", "SimpleData"):
            self._data = attributes.get("name", "")

    def text(self, text: str) -> None:
        """Characters of the element that is open. Raises TooLarge."""
        self._size += len(text)
        if self._size > _LONGEST:
            found, limit = f"more than {limits.in_words(_LONGEST)}", limits.in_words(_LONGEST)
            raise TooLarge("", "the size of a text", found, limit)
        self._text.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        element = name.rpartition(":")[2]
        self._path.pop()
        within = self._path[-1] if self._path else ""
        text, self._text = "".join(self._text).strip(), []
        self._size = 0
        if element in _CONTAINERS:
            self._folders.pop()
        elif element == "name" and within in _CONTAINERS:
            self._folders[-1] = text
        elif element == "Placemark" and self._placemark is not None:
            self._whole.append(self._placemark)
            self._placemark = None
        elif self._placemark is not None:
            self._take(self._placemark, element, within, text)

    def _take(self, placemark: _Placemark, element: str, within: str, text: str) -> None:
        if element in _OWN and within == "Placemark":
            placemark.cells[element] = text
        elif (element == "value" and within == "Data") or element == "SimpleData":
            placemark.cells[self._data or "data"] = text
        elif element == "coordinates" and within in ("LineString", "Point") and (found := text.split()):
            if within == "LineString":
                placemark.first, placemark.last = placemark.first or found[0], found[-1]
            else:
                placemark.point = placemark.point or found[0]
        elif element == "coord" and within == "Track":
            at = ",".join(text.split())
            placemark.first, placemark.last = placemark.first or at, at
        elif element == "when" and within == "Track":
            placemark.cells.setdefault("begin", text)
            placemark.cells["end"] = text
        elif element in _TIMES and within in ("TimeStamp", "TimeSpan"):
            placemark.cells[_TIMES[element]] = text
