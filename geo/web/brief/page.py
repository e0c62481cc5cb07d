"""The Brief page: the picture as it will be exported, its words in place, checks, files, and briefs to reopen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.arrays import DAY, ONE_DAY
from geo.dataset.parts import Part
from geo.errors import GeoError
from geo.web.brief import callouts, downloads, draft, map_options, saved, story, viewfinder
from geo.web.brief import picture as pictures
from geo.web.shared import filters, imports, link, session, sidebar, told_twice
from geo.web.shared import link as links
from geo.web.shared.escaping import in_html, in_markdown, in_words
from geo.web.shared.link import OF_A_VIEW, Link, opening_link, publish, seconds_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from geo.player import Picked
    from geo.scene.scene import Scene

STYLE = Path(__file__).with_name("brief.css")
SIDES = (13, 6)
"""Parts of the width for the picture and for what can be done with it."""
NOTHING = (
    '<p class="wb-empty">The filters leave nothing to draw in this unit, so there is no picture. '
    "Widen them, choose another unit, or load a file on the Data page.</p>"
)
HANDLING = "Such as TLP:CLEAR. Printed at the top and at the bottom."


def render() -> None:
    """The whole page. What goes wrong on purpose is one plain sentence, and the page stays usable."""
    st.html(STYLE)
    with in_words():
        _page()


def _page() -> None:
    links.enter("brief")
    chosen, tables, notes = sidebar.in_sidebar()
    parts, _ = imports.parts()
    link, _ = opening_link()
    shown = session.shown(chosen, tables)
    if not shown.scene.corridors.id.size:
        st.html(NOTHING)
        filters.show_notes(notes)
        publish(Link(chosen, link.picked))
        return
    draft.of_data(chosen.data)
    base = pictures.base(chosen, tables, shown, parts)
    filters.show_note(shown.off)
    told_twice.show_note(chosen, tables)
    filters.show_readings_note(chosen)
    with st.container(key="brief_body"):
        left, right = st.columns(SIDES, gap="medium")
    with right:
        first = st.container(key="brief_first")
        asked, picked = _settings(base, link.picked)
        rest = st.container(key="brief_rest")
    with left:
        made, told = _plate(base, asked, first), None
        if made is not None:
            told = story.section(made[0], chosen, picked)
    room = rest
    if made is not None:
        with rest:
            room = _rest(*made, shown, parts)
    filters.show_notes(notes)
    publish(Link(chosen, picked))
    if made is not None:
        downloads.give_up(downloads.NEXT, story.KEY, made[0].key, *([told.key] if told else []))
        downloads.run_job(made[0], room)
    if told is not None:
        downloads.run_job(told, told.room, story.KEY)


def _settings(base: pictures.Base, picked: Picked) -> tuple[dict[str, Any], Picked]:
    """The widgets beside the picture. -> keys of a brief, and the same for the link."""
    scene = base.scene
    at = links.now(scene, picked.moment)
    _take_compared(scene, picked, at)
    frame, look = draft.frame(), draft.look()
    days = choose(scene, at)
    slides = len(days) > 1 and draft.slide_each()
    window = clock(picked)
    part = draft.view(on_map=picked.view is not None)
    view: Sequence[float] = ()
    if part == "map" and picked.view is not None:
        view = draft.bounds_of(picked.view)
    elif part == "own":
        view = draft.draft()["own_view"]
    picked = map_options.choose(picked, base.scene.corridors.id.size)
    asked = {
        "time.moments": days,
        "time.window": pictures.window_of(window) if window else "",
        "picture.frame": frame,
        "picture.look": look,
        "picture.largest": picked.largest,
        "picture.width": picked.width,
        "picture.paths": picked.paths,
        "picture.view": list(view),
        "picture.layers": list(picked.layers),
        "picture.locator": draft.draft()["locator"],
        "picture.scale": draft.draft()["scale"],
        "film.seconds": draft.film_length(),
        "slides": slides,
    }
    mode = "window" if window else "cumulative"
    return asked, replace(picked, moment=links.in_link(), mode=mode, window=window or picked.window)


def _plate(
    base: pictures.Base, asked: Mapping[str, Any], first: DeltaGenerator
) -> tuple[pictures.Pictures, pictures.Preview] | None:
    """The picture, and its words below it. first: the box of the button that most want."""
    picture = st.container(key="brief_picture")
    plain = {name: value for name, value in asked.items() if name != "slides"}
    told = plain | _words(pictures.title_of(pictures.make(base, plain)))
    with picture:
        try:
            made = pictures.make(base, told, slide_each=bool(asked["slides"]), callouts=callouts.shown())
            found = pictures.preview(made)
        except GeoError as error:
            st.error(in_markdown(error))
            return None
        viewfinder.show(made, found)
    callouts.section()
    with first:
        downloads.first_button(made, found.title)
    return made, found


def _words(made_title: str) -> dict[str, str]:
    """The words as a list, for those who would rather not write on the picture; both hold the same."""
    with st.expander("Edit all text", key="brief_words"):
        given = {"title": draft.words("title", "Title", made_title)}
        given["subtitle"] = draft.words("subtitle", "Subtitle", "None")
        given["note"] = draft.words("note", "Note", "None")
        given["handling"] = draft.words("handling", "Handling", "None", HANDLING)
    return {f"words.{name}": value for name, value in given.items()}


def _rest(
    made: pictures.Pictures, found: pictures.Preview, shown: session.Shown, parts: Sequence[Part]
) -> DeltaGenerator:
    """Checks, files, films and briefs. -> room for the bar of a film."""
    warnings = [*pictures.warnings(found, shown.graded), *saved.changed(made.brief)]
    if warnings:
        items = "".join(f"<li>{in_html(each)}</li>" for each in warnings)
        st.html(f'<h2 class="wb-heading">Check before sharing</h2><ul class="wb-checks">{items}</ul>')
    st.html('<h2 class="wb-heading">Other files</h2>')
    downloads.buttons(made, found.title)
    room = downloads.films(made, found.title)
    st.html('<h2 class="wb-heading">Briefs</h2>')
    if made.base.why:
        st.html(
            '<p class="wb-plain wb-note">This picture can be downloaded, but not saved as a brief. '
            f"{in_html(made.base.why)}</p>"
        )
        return room
    saved.show(story.whole(made.brief), draft.draft()["story_title"] or found.title, parts)
    return room


CLOCK, DAYS = f"{OF_A_VIEW}brief_clock", f"{OF_A_VIEW}brief_days"
CLOCKS = {"cumulative": "Cumulative", "window": "Last N days"}
_MOST_DAYS = 36_500
_USUAL_DAYS = 30


def clock(picked: Picked) -> float | None:
    """Seconds of the trailing window, or None: as the map has it, until it is changed here."""
    seconds = picked.window or _USUAL_DAYS * DAY
    st.session_state.setdefault(CLOCK, picked.mode or "cumulative")
    st.session_state.setdefault(DAYS, min(max(1, round(seconds / DAY)), _MOST_DAYS))
    mode = st.segmented_control(
        "Period", list(CLOCKS), key=CLOCK, format_func=lambda each: CLOCKS[each], required=True,
        help="Everything reported up to the moment, or only the last days before it.",
    )  # fmt: skip
    if mode != "window":
        return None
    days = st.number_input("Number of days", 1, _MOST_DAYS, key=DAYS)
    same = round(seconds / DAY) == days
    return float(seconds if same else days * DAY)


def choose(scene: Scene, at: int) -> list[str]:
    """The widgets. -> the moments as a brief has them; none is the end."""
    count = draft.maps()
    link.slider(scene, at)
    first, last = _span(scene)
    if count == 1 or (last - first).days + 1 < count:
        if count > 1:
            st.warning(f"The data cover fewer than {count} days, so there is one map.")
        return pictures.moment_of(scene, at)
    return _several(count, first, last, at)


def _take_compared(scene: Scene, picked: Picked, at: int) -> None:
    """Two maps of the days that the map page compares, once for each such pair; one map again when it compares none."""
    held = draft.draft()
    if held.get("beside", None) == picked.beside:
        return
    held["beside"] = picked.beside
    days: list[str] = []
    if picked.beside is not None:
        other = scene.start.timestamp() + seconds_of(scene, picked.beside)
        first, last = _span(scene)
        both = {min(max(_closed(moment), first), last) for moment in (int(other), at)}
        days = [f"{day:%Y-%m-%d}" for day in sorted(both)]
    draft.put("maps", 2 if len(days) == 2 else 1)
    draft.put("days", tuple(days) if len(days) == 2 else ())


def _closed(moment: int) -> date:
    """The day that a moment closes, or lies in."""
    return (datetime.fromtimestamp(moment, UTC) - timedelta(microseconds=1)).date()


def _several(count: int, first: date, last: date, at: int) -> list[str]:
    until = max(_closed(at), first + (count - 1) * ONE_DAY)
    even = spread(count, first, min(until, last))
    held = draft.draft()["days"]
    saved = [date.fromisoformat(each) for each in held if len(each) == len("2023-09-01")]
    begin = saved if len(saved) == count else even
    found = []
    columns = st.columns(2)
    for turn, each in enumerate(begin):
        with columns[turn % 2]:
            # A key of its own for each set of even days: moving the moment spreads the days anew.
            key = f"{draft.PREFIX}day_{count}_{turn}_{begin[0]}_{begin[-1]}"
            st.session_state.setdefault(key, min(max(each, first), last))
            found.append(
                st.date_input(f"Map {turn + 1}", key=key, min_value=first, max_value=last, format="YYYY-MM-DD")
            )
    days = sorted({each for each in found if isinstance(each, date)})
    if len(days) < count:
        st.error("Choose a different day for each map. Until then the days are spread evenly.")
        days = even
    return [f"{each:%Y-%m-%d}" for each in days]


def spread(count: int, first: date, last: date) -> list[date]:
    """So many days, evenly from the first to the last, the last among them and the first not unless it must be."""
    whole = (last - first).days + 1
    return [first + timedelta(days=whole * turn // count - 1) for turn in range(1, count + 1)]


def _span(scene: Scene) -> tuple[date, date]:
    end = scene.start + timedelta(seconds=scene.seconds) - timedelta(microseconds=1)
    return scene.start.date(), end.date()
