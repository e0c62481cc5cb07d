"""Problems as a tool: by rule with counts and examples, filtered; the rows of a rule, and the file around a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from geo import formatting
from geo.errors import GeoError
from geo.files import archives
from geo.files.content import content_from
from geo.files.text.decode import blocks_of_lines, line_count
from geo.matching.mapping import is_download
from geo.safe_text import legible
from geo.tables.rejected_rows import LINE, OVERFLOW, WHY, one_a_line
from geo.web.data.upload import Held, known
from geo.web.shared import tables
from geo.web.shared.escaping import in_html, in_markdown

if TYPE_CHECKING:
    from geo.problems import ProblemGroup, Severity
    from geo.sheet import Dialect, Sheet
    from geo.tables.read import Reading

SEVERITIES: dict[Severity, str] = {"set aside": "rejected", "warning": "kept with a warning"}
ANY = "Any"
LONGEST_EXAMPLES = 90


def counts(held: Held) -> str:
    """Read, kept, with a warning, rejected: one line."""
    reading = known(held.reading)
    warned = held.problems.warnings.frame["row"].nunique()
    said = [f"{formatting.number(reading.rows)} read", f"{formatting.number(reading.kept)} kept"]
    if warned:
        said.append(f"{formatting.number(warned)} with a warning")
    if len(reading.set_aside):
        said.append(f"{formatting.number(len(reading.set_aside))} rejected")
    return ", ".join(said)


def show(held: Held) -> None:
    """All problems of one file, where there are any."""
    reading = held.reading
    if reading is None or not (len(held.problems) or len(reading.set_aside) or held.beside):
        return
    st.html(f'<h3 class="wb-heading">Problems <span class="wb-count">{in_html(counts(held))}</span></h3>')
    for note in held.beside:
        st.caption(in_markdown(note))
    groups = _filtered(held, held.problems.groups())
    chosen = _choose_group(held, groups)
    lines = None
    if chosen is not None:
        lines = _show_rows(held, chosen)
    elif len(groups) < len(held.problems.groups()):
        lines = {line for group in groups for line in _rows_of(held, group)["row"].tolist()}
    show_grid(held, lines)


def _filtered(held: Held, groups: list[ProblemGroup]) -> list[ProblemGroup]:
    """The filters, offered only where they can narrow anything."""
    if len(groups) < 2:
        return groups
    with st.container(horizontal=True, gap="small", key=held.key("problem_filters")):
        severity = _one(held, "Severity", [SEVERITIES[group.severity] for group in groups])
        rule = _one(held, "Rule", [group.rule for group in groups])
        column = _one(held, "Column", [group.column or "the whole row" for group in groups])
    return [
        group
        for group in groups
        if severity in (ANY, SEVERITIES[group.severity])
        and rule in (ANY, group.rule)
        and column in (ANY, group.column or "the whole row")
    ]


def _one(held: Held, label: str, values: list[str]) -> str:
    options = [ANY, *dict.fromkeys(values)]
    key = held.key(f"{label.lower()}_{held.turn}")
    chosen: str = st.selectbox(label, options, key=key, format_func=legible, width=230)
    return chosen


def _choose_group(held: Held, groups: list[ProblemGroup]) -> ProblemGroup | None:
    table = pd.DataFrame(
        {
            "Problems": [group.count for group in groups],
            "Rows are": [SEVERITIES[group.severity] for group in groups],
            "Column": [group.column for group in groups],
            "Rule": [group.rule for group in groups],
            "For example": [_examples(group) for group in groups],
            "What to do": [_hint(held, group) for group in groups],
        }
    )
    picked = tables.choose(
        table,
        held.key(f"groups_{held.turn}_{len(groups)}"),
        {"Problems": st.column_config.NumberColumn(format="localized")},
        placeholder="",
    )
    if picked is None:
        st.caption("Select a row for details.")
        return None
    return groups[picked]


def _hint(held: Held, group: ProblemGroup) -> str:
    """What to do where it is the same for all rows; a place, say, has its own nearest spellings."""
    return group.hint if _rows_of(held, group)["hint"].nunique() == 1 else "Several reasons: select the row."


def _examples(group: ProblemGroup) -> str:
    said = ", ".join(" ".join(text.split()) or "nothing" for text in group.examples)
    return said if len(said) <= LONGEST_EXAMPLES else f"{said[:LONGEST_EXAMPLES]}…"


def _rows_of(held: Held, group: ProblemGroup) -> pd.DataFrame:
    tables = held.problems.frame
    same = (tables["rule"] == group.rule) & (tables["column"] == group.column) & (tables["severity"] == group.severity)
    return tables[same]


def _show_rows(held: Held, group: ProblemGroup) -> set[int]:
    """The rows of one rule, and the file around the one that is chosen. -> their lines."""
    found = _rows_of(held, group)
    column = f"{in_markdown(group.column)}: " if group.column else ""
    st.caption(f"{column}{in_markdown(group.rule)}.")
    picked = tables.choose(
        pd.DataFrame({"Line": found["row"], "Given": found["given"], "What to do": found["hint"]}).head(MOST_ROWS),
        held.key(f"rows_{held.turn}_{group.rule}_{group.column}"),
        {"Line": st.column_config.NumberColumn(format="localized", width="small")},
        height=min(250, 38 + 35 * len(found)),
    )
    if len(found) > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS:,} of {len(found):,} rows are shown.")
    if picked is not None:
        show_lines(held, int(found["row"].iloc[picked]))
    return set(found["row"].tolist())


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
        yield from archives.gunzipped(given, given.size).parts()
    elif dialect.packing == "zip":
        with given.seekable() as file:
            archive = archives.directory(file, given.name)
            yield from archives.unzipped(archive, given.name, dialect.member)[0].parts()
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
    st.html(f'<p class="wb-label">Line {line:,} of the file</p><pre class="wb-lines">{shown}</pre>')


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
    if not one_a_line(known(held.sheet)):
        _show_alone(held, reading, aside)
        return
    left_over = ". Surplus cells are in overflow: move them, then empty overflow" if OVERFLOW in aside else ""
    st.html(f'<p class="wb-label">Fix rejected rows (original column names){left_over}</p>')
    # A lone grid keeps its changes while its key stays: another reading or another choice begins anew.
    chosen = "all" if lines is None else hash(frozenset(lines))
    mended = tables.edit(
        aside,
        held.key(f"grid_{held.turn}_{chosen}"),
        {LINE: st.column_config.TextColumn(width="small"), WHY: st.column_config.TextColumn(width="large")},
        [LINE, WHY],
    )
    if total > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS:,} of {total:,} rows are shown; the download has them all.")
    fixes = changes(aside, mended, again=is_download(known(held.sheet).header))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button("Recheck these rows", key=held.key("recheck"), disabled=not fixes):
            recheck(held, fixes)
            st.rerun()
        tables.download_csv(
            "Download rejected rows", lambda: reading.set_aside, "rows-set-aside.csv", held.key("aside")
        )


def _show_alone(held: Held, reading: Reading, aside: pd.DataFrame) -> None:
    """The rows set aside where several come from one line of the file: they are mended in the file itself."""
    st.html('<p class="wb-label">Rejected rows (several may come from one line: fix them in the file itself)</p>')
    tables.show(aside)
    tables.download_csv("Download rejected rows", lambda: reading.set_aside, "rows-set-aside.csv", held.key("aside"))


def changes(before: pd.DataFrame, after: pd.DataFrame, *, again: bool = False) -> dict[int, dict[str, str]]:
    """What was changed in the grid, as fixes: line -> header -> text. A row with any change gives all of its cells.

    again: the file is a download of ours, and may have a column overflow; else that is no column of the file, and
    emptying it says that the row is right as it stands.
    """
    compared = [name for name in before.columns if name not in (LINE, WHY)]
    old, new = tables.texts(before[compared]), tables.texts(after[compared])
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
    held.take(after)
    held.tell(f"{formatting.number(taken)} of {formatting.counted(formatting.number(len(fixes)), 'row')} fixed.")
