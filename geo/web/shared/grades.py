"""The grades that users gave on this page: kept with the import, or for this session where there is no library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import streamlit as st

from geo.errors import LibraryError
from geo.tables.leg_reports import report_of
from geo.web.shared import imports

Halves = tuple[str, str]
Given = Mapping[str, Mapping[str, Halves]]
"""Part -> report -> (reliability, credibility)."""


def of(parts: Iterable[str]) -> dict[str, dict[str, Halves]]:
    """The grades given to reports of these parts; parts without any are left out."""
    own = _session()
    found = {part: {**_kept(part), **own.get(part, {})} for part in parts}
    return {part: given for part, given in found.items() if given}


def give(part: str, report: str, reliability: str, credibility: str) -> str:
    """Keeps a grade. -> what went wrong, in which case it holds for this session alone; else ""."""
    own = _session().setdefault(part, {})
    own[report] = (reliability, credibility)
    if part in imports.session_parts():
        return ""
    try:
        imports.library().grade(part, report, reliability, credibility)
    except LibraryError as error:
        return f"The grade applies to this session only; it was not saved. {error}"
    del own[report]
    return ""


def listed(table: pd.DataFrame) -> dict[str, Halves]:
    """Report -> grade, of those of totals or legs that have one; of legs that one report holds, the first graded."""
    graded = (table["reliability"] != "") | (table["credibility"] != "")
    if not graded.any():
        return {}
    rows = table[graded]
    ids = report_of(table)[graded].tolist()
    halves = zip(rows["reliability"].tolist(), rows["credibility"].tolist(), strict=True)
    return dict(zip(ids[::-1], list(halves)[::-1], strict=True))


def _kept(part: str) -> Mapping[str, Halves]:
    try:
        library = imports.library()
        return library.grades(part) if hasattr(library, "grades") else {}
    except LibraryError:
        return {}


def _session() -> dict[str, dict[str, Halves]]:
    found: dict[str, dict[str, Halves]] = st.session_state.setdefault("grades", {})
    return found
