"""Frames of a film against the still plate: what moves is what a plate of that moment shows, the rest stands still."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from geo.brief.formats import film_frames
from geo.brief.formats.film_frames import Frames
from geo.brief.formats.images import pixels
from geo.brief.plate.arc_layers import inked
from geo.brief.plate.figure import compose
from geo.brief.plate.plate import Callout, Frame, Plate, Words
from geo.brief.plate.rc_settings import settings
from geo.scene.scene import Scene

DAY = 86_400.0
SMALL = Frame(640, 400)
Pixels = NDArray[np.uint8]


def _still(plate: Plate) -> Pixels:
    return np.asarray(pixels(compose(plate)))


def _frames(plate: Plate, times: list[float]) -> list[Pixels]:
    with settings():
        return [each[..., :3].copy() for each in Frames(plate, times)]


def _far(one: Pixels, other: Pixels) -> NDArray[np.int64]:
    """How far the worst channel of each pixel is off."""
    found: NDArray[np.int64] = np.abs(one.astype(np.int64) - other).max(axis=2)
    return found


@pytest.fixture(scope="module")
def plate(article: Scene) -> Plate:
    return Plate(article, (float(article.seconds),), frame=SMALL)


@pytest.mark.parametrize("look", ["light", "dark", "grey"])
def test_the_last_frame_is_the_plate(plate: Plate, look: str) -> None:
    asked = replace(plate, look=look)  # type: ignore[arg-type]
    last = _frames(asked, [10 * DAY, asked.moments[0]])[-1]
    assert (last == _still(replace(asked, film=True))).all()


@pytest.mark.parametrize("days", [7.0, 61.0, 80.0])
def test_a_frame_shows_the_arcs_of_its_moment(plate: Plate, days: float) -> None:
    """Title, sources and the still height of the timeline are the film's; the map is that of a plate of the moment."""
    words = Words(title="One title", subtitle="So that both have one map")
    film = replace(plate, words=words, film=True)
    held = replace(film, moments=(days * DAY,))
    frame = _frames(film, [days * DAY, film.moments[0]])[0]
    view = compose(film).panels[0].view
    k = SMALL.height / film.frame.layout[1]
    rows, columns = (
        slice(int(view.top * k) + 1, int(view.bottom * k)),
        slice(int(view.left * k) + 1, int(view.right * k)),
    )
    still = compose(held)
    assert still.panels[0].view == view
    off = _far(frame, np.asarray(pixels(still)))[rows, columns]
    # Names and ranges may have found another place beside their arc than at the end of the film.
    for drawn in (compose(film), still):
        for text in drawn.text_boxes():
            box = text.box.grown(4.0)
            off[
                max(int(box.top * k) - rows.start, 0) : max(int(box.bottom * k) + 1 - rows.start, 0),
                max(int(box.left * k) - columns.start, 0) : max(int(box.right * k) + 1 - columns.start, 0),
            ] = 0
    assert np.count_nonzero(off > 12) < 0.0005 * off.size
    bare = _far(frame, _frames(film, [1.0, film.moments[0]])[0])[rows, columns]
    assert np.count_nonzero(bare > 12) > 0.003 * off.size, "the arcs have not moved"


def test_the_furniture_stands_still(plate: Plate) -> None:
    drawn = compose(replace(plate, film=True))
    frames = _frames(plate, [0.0, 20 * DAY, 60 * DAY, plate.moments[0]])
    k = SMALL.height / plate.frame.layout[1]
    legend, margin = drawn.layout.legend, int(drawn.layout.head.ys[2] * k) - 1
    for each in frames[1:]:
        assert (each[:margin] == frames[0][:margin]).all(), "the title moves"
        assert (
            each[int(legend.top * k) :, int(legend.left * k) :]
            == frames[0][int(legend.top * k) :, int(legend.left * k) :]
        ).all()
        small = int(drawn.layout.small_top * k)
        assert (each[small:] == frames[0][small:]).all(), "the small type moves"
    assert not (frames[1] == frames[2]).all()


def test_frames_leave_no_trace_in_one_another(plate: Plate) -> None:
    alone = _frames(plate, [50 * DAY, plate.moments[0]])[0]
    later = _frames(plate, [0.0, 30 * DAY, 40 * DAY, 50 * DAY, plate.moments[0]])[3]
    assert (alone == later).all()


def test_what_grows_too_little_to_be_seen_waits(plate: Plate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames that lie close together are each that of its moment alone, but for a part of a pixel at an edge."""
    drawn: list[object] = []
    monkeypatch.setattr(film_frames, "inked", lambda *asked: drawn.append(asked) or inked(*asked))
    times = [50 * DAY + 1_800.0 * step for step in range(40)]
    frames = _frames(plate, [*times, plate.moments[0]])
    assert 1 <= len(drawn) < len(times) / 2
    view, k = compose(plate).panels[0].view, SMALL.height / plate.frame.layout[1]
    rows = slice(int(view.top * k) + 1, int(view.bottom * k))
    for t, frame in zip(times[::13], frames[::13], strict=False):
        alone = _frames(plate, [t, plate.moments[0]])[0]
        assert _far(frame, alone)[rows].max() <= film_frames._UNSEEN * 255


def test_a_frame_is_the_same_where_others_are_left_out(plate: Plate) -> None:
    """Some show a map that is due since a frame which was left out."""
    times = [*(50 * DAY + 1_800.0 * step for step in range(40)), plate.moments[0]]
    every = _frames(plate, times)
    with settings():
        reel = Frames(plate, times)
        for number in range(1, len(times), 3):
            assert (reel.picture(number)[..., :3] == every[number]).all(), number


def test_what_has_not_changed_is_not_drawn_again(plate: Plate, monkeypatch: pytest.MonkeyPatch) -> None:
    with settings():
        frames = Frames(plate, [50 * DAY, 50 * DAY, plate.moments[0]])
        drawn: list[object] = []
        monkeypatch.setattr(film_frames, "inked", lambda *asked: drawn.append(asked) or inked(*asked))
        list(frames)
    assert len(drawn) == 1


def test_words_hold_at_the_end_of_the_day_they_name(plate: Plate) -> None:
    with settings():
        frames = Frames(plate, [0.0, 1.0, DAY, DAY + 1, plate.moments[0]])
    assert frames.told == [0.0, DAY, DAY, 2 * DAY, plate.moments[0]]


def test_a_film_on_the_way_has_no_future_in_its_timeline(plate: Plate) -> None:
    early = _frames(plate, [5 * DAY, plate.moments[0]])[0]
    drawn = compose(replace(plate, film=True))
    box = drawn.layout.timeline
    assert box is not None
    k = SMALL.height / plate.frame.layout[1]
    rows, columns = (
        slice(int((box.top + 18) * k), int((box.bottom - 20) * k)),
        slice(int((box.left + 0.3 * box.width) * k), int(box.right * k)),
    )
    # Nothing but the grey lines of the axis across it.
    future = early[rows, columns].astype(int)
    assert (future == future[:, :1]).all()
    assert np.ptp(future, axis=2).max() < 24


def test_an_authors_notes_stand_on_every_frame(article: Scene) -> None:
    callout = Callout("Calm sea", 131.6, 42.6)
    bare = Plate(article, (float(article.seconds),), frame=SMALL)
    half, end = article.seconds / 2, float(article.seconds)
    with settings():
        plain, noted = (Frames(replace(bare, callouts=each), [half, end]) for each in ((), (callout,)))
        first, last = ([frame.copy() for frame in reel] for reel in (plain, noted))
    (note,) = noted.drawn.panels[0].callouts
    rows, columns = noted.canvas.rect(note.box)
    for one, two in zip(first, last, strict=True):
        assert (one[rows, columns] != two[rows, columns]).any()
    assert _far(last[0][rows, columns, :3], last[1][rows, columns, :3]).max() <= 4
