"""The list of sources: all of them, with as much of each as there is room for; else as many as fit, the rest told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo import formatting
from geo.brief.plate.captions import Cited
from geo.brief.plate.fonts import LEADING, Fonts, cut, wrap
from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import Ink
from geo.brief.plate.sheet import Group, Sheet

_LEAST_COLUMN = 14.5
"""Width of a column of sources, in sizes of its text, where there are more than its frame usually has."""
NUMBER = 22.0
"""Width of the column of numbers, at least."""
_GAP = 18.0


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

    more_at, more: where those are told on one line, and how.
    """

    size: float
    listed: tuple[Listed, ...]
    left: tuple[Cited, ...]
    more_at: tuple[float, float]
    more: str
    number: float

    @property
    def numbers(self) -> frozenset[int]:
        """Those that a label on the map may cite."""
        return frozenset(number for each in self.listed for number in each.source.numbers)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a list is set. whole: a source goes on over several lines, else it is cut at one; between: sizes of text
    between two."""

    sources: list[Cited]
    size: float
    columns: int
    whole: bool
    between: float


def list_sources(
    full: list[Cited], brief: list[Cited], box: Box, columns: int, fonts: Fonts, sizes: Sequence[float]
) -> SourceList:
    """All of them in full at the largest size that holds them, else briefly, closer, cut at one line each, in another
    column; else as many as there is room for, and the claimants and dates of the rest on one line.

    brief: the same reports by claimant and date alone, those that share them on one line.
    """
    start = (box.left, box.top)
    widths: dict[tuple[int, float], float] = {}

    def numbered(way: _Way) -> float:
        key = (id(way.sources), way.size)
        if key not in widths:
            widths[key] = _number_width(way.sources, way.size, fonts)
        return widths[key]

    ways = list(_ways(full, brief, columns, box.width, sizes))
    for way in ways:
        found = _flowed(way, box, fonts, numbered(way))
        if len(found) == len(way.sources):
            return SourceList(way.size, tuple(found), (), start, "", numbered(way))
    last = ways[-1]
    room = Box(box.left, box.top, box.right, box.bottom - last.size * LEADING)
    kept = _flowed(last, room, fonts, numbered(last))
    left = brief[len(kept) :]
    return SourceList(
        last.size, tuple(kept), tuple(left), (box.left, room.bottom), _more(left, bool(kept)), numbered(last)
    )


def height(full: list[Cited], width: float, fonts: Fonts, size: float) -> float:
    """Layout px of all sources in full, in one column, with their heading."""
    number = _number_width(full, size, fonts)
    lines = sum(len(wrap(each.text, width - number, size, fonts)) for each in full)
    return (lines + 1) * size * LEADING + 0.3 * size * len(full) + 3


def _more(left: list[Cited], listed: bool) -> str:
    """ "and 3 more: 2 Nov 2023, A; 3 Nov 2023, B"."""
    count = formatting.number(sum(len(each.numbers) for each in left))
    who = "; ".join(dict.fromkeys(each.text for each in left))
    return f"and {count} more: {who}" if listed else f"{count}: {who}"


def _ways(full: list[Cited], brief: list[Cited], columns: int, width: float, sizes: Sequence[float]) -> Iterator[_Way]:
    """Ways to set a list, the best first."""
    for sources in (full, brief):
        usual = columns if len(sources) > 3 else 1
        yield from (_Way(sources, size, count, True, 0.3) for size in sizes for count in range(1, usual + 1))
    small = sizes[-2:]
    least = _LEAST_COLUMN * small[-1]
    more = columns + 1 if width >= (columns + 1) * least + columns * _GAP else columns
    yield from (_Way(brief, size, columns, True, 0.0) for size in small)
    yield from (_Way(brief, size, columns, False, 0.0) for size in small)
    yield from (_Way(brief, size, more, False, 0.0) for size in small)


def _number_width(sources: list[Cited], size: float, fonts: Fonts) -> float:
    said = (", ".join(map(str, each.numbers)) for each in sources)
    return max([NUMBER, *(fonts.width(text, size) * 1.03 + 8 for text in said)])


def _flowed(way: _Way, box: Box, fonts: Fonts, number: float) -> list[Listed]:
    """Sources column by column, as many as there is room for. number: width of the numbers."""
    size = way.size
    wide = (box.width - _GAP * (way.columns - 1)) / way.columns
    found: list[Listed] = []
    column, y = 0, box.top
    for source in way.sources:
        if way.whole:
            lines = wrap(source.text, wide - number, size, fonts)
        else:
            lines = [cut(source.text, wide - number, size, fonts)]
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
        more = cut(found.more, box.width, found.size, sheet.fonts)
        sheet.text(group, *found.more_at, more, size=found.size, colour=ink.muted)


def _numbers(sheet: Sheet, group: Group, ink: Ink, source: Cited, right: float, y: float, size: float) -> None:
    """Each number leads to its own source."""
    for place in range(len(source.numbers) - 1, -1, -1):
        text = f"{source.numbers[place]}" + ("," if place < len(source.numbers) - 1 else "")
        sheet.text(group, right, y, text, size=size, colour=ink.muted, align="right", url=source.urls[place])
        right -= sheet.fonts.width(text, size) * 1.02 + 0.25 * size
