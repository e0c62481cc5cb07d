"""Saved views: a name for what the map shows, kept beside the library and opened again with one click."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

import streamlit as st

from geo.errors import GeoError
from geo.library.store import Store
from geo.web.shared import history, imports
from geo.web.shared import link as links
from geo.web.shared.escaping import in_html, in_markdown
from geo.web.shared.link import WIDGETS, Link

FOLDER, FILE = "views", "view.json"
KEY, NOTE, NAME = f"{WIDGETS}views", f"{WIDGETS}views_note", f"{WIDGETS}views_name"
MOST = 50
"""Views that are listed; more are kept, and a sentence says so."""
LONGEST_NAME = 80
LARGEST = 100_000
"""Bytes of a view's file that are read."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """id: of the folder that holds it."""

    id: str
    name: str
    link: Link


def listed(store: Store) -> list[SavedView]:
    """All that can be read, by name; what somebody else put there is left out. Raises LibraryError."""
    views = [_read(store, name) for name, is_folder in store.names(FOLDER).items() if is_folder]
    return sorted(filter(None, views), key=lambda view: (view.name.casefold(), view.id))


def save(store: Store, name: str, link: Link) -> SavedView:
    """A view under a name; the same under the same name is there already. Raises LibraryError."""
    content = json.dumps({"name": name, "link": links.write_link(link)}, ensure_ascii=False, sort_keys=True).encode()
    identifier = hashlib.sha256(content).hexdigest()[:16]
    store.put_once(f"{FOLDER}/{identifier}/{FILE}", content)
    return SavedView(identifier, name, link)


def remove(store: Store, view: SavedView) -> None:
    """Takes a view away."""
    store.discard(f"{FOLDER}/{view.id}")


def _read(store: Store, identifier: str) -> SavedView | None:
    path = f"{FOLDER}/{identifier}/{FILE}"
    try:
        with store.opened(path) as file:
            told = json.loads(file.read(LARGEST))
        query = {str(key): [str(each) for each in values] for key, values in told["link"].items()}
        return SavedView(identifier, str(told["name"])[:LONGEST_NAME], links.read_link(query)[0])
    except (GeoError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def show(link: Link, title: str) -> None:
    """One button: a line to save what is shown, and all that was saved. title: a name to begin with."""
    box = st.popover("Views", icon=":material/bookmark:", type="tertiary", key=KEY, on_change="rerun")
    if not box.open:
        return
    with box:
        try:
            _save_line(link, title)
            _saved(listed(imports.library().store))
        except GeoError as error:
            st.error(in_markdown(error))


def _save_line(link: Link, title: str) -> None:
    with st.container(key="views_save", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input("Name", key=NAME, placeholder=title[:60], max_chars=LONGEST_NAME, autocomplete="off")
        st.button("Save this view", on_click=_save, args=(link, title))
    if note := st.session_state.pop(NOTE, ""):
        st.html(f'<p class="wb-plain" role="status">{in_html(note)}</p>')


def _save(link: Link, title: str) -> None:
    name = " ".join(str(st.session_state.get(NAME) or title).split())[:LONGEST_NAME]
    try:
        save(imports.library().store, name, link)
        st.session_state[NAME] = ""
    except GeoError as error:
        st.session_state[NOTE] = str(error)


def _saved(views: list[SavedView]) -> None:
    if not views:
        st.html('<p class="wb-plain">A view keeps filters, clock and map. None is saved yet.</p>')
        return
    with st.container(key="views_list"):
        for view in views[:MOST]:
            name = in_markdown(view.name)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button(name, key=f"view_{view.id}", type="tertiary", help="Open", on_click=_open, args=(view,))
                st.button(
                    "Remove", key=f"view_remove_{view.id}", type="tertiary", on_click=_remove, args=(view,),
                    help=f"Remove {name}",
                )  # fmt: skip
    if len(views) > MOST:
        st.html(f'<p class="wb-plain">{len(views) - MOST:,} more are saved. Remove some to see them.</p>')


def _open(view: SavedView) -> None:
    history.go(view.link)


def _remove(view: SavedView) -> None:
    try:
        remove(imports.library().store, view)
    except GeoError as error:
        st.session_state[NOTE] = str(error)
