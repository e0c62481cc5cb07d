"""Where everything on a plate stands: boxes in layout pixels, found from the frame and from how much there is to say.

Wide frames have the legend and the sources in a column beside the map, others below it. What does not fit is shrunk,
then wrapped, then counted: no text meets another or leaves the sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geo.brief.fonts import Fonts
from geo.brief.labels import Box
from geo.brief.lines import LEADING, Lines, cut, fit, wrap
from geo.brief.wording import Source

MARGIN = 24.0
GAP = 12.0
BESIDE = 1.2
"""Aspect from which legend and sources stand beside the map."""
HANDLING = 11.0
_TIMELINE = 84.0
_LEAST_FOR_TIMELINE = 420.0
SOURCE_SIZES = (11.5, 11.0, 10.5, 10.0, 9.5, 9.0)
BRIEF_SIZES = (10.5, 9.5, 9.0, 8.5)
NUMBER = 22.0
"""Width of the column of numbers, at least."""


@dataclass(frozen=True, slots=True)
class Head:
    """Texts above the map, each with the y at which its first line begins."""

    title: Lines
    subtitle: Lines
    figures: Lines
    ys: tuple[float, float, float]
    bottom: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes of the parts; timeline None where the frame is too small for it. small: lines of the small type."""

    head: Head
    map: Box
    timeline: Box | None
    legend: Box
    legend_columns: int
    sources: Box
    source_columns: int
    note: Lines
    note_top: float
    small: Lines
    small_top: float
    margin: float


def arrange(  # noqa: PLR0913 -- the texts of a plate
    size: tuple[float, float],
    fonts: Fonts,
    *,
    title: str,
    subtitle: str,
    figures: str,
    note: str,
    small: str,
    handling: bool,
    legend: Callable[[float, int], float],
    sources: int,
) -> Layout:
    """The boxes for a frame of `size` layout px and its texts.

    legend: the height that it needs at a width and in so many columns; sources: how many there are.
    """
    wide, tall = size
    margin = min(MARGIN, 0.04 * min(wide, tall) + 4)
    across = wide - 2 * margin
    band = HANDLING * LEADING + 8 if handling else 0.0
    head = _head((across, tall), margin * 0.7 + band, fonts, (title, subtitle, figures))
    foot = fit(small, width=across, most=3, largest=9.0, smallest=7.5, fonts=fonts)
    small_top = tall - margin * 0.6 - band - foot.height
    noted = fit(note, width=across, most=2, largest=11.5, smallest=9.0, fonts=fonts)
    note_top = small_top - noted.height - (6 if note else 0)
    box = Box(margin, head.bottom + 8, wide - margin, note_top - 8)
    if wide / tall >= BESIDE:
        parts, columns = _beside(box, tall, legend), (1, 1)
    else:
        columns = (3, 2) if across > 620 else (2, 1)
        parts = _below(box, tall, legend(across, columns[0]), sources)
    maps, key, listed, timeline = parts
    return Layout(head, maps, timeline, key, columns[0], listed, columns[1], noted, note_top, foot, small_top, margin)


def _head(size: tuple[float, float], top: float, fonts: Fonts, said: tuple[str, str, str]) -> Head:
    title, subtitle, figures = said
    across, tall = size
    # A square has neither the width for a long line nor the height for two.
    room = min(1.0, tall / 720.0, max(across / 900.0, tall / 1000.0))
    largest = 27.0 * max(room, 0.6)
    first = fit(title, width=across, most=1, largest=largest, smallest=0.76 * largest, fonts=fonts, bold=True)
    if not first.whole:
        first = fit(title, width=across, most=2, largest=largest, smallest=13.0, fonts=fonts, bold=True)
    second = fit(subtitle, width=across, most=2, largest=14.5 * max(room, 0.75), smallest=10.0, fonts=fonts)
    third = fit(figures, width=across, most=1, largest=14.5 * max(room, 0.75), smallest=10.5, fonts=fonts)
    if not third.whole:
        third = fit(figures, width=across, most=2, largest=14.5 * max(room, 0.75), smallest=9.0, fonts=fonts)
    y1 = top
    y2 = y1 + first.height + 1
    y3 = y2 + second.height + (2 if subtitle else 0)
    return Head(first, second, third, (y1, y2, y3), y3 + third.height)


def _beside(box: Box, tall: float, legend: Callable[[float, int], float]) -> tuple[Box, Box, Box, Box | None]:
    column = min(max(0.25 * box.width, 190.0), 320.0, 0.42 * box.width)
    split = box.right - column
    timeline = None
    bottom = box.bottom
    if tall >= _LEAST_FOR_TIMELINE:
        timeline = Box(box.left, box.bottom - _TIMELINE + 8, split - GAP * 1.5, box.bottom)
        bottom = timeline.top - GAP
    maps = Box(box.left, box.top, split - GAP * 1.5, bottom)
    height = min(legend(column, 1), 0.66 * box.height)
    key = Box(split, box.top, box.right, box.top + height)
    return maps, key, Box(split, key.bottom + GAP, box.right, box.bottom), timeline


def _below(box: Box, tall: float, legend: float, sources: int) -> tuple[Box, Box, Box, Box | None]:
    """Under the map the timeline, the legend in columns, and the sources; the map has the largest part."""
    strip = min(legend, (0.3 if tall > 850 else 0.2) * box.height)
    listed = min(max(24.0 + 34.0 * sources, 56.0), 0.25 * box.height)
    sources_top = box.bottom - listed
    key_top = sources_top - GAP * 0.6 - strip
    timeline = None
    bottom = key_top - GAP
    if tall >= _LEAST_FOR_TIMELINE:
        timeline = Box(box.left, bottom - (_TIMELINE - 16 if tall > 900 else 58.0), box.right, bottom)
        bottom = timeline.top - GAP * 0.75
    key = Box(box.left, key_top, box.right, key_top + strip)
    return Box(box.left, box.top, box.right, bottom), key, Box(box.left, sources_top, box.right, box.bottom), timeline


@dataclass(frozen=True, slots=True)
class Listed:
    """A source where it stands: number at (x, y), lines to its right."""

    source: Source
    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceList:
    """The sources that fit; left: how many more reports there are, told at `more_at`. number: of its column, width."""

    size: float
    listed: tuple[Listed, ...]
    left: int
    more_at: tuple[float, float]
    number: float


def list_sources(full: list[Source], brief: list[Source], box: Box, columns: int, fonts: Fonts) -> SourceList:
    """All of them in full at the largest size that holds them, else briefly, else as many as there is room for.

    brief: the same reports by claimant and date alone, those that share them on one line.
    """
    start = (box.left, box.top)
    for sources, sizes in ((full, SOURCE_SIZES), (brief, BRIEF_SIZES)):
        for size in sizes:
            number = _number_width(sources, size, fonts)
            for count in range(1, (columns if len(sources) > 3 else 1) + 1):
                found = _flowed(sources, box, count, fonts, (size, number), most=None)
                if len(found) == len(sources):
                    return SourceList(size, tuple(found), 0, start, number)
    size = BRIEF_SIZES[-1]
    room = Box(box.left, box.top, box.right, box.bottom - size * LEADING)
    number = _number_width(brief, size, fonts)
    kept = _flowed(brief, room, columns, fonts, (size, number), most=1)
    told = sum(len(each.source.numbers) for each in kept)
    return SourceList(size, tuple(kept), len(full) - told, (box.left, room.bottom), number)


def _number_width(sources: list[Source], size: float, fonts: Fonts) -> float:
    said = (", ".join(map(str, each.numbers)) for each in sources)
    return max([NUMBER, *(fonts.width(text, size) * 1.03 + 8 for text in said)])


def _flowed(
    sources: list[Source], box: Box, columns: int, fonts: Fonts, shape: tuple[float, float], *, most: int | None
) -> list[Listed]:
    """Sources column by column, as many as there is room for. shape: size of the text, width of the numbers."""
    (size, number), gap = shape, 18.0
    wide = (box.width - gap * (columns - 1)) / columns
    found: list[Listed] = []
    column, y = 0, box.top
    for source in sources:
        lines = wrap(source.text, wide - number, size, fonts)
        if most is not None and len(lines) > most:
            lines = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), wide - number, size, fonts)]
        height = len(lines) * size * LEADING
        while y + height > box.bottom:
            column, y = column + 1, box.top
            if column >= columns or height > box.height:
                return found
        found.append(Listed(source, box.left + column * (wide + gap), y, tuple(lines)))
        y += height + (0.3 * size if most is None else 0.0)
    return found
