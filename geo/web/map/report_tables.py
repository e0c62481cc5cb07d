"""The tables below the map: routes with their figures at the moment, totals, and single voyages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from zlib import crc32

import numpy as np
import pandas as pd
import streamlit as st

from geo import formatting
from geo.arrays import Ints
from geo.brief.plate import captions
from geo.dataset.selection import MODE_NAMES
from geo.parsing.admiralty import grade
from geo.player import Picked
from geo.safe_text import web_link
from geo.scene import moment
from geo.scene.moment import Moment
from geo.scene.scene import Scene
from geo.tables.counted_legs import counts
from geo.web.shared import tables
from geo.web.shared.escaping import in_markdown
from geo.web.shared.link import seconds_of

MOST_ROWS = 5_000
"""Rows of a table on the page: more make the browser slow, and nobody reads them. The caption says so."""
CONTESTED, INSIDE = "contested", "part of a larger route"
NO_TOTALS = "No total matches the filters. A total says how many moved over a period."
NO_LEGS = (
    "No single voyage, train or flight is reported here. Each is one row, with its day of departure. "
    "Load a CSV with the columns origin, destination, depart and containers to see some."
)


def at(scene: Scene, picked: Picked) -> Moment:
    """What the map shows when it rests."""
    return moment.at(scene, seconds_of(scene, picked.moment), picked.window if picked.mode == "window" else None)


def corridor_table(scene: Scene, picked: Picked) -> pd.DataFrame:
    """Containers per corridor at the settled moment: From, To, Mode, Low, Best, High, Note; the largest first.

    High is missing where it is open. Note says where sources contradict each other, and what lies inside another.
    """
    shown, corridors, names = at(scene, picked), scene.corridors, scene.places.name
    return (
        pd.DataFrame(
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
        .iloc[largest_first(scene, picked)]
        .reset_index(drop=True)
    )


def largest_first(scene: Scene, picked: Picked) -> Ints:
    """The rows of the corridors by their best figure at the settled moment."""
    return np.argsort(-at(scene, picked).best, kind="stable")


def sentence(scene: Scene, picked: Picked) -> str:
    """What is shown and as of when, in one line: the player's header says the same while the clock runs."""
    t, shown = seconds_of(scene, picked.moment), at(scene, picked)
    span = captions.stretch_words(scene, t, picked.window if picked.mode == "window" else None)
    told = f"{captions.corridor_name(scene, scene.lead)} " if scene.lead >= 0 and shown.visible > 1 else ""
    drawn = formatting.counted(formatting.number(float(scene.reports.drawn.sum())), "report")
    said = f"{told}{shown.total.said(scene.unit)}, {captions.routes(shown)}"
    return f"{scene.title}. {span[:1].upper()}{span[1:]}: {said}, {drawn} on the map. Times are UTC."


def show(
    scene: Scene, legs: pd.DataFrame, totals: pd.DataFrame, names: Mapping[str, str], picked: Picked
) -> str | None:
    """Three tabs. Sorting is the browser's own: a click on a column's head. -> the id of the route that is chosen."""
    single = formatting.units(formatting.leg_name(legs["mode"])).capitalize()
    corridors, total_tab, leg_tab = st.tabs(["Routes", f"Totals ({len(totals):,})", f"{single} ({len(legs):,})"])
    with corridors:
        st.caption(in_markdown(sentence(scene, picked)))
        table = corridor_table(scene, picked)
        routes = scene.corridors.id[largest_first(scene, picked)].tolist()
        row = _frame(lambda most: table[:most], len(table), "corridors", _AMOUNTS, "No route is on the map.", of=routes)
        if table["High"].isna().any():
            st.caption("Empty “High”: no upper limit reported.")
    with total_tab:
        st.caption("Totals overlap, so they are never added up. The Evidence page shows what they allow together.")
        _frame(lambda most: total_table(totals[:most], names), len(totals), "totals", _TOTAL_COLUMNS, NO_TOTALS)
    with leg_tab:
        _frame(lambda most: leg_table(legs[:most], names), len(legs), "legs", _LEG_COLUMNS, NO_LEGS)
    return None if row is None else str(routes[row])


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


def _frame(
    made: Callable[[int | None], pd.DataFrame],
    rows: int,
    name: str,
    columns: tables.Columns,
    nothing: str,
    *,
    of: Sequence[str] | None = None,
) -> int | None:
    """made: gives the first of some rows, all for None. of: what each is of, where one can be chosen. -> that row.

    Of a million legs no more are made ready than are shown: the page asks for its tables at every click.
    """
    if not rows:
        st.html(f'<p class="wb-empty">{nothing}</p>')
        return None
    part, chosen = _telling(made(MOST_ROWS)), None
    if of is not None:
        # In another order another route stands in the chosen row: then none is chosen.
        chosen = tables.choose(part, f"rows_{name}_{crc32(' '.join(of).encode())}", columns, placeholder="–")
    else:
        tables.show(part, columns, placeholder="–")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        tables.download_csv("Download CSV", lambda: _telling(made(None)), f"{name}.csv", f"table_{name}")
        if rows > MOST_ROWS:
            st.caption(f"The first {MOST_ROWS:,} of {rows:,} rows are shown; the download holds them all.")
    return chosen


def _telling(table: pd.DataFrame) -> pd.DataFrame:
    """Without columns that hold nothing: they only push the others off the screen."""
    told = [each for each in table if not table[each].isna().all() and not (table[each].astype(str) == "").all()]
    return table.loc[:, told]
