"""The base map alone, to point at: sea, land, borders and names, and one position on it."""

from __future__ import annotations

import io

import numpy as np

from geo.brief.plate.base_names import Obstacles, draw_base_names
from geo.brief.plate.basemap import draw_scale
from geo.brief.plate.fonts import fonts_for
from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import LOOKS, Ink
from geo.brief.plate.panel import draw_base
from geo.brief.plate.plate import Frame, Look
from geo.brief.plate.projection import MapView, fitted
from geo.brief.plate.rc_settings import settings
from geo.brief.plate.sheet import Group, Sheet
from geo.scene.view import Bounds

WORLD = Bounds(-180.0, -60.0, 180.0, 80.0)
_LAYERS = ("names", "borders")
_RING, _ARM = 7.0, 15.0


def base_picture(extent: Bounds, frame: Frame, look: Look, at: tuple[float, float] | None) -> tuple[bytes, MapView]:
    """A PNG of the base map of so much of the world, which fills the frame, and its view.

    at: latitude and longitude of the position that is marked.

    >>> png, view = base_picture(WORLD, Frame(480, 320), "light", (43.1, 131.9))
    >>> png[:4], view.projection.world
    (b'\\x89PNG', True)
    """
    ink = LOOKS[look]
    with settings():
        fonts = fonts_for([], [])
        sheet = Sheet(frame, ink.paper, fonts)
        view = fitted(extent, (0.0, 0.0, sheet.width, sheet.height), padded=False)
        group = sheet.group("map")
        draw_base(sheet, group, view, ink, _LAYERS)
        taken = draw_scale(sheet, sheet.group("scale", group), view, ink)
        if at is not None:
            taken.append(_mark(sheet, sheet.group("position", group), view, ink, at))
        names = sheet.group("names", group)
        draw_base_names(sheet, names, view, ink, Obstacles(taken, np.zeros((0, 2)), ()), size=sheet.sizes[0])
        png = io.BytesIO()
        sheet.figure.savefig(png, format="png", dpi=frame.dpi, facecolor=sheet.figure.get_facecolor())
    return png.getvalue(), view


def _mark(sheet: Sheet, group: Group, view: MapView, ink: Ink, at: tuple[float, float]) -> Box:
    """A ring with four arms, so that what lies at the position itself stays in sight."""
    lat, lon = at
    x, y = (float(each) for each in view.place(view.projection.near(np.array([lon])), np.array([lat]))[0])
    turn = np.linspace(0.0, 2 * np.pi, 33)
    ring = np.array([x, y]) + _RING * np.column_stack([np.cos(turn), np.sin(turn)])
    arms = [
        [(x + a * _RING, y + b * _RING), (x + a * _ARM, y + b * _ARM)] for a, b in ((1, 0), (-1, 0), (0, 1), (0, -1))
    ]
    for colour, width in ((ink.land, 5.0), (ink.mode[1], 2.4)):
        for line in [ring, *map(np.array, arms)]:
            sheet.line(group, line, colour=colour, width=width)
    return Box(x, y, x, y).grown(_ARM)
