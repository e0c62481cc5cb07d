"""How much may be held: never more than the limits, each file taken or refused in words, and nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.web.data import upload
from geo.web.data.upload import MB, SESSIONS, Desk, HeldLoad, refusal

TIGHT = HeldLoad(3, 10)
drops = st.lists(st.binary(max_size=6), max_size=12)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this were the only server: desks of other tests count for nothing."""
    monkeypatch.setattr(upload, "_DESKS", type(upload._DESKS)())


def give(desk: Desk, *contents: bytes, first: int = 0, most: HeldLoad = TIGHT) -> None:
    desk.accept(((f"{first + at}", f"{first + at}.csv", content) for at, content in enumerate(contents)), most)


@given(drops)
def test_a_session_holds_no_more_than_its_limits_and_every_drop_is_accounted_for(contents: list[bytes]) -> None:
    desk = Desk()
    give(desk, *contents)
    assert desk.load.fits(TIGHT)
    assert len(desk.files) + len(desk.notes) + len(desk.refused) == len(contents)
    assert len(desk.seen) == len(contents)


@given(st.lists(drops, min_size=SESSIONS, max_size=SESSIONS * 3))
def test_all_sessions_together_hold_no_more_than_theirs(sessions: list[list[bytes]]) -> None:
    upload._DESKS.clear()
    desks = [Desk() for _ in sessions]
    for desk, contents in zip(desks, sessions, strict=True):
        give(desk, *contents)
    together = sum((desk.load for desk in desks), HeldLoad())
    assert together.fits(HeldLoad(TIGHT.files * SESSIONS, TIGHT.size * SESSIONS))


def test_what_is_there_stays_and_what_was_refused_comes_in_once_there_is_room() -> None:
    desk = Desk()
    give(desk, b"123456")
    give(desk, b"abcdef", first=1)
    assert [each.content for each in desk.files] == [b"123456"]
    assert len(desk.refused) == 1
    desk.let_go(desk.files)
    assert desk.refused == []
    give(desk, b"abcdef", first=2)
    assert [each.content for each in desk.files] == [b"abcdef"]


def test_a_file_that_is_here_already_needs_no_room() -> None:
    desk = Desk()
    give(desk, b"1234567890")
    give(desk, b"1234567890", first=1)
    assert (len(desk.notes), desk.refused) == (1, [])


def test_what_was_loaded_for_this_session_alone_still_takes_room() -> None:
    desk = Desk()
    give(desk, b"1234567890")
    desk.loaded(desk.files[0], here=True)
    assert (desk.files, desk.load) == ([], HeldLoad(1, 10))
    give(desk, b"1", first=1)
    assert desk.files == []
    kept = Desk()
    give(kept, b"1234567890")
    kept.loaded(kept.files[0], here=False)
    assert kept.load == HeldLoad()


def test_a_session_that_is_gone_gives_its_room_back() -> None:
    most = HeldLoad(1, 10)
    desks = [Desk() for _ in range(SESSIONS)]
    for desk in desks:
        give(desk, b"1234567890", most=most)
    late = Desk()
    give(late, b"x", most=most)
    assert "in all sessions on this server" in late.refused[0]
    del desks, desk
    give(late, b"x", first=1, most=most)
    assert len(late.files) == 1


def test_the_words_say_what_was_given_what_is_allowed_and_what_to_do() -> None:
    said = refusal("big.csv", 257 * MB, HeldLoad(3, 850 * MB), HeldLoad(3, 850 * MB), HeldLoad(50, 1_000 * MB))
    assert said == (
        "big.csv (257 MB) was not added: 3 files with 850 MB are held in this session, and it holds at most 50 files "
        "with 1,000 MB. Load or remove some of them, then drop big.csv again. Nothing that is here was lost."
    )
    assert refusal("a.csv", 1, HeldLoad(), HeldLoad(), HeldLoad(1, 1)) == ""
