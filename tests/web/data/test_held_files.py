"""Files on their way in: each drop is taken once, each file once, whatever else happens."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geo.files.read import read_sheet
from geo.matching.mapping import ColumnMap
from geo.matching.propose import propose
from geo.web.data.columns import choose_kind
from geo.web.data.upload import Desk, Held

drops = st.lists(st.tuples(st.text(max_size=8), st.binary(max_size=3)), max_size=8)


@given(drops)
def test_every_drop_is_a_file_or_a_note_that_it_is_here_already(given_files: list[tuple[str, bytes]]) -> None:
    desk = Desk()
    desk.accept((str(number), name, content) for number, (name, content) in enumerate(given_files))
    assert len(desk.files) + len(desk.notes) == len(given_files)
    assert {each.content for each in desk.files} == {content for _, content in given_files}
    assert len({each.number for each in desk.files}) == len(desk.files)
    assert desk.seen == {str(number) for number in range(len(given_files))}


def test_a_file_that_was_let_go_can_come_again() -> None:
    desk = Desk()
    desk.accept([("a", "one.csv", b"1"), ("b", "two.csv", b"2")])
    desk.let_go(desk.files[:1])
    assert [each.name for each in desk.files] == ["two.csv"]
    desk.accept([("c", "one.csv", b"1")])
    assert [each.number for each in desk.files] == [2, 3]


def test_a_change_forgets_what_followed_from_it() -> None:
    held = Held(1, "a.csv", b"a", "0" * 64, mapping=ColumnMap("legs", {"POL": "origin"}), fixes={2: {"POL": "x"}})
    before = held.identity
    held.answer(places={"Rajin": "KPRJN", "X": "1, 2"}, dates={"depart": "day first"})
    held.answer(places={"X": ""})
    assert held.mapping == ColumnMap("legs", {"POL": "origin"}, {}, {"depart": "day first"}, {"Rajin": "KPRJN"})
    assert held.identity == before, "what is known by it is the reading, which is not made anew yet"
    held.read_as(None)
    assert (held.mapping, held.reading, held.fixes) == (None, None, {})


def test_what_a_list_that_is_gone_held_is_no_new_choice() -> None:
    content = b"POL,POD,ETD,Boxes\nBusan,Vladivostok,2023-09-01,3\n"
    agreed = ColumnMap("legs", {"POL": "origin"})
    held = Held(1, "a.csv", content, "0" * 64, proposal=propose(read_sheet(content, "a.csv")), mapping=agreed)
    choose_kind(held, "legs")
    assert held.mapping == agreed
    choose_kind(held, "totals")
    assert (held.kind, held.mapping, held.proposal) == ("totals", None, None)
    choose_kind(held, "legs")
    assert held.kind == "totals", "its columns are still to be proposed: nothing was offered to choose from"
