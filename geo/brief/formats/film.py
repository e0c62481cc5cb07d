"""A plate as a film: the furniture stands still; arcs, figures, date and timeline run to its moment."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from geo.arrays import Bytes
from geo.brief.formats.film_encoder import KINDS, Encoder, FrameShape, Kind, ffmpeg
from geo.brief.formats.film_frames import Frames
from geo.brief.plate.plate import Plate
from geo.brief.plate.sheet import settings
from geo.errors import BriefError

MOST_SECONDS = 120.0
LEAST_FPS, MOST_FPS = 1, 60
MOST_PX = 4_096
"""A side: beyond it no common player decodes H.264."""
HOLD = 2.0
"""Seconds for which the end is held, or a quarter of a short film."""
GIF_FPS = 20.0
"""At most: browsers slow down what is faster than this by much, and a GIF grows with every frame."""
_SAMPLES = 6
"""Frames, beside the last, from which the colours of a GIF are taken."""


def save_film(
    plate: Plate,
    out: str | Path,
    format: str | None = None,  # noqa: A002 -- as in `geo.brief.formats.images.save_plate`
    *,
    seconds: float = 10.0,
    fps: int = 30,
    progress: Callable[[float], None] | None = None,
    carry: Mapping[str, str] | None = None,
) -> None:
    """Writes a film of `seconds` that runs from the scene's start to the plate's moment and holds it at the end.

    format: "mp4" (H.264, 4:2:0), "webm" (VP9) or "gif", or None to go by the file's name. fps: frames a second; a GIF
    has GIF_FPS at most, as whole hundredths of a second. progress: told the share done, 0-1; what it raises, such as
    Cancelled, ends the work. carry: further texts for the metadata. Until the film is whole, `out` is as it was.
    Raises BriefError.
    """
    target = Path(out)
    kind = _kind(target, format)
    _check(plate, seconds, fps)
    ffmpeg()
    rate = 100.0 / math.ceil(100.0 / min(float(fps), GIF_FPS)) if kind == "gif" else float(fps)
    frames = max(2, round(seconds * rate))
    running = frames - max(1, round(min(HOLD, seconds / 4) * rate))
    until = plate.moments[-1]
    tell = progress or (lambda _: None)
    tell(0.0)
    with settings():
        reel = Frames(plate, [until * each / running for each in range(running)] + [until])
        palette = _palette(plate, until, reel) if kind == "gif" else None
        tall, wide = reel.finished.shape[:2]
        shape = FrameShape(wide, tall, rate, reel.ink.paper, frames - running - 1)
        facts = {
            **(carry or {}),
            "title": reel.drawn.title,
            "description": reel.drawn.description,
            "software": f"Waybill {plate.version}".strip(),
            "plate": plate.describe(),
            "data": plate.data_hash,
        }
        with Encoder(target, kind, shape, facts, palette) as encoder:
            for number, picture in enumerate(reel, start=1):
                encoder.write(picture)
                tell(min(number / (running + 2), 0.999))
    tell(1.0)


def _palette(plate: Plate, until: float, reel: Frames) -> Bytes:
    """Up to 256 colours of some of the frames, as median cut finds them: (n, 3)."""
    from PIL import Image

    few = Frames(plate, [until * each / _SAMPLES for each in range(1, _SAMPLES)] + [until])
    # The moving parts alone: the furniture is in each.
    pictures = [reel.finished, *(frame[::2, ::2].copy() for frame in few)]
    flat = np.concatenate([each[..., :3].reshape(-1, 3) for each in pictures])
    wide = 1_024
    flat = flat[: len(flat) // wide * wide].reshape(-1, wide, 3)
    found = Image.fromarray(flat).quantize(256, Image.Quantize.MEDIANCUT).getpalette() or []
    return np.array(found, np.uint8).reshape(-1, 3)[:256]


def _kind(target: Path, given: str | None) -> Kind:
    name = (given or target.suffix[1:]).lower()
    for kind in KINDS:
        if kind == name:
            return kind
    raise BriefError(f"format {name or 'not given'}", f"a film is one of {', '.join(KINDS)}", "Name one of them.")


def _check(plate: Plate, seconds: float, fps: int) -> None:
    if len(plate.moments) != 1:
        rule = "a film runs through one map to one moment"
        raise BriefError(f"a film of {len(plate.moments)} moments", rule, "Give the last of them alone.")
    if plate.moments[0] <= 0:
        raise BriefError("a film up to the start of the data", "nothing would move", "Choose a later moment.")
    if not (math.isfinite(seconds) and 0.5 <= seconds <= MOST_SECONDS):
        raise BriefError(
            f"a film of {seconds:g} seconds", f"it lasts 0.5 to {MOST_SECONDS:g}", "Choose another length."
        )
    if not LEAST_FPS <= fps <= MOST_FPS:
        rule = f"a film has {LEAST_FPS} to {MOST_FPS}"
        raise BriefError(f"{fps:g} frames a second", rule, "30 are enough for most films.")
    if max(plate.frame.pixels) > MOST_PX:
        wide, tall = plate.frame.pixels
        rule = f"a side of a film has at most {MOST_PX:,} pixels"
        raise BriefError(f"a film of {wide} x {tall} pixels", rule, "Choose a smaller frame, such as 16:9.")
