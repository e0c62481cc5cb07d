"""Text from a file, a link or a message, shown as the text that it is. A widget's options need `legible` alone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath, PureWindowsPath

import streamlit as st

from geo.errors import GeoError
from geo.safe_text import LRM, legible, web_link

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
LONGEST_NAME, LONGEST_ADDRESS = 60, 200
_BREAKS = re.compile(r"\s+")
_ADDRESS = re.compile(r":(?=//)|www(?=\.)|@", re.IGNORECASE)


def in_html(text: object) -> str:
    """`text` as HTML content or attribute value."""
    return html.escape(legible(str(text)), quote=True)


def link_html(text: str, label: str, title: str = "") -> str:
    """A link that says where it leads; what is no link stands there as text, and "" for nothing."""
    link = web_link(text)
    if link is None:
        return f'<span class="wb-address">{in_html(shortened(text))}</span>' if text.strip() else ""
    hover = f' title="{in_html(title)}"' if title else ""
    leads = f'<a href="{in_html(link.address)}" target="_blank" rel="noopener noreferrer"{hover}>{label}'
    return f'{leads} at <span class="wb-host">{in_html(link.host)}</span></a>'


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_ADDRESS else f"{text[:LONGEST_ADDRESS]}…"


def in_markdown(text: object) -> str:
    """`text` for Streamlit's markdown, where an image would otherwise be fetched from wherever it points.

    Markdown makes a link of an address even where its marks are escaped, so that one gets an invisible joiner.
    """
    return _PUNCTUATION.sub(r"\\\1", _ADDRESS.sub("\\g<0>\u2060", _BREAKS.sub(" ", legible(str(text)))))


def shown_name(name: str) -> str:
    """A file's name without folders, line ends and excess, nothing in it hidden; never used as a path."""
    base = PureWindowsPath(PurePosixPath(name).name).name
    # What closes a name in a line would stand after its suffix.
    clean = legible(" ".join(base.split())).removesuffix(LRM)
    return clean[:LONGEST_NAME] or "unnamed.csv"


@contextmanager
def in_words(hint: str = "") -> Iterator[None]:
    """Shows a GeoError from within, and what to do about it."""
    try:
        yield
    except GeoError as error:
        st.error(f"{in_markdown(error)}  \n{hint}" if hint else in_markdown(error))
