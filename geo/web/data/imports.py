"""The imports of the library: what each is, taken back and brought back, its original, its problems, its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo import formatting
from geo.errors import GeoError
from geo.web.data.understood import pieces
from geo.web.data.upload import KINDS
from geo.web.shared import imports, tables
from geo.web.shared.escaping import in_html, in_markdown, shown_name

if TYPE_CHECKING:
    from geo.library import Import, Library

MOST_SHOWN = 20
MOST_PROBLEMS = 1_000
NONE_YET = (
    '<p class="wb-empty">Nothing is loaded yet. What you load is kept on this machine: the file as you gave it, '
    "what was read from it, and its problems. You can withdraw it at any time.</p>"
)
SHARED = (
    '<p class="wb-empty">A Waybill server is for one person or one team: there are no accounts, and everyone who can '
    "open this page sees everything loaded and can withdraw it.</p>"
)
HAPPENED = {"kept": "kept", "withdrawn": "withdrawn", "restored": "restored"}


def show() -> None:
    """The list, the newest first. A library that cannot be opened is one sentence."""
    made, wrong = imports.imports()
    count = f' <span class="wb-count">{len(made)}</span>' if made else ""
    st.html(f'<h2 class="wb-heading">Imports{count}</h2>{SHARED}')
    if wrong:
        st.warning(f"{in_markdown(wrong)}  \nWhat you load now is shown for this session.")
        _session_only()
        return
    if problem := st.session_state.pop("imports_error", ""):
        st.error(in_markdown(problem))
    _session_only()
    if not made:
        if not imports.session_parts():
            st.html(NONE_YET)
        _unlisted()
        return
    newest = list(reversed(made))
    whole = st.session_state.get("imports_all", False)
    with st.container(key="imports", gap="small"):
        for each in newest if whole else newest[:MOST_SHOWN]:
            _show_one(each)
    if len(newest) > MOST_SHOWN and not whole and st.button(f"Show all {len(newest):,}"):
        st.session_state["imports_all"] = True
        st.rerun()
    _unlisted()
    _history()


def _unlisted() -> None:
    """Imports that are there and cannot be read: a newer version made them, or they are damaged."""
    try:
        faults = imports.library().unlisted()
    except GeoError:
        return  # the list above says so
    for fault in faults[:MOST_SHOWN]:
        st.warning(in_markdown(f"Import {fault.id} is not listed: {fault.what}"))


def _session_only() -> None:
    for part in imports.session_parts().values():
        st.html(f'<p class="wb-file"><strong>{in_html(part.name)}</strong><br>In this session only</p>')


def _show_one(each: Import) -> None:
    state = " wb-gone" if each.withdrawn else ""
    facts = [formatting.counted(formatting.number(each.kept), KINDS.get(each.kind, "row")) + " kept"]
    if each.set_aside:
        facts.append(f"{formatting.number(each.set_aside)} rejected")
    if each.warnings:
        facts.append(formatting.counted(formatting.number(each.warnings), "warning"))
    facts.append(formatting.day(each.made))
    if each.withdrawn:
        facts.append("withdrawn: not used on any map")
    with st.container(key=f"import_{each.id}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(
            f'<p class="wb-file{state}"><strong>{in_html(shown_name(each.name))}</strong><br>'
            f"{in_html(' · '.join(facts))}</p>"
        )
        open_now = st.session_state.get("import_open") == each.id
        st.button(
            "Close" if open_now else "Details",
            key=f"details_{each.id}",
            type="tertiary",
            on_click=_open,
            args=("" if open_now else each.id,),
        )
        st.button(
            "Restore" if each.withdrawn else "Withdraw",
            key=f"state_{each.id}",
            on_click=_change,
            args=(each.id, each.withdrawn),
        )
    if open_now:
        with st.container(key=f"import_details_{each.id}", border=True):
            try:
                _details(imports.library(), each)
            except GeoError as error:
                st.error(in_markdown(error))


def _open(identifier: str) -> None:
    st.session_state["import_open"] = identifier


def _change(identifier: str, withdrawn: bool) -> None:
    try:
        library = imports.library()
        if withdrawn:
            library.restore(identifier)
        else:
            library.withdraw(identifier)
    except GeoError as error:
        st.session_state["imports_error"] = str(error)


def _details(library: Library, each: Import) -> None:
    mapping = library.mapping(each.id)
    told = {
        "Import": each.id,
        "SHA-256 of the original": each.sha256,
        "Kept": f"{each.made:%Y-%m-%d %H:%M} UTC, by Waybill {each.version}".removesuffix(" by Waybill "),
        "Columns": ", ".join(f"{header} → {column}" for header, column in mapping.columns.items()),
        "For every row": ", ".join(f"{name} {text}" for name, text in mapping.fixed.items()),
        "Date order": ", ".join(f"{name} {form}" for name, form in mapping.dates.items() if form),
        "Names matched by hand": ", ".join(f"{name} → {place}" for name, place in mapping.places.items()),
        "Read as": ", ".join(said for said, _ in pieces(library.dialect(each.id), {})),
    }
    lines = "".join(f"<dt>{name}</dt><dd>{in_html(text)}</dd>" for name, text in told.items() if text)
    st.html(f'<dl class="wb-facts">{lines}</dl>')
    with st.container(horizontal=True, gap="small"):
        tables.download(
            "Download the original",
            lambda: library.original(each.id),
            shown_name(each.name),
            "application/octet-stream",
            f"original_{each.id}",
        )
        if each.set_aside:
            tables.download_csv(
                "Download rejected rows",
                lambda: library.set_aside(each.id),
                "rows-set-aside.csv",
                f"aside_{each.id}",
            )
    problems = library.problems(each.id)
    if len(problems):
        st.html(f'<p class="wb-label">Problems <span class="wb-count">{len(problems):,}</span></p>')
        tables.show(problems.frame.head(MOST_PROBLEMS))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            tables.download_csv("Download the problems", lambda: problems.frame, "problems.csv", f"problems_{each.id}")
            if len(problems) > MOST_PROBLEMS:
                st.caption(f"The first {MOST_PROBLEMS:,} are shown; the download has them all.")


def _history() -> None:
    with st.expander("History"):
        try:
            entries = imports.library().history()
        except GeoError as error:
            st.error(in_markdown(error))
            return
        table = pd.DataFrame(
            {
                "When, UTC": [f"{entry.when:%Y-%m-%d %H:%M:%S}" for entry in reversed(entries)],
                "What": [HAPPENED[entry.what] for entry in reversed(entries)],
                "File": [shown_name(entry.name) for entry in reversed(entries)],
                "Why": [entry.why for entry in reversed(entries)],
                "Import": [entry.id for entry in reversed(entries)],
            },
            dtype="str",
        )
        tables.show(table)
