"""Films as files: frames, length, pixels, words inside; and nothing left where one is stopped."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from geo.brief.formats import film_encoder
from geo.brief.formats.film import MOST_PX, save_film, save_story_film
from geo.brief.formats.film_encoder import Encoder, FrameShape, ffmpeg
from geo.brief.formats.film_frames import Frames
from geo.brief.formats.images import pixels
from geo.brief.plate.figure import compose
from geo.brief.plate.plate import Frame, Plate, Words
from geo.brief.plate.rc_settings import settings
from geo.errors import BriefError, Cancelled
from geo.scene.scene import Scene

SMALL = Frame(480, 320)
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Seen:
    """What ffmpeg says of a file."""

    words: str
    frames: list[Pixels]

    @property
    def seconds(self) -> float:
        hours, minutes, seconds = re.findall(r"Duration: (\d+):(\d+):([\d.]+)", self.words)[0]
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)

    @property
    def size(self) -> tuple[int, int]:
        wide, tall = re.findall(r"Video: .*?[ ,](\d{2,5})x(\d{2,5})", self.words)[0]
        return int(wide), int(tall)


def _see(path: Path) -> Seen:
    words = subprocess.run(
        [ffmpeg(), "-hide_banner", "-i", str(path)], capture_output=True, check=False
    ).stderr.decode()
    size = Seen(words, []).size
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-fps_mode", "passthrough", "-"]
    made = subprocess.run([ffmpeg(), "-loglevel", "error", "-i", str(path), *raw], capture_output=True, check=True)
    frames = np.frombuffer(made.stdout, np.uint8).reshape(-1, size[1], size[0], 3)
    return Seen(words, list(frames))


@pytest.fixture(scope="module")
def plate(article: Scene) -> Plate:
    return Plate(article, (float(article.seconds),), frame=SMALL, data_hash="cafe" * 16, version="9.9")


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_a_film_has_its_frames_its_length_and_plain_pixels(plate: Plate, kind: str, tmp_path: Path) -> None:
    out = tmp_path / f"film.{kind}"
    told: list[float] = []
    save_film(plate, out, seconds=1.0, fps=12, progress=told.append)
    seen = _see(out)
    assert len(seen.frames) == 12
    assert seen.seconds == pytest.approx(1.0, abs=0.02)
    assert seen.size == (480, 320)
    assert re.search(r"yuv420p\(tv, (progressive, )?bt709", seen.words), seen.words
    assert ("h264 (High)" if kind == "mp4" else "vp9") in seen.words
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    still = np.asarray(pixels(compose(replace(plate, film=True)))).astype(int)
    assert np.abs(seen.frames[-1] - still).mean() < 3
    assert np.abs(seen.frames[0] - still).mean() > np.abs(seen.frames[-1] - still).mean() + 0.5
    assert list(tmp_path.iterdir()) == [out]


def test_the_end_is_held(plate: Plate, tmp_path: Path) -> None:
    save_film(plate, tmp_path / "film.mp4", seconds=2.0, fps=8)
    frames = [each.astype(int) for each in _see(tmp_path / "film.mp4").frames]
    steps = [float(np.abs(a - b).mean()) for a, b in pairwise(frames)]
    assert max(steps[-3:]) < 0.3 < max(steps[:-4])


def test_an_mp4_begins_with_its_index(plate: Plate, tmp_path: Path) -> None:
    """A browser can then play it before it has all of it."""
    save_film(plate, tmp_path / "film.mp4", seconds=0.5, fps=4)
    content = (tmp_path / "film.mp4").read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")


def test_the_same_film_is_the_same_bytes(plate: Plate, tmp_path: Path) -> None:
    for name in ("one.mp4", "two.mp4"):
        save_film(plate, tmp_path / name, seconds=0.5, fps=6)
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_a_gif_has_the_colours_of_the_plate_and_stops_at_its_end(plate: Plate, tmp_path: Path) -> None:
    out = tmp_path / "film.gif"
    save_film(plate, out, seconds=1.0, fps=30)
    with Image.open(out) as gif:
        assert gif.size == (480, 320)
        assert gif.n_frames >= 15
        assert "loop" not in gif.info
        assert gif.info["duration"] == 50
        gif.seek(gif.n_frames - 1)
        last = np.asarray(gif.convert("RGB")).astype(int)
        assert b"cafecafe" in gif.info["comment"]
    assert np.abs(last - np.asarray(pixels(compose(replace(plate, film=True))))).mean() < 2


def test_odd_sides_are_made_even(plate: Plate, tmp_path: Path) -> None:
    save_film(replace(plate, frame=Frame(481, 321)), tmp_path / "film.mp4", seconds=0.5, fps=4)
    seen = _see(tmp_path / "film.mp4")
    assert seen.size == (482, 322)
    assert (seen.frames[-1][:, 481] > 245).all()


HOSTILE = "-y; $(rm -rf ~) `id` \"'\\ =title=x\n\x00\x1b[2J ;comment=no#\u202e % {}"


@pytest.mark.parametrize("kind", ["mp4", "webm", "gif"])
def test_a_hostile_title_is_a_title(plate: Plate, kind: str, tmp_path: Path) -> None:
    words = Words(title=HOSTILE, handling=HOSTILE, note=HOSTILE)
    out = tmp_path / f"-i {HOSTILE[4:9].strip()} %d.{kind}"
    # Its hidden signs are printed as numbers, which takes more room than the smallest frame has.
    roomy = replace(plate, words=words, frame=Frame(640, 480))
    save_film(roomy, out, seconds=0.5, fps=4, carry={"brief": "0123abcd"})
    assert [each.name for each in tmp_path.iterdir()] == [out.name]
    content = out.read_bytes()
    assert b"0123abcd" in content
    assert b"cafecafe" in content
    if kind != "gif":
        assert "$(rm -rf ~) `id`" in _see(out.absolute()).words


def test_the_metadata_gives_up_what_is_too_long() -> None:
    told = film_encoder._told({"data": "abc", "plate": "x" * 100_000})
    assert told == '{"data": "abc"}'


@pytest.mark.parametrize("kind", ["mp4", "gif"])
def test_a_film_that_is_stopped_leaves_what_was_there(plate: Plate, kind: str, tmp_path: Path) -> None:
    out = tmp_path / f"film.{kind}"
    out.write_bytes(b"as it was")

    def stop(share: float) -> None:
        if share > 0.4:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        save_film(plate, out, seconds=1.0, fps=6, progress=stop)
    assert [each.name for each in tmp_path.iterdir()] == [out.name]
    assert out.read_bytes() == b"as it was"


def test_a_stopped_encoder_is_not_left_running(tmp_path: Path) -> None:
    frame = np.zeros((64, 64, 4), np.uint8)
    encoder = Encoder(tmp_path / "film.mp4", "mp4", FrameShape(64, 64, 10, (255, 255, 255)), {})

    def work() -> None:
        with encoder:
            encoder.write(frame)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert encoder._process.poll() is not None
    assert list(tmp_path.iterdir()) == []


def test_an_encoder_that_gives_up_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(film_encoder._CODECS, "mp4", ["-c:v", "no-such-codec"])  # type: ignore[arg-type]
    frame = np.zeros((640, 640, 4), np.uint8)
    encoder = Encoder(tmp_path / "film.mp4", "mp4", FrameShape(640, 640, 10, (255, 255, 255)), {})

    def work() -> None:
        with encoder:
            for _ in range(20):
                encoder.write(frame)

    with pytest.raises(BriefError, match=r"could not encode it: .*[Ee]ncod"):
        work()
    assert list(tmp_path.iterdir()) == []


def test_a_film_needs_its_encoder(plate: Plate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> str:
        raise RuntimeError("no ffmpeg")

    monkeypatch.setattr(film_encoder.imageio_ffmpeg, "get_ffmpeg_exe", nowhere)
    with pytest.raises(BriefError, match="IMAGEIO_FFMPEG_EXE"):
        save_film(plate, tmp_path / "film.mp4", seconds=0.5, fps=4)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "asked", "said"),
    [
        ({}, {"format": "avi"}, "mp4, gif, webm"),
        ({}, {"seconds": 0.0}, "0.5 to 120"),
        ({}, {"seconds": float("nan")}, "0.5 to 120"),
        ({}, {"fps": 1_000}, "1 to 60"),
        ({"moments": (1.0, 2.0, 3.0, 4.0)}, {}, "one map to one moment"),
        ({"moments": (0.0,)}, {}, "nothing would move"),
        ({"frame": Frame(MOST_PX + 2, 2_000)}, {}, "4,096"),
    ],
)
def test_a_film_that_cannot_be_is_refused(
    plate: Plate, change: dict[str, object], asked: dict[str, object], said: str, tmp_path: Path
) -> None:
    with pytest.raises(BriefError, match=said):
        save_film(replace(plate, **change), tmp_path / "film.mp4", **asked)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(plate: Plate, tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="cannot be written"):
        save_film(plate, tmp_path / "nowhere" / "film.mp4", seconds=0.5, fps=4)


def test_the_shortest_film_has_its_frames(plate: Plate, tmp_path: Path) -> None:
    save_film(plate, tmp_path / "film.mp4", seconds=0.5, fps=4)
    assert len(_see(tmp_path / "film.mp4").frames) == 2


@pytest.mark.parametrize("kind", ["mp4", "gif"])
def test_a_story_runs_step_by_step_and_stands_still_to_be_read(article: Scene, kind: str, tmp_path: Path) -> None:
    half, end = article.seconds / 2, float(article.seconds)
    steps = [
        Plate(article, (moment,), frame=SMALL, words=Words(f"Step {number}", "A text of its own"))
        for number, moment in enumerate((half, end, half), start=1)
    ]
    out = tmp_path / f"story.{kind}"
    save_story_film(steps, out, seconds=1.0, fps=10)
    seen = _see(out)
    assert seen.seconds == pytest.approx(3.0, abs=0.05)
    frames = [each.astype(int) for each in seen.frames]
    if kind == "gif":  # Frames that stand still are one frame there.
        return
    assert len(frames) == 30
    moves = [bool(np.abs(b - a).max() > 24) for a, b in pairwise(frames)]
    # Each begins anew with its own title; the first two run for half of their time, and the last goes back and stands.
    assert all(not each for each in moves[5:9] + moves[15:19] + moves[20:])
    assert moves[9]
    assert moves[19]
    assert any(moves[:5])
    assert any(moves[10:15])
    # The second step goes on where the first one ended: nowhere does it show less than that.
    with settings():
        (first,) = list(Frames(steps[0], [half]))
        started = next(iter(Frames(steps[1], [half, end]))).copy()
    below = slice(round(0.2 * first.shape[0]), None)
    assert np.abs(frames[10][below] - started[below, :, :3].astype(int)).mean() < 3
    assert np.abs(frames[9][below] - first[below, :, :3].astype(int)).mean() < 3


def test_a_story_that_is_too_long_for_a_film_says_what_would_do(article: Scene, tmp_path: Path) -> None:
    steps = [Plate(article, (float(article.seconds),), frame=SMALL)] * 12
    with pytest.raises(
        BriefError, match=r"12 steps of 11 seconds: .* film.seconds is the length of each.* Choose 10 s"
    ):
        save_story_film(steps, tmp_path / "a.mp4", seconds=11.0)
