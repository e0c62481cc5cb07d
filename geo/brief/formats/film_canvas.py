"""The picture of a film's frames, of which a part is drawn anew at a time, and pixels kept to be laid over it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from numpy.typing import NDArray

from geo.arrays import Bytes, Ints
from geo.brief.plate.labels import Box
from geo.brief.plate.sheet import Sheet


class Canvas:
    """The picture of a film's frames, what of it is drawn anew, and a picture beside it to draw apart.

    picture: (height, width, 4), drawn over in place.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        renderer = sheet.figure.canvas.get_renderer()  # type: ignore[attr-defined]
        self.renderer: RendererAgg = renderer
        self.picture: Bytes = np.asarray(renderer.buffer_rgba())
        self.apart: RendererAgg = RendererAgg(int(renderer.width), int(renderer.height), renderer.dpi)  # type: ignore[no-untyped-call]
        self.moving = sheet.group("moving")

    def rect(self, box: Box) -> tuple[slice, slice]:
        """Rows and columns of pixels that a box in layout px touches."""
        (x0, y0), (x1, y1) = self.sheet.down.transform([(box.left, box.bottom), (box.right, box.top)])
        tall, wide = self.picture.shape[:2]
        return (
            slice(max(math.floor(tall - y1), 0), min(math.ceil(tall - y0), tall)),
            slice(max(math.floor(x0), 0), min(math.ceil(x1), wide)),
        )

    def draw(self) -> None:
        """What is in `moving`, which is empty then."""
        self.moving.draw(self.renderer)
        self._clear()

    def cover(self, box: Box) -> Cover:
        """The same, drawn apart, within a box in layout px."""
        found = Cover.drawn([self.moving], self.apart, self.rect(box))
        self._clear()
        return found

    def _clear(self) -> None:
        self.moving.children.clear()
        self.sheet.texts.clear()


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """Artists as the pixels that they cover, by where in a flat picture: k through which nothing shows, and n others.

    solid, pixel: (k,). at: (n,). colour, clear: (n, 3) and (n, 1), colour times opacity, and what shows through, in
    255ths.
    """

    solid: Ints
    pixel: NDArray[np.uint32]
    at: Ints
    colour: NDArray[np.uint16]
    clear: NDArray[np.uint16]

    @classmethod
    def drawn(cls, artists: Iterable[Artist], renderer: RendererAgg, rect: tuple[slice, slice]) -> Cover:
        """What artists cover within a rectangle (rows, columns) of the renderer's picture, which it wipes first."""
        picture: Bytes = np.asarray(renderer.buffer_rgba())  # type: ignore[no-untyped-call]
        picture[rect] = 0
        for each in artists:
            each.draw(renderer)
        rows, columns = np.nonzero(picture[rect][..., 3])
        at = (rows + (rect[0].start or 0)) * picture.shape[1] + columns + (rect[1].start or 0)
        solid = picture.reshape(-1, 4)[at, 3] == 255
        covering = picture.reshape(-1, 4)[at[~solid]].astype(np.uint16)
        return cls(
            at[solid],
            _whole(picture)[at[solid]],
            at[~solid],
            covering[:, :3] * covering[:, 3:],
            255 - covering[:, 3:],
        )

    @classmethod
    def nothing(cls) -> Cover:
        none, nothing = np.zeros(0, np.int64), np.zeros((0, 3), np.uint16)
        return cls(none, none.astype(np.uint32), none, nothing, nothing[:, :1])

    def lay(self, picture: Bytes) -> None:
        """Over a picture (height, width, 4), in which nothing is clear."""
        flat = _whole(picture)
        flat[self.solid] = self.pixel
        under = flat[self.at].view(np.uint8).reshape(-1, 4)
        sums = self.colour + under[:, :3] * self.clear + np.uint16(128)
        # A division by 255, rounded: exact for all that two bytes can hold.
        under[:, :3] = (sums + (sums >> 8)) >> 8
        flat[self.at] = under.view(np.uint32)[:, 0]


def _whole(picture: Bytes) -> NDArray[np.uint32]:
    """A picture's pixels as one number each, flat, in place."""
    return picture.view(np.uint32).reshape(-1)
