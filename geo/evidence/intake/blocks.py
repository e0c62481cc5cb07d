"""A block of whole lines -> cells. In bulk where lines are as they should be, with care where they are not.

Lines are counted as they stand: at "\\n", "\\r\\n" and a lone "\\r". A line can be taken in bulk when it has the right
number of delimiters outside quotes, and when each of its quotes opens a cell, closes one, or is doubled. All other
lines are read one by one, and none of them changes how its neighbours are read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np

from geo.evidence.intake.bulk import CR, LF, Block, Task, in_bulk
from geo.evidence.intake.few_faults import with_few_faults
from geo.evidence.intake.linewise import line_by_line
from geo.evidence.intake.records import Marks

__all__ = ["Block", "read_block"]


def read_block(
    text: bytes,
    first: int,
    width: int,
    marks: Marks,
    *,
    final: bool,
    plain: Collection[int] = (),
    tick: Callable[[], None] = lambda: None,
) -> Block:
    """The cells of a UTF-8 text that begins with line number `first` and ends with a line end.

    final: no text follows. plain: columns in which most texts differ; they are strings in the block's table.
    tick is called at each row read by itself, and may raise.
    """
    task = Task(first, width, marks, final, plain, tick)
    if _lone_returns(text) or not text.endswith(b"\n"):
        return line_by_line(text, task)
    if _plain_quotes(text, marks):
        table = in_bulk(text, task)
        count = text.count(b"\n")
        if table is not None and table.num_rows == count:
            return Block(table, np.arange(first, first + count, dtype=np.int64), len(text), count)
    return with_few_faults(text, task) or line_by_line(text, task)


def _plain_quotes(text: bytes, marks: Marks) -> bool:
    """Whether all quotes, if there are any, just surround a cell: none doubled or escaped, no line end between two."""
    if not marks.quote or marks.quote.encode() not in text:
        return True
    if marks.escape not in ("", marks.quote) and marks.escape.encode() in text:
        return False
    marked = np.frombuffer(text, np.uint8)
    quotes = np.flatnonzero(marked == ord(marks.quote))
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    before = marked[np.maximum(opening - 1, 0)]
    after = marked[np.minimum(closing + 1, len(marked) - 1)]
    begins = (before == ord(marks.delimiter)) | (before == LF) | (opening == 0)
    ends = (after == ord(marks.delimiter)) | (after == LF) | (after == CR) | (closing == len(marked) - 1)
    if not (begins.all() and ends.all()):
        return False
    feeds = np.flatnonzero(marked == LF)
    return not (np.searchsorted(quotes, feeds) % 2).any()


def _lone_returns(text: bytes) -> bool:
    return b"\r" in text and text.count(b"\r") != text.count(b"\r\n")
