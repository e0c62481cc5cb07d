"""Claimants and reports that the reader switched off: nothing that is drawn or told is made of what they say."""

from __future__ import annotations

import hashlib

import streamlit as st

from geo.scene.words import counted, number
from geo.web.state import WIDGETS, Filters, Texts

CLAIMANTS, REPORTS = f"{WIDGETS}off_claimants", f"{WIDGETS}off_reports"
_MARK = f"{WIDGETS}switch_"


def off(first: Filters) -> tuple[Texts, Texts]:
    """Claimants and report ids that are switched off. They are those of `first` until the reader uses a switch."""
    claimants: Texts = st.session_state.setdefault(CLAIMANTS, first.without_claimant)
    reports: Texts = st.session_state.setdefault(REPORTS, first.without_report)
    return claimants, reports


def off_now() -> tuple[Texts, Texts]:
    """Claimants and reports that are off, after `off` was asked once."""
    return st.session_state.get(CLAIMANTS, ()), st.session_state.get(REPORTS, ())


def show(label: str, where: str, value: str, *, disabled: bool = False, bold: bool = False) -> None:
    """One switch. label: markdown; where: `CLAIMANTS` or `REPORTS`; value: which of them."""
    digest = hashlib.blake2b(f"{where}\x1f{value}".encode(), digest_size=8).hexdigest()
    key = _MARK + digest
    st.session_state[key] = value not in st.session_state.get(where, ())
    widget = st.toggle if bold else st.checkbox
    widget(label, key=key, disabled=disabled, on_change=_flip, args=(key, where, value))


def _flip(key: str, where: str, value: str) -> None:
    others = tuple(each for each in st.session_state.get(where, ()) if each != value)
    st.session_state[where] = others if st.session_state[key] else (*others, value)


def all_on() -> None:
    """Switches everything on."""
    st.session_state[CLAIMANTS] = st.session_state[REPORTS] = ()


def show_note(count: int) -> None:
    """How many reports are switched off, and one click that switches them on; nothing where none is."""
    if not count:
        return
    with st.container(key="switched_off", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(
            f'<p class="wb-off" role="status">{counted(number(count), "report")} switched off: '
            "nothing here is made of what they say.</p>"
        )
        st.button("Switch all on", key="switch_all_on", type="tertiary", on_click=all_on)
