"""What goes wrong on purpose, as one plain sentence on a page that stays usable."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from geo.errors import GeoError
from geo.web.plain import in_markdown


@contextmanager
def in_words(hint: str = "") -> Iterator[None]:
    """Shows a GeoError from within, and what to do about it."""
    try:
        yield
    except GeoError as error:
        st.error(f"{in_markdown(error)}  \n{hint}" if hint else in_markdown(error))
