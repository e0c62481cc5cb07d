"""What has been loaded: the imports of the library, and what a session holds by itself where there is no library."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.arrays import Ints
from geo.dataset.parts import Part
from geo.errors import LibraryError
from geo.library import Library
from geo.tables.leg_reports import report_of
from geo.tables.read import repeats
from geo.web.shared.cache import SHARED
from geo.web.shared.escaping import shown_name

if TYPE_CHECKING:
    from geo.library import Import

PLACE = "WAYBILL_LIBRARY"


def library() -> Library:
    """The library of this machine. Raises LibraryError."""
    return Library.open(os.environ.get(PLACE) or None)


def imports() -> tuple[list[Import], str]:
    """All imports, withdrawn or not, the newest last; and what is wrong where the library cannot be read, else ""."""
    try:
        return library().imports(), ""
    except LibraryError as error:
        return [], str(error)


def session_parts() -> dict[str, Part]:
    """What only this session holds: id -> part."""
    parts: dict[str, Part] = st.session_state.setdefault("session_parts", {})
    return parts


def hold(part: Part) -> str:
    """Takes a data set in for this session alone. -> its id."""
    session_parts()[part.id] = part
    return part.id


def parts(*, tables: bool = True) -> tuple[list[Part], list[str]]:
    """Everything that counts now: imports that are not withdrawn, then what the session holds; and what is wrong.

    tables: also reads their tables, and leaves out what cannot be read; else places alone are read.
    """
    made, notes = _listed()
    found = []
    for each in made:
        if each.withdrawn:
            continue
        try:
            part = _part(library().where, each)
            if tables or part.kind == "places":
                part.read()
            found.append(part)
        except LibraryError as error:
            notes.append(f"{shown_name(each.name)} is left out. {error}")
    return [*found, *session_parts().values()], notes


def _listed() -> tuple[list[Import], list[str]]:
    """All imports, and a sentence for each that is there and cannot be read."""
    try:
        made, faults = library().listed()
    except LibraryError as error:
        return [], [f"{error} Only what comes with Waybill and what you load now is shown."]
    return made, [f"Import {fault.id} is left out: {fault.what}" for fault in faults]


def _part(where: str, made: Import) -> Part:
    # An import never changes, so its place and its id say all.
    places = SHARED.get("places of an import", (where, made.id), lambda: library().places(made.id))
    return Part(
        made.id, shown_name(made.name), made.kind, places, partial(_table, where, made.id), made.sha256,
        repeats=partial(_repeats, where, made.id),
    )  # fmt: skip


def _table(where: str, identifier: str) -> pd.DataFrame:
    return SHARED.get("table of an import", (where, identifier), lambda: library().table(identifier))


def _repeats(where: str, identifier: str) -> Ints:
    return SHARED.get("repeats of an import", (where, identifier), lambda: repeats(library().problems(identifier)))


Halves = tuple[str, str]
Given = Mapping[str, Mapping[str, Halves]]
"""Part -> report -> (reliability, credibility)."""


def grades_of(parts: Iterable[str]) -> dict[str, dict[str, Halves]]:
    """The grades given to reports of these parts; parts without any are left out."""
    own = _session()
    found = {part: {**_kept(part), **own.get(part, {})} for part in parts}
    return {part: given for part, given in found.items() if given}


def give_grade(part: str, report: str, reliability: str, credibility: str) -> str:
    """Keeps a grade. -> what went wrong, in which case it holds for this session alone; else ""."""
    own = _session().setdefault(part, {})
    own[report] = (reliability, credibility)
    if part in session_parts():
        return ""
    try:
        library().grade(part, report, reliability, credibility)
    except LibraryError as error:
        return f"The grade applies to this session only; it was not saved. {error}"
    del own[report]
    return ""


def graded_reports(table: pd.DataFrame) -> dict[str, Halves]:
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
        return library().grades(part)
    except LibraryError:
        return {}


def _session() -> dict[str, dict[str, Halves]]:
    if get_script_run_ctx(suppress_warning=True) is None:
        return {}  # The server makes something ready, and nobody has given a grade.
    found: dict[str, dict[str, Halves]] = st.session_state.setdefault("grades", {})
    return found
