"""What the first page needs, made when the server starts and not while its reader waits."""

from __future__ import annotations

import gc
import logging
from importlib import import_module

from streamlit import runtime

from geo import player
from geo.data_folder import FOUNDING
from geo.errors import GeoError
from geo.web.shared.page_frame import compress_all

PAGES = ("map", "evidence", "brief", "data", "method", "guide")


def warm() -> None:
    """Loads the pages and all that they import, tells Streamlit of the player, and makes the scene that opens.

    What goes wrong here goes wrong again on the page, which says so. All that is there then stays with the server:
    Streamlit collects garbage after each run of a page, and need not look through it each time.
    """
    if runtime.exists():
        player.tell()
    compress_all()
    for name in PAGES:
        import_module(f"geo.web.{name}.page")
    try:
        _scene()
    except GeoError:
        logging.getLogger(__name__).debug("The opening scene could not be made at the start.", exc_info=True)
    gc.collect()
    gc.freeze()


def _scene() -> None:
    from geo.web.shared import session
    from geo.web.shared.filters import possible
    from geo.web.shared.link import Filters

    tables = session.data_of([], FOUNDING)
    chosen, _ = possible(Filters(), tables, session.choices(tables))
    session.shown(chosen, tables)
