"""The list of sources: all of them, with as much of each as there is room for; else as many as fit, the rest told.

Nothing is cut: a source stands there whole, goes with others of its claimant, or is counted and said to be elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo import formatting
from geo.brief.plate.cited import Cited
from geo.brief.plate.fonts import LEADING, Fonts, cut, wrap
from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import Ink
from geo.brief.plate.sheet import Group, Sheet

_LEAST_COLUMN = 14.5
"""Width of a column of sources, in sizes of its text, where there are more than its frame usually has."""
NUMBER = 22.0
"""Width of the column of numbers, at least."""
_GAP = 18.0
_RUN = 3
"""Numbers in a row from which the first and the last of them stand for all."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A source where it stands: number at (x, y), lines to its right."""

    source: Cited
    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceList:
    """The sources that fit. left: those of the reports that have no line of their own; number: of its column, width.

    more_at, more: where those are told, and the lines of it.
    """

    size: float
    listed: tuple[Listed, ...]
    left: tuple[Cited, ...]
    more_at: tuple[float, float]
    more: tuple[str, ...]
    number: float

    @property
    def numbers(self) -> frozenset[int]:
        """Those that a label on the map may cite."""
        return frozenset(number for each in self.listed for number in each.source.numbers)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a list is set. between: sizes of text between two sources."""

    sources: list[Cited]
    size: float
    columns: int
    between: float


def list_sources(
    told: Sequence[list[Cited]], box: Box, columns: int, fonts: Fonts, sizes: Sequence[float], described: int = 0
) -> SourceList:
    """All of them, told the first way that fits, at the largest size that holds it, else closer or in another column;
    else as many of the shortest as there is room for, and where the rest is.

    told: the same reports in several ways, the fullest first. described: how many the picture's description lists.
    """
    start = (box.left, box.top)
    widths: dict[tuple[int, float], float] = {}

    def numbered(way: _Way) -> float:
        key = (id(way.sources), way.size)
        if key not in widths:
            widths[key] = _number_width(way.sources, way.size, fonts)
        return widths[key]

    ways = list(_ways(told, columns, box.width, sizes))
    for way in ways:
        found = _flowed(way, box, fonts, numbered(way))
        if len(found) == len(way.sources):
            return SourceList(way.size, tuple(found), (), start, (), numbered(way))
    return _counted(ways[-1], box, fonts, numbered(ways[-1]), described)


def _counted(way: _Way, box: Box, fonts: Fonts, number: float, described: int) -> SourceList:
    """As many as there is room for, and below them in one line or two what is said of the rest."""
    all_described = sum(len(each.numbers) for each in way.sources) <= described
    for lines in (1, 2, 1):
        room = Box(box.left, box.top, box.right, box.bottom - lines * way.size * LEADING)
        kept = _flowed(way, room, fonts, number)
        left = way.sources[len(kept) :]
        said = _more(left, bool(kept), all_described)
        told = (wrap(text, box.width, way.size, fonts) for text in said)
        if more := next((each for each in told if len(each) <= lines), []):
            break
    else:
        more = [cut(said[-1], box.width, way.size, fonts)]
    return SourceList(way.size, tuple(kept), tuple(left), (box.left, room.bottom), tuple(more), number)


def height(full: list[Cited], width: float, fonts: Fonts, size: float) -> float:
    """Layout px of all sources in full, in one column, with their heading."""
    number = _number_width(full, size, fonts)
    lines = sum(len(wrap(each.text, width - number, size, fonts)) for each in full)
    return (lines + 1) * size * LEADING + 0.3 * size * len(full) + 3


def _more(left: list[Cited], listed: bool, described: bool) -> list[str]:
    """What may be said of the rest, the most first: "and 3 more: A, 2 Nov 2023; B, 2023 to 2024"."""
    count = formatting.number(sum(len(each.numbers) for each in left))
    who = "; ".join(dict.fromkeys(each.text for each in left))
    says = f"and {count} more" if listed else count
    return [f"{says}: {who}", *([f"{says}, listed in this file's description"] if described else []), says]


def _ways(told: Sequence[list[Cited]], columns: int, width: float, sizes: Sequence[float]) -> Iterator[_Way]:
    """Ways to set a list, the best first."""
    small = sizes[-2:]
    least = _LEAST_COLUMN * small[-1]
    more = columns + 1 if width >= (columns + 1) * least + columns * _GAP else columns
    for turn, sources in enumerate(told):
        usual = columns if len(sources) > 3 else 1
        yield from (_Way(sources, size, count, 0.3) for size in sizes for count in range(1, usual + 1))
        if turn > 0:
            yield from (_Way(sources, size, count, 0.0) for size in small for count in dict.fromkeys((columns, more)))


def _number_width(sources: list[Cited], size: float, fonts: Fonts) -> float:
    said = (", ".join(text for text, _ in _cited(each)) for each in sources)
    return max([NUMBER, *(fonts.width(text, size) * 1.03 + 8 for text in said)])


def _cited(source: Cited) -> list[tuple[str, str]]:
    """Its numbers and where each leads; of three and more in a row the first and the last: "3, 4, 6–9"."""
    runs: list[list[int]] = []
    for place, number in enumerate(source.numbers):
        if runs and source.numbers[runs[-1][-1]] == number - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    found: list[tuple[str, str]] = []
    for run in runs:
        numbers, urls = [source.numbers[place] for place in run], [source.urls[place] for place in run]
        if len(run) < _RUN:
            found += [(str(number), url) for number, url in zip(numbers, urls, strict=True)]
        else:
            found.append((f"{numbers[0]}–{numbers[-1]}", urls[0] if len(set(urls)) == 1 else ""))
    return found


def _flowed(way: _Way, box: Box, fonts: Fonts, number: float) -> list[Listed]:
    """Sources column by column, as many as there is room for. number: width of the numbers."""
    size = way.size
    wide = (box.width - _GAP * (way.columns - 1)) / way.columns
    found: list[Listed] = []
    column, y = 0, box.top
    for source in way.sources:
        lines = wrap(source.text, max(wide - number, size), size, fonts)
        height = len(lines) * size * LEADING
        while y + height > box.bottom + 1e-6:
            column, y = column + 1, box.top
            if column >= way.columns or height > box.height:
                return found
        found.append(Listed(source, box.left + column * (wide + _GAP), y, tuple(lines)))
        y += height + way.between * size
    return found


def draw_sources(sheet: Sheet, ink: Ink, box: Box, found: SourceList) -> None:
    """The heading at the top of a box, and the list below it."""
    group = sheet.group("sources")
    head = "Sources" if found.listed or found.left else "Sources: none at this moment"
    size = sheet.sizes[0]
    head = cut(head, box.width, size, sheet.fonts, bold=True)
    sheet.text(group, box.left, box.top, head, size=size, colour=ink.text, bold=True)
    for each in found.listed:
        x = each.x + found.number
        _numbers(sheet, group, ink, each.source, x - 7, each.y, found.size)
        sheet.lines(group, x, each.y, each.lines, size=found.size, colour=ink.text, url=each.source.url)
    if found.more:
        sheet.lines(group, *found.more_at, found.more, size=found.size, colour=ink.muted)


def _numbers(sheet: Sheet, group: Group, ink: Ink, source: Cited, right: float, y: float, size: float) -> None:
    """Each number leads to its own source."""
    cited = _cited(source)
    for place in range(len(cited) - 1, -1, -1):
        text, url = cited[place]
        text += "," if place < len(cited) - 1 else ""
        sheet.text(group, right, y, text, size=size, colour=ink.muted, align="right", url=url)
        right -= sheet.fonts.width(text, size) * 1.02 + 0.25 * size
