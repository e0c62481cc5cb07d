"""Things drawn once that lie over a moving picture: names, scale bar, words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from numpy.typing import NDArray

from geo.brief.film_planes import Pixels


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """Artists as the k pixels that they cover: where (rows of a flat picture), colour times opacity (k, 3), and how
    much shows through (k, 1), both in 255ths."""

    at: NDArray[np.int64]
    colour: NDArray[np.uint16]
    clear: NDArray[np.uint16]

    @classmethod
    def drawn(cls, artists: Iterable[Artist], renderer: RendererAgg, rect: tuple[slice, slice]) -> Cover:
        """What artists cover within a rectangle (rows, columns) of the renderer's picture, which it wipes first."""
        picture: Pixels = np.asarray(renderer.buffer_rgba())  # type: ignore[no-untyped-call]
        picture[rect] = 0
        for each in artists:
            each.draw(renderer)
        rows, columns = np.nonzero(picture[rect][..., 3])
        at = (rows + (rect[0].start or 0)) * picture.shape[1] + columns + (rect[1].start or 0)
        covering = picture.reshape(-1, 4)[at].astype(np.uint16)
        return cls(at, covering[:, :3] * covering[:, 3:], 255 - covering[:, 3:])

    @classmethod
    def nothing(cls) -> Cover:
        return cls(np.zeros(0, np.int64), np.zeros((0, 3), np.uint16), np.zeros((0, 1), np.uint16))

    def lay(self, picture: Pixels) -> None:
        """Over a picture (height, width, 4)."""
        flat = picture.reshape(-1, 4)
        flat[self.at, :3] = (self.colour + flat[self.at, :3] * self.clear + 127) // 255
