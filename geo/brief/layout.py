"""Where everything on a plate stands: boxes in layout pixels, found from the frame and from how much there is to say.

Wide frames have the legend and the sources in a column beside the map, others below it. What does not fit is shrunk, then
wrapped, then counted: no text meets another or leaves the sheet.
"""

from __future__ import annotations

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
NUMBER = 22.0
"""Width of the column of a source's number."""
_MOST_LINES = 4
"""Of one source at the smallest size, before it is cut."""


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
    legend_height: float,
) -> Layout:
    """The boxes for a frame of `size` layout px and its texts. legend_height: how much the legend would like."""
    wide, tall = size
    margin = min(MARGIN, 0.04 * min(wide, tall) + 4)
    across = wide - 2 * margin
    band = HANDLING * LEADING + 8 if handling else 0.0
    head = _head(across, margin * 0.7 + band, tall, fonts, (title, subtitle, figures))
    foot = fit(small, width=across, most=3, largest=9.0, smallest=7.5, fonts=fonts)
    small_top = tall - margin * 0.6 - band - foot.height
    noted = fit(note, width=across, most=2, largest=11.5, smallest=9.0, fonts=fonts)
    note_top = small_top - noted.height - (6 if note else 0)
    box = Box(margin, head.bottom + 8, wide - margin, note_top - 8)
    if wide / tall >= BESIDE:
        maps, legend, sources, timeline = _beside(box, tall, legend_height)
        columns = 1
    else:
        maps, legend, sources, timeline = _below(box, tall, legend_height)
        columns = 2 if sources.width > 560 else 1
    return Layout(head, maps, timeline, legend, sources, columns, noted, note_top, foot, small_top, margin)


def _head(across: float, top: float, tall: float, fonts: Fonts, said: tuple[str, str, str]) -> Head:
    title, subtitle, figures = said
    room = min(1.0, tall / 720.0)
    first = fit(title, width=across, most=2, largest=27.0 * max(room, 0.6), smallest=14.0, fonts=fonts, bold=True)
    second = fit(subtitle, width=across, most=2, largest=14.5, smallest=10.0, fonts=fonts)
    third = fit(figures, width=across, most=2, largest=14.5, smallest=9.0, fonts=fonts)
    y1 = top
    y2 = y1 + first.height + 1
    y3 = y2 + second.height + (2 if subtitle else 0)
    return Head(first, second, third, (y1, y2, y3), y3 + third.height)


def _beside(box: Box, tall: float, legend: float) -> tuple[Box, Box, Box, Box | None]:
    column = min(max(0.25 * box.width, 190.0), 320.0, 0.42 * box.width)
    split = box.right - column
    timeline = None
    bottom = box.bottom
    if tall >= _LEAST_FOR_TIMELINE:
        timeline = Box(box.left, box.bottom - _TIMELINE + 8, split - GAP * 1.5, box.bottom)
        bottom = timeline.top - GAP
    maps = Box(box.left, box.top, split - GAP * 1.5, bottom)
    height = min(legend, 0.62 * box.height)
    key = Box(split, box.top, box.right, box.top + height)
    return maps, key, Box(split, key.bottom + GAP, box.right, box.bottom), timeline


def _below(box: Box, tall: float, legend: float) -> tuple[Box, Box, Box, Box | None]:
    """Legend on the left and sources on the right of what is left under the map, which has the larger part."""
    height = min(max(0.27 * box.height, min(legend, 0.34 * box.height)), 0.4 * box.height)
    top = box.bottom - height
    timeline = None
    bottom = top - GAP
    if tall >= _LEAST_FOR_TIMELINE:
        timeline = Box(box.left, bottom - _TIMELINE + 12, box.right, bottom)
        bottom = timeline.top - GAP
    key = min(250.0, 0.4 * box.width)
    maps = Box(box.left, box.top, box.right, bottom)
    return maps, Box(box.left, top, box.left + key, box.bottom), Box(box.left + key + 18, top, box.right, box.bottom), timeline


@dataclass(frozen=True, slots=True)
class Listed:
    """A source where it stands: number at (x, y), lines to its right."""

    source: Source
    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceList:
    """The sources that fit; left: how many more there are, told at `more_at`."""

    size: float
    listed: tuple[Listed, ...]
    left: int
    more_at: tuple[float, float]


def list_sources(sources: list[Source], box: Box, columns: int, fonts: Fonts) -> SourceList:
    """All of them at the largest size that holds them, else as many as there is room for at the smallest."""
    columns = columns if len(sources) > 3 else 1
    for size in SOURCE_SIZES:
        found = _flowed(sources, box, columns, fonts, size, most=None)
        if found is not None and len(found) == len(sources):
            return SourceList(size, tuple(found), 0, (box.left, box.top))
    size = SOURCE_SIZES[-1]
    room = Box(box.left, box.top, box.right, box.bottom - size * LEADING)
    kept = _flowed(sources, room, columns, fonts, size, most=_MOST_LINES)
    if len(kept) == len(sources):
        return SourceList(size, tuple(kept), 0, (box.left, box.top))
    return SourceList(size, tuple(kept), len(sources) - len(kept), (box.left, room.bottom))


def _flowed(sources: list[Source], box: Box, columns: int, fonts: Fonts, size: float, *, most: int | None) -> list[Listed]:
    """Sources column by column, as many as there is room for."""
    gap = 18.0
    wide = (box.width - gap * (columns - 1)) / columns
    found: list[Listed] = []
    column, y = 0, box.top
    for source in sources:
        lines = wrap(source.text, wide - NUMBER, size, fonts)
        if most is not None and len(lines) > most:
            lines = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), wide - NUMBER, size, fonts)]
        height = len(lines) * size * LEADING
        while y + height > box.bottom and column < columns:
            column, y = column + 1, box.top
            if column == columns or height > box.height:
                return found
        found.append(Listed(source, box.left + column * (wide + gap), y, tuple(lines)))
        y += height + 0.3 * size
    return found
