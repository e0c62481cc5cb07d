"""The Brief page: the picture as it will be exported, its words in place, checks, files, and briefs to reopen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.errors import GeoError
from geo.web import choosing, filters, session, shelf, state, switches
from geo.web.briefing import asking, checks, files, looking, making, moments, saved, viewfinder
from geo.web.evidence import moment
from geo.web.failing import in_words
from geo.web.plain import in_html, in_markdown
from geo.web.state import Filters, Link, opening_link, publish

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from geo.player import Picked

STYLE = Path(__file__).with_name("brief.css")
SIDES = (13, 6)
"""Parts of the width for the picture and for what can be done with it."""
NOTHING = (
    '<p class="wb-empty">The filters leave nothing to draw in this unit, so there is no picture. '
    "Widen them, choose another unit, or load a file on the Data page.</p>"
)
HANDLING = "Such as TLP:CLEAR. It stands above and below everything."


def render() -> None:
    """The whole page. What goes wrong on purpose is one plain sentence, and the page stays usable."""
    st.html(STYLE)
    with in_words():
        _page()


def _page() -> None:
    state.enter("brief")
    chosen, tables, notes = choosing.in_sidebar()
    parts, _ = shelf.parts()
    link, _ = opening_link()
    shown = session.shown(tables.key, chosen, tables)
    if not shown.scene.corridors.id.size:
        st.html(NOTHING)
        filters.show_notes(notes)
        publish(Link(chosen, link.picked))
        return
    base = making.base(chosen, tables, shown, parts)
    switches.show_note(shown.off)
    with st.container(key="brief_body"):
        left, right = st.columns(SIDES, gap="medium")
    with right:
        first = st.container(key="brief_first")
        asked, window = _settings(base, link.picked)
        rest = st.container(key="brief_rest")
    with left:
        made = _plate(base, asked, first)
    room = rest
    if made is not None:
        with rest:
            room = _rest(*made, shown, parts)
    filters.show_notes(notes)
    _publish(chosen, link, window)
    if made is not None:
        files.run_job(made[0], room)


def _settings(base: making.Base, picked: Picked) -> tuple[dict[str, Any], float | None]:
    """The widgets beside the picture. -> keys of a brief, and the trailing window in seconds."""
    scene = base.scene
    at = moment.now(scene, picked.moment)
    frame, look = asking.frame(), asking.look()
    days = moments.choose(scene, at)
    slides = len(days) > 1 and asking.slide_each()
    window = moments.clock(picked)
    part = asking.view(on_map=picked.view is not None)
    view: Sequence[float] = ()
    if part == "map" and picked.view is not None:
        view = looking.bounds_of(picked.view)
    elif part == "own":
        view = asking.draft()["own_view"]
    asked = {
        "time.moments": days,
        "time.window": making.window_of(window) if window else "",
        "picture.frame": frame,
        "picture.look": look,
        "picture.view": list(view),
        "film.seconds": asking.film_length(),
        "slides": slides,
    }
    return asked, window


def _plate(
    base: making.Base, asked: Mapping[str, Any], first: DeltaGenerator
) -> tuple[making.Made, checks.Preview] | None:
    """The picture, and its words below it. first: the box of the button that most want."""
    picture = st.container(key="brief_picture")
    plain = {name: value for name, value in asked.items() if name != "slides"}
    told = plain | _words(making.title_of(making.make(base, plain)))
    with picture:
        try:
            made = making.make(base, told, slide_each=bool(asked["slides"]))
            found = checks.preview(made)
        except GeoError as error:
            st.error(in_markdown(error))
            return None
        viewfinder.show(made, found)
    with first:
        files.first_button(made, found.title)
    return made, found


def _words(made_title: str) -> dict[str, str]:
    """The words as a list, for those who would rather not write on the picture; both hold the same."""
    with st.expander("All words", key="brief_words"):
        given = {"title": asking.words("title", "Title", made_title)}
        given["subtitle"] = asking.words("subtitle", "Subtitle", "None")
        given["note"] = asking.words("note", "Note", "None")
        given["handling"] = asking.words("handling", "Handling", "None", HANDLING)
    return {f"words.{name}": value for name, value in given.items()}


def _rest(
    made: making.Made, found: checks.Preview, shown: session.Shown, parts: Sequence[shelf.Part]
) -> DeltaGenerator:
    """Checks, files, films and briefs. -> room for the bar of a film."""
    warnings = [*checks.warnings(found, shown.graded), *saved.changed(made.brief)]
    if warnings:
        items = "".join(f"<li>{in_html(each)}</li>" for each in warnings)
        st.html(f'<h2 class="wb-heading">Before it leaves</h2><ul class="wb-checks">{items}</ul>')
    st.html('<h2 class="wb-heading">Other files</h2>')
    files.buttons(made, found.title)
    room = files.films(made, found.title)
    st.html('<h2 class="wb-heading">Briefs</h2>')
    if made.base.why:
        st.html(
            '<p class="wb-plain wb-note">This picture can be downloaded, but not saved as a brief. '
            f"{in_html(made.base.why)}</p>"
        )
        return room
    saved.show(made.brief, found.title, parts)
    return room


def _publish(chosen: Filters, link: Link, window: float | None) -> None:
    picked = replace(link.picked, moment=moment.in_link(), mode="window" if window else "cumulative")
    publish(Link(chosen, replace(picked, window=window or link.picked.window)))
