"""Frames -> a film file, by ffmpeg: raw pixels through a pipe, a file beside the target, and a rename at the end."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self

import imageio_ffmpeg  # type: ignore[import-untyped]
import numpy as np

from geo.arrays import Bytes
from geo.brief.formats.files import unwritable
from geo.brief.formats.film_planes import Planes, even
from geo.errors import BriefError

Kind = Literal["mp4", "gif", "webm"]
KINDS: tuple[Kind, ...] = ("mp4", "gif", "webm")
_MOST_COMMENT = 60_000
"""Letters of metadata: what ffmpeg is told on its command line has an end."""
_PIPE = 1 << 20
_STILL_TOO_LONG = 120.0
"""Seconds after which an encoder that has all its frames is taken for stuck."""
_THREADS = "2"
"""Fixed, since the bytes of an encoder depend on how many it has."""
_TAGS = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
_CODECS: Mapping[Kind, list[str]] = {
    # High profile, 4:2:0 and the index in front: what PowerPoint, QuickTime and browsers all play. Without frames that
    # look ahead, and without a search for cuts, of which a plate has none: a third less time for a tenth more bytes.
    "mp4": [
        *("-c:v", "libx264", "-preset", "superfast", "-crf", "18", "-profile:v", "high"),
        *("-x264-params", "bframes=0:scenecut=0", "-movflags", "+faststart"),
    ],
    "webm": [
        *("-c:v", "libvpx-vp9", "-b:v", "0", "-crf", "28"),
        *("-deadline", "realtime", "-cpu-used", "8", "-row-mt", "1"),
    ],
    "gif": ["-c:v", "gif", "-loop", "-1"],
}


@dataclass(frozen=True, slots=True)
class FrameShape:
    """Pixels and frames a second of a film.

    paper: red, green, blue of what makes an odd side even; hold: times that the last frame is repeated.
    """

    width: int
    height: int
    fps: float
    paper: tuple[int, int, int]
    hold: int = 0


def ffmpeg() -> str:
    """The encoder that comes with Waybill. Raises BriefError where it does not."""
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        rule = "films need ffmpeg, which is not installed"
        raise BriefError("film", rule, "Install it, and set IMAGEIO_FFMPEG_EXE to where it is.") from error


def raw(kind: Kind, shape: FrameShape) -> Callable[[Bytes], Bytes]:
    """From a film's frames, (height, width, 4), to what its encoder is sent."""
    if kind == "gif":
        return np.ascontiguousarray
    return Planes(shape.width, shape.height, shape.paper).of


class Encoder:
    """Takes frames (height, width, 4) uint8 in RGB order, the fourth byte unused; a context that leaves a whole film or
    nothing.

    palette: (at most 256, 3) colours of a GIF. facts: for the metadata; "title" becomes the film's title.
    """

    def __init__(
        self, target: Path, kind: Kind, shape: FrameShape, facts: Mapping[str, str], palette: Bytes | None = None
    ) -> None:
        self.target, self.kind, self.shape, self.facts, self.palette = target, kind, shape, facts, palette
        self._raw = raw(kind, shape)

    def __enter__(self) -> Self:
        self._binary = ffmpeg()
        self._beside = self._new_file(".part")
        self._palette = self._beside.with_suffix(".palette")
        try:
            if self.palette is not None:
                _save_palette(self.palette, self._palette)
            self._said: IO[bytes] = tempfile.TemporaryFile()
        except OSError as error:
            self._beside.unlink(missing_ok=True)
            self._palette.unlink(missing_ok=True)
            raise unwritable(error.filename or self.target, error) from error
        try:
            self._process = subprocess.Popen(  # noqa: S603 -- our own binary and no shell; texts are single arguments
                self._command(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=self._said, bufsize=0
            )
        except OSError as error:
            self._tidy()
            raise BriefError("film", f"ffmpeg cannot be started: {error.strerror}", "Install Waybill again.") from error
        widen(self._process.stdin)
        return self

    def write(self, frame: Bytes) -> None:
        """Raises BriefError where the encoder has given up."""
        self.write_raw(self._raw(frame).data)

    def write_raw(self, frame: bytes | memoryview) -> None:
        """A frame that `raw` made already, here or in another process. Raises BriefError as `write` does."""
        pipe = self._process.stdin
        if pipe is None:  # pragma: no cover -- it is always given
            return
        rest = memoryview(frame).cast("B")
        try:
            while rest:
                rest = rest[pipe.write(rest) or 0 :]
        except BrokenPipeError as error:
            raise self._failure() from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
        finally:
            self._tidy()

    def _finish(self) -> None:
        if self._process.stdin is not None:
            try:
                self._process.stdin.close()
            except BrokenPipeError as error:
                raise self._failure() from error
        try:
            done = self._process.wait(_STILL_TOO_LONG)
        except subprocess.TimeoutExpired as error:
            raise self._failure() from error
        if done != 0:
            raise self._failure()
        try:
            if self.kind == "gif":
                _comment(self._beside, _told(self.facts))
            self._beside.chmod(0o666 & ~_umask())
            self._beside.replace(self.target)
        except OSError as error:
            raise unwritable(self.target, error) from error

    def _tidy(self) -> None:
        process = getattr(self, "_process", None)
        if process is not None:
            if process.poll() is None:
                process.kill()
            if process.stdin is not None and not process.stdin.closed:
                process.stdin.close()
            process.wait()
        self._said.close()
        self._beside.unlink(missing_ok=True)
        self._palette.unlink(missing_ok=True)

    def _failure(self) -> BriefError:
        """What ffmpeg said last, as an error."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "it ended without an error message")
        rule = f"ffmpeg could not encode it: {last[:200]}"
        hint = f"Check that there is room in {self.target.absolute().parent}, or choose another format."
        return BriefError(f"film {self.target.name}", rule, hint)

    def _new_file(self, ending: str) -> Path:
        """An empty file beside the target, so that the rename is one step."""
        try:
            handle, name = tempfile.mkstemp(dir=self.target.parent, prefix=".film-", suffix=ending)
        except OSError as error:
            raise unwritable(self.target, error) from error
        os.close(handle)
        return Path(name)

    def _command(self) -> list[str]:
        shape, in_planes = self.shape, self.kind != "gif"
        wide, tall = even(shape.width, shape.height) if in_planes else (shape.width, shape.height)
        pixels, rate = "yuv420p" if in_planes else "rgb0", f"{shape.fps:g}"
        raw = ["-f", "rawvideo", "-pix_fmt", pixels, "-s", f"{wide}x{tall}", "-r", rate, "-i", "pipe:0"]
        start = [self._binary, "-hide_banner", "-loglevel", "error", "-nostats", "-nostdin", "-y", *raw]
        held = f",tpad=stop={shape.hold}:stop_mode=clone" if shape.hold else ""
        if self.kind == "gif":
            # No dithering: it would crawl over still parts, and a plate has few colours.
            one = f"[0:v]format=rgb24{held}[v];[v][1:v]paletteuse=dither=none:diff_mode=rectangle"
            made = ["-f", "png_pipe", "-i", f"file:{self._palette}", "-filter_complex", one]
        else:
            made = ["-vf", _TAGS + held, "-chroma_sample_location", "center", "-g", f"{max(1, round(2 * shape.fps))}"]
        said = ["-metadata", f"title={self.facts.get('title', '')}", "-metadata", f"comment={_told(self.facts)}"]
        exact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-threads", _THREADS]
        return [*start, *made, *_CODECS[self.kind], *exact, *said, "-an", "-f", self.kind, f"file:{self._beside}"]


def _told(facts: Mapping[str, str]) -> str:
    """The facts as JSON in ASCII; without the longest of them where they are too long."""
    kept = dict(facts)
    while len(said := json.dumps(kept, sort_keys=True)) > _MOST_COMMENT:
        del kept[max(kept, key=lambda name: len(kept[name]))]
    return said


def _umask() -> int:
    """Of this process, which cannot be read without being set."""
    found = os.umask(0o022)
    os.umask(found)
    return found


def widen(pipe: IO[bytes] | None) -> None:
    """Room for a part of a frame, where the system allows it: fewer turns from one process to the other."""
    try:
        import fcntl

        if pipe is not None:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
    except (ImportError, AttributeError, OSError):
        return


def _save_palette(colours: Bytes, target: Path) -> None:
    """As paletteuse reads it: a PNG of 16 by 16 pixels, the first colour repeated to fill it."""
    from PIL import Image

    table = np.tile(colours[:1], (256, 1))
    table[: len(colours)] = colours
    Image.fromarray(table.reshape(16, 16, 3)).save(target, "PNG")


def _comment(gif: Path, text: str) -> None:
    """A comment extension (GIF89a, section 24) before the first picture: ffmpeg writes none."""
    said = text.encode("ascii", "replace")
    blocks = b"".join(bytes([len(said[at : at + 255])]) + said[at : at + 255] for at in range(0, len(said), 255))
    content = gif.read_bytes()
    # Header and screen take 13 bytes; the byte at 10 tells whether a table of colours follows, and how long it is.
    head = 13 + (3 << ((content[10] & 7) + 1) if content[10] & 0x80 else 0)
    gif.write_bytes(content[:head] + b"\x21\xfe" + blocks + b"\x00" + content[head:])
