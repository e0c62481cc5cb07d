"""Three ways through Waybill, step by step; the texts and pictures are those of docs/guide."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

from geo.web.shared import link

PACKAGE = Path(__file__).resolve().parents[2]
FOLDERS = (PACKAGE / "guide", PACKAGE.parent / "docs" / "guide")
"""In an installed wheel, and in a checkout."""
GUIDES = {
    "article-to-slide": "From an article to a slide",
    "your-own-csv": "Your own CSV",
    "sources-that-disagree": "Sources that disagree",
}
"""File -> title, in the order of the tabs."""
_PICTURE = re.compile(r"^!\[(?P<alt>[^\]]*)\]\((?P<file>[\w-]+\.png)\)$", re.MULTILINE)


def render() -> None:
    """A tab for each guide."""
    link.enter("guide")
    with st.container(key="guide"):
        st.html("<h2>Guide</h2>")
        for tab, name in zip(st.tabs(list(GUIDES.values())), GUIDES, strict=True):
            with tab:
                show(name)


def show(name: str) -> None:
    """One guide: its steps, with its pictures between them."""
    folder = next(each for each in FOLDERS if each.is_dir())
    _, _, text = (folder / f"{name}.md").read_text("utf-8").partition("\n")
    at = 0
    for found in _PICTURE.finditer(text):
        st.markdown(text[at : found.start()])
        st.image(folder / found["file"], caption=found["alt"], alt=found["alt"], width="stretch")
        at = found.end()
    st.markdown(text[at:])
