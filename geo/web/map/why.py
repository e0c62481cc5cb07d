"""Why the figures of the routes that are selected are what they are, beside the map."""

from __future__ import annotations

import numpy as np
import streamlit as st

from geo.brief.formats import page_why
from geo.dataset.dataset import DataSet
from geo.dataset.selection import Selection
from geo.web.shared.session import Shown

MOST_ROUTES = 6
NOTHING = '<p class="wb-plain">No report says how much moved here by this moment.</p>'


def show(
    shown: Shown, data: DataSet, chosen: Selection, selected: tuple[str, ...], t: float, window: float | None
) -> None:
    """The sums, the readings and the legs behind each selected route's figure; nothing where none is selected.

    selected: ids of corridors. t, window: seconds, as `geo.scene.moment.at` takes them.
    """
    rows = set(np.flatnonzero(np.isin(shown.scene.corridors.id, selected)).tolist())
    if not rows:
        return
    grounds = shown.grounds(data, chosen)
    body = page_why.routes(grounds, shown.scene, t, window, most=MOST_ROUTES, among=rows, beside_cards=True)
    title = "Why this figure" if len(rows) == 1 else "Why these figures"
    st.html(f'<section class="wb-why"><h2 class="wb-heading">{title}</h2>{body or NOTHING}</section>')
