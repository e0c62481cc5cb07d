"""Blocks of many short lines are read in pieces, and read the same."""

from __future__ import annotations

from itertools import pairwise
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from geo.files.text import decode
from geo.files.text.decode import blocks_of_lines, line_count

LINES = st.lists(st.sampled_from(["", "", "a,b", "x", "é,1", '"q', '"'])).map(list)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(LINES, ENDS, st.integers(2, 9))
def test_pieces_are_whole_lines_and_all_of_them(lines: list[str], end: str, most: int) -> None:
    text = "".join(line + end for line in lines).encode()
    whole = b"".join(blocks_of_lines([text], "utf-8", "x"))
    with patch.object(decode, "_MOST_LINES", most):
        pieces = list(blocks_of_lines([text], "utf-8", "x"))
    assert b"".join(pieces) == whole
    assert sum(map(line_count, pieces)) == line_count(whole)
    assert all(piece.endswith((b"\n", b"\r")) for piece in pieces)
    assert not any(piece.endswith(b"\r") and after.startswith(b"\n") for piece, after in pairwise(pieces))
