"""Tables and downloads of the pages: the one place that knows Streamlit's, so that none leaves unguarded.

A table is shown with nothing hidden in its cells. What leaves as CSV goes through `geo.files.formulas`. Streamlit's
own CSV of a table does not, and is switched off in .streamlit/config.toml together with copying; the grid that is
edited can still be copied from, so its cells stand there as they would in our CSV.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal, cast

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from geo.files import formulas
from geo.files.cell_text import text_of
from geo.safe_text import legible, restored

Columns = Mapping[str, ColumnConfig | None]
CSV = "text/csv"
_FIGURE = re.compile(r"[-+]?[\d., ]*")
"""What a spreadsheet may well take for a number: running it gives the same."""


def show(table: pd.DataFrame, columns: Columns | None = None, *, placeholder: str | None = None) -> None:
    """A table to be read."""
    st.dataframe(
        legible_table(table),
        hide_index=True,
        width="stretch",
        column_config=dict(columns or {}),
        placeholder=placeholder,
    )


def choose(
    table: pd.DataFrame,
    key: str,
    columns: Columns,
    *,
    height: int | Literal["auto"] = "auto",
    placeholder: str | None = None,
) -> int | None:
    """A table of which one row may be chosen. -> that row."""
    state = st.dataframe(
        legible_table(table),
        key=key,
        hide_index=True,
        width="stretch",
        on_select="rerun",
        selection_mode="single-row",
        column_config=dict(columns),
        height=height,
        placeholder=placeholder,
    )
    chosen = cast("dict[str, dict[str, list[int]]]", state)["selection"]["rows"]
    return int(chosen[0]) if chosen and chosen[0] < len(table) else None


def edit(table: pd.DataFrame, key: str, columns: Columns, fixed: list[str]) -> pd.DataFrame:
    """A grid of texts to be changed, none added or removed. fixed: columns that stay. -> the table as it is now."""
    standing = texts(table)
    shown = standing.map(_guarded)
    shown.columns = _heads(table)
    written = st.data_editor(
        shown,
        key=key,
        hide_index=True,
        width="stretch",
        num_rows="fixed",
        disabled=fixed,
        column_config=dict(columns),
    )
    changed = texts(written)
    changed.columns = table.columns
    same = (changed.to_numpy() == shown.to_numpy()).tolist()
    for at, name in enumerate(table.columns):
        changed[name] = [
            was if same[row][at] else _unguarded(now, was)
            for row, (was, now) in enumerate(zip(standing.iloc[:, at], changed.iloc[:, at], strict=True))
        ]
    return changed.astype("str")


def texts(table: pd.DataFrame) -> pd.DataFrame:
    """The cells as texts; one that was emptied is "", whatever the grid makes of it."""
    plain = table.astype("object")
    return plain.where(plain.notna(), "").astype("str").astype("object")


def _guarded(cell: str) -> str:
    shown = legible(cell)
    return shown if _FIGURE.fullmatch(shown) else formulas.neutral(shown)


def _unguarded(written: str, given: str) -> str:
    return restored(formulas.as_given(written), given)


def legible_table(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with names and texts that hide nothing; its other columns as they are."""
    shown = table.copy(deep=False)
    for at, dtype in enumerate(table.dtypes):
        if pd.api.types.is_string_dtype(dtype) or isinstance(dtype, pd.CategoricalDtype):
            cells = table.iloc[:, at].tolist()
            told = [legible(cell) if isinstance(cell, str) else cell for cell in cells]
            if any(now is not was for now, was in zip(told, cells, strict=True)):
                shown.isetitem(at, told)
    shown.columns = _heads(table)
    return shown


def _heads(table: pd.DataFrame) -> pd.Index:
    """Column names, told apart by number where two look the same: Streamlit takes none twice."""
    heads = [legible(str(name)) for name in table.columns]
    return pd.Index([head if heads.count(head) == 1 else f"{head} ({at + 1})" for at, head in enumerate(heads)])


def download_csv(label: str, table: Callable[[], pd.DataFrame], file_name: str, key: str) -> None:
    """A table as CSV, made when it is asked for; no cell of it runs in a spreadsheet."""
    # Spreadsheets know UTF-8 by its mark.
    download(label, lambda: formulas.to_csv(_written(table())).encode("utf-8-sig"), file_name, CSV, key)


def _written(table: pd.DataFrame) -> pd.DataFrame:
    """Numbers and days as a person writes them, nothing for what is missing."""
    plain = {at: column.where(column.notna(), None) for at, (_, column) in enumerate(table.astype("object").items())}
    cells = pd.DataFrame({at: [text_of(value) for value in column] for at, column in plain.items()}, dtype="str")
    cells.columns = table.columns
    return cells


def download(
    label: str,
    content: bytes | Callable[[], bytes],
    file_name: str,
    mime: str,
    key: str,
    *,
    leading: bool = False,
    icon: str | None = None,
) -> None:
    """A file that is no table of ours: a picture, or bytes that somebody gave. leading: the one that most want."""
    st.download_button(
        label,
        content,
        file_name=file_name,
        mime=mime,
        key=key,
        type="primary" if leading else "secondary",
        width="stretch" if leading else "content",
        icon=icon,
        on_click="ignore",
    )
