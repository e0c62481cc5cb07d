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
    """Artists as the pixels that they cover, by where in a flat picture: k through which nothing shows, and n others.

    solid, pixel: (k,). at: (n,). colour, clear: (n, 3) and (n, 1), colour times opacity, and what shows through, in
    255ths.
    """

    solid: NDArray[np.int64]
    pixel: NDArray[np.uint32]
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

    def lay(self, picture: Pixels) -> None:
        """Over a picture (height, width, 4), in which nothing is clear."""
        flat = _whole(picture)
        flat[self.solid] = self.pixel
        under = flat[self.at].view(np.uint8).reshape(-1, 4)
        sums = self.colour + under[:, :3] * self.clear + np.uint16(128)
        # A division by 255, rounded: exact for all that two bytes can hold.
        under[:, :3] = (sums + (sums >> 8)) >> 8
        flat[self.at] = under.view(np.uint32)[:, 0]


def _whole(picture: Pixels) -> NDArray[np.uint32]:
    """A picture's pixels as one number each, flat, in place."""
    return picture.view(np.uint32).reshape(-1)
