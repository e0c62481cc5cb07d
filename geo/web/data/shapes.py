"""A file whose rows are no legs as they stand: what they are, the button that has them remade, and the way back."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo.web.data.upload import Held
from geo.web.shared.escaping import in_html

OTHERWISE = "If the rows are something else, choose below what they are."


def show(held: Held) -> None:
    """What its rows are, with what can be made of them; once it is made, the way back to the rows as they stand."""
    sheet = held.glance
    if sheet is None or held.error:
        return
    if sheet.dialect.shape:
        st.button(
            "Take the rows as they stand",
            key=held.key(f"unshaped_{held.looks}"),
            type="tertiary",
            on_click=held.read_as,
            args=(replace(sheet.dialect, shape=""), sheet.dialect.sheet),
        )
        return
    shape = held.proposal.shape if held.proposal is not None else None
    if shape is None:
        return
    st.html(
        f'<div class="wb-understood"><p>{in_html(shape.what)}</p></div>'
        f'<p class="wb-empty">{in_html(shape.rule)} {OTHERWISE}</p>'
    )
    if shape.offered:
        st.button(
            shape.offer,
            key=held.key(f"shape_{held.looks}"),
            type="primary",
            on_click=held.read_as,
            args=(replace(sheet.dialect, shape=shape.name), sheet.dialect.sheet),
        )
