"""The map: filters in the sidebar, the player, the reports behind it, and the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from geo import formatting, player
from geo.brief.plate import captions
from geo.dataset.dataset import DataSet
from geo.dataset.selection import MODE_NAMES
from geo.parsing.admiralty import grade
from geo.player import PathKind, Picked
from geo.safe_text import web_link
from geo.scene import moment
from geo.scene.moment import Moment
from geo.scene.scene import Scene
from geo.tables.counted_legs import counts
from geo.web.map import compare, share, why
from geo.web.shared import cards, filters, session, sidebar, tables, told_twice
from geo.web.shared import link as links
from geo.web.shared.background import Work
from geo.web.shared.escaping import in_markdown, in_words
from geo.web.shared.link import Filters, Link, initial, opening_link, publish

NOTHING = (
    '<p class="wb-empty">The filters leave nothing to draw in this unit. '
    "Widen them, choose another unit, or load a file on the Data page.</p>"
)
POLL_S = 2.0
"""Between two looks at how far the work is that the page waits for."""
HEIGHT = 780
"""CSS pixels where the window is of the usual size; sidebar.css follows the window from there."""


def render() -> None:
    """The whole page. What goes wrong on purpose is one plain sentence, and the page stays usable."""
    with in_words("Change the filters, or withdraw the last import on the Data page, then go on."):
        _page()


def _page() -> None:
    links.enter("map")
    chosen, tables, notes = sidebar.in_sidebar()
    link, _ = opening_link()
    shown = session.shown(chosen, tables)
    filters.show_note(shown.off)
    told_twice.show_note(chosen, tables)
    filters.show_readings_note(chosen)
    paths = links.now_paths(link.picked)
    routed = session.with_paths(shown, paths, chosen, tables)
    looking = routed if isinstance(routed, Work) else None
    shown = shown if isinstance(routed, Work) else routed
    two = compare.chosen(shown.scene, link.picked)
    picked = compare.stage(shown, link, chosen, tables) if two else _stage(shown, link, chosen, tables, paths)
    if picked.paths != paths:
        # The reader has just chosen the others: the browser gets them now.
        publish(Link(chosen, picked))
        st.rerun()
    share.show(shown, tables, chosen, picked, moment_of(shown.scene, picked))
    if looking is not None:
        with st.container(key="looking"):
            _looking(looking)
    filters.show_notes(notes)
    show(shown.scene, shown.legs, shown.totals, tables.names, picked)
    publish(Link(chosen, picked))


@st.fragment(run_every=POLL_S)
def _looking(work: Work) -> None:
    """How far the work is that the map waits for, over its lower edge; once it is over the page runs with what it made.

    Until then the map draws arcs.
    """
    if work.over.is_set():
        st.rerun()
    work.want()
    st.progress(min(max(work.share, 0.0), 1.0), text=f"Looking for routes by sea: {in_markdown(work.doing)}")


def _stage(shown: session.Shown, link: Link, chosen: Filters, tables: DataSet, paths: PathKind) -> Picked:
    """Player and cards side by side. -> what the reader settled on, or what the link said until then.

    chosen: of another data set than before the browser tells nothing until it has drawn it. paths: what the browser is
    given to draw.
    """
    data = chosen.data
    with st.container(key="stage"):
        map_side, card_side = st.columns([3, 1], gap="small")
        with map_side:
            picked = player.mount(shown.wire, key="map", height=HEIGHT, initial=initial(link.picked), data=data)
            if shown.scene.corridors.id.size == 0:
                st.html(NOTHING)
        if st.session_state.get("stage_data", data) != data:
            st.session_state["stale"] = picked
        st.session_state["stage_data"] = data
        stale = st.session_state.get("stale") == picked
        if stale or (picked == Picked() and not st.session_state.get("settled")):
            picked = replace(link.picked, paths=paths)
        else:
            st.session_state["settled"] = True
        with card_side:
            _why(shown, tables, chosen, picked)
            cards.show(shown.scene, shown.totals, shown.graded, picked.selected)
    return picked


def _why(shown: session.Shown, tables: DataSet, chosen: Filters, picked: Picked) -> None:
    window = picked.window if picked.mode == "window" else None
    why.show(shown, tables, chosen, picked.selected, moment_of(shown.scene, picked), window)


MOST_ROWS = 5_000
"""Rows of a table on the page: more make the browser slow, and nobody reads them. The caption says so."""
CONTESTED, INSIDE = "contested", "part of a larger route"
NO_TOTALS = "No total matches the filters. A total says how many moved over a period."
NO_LEGS = (
    "No single voyage, train or flight is reported here. Each is one row, with its day of departure. "
    "Load a CSV with the columns origin, destination, depart and containers to see some."
)


def moment_of(scene: Scene, picked: Picked) -> float:
    """The settled moment in seconds since the scene's start; the end of the span where none is settled."""
    return links.seconds_of(scene, picked.moment)


def at(scene: Scene, picked: Picked) -> Moment:
    """What the map shows when it rests."""
    return moment.at(scene, moment_of(scene, picked), picked.window if picked.mode == "window" else None)


def corridor_table(scene: Scene, picked: Picked) -> pd.DataFrame:
    """Containers per corridor at the settled moment: From, To, Mode, Low, Best, High, Note; the largest first.

    High is missing where it is open. Note says where sources contradict each other, and what lies inside another.
    """
    shown, corridors, names = at(scene, picked), scene.corridors, scene.places.name
    table = pd.DataFrame(
        {
            "From": names[corridors.origin] if corridors.id.size else [],
            "To": names[corridors.destination] if corridors.id.size else [],
            "Mode": [_mode(mode) for mode in corridors.mode],
            "Low": shown.low,
            "Best": shown.best,
            "High": np.where(np.isinf(shown.high), np.nan, shown.high),
            "Note": [
                ", ".join(filter(None, (CONTESTED if contested else "", INSIDE if inside.size else "")))
                for contested, inside in zip(shown.contested, corridors.inside, strict=True)
            ],
        }
    )
    return table.sort_values("Best", ascending=False, kind="stable", ignore_index=True)


def sentence(scene: Scene, picked: Picked) -> str:
    """What is shown and as of when, in one line: the player's header says the same while the clock runs."""
    t, shown = moment_of(scene, picked), at(scene, picked)
    span = captions.stretch_words(scene, t, picked.window if picked.mode == "window" else None)
    told = f"{captions.corridor_name(scene, scene.lead)} " if scene.lead >= 0 and shown.visible > 1 else ""
    drawn = formatting.counted(formatting.number(float(scene.reports.drawn.sum())), "report")
    said = f"{told}{shown.total.said(scene.unit)}, {captions.routes(shown)}"
    return f"{scene.title}. {span[:1].upper()}{span[1:]}: {said}, {drawn} on the map. Times are UTC."


def show(scene: Scene, legs: pd.DataFrame, totals: pd.DataFrame, names: Mapping[str, str], picked: Picked) -> None:
    """Three tabs. Sorting is the browser's own: a click on a column's head."""
    single = formatting.units(formatting.leg_name(legs["mode"])).capitalize()
    corridors, total_tab, leg_tab = st.tabs(["Routes", f"Totals ({len(totals):,})", f"{single} ({len(legs):,})"])
    with corridors:
        st.caption(in_markdown(sentence(scene, picked)))
        table = corridor_table(scene, picked)
        _frame(table, "corridors", _AMOUNTS, "No route is on the map.")
        if table["High"].isna().any():
            st.caption("Empty “High”: no upper limit reported.")
    with total_tab:
        st.caption("Totals overlap, so they are never added up. The Evidence page shows what they allow together.")
        _frame(total_table(totals, names), "totals", _TOTAL_COLUMNS, NO_TOTALS)
    with leg_tab:
        _frame(leg_table(legs, names), "legs", _LEG_COLUMNS, NO_LEGS)


def leg_table(legs: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Legs for reading: places by name, modes by word, an open high empty, links only into the web.

    Of a movement that several rows tell, all are here with their own figures, and a column says which are not added.
    """
    again = {} if counts(legs).all() else {"Told twice": np.where(counts(legs), "", "counted with another row")}
    return pd.DataFrame(
        {
            "From": _names(legs["origin"], names),
            "To": _names(legs["destination"], names),
            "Departs": legs["depart"],
            "Arrives": legs["arrive"],
            "Low": legs["containers_low"],
            "Best": legs["containers_best"],
            "High": legs["containers_high"].replace(np.inf, np.nan),
            "Unit": legs["unit"].map(formatting.unit_name),
            "Mode": legs["mode"].map(_mode),
            "Vessel": legs["vessel"],
            "Cargo": legs["cargo"],
            "Source": legs["claimant"],
            **again,
            "Published by": legs["outlet"],
            "Said on": legs["said_on"],
            "Grade": _grades(legs),
            "Words": legs["words"],
            "nm": legs["length_nm"],
            **_links(legs["url"]),
        }
    )


def total_table(totals: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Totals for reading; From and To are areas as often as places."""
    return pd.DataFrame(
        {
            "Source": totals["claimant"],
            "Published by": totals["outlet"],
            "Said on": totals["said_on"],
            "From": _names(totals["origin"], names),
            "To": _names(totals["destination"], names),
            "Window": totals["window_words"],
            "Quantity": totals["quantity_words"],
            "Low": totals["low"],
            "Best": totals["best"],
            "High": totals["high"].replace(np.inf, np.nan),
            "Unit": totals["unit"].map(formatting.unit_name),
            "Mode": totals["mode"].map(_mode),
            "Cargo": totals["cargo"],
            "Nature": totals["nature"],
            "Part of": totals["part_of"],
            "Grade": _grades(totals),
            "Words": totals["words"],
            "Note": totals["note"],
            **_links(totals["url"]),
        }
    )


def _mode(number: int) -> str:
    return (MODE_NAMES.get(int(number), "") or "not stated").capitalize()


def _grades(table: pd.DataFrame) -> list[str]:
    return [grade(*halves) for halves in zip(table["reliability"], table["credibility"], strict=True)]


def _links(given: pd.Series) -> dict[str, pd.Series]:
    """The addresses of links, and beside them as text what is none."""
    found = given.map(web_link)
    return {
        "Link": found.map(lambda link: link.address if link else None),
        "Address": given.astype(object).where(found.isna(), ""),
    }


def _names(codes: pd.Series, names: Mapping[str, str]) -> pd.Series:
    return codes.astype(object).map(lambda code: names.get(code, code))


_DAY = st.column_config.DateColumn(format="D MMM YYYY")
_COUNT = st.column_config.NumberColumn(format="localized", step=1)
_LINK = st.column_config.LinkColumn(display_text=r"https?://([^/?#]*)")
"""Its host is what a link says: `geo.safe_text` writes it so that this finds it."""
_HELP = {
    "Low": "The least that the reports allow",
    "Best": "Best estimate",
    "High": "The most that the reports allow; empty where no upper limit is reported",
    "Source": "Who says so: column claimant of a file",
    "Published by": "Who printed it: column outlet of a file",
}
_AMOUNTS = {
    name: st.column_config.NumberColumn(format="localized", step=1, help=_HELP[name])
    for name in ("Low", "Best", "High")
}
_PEOPLE = {name: st.column_config.TextColumn(help=_HELP[name]) for name in ("Source", "Published by")}
_TOTAL_COLUMNS = {**_AMOUNTS, **_PEOPLE, "Said on": _DAY, "Link": _LINK}
_LEG_COLUMNS = {**_AMOUNTS, **_PEOPLE, "Said on": _DAY, "Departs": _DAY, "Arrives": _DAY, "nm": _COUNT, "Link": _LINK}


def _frame(table: pd.DataFrame, name: str, columns: tables.Columns, nothing: str) -> None:
    if table.empty:
        st.html(f'<p class="wb-empty">{nothing}</p>')
        return
    # A column that holds nothing only pushes the others off the screen.
    told = [each for each in table if not table[each].isna().all() and not (table[each].astype(str) == "").all()]
    tables.show(table.loc[: MOST_ROWS - 1, told], columns, placeholder="–")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        tables.download_csv("Download CSV", lambda: table[told], f"{name}.csv", f"table_{name}")
        if len(table) > MOST_ROWS:
            st.caption(f"The first {MOST_ROWS:,} of {len(table):,} rows are shown; the download holds them all.")
