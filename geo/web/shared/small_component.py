"""The small bundles of the player as components: a few kilobytes each, which travel with the page that has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import streamlit as st

import geo.player

_BUNDLES = Path(geo.player.__file__).with_name("dist")


@cache
def small_component(name: str, mount: str = "") -> Callable[..., Mapping[str, object]]:
    """The component of a bundle. name: of the bundle's file; mount: what it is mounted in, if not called as it is."""
    html = f'<div data-testid="{mount or name}-mount"></div>'
    # Streamlit takes a script of one line for a path.
    js = f"// Waybill\n{(_BUNDLES / f'{name}.js').read_text('utf-8')}"
    return st.components.v2.component(f"geo_{name}", html=html, js=js)
