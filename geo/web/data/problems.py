"""Problems as a tool: by rule with counts and examples, filtered; the rows of a rule, and the file around a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.legible import legible
from geo.scene import words
from geo.web import frame
from geo.web.data import rows
from geo.web.data.held import Held
from geo.web.plain import in_html, in_markdown

if TYPE_CHECKING:
    from geo.evidence.problems import Group, Severity
    from geo.evidence.reading import Reading

SEVERITIES: dict[Severity, str] = {"set aside": "set aside", "warning": "kept with a warning"}
ANY = "Any"
LONGEST_EXAMPLES = 90


def counts(reading: Reading) -> str:
    """Read, kept, with a warning, set aside: one line."""
    warned = reading.problems.warnings.frame["row"].nunique()
    said = [f"{words.number(reading.rows)} read", f"{words.number(reading.kept)} kept"]
    if warned:
        said.append(f"{words.number(warned)} with a warning")
    if len(reading.set_aside):
        said.append(f"{words.number(len(reading.set_aside))} set aside")
    return ", ".join(said)


def show(held: Held) -> None:
    """All problems of one file, where there are any."""
    reading = held.reading
    if reading is None or not (len(reading.problems) or len(reading.set_aside)):
        return
    st.html(f'<h3 class="wb-heading">Problems <span class="wb-count">{in_html(counts(reading))}</span></h3>')
    groups = _filtered(held, reading.problems.groups())
    chosen = _choose_group(held, reading, groups)
    lines = None
    if chosen is not None:
        lines = _show_rows(held, reading, chosen)
    elif len(groups) < len(reading.problems.groups()):
        lines = {line for group in groups for line in _rows_of(reading, group)["row"].tolist()}
    rows.show_grid(held, lines)


def _filtered(held: Held, groups: list[Group]) -> list[Group]:
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


def _choose_group(held: Held, reading: Reading, groups: list[Group]) -> Group | None:
    table = pd.DataFrame(
        {
            "Problems": [group.count for group in groups],
            "Rows are": [SEVERITIES[group.severity] for group in groups],
            "Column": [group.column for group in groups],
            "What is allowed": [group.rule for group in groups],
            "Given, for example": [_examples(group) for group in groups],
            "What to do": [_hint(reading, group) for group in groups],
        }
    )
    picked = frame.choose(
        table,
        held.key(f"groups_{held.turn}_{len(groups)}"),
        {"Problems": st.column_config.NumberColumn(format="localized")},
        placeholder="",
    )
    if picked is None:
        st.caption("Choose a line to see its rows.")
        return None
    return groups[picked]


def _hint(reading: Reading, group: Group) -> str:
    """What to do where it is the same for all rows; a place, say, has its own nearest spellings."""
    return group.hint if _rows_of(reading, group)["hint"].nunique() == 1 else "It differs: choose this line."


def _examples(group: Group) -> str:
    said = ", ".join(" ".join(text.split()) or "nothing" for text in group.examples)
    return said if len(said) <= LONGEST_EXAMPLES else f"{said[:LONGEST_EXAMPLES]}…"


def _rows_of(reading: Reading, group: Group) -> pd.DataFrame:
    frame = reading.problems.frame
    same = (frame["rule"] == group.rule) & (frame["column"] == group.column) & (frame["severity"] == group.severity)
    return frame[same]


def _show_rows(held: Held, reading: Reading, group: Group) -> set[int]:
    """The rows of one rule, and the file around the one that is chosen. -> their lines."""
    found = _rows_of(reading, group)
    column = f"{in_markdown(group.column)}: " if group.column else ""
    st.caption(f"{column}{in_markdown(group.rule)}.")
    picked = frame.choose(
        pd.DataFrame({"Line": found["row"], "Given": found["given"], "What to do": found["hint"]}).head(rows.MOST_ROWS),
        held.key(f"rows_{held.turn}_{group.rule}_{group.column}"),
        {"Line": st.column_config.NumberColumn(format="localized", width="small")},
        height=min(250, 38 + 35 * len(found)),
    )
    if len(found) > rows.MOST_ROWS:
        st.caption(f"The first {rows.MOST_ROWS:,} of {len(found):,} rows are shown.")
    if picked is not None:
        rows.show_lines(held, int(found["row"].iloc[picked]))
    return set(found["row"].tolist())
