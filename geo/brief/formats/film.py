"""A plate as a film: the furniture stands still; arcs, figures, date and timeline run to its moment. And the steps of a
story, one after another."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from geo.arrays import Bytes
from geo.brief.formats.film_encoder import KINDS, Encoder, FrameShape, Kind, ffmpeg
from geo.brief.formats.film_frames import Frames
from geo.brief.formats.film_workers import Workers
from geo.brief.plate import headline
from geo.brief.plate.figure import Drawn
from geo.brief.plate.fonts import tame
from geo.brief.plate.plate import Plate
from geo.brief.plate.rc_settings import settings
from geo.errors import BriefError

MOST_SECONDS = 120.0
LEAST_FPS, MOST_FPS = 1, 60
MOST_PX = 4_096
"""A side: beyond it no common player decodes H.264."""
HOLD = 2.0
"""Seconds for which the end is held, or a quarter of a short film."""
GIF_FPS = 20.0
"""At most: browsers slow down what is faster than this by much, and a GIF grows with every frame."""
STANDS = 0.5
"""Share of a step of a story for which it stands still: its text is to be read."""
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
    _check(plate, seconds, fps)
    _save([_Part(plate, 0.0, seconds, min(HOLD, seconds / 4))], Path(out), format, fps, progress, carry)


def save_story_film(
    plates: Sequence[Plate],
    out: str | Path,
    format: str | None = None,  # noqa: A002
    *,
    seconds: float = 10.0,
    fps: int = 30,
    progress: Callable[[float], None] | None = None,
    carry: Mapping[str, str] | None = None,
) -> None:
    """Writes the steps of a story one after another, `seconds` each; otherwise as `save_film`.

    A step whose moment is later than that of the step before it runs on from there, and then stands still to be read;
    any other stands still. Its text is the subtitle of its plate. Raises BriefError.
    """
    parts, before = [], 0.0
    for plate in plates:
        _check(plate, seconds, fps, still=True)
        parts.append(_Part(plate, before, seconds, STANDS * seconds))
        before = plate.moments[-1]
    if len({plate.frame.pixels for plate in plates}) > 1:
        raise BriefError("a film of several frames", "all steps of a film have one size", "Choose one frame.")
    if seconds * len(plates) > MOST_SECONDS:
        rule = f"a film lasts at most {MOST_SECONDS:g} seconds, and film.seconds is the length of each step"
        hint = f"Choose {MOST_SECONDS / len(plates):.3g} seconds or less."
        raise BriefError(f"{len(plates)} steps of {seconds:g} seconds", rule, hint)
    _save(parts, Path(out), format, fps, progress, carry)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """What of a plate runs in a film: from one moment to the plate's, and how long. hold: seconds at the end."""

    plate: Plate
    since: float
    seconds: float
    hold: float

    def times(self, rate: float) -> tuple[list[float], int]:
        """The moments of its frames, and how many more times the last is shown."""
        frames, until = max(2, round(self.seconds * rate)), self.plate.moments[-1]
        if self.since >= until:
            return [until], frames - 1
        running = frames - max(1, round(self.hold * rate))
        along = [self.since + (until - self.since) * each / running for each in range(running)]
        return [*along, until], frames - running - 1


def _save(
    parts: Sequence[_Part], target: Path, format: str | None, fps: int,  # noqa: A002
    progress: Callable[[float], None] | None, carry: Mapping[str, str] | None,
) -> None:  # fmt: skip
    kind = _kind(target, format)
    ffmpeg()
    rate = 100.0 / math.ceil(100.0 / min(float(fps), GIF_FPS)) if kind == "gif" else float(fps)
    tell = progress or (lambda _: None)
    tell(0.0)
    with settings():
        palette = _palette(parts) if kind == "gif" else None
        reel, hold = _reel(parts[0], rate)
        facts = {**(carry or {}), **_facts(parts, reel.drawn)}
        tall, wide = reel.finished.shape[:2]
        last = parts[-1].times(rate)[1]
        shape = FrameShape(wide, tall, rate, reel.ink.paper, last)
        moving = sum(len(each.times(rate)[0]) for each in parts)
        with Workers(moving, kind, shape) as workers, Encoder(target, kind, shape, facts, palette) as encoder:
            done = 0
            for number, part in enumerate(parts):
                workers.begin(part.plate, part.times(rate)[0])
                if number:
                    reel, hold = _reel(part, rate)
                for _ in _encoded(reel, workers, encoder):
                    done += 1
                    tell(min(done / (moving + 1), 0.999))
                # That of the last part is left to the encoder.
                for _ in range(hold if number < len(parts) - 1 else 0):
                    encoder.write(reel.finished)
    tell(1.0)


def _encoded(reel: Frames, workers: Workers, encoder: Encoder) -> Iterator[None]:
    """Writes the frames of a part, one for each turn."""
    for place in range(len(reel.times)):
        drawn = workers.take(place)
        if drawn is None:
            encoder.write(reel.picture(place))
        else:
            encoder.write_raw(drawn)
        yield


def _reel(part: _Part, rate: float) -> tuple[Frames, int]:
    times, hold = part.times(rate)
    return Frames(part.plate, times), hold


def _facts(parts: Sequence[_Part], drawn: Drawn) -> dict[str, str]:
    """What travels in the file: as of slides, "plate" for the first part and "plate-2" and so on for others."""
    plates = [part.plate for part in parts]
    described = drawn.description
    if len(plates) > 1:
        told = [f"{tame(each.words.title) or headline.title(each)}. {tame(each.words.subtitle)}" for each in plates]
        described = " ".join(f"Step {number}: {said.strip()}" for number, said in enumerate(told, start=1))
    return {
        "title": drawn.title,
        "description": described,
        "software": f"Waybill {plates[0].version}".strip(),
        "plate": plates[0].describe(),
        **{f"plate-{number}": each.describe() for number, each in enumerate(plates[1:], start=2)},
        "data": plates[0].data_hash,
    }


def _palette(parts: Sequence[_Part]) -> Bytes:
    """Up to 256 colours of some of the frames, as median cut finds them: (n, 3)."""
    from PIL import Image

    pictures: list[Bytes] = []
    for part in parts:
        since, until = part.since, part.plate.moments[-1]
        along = [since + (until - since) * each / _SAMPLES for each in range(1, _SAMPLES)] if since < until else []
        few = Frames(part.plate, [*along, until])
        # The moving parts alone: the furniture is in each.
        pictures += [few.finished, *(frame[::2, ::2].copy() for frame in few)]
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


def _check(plate: Plate, seconds: float, fps: int, *, still: bool = False) -> None:
    """still: it may also stand still."""
    if len(plate.moments) != 1:
        rule = "a film runs through one map to one moment"
        raise BriefError(f"a film of {len(plate.moments)} moments", rule, "Give the last of them alone.")
    if plate.moments[0] <= 0 and not still:
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
