"""Frames as an encoder takes them: YUV 4:2:0, converted only where a frame differs from the one before.

Most of a frame stands still, and a conversion of all of it would cost more than encoding it does. The matrix is that of
ITU-R BT.709, section 3, in limited range (Y 16-235, U and V 16-240); a sample of U and V is the mean of four pixels.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geo.arrays import Bytes

BLOCK = 8
"""Pixels of a side of what is converted together."""
_RED, _BLUE = 0.2126, 0.0722
_GREEN = 1 - _RED - _BLUE
_Y = np.array([_RED, _GREEN, _BLUE], np.float32) * np.float32(219 / 255)
_U = np.array([-_RED, -_GREEN, 1 - _BLUE], np.float32) * np.float32(224 / 255 / (2 * (1 - _BLUE)))
_V = np.array([1 - _RED, -_GREEN, -_BLUE], np.float32) * np.float32(224 / 255 / (2 * (1 - _RED)))


class Planes:
    """The planes of one film's frames. paper: red, green, blue of what makes an odd side even."""

    def __init__(self, width: int, height: int, paper: tuple[int, int, int]) -> None:
        self.size = even(width, height)
        wide, tall = (-(-side // BLOCK) for side in (width, height))
        self._inner = (slice(height), slice(width))
        self._whole = (width, height) == (wide * BLOCK, tall * BLOCK)
        self._now: Bytes = np.full((tall * BLOCK, wide * BLOCK, 4), (*paper, 255), np.uint8)
        # Before the first frame all is black.
        self._before = np.zeros((tall * BLOCK, wide * BLOCK, 4), np.uint8)
        self._luma = np.full((tall, BLOCK, wide, BLOCK), 16, np.uint8)
        self._chroma = np.full((2, tall, BLOCK // 2, wide, BLOCK // 2), 128, np.uint8)

    def of(self, frame: Bytes) -> Bytes:
        """A frame (height, width, 4), RGB and a fourth byte -> its planes Y, U, V one after the other, flat."""
        if self._whole:
            self._now = frame
        else:
            self._now[self._inner] = frame
        rows, columns = self._changed()
        taken = _blocks(self._now)[rows, columns]
        _blocks(self._before)[rows, columns] = taken
        colours = taken[..., :3].astype(np.float32)
        self._luma.swapaxes(1, 2)[rows, columns] = colours @ _Y + np.float32(16.5)
        upper, lower = colours[:, ::2], colours[:, 1::2]
        half = (upper[:, :, ::2] + upper[:, :, 1::2] + lower[:, :, ::2] + lower[:, :, 1::2]) / 4
        for plane, weights in zip(self._chroma, (_U, _V), strict=True):
            plane.swapaxes(1, 2)[rows, columns] = half @ weights + np.float32(128.5)
        return self._flat()

    def _changed(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Rows and columns of the blocks that differ from those of the frame before."""
        differ = self._now.view(np.uint32)[..., 0] != self._before.view(np.uint32)[..., 0]
        # Eight answers side by side are one number of eight bytes.
        tall, side = len(differ) // BLOCK, differ.view(np.uint64)
        rows, columns = np.nonzero(np.bitwise_or.reduce(side.reshape(tall, BLOCK, -1), axis=1))
        return rows, columns

    def _flat(self) -> Bytes:
        wide, tall = self.size
        luma = self._luma.reshape(self._luma.shape[0] * BLOCK, -1)[:tall, :wide]
        chroma = self._chroma.reshape(2, self._luma.shape[0] * BLOCK // 2, -1)[:, : tall // 2, : wide // 2]
        return np.concatenate([luma.ravel(), chroma.ravel()])


def even(width: int, height: int) -> tuple[int, int]:
    """Sides that 4:2:0 can have: the next even ones."""
    return width + width % 2, height + height % 2


def _blocks(picture: Bytes) -> Bytes:
    """(rows, columns, BLOCK, BLOCK, 4) of a picture, in place."""
    tall, wide = (side // BLOCK for side in picture.shape[:2])
    return picture.reshape(tall, BLOCK, wide, BLOCK, 4).swapaxes(1, 2)
