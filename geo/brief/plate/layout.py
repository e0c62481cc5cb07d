"""Where everything on a plate stands: boxes in layout pixels, found from the frame and from how much there is to say.

Wide frames have the legend and the sources in a column beside the map, others below it. What does not fit is shrunk,
then wrapped, then counted: no text meets another or leaves the sheet. The legend comes first, since a map that is not
explained says nothing: for it the map becomes smaller and the timeline goes, and a frame too small for it is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from geo.brief.plate.fonts import FittedText, Fonts, fit
from geo.brief.plate.labels import Box
from geo.brief.plate.plate import Frame
from geo.errors import BriefError

MARGIN = 24.0
GAP = 12.0
BESIDE = 1.2
"""Aspect from which legend and sources stand beside the map."""
_TIMELINE = 108.0
_LARGE = 0.9
"""Of the title's size: of date and figures in a film."""
_LEAST_FOR_TIMELINE = 420.0
_MANY = 14
"""Sources beyond which they have a third of the height below a map, not a quarter."""
_VERY_MANY, _TWO_COLUMNS = 16, 380.0
"""Sources beyond which the column beside a map is so wide, layout px, that they can stand in two."""
_LEAST_MAP, _FAIR_MAP = 60.0, 0.36
"""Height of a map without which a frame is refused; share of the height below which the timeline goes."""
_LEAST_SOURCES = 46.0


@dataclass(frozen=True, slots=True)
class Need:
    """Heights of a legend, layout px: with all its rows, and with those alone that must be there."""

    full: float
    least: float


Listed = Callable[[float], float]
"""Width of a column -> the height of all sources in it, in full, with their heading."""
Legend = Callable[[float, int, float], Need]
"""Its width, its columns, and the height that it should keep to -> what it needs."""


@dataclass(frozen=True, slots=True)
class PlateTexts:
    """The texts of a plate, "" for those that it has not. small: the small type at its foot.

    large: whether the figures are what is read first, as in a film.
    """

    title: str
    subtitle: str
    figures: str
    note: str
    small: str
    handling: str
    large: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Head:
    """Texts above the map, each with the y at which its first line begins."""

    title: FittedText
    subtitle: FittedText
    figures: FittedText
    ys: tuple[float, float, float]
    bottom: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes of the parts; timeline None where the frame is too small for it. small: lines of the small type.
    handling: what stands above and below everything."""

    head: Head
    map: Box
    timeline: Box | None
    legend: Box
    legend_columns: int
    sources: Box
    source_columns: int
    note: FittedText
    note_top: float
    small: FittedText
    small_top: float
    handling: FittedText
    margin: float


def arrange(
    frame: Frame, fonts: Fonts, said: PlateTexts, *, legend: Legend, sources: int, listed: Listed = lambda _: 0.0
) -> Layout:
    """The boxes for a frame and its texts. sources: how many there are; listed: the height that they need in a column.

    Raises BriefError for a frame that has no room for the legend and a map.
    """
    try:
        return _arranged(frame, fonts, said, legend, (sources, listed), marking=3)
    except BriefError:
        if not said.handling:
            raise
        # A small frame has one line for a marking, however much of it is cut.
        return _arranged(frame, fonts, said, legend, (sources, listed), marking=1)


def _arranged(
    frame: Frame, fonts: Fonts, said: PlateTexts, legend: Legend, sources: tuple[int, Listed], *, marking: int
) -> Layout:
    """sources: how many, and the height that they need. marking: lines that a handling line may have."""
    wide, tall = frame.layout
    large, small = frame.type_sizes[0], frame.type_sizes[-1]
    margin = min(MARGIN, 0.04 * min(wide, tall) + 4)
    across = wide - 2 * margin
    marked = fit(said.handling, width=across, most=marking, largest=large, smallest=small, fonts=fonts, bold=True)
    band = marked.height + 8 if said.handling else 0.0
    head = _head((across, tall), margin * 0.7 + band, fonts, said, small)
    foot = fit(said.small, width=across, most=3, largest=small, smallest=small, fonts=fonts)
    small_top = tall - margin * 0.6 - band - foot.height
    noted = fit(said.note, width=across, most=2, largest=large, smallest=small, fonts=fonts)
    note_top = small_top - noted.height - (6 if said.note else 0)
    box = Box(margin, head.bottom + 8, wide - margin, note_top - 8)
    if wide / tall >= BESIDE:
        parts, columns = _beside(box, tall, legend, *sources), (1, 1)
    else:
        columns = (3, 2) if across > 620 else (2, 1)
        parts = _below(box, tall, lambda room: legend(across, columns[0], room), sources[0])
    maps, key, listed, timeline = parts
    texts = (noted, note_top, foot, small_top, marked)
    return Layout(head, maps, timeline, key, columns[0], listed, columns[1], *texts, margin)


def _head(size: tuple[float, float], top: float, fonts: Fonts, said: PlateTexts, small: float) -> Head:
    title, subtitle, figures = said.title, said.subtitle, said.figures
    across, tall = size
    # A square has neither the width for a long line nor the height for two.
    room = min(1.0, tall / 720.0, max(across / 900.0, tall / 1000.0))
    largest = 27.0 * max(room, 0.6)
    first = fit(title, width=across, most=1, largest=largest, smallest=0.76 * largest, fonts=fonts, bold=True)
    if not first.whole:
        first = fit(title, width=across, most=2, largest=largest, smallest=max(13.0, small), fonts=fonts, bold=True)
    usual = max(16.5 * max(room, 0.75), small)
    second = fit(subtitle, width=across, most=2, largest=usual, smallest=small, fonts=fonts)
    if not second.whole:
        # The text of a step is a paragraph: smaller it would not be read, and cut it would say something else.
        second = fit(subtitle, width=across, most=5, largest=usual, smallest=small, fonts=fonts)
    most = max(_LARGE * largest, usual) if said.large else usual
    third = fit(figures, width=across, most=1, largest=most, smallest=min(usual, small * 1.15), fonts=fonts)
    if not third.whole:
        third = fit(figures, width=across, most=2, largest=usual, smallest=small, fonts=fonts)
    y1 = top
    y2 = y1 + first.height + 1
    y3 = y2 + second.height + (2 if subtitle else 0)
    return Head(first, second, third, (y1, y2, y3), y3 + third.height)


def _beside(box: Box, tall: float, legend: Legend, sources: int, listed: Listed) -> tuple[Box, Box, Box, Box | None]:
    column = _column(box, legend, sources, listed)
    split = box.right - column
    timeline = None
    bottom = box.bottom
    if tall >= _LEAST_FOR_TIMELINE:
        timeline = Box(box.left, box.bottom - _TIMELINE + 8, split - GAP * 1.5, box.bottom)
        bottom = timeline.top - GAP
    maps = Box(box.left, box.top, split - GAP * 1.5, bottom)
    need = legend(column, 1, 0.66 * box.height)
    height = max(min(need.full, 0.66 * box.height), need.least)
    if height > box.height - _LEAST_SOURCES or maps.height < _LEAST_MAP:
        raise _too_small()
    key = Box(split, box.top, box.right, box.top + height)
    return maps, key, Box(split, key.bottom + GAP, box.right, box.bottom), timeline


def _column(box: Box, legend: Legend, sources: int, listed: Listed) -> float:
    """Width of the legend and the sources beside a map: the least in which all of them has room, since the map has the
    rest."""
    usual = min(max(0.25 * box.width, 190.0), 320.0)
    most = min(max(usual, _TWO_COLUMNS if sources > _VERY_MANY else 0.0), 0.42 * box.width)
    for share in (0.7, 0.8, 0.9):
        if legend(share * most, 1, box.height).full + GAP + listed(share * most) <= box.height:
            return share * most
    return most


def _below(box: Box, tall: float, legend: Callable[[float], Need], sources: int) -> tuple[Box, Box, Box, Box | None]:
    """Under the map the timeline, the legend in columns, and the sources; the map has the largest part."""
    need = legend((0.34 if tall > 850 else 0.28) * box.height)
    listed = min(max(24.0 + 34.0 * sources, 56.0), (0.33 if sources > _MANY else 0.25) * box.height)
    gaps = GAP * 1.6
    strip = need.full
    left = box.height - listed - strip - gaps
    line = _TIMELINE - 16 if tall > 900 else 58.0
    timed = tall >= _LEAST_FOR_TIMELINE and left - line - GAP * 0.75 >= _FAIR_MAP * box.height
    if not timed and left < _FAIR_MAP * box.height:
        # The further volumes of the key go, then sources, before the map does.
        strip = max(need.least, strip - (_FAIR_MAP * box.height - left))
        left = box.height - listed - strip - gaps
        listed = min(listed, max(_LEAST_SOURCES, listed - (_FAIR_MAP * box.height - left)))
    sources_top = box.bottom - listed
    key_top = sources_top - GAP * 0.6 - strip
    timeline = None
    bottom = key_top - GAP
    if timed:
        timeline = Box(box.left, bottom - line, box.right, bottom)
        bottom = timeline.top - GAP * 0.75
    if bottom - box.top < _LEAST_MAP:
        raise _too_small()
    key = Box(box.left, key_top, box.right, key_top + strip)
    return Box(box.left, box.top, box.right, bottom), key, Box(box.left, sources_top, box.right, box.bottom), timeline


def _too_small() -> BriefError:
    return BriefError(
        "This frame",
        "the titles, the legend that says what is drawn, and the sources leave no room for a map",
        "Choose a larger frame, or show less in it.",
    )
