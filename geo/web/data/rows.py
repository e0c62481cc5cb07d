"""The rows of a file as they stand in it: the lines around one, and the rows set aside in a grid to mend them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from geo.errors import GeoError
from geo.evidence.aside import LINE, OVERFLOW, WHY
from geo.evidence.intake import packing
from geo.evidence.intake.content import content_from
from geo.evidence.intake.decoding import blocks_of_lines, line_count
from geo.evidence.mapping import is_download
from geo.scene import words
from geo.web import frame
from geo.web.data.held import Held, known
from geo.web.plain import in_html

if TYPE_CHECKING:
    from geo.evidence.intake.dialect import Dialect
    from geo.evidence.intake.sheet import Sheet

MOST_ROWS = 1_000
"""Rows of a grid: more than anyone mends by hand. The download holds them all."""
AROUND = 3
"""Lines shown above and below the one that was chosen."""
LONGEST_LINE = 400
YOURS = " (yours)"
"""What our download adds to a header of the file that is named like one of its own columns."""


def lines_around(held: Held, line: int) -> list[tuple[int, str]]:
    """Line number and text of a few lines of the file, as they stand, with `line` in their middle.

    Of a workbook and other forms that have no lines, the cells of the rows, a bar between them.
    """
    sheet = held.sheet or held.glance
    if sheet is None:
        return []
    if sheet.dialect.form == "text":
        return _of_text(held, sheet, line)
    near = np.flatnonzero(np.abs(np.asarray(sheet.lines) - line) <= AROUND)
    return [
        (int(sheet.lines[row]), " | ".join(str(sheet.columns[name][int(row)].as_py()) for name in sheet.header))
        for row in near
    ]


def _of_text(held: Held, sheet: Sheet, line: int) -> list[tuple[int, str]]:
    first, last = max(line - AROUND, 1), line + AROUND
    found: list[tuple[int, str]] = []
    begins = 1
    for block in blocks_of_lines(_parts(held, sheet.dialect), sheet.dialect.encoding, held.name):
        ends = begins + line_count(block)
        if ends > first:
            text = block.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
            standing = text.split("\n")[max(first - begins, 0) : last - begins + 1]
            start = max(first, begins)
            found += [(start + number, each) for number, each in enumerate(standing) if start + number < ends]
        begins = ends
        if begins > last:
            break
    return found


def _parts(held: Held, dialect: Dialect) -> Iterator[bytes]:
    """The bytes of the text, out of what it is packed in."""
    given = content_from(held.content, held.name)
    if dialect.packing == "gzip":
        yield from packing.gunzipped(given, given.size).parts()
    elif dialect.packing == "zip":
        with given.seekable() as file:
            archive = packing.directory(file, given.name)
            yield from packing.unzipped(archive, given.name, dialect.member)[0].parts()
    else:
        yield from given.parts()


def show_lines(held: Held, line: int) -> None:
    """The lines around one, that one marked."""
    try:
        around = lines_around(held, line)
    except GeoError as error:
        st.html(f'<p class="wb-empty">{in_html(error)}</p>')
        return
    shown = "".join(
        f'<div class="wb-line{" wb-here" if number == line else ""}"><span>{number}</span>{in_html(_cut(text))}</div>'
        for number, text in around
    )
    st.html(f'<p class="wb-label">Line {line:,} as it stands in the file</p><pre class="wb-lines">{shown}</pre>')


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"


def show_grid(held: Held, lines: set[int] | None) -> None:
    """The rows set aside, to be mended and checked again. lines: only these; None: all."""
    reading = held.reading
    if reading is None or not len(reading.set_aside):
        return
    aside = reading.set_aside
    if lines is not None:
        aside = aside[aside[LINE].astype("int64").isin(lines)]
    total = len(aside)
    if not total:
        return
    aside = aside.head(MOST_ROWS).reset_index(drop=True)
    left_over = (
        ". What is left over of a row stands in overflow: move it, and empty overflow" if OVERFLOW in aside else ""
    )
    st.html(f'<p class="wb-label">Rows set aside: mend them here, under the file’s own names{left_over}</p>')
    # A lone grid keeps its changes while its key stays: another reading or another choice begins anew.
    chosen = "all" if lines is None else hash(frozenset(lines))
    mended = frame.edit(
        aside,
        held.key(f"grid_{held.turn}_{chosen}"),
        {LINE: st.column_config.TextColumn(width="small"), WHY: st.column_config.TextColumn(width="large")},
        [LINE, WHY],
    )
    if total > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS:,} of {total:,} rows are shown; the download holds them all.")
    fixes = changes(aside, mended, again=is_download(known(held.sheet).header))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button("Check these rows again", key=held.key("recheck"), disabled=not fixes):
            recheck(held, fixes)
            st.rerun()
        frame.download_csv(
            "Download the rows set aside", lambda: reading.set_aside, "rows-set-aside.csv", held.key("aside")
        )


def changes(before: pd.DataFrame, after: pd.DataFrame, *, again: bool = False) -> dict[int, dict[str, str]]:
    """What was changed in the grid, as fixes: line -> header -> text. A row with any change gives all of its cells.

    again: the file is a download of ours, and may have a column overflow; else that is no column of the file, and
    emptying it says that the row is right as it stands.
    """
    compared = [name for name in before.columns if name not in (LINE, WHY)]
    old, new = frame.texts(before[compared]), frame.texts(after[compared])
    changed = (new.to_numpy() != old.to_numpy()).any(axis=1)
    fixes: dict[int, dict[str, str]] = {}
    for row in np.flatnonzero(changed):
        cells = {str(name): text for name, text in new.iloc[int(row)].items() if again or name != OVERFLOW}
        fixes[int(before[LINE].iloc[int(row)])] = {name.removesuffix(YOURS): text for name, text in cells.items()}
    return fixes


def recheck(held: Held, fixes: Mapping[int, Mapping[str, str]]) -> None:
    """Reads the mended rows again, and says how many are taken now."""
    try:
        after = known(held.reading).recheck(fixes)
    except GeoError as error:
        held.tell(str(error))
        return
    still = set(after.set_aside[LINE].astype("int64"))
    taken = sum(line not in still for line in fixes)
    held.fixes = {line: dict(cells) for line, cells in after.fixes.items()}
    held.made_with = (*held.made_with[:2], repr(held.fixes), *held.made_with[3:])
    held.reading = after
    held.turn += 1
    held.tell(f"{words.number(taken)} of {words.counted(words.number(len(fixes)), 'row')} taken.")
