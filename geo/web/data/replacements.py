"""A file that contains an earlier import says so, and replaces it with one click: a withdrawal, which can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from geo import formatting
from geo.dataset import told_twice
from geo.dataset.dataset import data_set, key_of
from geo.dataset.parts import Part
from geo.errors import LibraryError
from geo.web.data.upload import Held, kind_of
from geo.web.shared import imports
from geo.web.shared.cache import cache_for
from geo.web.shared.escaping import in_html, in_markdown

if TYPE_CHECKING:
    from geo.dataset.told_twice import Overlap

KEEP, REPLACE = "Keep both", "Replace it"
Found = tuple[Part, "Overlap"]


def show(held: Held, own: Part, loaded: Sequence[Part]) -> None:
    """How many of a file's rows each earlier import has already, and where it has them all: replace it, or keep both?

    own: the file as a part. loaded: the parts that count now.
    """
    for earlier, overlap in _overlaps(held, own, loaded):
        rows = formatting.counted(formatting.number(overlap.rows), "row")
        said = f"{formatting.number(overlap.shared)} of {rows} are already in {earlier.name} and count once."
        if not overlap.contains or earlier.private:
            st.html(f'<p class="wb-file" role="status">{in_html(said)}</p>')
            continue
        st.segmented_control(
            f"{in_markdown(said)} Replace {in_markdown(earlier.name)}, or keep both?",
            (REPLACE, KEEP),
            default=KEEP,
            required=True,
            key=_key(held, earlier.id),
            help="It is withdrawn once this file is loaded. Restore it under Imports to undo that.",
        )


def replace(held: Held, notes: list[str]) -> None:
    """Withdraws what its user chose to replace, now that the file is kept. notes: gets a sentence for each."""
    made, _ = imports.imports()
    for each in made:
        if st.session_state.get(_key(held, each.id)) != REPLACE or each.withdrawn:
            continue
        try:
            imports.library().withdraw(each.id, f"replaced by {held.name}")
            notes.append(f"{each.name} was replaced by {held.name}. To undo that, restore it on the Data page.")
        except LibraryError as error:
            notes.append(f"{each.name} was not replaced. {error}")


def _key(held: Held, identifier: str) -> str:
    return held.key(f"replace_{identifier}")


def _overlaps(held: Held, own: Part, loaded: Sequence[Part]) -> list[Found]:
    """The earlier imports of legs that tell some of a file's rows; it itself, loaded before, is none of them."""
    if kind_of(held) != "legs":
        return []
    earlier = {part.id: part for part in loaded if part.kind == "legs" and part.sha256 != own.sha256}
    if not earlier:
        return []
    parts = [*earlier.values(), own]
    cache = cache_for(private=True)
    data = cache.get("overlaps", (key_of(parts), held.turn), lambda: data_set(parts))
    found = [each for each in told_twice.overlaps(data) if data.leg_parts[each.part] == own.id]
    return [(earlier[data.leg_parts[each.other]], each) for each in found]
