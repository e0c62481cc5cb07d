"""Frames drawn in further processes: the film is the same to the byte, and one that ends early is missed by nobody."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from geo.brief.formats import film_workers
from geo.brief.formats.film import save_film, save_story_film
from geo.brief.formats.film_workers import Workers
from geo.brief.plate.plate import Frame, Plate, Words
from geo.errors import Cancelled
from geo.scene.scene import Scene

SMALL = Frame(480, 320)


@pytest.fixture(scope="module")
def plate(article: Scene) -> Plate:
    return Plate(article, (float(article.seconds),), frame=SMALL)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The frames that two further processes have drawn. They are started with the film, and awaited."""
    found: list[int] = []
    started: list[film_workers._Worker] = []
    take, start = Workers.take, film_workers._Worker.__init__

    def begun(worker: film_workers._Worker) -> None:
        start(worker)
        started.append(worker)
        assert worker._ready.wait(60)

    def seen(workers: Workers, number: int) -> bytes | None:
        frame = take(workers, number)
        if frame is not None:
            found.append(number)
        return frame

    monkeypatch.setattr(film_workers, "PAYS", -1.0)
    monkeypatch.setattr(film_workers, "_LEAD", 1)
    monkeypatch.setattr(film_workers, "_processors", lambda: 3)
    monkeypatch.setattr(film_workers, "TRIED", 1)
    monkeypatch.setattr(film_workers._Worker, "__init__", begun)
    monkeypatch.setattr(Workers, "take", seen)
    yield found
    assert started
    assert all(each._process.poll() is not None for each in started), "a process is left running"


@contextmanager
def _alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Films are drawn in this process."""
    with monkeypatch.context() as here:
        here.setattr(film_workers, "PAYS", 1e9)
        yield


@pytest.mark.parametrize("kind", ["mp4", "gif"])
def test_a_film_is_the_same_whoever_draws_it(
    plate: Plate, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: list[int]
) -> None:
    save_film(plate, tmp_path / f"shared.{kind}", seconds=2.0, fps=10)
    assert taken == [3, 4, 6, 7, 9, 10, 12, 13]
    with _alone(monkeypatch):
        save_film(plate, tmp_path / f"alone.{kind}", seconds=2.0, fps=10)
    assert (tmp_path / f"shared.{kind}").read_bytes() == (tmp_path / f"alone.{kind}").read_bytes()


def test_a_hatched_look_is_the_same_too(
    plate: Plate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: list[int]
) -> None:
    grey = replace(plate, look="grey", frame=Frame(481, 321))
    save_film(grey, tmp_path / "shared.mp4", seconds=1.0, fps=10)
    assert taken
    with _alone(monkeypatch):
        save_film(grey, tmp_path / "alone.mp4", seconds=1.0, fps=10)
    assert (tmp_path / "shared.mp4").read_bytes() == (tmp_path / "alone.mp4").read_bytes()


def test_each_step_of_a_story_is_shared(
    article: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: list[int]
) -> None:
    moments = (article.seconds / 2, float(article.seconds), article.seconds / 2)
    steps = [Plate(article, (each,), frame=SMALL, words=Words(f"Step {at}")) for at, each in enumerate(moments)]
    save_story_film(steps, tmp_path / "shared.mp4", seconds=2.0, fps=10)
    # The last step stands still: it is one frame, the plate.
    assert taken == [3, 4, 6, 7, 9, 1, 2, 4, 5, 7, 8]
    with _alone(monkeypatch):
        save_story_film(steps, tmp_path / "alone.mp4", seconds=2.0, fps=10)
    assert (tmp_path / "shared.mp4").read_bytes() == (tmp_path / "alone.mp4").read_bytes()


def test_what_a_process_that_was_killed_should_have_drawn_is_drawn_here(
    plate: Plate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: list[int]
) -> None:
    kept: list[Workers] = []
    begin = Workers.begin
    monkeypatch.setattr(Workers, "begin", lambda workers, *part: (kept.append(workers), begin(workers, *part))[1])

    def kill(share: float) -> None:
        if share > 0.4:
            kept[0]._all[0]._process.kill()

    save_film(plate, tmp_path / "killed.mp4", seconds=4.0, fps=10, progress=kill)
    # What it had drawn before waits in the pipe and counts.
    assert {number for number in taken if number % 3 == 1} >= {4, 7, 10}, "the other one went on"
    assert max(number for number in taken if number % 3 == 0) < 30
    with _alone(monkeypatch):
        save_film(plate, tmp_path / "alone.mp4", seconds=4.0, fps=10)
    assert (tmp_path / "killed.mp4").read_bytes() == (tmp_path / "alone.mp4").read_bytes()


def test_a_film_that_is_stopped_leaves_no_process(plate: Plate, tmp_path: Path, taken: list[int]) -> None:
    def stop(share: float) -> None:
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        save_film(plate, tmp_path / "film.mp4", seconds=2.0, fps=10, progress=stop)
    assert taken
    assert not list(tmp_path.iterdir())


def test_without_a_process_all_is_drawn_here(plate: Plate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> object:
        raise OSError("no more processes")

    monkeypatch.setattr(film_workers, "TRIED", 1)
    monkeypatch.setattr(film_workers, "PAYS", -1.0)
    monkeypatch.setattr(film_workers.child_process, "start", none)
    save_film(plate, tmp_path / "film.mp4", seconds=1.0, fps=10)
    assert (tmp_path / "film.mp4").stat().st_size > 0


@pytest.mark.parametrize(("processors", "started"), [(1, 0), (2, 1), (64, film_workers.MOST)])
def test_one_processor_is_left_to_this_process(monkeypatch: pytest.MonkeyPatch, processors: int, started: int) -> None:
    made: list[object] = []
    monkeypatch.setattr(film_workers, "_processors", lambda: processors)
    monkeypatch.setattr(film_workers, "_Worker", lambda: made.append(1) or made)
    workers = Workers(10_000, "mp4", film_workers.FrameShape(2, 2, 30, (0, 0, 0)))
    workers._began -= 100.0
    workers._drawn = film_workers.TRIED
    workers._weigh()
    assert len(made) == started


def test_a_short_film_starts_none(plate: Plate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Callable[[], None]] = []
    monkeypatch.setattr(film_workers, "_Worker", lambda: started.append(os.getpid))  # type: ignore[arg-type]
    save_film(plate, tmp_path / "film.mp4", seconds=2.0, fps=10)
    assert not started
